"""In whose name a person or an office speaks: the army's spokesman, and a monitor's director, answer for the body.

The person stays the speaker of the claim. That the two are one voice is known from the words beside the name in the
same report (`Ada Lorn, director of the Selm Monitor`), and from nothing else.
"""

import re
import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

from corrobora.resolve.folding import fold

# How many characters before and after a name tell its office.
BESIDE = 140
CAPITAL = r"(?!(?:The|An?|Its|Their|His|Her|This|That)\b)[A-ZÀ-ÖØ-Þ][\w'’&-]*(?:\.[A-Z])*"
SMALL = (
    r"(?:of|for|on|and|de|du|des|del|da|do|against|in|the|to|without|el|la|state|provincial|county|district|regional)"
)
TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Lt|Col|Gen|Maj|Capt|Cmdr|Sgt|Brig|Adm|Rev|Hon|Fr|DSP|ASP|CSP|SP|ACP|Engr|Barr|Alhaji|Sheikh"
    r"|Lieutenant|Colonel|General|Major|Captain|Commander|Sergeant|Brigadier|Admiral|Doctor|Professor|Father|Sister)\.?"
)
# 'the Selm Monitor, a small group': no name of a body.
_A = re.compile(r"\b[Aa]n?\s+(?:[a-z-]+\s+){0,2}$")
# Where a sentence ends, and no title.
STOP = re.compile(r"(?<![A-Z][a-z])(?<![A-Z][a-z]{2})(?<!\b[A-Z])[.!?;][\"”’]?\s+(?=[\"“A-Z])")


def body_of(words: str, bodies: Collection[str] = (), places: Collection[str] = ()) -> str:
    """Return the body that a description speaks for, '' where it speaks for none.

    `bodies` are further names of bodies, folded: those that the report or the field knows; `places` are none.

    >>> body_of("A spokesman for the National Dawn Front"), body_of("army spokeswoman"), body_of("a resident")
    ('National Dawn Front', 'army', '')
    """
    plain = re.sub(r"^(?:an?|the|its|their|one)\s+", "", words.strip(), flags=re.IGNORECASE)
    for pattern in _descriptions():
        found = pattern.fullmatch(plain)
        if found and (body := _body(found, bodies, places)):
            return body
    return ""


def introduced(
    text: str, names: Iterable[str], bodies: Collection[str] = (), places: Collection[str] = ()
) -> dict[str, str]:
    """Return, by folded name, the body that a report says a person speaks for.

    A person whom it gives two bodies speaks for neither.

    >>> introduced("Ada Lorn, the director of the Selm Monitor, said", ["Ada Lorn"])
    {'ada lorn': 'Selm Monitor'}
    """
    found: dict[str, str] = {}
    for name in sorted(set(names)):
        if not name or not name[0].isupper() or is_body(name, bodies):
            continue
        said = {fold(body): body for body in _beside(text, name, bodies, places)}
        whole = [body for key, body in said.items() if not any(key != other and key in other for other in said)]
        if len(whole) == 1:
            found[fold(name)] = whole[0]
    return found


def is_body(name: str, bodies: Collection[str] = ()) -> bool:
    """Say whether a name is that of a body: one of `bodies`, or with a word such as Ministry or Front in it."""
    plain = fold(name)
    return plain in bodies or not _institutions().isdisjoint(re.split(r"[\s'’-]+", plain))


def is_outlet(name: str) -> bool:
    """Say whether a description is of the outlet's own people: `our correspondent`, `this reporter`.

    >>> is_outlet("our correspondent"), is_outlet("a correspondent of Radio Osk")
    (True, False)
    """
    return (
        re.fullmatch(r"(?:our|this|its own) (?:own )?(?:\w+ )?(?:correspondents?|reporters?|news\w+|team)", fold(name))
        is not None
    )


def is_own(name: str) -> bool:
    """Say whether a description is of the body in whose name its speaker speaks: `our office`, not `our neighbour`.

    >>> is_own("Our office"), is_own("our neighbour"), is_own("the office")
    (True, False, False)
    """
    return fold(name).startswith("our ") and is_body(name)


def is_definite(name: str) -> bool:
    """Say whether a description names a body that a state or place has but one of: `police`, not `a volunteer group`.

    >>> is_definite("health ministry"), is_definite("a clinic"), is_definite("residents")
    (True, False, False)
    """
    plain = fold(name)
    if re.match(r"(?:an?|one|two|some|several|another)\b", plain):
        return False
    return any(re.search(rf"(?:^|\s){re.escape(word)}(?:$|\s+of\b)", plain) for word in _tables()["definite"])


def titled(body: str) -> str:
    """Write a body as a name: `Army`, `Ministry of Health`.

    >>> titled("ministry of health"), titled("KRM")
    ('Ministry of Health', 'KRM')
    """
    small = {"of", "the", "for", "and"}
    words = [word if word in small or not word.islower() else word[:1].upper() + word[1:] for word in body.split()]
    return " ".join(words)


def _body(found: re.Match[str], bodies: Collection[str], places: Collection[str]) -> str:
    """Return the body of a match, '' where its words name none: a place, or nothing that is known to be one."""
    body = _trimmed(found["body"])
    own = bool(found.groupdict().get("own")) and body[:1].isupper() and fold(body) not in places
    said = fold(body) in {fold(word) for word in _tables()["modifiers"]}  # `Executive director Ada Lorn`
    return body if body and not said and (own or is_body(body, bodies)) else ""


