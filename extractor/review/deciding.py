"""From what a reviewer did to what goes into the log: every value checked, every change with its before and after."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from extractor.assemble.indicators import indicator_of
from extractor.assemble.values import base_value, normalized
from extractor.errors import StaleRecord, Unknown, WrongValues
from extractor.review.adding import proposed
from extractor.review.fields import Field, field_of, read_number, read_text, read_value
from extractor.review.history import WITHDRAWN, last_undoable
from extractor.review.keys import MODELS, Portable, kind_of, portable, references, renamed
from extractor.review.sheet import Sheet
from extractor.store.corrections import Decision
from schemas.base import as_json_number, quote
from schemas.correction import Action, Change, Correction


def decided(
    sheet: Sheet,
    key: str,
    action: Action,
    version: int,
    reviewer: str,
    values: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> Decision | None:
    """Accept, edit or reject a record that was read at `version`. `None` where an edit changes nothing.

    Raises `Unknown`, `WrongValues`, and `StaleRecord` where the record was saved since.
    """
    before = sheet.current(key)
    if before is None:
        raise Unknown(f"no record {key}")
    if version != sheet.version(key):
        raise StaleRecord(key, seen=version, standing=sheet.version(key))
    after = after_action(sheet, key, action, before, values or {})
    changes = tuple(differences(before, after))
    if not changes and action == "edit":
        return None
    base = sheet.reviewed[key].base if key in sheet.reviewed else before
    return Decision(sheet.document, key, version, action, changes, reviewer, sheet.result, base, reason)


def after_action(sheet: Sheet, key: str, action: Action, before: Portable, values: Mapping[str, Any]) -> Portable:
    kind = kind_of(key)
    if action == "edit":
        return edited(sheet, kind, before, values)
    if action == "accept" and kind != "figure":
        return before | {"review": "accepted"}
    if action == "reject" and kind in MODELS:
        return before | {"review": "rejected"}
    raise WrongValues({"action": f"{action!r} is not done to a {kind}"})


def added(
    sheet: Sheet,
    kind: str,
    start: int,
    end: int,
    reviewer: str,
    values: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> Decision:
    """A new record from selected text, see `adding`; `values` go over what the recogniser and the rules propose."""
    if kind not in MODELS:
        raise WrongValues({"kind": f"one of: {', '.join(MODELS)}"})
    if not 0 <= start < end <= len(sheet.raw):
        raise WrongValues({"text": "a part of the text is needed"})
    record = proposed(sheet.analysis, kind, start, end)
    if holder := sheet.holder(record):
        raise WrongValues({"text": f"{holder} holds this figure already: edit or reject it"})
    base = portable(record, {}) | {"review": WITHDRAWN, "origin": "reviewer"}
    full = edited(sheet, kind, base, values or {}) | {"review": WITHDRAWN}
    change = Change(field="review", before=WITHDRAWN, after="added")
    return Decision(sheet.document, sheet.new_key(record), 0, "add", (change,), reviewer, sheet.result, full, reason)


def rest_accepted(sheet: Sheet, reviewer: str, among: Sequence[str] | None = None) -> list[Decision]:
    """Accept every record that nobody has said anything about and that no open finding is about; `among` are keys."""
    wanted = sheet.records if among is None else set(among)
    doubtful = {name for finding in sheet.open_findings() for name in finding.records}
    plain = [
        key
        for key, record in sheet.records.items()
        if key in wanted and record.review == "unreviewed" and record.id not in doubtful
    ]
    made = (decided(sheet, key, "accept", sheet.version(key), reviewer) for key in plain)
    return [decision for decision in made if decision]


def undone(sheet: Sheet, reviewer: str) -> list[Decision]:
    """Take back what the reviewer did last in this document and has not taken back; none where there is nothing.

    `StaleRecord` where somebody else has saved the same record since.
    """
    return [taken_back(sheet, last, reviewer) for last in last_undoable(sheet.log, reviewer)]


def taken_back(sheet: Sheet, last: Correction, reviewer: str) -> Decision:
    item = sheet.reviewed[last.record]
    above = [one for one in item.corrections if one.version > last.version and one.reviewer != reviewer]
    if above:
        raise StaleRecord(last.record, seen=last.version, standing=item.version)
    changes = tuple(Change(field=one.field, before=one.after, after=one.before) for one in last.changes)
    return Decision(
        sheet.document, last.record, item.version, "undo", changes, reviewer, sheet.result, item.base, undoes=last.id
    )


def edited(sheet: Sheet, kind: str, before: Portable, values: Mapping[str, Any]) -> Portable:
    after = dict(before)
    problems: dict[str, str] = {}
    for name, typed in values.items():
        field = field_of(kind, name)
        if field is None:
            problems[name] = f"no field of a {kind} that can be changed"
            continue
        try:
            value = read_value(field, typed)
            if field.shape == "figure" and value is not None:
                value = quantity(sheet, field, value)
            if field.shape == "figures":
                value = [
                    quantity(sheet, field, item) | {"of": read_text(field, item.get("of") or "")} for item in value
                ]
            set_value(after, name, value)
        except ValueError as error:
            problems[name] = str(error)
    if not problems:
        problems = dict(inconsistencies(sheet, kind, after))
    if problems:
        raise WrongValues(problems)
    if after == before:
        return after
    if kind == "metric":
        after |= following(before, after, values)
    return after | {"review": "added" if before["review"] == "added" else "corrected"}


def following(before: Portable, after: Portable, values: Mapping[str, Any]) -> Portable:
    """What follows from a metric's value and name, unless the reviewer said it too."""
    base = base_value(number(after["value"]), maybe_number(after["value_max"]), after["unit"])
    renamed_metric = after["name"] != before["name"] and "indicator" not in values
    indicator = indicator_of(after["name"]) if renamed_metric else after["indicator"]
    return {"normalized": normalized(base).model_dump(mode="json"), "indicator": indicator}


