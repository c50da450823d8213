"""Tar archives and packed files: read from front to back within limits, whatever they say of themselves."""

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.settings import Limits
from corrobora.sources import archives, tarballs
from corrobora.sources.archives import Member

USUAL = Limits()
PACKERS = [bytes, gzip.compress, bz2.compress, lzma.compress]


def tar(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in files.items():
            item = tarfile.TarInfo(name)
            item.size = len(content)
            archive.addfile(item, io.BytesIO(content))
    return out.getvalue()


def opened(data: bytes, limits: Limits = USUAL, name: str = "x.gz") -> list[Member]:
    return list(tarballs.members(name, data, limits, archives.budget(limits)))


@pytest.mark.parametrize("pack", PACKERS)
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_members_come_with_sidecars_first(pack: Callable[[bytes], bytes], form: int) -> None:
    long = "d/" * 40 + "é.txt"
    found = opened(pack(tar({"b.txt": b"two", long: b"one" * 900, "a/c.json": b"{}"}, form)))
    assert [(m.name, m.data) for m in found] == [("a/c.json", b"{}"), ("b.txt", b"two"), (long, b"one" * 900)]


@pytest.mark.parametrize("pack", PACKERS[1:])
def test_a_packed_file_is_what_is_in_it(pack: Callable[[bytes], bytes]) -> None:
    assert opened(pack(b"words") + pack(b" and more"), name="a/report.txt.xz") == [
        Member("report.txt", b"words and more")
    ]
    assert opened(pack(b""), name="empty.gz") == [Member("empty", b"")]


@pytest.mark.parametrize("pack", PACKERS)
def test_what_ends_in_the_middle_says_so(pack: Callable[[bytes], bytes]) -> None:
    whole = pack(tar({"a.txt": bytes(range(256)) * 40, "b.txt": b"more"}))
    for cut in range(20, len(whole) - 1, max(1, len(whole) // 9)):
        found = opened(whole[:cut])
        complete = {m.name for m in found if m.data is not None} == {"a.txt", "b.txt"}
        assert complete or found[-1].problem, cut


def test_names_that_point_elsewhere_and_names_given_twice_are_refused() -> None:
    found = {m.name: m.problem for m in opened(tar({"../up": b"x", "/abs": b"y", "a": b"1"})) if m.data is None}
    assert found == dict.fromkeys(("../up", "/abs"), "its name points outside the archive: refused")
    repeated = io.BytesIO()
    with tarfile.open(fileobj=repeated, mode="w") as archive:
        for _ in range(2):
            archive.addfile(tarfile.TarInfo("a"), io.BytesIO())
    assert opened(repeated.getvalue())[1].problem == "the same name twice in the archive"


@pytest.mark.parametrize("pack", PACKERS[1:])
def test_a_bomb_is_refused_before_it_is_unpacked(pack: Callable[[bytes], bytes]) -> None:
    tight = Limits(archive_mb=1)
    for data in (pack(bytes(2_500_000)), pack(tar({"zeros": bytes(2_500_000)}))):
        (only,) = opened(data, tight)[-1:]
        assert "more than the limits allow" in only.problem
        assert only.data is None


def test_a_member_has_its_limit_and_all_have_theirs() -> None:
    data = tar({str(n): bytes(800_000) for n in range(4)})
    assert [m.data is None for m in opened(data, Limits(archive_mb=2))] == [False, False, True, True]
    (large,) = opened(tar({"large": bytes(1_500_000)}), Limits(file_mb=1))
    assert large.problem == "unpacks to more than the limits allow: refused"
    assert "more than 3 entries" in opened(tar(dict.fromkeys("abcde", b"")), Limits(archive_entries=3))[-1].problem


@pytest.mark.parametrize("data", [b"", b"words", bytes(2_000), b"\x1f\x8bjunk", b"BZh9junk", b"\xfd7zXZ\x00junk"])
def test_what_is_no_archive_says_so(data: bytes) -> None:
    (only,) = opened(data, name="x.tar")
    assert only.data is None
    assert only.problem.startswith("damaged or cut")


NAMES = st.text(st.characters(min_codepoint=48, max_codepoint=122, exclude_characters="\\:/"), min_size=1, max_size=9)


@given(st.dictionaries(NAMES, st.binary(max_size=2_000), max_size=5))
@settings(max_examples=25)
def test_what_was_put_in_comes_out(files: dict[str, bytes]) -> None:
    found = {m.name: m.data for m in opened(gzip.compress(tar(files)))}
    assert found == files or not files
