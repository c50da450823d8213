"""The standalone verifier by its parts: it agrees with the log's own code, and refuses what that refuses."""

import json
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.preserve import merkle, notes
from corrobora.publish import verify_bundle as verifier

KEY = "5a" * 32
VERIFIER = notes.verifier_key(KEY)


@given(st.integers(1, 120), st.data())
def test_it_agrees_with_the_tree_on_inclusion(size: int, data: st.DataObject) -> None:
    leaves = [merkle.leaf_hash(bytes([n])) for n in range(size)]
    tree = merkle.Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion(index, size)
    assert verifier.root_by_inclusion(leaves[index], index, size, proof) == tree.root()
    for at in range(len(proof)):
        cut = proof[:at] + proof[at + 1 :]
        assert verifier.root_by_inclusion(leaves[index], index, size, cut) != tree.root()
    assert verifier.root_by_inclusion(leaves[index], size, size, proof) == b""
    assert verifier.root_by_inclusion(leaves[index], index, size, (*proof, leaves[0])) != tree.root()


@given(st.integers(1, 120), st.integers(1, 120), st.data())
def test_it_agrees_with_the_tree_on_consistency(a: int, b: int, data: st.DataObject) -> None:
    first, size = sorted((a, b))
    tree = merkle.Tree([merkle.leaf_hash(bytes([n])) for n in range(size)])
    proof = list(tree.consistency(first, size))
    old, new = tree.root(first), tree.root()
    if data.draw(st.booleans()) and proof:
        proof[data.draw(st.integers(0, len(proof) - 1))] = bytes(32)
    assert verifier.consistent(first, size, proof, old, new) == merkle.consistent(first, size, proof, old, new)
    assert not verifier.consistent(first, size, proof, bytes(32), new)


def test_it_opens_the_heads_that_the_log_signs_and_no_other() -> None:
    head = notes.Head(VERIFIER.partition("+")[0], 7, bytes(range(32)))
    note = notes.sign(head, KEY)
    assert verifier.open_head(note, VERIFIER) == (7, bytes(range(32)))
    mail = f"Dear B.,\n\n{note}\nRegards"
    assert verifier.open_head(mail, VERIFIER) == (7, bytes(range(32)))
    with pytest.raises(verifier.Fault):
        verifier.open_head(mail, VERIFIER, alone=True)
    assert verifier.open_head(note, VERIFIER, alone=True)[0] == 7
    for changed in (note.replace("\n7\n", "\n8\n"), note[:-12] + "AAAA" + note[-8:], "", note.splitlines()[0]):
        with pytest.raises(verifier.Fault):
            verifier.open_head(changed, VERIFIER)
    other = notes.verifier_key("5b" * 32)
    with pytest.raises(verifier.Fault):
        verifier.open_head(note, other)
    with pytest.raises(verifier.Fault, match="name says"):
        verifier.open_head(note, VERIFIER.rpartition("+")[0] + "+" + other.rpartition("+")[2])


def test_a_row_opens_to_its_fields_and_bytes() -> None:
    line = {"shown": {"disclosed": ['["00","a/b",1]'], "withheld": ["ab" * 32]}}
    fields, content = verifier.opened(line)
    assert fields == {"a/b": 1}
    assert content.count(b"\n") == 2


@pytest.mark.parametrize(
    "shown",
    [
        {"disclosed": ['["00","a",1]', '["01","a",2]'], "withheld": []},
        {"disclosed": [], "withheld": ["xx"]},
        {"disclosed": [], "withheld": ["ab" * 32 + "\n" + "cd" * 32]},
    ],
)
def test_a_row_that_says_two_things_or_smuggles_a_line_is_refused(shown: dict[str, list[str]]) -> None:
    with pytest.raises(verifier.Fault):
        verifier.opened({"shown": shown})


def bag(folder: Path) -> Path:
    """Return a bag that the reference library has made."""
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "one.txt").write_text("one")
    (folder / "two.txt").write_text("two")
    bagit.make_bag(str(folder), checksums=["sha256"])
    return folder


