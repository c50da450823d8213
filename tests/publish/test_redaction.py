"""What a redacted row shows: only what is on a list, and no name that is withheld elsewhere."""

import json
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corrobora.errors import BadInput, Refused
from corrobora.model.commitments import commitment, disclosures, leaf
from corrobora.publish import Redaction, redaction, scan
from corrobora.publish.redaction import CLASSES, NAMING, ROLES, class_of, name_parts

KEY = bytes(range(32))
READING = {
    "claim": "c_1",
    "document": "d_1",
    "position": 4,
    "body": {
        "claim": {
            "act": "shelling",
            "harm": "killed",
            "quote": "Selma Orrin was killed",
            "count": {"low": 1, "high": 1, "qualifier": "exact", "text": "one"},
            "victims": {"text": "Selma Orrin", "class_": "civilian", "names": ["Selma Orrin"], "roles": ["teacher"]},
            "attribution": [{"speaker": "Corvan Dettle", "text": "he", "verb": "said", "start": 9, "end": 11}],
            "perpetrators": [{"text": "the Orrin Brigade", "name": "Orrin Brigade", "class_": "armed_group"}],
        },
        "place": {"name": "Eskadir", "lat": 1.5, "lon": 2.5, "precision": "town"},
        "speakers": ["Corvan Dettle"],
        "voice": "Corvan Dettle",
        "file": "Ida Quill.txt",
    },
}
TEXTS = disclosures(READING, KEY)


def shown(reveal: tuple[str, ...], never: tuple[str, ...] = (), row: tuple[str, ...] = TEXTS) -> dict[str, Any]:
    hiding = redaction(reveal, {"reading": [row]}, never)
    return {path: value for _, path, value in map(json.loads, hiding.show("reading", row).disclosed)}


