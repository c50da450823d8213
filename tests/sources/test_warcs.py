"""Web archives: what is in them is read, and whether they are whole is told; a cut one never passes for whole."""

import gzip
import io
import zlib
from hashlib import sha1, sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders

from corrobora.model import Reference, Source
from corrobora.settings import Limits
from corrobora.sources import archives, fetching, find, media, warcs
from corrobora.sources.archives import Member

PAGE = b"<html><body><p>Two people were killed in Eskadir.</p></body></html>"
URL = "https://example.org/news/1.html"


def record(
    block: bytes,
    kind: str = "response",
    url: str = URL,
    media_type: str = "application/http; msgtype=response",
    **more: str,
) -> bytes:
    headers = {
        "WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2031-05-04T00:00:00Z", "Content-Type": media_type,
        "WARC-Record-ID": "<urn:uuid:1>", "Content-Length": str(len(block)),
    } | {k.replace("_", "-"): v for k, v in more.items()}  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, status: str = "200 OK", media_type: str = "text/html", **more: str) -> bytes:
    headers = "".join(f"{n.replace('_', '-')}: {v}\r\n" for n, v in ({"Content-Type": media_type} | more).items())
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body


def read(data: bytes, limits: Limits = Limits()) -> list[Member]:  # noqa: B008  frozen
    return list(warcs.members(data, limits, archives.budget(limits)))


def pages(data: bytes) -> list[bytes | None]:
    return [member.data for member in read(data)[:-1]]


def verdict(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008  frozen
    last = read(data, limits)[-1]
    assert last.name == ""
    assert last.state == ("metadata" if last.problem.startswith("complete") else "unreadable")
    return last.problem


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_with_their_address(packed: bool) -> None:
    data = record(answer()) + record(b"GET / HTTP/1.1\r\n\r\n", "request")
    (page, last) = read(gzip.compress(record(answer())) + gzip.compress(data) if packed else data)[-2:]
    assert (page.data, page.given.url, page.kind) == (PAGE, URL, "text/html")
    assert page.name.endswith("/example.org/news/1.html")
    assert last.problem.startswith("complete")


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (answer(status="302 Found", Location="/x"), "response"),
        (answer(status="404 Not Found"), "response"),
        (answer(media_type="image/png"), "response"),
        (answer(media_type="text/css"), "response"),
        (answer(b""), "response"),
        (b"GET / HTTP/1.1\r\n\r\n", "request"),
        (b"software: x\r\n", "warcinfo"),
        (answer(), "revisit"),
        (b"HTTP/1.1 200 OK", "response"),
    ],
)
def test_what_is_no_page_stays_inside(block: bytes, kind: str) -> None:
    assert pages(record(block, kind)) == []
    assert verdict(record(block, kind)).startswith("complete: 1 records")


def test_resources_are_pages_too() -> None:
    assert pages(record(b"Words.", "resource", media_type="text/plain")) == [b"Words."]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_are_as_a_browser_has_them(encoding: str, chunked: bool) -> None:
    body = gzip.compress(PAGE) if encoding == "gzip" else zlib.compress(PAGE)
    more = {"Content_Encoding": encoding}
    if chunked:
        body = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, body[:10], len(body) - 10, body[10:])
        more["Transfer_Encoding"] = "chunked"
    assert pages(record(answer(body, **more))) == [PAGE]


@pytest.mark.parametrize("what", ["payload", "block"])
@pytest.mark.parametrize("form", ["base32", "hex"])
@pytest.mark.parametrize("right", [True, False])
def test_digests_are_checked(what: str, form: str, right: bool) -> None:
    import base64  # noqa: PLC0415

    content = PAGE if what == "payload" else answer()
    digest = sha1(content, usedforsecurity=False) if form == "base32" else sha256(content)
    value = base64.b32encode(digest.digest()).decode() if form == "base32" else digest.hexdigest()
    name = {"payload": "WARC_Payload_Digest", "block": "WARC_Block_Digest"}[what]
    block = answer() if right else answer().replace(b"Two", b"Ten")
    found = read(record(block, **{name: f"{digest.name}:{value}"}))
    assert bool(found[0].problem) is not right
    assert what == "payload" or found[-1].problem.startswith("complete") is right


def test_a_payload_digest_may_be_of_the_body_before_or_after_transfer() -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    for content in (chunked, PAGE):
        digest = f"sha256:{sha256(content).hexdigest()}"
        block = answer(chunked, Transfer_Encoding="chunked")
        assert read(record(block, WARC_Payload_Digest=digest))[0].problem == ""


def test_a_digest_that_cannot_be_read_is_told() -> None:
    assert "cannot be read" in read(record(answer(), WARC_Payload_Digest="sha1:!!!"))[0].problem
    assert read(record(answer(), WARC_Payload_Digest="blake3:abc"))[0].problem == ""


