"""The JSON interface for downstream tools: what was found, what was decided, and new documents."""

import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic import BaseModel
from pydantic_core import from_json, to_json
from starlette.concurrency import run_in_threadpool

from extractor.errors import StaleRecord, Unknown, WrongValues
from extractor.reading import read_named
from extractor.review.desk import Desk
from extractor.review.sheet import Sheet
from extractor.review.web.access import as_name, desk_of, reviewer_of
from extractor.review.web.offer import offers_of
from extractor.review.web.refusals import Refusal, refusal_of
from extractor.review.web.rendering import render
from extractor.review.web.sending import BODIES, Sent, sent
from extractor.review.web.setup import Setup
from extractor.review.web.shapes import (
    Conflict,
    Day,
    Decided,
    Deed,
    Documents,
    Kind,
    Log,
    Records,
    Refused,
    State,
    Words,
    WorstSeverity,
)
from extractor.store.summaries import Filter, Summary, Wanted
from schemas.document import Extraction
from schemas.finding import Code
from schemas.vocabulary import Review, Status

MOST = 1000  # items of one page
DOCUMENT = re.compile(r"sha256:[0-9a-f]{64}")


class Told(APIRoute):
    """Every error of ours is JSON with one plain sentence; a bug goes on to the log."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handler(request)
            except Exception as error:
                refusal = refusal_of(error)
                if refusal is None:
                    raise
                return refusal.response(request.scope["path"])

        return told


REFUSED: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Refused, "description": "Refused: one plain sentence, and what is wrong by field"}
}
router = APIRouter(
    route_class=Told,
    responses=REFUSED,
    dependencies=[Depends(HTTPBearer(auto_error=False, description="The server's token, where it has one."))],
)
Page = Annotated[int, Query(ge=1, le=1_000_000, description="Counted from 1.")]
Size = Annotated[int, Query(ge=1, le=MOST)]


def fresh_desk_of(request: Request) -> Desk:
    """With an index that knows every run and every decision."""
    desk = desk_of(request)
    desk.refresh()
    return desk


def known_id(document: str) -> str:
    if not DOCUMENT.fullmatch(document):
        raise Unknown("no such document: an id is sha256: and 64 hexadecimal digits")
    return document


ADesk = Annotated[Desk, Depends(desk_of)]
AFreshDesk = Annotated[Desk, Depends(fresh_desk_of)]
AnId = Annotated[str, Depends(known_id)]


@router.get("/documents", response_model=Documents)
def documents(
    desk: AFreshDesk,
    search: Annotated[Words | None, Query(description="Stands in source, title or publisher.")] = None,
    severity: Annotated[WorstSeverity | None, Query(description="The worst finding that is open.")] = None,
    code: Annotated[Code | None, Query(description="A finding with this code is open.")] = None,
    state: State | None = None,
    page: Page = 1,
    size: Size = 50,
) -> Response:
    """The queue: every document at a glance, the worst first."""
    wanted = Wanted(search, severity, code, state)
    found = desk.page(wanted, start=(page - 1) * size, most=size)
    total = desk.totals(wanted)["documents"]
    return as_json({"total": total, "page": page, "size": size, "items": [line_of(summary) for summary in found]})


def line_of(summary: Summary) -> Mapping[str, Any]:
    line = asdict(summary)
    for name in ("result", "correction"):
        line.pop(name)
    return {"id": line.pop("document")} | line | {"codes": summary.codes.split()}


@router.get("/documents/{document}", response_model=Extraction)
def document(request: Request, desk: ADesk, document: AnId) -> Response:
    """The output contract's JSON of one document, with every decision laid over it."""
    sheet = desk.open(document)
    tag = tag_of(sheet)
    if tag in request.headers.get("If-None-Match", "").split(", "):
        return Response(status_code=304, headers={"ETag": tag})
    return as_json(sheet.extraction, headers={"ETag": tag})


def tag_of(sheet: Sheet) -> str:
    """What a document says hangs on its result, the last decision, and on us."""
    return f'"{sheet.result}-{sheet.log[-1].id if sheet.log else 0}-{version("policy-targets")}"'


@router.get("/documents/{document}/text", response_class=PlainTextResponse)
def text(desk: ADesk, document: AnId) -> Response:
    """The raw text that all offsets point into."""
    return PlainTextResponse(desk.open(document).raw)