def _beside(text: str, name: str, bodies: Collection[str], places: Collection[str]) -> list[str]:
    before, after = _introductions()
    found = []
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        left = STOP.split(text[max(0, match.start() - BESIDE) : match.start()].rpartition("\n")[2])[-1]
        right = STOP.split(text[match.end() : match.end() + BESIDE].partition("\n")[0])[0]
        told = [m for pattern in before if (m := pattern.search(left))]
        told += [m for pattern in after if (m := pattern.match(right))]
        found += [body for m in told if (body := _body(m, bodies, places))]
        if _its().search(left):
            earlier = text[max(0, match.start() - 2 * BESIDE) : match.start() - len(left)]
            told = [m for m in _mention().finditer(earlier) if not _A.search(earlier, 0, m.start("body"))]
            named = [body for m in told if (body := _body(m, bodies, places))]
            found += named[-1:]
    return found


def _trimmed(body: str) -> str:
    return re.sub(
        r"(?:^(?:the|its|their|an?)\s+)|(?:['’]s?$)|(?:[\s,.;:]+$)", "", body.strip(), flags=re.IGNORECASE
    ).strip()


@cache
def _tables() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("answering.toml").read_text("utf-8"))


@cache
def _institutions() -> frozenset[str]:
    return frozenset(fold(word) for word in _tables()["institutions"])


def _any(*lists: str) -> str:
    words = [word for each in lists for word in _tables()[each]]
    return (
        "(?i:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)) + ")"
    )


@cache
def _descriptions() -> tuple[re.Pattern[str], ...]:
    """`spokesman for the Front`, `the Front's press office`, `hospital officials`, `officials of the hospital`."""
    role, several = rf"(?:(?P<own>{_any('own', 'offices')})|{_any('roles')})", _any("several")
    modifier = rf"(?:{_any('modifiers')}\s+)*"
    return (
        re.compile(rf"(?:[\w'’-]+\s+){{0,3}}?{role}\s+(?i:of|for|at|with|from|by)\s+(?P<body>.+)"),
        re.compile(rf"(?P<body>.+?)(?:['’]s?)?\s+{modifier}{role}"),
        re.compile(rf"(?:(?i:senior|local|top)\s+)?(?P<body>.+?)(?:['’]s?)?\s+{several}"),
        re.compile(rf"{several}\s+(?i:of|at|from|with|in)\s+(?P<body>.+)"),
    )


@cache
def _its() -> re.Pattern[str]:
    """`Its spokesman, Mr` before a name: of the body that was named last."""
    role = rf"(?:{_any('modifiers')}\s+){{0,3}}{_any('own', 'roles')}"
    return re.compile(rf"\b(?:Its|Their|its|their)\s+{role},?\s+(?:{TITLE}\s+){{0,3}}$")


@cache
def _mention() -> re.Pattern[str]:
    """A body named in a text: capitals, or the lower-case name of one."""
    return re.compile(_named_body())


def _named_body() -> str:
    institution = r"\b(?:" + "|".join(sorted(map(re.escape, _institutions()), key=len, reverse=True)) + ")"
    lower = rf"(?:{_any('of_state')}\s+){{0,2}}{institution}(?:\s+command)?(?:\s+of\s+{CAPITAL}(?:\s+{CAPITAL})*)?"
    field = _any("fields")
    called = r"(?:(?:charity|group|organi[sz]ation|watchdog|monitor|agency|network|union|association|movement|ngo)\s+)?"
    name = rf"{CAPITAL}(?:\s+(?:{SMALL}\s+){{0,2}}{CAPITAL})*(?:\s+(?:{field}\s+)?{institution}\b)?"
    return rf"{called}(?P<body>{name}|{lower})"


@cache
def _introductions() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """What stands before a name (`army spokesman Colonel`), and what stands after it (`, director of the Monitor`)."""
    role, either = _any("own", "roles"), rf"(?:(?P<own>{_any('own')})|{_any('roles')})"
    modifier = rf"(?:{_any('modifiers')}\s+){{0,3}}"
    body = _named_body()
    article = r"(?:(?:the|an?|its|their)\s+)?"
    joins = r"(?:[^,.;\n]{1,60}?\s+and\s+)?"
    ends = rf",?\s+(?:{TITLE}\s+){{0,3}}$"
    before = (
        re.compile(rf"{body}(?:['’]s?)?,?\s+{modifier}{either}{ends}"),
        re.compile(rf"\b{either}\s+(?:of|for|at|with)\s+(?:the\s+)?{body}{ends}"),
    )
    of = r"\s+(?:of|for|at|with)\s+(?:the\s+)?"
    after = (
        re.compile(rf"\s*(?:,|\(|–|—|-)\s*(?:who\s+is\s+)?{joins}{article}{modifier}{either}{of}{body}"),
        re.compile(rf"\s*(?:,|\(|–|—|-)\s*(?:who\s+is\s+)?{joins}{article}{body}(?:['’]s?)?\s+{modifier}{role}\b"),
        re.compile(rf",?\s+who\s+(?P<own>heads|leads|runs|directs|chairs|speaks\s+for|founded)\s+(?:the\s+)?{body}"),
        re.compile(rf"\s+(?:of|from|with)\s+(?:the\s+)?{body}"),
        re.compile(rf",\s+(?:of|from|with)\s+(?:the\s+)?{body}"),
    )
    return before, after
