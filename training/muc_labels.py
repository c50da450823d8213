"""What the answer keys of MUC-4 say of the entities, sentences and claims that the rooms find, by equal words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

ROLE = {
    "hum_tgt_name": "victim",
    "hum_tgt_desc": "victim",
    "perp_ind_id": "doer",
    "perp_org_id": "org",
    "phys_tgt_id": "target",
    "inc_instr_id": "weapon",
}
ROLES = ("victim", "doer", "org", "target", "weapon")
HARM = {"DEATH": "killed", "INJURY": "injured", "REGAINED FREEDOM": "freed"}
EFFECT = {"DESTROYED": "destroyed", "SOME DAMAGE": "damaged", "NO DAMAGE": "undamaged"}
NO_WORDS = frozenset(
    """A AN THE THIS THAT THESE THOSE ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN 1 2 3 4 5 6 7 8 9 10 MORE MOST
    MANY SEVERAL SOME ALL FEW ANY ANOTHER OTHER CERTAIN OF AT LEAST""".split()  # noqa: SIM905  read more easily so
)
LEADING, TRAILING = 4, 3

Key = tuple[int, tuple[str, ...], str]
"""A fill of the answer key: its template, its alternatives, its slot."""


def words(text: str) -> tuple[str, ...]:
    """The words of a fill that count when two are compared."""
    said = text.upper().replace("'S ", "S ").replace("'", "")
    return tuple(w for w in re.findall(r"[A-Z0-9]+", said) if w not in NO_WORDS)


def agreement(said: Sequence[str], key: Sequence[str]) -> float:
    """1 where these are the key's words, with few more around; .5 where one is a part of the other; else 0."""
    if not said or not key:
        return 0.0
    for start in range(len(said) - len(key) + 1):
        if tuple(said[start : start + len(key)]) == tuple(key):
            return 1.0 if start <= LEADING and len(said) - start - len(key) <= TRAILING else 0.5
    inside = any(tuple(key[i : i + len(said)]) == tuple(said) for i in range(len(key) - len(said) + 1))
    return 0.5 if inside else 0.0


def keys(row: Mapping[str, Any]) -> dict[str, list[Key]]:
    """The string fills of a document's templates, by role."""
    found: dict[str, list[Key]] = {role: [] for role in ROLES}
    for number, template in enumerate(row["templates"]):
        for slot, role in ROLE.items():
            for fill in template["slots"][slot] or []:
                found[role].append((number, tuple(fill["values"]), slot))
    return found


def match(texts: Iterable[tuple[str, str]], wanted: Sequence[Key]) -> tuple[float, frozenset[int], frozenset[str]]:
    """How well any of these (words, head) agrees with any key, the templates of those it equals, and their values.

    The head must be a word of the key: 'the murder of two nurses' is not the nurses.
    """
    best, templates, values = 0.0, set(), set()
    for said, head in {(words(text), words(head)[-1:]) for text, head in texts}:
        for number, alternatives, _ in wanted:
            found = max(agreement(said, key) if set(head) <= set(key) else 0.0 for key in map(words, alternatives))
            if found == 1.0:
                templates.add(number)
                values |= set(alternatives)
            best = max(best, found)
    return best, frozenset(templates), frozenset(values)


def kinds(row: Mapping[str, Any], templates: Iterable[int]) -> set[str]:
    """The incident types of these templates."""
    return {row["templates"][n]["slots"]["inc_type"][0]["values"][0] for n in templates}


def effect(row: Mapping[str, Any], templates: Iterable[int], values: frozenset[str], slot: str) -> str:
    """What the key says became of an entity (`slot`: hum_tgt_effect or phys_tgt_effect), as the record's own term."""
    table = HARM if slot.startswith("hum") else EFFECT
    said = {fill["values"][0] for n in templates for fill in _referring(row["templates"][n], slot, values)}
    found = next((table[name] for name in table if name in said), "")
    if not found and slot.startswith("hum") and kinds(row, templates) == {"KIDNAPPING"}:
        return "abducted"
    return found


def _referring(template: Mapping[str, Any], slot: str, values: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    """The set fills of a slot that refer to one of these values; descriptions refer to names, so two steps."""
    names = {x for f in template["slots"]["hum_tgt_desc"] or [] if set(f["values"]) & values for x in f["xref"] or ()}
    for fill in template["slots"][slot] or []:
        if set(fill["xref"] or ()) & (values | names):
            yield fill


def same_days(said: str, key: str) -> bool:
    """Whether two fills of the date slot are the same."""
    return _spaced(said) == _spaced(key)


def _spaced(text: str) -> str:
    return re.sub(r"\b(\d)\b", r"0\1", " ".join(text.strip("() ").split()))


def same_place(said: str, key: str) -> bool:
    """Whether two fills of the location slot name the same country and places, in any order, without their types."""
    return _names(said) == _names(key)


def _names(text: str) -> tuple[str, frozenset[str]]:
    country, *rest = (re.sub(r"\s*\(.*?\)?$", "", part).strip() for part in text.strip("() ").split(":"))
    return country, frozenset(name for part in rest for name in re.split(r"\s-\s", part) if name)


def place_words(row: Mapping[str, Any]) -> frozenset[tuple[str, ...]]:
    """The words of every place that the keys give, without countries."""
    values = (v for t in row["templates"] for f in t["slots"]["inc_loc"] or [] for v in f["values"])
    return frozenset(words(name) for value in values for name in _names(value)[1]) - {()}
