"""One row held against its document: what it decides, that it was saved before, or why it is refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.errors import Unknown, WrongValues
from extractor.review.deciding import decided
from extractor.review.fields import FIELDS, Field, shown_value
from extractor.review.keys import Portable, key_at, kind_of
from extractor.review.sheet import Sheet
from extractor.review.workbook.cells import MILESTONE, flat, is_cut, plain, state
from extractor.review.workbook.columns import DECISIONS
from extractor.review.workbook.reading import Refused, Row
from extractor.review.workbook.rows import cells_of, plains
from extractor.store.corrections import Decision
from schemas.base import Span
from schemas.correction import Action, Change

KEY = re.compile(rf"(?:{'|'.join(DECISIONS)})-\d+-\d+(?:-[\w-]+)?")
ACTIONS: Mapping[str, Action] = {"accept": "accept", "reject": "reject"}
DONE = {"accept": "accepted", "reject": "rejected"}
MOST_REASON = 500
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A change to be shown: where it stands in the file, and what it is."""

    address: str
    what: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a row comes to. The decisions are saved together or not at all."""

    row: Row
    decisions: Sequence[Decision]
    told: Sequence[Told]


class Saved:
    """What a row says is what the store has: it was saved before, here or otherwise."""


def placed(row: Row) -> Sequence[Refused]:
    """What is wrong with the cells that say which record it is."""
    problems = [
        Refused(row.at(name), row.bad[name]) for name in ("document", "record", "version", "state") if name in row.bad
    ]
    if problems:
        return problems
    if not row.text("document") and not row.text("record"):
        return [Refused(row.at("record"), "no document and no record: new records are added on the review page")]
    if not KEY.fullmatch(row.text("record")):
        return [Refused(row.at("record"), f"«{row.text('record')}» is not the key of a record")]
    missing = [name for name in ("document", "version", "state") if not row.text(name)]
    return [Refused(row.at(name), f"{name} is missing: restore the row, or export again") for name in missing]


def is_untouched(row: Row) -> bool:
    """Nothing was typed into the row since it was exported: the store need not be asked."""
    fields = FIELDS[kind_of(row.text("record"))]
    if row.bad or row.text("decision") or row.text("reason") or any(field.name not in row.letters for field in fields):
        return False
    try:
        return state(plain(field, row.cells.get(field.name)) for field in fields) == row.text("state")
    except ValueError:
        return False


def judged(row: Row, sheet: Sheet, reviewer: str) -> Decided | Saved | Sequence[Refused]:
    key, kind = row.text("record"), kind_of(row.text("record"))
    record = sheet.current(key)
    if record is None:
        return [Refused(row.at("record"), "the store has no such record any more: export again")]
    present = plains(kind, cells_of(kind, record, {}))
    typed, problems = read_fields(row)
    problems += [Refused(row.at(name), reason) for name, reason in row.bad.items()]
    if problems:
        return problems
    differing = {name: value for name, value in typed.items() if value != present[name]}
    decision = row.text("decision")
    if decision and decision not in DECISIONS[kind]:
        allowed = ", ".join(DECISIONS[kind]) or "nothing"
        return [Refused(row.at("decision"), f"one of: {allowed}")]
    if not differing and (not decision or record.get("review") == DONE[decision]) and not lone_reason(row, sheet):
        return Saved()
    if row.text("version") != str(sheet.version(key)) or row.text("state") != state(present.values()):
        return stale(row, sheet, differing, present)
    return decisions_of(row, sheet, record, differing, reviewer)


def lone_reason(row: Row, sheet: Sheet) -> bool:
    """A reason that was not saved yet, with nothing that it could be a reason for."""
    is_new = row.text("version") == str(sheet.version(row.text("record")))
    return is_new and bool(row.text("reason")) and not row.text("decision")


def read_fields(row: Row) -> tuple[dict[str, str], list[Refused]]:
    """What the cells of the fields say; a column that is not there says nothing."""
    typed: dict[str, str] = {}
    problems: list[Refused] = []
    for field in FIELDS[kind_of(row.text("record"))]:
        if field.name in row.letters and field.name not in row.bad:
            try:
                typed[field.name] = plain(field, row.cells.get(field.name))
            except ValueError as error:
                problems.append(Refused(row.at(field.name), str(error)))
    return typed, problems


def stale(row: Row, sheet: Sheet, differing: Mapping[str, str], present: Mapping[str, str]) -> Sequence[Refused]:
    key = row.text("record")
    version = sheet.version(key)
    if row.text("version") == str(version):
        why = "a newer run reads this record otherwise than the file: export again"
    else:
        last = sheet.reviewed[key].corrections[-1] if key in sheet.reviewed else None
        by = f" by {last.reviewer}" if last else ""
        why = f"the record was saved{by} since (version {row.text('version')} was exported, {version} stands)"
    if not differing:
        return [Refused(row.at("decision"), why)]
    return [
        Refused(row.at(name), f"{why}; {quoted(value)} here, {quoted(present[name])} in the store")
        for name, value in differing.items()
    ]


def decisions_of(
    row: Row, sheet: Sheet, record: Portable, differing: Mapping[str, str], reviewer: str
) -> Decided | Saved | Sequence[Refused]:
    key, decision = row.text("record"), row.text("decision")
    cells = cells_of(kind_of(key), record, {})
    refused = [
        Refused(row.at(name), "the text is too long for a cell: change it on the review page")
        for name in differing
        if is_cut(cells[name]) or is_cut(row.cells.get(name))
    ]
    if decision == "reject" and differing:
        refused.append(Refused(row.at("decision"), "either it is rejected or it is changed"))
    if not decision and not differing:
        refused.append(Refused(row.at("reason"), "a reason without a change or a decision"))
    if len(row.text("reason")) > MOST_REASON:
        refused.append(Refused(row.at("reason"), f"at most {MOST_REASON} characters"))
    if refused:
        return refused
    try:
        found = saves(row, sheet, record, differing, reviewer)
    except WrongValues as error:
        return [Refused(row.at(name), problem) for name, problem in error.problems.items()]
    except Unknown as error:
        return [Refused(row.at("record"), str(error))]
    if not found:
        return Saved()
    told = [
        Told(row.at(name), f"{name}: {quoted(plain(field_of(key, name), cells[name]))} → {quoted(value)}")
        for name, value in differing.items()
    ]
    return Decided(row, found, told + ([Told(row.at("decision"), decision)] if decision else []))


def saves(row: Row, sheet: Sheet, record: Portable, differing: Mapping[str, str], reviewer: str) -> Sequence[Decision]:
    """The change, then the decision about the record as it then is."""
    key, action, version = row.text("record"), row.text("decision"), sheet.version(row.text("record"))
    reason = row.text("reason") or None
    values = {name: kept(record, field_of(key, name), value) for name, value in differing.items()}
    edit = decided(sheet, key, "edit", version, reviewer, values, reason) if values else None
    if edit is None:
        decision = decided(sheet, key, ACTIONS[action], version, reviewer, reason=reason) if action else None
        return [decision] if decision else []
    if action != "accept":
        return [edit]
    before = next((change.after for change in edit.changes if change.field == "review"), record["review"])
    accepted = (Change(field="review", before=before, after="accepted"),)
    return [edit, replace(edit, version=version + 1, action="accept", changes=accepted)]


def kept(record: Portable, field: Field, value: str) -> Any:
    """Of capacities that stay, what was said of them stays too: by its key alone a figure would be read anew."""
    if field.shape == "milestones":
        return [as_milestone(line) for line in value.splitlines()]
    if field.shape != "figures":
        return value
    had = {as_line(item): item for item in shown_value(record, field.name) or ()}
    return [as_typed(line, had.get(line)) for line in value.splitlines()]


def as_milestone(line: str) -> Mapping[str, str | None]:
    found = MILESTONE.fullmatch(line)
    return {"text": found[1], "deadline": found[2]} if found else {"text": line, "deadline": None}


def as_line(item: Mapping[str, Any]) -> str:
    figure = item["figure"]
    return f"{key_at('figure', (Span(start=figure['start'], end=figure['end']),))}|{flat(item['of'])}"


def as_typed(line: str, item: Mapping[str, Any] | None) -> Any:
    if item is None:
        return line
    return {"figure": line.partition("|")[0], "value": item["value"], "unit": item["unit"], "of": item["of"]}


def field_of(key: str, name: str) -> Field:
    return next(field for field in FIELDS[kind_of(key)] if field.name == name)


def quoted(value: str) -> str:
    told = value.replace("\n", " / ")
    return "nothing" if not told else f"«{told if len(told) <= MOST_SHOWN else told[:MOST_SHOWN] + '…'}»"