def test_the_default_shows_terms_and_figures_alone() -> None:
    assert shown(()) == {
        "body/claim/act": "shelling",
        "body/claim/harm": "killed",
        "body/claim/count/low": 1,
        "body/claim/count/high": 1,
        "body/claim/count/qualifier": "exact",
        "body/claim/victims/class_": "civilian",
        "body/claim/victims/roles/0": "teacher",
        "body/claim/perpetrators/0/class_": "armed_group",
        "body/place/precision": "town",
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_class_adds_its_own_fields_and_no_other(role: str) -> None:
    more = set(shown((role,))) - set(shown(()))
    assert {class_of("reading", path) for path in more} <= {role}


def test_a_name_withheld_in_one_field_is_withheld_in_all() -> None:
    found = shown(("words", "accused", "place"))
    assert "body/claim/quote" not in found  # it holds the victim's name
    assert "body/claim/perpetrators/0/name" not in found, "it is called after the victim"
    assert shown(("victim", "accused"))["body/claim/perpetrators/0/name"] == "Orrin Brigade"
    assert shown(("words", "victim", "place"))["body/claim/quote"] == "Selma Orrin was killed"
    assert "body/place/name" not in shown(("place",), ("eskadir",))
    assert "body/claim/quote" not in shown(("words", "victim"), ("SELMA  orrin",))


@pytest.mark.parametrize(
    ("quote", "kept"),
    [
        ("Orrin was killed", False),
        ("ORRIN was killed", False),
        ("Selma's house burnt", False),
        ("a teacher was killed", True),
        ("Orrington was shelled", True),
        ("she was killed", True),
        ("Mr. Dettle saw it", False),
    ],
)
def test_a_part_of_a_persons_name_is_withheld_as_the_name_is(quote: str, kept: bool) -> None:
    claim = READING["body"]["claim"] | {"quote": quote}  # type: ignore[index]
    row = disclosures(READING | {"body": READING["body"] | {"claim": claim}}, KEY)  # type: ignore[operator]
    hiding = redaction(("words",), {"reading": [row]}, ())
    found = {path: value for _, path, value in map(json.loads, hiding.show("reading", row).disclosed)}
    assert ("body/claim/quote" in found) == kept


def test_fixed_terms_are_shown_though_a_person_is_called_so() -> None:
    """A witness called `Teacher` must not empty the roles of every victim: their words are not the reports' own."""
    body = READING["body"] | {"voice": "Teacher Shelling"}  # type: ignore[operator]
    row = disclosures(READING | {"body": body}, KEY)
    found = {json.loads(text)[1] for text in redaction((), {"reading": [row]}, ()).show("reading", row).disclosed}
    assert {"body/claim/act", "body/claim/victims/roles/0"} <= found


@given(st.text(max_size=20))
def test_parts_of_a_name_are_words_of_it_that_do_not_begin_small(name: str) -> None:
    for part in name_parts(name):
        assert part in name or part in name.upper()
        assert len(part) >= 2
        assert not part[0].islower() or part[0].upper() == part[0]


def test_short_names_and_scripts_without_capitals_are_looked_for_as_words() -> None:
    assert name_parts("Ali") == {"Ali", "ALI"}
    assert name_parts("علي حسن") == {"علي", "حسن"}
    assert name_parts("a resident of the village") == set()


def test_a_position_and_other_fields_on_no_list_stay_withheld_whatever_is_revealed() -> None:
    assert "position" not in shown(ROLES)
    assert "body/claim/attribution/0/start" not in shown(ROLES)


@given(st.sets(st.sampled_from(ROLES)))
def test_what_is_shown_and_what_is_withheld_prove_the_row_together(reveal: set[str]) -> None:
    part = redaction(tuple(reveal), {"reading": [TEXTS]}, ()).show("reading", TEXTS)
    commitments = [*part.withheld, *map(commitment, part.disclosed)]
    assert leaf(commitments) == leaf(map(commitment, TEXTS))
    assert list(part.withheld) == sorted(part.withheld)  # their order tells nothing


@given(st.sets(st.sampled_from(ROLES)), st.text("abcdefgh XYZ", min_size=4, max_size=12))
def test_no_shown_value_holds_a_name_of_the_list(reveal: set[str], name: str) -> None:
    for value in shown(tuple(reveal), (name,)).values():
        assert " ".join(name.casefold().split()) not in str(value).casefold() or len(" ".join(name.split())) < 4


def test_everything_withholds_nothing_but_what_is_named() -> None:
    whole = Redaction(everything=True)
    assert whole.show("reading", TEXTS).withheld == ()
    assert len(whole.show("reading", TEXTS, frozenset({"position"})).withheld) == 1


def test_the_classes_are_those_that_the_documents_name() -> None:
    assert set(ROLES) == {"witness", "victim", "accused", "staff", "place", "source", "words"}
    assert "words" not in NAMING
    paths = [(table, path) for lists in CLASSES.values() for table, found in lists.items() for path in found]
    assert len(paths) == len(set(paths))


def test_an_unknown_class_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadInput) as told:
        redaction(("victims",), {}, ())
    assert "witness, victim" in told.value.hint


NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9)


@given(NAMES, NAMES, st.binary(max_size=30), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "base64"]))
def test_a_planted_name_is_found_in_any_form(first: str, last: str, before: bytes, form: str) -> None:
    name = f"{first.title()} {last.title()}"
    if form == "base64":
        content = b64encode(before + name.encode() + b" and more")
    else:
        content = before + name.encode(form) + b"\0\0 more"
    with pytest.raises(Refused):
        scan({"data/a": content}, {name.casefold()}, [])


@given(st.binary(max_size=200))
def test_what_holds_no_name_passes(content: bytes) -> None:
    assume(b"zelda quorn" not in content.lower())
    scan({"data/a": content}, {"zelda quorn"}, ["killed"])


def test_the_refusal_names_the_file_and_not_the_name() -> None:
    with pytest.raises(Refused) as told:
        scan({"data/log.jsonl": b"... Selma Orrin ..."}, {"selma orrin"}, [])
    assert "data/log.jsonl" in str(told.value)
    assert "elma" not in str(told.value) + told.value.hint


def test_a_commitment_is_the_hash_of_the_text_that_discloses() -> None:
    text = TEXTS[0]
    assert commitment(text) == sha256(text.encode()).hexdigest()
    hidden = redaction((), {"reading": [TEXTS]}, ()).show("reading", [text])
    assert hidden.withheld == (commitment(text),)
