"""Which voice the words mean: the canonical names of a claim's attribution chain, and who answers for the claim.

A name becomes the fullest form that its document gives (`Isa` is `Gambo Isa`, SOHR what the brackets say), then the
project's own name for it, then the field's (`speakers.toml`). A description stays as it is.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from corrobora.model import Findings, Text
from corrobora.resolve import answering
from corrobora.resolve.folding import fold
from corrobora.settings import Settings

SHORT = re.compile(r"\((?:the |or )?([A-Z][A-Za-z&-]{0,9}[A-Z]s?)\)")
BEFORE = 140
TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|prof|lt|col|gen|maj|capt|sgt|brig|adm|rev|hon|sir|fr|dsp|asp|csp|supt|president|governor|gov"
    r"|mayor|general|colonel|major|captain|minister|senator|sen|spokes(?:man|woman|person)|father|bishop)\.?\s+"
    r"(?!\s*(?:of|for|in|at|from|and)\b))+",  # 'the mayor of Orlin' has no name but that
    re.IGNORECASE,
)


def resolve(text: Text, findings: Findings, settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return, by claim id, the canonical names of each attribution chain, innermost first.

    A speaker without any name stays `''`. The chain is empty where the outlet asserts.
    """
    table = _table(settings)
    short = _abbreviations(text.text)
    persons = {mention.text for mention in findings.mentions if mention.kind == "person"}
    persons |= {speaker.speaker for claim in findings.claims for speaker in claim.attribution}
    return {
        claim.id: tuple(canonical(speaker.speaker, table, short, persons) for speaker in claim.attribution)
        for claim in findings.claims
    }


def bodies(text: Text, findings: Findings, settings: Settings, chains: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return, by folded name or description, the body that answers for a voice of these chains, as the report has it.

    `the army spokesman` and the army are one voice, and so are a monitor and its director where the report says so.
    """
    table, short = _table(settings), _abbreviations(text.text)
    known = {fold(name) for name in (*short, *short.values(), *table, *table.values())}
    known |= {fold(m.text) for m in findings.mentions if m.kind in {"organisation", "group", "facility"}}
    places = {fold(m.text) for m in findings.mentions if m.kind == "place"} - known
    names = {chain[0] for chain in chains if chain and chain[0]}
    told = answering.introduced(text.text, names, known, places)
    told |= {fold(name): body for name in names if (body := answering.body_of(name, known, places))}
    bodies_named = {m.text.removeprefix("The ") for m in findings.mentions if m.kind in {"organisation", "group"}}
    full = sorted(bodies_named | set(short.values()))
    issuers = (text.metadata.author, text.metadata.outlet)
    issued = next((body for name in issuers if (body := answering.body_of(name, known, places))), "")
    told |= {fold(text.metadata.outlet): issued} if issued else {}
    found = {name: canonical(_whole(body, full), table, short) for name, body in told.items()}
    found |= {fold(name): name for name in names if fold(name) not in found and answering.is_definite(name)}
    found |= {name: parent for name, body in found.items() if (parent := _parent(body, table, places))}
    found |= {fold(name): parent for name in names if (parent := _parent(name, table, places))}
    return {name: answering.titled(body) for name, body in found.items()}


def canonical(name: str, table: Mapping[str, str], short: Mapping[str, str], names: Iterable[str] = ()) -> str:
    """Return the one name of a voice: its document's fullest form, then the field's or the project's.

    `table` maps folded names to canonical ones, `short` the document's abbreviations to what they stand for.

    >>> canonical("Isa", {}, {}, ["Gambo Isa"]), canonical("AFP", {"afp": "Agence France-Presse"}, {})
    ('Gambo Isa', 'Agence France-Presse')
    """
    plain = _plain(name)
    if not plain:
        return ""
    known = table.get(fold(plain), table.get(fold(plain.removeprefix("The "))))
    meant = short.get(plain, plain)
    if meant != plain:
        return table.get(fold(meant), meant)
    if known is not None:
        return known
    full = _fullest(plain, names)
    return table.get(fold(full), full)


def voice(speakers: tuple[str, ...], outlet: str, answers: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return who answers for a claim: the innermost voice with a name or description, else the outlet.

    A person who is known to speak for a body answers in its name: `answers` holds what the report says (see `bodies`).
    Somebody described (`a resident`) is one voice per outlet, since nobody can tell whether two outlets met the same
    resident.

    >>> voice(("Our office", "Ada Lorn"), "The Herald", {"ada lorn": "Selm Monitor"})
    'Selm Monitor'
    >>> voice((), "The Herald"), voice(("", "Reuters"), "The Herald"), voice(("a resident",), "The Herald")
    ('The Herald', 'Reuters', 'a resident (The Herald)')
    """
    given = [speaker for speaker in speakers if speaker]
    named = next((s for s in given if not answering.is_own(s)), *given[:1]) if given else ""
    if not named or answering.is_outlet(named):
        return answers.get(fold(outlet), outlet)
    if fold(named) in answers:
        return answers[fold(named)]
    if named.islower() and outlet:
        return f"{named} ({outlet})"
    return _speaks_for().get(fold(named), named)


@cache
def _shipped() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("speakers.toml").read_text("utf-8")
    )
    return loaded


