"""A page is fetched as it is, with all that was asked and answered; what is not public is refused at every turn."""

import gzip
import io
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from corrobora import preserve, project, run
from corrobora.errors import BadInput, Refused
from corrobora.model import Source
from corrobora.project import intake
from corrobora.settings import Limits
from corrobora.sources import archives, fetching, find, warcs
from corrobora.store import logged

PAGE = (
    b'<html><head><link rel="stylesheet" href="/style.css"></head><body><article><p>Two people were killed in Eskadir '
    b'on Monday, residents said.</p><img src="photo.png"><script src=/gone.js></script></article></body></html>'
)


BROWSERS = run.picture.BROWSERS


class Site(BaseHTTPRequestHandler):
    """A server of this machine with pages that behave and pages that do not."""

    asked: list[str]

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        name = self.path.partition("?")[0]
        answer: Callable[[], None] | None = getattr(self, f"do_{name.strip('/').replace('.', '_') or 'page'}", None)
        if answer:
            answer()
        else:
            self.send_error(404)

    def say(self, body: bytes, kind: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | headers).items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_page(self) -> None:
        self.say(PAGE, "text/html; charset=utf-8")

    def do_style_css(self) -> None:
        self.say(b"p { color: red }", "text/css")

    def do_shown(self) -> None:
        """A page whose ground is set by a style sheet of a style sheet; a script and a stranger would change it."""
        script = "<script>document.body.style.background = 'red'</script><img src=http://10.9.8.7/x.png>"
        self.say(f"<html><head><link rel=stylesheet href=/a.css></head><body>{script}".encode(), "text/html")

    def do_a_css(self) -> None:
        self.say(b'@import "b.css"; p { background: url("photo.png") } a { background: url(http://[) }', "text/css")

    def do_b_css(self) -> None:
        self.say(b"html, body { background: rgb(0, 128, 64) }", "text/css")

    def do_photo_png(self) -> None:
        self.say(b"\x89PNG\r\n\x1a\n", "image/png")

    def do_moved(self) -> None:
        self.say(b"", "text/html", 302, Location="/page")

    def do_around(self) -> None:
        self.say(b"", "text/html", 302, Location="/around")

    def do_inward(self) -> None:
        self.say(b"", "text/html", 302, Location="http://10.11.12.13/admin")

    def do_odd(self) -> None:
        self.say(b"", "text/html", 302, Location="http://[")

    def do_file(self) -> None:
        self.say(b"", "text/html", 302, Location="file:///etc/passwd")

    def do_chunked(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE))

    def do_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(bytes(65536))
        except OSError:
            return

    def do_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    def do_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"half")

    def do_junk(self) -> None:
        self.wfile.write(b"this is no HTTP\r\n\r\n")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the server, which these tests alone may reach: 127.0.0.1 is public to them, and nothing more."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run.picture, "BROWSERS", ())  # it takes seconds: the one test that needs it says so
    real = fetching.is_public
    monkeypatch.setattr(fetching, "is_public", lambda number: number == "127.0.0.1" or real(number))
    with serving() as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"


def records(data: bytes) -> list[tuple[str, str, bytes]]:
    found = ArchiveIterator(io.BytesIO(data), check_digests="raise")
    return [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI") or "", r.content_stream().read()) for r in found]


def test_a_page_and_what_it_needs_are_kept_as_they_came(site: str) -> None:
    data, failed = fetching.fetch(f"{site}/page?x=1")
    found = records(data)
    bodies = {url: body for kind, url, body in found if kind == "response"}
    assert bodies[f"{site}/page?x=1"] == PAGE
    assert bodies[f"{site}/style.css"] == b"p { color: red }"
    assert bodies[f"{site}/photo.png"].startswith(b"\x89PNG")
    assert [text.partition(": ")[0] for text in failed] == [f"{site}/gone.js"]
    assert sum(kind == "request" for kind, _, _ in found) == 4, "what was not there was asked for as well"
    text = gzip.decompress(data).decode("latin-1")
    assert "WARC-IP-Address: 127.0.0.1" in text
    assert f"User-Agent: {fetching.AGENT}" in text
    (page, last) = warcs.members(data, Limits(), archives.budget(Limits()))
    assert (page.data, page.given.url) == (PAGE, f"{site}/page?x=1")
    assert last.problem.startswith("complete")


def test_nothing_is_written_to_a_temporary_file(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", refuse)
    data, _ = fetching.fetch(f"{site}/page")
    assert len(records(data)) > 3


def test_redirects_are_followed_and_kept(site: str) -> None:
    data, _ = fetching.fetch(f"{site}/moved")
    urls = [url for kind, url, _ in records(data) if kind == "response"]
    assert urls[:2] == [f"{site}/moved", f"{site}/page"]


def test_a_chunked_answer_is_kept_byte_for_byte(site: str) -> None:
    data, _ = fetching.fetch(f"{site}/chunked")
    assert b"Transfer-Encoding: chunked" in gzip.decompress(data)
    assert records(data)[1][2] == PAGE


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("around", "more than 10 times"),
        ("inward", "10.11.12.13"),
        ("file", "no address of the web"),
        ("odd", "no address of"),
    ],
)
def test_where_it_leads_is_checked(site: str, path: str, word: str) -> None:
    with pytest.raises(Refused, match=word) as told:
        fetching.fetch(f"{site}/{path}")
    assert told.value.hint


