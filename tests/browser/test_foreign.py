"""A foreign site in a real Chromium, while the reviewer's pages are open beside it: it can neither read nor write.

The attacker has pages on three origins: another port of this machine (the same site to a browser, so that cookies go
along), another name of this machine, and a name of his own that he has pointed at this machine (DNS rebinding).
"""

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

pytestmark = pytest.mark.browser
TOKEN = "browser-token"  # noqa: S105  of these tests alone, as in conftest.py
Opened = tuple[Page, Any]  # a page, and what is served
ORIGINS = ("127.0.0.1", "localhost", "evil.test")


class Evil(BaseHTTPRequestHandler):
    """A page of the attacker, where scripts may run."""

    def do_GET(self) -> None:
        body = b"<!doctype html><html><head><title>Free prizes</title></head><body></body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def evil() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Evil)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def chromium_misled(playwright: Playwright) -> Iterator[Any]:
    """A Chromium whose resolver says that evil.test is this machine."""
    path = which("chromium") or which("chromium-browser") or which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    rules = "--host-resolver-rules=MAP evil.test 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=path, args=[*arguments, rules])
    yield browser
    browser.close()


@pytest.fixture(params=ORIGINS)
def attacker(request: pytest.FixtureRequest, chromium_misled: Any, served: Any, evil: int) -> Iterator[Opened]:
    """A page of the attacker, in the browser in which the reviewer's pages are open."""
    context = chromium_misled.new_context()
    context.set_default_timeout(8000)
    reviewer = context.new_page()
    reviewer.goto(f"{served.url}/?token={TOKEN}")
    assert "Karvel" in reviewer.content(), "the reviewer is let in"
    page = context.new_page()
    page.goto(f"http://{request.param}:{evil}/")
    yield page, served
    assert served.project.record().decisions == (), "nothing was decided"
    reviewer.goto(f"{served.url}/claims")
    assert "Karvel" in reviewer.content(), "and the reviewer is still let in"
    context.close()


def claim(served: Any) -> str:
    return str(served.project.record().readings[0].claim.id)


READ = """async url => {
  const found = {};
  const attempt = async (name, act) => { try { found[name] = await act(); } catch (e) { found[name] = 'refused'; } };
  for (const mode of ['cors', 'no-cors', 'same-origin'])
    for (const credentials of ['include', 'omit'])
      await attempt(mode + ' ' + credentials, async () =>
        (await (await fetch(url, {mode, credentials})).text()) || 'empty');
  await attempt('xhr', () => new Promise((yes, no) => {
    const x = new XMLHttpRequest(); x.open('GET', url); x.withCredentials = true;
    x.onload = () => yes(x.responseText); x.onerror = no; x.send(); }));
  const loaded = (tag, attribute) => new Promise((yes, no) => {
    const e = document.createElement(tag); e[attribute] = url; if (tag === 'link') e.rel = 'stylesheet';
    e.onload = () => yes('loaded'); e.onerror = no; document.body.append(e); setTimeout(no, 800); });
  const tags = [['img', 'src'], ['script', 'src'], ['link', 'href'], ['video', 'src'], ['object', 'data']];
  for (const [tag, attribute] of tags)
    await attempt(tag, () => loaded(tag, attribute));
  await attempt('frame', async () => { const f = document.createElement('iframe'); f.src = url; document.body.append(f);
    await new Promise(r => { f.onload = r; setTimeout(r, 800); });
    return f.contentDocument ? f.contentDocument.body.innerText || 'empty' : 'refused'; });
  await attempt('window', async () => { const w = window.open(url); await new Promise(r => setTimeout(r, 700));
    if (!w || w.closed) return 'refused'; const text = w.document.body.innerText; w.close(); return text || 'empty'; });
  await attempt('worker', async () => { new Worker(url); return 'refused'; });
  return found;
}"""


def test_it_cannot_read(attacker: Opened) -> None:
    page, served = attacker
    for address in ("/claims.json", "/"):
        found = page.evaluate(READ, served.url + address)
        assert len(found) > 12
        assert not [how for how, what in found.items() if what not in {"refused", "empty"}], found
        assert "Karvel" not in json.dumps(found)


