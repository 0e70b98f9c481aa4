"""What a visitor is told who does not get what they asked for: a status and one plain sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from extractor.errors import (
    ModelError,
    PolicyTargetsError,
    RunStopped,
    SettingsError,
    SourceError,
    StoreError,
    Unknown,
    WrongValues,
)

API = "/api/"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`more` stands beside the sentence in JSON. A page is sent `to` another address where there is one."""

    status: int
    error: str
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    to: str | None = None
    slow: bool = False  # it was guessed at a secret

    def response(self, path: str) -> Response:
        if path.startswith(API):
            content = to_json({"error": self.error, **self.more}, inf_nan_mode="null")
            return Response(content, self.status, dict(self.headers), "application/json")
        if self.to is not None:
            return RedirectResponse(self.to, 303)
        return PlainTextResponse(f"{self.error}\n", self.status, dict(self.headers))


BROKEN = Refusal(500, "something went wrong here; what, stands in the log of the server")


SPOKEN: tuple[tuple[type[PolicyTargetsError], int], ...] = (  # what they say of themselves can be passed on
    (Unknown, 404),
    (SourceError, 422),
    (SettingsError, 409),
    (RunStopped, 503),
    (ModelError, 502),
)


def refusal_of(error: Exception) -> Refusal | None:
    """`None` for a bug."""
    for kind, status in SPOKEN:
        if isinstance(error, kind):
            return Refusal(status, str(error))
    match error:
        case WrongValues():
            return Refusal(422, "some values cannot be taken", {"problems": dict(error.problems)})
        case RequestValidationError():
            return Refusal(422, "the request cannot be read", {"problems": problems_of(error)})
        case StoreError():  # its words may name a path or a server
            return Refusal(503, "the store cannot be read or written at the moment")
        case HTTPException():
            return Refusal(error.status_code, error.detail, headers=error.headers or {})
    return None


def problems_of(error: RequestValidationError) -> dict[str, str]:
    """By field; the body as a whole is called so."""
    return {
        ".".join(map(str, item["loc"][1:])) or str(item["loc"][0]): str(item["msg"]).removeprefix("Value error, ")
        for item in error.errors()
    }