@pytest.mark.parametrize(("path", "word"), [("none", "answered 404"), ("cut", "no whole answer"), ("junk", "no whole")])
def test_what_is_no_answer_is_told(site: str, path: str, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        fetching.fetch(f"{site}/{path}")


def test_what_a_style_sheet_needs_is_kept_too(site: str) -> None:
    data, failed = fetching.fetch(f"{site}/shown")
    urls = [url.removeprefix(site) for kind, url, _ in records(data) if kind == "response"]
    assert urls == ["/shown", "/a.css", "/b.css", "/photo.png"]
    assert [text.partition(": ")[0] for text in failed] == ["http://10.9.8.7/x.png"]


@pytest.mark.browser
@pytest.mark.skipif(not run.picture.browser() or not run.sandbox.bubblewrap(), reason="needs Chromium and bubblewrap")
def test_a_page_gets_a_picture_of_what_is_kept(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn from the capture alone: by its style sheet, without its script, and nobody is asked again."""
    monkeypatch.setattr(run.picture, "BROWSERS", BROWSERS)
    found = project.new(tmp_path / "p")
    inputs = {given.file.rpartition("!/")[2]: given for given in found.add([Source(f"{site}/shown")])}
    shown = inputs["page.png"]
    assert shown.state == "kept", shown
    assert "without scripts and network" in shown.reason
    (document,) = [d for d, _, _ in found.store.documents() if d.id == shown.document]
    assert document.media_type == "image/png"
    assert document.container.endswith(".warc.gz")
    png = preserve.data(document.sha256, found.originals)
    assert first_pixel(png) == (0, 128, 64)
    assert any(row.key == f'["{document.id}"]' for e in found.log().events for row in logged(e.body).rows)
    assert found.verify() == ()
    found.store.close()


def first_pixel(png: bytes) -> tuple[int, int, int]:
    at, packed = 8, b""
    while at < len(png):
        size, kind = struct.unpack_from(">I4s", png, at)
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    red, green, blue = zlib.decompressobj().decompress(packed, 4)[1:]  # whatever the filter, it has no neighbour
    return red, green, blue


def test_where_no_picture_can_be_taken_that_is_said_and_no_error(site: str, tmp_path: Path) -> None:
    found = project.new(tmp_path / "p")
    inputs = {given.file.rpartition("!/")[2]: given for given in found.add([Source(f"{site}/page")])}
    assert (inputs["page.png"].state, inputs["page.png"].document) == ("skipped", "")
    assert "no browser (Chromium) is installed" in inputs["page.png"].reason
    found.store.close()


def test_sizes_and_times_are_capped(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)
    with pytest.raises(Refused, match="more than 1 MB"):
        fetching.fetch(f"{site}/endless")
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(Refused, match="took longer"):
        fetching.fetch(f"{site}/slow")
    assert time.monotonic() - started < 3
    monkeypatch.setattr(fetching, "MOST_ANSWERS", 2)
    data, failed = fetching.fetch(f"{site}/page")
    assert sum(kind == "response" for kind, _, _ in records(data)) == 2
    assert len(failed) <= 2


def test_a_name_is_resolved_once_and_spoken_to_by_its_number(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name that is public when it is checked, and private when it is used."""
    answers = iter(["127.0.0.1", "10.0.0.5", "10.0.0.5", "10.0.0.5"])
    port = int(site.rpartition(":")[2])
    reached: list[tuple[str, int]] = []
    real = socket.create_connection

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
        assert host == "rebind.test"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 0))]

    def connect(address: tuple[str, int], **more: Any) -> socket.socket:
        reached.append(address)
        monkeypatch.undo()
        return real(address, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    answer = fetching._ask(f"http://rebind.test:{port}/style.css", 10_000, 5)
    assert reached == [("127.0.0.1", port)]
    assert answer.body == b"p { color: red }"
    assert f"Host: rebind.test:{port}".encode() in answer.asked


def test_one_private_number_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (number, 0)) for number in ("93.184.215.14", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Refused, match="not a public server"):
        fetching.fetch("http://both.test/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::",
        "ff02::1", "192.0.2.1", "198.18.0.1", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_numbers_that_are_not_public(address: str) -> None:
    assert not fetching.is_public(address)


@given(st.ip_addresses(v=4))
def test_a_public_number_is_never_one_of_a_private_network(address: Any) -> None:
    if fetching.is_public(str(address)):
        assert not (address.is_private)
        assert not (address.is_loopback)
        assert not (address.is_link_local)
        assert not (address.is_multicast)
    assert fetching.is_public(f"::ffff:{address}") == fetching.is_public(str(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost:80/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://0/",
        "http://127.1/", "https://user:secret@example.org/", "http:///x", "http://exa mple.org/", "http://a\r\nb/",
        "http://example.org:99999/", "ftp://example.org/", "http://[::1",
    ],
)  # fmt: skip
def test_what_is_asked_for_must_be_a_public_address(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: Any, **__: Any) -> socket.socket:
        raise AssertionError("it was reached")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(BadInput) as told:
        fetching.fetch(url)
    assert "secret" not in str(told.value)


def test_a_proxy_is_honoured_and_is_not_a_way_in(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site)
    with monkeypatch.context() as patch:
        patch.setattr(fetching, "_number", lambda _: "93.184.215.14")
        answer = fetching._ask("http://example.org/style.css", 10_000, 5)
    assert answer.asked.startswith(b"GET http://example.org/style.css HTTP/1.1\r\nHost: example.org")
    assert answer.number == "", "which number answered is the proxy's to know"
    with pytest.raises(Refused, match="not a public server"):
        fetching.fetch("http://192.168.7.7/")


def test_an_address_that_was_named_is_added_and_read_like_a_file(site: str, tmp_path: Path) -> None:
    found = project.new(tmp_path / "p")
    inputs = {given.file: given for given in found.add([Source(f"{site}/page")])}
    (archive,) = [name for name in inputs if name.endswith(".warc.gz")]
    assert inputs[archive].state == "container"
    (page,) = [given for name, given in inputs.items() if "!/2/" in name]
    assert page.state == "waiting"
    (document,) = [d for d, _, _ in found.store.documents() if d.id == page.document]
    assert document.given.url == f"{site}/page"
    refused = found.add([Source(f"{site}/inward"), Source(f"{site}/none")])
    assert sorted(given.state for given in refused) == ["refused", "unreadable"]
    assert all(given.reason for given in refused)
    assert found.verify() == ()
    found.store.close()


def test_a_page_in_a_file_is_never_fetched(site: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'<html><img src="{site}/photo.png"><p>Words to be read here.</p></html>')
    (tmp_path / "a.json").write_text(f'{{"url": "{site}/page"}}')
    assert len(list(find([Source(str(tmp_path))], Limits()))) == 2


def test_of_a_locked_project_no_page_lies_on_a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def photograph(_: bytes, *, disk: bool) -> tuple[bytes, str]:
        asked.append(disk)
        return b"", ""

    monkeypatch.setattr(run, "photograph", photograph)
    about, seal = preserve.make_seal("four random words here")
    assert about
    intake._pictured(preserve.Sealed.at(tmp_path, seal))(b"page")
    intake._pictured(tmp_path)(b"page")
    assert asked == [False, True]