def set_value(record: Portable, name: str, value: Any) -> None:
    """`period.end` is a part of the period, which is `null` where neither end is known."""
    outer, _, inner = name.partition(".")
    if not inner:
        record[outer] = value
        return
    part = {"start": None, "end": None} | (record.get(outer) or {}) | {inner: value}
    record[outer] = part if any(part.values()) else None


def quantity(sheet: Sheet, field: Field, typed: Mapping[str, Any]) -> Portable:
    """A figure of the text as a quantity: as it was recognised, unless value or unit are given."""
    figure = sheet.figure(str(typed["figure"])) if isinstance(typed["figure"], str) else None
    if figure is None or figure.value is None:
        raise ValueError("the key of a figure in the text is needed")
    value = number(read_number(field, typed["value"])) if typed.get("value") else figure.value
    unit = read_text(field, typed.get("unit") or figure.unit)
    maximum = figure.value_max if value == figure.value else None
    return {
        "figure": quote(sheet.raw, figure.start, figure.end).model_dump(),
        "value": as_json_number(value),
        "value_max": as_json_number(maximum) if maximum is not None else None,
        "unit": unit,
        "normalized": normalized(base_value(value, maximum, unit)).model_dump(mode="json"),
    }


def inconsistencies(sheet: Sheet, kind: str, record: Portable) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields together, or with the contract's model of them."""
    if kind not in MODELS:
        return
    known = {**sheet.merged.id_of}
    for key in references(record):
        if key not in known:
            yield ("applies_to" if kind == "deadline" else kind_of(key)), f"no record {key}"
    pairs = [("period.end", record.get("period") or {})] if kind != "deadline" else [("end", record)]
    for name, part in pairs:
        if part.get("start") and part.get("end") and part["start"] > part["end"]:
            yield name, "the end lies before the start"
    if kind == "metric" and (record.get("value_max") is not None) != (record["comparator"] == "range"):
        yield "value_max", "a range has two values, and nothing else has"
    try:
        MODELS[kind].model_validate(renamed(record, known) | {"id": "x", "review": "unreviewed"})
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            yield ".".join(map(str, problem["loc"])), problem["msg"]


def differences(before: Portable, after: Portable) -> Iterator[Change]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Change(field=name, before=before.get(name), after=after.get(name))


def number(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def maybe_number(value: Any) -> Decimal | None:
    return None if value is None else number(value)
