"""Who may ask: one person, at this machine, with the address that the command printed.

Threats (a web page that someone lures the reviewer to, another user or program of the machine, DNS rebinding):
the Host must be this machine; the per-launch token must be in a cookie that no other site can send; a form must come
from our own page and carry its own token; nothing of a page may run, frame, or load anything that is not ours.
"""

import hmac
import re
from hashlib import sha256
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
SAFE = frozenset({"GET", "HEAD"})
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
CLOSED = (
    "This page belongs to one launch of 'corrobora serve', and this browser did not bring its token.\n\n"
    "Copy the whole address that the command printed, with '?token=...', into the address bar of the browser.\n"
    "If the command was started again, it printed a new one.\n"
)


def cookie_name(token: str) -> str:
    """Name this launch's cookie: two projects served at once, on two ports, do not overwrite each other's.

    >>> cookie_name("a") != cookie_name("b")
    True
    """
    return f"corrobora_{sha256(token.encode()).hexdigest()[:12]}"


def form_token(token: str) -> str:
    """Return what our own forms carry in their field `form_token`: derived from the launch's token, never itself."""
    return hmac.new(token.encode(), b"form", sha256).hexdigest()


def same(given: str, expected: str) -> bool:
    """Compare two secrets in constant time, whatever characters a stranger sends."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def this_machine(host: str) -> bool:
    """Tell whether a Host header names this machine and nothing else.

    >>> this_machine("[::1]:8000"), this_machine("LOCALHOST"), this_machine("localhost.evil.test")
    (True, True, False)
    """
    return HOST.fullmatch(host) is not None


def own_origin(request: Request) -> bool:
    """Tell whether a form was sent by a page of ours: browsers say so, and say it where scripts cannot lie.

    With `Referrer-Policy: no-referrer` a browser sends `Origin: null`, hence Sec-Fetch-Site first.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin") == f"{request.url.scheme}://{request.headers.get('host', '')}"


class Guard:
    """ASGI middleware that lets one person in, and puts the safety headers on every answer."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refusal, the redirect that follows the first visit, or pass the request on."""
        if scope["type"] == "websocket":  # nothing here speaks so, and browsers let any site ask for one
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await (self.answer(Request(scope)) or self.app)(scope, receive, send_safely)

    def answer(self, request: Request) -> Response | None:
        """Return the refusal or redirect for `request`, or None where it may pass."""
        if not this_machine(request.headers.get("host", "")):
            return PlainTextResponse("This address is not served here.\n", status_code=400)
        if request.method in SAFE and same(request.query_params.get("token", ""), self.token):
            return self.welcome(request)
        if not same(request.cookies.get(cookie_name(self.token), ""), self.token):
            return PlainTextResponse(CLOSED, status_code=403)
        if request.method not in SAFE and not own_origin(request):
            return PlainTextResponse("A form of another site asked for this, so nothing was done.\n", status_code=403)
        return None

    def welcome(self, request: Request) -> Response:
        """Set the cookie, and redirect to the same address without the token, so that no history keeps it."""
        rest = [(key, value) for key, value in request.query_params.multi_items() if key != "token"]
        path = "/" + request.url.path.lstrip("/")
        answer = RedirectResponse(f"{path}?{urlencode(rest)}" if rest else path, status_code=303)
        answer.set_cookie(cookie_name(self.token), self.token, httponly=True, samesite="strict", path="/")
        return answer
