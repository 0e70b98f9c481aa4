"""The pages: the queue of documents, a document with its records, and the small answers that its script asks for."""

from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from extractor.assemble.ledger import share_explained
from extractor.errors import StaleRecord, Unknown, WrongValues
from extractor.review.desk import Desk
from extractor.review.fields import ROLES_BY_KEY
from extractor.review.sheet import Sheet
from extractor.review.web.access import changes, desk_of, language_of, local_path, reviewer_of
from extractor.review.web.forms import Words, boxes, values_typed
from extractor.review.web.rendering import markup, render
from extractor.review.web.shapes import Text
from extractor.review.web.views import Group, view_of
from extractor.review.web.words import LANGUAGES, translator
from extractor.store.summaries import SEVERITIES, STATES, Wanted
from schemas.finding import Code

router = APIRouter(include_in_schema=False)
SIZE = 50  # documents on a page of the queue


@router.get("/")
def queue(
    request: Request,
    search: str = "",
    severity: str = "",
    state: str = "",
    code: str = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    desk = desk_of(request)
    desk.refresh()
    wanted = Wanted(search.strip() or None, severity or None, code or None, state or None)
    totals = desk.totals(wanted)
    last = max(1, -(-totals["documents"] // SIZE))
    page = min(page, last)
    given = {"search": search, "severity": severity, "state": state, "code": code}

    def link(number: int) -> str:
        return "?" + urlencode({name: value for name, value in given.items() if value} | {"page": number})

    return render(
        request,
        "queue.html",
        documents=desk.page(wanted, start=(page - 1) * SIZE, most=SIZE),
        totals=totals,
        given=given,
        narrowed=any(given.values()),
        severities=tuple(SEVERITIES),
        states=tuple(STATES),
        codes=get_args(Code),
        model=request.app.state.setup.settings.model,
        page=page,
        last=last,
        link=link,
    )


@router.get("/documents/{document}")
def document(request: Request, document: str) -> Response:
    desk = desk_of(request)
    try:
        sheet = desk.open(document)
    except Unknown:
        return render(request, "missing.html", status=404, document=document)
    before, behind = desk.beside(document)
    return render(
        request,
        "document.html",
        sheet=sheet,
        about=sheet.extraction.document,
        pieces=view_of(sheet).pieces,
        groups=view_of(sheet).groups,
        counts=counts(sheet),
        roles=ROLES_BY_KEY,
        before=before,
        behind=behind,
    )


@router.get("/documents/{document}/form")
def form(request: Request, document: str, record: str) -> Response:
    sheet = desk_of(request).open(document)
    if sheet.current(record) is None:
        return Response(status_code=404)
    shown = boxes(sheet, record, translator(language_of(request)))
    return render(request, "form.html", record=record, boxes=shown, version=sheet.version(record))


class Said(BaseModel):
    """What the page's script asks for. `values` are the fields of a form as they were typed, see `values_typed`."""

    action: Literal["accept", "edit", "reject", "add", "undo", "accept-rest"]
    record: str = ""
    version: int = 0
    values: dict[str, str | list[str]] = {}
    reason: Annotated[Text | None, Field(max_length=300)] = None
    kind: str = ""
    start: int = 0
    end: int = 0
    records: list[str] = []


@router.post("/documents/{document}/decisions", dependencies=[changes])
def decide(request: Request, document: str, said: Said) -> Response:
    """Do what the page's script asks for and answer with what looks otherwise now; 409 with both values where it is stale."""
    desk, reviewer = desk_of(request), reviewer_of(request)
    t = translator(language_of(request))
    try:
        before = desk.open(document)
        sheet, focus = carried_out(desk, document, reviewer, said)
    except StaleRecord as error:
        sheet = desk.open(document)
        return JSONResponse(
            {"message": t("stale"), "both": both(sheet, error.record, said, t), "version": error.standing}
            | looks(request, before, sheet, error.record),
            409,
        )
    except WrongValues as error:
        return JSONResponse({"message": t("failed"), "problems": error.problems}, 422)
    except Unknown as error:
        return JSONResponse({"message": t("failed"), "problems": {"record": str(error)}}, 404)
    if said.action == "undo" and focus is None:
        return JSONResponse({"message": t("nothing_to_undo")})
    message = t("unchanged" if sheet is before else "undone" if said.action == "undo" else "saved")
    return JSONResponse({"message": message} | looks(request, before, sheet, focus))


def carried_out(desk: Desk, document: str, reviewer: str, said: Said) -> tuple[Sheet, str | None]:
    reason = said.reason or None
    match said.action:
        case "undo":
            return desk.undo(document, reviewer)
        case "accept-rest":
            return desk.accept_rest(document, reviewer, said.records), None
        case "add":
            return desk.add(document, said.kind, said.start, said.end, reviewer, None, reason)
        case action:
            values = dict(values_typed(said.values))
            sheet = desk.decide(document, said.record, action, said.version, reviewer, values, reason)
            return sheet, said.record


def looks(request: Request, before: Sheet, after: Sheet, focus: str | None) -> dict[str, Any]:
    """What a page that shows `before` has to change to show `after`: single cards, or all of them where some came or went."""
    old, new = view_of(before), view_of(after)
    t = translator(language_of(request))
    answer: dict[str, Any] = {"focus": focus, "counts": counts(after)}
    if shape(old.groups) != shape(new.groups):
        answer["pane"] = markup(request, "records.html", groups=new.groups, roles=ROLES_BY_KEY)
    else:
        answer["cards"] = {
            key: markup(request, "one_card.html", card=card, roles=ROLES_BY_KEY)
            for key, card in new.cards.items()
            if old.cards.get(key) != card
        }
    marked = {piece.key: piece for piece in old.pieces if piece.key}
    answer["marks"] = [
        {
            "key": piece.key,
            "role": piece.role,
            "record": piece.record,
            "title": f"{t(f'role.{piece.role}')} · {piece.title}",
        }
        for piece in new.pieces
        if piece.key and marked.get(piece.key) != piece
    ]
    return answer


def shape(found: tuple[Group, ...]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [(group.name, [(card.key, [one.key for one in below]) for card, below in group.cards]) for group in found]


def both(sheet: Sheet, record: str, said: Said, t: Words) -> list[tuple[str, str, str]]:
    """Field by field what stands and what the reviewer wanted, where they differ."""
    wanted = dict(values_typed(said.values))
    shown = boxes(sheet, record, t)
    return [
        (box.label, str(box.value if box.value is not None else ""), str(wanted[box.name]))
        for box in shown
        if box.name in wanted and str(box.value if box.value is not None else "") != str(wanted[box.name])
    ]


def counts(sheet: Sheet) -> dict[str, Any]:
    records = sheet.records.values()
    findings = sheet.open_findings()
    return {
        "records": len(records),
        "reviewed": sum(record.review != "unreviewed" for record in records),
        "error": sum(finding.severity == "error" for finding in findings),
        "warning": sum(finding.severity == "warning" for finding in findings),
        "info": sum(finding.severity == "info" for finding in findings),
        "explained": f"{share_explained(sheet.extraction.figures):.1%}",
    }


@router.get("/language/{language}")
def language(request: Request, language: str, back: str = "/") -> Response:
    """Keep the language that the visitor reads; `back` is an address of our own."""
    if language in LANGUAGES:
        request.session["language"] = language
    return RedirectResponse(local_path(back), 303)
