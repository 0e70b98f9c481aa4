"""What every answer tells the browser: take nothing from elsewhere, show it to no other site, keep no copy."""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.review.web.refusals import BROKEN

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = tuple(
    (name.lower().encode(), value.encode())
    for name, value in {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items()
)
KEPT = (b"cache-control", b"no-cache")  # held by the browser, and asked after by its ETag
NOT_KEPT = (b"cache-control", b"no-store")


class Headers:
    """The outermost layer: an error that nobody expected passes here too, on its way to the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        more = [*ALWAYS, KEPT if scope["path"].startswith("/static/") else NOT_KEPT]
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *more]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            if not begun:
                await BROKEN.response(Request(scope).url.path)(scope, receive, send_with_headers)
            raise