@router.get("/documents/{document}/log", response_model=Log)
def log(desk: ADesk, document: AnId) -> Response:
    """Every decision about the document, the oldest first."""
    return as_json({"items": list(desk.open(document).log)})


@router.get("/records", response_model=Records)
def records(
    desk: AFreshDesk,
    kind: Kind | None = None,
    status: Annotated[Status | None, Query(description="Of a metric.")] = None,
    actor: Words | None = None,
    indicator: Annotated[Words | None, Query(description="Code in the indicator list.")] = None,
    review: Review | None = None,
    due_before: Annotated[Day | None, Query(description="The limit ends before this day.")] = None,
    document: Words | None = None,
    page: Page = 1,
    size: Size = 100,
) -> Response:
    """The records of all documents, as they stand after review."""
    wanted = Filter(kind, status, actor, indicator, review, due_before, document)
    found, total = desk.records(wanted, start=(page - 1) * size, most=size)
    items = [
        {"document": one.document, "source": one.source, "key": one.record, "record": from_json(one.content)}
        for one in found
    ]
    return as_json({"total": total, "page": page, "size": size, "items": items})


@router.post("/documents", status_code=201, response_model=Extraction, openapi_extra=BODIES)
async def new_document(request: Request, desk: ADesk) -> Response:
    """Extract a text or a file, as a run of its own. The answer comes when it is done."""
    return await run_in_threadpool(taken_in, desk, request.app.state.setup, await sent(request))


def taken_in(desk: Desk, setup: Setup, new: Sent) -> Response:
    from extractor.commands.intake import take_in  # noqa: PLC0415  # readers need no engine

    source = read_named(new.name, new.data, max_chars=setup.settings.max_chars)
    take_in(desk.store, source, setup.settings, new.engine)
    sheet = desk.open(source.id)
    return as_json(sheet.extraction, 201, {"Location": f"/api/documents/{source.id}", "ETag": tag_of(sheet)})


@router.post("/documents/{document}/decisions", response_model=Decided, responses={409: {"model": Conflict}})
def decide(request: Request, desk: ADesk, document: AnId, deed: Deed) -> Response:
    """Accept, edit or reject a record, add one, or undo; what stands afterwards. 409 where somebody saved it since."""
    reviewer = as_name(deed.reviewer or "") or reviewer_of(request)
    try:
        sheet, key = done(desk, document, deed, reviewer)
    except StaleRecord as error:
        standing = standing_of(desk.open(document), error.record)
        more = {"standing": standing.model_dump(mode="json"), "wanted": deed.model_dump(mode="json")}
        return Refusal(409, "somebody saved this record since it was read", more).response(request.scope["path"])
    return as_json(standing_of(sheet, key))


def done(desk: Desk, document: str, deed: Deed, reviewer: str) -> tuple[Sheet, str | None]:
    match deed.action:
        case "undo":
            return desk.undo(document, reviewer)
        case "add":
            kind, start, end = needed(deed, "kind"), needed(deed, "start"), needed(deed, "end")
            return desk.add(document, kind, start, end, reviewer, deed.values, deed.reason)
        case _:
            key, read_at = needed(deed, "record"), needed(deed, "version")
            return desk.decide(document, key, deed.action, read_at, reviewer, deed.values, deed.reason), key


def needed(deed: Deed, name: str) -> Any:
    value = getattr(deed, name)
    if value is None:
        raise WrongValues({name: f"is needed to {deed.action}"})
    return value


def standing_of(sheet: Sheet, key: str | None) -> Decided:
    if key is None:
        return Decided(key=None, version=0, record=None)
    return Decided(key=key, version=sheet.version(key), record=sheet.current(key))


@router.get("/docs", include_in_schema=False)
def offer(request: Request) -> Response:
    """What there is, to be read by people: our own page, for nothing is loaded from elsewhere."""
    return render(request, "offer.html", offers=offers_of(request.app.openapi()))


@router.api_route(
    "/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], include_in_schema=False
)
def nothing(path: str) -> Response:
    raise Unknown(f"there is nothing to be had in this way at /api/{path[:200]}; see /api/docs")


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Without a second validation of what was validated where it was made."""
    content = value.model_dump_json().encode() if isinstance(value, BaseModel) else to_json(value)
    return Response(content, status, dict(headers or {}), "application/json")
