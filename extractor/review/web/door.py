"""The door of the application: every request is looked at here before anything else sees it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.review.web.refusals import API, Refusal
from extractor.review.web.seal import Seal
from extractor.review.web.setup import Setup

COOKIE = "policy-targets"
HEADER = "X-CSRF-Token"
VISIT = "visit"  # in the session of who has logged in
OPEN_TO_ALL = ("/login", "/static/")
READING = ("GET", "HEAD", "OPTIONS")
SLOW = 0.5  # seconds that a wrong token costs
UPLOAD, FORM = 40 * 2**20, 2**20  # bytes at most


@dataclass(frozen=True)
class Knock:
    """A request at the door."""

    request: Request
    setup: Setup
    seal: Seal

    @property
    def path(self) -> str:
        return str(self.request.scope["path"])

    @property
    def is_api(self) -> bool:
        return self.path.startswith(API)

    @property
    def changes(self) -> bool:
        return self.request.method not in READING

    def header(self, name: str) -> str:
        return self.request.headers.get(name, "")

    @cached_property
    def bearer(self) -> bytes | None:
        scheme, _, token = self.header("Authorization").partition(" ")
        return token.strip().encode("latin-1") if scheme.lower() == "bearer" else None

    @cached_property
    def bears_token(self) -> bool:
        return self.bearer is not None and self.seal.opens(self.bearer)

    @property
    def host(self) -> str:
        try:
            return (urlsplit(f"//{self.header('Host')}").hostname or "").lower()
        except ValueError:
            return ""


def host_is_ours(knock: Knock) -> Refusal | None:
    """Without a token, a page elsewhere could have its own name lead to this machine, and so be at home here."""
    if knock.setup.token is not None:
        return None
    if knock.host not in knock.setup.hosts or not is_near(knock.request):
        return Refusal(421, "without a token the pages are for this machine alone, under its own name")
    return None


def is_near(request: Request) -> bool:
    """Whether a request came over loopback; what has no address came without a network."""
    try:
        return request.client is None or ip_address(request.client.host).is_loopback
    except ValueError:
        return True


def change_is_ours(knock: Knock) -> Refusal | None:
    """A change that a browser asks for on behalf of another site. `null` is what forms say of a page that sends no referrer."""
    if not knock.changes:
        return None
    origin = knock.header("Origin")
    strange = origin not in ("", "null") and urlsplit_or_none(origin) != knock.header("Host").lower()
    if strange or knock.header("Sec-Fetch-Site") in ("cross-site", "same-site") or (origin == "null" and knock.is_api):
        return Refusal(403, "this change was asked for by another site")
    return None


def urlsplit_or_none(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def visitor_is_known(knock: Knock) -> Refusal | None:
    if knock.setup.token is None or VISIT in knock.request.session:
        return None
    if knock.path == OPEN_TO_ALL[0] or knock.path.startswith(OPEN_TO_ALL[1]):
        return None
    if knock.is_api and knock.bears_token:
        return None
    query = knock.request.url.query
    wanted = {} if knock.changes else {"next": f"{knock.path}?{query}" if query else knock.path}
    return Refusal(
        401,
        "log in, or send the token: Authorization: Bearer …",
        headers={"WWW-Authenticate": "Bearer"},
        to=f"/login?{urlencode(wanted)}" if wanted else "/login",
        slow=knock.is_api and knock.bearer is not None,
    )


def script_is_ours(knock: Knock) -> Refusal | None:
    """A browser has to show that its script came from our pages. What is no browser, and has a token or is near, need not."""
    if not (knock.is_api and knock.changes) or knock.bears_token:
        return None
    browser = COOKIE in knock.request.cookies or knock.header("Origin") or knock.header("Sec-Fetch-Site")
    visit = knock.request.session.get(VISIT, "")
    if browser and not knock.seal.is_form_token(knock.header(HEADER), visit):
        return Refusal(403, f"a script in a browser has to send the header {HEADER}")
    return None


def size_is_fit(knock: Knock) -> Refusal | None:
    """What is said to be too long is not read at all."""
    said = knock.header("Content-Length")
    if said.isdecimal() and int(said) > most_bytes(knock):
        return too_large(most_bytes(knock))
    return None


def most_bytes(knock: Knock) -> int:
    files = knock.path == f"{API}documents" or knock.header("Content-Type").startswith("multipart/form-data")
    return UPLOAD if files else FORM


def too_large(most: int) -> Refusal:
    return Refusal(413, f"the request is too long: at most {most // 2**20} MB are taken")


Check = Callable[[Knock], Refusal | None]
CHECKS: tuple[Check, ...] = (host_is_ours, change_is_ours, visitor_is_known, script_is_ours, size_is_fit)


class Door:
    def __init__(self, app: ASGIApp, setup: Setup, seal: Seal) -> None:
        self.app = app
        self.setup = setup
        self.seal = seal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        knock = Knock(Request(scope), self.setup, self.seal)
        refusal = next(filter(None, (check(knock) for check in CHECKS)), None)
        if refusal is None:
            await self.app(scope, bounded(receive, most_bytes(knock)), send)
            return
        if refusal.slow:
            await asyncio.sleep(SLOW)
        await refusal.response(knock.path)(scope, receive, send)


def bounded(receive: Receive, most: int) -> Receive:
    """A body that does not say its length is cut off where it becomes too long."""
    left = most

    async def receive_some() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, too_large(most).error)
        return message

    return receive_some
