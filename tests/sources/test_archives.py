"""ZIP archives: members within limits, hostile ones refused by name, the rest read."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from corrobora.settings import Limits
from corrobora.sources.archives import Member, budget, members


def made(files: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


USUAL = Limits()


def opened(data: bytes, limits: Limits = USUAL) -> dict[str, Member]:
    return {member.name: member for member in members(data, limits, budget(limits))}


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_come_by_name_with_sidecars_first(kind: int) -> None:
    found = opened(made({"b.txt": b"two", "a/": b"", "a/c.json": b"{}", "a/a.txt": b"one"}, kind))
    assert list(found) == ["a/c.json", "a/a.txt", "b.txt"]
    assert found["a/a.txt"].data == b"one"


@pytest.mark.parametrize("name", ["../../evil.txt", "/abs.txt", "a\\..\\win.txt", "C:/x.txt", "a/../b.txt"])
def test_names_that_point_elsewhere_are_refused(name: str) -> None:
    found = list(opened(made({name: b"x", "good.txt": b"y"})).values())
    assert [member.data for member in found if member.name == "good.txt"] == [b"y"]
    assert [member.problem for member in found if member.data is None] == [
        "its name points outside the archive: refused"
    ]


@pytest.mark.parametrize("name", ["a\nb.txt", "a\x1b[2J.txt", "\x7f.txt"])
def test_names_with_control_characters_are_refused_and_shown_without_them(name: str) -> None:
    refused = [m for m in opened(made({name: b"x", "good.txt": b"y"})).values() if m.data is None]
    assert [member.problem for member in refused] == ["its name holds control characters: refused"]
    assert "\n" not in refused[0].name
    assert "\x1b" not in refused[0].name


def test_links_twins_and_encrypted_members_are_refused() -> None:
    out = io.BytesIO()
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "second")
    found = list(members(out.getvalue(), Limits(), budget(Limits())))
    assert [(m.name, m.data) for m in found] == [("a.txt", b"first"), ("a.txt", None), ("link", None)]
    locked = bytearray(made({"a.txt": b"x"}, zipfile.ZIP_STORED))
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert opened(bytes(locked))["a.txt"].problem == "encrypted: it opens only with a password"


def test_bombs_are_stopped_by_ratio_by_size_and_by_count() -> None:
    bomb = made({"zeros.bin": b"\0" * 30_000_000, "good.txt": b"y"})
    found = opened(bomb)
    assert "200 times" in found["zeros.bin"].problem
    assert found["good.txt"].data == b"y"
    assert "limits allow" in opened(bomb, Limits(archive_ratio=10**6, archive_mb=5))["zeros.bin"].problem
    assert "limits allow" in opened(bomb, Limits(archive_ratio=10**6, file_mb=5))["zeros.bin"].problem
    many = made({f"{n}.txt": b"" for n in range(30)}, zipfile.ZIP_STORED)
    assert "30 entries" in opened(many, Limits(archive_entries=20))[""].problem


def test_the_budget_is_shared_by_all_archives_of_one_input() -> None:
    limits = Limits(archive_entries=3)
    left = budget(limits)
    data = made({"a.txt": b"1", "b.txt": b"2"})
    first, second = (list(members(data, limits, left)) for _ in range(2))
    assert [m.data for m in first] == [b"1", b"2"]
    assert [m.problem for m in second] == ["2 entries, and the limit is 3"]


def test_bytes_are_counted_over_all_members() -> None:
    found = opened(made({f"{n}.txt": bytes(600_000) for n in range(3)}, zipfile.ZIP_STORED), Limits(archive_mb=1))
    assert [member.data is None for member in found.values()] == [False, True, True]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", b"PK\x05\x06" + b"\xff" * 18])
def test_a_damaged_archive_says_so(data: bytes) -> None:
    (member,) = opened(data).values()
    assert member.data is None
    assert member.problem


def test_any_flipped_byte_ends_in_members_or_problems() -> None:
    whole = made({"a.txt": b"some words " * 20, "b.txt": b"other words"})
    for at in range(0, len(whole), 3):
        for member in opened(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]).values():
            assert (member.data is None) == bool(member.problem)
