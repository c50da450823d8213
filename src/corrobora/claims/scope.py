"""Whether a figure speaks for one incident, for a campaign, region or period (a running total), or for a unit of time.

An incident is the default: a figure leaves it only for words that say so, and the rule's name is kept with the claim.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

from spacy.tokens import Doc, Token

from corrobora.claims.figures import Figure
from corrobora.claims.roundups import counted_over, several_events

_WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words)
    for name, words in tomllib.loads(
        files("corrobora.claims").joinpath("scope.toml").read_text(encoding="utf-8")
    ).items()
}
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_AGAIN = {"after", "later", "before", "earlier", "ago", "and", "old", "-"}


def scope(doc: Doc, trigger: int, figure: Figure | None) -> tuple[str, str]:
    """Return the scope of what the word at token `trigger` says, and the name of the rule that says so.

    'rate' (per day), 'total' (since a date, over a period, in a war, a toll brought to), or 'incident' by default.
    """
    rate = _rate(doc, trigger, figure)
    if rate:
        return "rate", rate
    sentence = [t for t in doc[trigger].sent if not t.is_space]
    for rule in _totals(doc[trigger], sentence, figure):
        if rule:
            return "total", rule
    return "incident", "default"


def _rate(doc: Doc, trigger: int, figure: Figure | None) -> str:
    """`five or 10 per day`, `killed 30 people a week`, `a daily average of 12`; not 'five people a day earlier'."""
    sentence = doc[trigger].sent
    if figure is None:
        return next(
            (
                f"{t.lower_} {n.lower_}"
                for t, n in _pairs(doc, trigger, trigger + 5, sentence.end)
                if t.lower_ in {"every", "each"}
            ),
            "",
        )
    near = doc[figure.end : min(figure.end + 6, sentence.end)]
    for token in near:
        if token.text in {",", ";"} or (
            token.pos_ == "VERB" and token.i > figure.end + 1 and token.tag_ in {"VBD", "VBZ"}
        ):
            break
        if token.lower_ in _WORDS["rate_adverb"]:
            return token.lower_
    before = {t.lower_ for t in doc[max(sentence.start, figure.start - 4) : figure.start]}
    if before & _WORDS["rate_adverb"] and before & {"average", "rate", "toll"}:
        return "daily average"
    opening = _pairs(doc, max(sentence.start, figure.start - 8), figure.start - 1, sentence.end)
    if each := next((f"{t.lower_} {n.lower_}" for t, n in opening if t.lower_ in {"every", "each"}), ""):
        return each
    pairs = _pairs(doc, figure.end, figure.end + 8, sentence.end)
    return next((f"{t.lower_} {n.lower_}" for t, n in pairs), "")


def _pairs(doc: Doc, start: int, stop: int, end: int) -> Iterator[tuple[Token, Token]]:
    """Yield 'per day', 'a week', 'every night' in a stretch, where they tell how often."""
    for i in range(start, min(stop, end - 1)):
        each, unit = doc[i], doc[i + 1]
        if each.text in {";", "."}:
            return
        follows = doc[i + 2].lower_ if i + 2 < len(doc) else ""
        before = doc[i - 1].lower_ if i else ""
        if (
            each.lower_ in {"per", "a", "an", "each", "every"}
            and unit.lower_ in _WORDS["every"]
            and follows not in _AGAIN
        ):
            if each.lower_ in {"a", "an"} and before in {
                "in",
                "within",
                "for",
                "of",
                "only",
                "just",
                "after",
                "than",
                "such",
                "on",
                "over",
            }:
                continue
            yield each, unit


def _totals(trigger: Token, sentence: list[Token], figure: Figure | None) -> Iterator[str]:
    yield _brought(sentence, figure)
    clause = _clause(trigger, sentence)
    yield _since(trigger, clause)
    yield _so_far(clause)
    yield _over(_with_later(trigger, clause))
    yield _day_of_region(clause)
    yield _in_war(clause)
    yield _by_war(trigger)
    yield _alone(clause)
    yield _between(clause) or _between(sentence)
    yield _toll_of(trigger)
    yield _several(trigger, figure)
    if figure is not None:
        yield several_events(sentence, trigger) or counted_over(sentence, trigger, figure)
    yield _statistics(sentence)


def _statistics(sentence: list[Token]) -> str:
    """`homicides fell by 12 percent last year; 310 people were murdered`: what a year's statistics count."""
    words = {t.lower_ for t in sentence}
    if {"there", "now"} <= words and _in_year(sentence):
        return "so far"  # `there are now 97 killed in 2031`
    share = words & {"percent", "cent", "%"} or words & {"statistics", "homicides", "murders"}
    yearly = words & {"year", "month", "quarter"} and words & {"last", "previous", "past", "annual", "compared"}
    of_year = words & {"statistics", "stats"} and any(map(_is_year, sentence))
    return "statistics" if of_year or (share and yearly) else ""