def test_a_capture_that_was_cut_short_says_so() -> None:
    assert "cut short: length" in read(record(answer(), WARC_Truncated="length"))[0].problem


WHOLE = record(b"software: x", "warcinfo") + record(answer()) + record(answer(PAGE * 3))
PACKED = b"".join(
    gzip.compress(part) for part in (record(answer()), record(answer(PAGE * 3)), record(answer(PAGE * 9)))
)


@given(st.integers(1, len(WHOLE) - 1))
@settings(max_examples=150, deadline=None)
def test_a_cut_file_is_whole_only_at_a_records_end(at: int) -> None:
    """Where a cut falls between two records, and nowhere else, nothing can be missed."""
    told = verdict(WHOLE[:at])
    rest = WHOLE[at:].lstrip(b"\r\n")
    between = rest.startswith(b"WARC/") or not rest
    assert told.startswith("complete") is between, told


@given(st.integers(1, len(PACKED) - 1))
@settings(max_examples=150, deadline=None)
def test_a_cut_packed_file_is_whole_only_at_a_members_end(at: int) -> None:
    sizes = [len(gzip.compress(part)) for part in (record(answer()), record(answer(PAGE * 3)))]
    ends = {sizes[0], sum(sizes)}
    assert verdict(PACKED[:at]).startswith("complete") is (at in ends)


@given(st.integers(0, len(PACKED) - 1), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_a_changed_byte_of_a_packed_file_is_told_or_changes_no_page(at: int, mask: int) -> None:
    changed = bytearray(PACKED)
    changed[at] ^= mask
    if verdict(bytes(changed)).startswith("complete"):
        assert pages(bytes(changed)) == pages(PACKED)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "no WARC record"),
        (b"hello", "no WARC record"),
        (WHOLE + b"more", "no WARC record"),
        (record(answer()).replace(b"Content-Length: ", b"Content-Size: "), "declares no length"),
        (record(answer()).replace(b"Content-Length: ", b"Content-Length: -"), "declares no length"),
        (record(answer(), Content_Length="1" * 5000), "declares no length"),
        (record(answer(), Content_Length="\u0663"), "declares no length"),
        (record(answer(), WARC_Note="x\x1cContent-Length: 5\x85Content-Length: 5"), "complete"),
        (record(answer()) + record(answer(), Content_Length="5"), "longer than it declares"),
        (record(answer(), Content_Length="999999999999"), "truncated"),
        (b"WARC/1.0\r\nA: " + b"a" * 200_000, "headers of a record"),
        (gzip.compress(WHOLE) + b"\x1f\x8bjunk", "cannot be unpacked"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, word: str) -> None:
    assert word in verdict(data)


def test_a_bomb_is_refused_and_costs_no_memory() -> None:
    bomb = gzip.compress(record(bytes(60_000_000), "resource", media_type="text/plain"))
    assert "more than the limits allow" in verdict(bomb)
    small = Limits(archive_ratio=10**6, archive_mb=5)
    assert "more than the limits allow" in verdict(bomb, small)
    inner = record(answer(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip"))
    assert pages(inner) == []
    assert "entries" in verdict(record(answer()) * 4, Limits(archive_entries=3))


def test_what_another_writer_writes_is_whole(tmp_path: Path) -> None:
    made = io.BytesIO()
    writer = fetching.Writer(made, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
    for number in range(3):
        writer.write_record(
            writer.create_warc_record(f"{URL}?{number}", "response", io.BytesIO(PAGE), http_headers=head)
        )
    assert verdict(made.getvalue()).startswith("complete: 3 records")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.getvalue()[:-9])
    assert len(list(ArchiveIterator(io.BytesIO(path.read_bytes())))) == 3, "which passes in silence elsewhere"
    found = list(find([Source(str(path))], Limits()))
    assert found[0].media_type == media.WARC
    assert found[-1].problem.startswith("truncated")
    assert [r.given.url for r in found if r.data and r.container] == [f"{URL}?{n}" for n in range(3)][: len(found) - 2]


@pytest.mark.parametrize("name", ["a.warc", "a.bin", "a.warc.gz"])
def test_a_warc_is_known_by_its_bytes_or_its_name(name: str) -> None:
    data = gzip.compress(WHOLE) if name.endswith("gz") else WHOLE
    assert media.media_type(name, data) == (media.WARC, "")


def test_a_warc_in_a_zip_is_opened() -> None:
    from zipfile import ZipFile  # noqa: PLC0415

    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a.warc", WHOLE)
    reference = Reference("z.zip", "/z.zip", packed.getvalue(), media.ZIP)
    from corrobora.sources import inside  # noqa: PLC0415

    files = [r.file for r in inside((reference, Source("/z.zip"), Limits()))]
    assert files[:2] == ["z.zip", "z.zip!/a.warc"]
    assert any(file.startswith("z.zip!/a.warc!/2/example.org") for file in files)
