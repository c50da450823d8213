"""Small sentences, each written to show one thing that reports do, with the claims that must be read in it."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corrobora.claims import Reader
from corrobora.model import Claim, Text

Case = dict[str, Any]
FILES = sorted((Path(__file__).parent / "sentences").glob("*.toml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['text'][:60]}")
    for path in FILES
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]
]


@pytest.mark.parametrize("case", CASES)
def test_the_claims_of_a_sentence(case: Case, reader: Reader, written: Callable[..., Text]) -> None:
    (found,) = reader.read([written(case["text"], kind=case.get("kind", "paragraph"))])
    left = list(found.claims)
    for wanted in case["claims"]:
        match = next((claim for claim in left if agrees(claim, wanted)), None)
        assert match is not None, f"not read: {wanted}\n" + "\n".join(shown(c) for c in found.claims)
        left.remove(match)
    figures = [shown(c) for c in left if c.harm and (c.count.low, c.count.high) != (None, None)]
    assert not figures, f"read but not said: {figures}"


def agrees(claim: Claim, wanted: dict[str, Any]) -> bool:
    """Say whether a claim has every value that is asked for."""
    if "chain" in wanted and claim.stance != wanted.get("stance", "asserts"):
        return False
    return all(value(claim, name) == expected for name, expected in wanted.items() if name not in HELD) and all(
        HELD[name](claim, expected) for name, expected in wanted.items() if name in HELD
    )


def value(claim: Claim, name: str) -> object:
    if name in {"low", "high", "qualifier"}:
        return getattr(claim.count, name)
    if name == "class":
        return claim.victims.class_ if claim.victims else None
    if name == "part":
        return bool(claim.part_of)
    if name == "perpetrators":
        return len(claim.perpetrators)
    if name == "status":
        return claim.perpetrators[0].status if claim.perpetrators else None
    if name == "perpetrator_class":
        return claim.perpetrators[0].class_ if claim.perpetrators else None
    return getattr(claim, name)


HELD: dict[str, Callable[[Claim, Any], bool]] = {
    "perpetrator": lambda claim, words: any(words in p.text for p in claim.perpetrators),
    "by": lambda claim, name: [p.name for p in claim.perpetrators] == [name],
    "target": lambda claim, class_: any(t.class_ == class_ for t in claim.targets),
    "instrument": lambda claim, class_: any(i.class_ == class_ for i in claim.instruments),
    "roles": lambda claim, roles: claim.victims is not None and set(roles) <= set(claim.victims.roles),
    "place": lambda claim, words: claim.place is not None and words in claim.place.text,
    "chain": lambda claim, names: [plain(s.speaker) for s in claim.attribution] == [plain(name) for name in names],
    "flags": lambda claim, flags: list(claim.flags) == flags,
    "evidence": lambda claim, kinds: list(claim.evidence) == kinds,
    "mentions": lambda claim, number: len(claim.mentions) == number,
    "time": lambda claim, words: claim.time is not None and words in claim.time.text,
}


def plain(name: str) -> str:
    """Take away what does not make another voice: the article, the capital of a sentence's first word."""
    low = name.lower()
    return next((low.removeprefix(article) for article in ("the ", "a ", "an ") if low.startswith(article)), low)


def shown(claim: Claim) -> str:
    who = claim.victims.class_ if claim.victims else "-"
    place, time = (claim.place.text if claim.place else "-"), (claim.time.text if claim.time else "-")
    by = [f"{p.text} ({p.class_}, {p.status})" for p in claim.perpetrators]
    count = f"{claim.count.low}-{claim.count.high}"
    said = f"{[s.speaker for s in claim.attribution]} {claim.stance} {list(claim.flags)}"
    return f"{claim.harm}/{claim.act} {count} {who} by {by} @{place} {time}, {said}: {claim.quote!r}"