def _several(trigger: Token, figure: Figure | None) -> str:
    """`massacres were carried out`, `executed individually or en masse`, `the murder of hundreds of Kurds`.

    More than one spot, or a whole people. `60 Kurds were killed` may be one incident.
    """
    counted = figure is not None and figure.count.qualifier not in {"vague", "none"}
    if not counted and trigger.lower_ in _WORDS["several"]:
        return f"several {trigger.lower_}"
    if not counted and any(t.lower_ in _WORDS["one_by_one"] for t in trigger.sent):
        return "many times"
    crossed = trigger.lemma_ == "cross" and any(c.lower_ in {"border", "borders"} for c in trigger.children)
    people = trigger.doc[figure.unit] if figure is not None and figure.unit is not None else _of_whom(trigger)
    whole = people is not None and people.text.endswith("s") and (people.ent_type_ == "NORP" or people.tag_ == "NNPS")
    told_as_whole = not counted and trigger.pos_ == "NOUN" and trigger.lower_ not in {"death", "deaths"}
    fleeing = trigger.lemma_ in _WORDS["fleeing"] and any(c.lower_ in {"have", "has"} for c in trigger.children)
    if crossed and figure is not None:
        return "across a border"
    return "a whole people" if whole and (told_as_whole or fleeing) else ""


def _of_whom(noun: Token) -> Token | None:
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return None if of is None else next((c for c in of.children if c.dep_ == "pobj"), None)


def _clause(trigger: Token, sentence: list[Token]) -> list[Token]:
    """Return the words of the sentence that hang on the trigger's own verb, not on verbs of other clauses."""
    verb = _verb(trigger)
    return [t for t in sentence if _verb(t) == verb or t == verb]


def _with_later(trigger: Token, clause: list[Token]) -> list[Token]:
    """Add the clauses of later verbs with the same subject: 'killed 3, arrested 5 and freed 9 in the last week'."""
    verb = _verb(trigger)
    later = [v for v in verb.conjuncts if v.i > verb.i and v.pos_ == "VERB"]
    own = [v for v in later if not any(c.dep_ in {"nsubj", "nsubjpass"} for c in v.children)]
    if not own or not any(c.dep_ in {"nsubj", "nsubjpass"} for v in (verb, *verb.conjuncts) for c in v.children):
        return clause
    return sorted({*clause, *(t for v in own for t in _clause(v, list(trigger.sent)))}, key=lambda t: t.i)


_OPAQUE = {"relcl", "ccomp", "advcl", "acl", "conj", "parataxis", "ROOT"}


def _verb(token: Token) -> Token:
    """Return the verb, or the clause's head, that a word hangs on."""
    while token.head.i != token.i:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ in _OPAQUE:
            return token
        token = token.head
    return token


def _brought(sentence: list[Token], figure: Figure | None) -> str:
    """`brings the toll in the region since Monday to 45`, `brings to 45 the number killed in the war`.

    An update is the toll of the event that the report tells of, unless its words give a period, a war or a region.
    """
    words = [t.lower_ for t in sentence]
    for n, word in enumerate(words):
        if word not in _WORDS["bring"]:
            continue
        stretch = words[n + 1 : n + 14]
        to = next((k for k, w in enumerate(stretch) if w == "to" and _counted(sentence[n + 1 + k], figure)), None)
        if to is None or not _WORDS["toll"] & set(stretch[: to + 7]):
            continue
        period = any(a == "this" and b in _WORDS["whole_period"] for a, b in pairwise(words[n:]))
        wide = period or _since_when(sentence) or _so_far(sentence) or _wide(sentence[n:])
        return "brings the toll to" if wide else ""
    return ""


