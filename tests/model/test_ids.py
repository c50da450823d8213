"""Ids are hashes of content: the same everywhere, another for other content."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import content_id

PARTS = st.lists(st.one_of(st.none(), st.integers(), st.text()), max_size=5)


@given(PARTS)
def test_the_same_parts_give_the_same_id(parts: list[object]) -> None:
    assert content_id("c", *parts) == content_id("c", *parts)


@given(PARTS, PARTS)
def test_other_parts_give_another_id(a: list[object], b: list[object]) -> None:
    def words(parts: list[object]) -> list[str]:
        return ["" if part is None else str(part) for part in parts]

    if "\x1f" not in "".join(words(a) + words(b)) and "\x1f".join(words(a)) != "\x1f".join(words(b)):
        assert content_id("c", *a) != content_id("c", *b)


def test_parts_do_not_run_together() -> None:
    assert content_id("c", "ab", "c") != content_id("c", "a", "bc")
    assert content_id("c", 1, 23) != content_id("c", 12, 3)


def test_the_prefix_says_of_what_and_is_no_part_of_the_hash() -> None:
    claim, incident = content_id("c", "x"), content_id("i", "x")
    assert claim.startswith("c_")
    assert incident.startswith("i_")
    assert claim[2:] == incident[2:]
    assert len(claim) == 18


def test_a_lone_surrogate_from_a_broken_file_name_has_an_id_too() -> None:
    assert content_id("d", "report\udcff.txt").startswith("d_")


def test_another_process_with_another_hash_seed_gives_the_same_id() -> None:
    words = "from corrobora.model import content_id; print(content_id('c', 'sha256:ab', 10, None, 'ü'))"
    found = {
        subprocess.run(
            [sys.executable, "-c", words], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert found == {content_id("c", "sha256:ab", 10, None, "ü") + "\n"}
