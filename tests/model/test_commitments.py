"""Salted commitments: every field is covered, each by itself, and what is withheld cannot be guessed."""

import json
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from corrobora.model.commitments import commitment, disclosures, fields, leaf, log_leaf, row_digest, row_key

KEY = bytes(range(32))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)
ROWS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), VALUES, min_size=1, max_size=4)


@given(ROWS)
def test_a_field_is_disclosed_as_salt_path_and_value(row: dict[str, Any]) -> None:
    texts = disclosures(row, KEY)
    for text, (path, value) in zip(texts, fields(row), strict=True):
        salt, said, carried = json.loads(text)
        assert (said, carried) == (path, value)
        assert len(bytes.fromhex(salt)) == 16
    assert len({json.loads(text)[0] for text in texts}) == len(texts)


@given(ROWS, st.data())
def test_a_digest_changes_with_any_field(row: dict[str, Any], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(row)))
    other = data.draw(VALUES.filter(lambda v: json.dumps(v) != json.dumps(row[name])))
    assert row_digest(row | {name: other}, KEY) != row_digest(row, KEY)
    assert row_digest({k: v for k, v in row.items() if k != name}, KEY) != row_digest(row, KEY)
    assert row_digest(row | {"zz": None}, KEY) != row_digest(row, KEY)


@given(ROWS)
def test_a_digest_does_not_depend_on_order_and_does_on_the_key(row: dict[str, Any]) -> None:
    turned = dict(reversed(row.items()))
    assert row_digest(turned, KEY) == row_digest(row, KEY)
    assert row_digest(row, bytes(32)) != row_digest(row, KEY)


@given(ROWS, st.data())
def test_a_row_is_proved_from_what_is_disclosed_and_the_commitments_of_the_rest(
    row: dict[str, Any], data: st.DataObject
) -> None:
    texts = disclosures(row, KEY)
    shown = data.draw(st.sets(st.sampled_from(texts)))
    withheld = [commitment(text) for text in texts if text not in shown]
    lines = sorted([*withheld, *(sha256(text.encode()).hexdigest() for text in shown)])
    assert sha256(("\n".join(lines) + "\n").encode()).hexdigest() == row_digest(row, KEY)


def test_the_same_value_has_another_commitment_in_each_row_and_field() -> None:
    a, b = row_key(KEY, "reading", "c_1"), row_key(KEY, "reading", "c_2")
    one = [commitment(t) for key in (a, b) for t in disclosures({"x": "Selma", "y": "Selma"}, key)]
    assert len(set(one)) == 4


@given(st.text(max_size=6), VALUES, VALUES)
def test_a_salt_goes_with_its_value_but_in_what_is_written_once(path: str, one: Any, other: Any) -> None:
    """Else who was shown a field could, when it has changed and is withheld, try values with the salt of before."""
    salts = [json.loads(disclosures({path: [value]}, KEY, frozenset({path}))[0])[0] for value in (one, other)]
    assert (salts[0] == salts[1]) == (json.dumps(one) == json.dumps(other))
    once = [disclosures({path: [value]}, KEY, frozenset({path}), once=True)[0] for value in (one, other)]
    assert json.loads(once[0])[0] == json.loads(once[1])[0]


def test_names_of_rows_cannot_run_into_each_other() -> None:
    assert row_key(KEY, "a", "bc") != row_key(KEY, "ab", "c")
    assert row_key(KEY, "a", "b") != row_key(bytes(32), "a", "b")


def test_what_is_named_whole_is_one_field() -> None:
    row = {"body": {"segments": [{"start": 0}], "text": "x"}, "id": 1}
    assert dict(fields(row, frozenset({"body/segments"}))) == {
        "body/segments": [{"start": 0}],
        "body/text": "x",
        "id": 1,
    }
    assert row_digest(row, KEY, frozenset({"body/segments"})) != row_digest(row, KEY)


def test_a_leaf_is_hashed_as_rfc_9162_says_and_is_no_row() -> None:
    body = {"what": "verify", "at": "2031-01-01"}
    lines = leaf(commitment(t) for t in disclosures(body, row_key(KEY, "event", "3"), once=True))
    assert log_leaf(body, KEY, 3) == sha256(b"\0" + lines).hexdigest()
    assert log_leaf(body, KEY, 4) != log_leaf(body, KEY, 3)
    assert lines.count(b"\n") == 2