def _counted(to: Token, figure: Figure | None) -> bool:
    return figure is None or 0 <= figure.start - to.i <= 3


def _since_when(sentence: list[Token]) -> bool:
    """Whether the sentence counts from a day or a beginning, whatever its 'since' hangs on."""
    for n, token in enumerate(sentence):
        if token.lower_ == "since" and token.tag_ != "RB" and not _superlative(token):
            after = sentence[n + 1 : n + 6]
            if any(_is_time(t) for t in after) or any(t.lower_ in _WORDS["begin"] for t in after):
                return True
    return False


def _wide(words: list[Token]) -> bool:
    """Whether words name a war, or a whole region or country, rather than one spot."""
    return any(
        t.lower_ in _WORDS["campaign"] | _WORDS["everywhere"]
        or (t.lower_ in _WORDS["region"] and t.dep_ in {"pobj", "dobj", "nsubj", "conj"})
        for t in words
    )


def _since(trigger: Token, clause: list[Token]) -> str:
    """`since March 6`, `since the war began`; not 'has since died', nor 'since many had fled' (a reason)."""
    verbs = _perfect(_verb(trigger))
    for token in clause + [t for t in trigger.sent if t.lower_ == "since"]:
        if token.lower_ != "since" or token.tag_ == "RB" or token.i + 1 >= token.sent.end or _superlative(token):
            continue
        if token.dep_ == "prep":
            if _verb(token) in verbs and any(_is_time(t) for t in token.subtree):
                return "since"
        elif token.dep_ == "mark" and token.head.lower_ in _WORDS["begin"] and _verb(token.head.head) in verbs:
            return "since it began"
    return ""


def _perfect(verb: Token) -> list[Token]:
    """Give a verb, and those joined to it in the same perfect: `9,000 have died and 500 have been lost since May`."""
    has = any(c.lower_ in {"have", "has"} for c in verb.children)
    return [verb, *(v for v in verb.conjuncts if has and any(c.lower_ in {"have", "has"} for c in v.children))]


def _superlative(since: Token) -> bool:
    """`the deadliest bombing since 2013`, `the first such attack since`: a comparison, not a period."""
    before = since.doc[max(since.sent.start, since.i - 5) : since.i]
    return any(t.tag_ in {"JJS", "RBS"} or t.lower_ in _WORDS["ordinal"] for t in (*before, *since.head.children))


def _is_time(token: Token) -> bool:
    names = _MONTHS | _WEEKDAYS | _WORDS["campaign"] | _WORDS["period"] | _WORDS["moment"]
    return token.lower_ in names or token.ent_type_ in {"DATE", "TIME"} or _is_year(token)


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 4


def _so_far(clause: list[Token]) -> str:
    """`so far this year`, `so far in 2031`, `this year`, `109 homicides for the year`, `started the year with`.

    'so far' and 'to date' alone tell an incident's figure that may still rise.
    """
    words = [t.lower_ for t in clause]
    for n, word in enumerate(words[:-1]):
        pair = (word, words[n + 1])
        if pair == ("so", "far") and _in_year(clause[max(0, n - 2) : n + 5]):
            return "so far"
        if pair == ("the", "year") and words[max(0, n - 1)] in {"for", "started", "began", "ended"}:
            return "this year"
        if word == "this" and pair[1] in _WORDS["whole_period"] and words[n + 2 : n + 3] != ["'s"]:
            if pair[1] in {"week", "month"} and words[max(0, n - 2) : n] != ["so", "far"]:
                continue
            return "this year" if pair[1] == "year" else "so far"
    return ""


def _in_year(words: list[Token]) -> bool:
    return any(a.lower_ in {"in", "during"} and (_is_year(b) or b.lower_ in _MONTHS) for a, b in pairwise(words))


