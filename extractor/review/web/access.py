"""Who may come in, who they are, and that a change was asked for on our own pages."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.middleware.sessions import SessionMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from extractor.review.desk import Desk
from extractor.review.web.bare import bare_page
from extractor.review.web.door import COOKIE, HEADER, SLOW, VISIT, Door
from extractor.review.web.headers import Headers
from extractor.review.web.seal import Seal
from extractor.review.web.setup import Setup

__all__ = [
    "Setup",
    "changes",
    "checked_csrf",
    "csrf_token",
    "desk_of",
    "language_of",
    "protect",
    "reviewer_of",
    "router",
]

Language = Literal["zh", "en"]
REVIEWER, LANGUAGE = "reviewer", "language"  # in the session
LONGEST_NAME = 60
DAYS = 14  # that a login lasts

router = APIRouter(include_in_schema=False)


def protect(app: FastAPI, setup: Setup) -> None:
    """Guard every address of the application."""
    seal = Seal(setup.token)
    app.state.seal = seal
    app.add_middleware(Door, setup=setup, seal=seal)
    app.add_middleware(Session, secret=seal.cookies)
    app.add_middleware(Headers)


class Session:
    """The signed cookie of a visitor; one that came over https goes back over https alone."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        self.by_scheme = {
            scheme: SessionMiddleware(
                app,
                secret,
                session_cookie=COOKIE,
                max_age=DAYS * 24 * 3600,
                same_site="strict",
                https_only=scheme == "https",
            )
            for scheme in ("http", "https")
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.by_scheme["https" if scope.get("scheme") == "https" else "http"](scope, receive, send)


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def reviewer_of(request: Request) -> str:
    """The name that this visitor's decisions are signed with."""
    return str(request.session.get(REVIEWER) or request.app.state.setup.reviewer)


def csrf_token(request: Request) -> str:
    """The token that forms of this visitor carry as `csrf`, and requests of scripts as the header `X-CSRF-Token`."""
    seal: Seal = request.app.state.seal
    return seal.form_token(request.session.get(VISIT, ""))


async def checked_csrf(request: Request) -> AsyncIterator[None]:
    """403 for a change that was not asked for on a page of this visitor's."""
    seal: Seal = request.app.state.seal
    try:
        given = request.headers.get(HEADER) or (await request.form()).get("csrf")
        if not isinstance(given, str) or not seal.is_form_token(given, request.session.get(VISIT, "")):
            raise HTTPException(403, "this page is no longer valid: load it again")
        yield
    finally:
        await request.close()  # with the files that came in the form


changes = Depends(checked_csrf)
"""What every route that changes something declares: `dependencies=[changes]`."""


def language_of(request: Request) -> Language:
    """As the visitor chose, else the first of the browser's languages that we speak."""
    chosen = request.session.get(LANGUAGE)
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    for accepted in request.headers.get("Accept-Language", "").lower().split(","):
        if accepted.strip()[:2] in ("zh", "en"):
            return "zh" if accepted.strip().startswith("zh") else "en"
    return "en"


def as_name(typed: str) -> str:
    """A name in one line, without what no eye sees."""
    seen = "".join(char for char in typed if char.isspace() or not unicodedata.category(char).startswith("C"))
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def local_path(wanted: str) -> str:
    """An address on this server; browsers take `//`, a backslash or a tab for the way to another one."""
    strange = "\\" in wanted or any(not char.isprintable() or char.isspace() for char in wanted)
    return wanted if wanted.startswith("/") and not wanted.startswith("//") and not strange else "/"


def login_page(request: Request, wanted: str, *, failed: bool = False) -> Response:
    status = 401 if failed else 200
    return bare_page("login.html", status, language=language_of(request), wanted=local_path(wanted), failed=failed)


@router.get("/login")
async def login_form(request: Request, wanted: Annotated[str, Query(alias="next")] = "/") -> Response:
    if VISIT in request.session or request.app.state.setup.token is None:
        return RedirectResponse(local_path(wanted), 303)
    page = login_page(request, wanted)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        page.headers["Refresh"] = "0"  # after a link from elsewhere the cookie stays at home until our page asks again
    return page


@router.post("/login")
async def login(
    request: Request,
    reviewer: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
    wanted: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Without a token of the form's own: who does not know the token gets nowhere by asking for this."""
    seal: Seal = request.app.state.seal
    name = as_name(reviewer)
    if not seal.opens(token.strip().encode(errors="replace")) or not name:
        await asyncio.sleep(SLOW)
        return login_page(request, wanted, failed=True)
    request.session.clear()
    request.session.update({VISIT: token_hex(16), REVIEWER: name})
    return RedirectResponse(local_path(wanted), 303)


@router.post("/logout", dependencies=[changes])
async def logout(request: Request) -> Response:
    request.session.clear()
    return RedirectResponse("/", 303)


@router.post("/reviewer", dependencies=[changes])
async def rename(
    request: Request, reviewer: Annotated[str, Form()] = "", wanted: Annotated[str, Form(alias="next")] = "/"
) -> Response:
    """Sign with another name from now on; with none, with the one that the server was started with."""
    request.session[REVIEWER] = as_name(reviewer)
    return RedirectResponse(local_path(wanted), 303)
