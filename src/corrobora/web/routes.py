"""Which address shows which page, and what each form does."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from corrobora.errors import BadInput, Busy, CorroboraError, NotFound
from corrobora.project import Project
from corrobora.web import drawing, forms, guard, words
from corrobora.web.ask import Ask, read_ask
from corrobora.web.known import Known
from corrobora.web.pages import (
    claims,
    custody,
    decisions,
    documents,
    export,
    help,  # noqa: A004 - the page that is called so
    incidents,
    map,  # noqa: A004 - the page that is called so
    overview,
    search,
    timeline,
    tolls,
)
from corrobora.web.view import Page, View

PAGES: Mapping[str, Page] = {
    "/": overview.show,
    "/documents": documents.show,
    "/documents/{id}": documents.one,
    "/claims": claims.show,
    "/claims/{id}": claims.one,
    "/claims/{id}/parse": claims.parse,
    "/incidents": incidents.show,
    "/incidents/{id}": incidents.one,
    "/map": map.show,
    "/timeline": timeline.show,
    "/tolls": tolls.show,
    "/search": search.show,
    "/decisions": decisions.show,
    "/custody": custody.show,
    "/export": export.show,
    "/help": help.show,
}
STATUS = {NotFound: HTTPStatus.NOT_FOUND, BadInput: HTTPStatus.BAD_REQUEST, Busy: HTTPStatus.SERVICE_UNAVAILABLE}
REMEMBERED = 365 * 24 * 3600  # seconds for which preferences are kept


def app(project: Project, token: str) -> Starlette:
    """Return the pages of `project` as an ASGI application, which only a browser that brings `token` may see."""
    door = Door(project, token)
    routes: list[Route | Mount] = [
        Mount("/static", StaticFiles(directory=Path(str(files("corrobora.web"))) / "static"))
    ]
    for address, page in PAGES.items():
        routes += [Route(f"{address}.json", door.twin(page)), Route(address, door.page(page))]
    routes += [
        Route("/export.zip", door.download),
        Route("/decide", door.decide, methods=["POST"]),
        Route("/preferences", door.prefer, methods=["POST"]),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(guard.Guard, token=token)],
        exception_handlers={CorroboraError: door.problem, HTTPException: door.problem, Exception: door.problem},
    )


class Door:
    """The handlers: each reads the request, calls one verb of the project, and shows what it gave."""

    def __init__(self, project: Project, token: str) -> None:
        self.project = project
        self.form_token = guard.form_token(token)
        self.templates = drawing.environment()

    def page(self, page: Page) -> Callable[[Request], Any]:
        """Return the handler that shows a page as HTML."""

        async def show(request: Request) -> Response:
            view = page(self.project, read_ask(request.query_params, request.path_params))
            return RedirectResponse(view.moved, 303) if view.moved else self.html(request, view)

        return show

    def twin(self, page: Page) -> Callable[[Request], Any]:
        """Return the handler that answers a page's data as JSON."""

        async def show(request: Request) -> Response:
            return _json(page(self.project, read_ask(request.query_params, request.path_params)).data)

        return show

    async def decide(self, request: Request) -> Response:
        """Write a person's decision down; answer the claim's card to a script, else lead back to the page."""
        form = await self.form(request)
        asked = forms.asked(form)
        who = forms.read_preferences(request.cookies).who
        made = self.project.decide(asked.verdict, asked.subjects, values=asked.values, reason=asked.reason, who=who)
        if "hx-request" not in request.headers:
            return RedirectResponse(forms.safe_back(form), 303)
        subject = form.get("subject", "")
        return self.html(request, card(Known(self.project.record()), str(subject), words.verdict(made)))

    async def prefer(self, request: Request) -> Response:
        """Remember how a person wants the pages."""
        form = await self.form(request)
        answer = RedirectResponse(forms.safe_back(form), 303)
        for name, value in forms.preference_cookies(form).items():
            answer.set_cookie(name, value, max_age=REMEMBERED, httponly=True, samesite="strict")
        return answer

    async def download(self, request: Request) -> Response:
        """Answer the export as a zip."""
        name, packed = export.pack(self.project, read_ask(request.query_params, {}))
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(packed, media_type="application/zip", headers=headers)

    async def form(self, request: Request) -> Any:  # noqa: ANN401 - Starlette's FormData
        """Read a form that carries our own token. Raises HTTPException for one that does not."""
        form = await request.form(max_files=0, max_fields=50)
        if not guard.same(str(form.get("form_token", "")), self.form_token):
            raise HTTPException(HTTPStatus.FORBIDDEN, "This form is not of this launch. Load the page again.")
        return form

    async def problem(self, request: Request, error: Exception) -> Response:
        """Say what went wrong and what to do, in the form that was asked for."""
        status, message, hint = told(error)
        if request.url.path.endswith(".json"):
            return _json({"error": message, "hint": hint}, status)
        heading = HTTPStatus(status).phrase.capitalize()
        view = View("problem.html", {"heading": heading, "message": message, "hint": hint}, {})
        answer = self.html(request, view, status)
        answer.headers.update({"HX-Retarget": "#notice", "HX-Reselect": "main p", "HX-Reswap": "innerHTML"})
        return answer

    def html(self, request: Request, view: View, status: int = 200) -> Response:
        """Draw a view."""
        try:
            ask = read_ask(request.query_params, request.path_params)
        except BadInput:
            ask = Ask()
        values = {
            "project": self.project,
            "ask": ask,
            "here": request.url.path,
            "back": _address(request) if request.method == "GET" else "/",
            "twin": f"{request.url.path}.json{_query(request)}" if status == HTTPStatus.OK else "",
            "form_token": self.form_token,
            "prefs": forms.read_preferences(request.cookies),
        }
        return HTMLResponse(self.templates.get_template(view.template).render(values | dict(view.values)), status)


def card(known: Known, claim: str, verdict: str) -> View:
    """Return a claim's card after a decision, with what to tell those who cannot see it change."""
    account = known.account(claim)
    left = sum(a.decided == "undecided" for a in known.in_document(account.reading.claim.document))
    return View("card.html", {"account": account, "told": f"{verdict}. {left} left to decide in this document."}, {})


def told(error: Exception) -> tuple[int, str, str]:
    """Return the status, the message and the hint for an error; a fault of ours tells nothing of the record."""
    if isinstance(error, CorroboraError):
        return next((s for kind, s in STATUS.items() if isinstance(error, kind)), 400), str(error), error.hint
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail), ""
    return 500, "This page has a fault; nothing was changed.", "The terminal of 'corrobora serve' says more."


def _address(request: Request) -> str:
    return request.url.path + _query(request)


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


def _json(data: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(data), status, media_type="application/json")
