"""What holds for every extraction, whatever the text was."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from schemas.document import Extraction
from tests.json_schema import errors_of

LONGEST_EVIDENCE = 300


@cache
def schema() -> dict[str, Any]:
    return Extraction.model_json_schema(mode="serialization", by_alias=True)


def broken_rules(raw: str, result: Extraction) -> list[str]:
    """Empty where the contract holds."""
    return list(broken(raw, json.loads(result.model_dump_json())))


def broken(raw: str, page: dict[str, Any]) -> Iterator[str]:
    yield from errors_of(page, schema())
    yield from quotes(raw, page)
    yield from ledger(page)
    yield from names(page)
    yield from runs_forward(page)
    yield from references(page)


def inner(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a value."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inner(item)


def quotes(raw: str, page: dict[str, Any]) -> Iterator[str]:
    for found in inner(page):
        words = found.get("quote", found.get("text") if "kind" in found else None)
        if isinstance(words, str) and "start" in found and raw[found["start"] : found["end"]] != words:
            yield f"quote {words[:40]!r} is not {raw[found['start'] : found['end']][:40]!r}"
    for record in records(page):
        for part in record["evidence"]:
            own = record.get("figure") or record.get("text") or part
            if part["end"] - part["start"] > max(LONGEST_EVIDENCE, own["end"] - own["start"]):
                yield f"{record['id']} has evidence of {part['end'] - part['start']} characters"


def ledger(page: dict[str, Any]) -> Iterator[str]:
    for one, other in pairwise(page["figures"]):
        if one["end"] > other["start"]:
            yield f"figures {one['text'][:40]!r} and {other['text'][:40]!r} overlap"
    for figure in page["figures"]:
        if not figure["text"].strip():
            yield f"figure {figure['id']} is blank"


def names(page: dict[str, Any]) -> Iterator[str]:
    yield from (f"{record['id']} has no name" for record in page["metrics"] if not record["name"].strip())
    yield from (f"{record['id']} has no name" for record in page["projects"] if not record["name"].strip())
    yield from (f"{record['id']} says nothing" for record in page["goals"] if not record["statement"].strip())


def runs_forward(page: dict[str, Any]) -> Iterator[str]:
    for found in inner({key: page[key] for key in ("goals", "metrics", "projects", "deadlines", "figures")}):
        value, most = found.get("value"), found.get("value_max")
        if value is not None and most is not None and most < value:
            yield f"the range {value}-{most} is inverted ({found.get('text') or found.get('figure')})"
        named = [(found.get(key), key) for key in ("start", "end", "date_start", "date_end")]
        dates = [day for day, _ in named if isinstance(day, str)]
        for day in dates:
            if not is_day(day):
                yield f"{day} is no day ({found.get('text')})"
        if len(dates) == 2 and dates[0] > dates[1]:
            yield f"{dates[0]} to {dates[1]} is inverted ({found.get('text')})"


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def records(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind in ("goals", "metrics", "projects", "deadlines"):
        yield from page[kind]


def references(page: dict[str, Any]) -> Iterator[str]:
    """No record names another that is not there."""
    known = {record["id"] for record in records(page)}
    segments = {segment["id"] for segment in page["document"]["segments"]}
    named = [figure["record"] for figure in page["figures"]]
    named += [goal for metric in page["metrics"] if (goal := metric["goal"])]
    named += [name for goal in page["goals"] for name in (*goal["metrics"], *goal["deadlines"])]
    named += [name for deadline in page["deadlines"] for name in deadline["applies_to"]]
    named += [project["deadline"] for project in page["projects"]]
    named += [step["deadline"] for project in page["projects"] for step in project["milestones"]]
    named += [name for finding in page["checks"] for name in finding["records"]]
    yield from (f"there is no {name}" for name in dict.fromkeys(named) if name and name not in known)
    yield from (f"there is no {record['segment']}" for record in records(page) if record["segment"] not in segments)
