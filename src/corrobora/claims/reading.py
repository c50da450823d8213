"""From a parsed text to its claims: the order in which the rules see it."""

from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Token

from corrobora.claims.act_claims import act_claims
from corrobora.claims.acts import acts
from corrobora.claims.assemble import harm_claims
from corrobora.claims.attribution import Attributor
from corrobora.claims.breakdowns import breakdowns
from corrobora.claims.causes import violent
from corrobora.claims.earlier import aside
from corrobora.claims.ellipsis import elliptic
from corrobora.claims.events import Event, Figured, harms
from corrobora.claims.fates import settled
from corrobora.claims.figures import find
from corrobora.claims.groups import gather
from corrobora.claims.idioms import idioms
from corrobora.claims.lexicon import Lexicon
from corrobora.claims.names import mentions
from corrobora.claims.occasions import of_the_day
from corrobora.claims.originals import original
from corrobora.claims.page import Page
from corrobora.claims.syntax import child
from corrobora.model import Claim, Findings, Text
from corrobora.settings import Settings

# Segments that are kept in the parse, so that offsets hold, and never read as saying something.
UNREAD = frozenset({"furniture", "dateline", "byline", "date"})
PEOPLE = frozenset({"people", "unknown"})
FINDING = frozenset({"find", "gather", "learn", "show", "observe"})


# What a trained part makes of a text and of what the grammar found in it.
Further = Callable[[Page, Sequence[Claim]], Sequence[Claim]]


def findings(
    doc: Doc,
    text: Text,
    words: Lexicon,
    settings: Settings,
    saying: frozenset[str],
    name: str,
    further: Further | None = None,
) -> Findings:
    """Read one parsed text. `saying` are the lemmas of verbs of saying, `name` the reader's; `further` adds claims."""
    readable = _readable(doc, text)
    figures = find(doc, settings.vague)
    counting = [f for f in figures if f.about in PEOPLE]
    figured = Figured(
        frozenset(f.unit for f in counting if f.unit is not None),
        frozenset(i for f in counting for i in range(f.start, f.end)),
    )
    events: list[Event] = [*harms(doc, words, figured), *idioms(doc, words, figured)]
    events += list(elliptic(doc, words, figures, events))
    events += list(breakdowns(doc, words, figures, events))
    page = Page(
        doc=doc,
        text=text,
        words=words,
        acts=tuple(a for a in acts(doc, words) if readable(a.trigger)),
        figures=figures,
        attributor=Attributor(doc, text, settings),
        reporting=frozenset(t.i for t in doc if t.pos_ == "VERB" and t.lemma_ in saying and _says(t)),
        reader=name,
    )
    groups = violent(page, gather(doc, [e for e in events if readable(e.trigger)], figures, words))
    told = aside(doc, of_the_day(doc, [*harm_claims(page, groups), *act_claims(page, groups)]))
    claims: Sequence[Claim] = settled(doc, told)
    if further is not None:
        claims = further(page, claims)
    return Findings(text.document, name, tuple(original(c, text) for c in claims), mentions(doc, text, words))


def _says(verb: Token) -> bool:
    """'were found' and 'found nine bodies' say nothing; 'was announced that ...' and 'found that ...' do."""
    bare = child(verb, "nsubjpass") is not None or verb.lemma_ in FINDING
    return not bare or child(verb, "ccomp") is not None


def _readable(doc: Doc, text: Text) -> Callable[[int], bool]:
    """Give the test whether a token stands where claims are read: not in menus, datelines, bylines."""
    spans = [(s.start, s.end) for s in text.segments if s.kind not in UNREAD and "boilerplate" not in s.flags]
    allowed: set[int] = set()
    at = 0
    for token in doc:
        while at < len(spans) and spans[at][1] <= token.idx:
            at += 1
        if at < len(spans) and spans[at][0] <= token.idx:
            allowed.add(token.i)
    return allowed.__contains__
