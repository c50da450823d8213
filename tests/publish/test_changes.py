"""What changed since an earlier export: applied to the earlier one, it gives the later one."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.publish.changes import KEYS, changes

Lists = dict[str, list[dict[str, Any]]]
VALUES = st.one_of(st.none(), st.integers(-5, 5), st.text(max_size=3), st.lists(st.integers(0, 2), max_size=2))
FIELDS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3)


@st.composite
def lists(draw: st.DrawFn) -> Lists:
    """Lists of rows, few ids, so that two draws share some of them."""
    found: Lists = {}
    for name, key in KEYS.items():
        ids = draw(st.lists(st.sampled_from(["1", "2", "3", "4"]), unique=True, max_size=4))
        found[name] = [{key: identity, **draw(FIELDS)} for identity in sorted(ids)]
    return found


def write(folder: Path, rows: Lists) -> None:
    folder.mkdir(exist_ok=True)
    for name, found in rows.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")


def told(folder: Path, before: Lists, after: Lists) -> list[dict[str, Any]]:
    write(folder / "before", before)
    (folder / "after").mkdir(exist_ok=True)
    path = changes(after, folder / "before", folder / "after")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists(), lists())
def test_what_is_told_is_all_that_changed(tmp_path: Path, before: Lists, after: Lists) -> None:
    state = {(name, row[key]): dict(row) for name, key in KEYS.items() for row in before[name]}
    wanted = {(name, row[key]): row for name, key in KEYS.items() for row in after[name]}
    for change in told(tmp_path, before, after):
        at = (change["of"], change["id"])
        if change["change"] == "added":
            assert at not in state
            state[at] = wanted[at]
        elif change["change"] == "removed":
            del state[at]
        else:
            for field, (old, new) in change["fields"].items():
                assert state[at].get(field) == old != new
                state[at][field] = new
    plain = {at: {k: v for k, v in row.items() if v is not None} for at, row in state.items()}
    assert plain == {at: {k: v for k, v in row.items() if v is not None} for at, row in wanted.items()}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists())
def test_nothing_changed_nothing_is_told(tmp_path: Path, rows: Lists) -> None:
    assert told(tmp_path, rows, rows) == []


def test_the_order_is_by_list_and_id(tmp_path: Path) -> None:
    before: Lists = {name: [] for name in KEYS}
    after: Lists = {name: [{key: "2"}, {key: "1"}] for name, key in KEYS.items()}
    found = [(change["of"], change["id"]) for change in told(tmp_path, before, after)]
    assert found == [(name, identity) for name in KEYS for identity in ("1", "2")]


def test_a_folder_that_holds_no_export_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        changes({name: [] for name in KEYS}, tmp_path / "nothing", tmp_path)
    assert "no export" in str(error.value)
    assert "jsonl" in error.value.hint
    assert not (tmp_path / "changes.jsonl").exists()


def test_an_export_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "before", {name: [{key: "1"}] for name, key in KEYS.items()})
    (tmp_path / "before" / "claims.jsonl").write_text('{"claim": "1", "quo', encoding="utf-8")
    with pytest.raises(BadInput):
        changes({name: [] for name in KEYS}, tmp_path / "before", tmp_path)