@cache
def _speaks_for() -> dict[str, str]:
    return {fold(person): str(body) for person, body in _shipped()["speaks_for"].items()}


def _table(settings: Settings) -> dict[str, str]:
    """Map folded names to canonical ones. Sections later in the file yield to earlier ones; the project's own win."""
    table = dict(_shipped_table())
    for groups in (settings.words.armed_groups, settings.words.speakers):
        for name, aliases in groups.items():
            table.update({fold(_plain(other)): name for other in (name, *aliases)})
    return table


@cache
def _shipped_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for section, each in _shipped().items():
        if section != "speaks_for":
            for name, others in each.items():
                for other in (name, *others):
                    table.setdefault(fold(_plain(other)), name)
    return table


def _plain(name: str) -> str:
    """Drop titles, the article and a possessive ending."""
    return re.sub(r"['’]s?$", "", TITLES.sub("", name.strip().removeprefix("the "))).strip() or name.strip()


def _abbreviations(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in SHORT.finditer(text):
        before = text[max(0, match.start() - BEFORE) : match.start()].split()
        full = _expansion([word.strip(',;:."“”') for word in before], match.group(1))
        if full:
            found.setdefault(match.group(1), full)
    return found


def _expansion(words: list[str], short: str) -> str:
    """Return the words before `(SHORT)` whose initials it is."""
    letters = [letter.lower() for letter in short if letter.isupper()]
    for size in range(max(2, len(letters) - 1), min(len(words), len(letters) + 5) + 1):
        taken = words[-size:]
        initials = [part[0].lower() for word in taken for part in word.split("-") if part[:1].isupper()]
        if initials == letters and taken[0][:1].isupper():
            return " ".join(taken)
    return ""


def _fullest(name: str, names: Iterable[str]) -> str:
    """Return the one longest of `names` that holds this name's words and begins or ends with one of them."""
    parts = set(_words(name))
    longer = set()
    for other in {_plain(each) for each in names}:
        every = _words(other)
        if parts and parts < set(every) and {every[0], every[-1]} & parts:
            longer.add(other)
    longest = {each for each in longer if not any(set(_words(each)) < set(_words(other)) for other in longer)}
    return longest.pop() if len(longest) == 1 and name[:1].isupper() else name


def _whole(body: str, names: Iterable[str]) -> str:
    """Return the one longest of `names` with all words of a body's: `the Observatory` is the one of the report."""
    parts = set(_words(body.casefold()))
    if answering.is_definite(body):  # `the army` is no army of another name
        return body
    longer = {other for other in map(_plain, names) if parts < set(_words(other.casefold()))}
    return longer.pop() if len(longer) == 1 and body[:1].isupper() else body


def _parent(name: str, table: Mapping[str, str], places: Collection[str]) -> str:
    """Return the body whose national branch a name is: `Amnesty Selmia` is Amnesty International in Selmia."""
    first, _, rest = name.partition(" ")
    return table.get(fold(first), "") if rest and fold(rest) in places else ""


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s-]+", name) if word and word.lower() not in {"al", "el"}]
