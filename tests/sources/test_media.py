"""What kind of file some bytes are."""

import pytest

from corrobora.sources.media import DOCX, MAIL, MBOX, UNKNOWN, ZIP, media_type


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"words", "text/plain"),
        ("A.HTM", b"words", "text/html"),
        ("a.docx", b"PK\x03\x04", DOCX),
        ("a.wacz", b"PK\x03\x04", "application/wacz"),
        ("a", b"%PDF-1.7", "application/pdf"),
        ("a", b"  <!DOCTYPE html><p>", "text/html"),
        ("a", b"From jane Sat Jun 14 09:30:00 2025\nSubject: x", MBOX),
        ("a", b"Subject: x\nFrom: y\n\nwords", MAIL),
        ("a", "Wörter".encode(), "text/plain"),
        ("a.unheard", b"\x00\x01", UNKNOWN),
        ("a", b"\xff\xfe\xff\xff", UNKNOWN),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a", b"", UNKNOWN),
    ],
)
def test_kinds(name: str, data: bytes, kind: str) -> None:
    assert media_type(name, data) == (kind, "")


def test_bytes_win_over_the_name_and_say_so() -> None:
    assert media_type("a.txt", b"PK\x03\x04") == (ZIP, f"named .txt, but its content is {ZIP}")


def test_a_character_cut_at_the_end_of_the_sample_is_no_binary() -> None:
    assert media_type("a", b"x" * 2047 + "é".encode())[0] == "text/plain"