WRITE = """async ([url, fields]) => {
  const body = new URLSearchParams(fields).toString();
  const kinds = ['application/x-www-form-urlencoded', 'text/plain', 'application/json'];
  const results = [];
  for (const mode of ['no-cors', 'cors'])
    for (const kind of kinds)
      try { const answer = await fetch(url + '/decide',
              {method: 'POST', mode, credentials: 'include', body, headers: {'Content-Type': kind}});
            results.push(answer.type + answer.status); } catch (e) { results.push('refused'); }
  for (const method of ['PUT', 'DELETE', 'PATCH'])
    try { results.push((await fetch(url + '/decide', {method, credentials: 'include'})).status); }
    catch (e) { results.push('refused'); }
  results.push(navigator.sendBeacon(url + '/decide', new Blob([body], {type: kinds[0]})));
  const image = new Image(); image.src = url + '/decide?' + body; document.body.append(image);
  const send = (enctype, target) => { const form = document.createElement('form');
    form.method = 'POST'; form.action = url + '/decide'; form.enctype = enctype; form.target = target;
    for (const [name, value] of Object.entries(fields)) { const input = document.createElement('input');
      input.name = name; input.value = value; form.append(input); }
    document.body.append(form); form.submit(); };
  for (const enctype of [kinds[0], 'multipart/form-data', kinds[1]]) {
    const frame = document.createElement('iframe'); frame.name = 'f' + enctype; document.body.append(frame);
    send(enctype, frame.name);
  }
  await new Promise(r => setTimeout(r, 700));
  return results;
}"""


def test_it_cannot_write(attacker: Opened) -> None:
    """With everything right but the form's own token, and with that as well, as one who had read it somehow."""
    from corrobora.web import guard  # noqa: PLC0415

    page, served = attacker
    fields = {"verdict": "reject", "subject": claim(served), "back": "/"}
    for more in ({}, {"form_token": guard.form_token(TOKEN)}):
        results = page.evaluate(WRITE, [served.url, fields | more])
        assert len(results) == 10
        assert not [r for r in results if isinstance(r, str) and r not in {"refused", "opaque0"}]
        assert served.project.record().decisions == ()


def test_it_cannot_write_by_leading_the_reviewer_there(attacker: Opened) -> None:
    """A whole page that submits itself: what clicking a link in a message may do."""
    from corrobora.web import guard  # noqa: PLC0415

    page, served = attacker
    fields = {"form_token": guard.form_token(TOKEN), "verdict": "reject", "subject": claim(served), "back": "/"}
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    html = f'<form id="f" method="post" action="{served.url}/decide">{inputs}</form>'
    page.evaluate("html => { document.body.innerHTML = html; }", html)
    with page.expect_navigation():
        page.evaluate("document.getElementById('f').submit()")
    assert "nothing was done" in page.content() or "did not bring its token" in page.content()


SOCKET = """url => new Promise(done => {
  const line = new WebSocket(url.replace('http', 'ws') + '/claims.json');
  line.onopen = () => done('open'); line.onmessage = m => done(m.data); line.onerror = () => done('refused');
  setTimeout(() => done('silent'), 1500);
})"""


def test_it_cannot_open_a_socket(attacker: Opened) -> None:
    page, served = attacker
    assert page.evaluate(SOCKET, served.url) == "refused"


def test_a_name_that_was_pointed_here_is_no_name_of_ours(chromium_misled: Any, served: Any) -> None:
    """DNS rebinding: to the browser it is the attacker's own origin, so that nothing but the Host check stands."""
    context = chromium_misled.new_context()
    page = context.new_page()
    port = served.url.rpartition(":")[2]
    for address in ("/", f"/?token={TOKEN}", "/claims.json", "/static/style.css"):
        answer = page.goto(f"http://evil.test:{port}{address}")
        assert answer is not None
        assert answer.status == 400
        assert "Karvel" not in page.content()
    got = page.evaluate("async () => (await fetch('/claims.json')).status")
    assert got == 400
    context.close()


@pytest.mark.parametrize("upgrade", ["websocket", "h2c"])
def test_an_upgrade_without_the_token_is_refused(served: Any, upgrade: str) -> None:
    port = int(served.url.rpartition(":")[2])
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13", "Upgrade": upgrade}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
        line.request("GET", "/claims.json", headers={"Connection": "Upgrade", "Origin": "http://evil.test", **key})
        answer = line.getresponse()
        assert answer.status in {403, 426}
        assert b"Karvel" not in answer.read()
