"""Who is said to have done it, what was hit, and with what: words of the text, classed by their own meaning."""

from collections.abc import Iterable
from itertools import pairwise

from spacy.tokens import Doc, Token

from corrobora.claims.lexicon import Lexicon
from corrobora.claims.syntax import BLAMING, between, compact, conjuncts, phrase
from corrobora.claims.wordlists import wordlist
from corrobora.model import Instrument, Perpetrator, Target

SUSPECTED = wordlist("doers.suspected")
STATE_NAMES = wordlist("doers.state_names")
# Words that are never a doer, though they may be the subject of 'killed'.
IMPERSONAL = wordlist("doers.impersonal")
ORES = wordlist("doers.ores")


def perpetrator(doc: Doc, agent: int, trigger: int, words: Lexicon) -> Perpetrator | None:
    """Read the phrase headed by token `agent` as the one who did it; None where it is a weapon or an event."""
    token = doc[agent]
    low = token.lower_
    if (
        low in IMPERSONAL
        or low in words.act_nouns
        or low in words.instrument_class
        or low in words.triggers
        or low in words.accident
    ):
        return None
    if (
        low in {"the", "a", "an"}
        or token.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}
        or token.ent_type_
        in {
            "DATE",
            "TIME",
            "CARDINAL",
            "QUANTITY",
        }
    ):
        return None
    class_ = perpetrator_class(token, words)
    if class_ == "" and token.pos_ == "NOUN" and not words.is_person(low):
        return None
    start, end = compact(doc, *phrase(token))
    if token.head.lemma_ in BLAMING:  # 'accused the militia | of the attack'
        end = min(end, max((c.i for c in token.children if c.lower_ in {"of", "for"}), default=end))
    near = (
        {t.lower_ for t in doc[start:end]}
        | {c.lower_ for c in doc[trigger].children}
        | {c.lower_ for c in token.children}
    )
    status = "suspected" if near & SUSPECTED else "asserted"
    a, b = between(doc, start, end)
    return Perpetrator("", _name(doc, start, end, words), class_ or "unknown", status, "", a, b)


def perpetrator_class(token: Token, words: Lexicon) -> str:
    """Give the class that the phrase names; '' where none of its words says one."""
    start, end = phrase(token)
    inside = [t.lower_ for t in token.doc[start:end]]
    own = words.perpetrator_class.get(token.lower_)
    if (
        own == "state_forces"
        and token.text[0].isupper()
        and token.text in {"Army", "Forces", "Force", "Brigade", "Battalion"}
    ):
        # A body whose name says no more than 'Forces' may be anyone's: only a state's own words make it the state's.
        own = own if any(word in STATE_NAMES for word in inside) else "unknown"
    for word in inside:
        changed = words.perpetrator_modifiers.get(word)
        if changed is not None and (own is None or own in {"state_forces", "unknown"}):
            return changed
    joined = " ".join(inside)
    known = next((name for form, name in words.armed_groups.items() if form in joined), None)
    if known is not None:
        return "armed_group"
    if own == "unknown":
        better = [c for w in inside if (c := words.perpetrator_class.get(w)) not in {None, "unknown"}]
        return better[0] if better else own
    if own is not None:
        return own
    inner = [c for w in inside if (c := words.perpetrator_class.get(w))]
    if inner:
        return inner[0]
    return "unknown" if token.pos_ in {"PROPN", "PRON"} else ""


def _name(doc: Doc, start: int, end: int, words: Lexicon) -> str:
    text = doc[start:end].text.lower()
    for form, name in words.armed_groups.items():
        if form in text:
            return name
    proper = [t.i for t in doc[start:end] if _in_name(t) and t.lower_ not in {"suspected", "the"}]
    gaps = (doc[a + 1 : b].text for a, b in pairwise((*proper, end)))  # 'Army of the North' is one name
    return "".join(
        doc[i].text + (f" {gap} " if gap in {"of", "of the"} else " ") for i, gap in zip(proper, gaps, strict=True)
    ).strip()


def _in_name(token: Token) -> bool:
    """A proper noun; or a capital before 'of' that opens no sentence: 'Guard' is taken for a common noun."""
    before_of = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of"
    named = before_of and token.pos_ == "NOUN" and token.text[:1].isupper() and token.i > token.sent.start
    return token.pos_ == "PROPN" or named


def targets(doc: Doc, heads: Iterable[int], trigger: int, words: Lexicon) -> tuple[Target, ...]:
    """Read the things hit: houses, a market, an army post."""
    effect = words.target_effect.get(doc[trigger].lower_, "")
    found = []
    for head in heads:
        for token in conjuncts(doc[head]):
            inside = [t.lower_ for t in doc[phrase(token)[0] : token.i + 1]]
            names = (" ".join(inside[-2:]), token.lower_, *reversed(inside))  # a water station is no police station
            class_ = next((c for name in names if (c := words.target_class.get(name))), None)
            if class_ is None or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            a, b = between(doc, *compact(doc, *phrase(token)))
            found.append(Target("", class_, _number(token), effect, a, b))
    return tuple(found)


def _number(token: Token) -> int | None:
    """Give how many are said in digits: '30 stores'; words and ranges are left to a person."""
    said = next((c.text for c in token.children if c.dep_ == "nummod"), "")
    return int(said.replace(",", "")) if said.replace(",", "").isdecimal() and said.isascii() else None


def instruments(around: Iterable[Token], words: Lexicon) -> tuple[Instrument, ...]:
    """Read the weapons that these words name."""
    found: list[Instrument] = []
    tokens = list(around)
    for i, token in enumerate(tokens):
        pair = f"{token.lower_} {tokens[i + 1].lower_}" if i + 1 < len(tokens) else ""
        class_ = words.instrument_class.get(pair) or words.instrument_class.get(token.lower_)
        if class_ is not None and token.pos_ in {"NOUN", "PROPN", "ADJ"} and not _pit(token):
            end = tokens[i + 1] if pair in words.instrument_class else token
            a, b = token.idx, end.idx + len(end.text)
            if not found or found[-1].end <= a:
                found.append(Instrument("", class_, a, b))
    return tuple(found)


def _pit(token: Token) -> bool:
    """Whether a mine is one that is worked: 'a gold mine', 'workers at a mine'."""
    of_ore = any(c.dep_ == "compound" and c.lower_ in ORES for c in token.children)
    return token.lemma_.lower() == "mine" and (of_ore or (token.dep_ == "pobj" and token.head.lower_ in {"at", "in"}))
