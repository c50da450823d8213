"""Each parser of ours, on some hundred mutated inputs from a fixed seed: refused with a reason, or read."""

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corrobora.errors import BadInput


def load(name: str) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


fuzzing = load("fuzzing")


@pytest.mark.parametrize("name", fuzzing.PARSERS)
def test_no_mutated_input_is_at_fault(name: str) -> None:
    told = fuzzing.mutate(name, 2.0, seed=1, most=400)
    assert told["faults"] == []
    assert told["inputs"] > 3


@pytest.mark.parametrize("name", fuzzing.PARSERS)
def test_what_it_begins_with_is_read(name: str) -> None:
    """A parser that refuses everything would pass the test above."""
    read, seeds = fuzzing.PARSERS[name]
    assert all(read(seed) is not None for seed in seeds[:1])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zip", fuzzing.zipped(("bb", b"words")).replace(b"bb", b"\0b")),  # a member without a name
        (
            "archive",
            fuzzing.zipped(("backup.json", b"{}")).replace(b"PK\1\2\x14\x03\x14\0\0", b"PK\1\2\x14\x03\x14\0\1"),
        ),
        ("archive", fuzzing.zipped(("backup.json", b'{"files": ' + b"[" * 90_000))),
        ("archive", fuzzing.zipped(("backup.json", b'{"form": "corrobora backup 1", "files": [3]}'))),
        ("eml", b'Subject: x\nContent-Type: text/plain; charset="u\0\xe9"\n\n\xe9 words\n'),
    ],
)
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    assert fuzzing.tried(name, data) == ""


def test_mutation_changes_and_is_seeded() -> None:
    seeds = [b"some words", b"others"]
    first = [fuzzing.mutated(seeds, random.Random(n)) for n in range(50)]  # noqa: S311  no secret
    again = [fuzzing.mutated(seeds, random.Random(n)) for n in range(50)]  # noqa: S311  no secret
    assert first == again
    assert len(set(first)) > 40


def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(data: bytes) -> None:
        if data == b"odd":
            raise KeyError("odd")
        if data == b"mute":
            raise BadInput("")

    monkeypatch.setitem(fuzzing.PARSERS, "odd", (odd, (b"odd",)))
    assert fuzzing.tried("odd", b"odd") == "KeyError: 'odd'"
    assert fuzzing.tried("odd", b"mute") == "refused without a reason"
    assert fuzzing.tried("odd", b"plain") == ""
    monkeypatch.setattr(fuzzing, "SLOW", -1.0)
    assert fuzzing.tried("odd", b"plain").startswith("took")