@pytest.mark.parametrize("after", ["\n", "=", "\nEverything holds.", "\x1b[2K", "+", " "])
def test_nothing_but_a_key_is_taken_for_one(after: str) -> None:
    note = notes.sign(notes.Head(VERIFIER.partition("+")[0], 7, bytes(32)), KEY)
    with pytest.raises(verifier.Fault, match=r"key\.txt"):
        verifier.open_head(note, VERIFIER + after)


@given(st.dictionaries(st.sampled_from(["size", "proof", "note", "Size"]), st.integers(), max_size=4))
def test_a_line_holds_its_names_and_no_more(line: dict[str, int]) -> None:
    if line.keys() == {"size", "proof"}:
        assert verifier.parsed(json.dumps(line), "size", "proof") == line
    else:
        with pytest.raises(verifier.Fault, match="something else than size, proof"):
            verifier.parsed(json.dumps(line), "size", "proof")


@pytest.mark.parametrize("line", ['{"size": 1, "size": 2}', '{"size": {"a": 1, "a": 1}}', "[" * 10**5, "1", '"size"'])
def test_a_line_that_can_be_read_in_two_ways_is_read_in_none(line: str) -> None:
    with pytest.raises(verifier.UNREADABLE):
        verifier.parsed(line, "size")


def test_it_accepts_a_bag_of_the_reference_library(tmp_path: Path) -> None:
    assert list(verifier.bag_faults(bag(tmp_path / "b"))) == []


def test_it_refuses_what_the_reference_library_refuses(tmp_path: Path) -> None:
    for number, (name, content) in enumerate(
        {"data/two.txt": b"2", "data/new": b"", "bag-info.txt": b"x: y\n", "manifest-sha256.txt": b""}.items()
    ):
        made = bag(tmp_path / str(number))
        (made / name).write_bytes(content)
        assert not bagit.Bag(str(made)).is_valid()
        assert any(name in fault for fault in verifier.bag_faults(made)), name


def test_it_refuses_a_file_that_is_listed_twice(tmp_path: Path) -> None:
    made = bag(tmp_path / "b")
    manifest = made / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + manifest.read_text().splitlines()[0] + "\n")
    assert any("a line cannot be read" in fault for fault in verifier.bag_faults(made))


def test_it_refuses_links_to_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "more.txt").write_text("more")
    made = bag(tmp_path / "b")
    (made / "data/folder").symlink_to(tmp_path / "outside")
    (made / "data/link").symlink_to(tmp_path / "outside" / "more.txt")
    faults = list(verifier.bag_faults(made))
    assert faults == ["data/folder: it is a link", "data/link: it is a link"]


def test_it_refuses_a_list_that_leads_out_of_the_bag(tmp_path: Path) -> None:
    made = bag(tmp_path / "b")
    (tmp_path / "secret").write_text("x")
    for path in ("../secret", str(tmp_path / "secret"), ""):
        (made / "manifest-sha256.txt").write_text(f"{'0' * 64}  {path}\n")
        assert any("a line cannot be read" in fault for fault in verifier.bag_faults(made))


def test_what_is_no_bundle_is_told_and_does_not_crash(tmp_path: Path) -> None:
    made = bag(tmp_path / "b")
    faults, proved = verifier.verify(made)
    assert any("the bundle cannot be read" in fault for fault in faults)
    assert proved == []
    assert verifier.verify(tmp_path / "nowhere")[0]


def test_the_conformance_suite_is_judged_as_the_reference_library_judges(shared: Path, tmp_path: Path) -> None:
    """Bags of other checksums have no list that a bundle has: they are refused, never taken for whole."""
    suite = shared / "data" / "badinput" / "bagit-conformance"
    seen = 0
    for declaration in sorted(suite.rglob("bagit.txt")):
        folder = declaration.parent
        faults = list(verifier.bag_faults(folder))
        seen += 1
        if not (folder / "manifest-sha256.txt").exists():
            assert faults
        elif "invalid" in folder.parts:
            assert faults, folder
    assert seen > 10
    assert json.dumps(seen)
    assert tmp_path.exists()