def _over(clause: list[Token]) -> str:
    """`over the past month`, `in the last 24 hours`, `in recent weeks`, `over the same period`."""
    words = [t.lower_ for t in clause]
    for n, word in enumerate(words):
        first = word == "first" and {"months", "weeks"} & {*words[n + 1 : n + 3]} and words[n + 3 : n + 4] == ["of"]
        if first or (word == "period" and words[n - 1 : n] in (["the"], ["same"]) and words[n - 3 : n - 2] != ["of"]):
            return "over a period"
        recent = words[n - 1 : n] == ["in"] and word == "recent"
        past = word in {"past", "last", "previous", "preceding"} and words[max(0, n - 1) : n] == ["the"]
        begins = words[max(0, n - 2) : max(0, n - 1)]
        if past and begins and begins[0] not in {"over", "in", "during", "within", "for", "throughout", "across"}:
            continue
        if words[n + 1 : n + 3] == ["few", "hours"]:
            continue  # the hours of one incident
        if past and words[n + 1 : n + 2] == ["day"] and words[n + 2 : n + 3] != ["of"]:
            return "over a period"
        if (recent or past) and any(w in _WORDS["period"] for w in words[n + 1 : n + 4]):
            return "over a period"
    return ""


def _day_of_region(clause: list[Token]) -> str:
    """`in a day they killed nine residents of the region`: what a whole region lost, at however many spots."""
    words = [t.lower_ for t in clause]
    day = any(words[n : n + 3] in (["in", "a", "day"], ["in", "one", "day"]) for n in range(len(words)))
    return "a region's day" if day and _wide(clause) else ""


def _in_war(clause: list[Token]) -> str:
    """`in the war`, `during the campaign`, `in ten years of fighting`."""
    for token in clause:
        if token.dep_ != "pobj" or token.head.lower_ not in {"in", "during", "throughout", "of"}:
            continue
        voting = {"electoral", "election", "presidential", "vaccination", "advertising"}
        if (
            token.lower_ in _WORDS["campaign"]
            and token.head.lower_ != "of"
            and not voting & {c.lower_ for c in token.children}
        ):
            return f"{token.head.lower_} the {token.lower_}"
        if token.lower_ in {"years", "decades", "months"} and any(
            t.lower_ in _WORDS["campaign"] | {"fighting", "violence", "bloodshed", "unrest"} for t in token.subtree
        ):
            return "years of war"
    return ""


def _by_war(trigger: Token) -> str:
    """`the war has claimed 60,000 lives`, `the conflict displaced two million`: the whole of it is the doer."""
    verb = _verb(trigger)
    subjects = (c for c in verb.children if c.dep_ == "nsubj" and c.lower_ in _WORDS["campaign"] - {"offensive"})
    whole = next((c for c in subjects if any(d.lower_ in {"the", "this"} for d in c.children)), None)
    return f"the {whole.lower_}" if whole is not None else ""


def _alone(clause: list[Token]) -> str:
    """`on March 10 alone`: one day out of many."""
    for token in clause:
        if token.lower_ == "alone" and token.i >= 1:
            before = token.doc[max(token.sent.start, token.i - 3) : token.i]
            if any(_is_time(t) or t.lower_ in {"day", "night", "morning"} for t in before):
                return "a period alone"
    return ""


def _between(clause: list[Token]) -> str:
    """`between March 6 and 10`, `from Friday to Sunday`: several days."""
    for token in clause:
        if token.lower_ in {"between", "from"}:
            after = token.doc[token.i + 1 : min(token.i + 9, token.sent.end)]
            dates = [t.i for t in after if t.lower_ in _MONTHS | _WEEKDAYS]
            joins = [t.i for t in after if t.lower_ in {"and", "to", "until", "through"}]
            if (
                dates
                and joins
                and -2 <= joins[0] - dates[0] <= 3  # 'from Friday's shelling rose to 23' is no stretch of days
                and any(_is_time(t) or t.like_num for t in token.doc[joins[0] + 1 : joins[0] + 2])
            ):
                return "between dates"
    return ""


def _toll_of(trigger: Token) -> str:
    """`the overall death toll`, `the war's toll`."""
    if trigger.lower_ not in _WORDS["toll"]:
        return ""
    mods = {t.lower_ for t in trigger.children}
    return "overall toll" if mods & _WORDS["overall"] else ""
