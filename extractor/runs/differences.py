"""What one run says that another does not: records added, gone, and changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Record = Mapping[str, Any]

KINDS = {"goals": "goal", "metrics": "metric", "projects": "project", "deadlines": "deadline"}
# ids are counted per document: they and what points to them say nothing about a record itself
APART = ("id", "goal", "metrics", "deadlines", "deadline", "milestones", "applies_to", "segment")


@dataclass(frozen=True, slots=True)
class Difference:
    source: str
    change: Literal["added", "gone", "changed"]
    kind: str
    what: str
    fields: tuple[tuple[str, Any, Any], ...] = ()


def differences(source: str, before: str | None, after: str | None) -> Iterator[Difference]:
    """Between two extractions of one source; `None` is a run that has none of it."""
    old, new = records(before), records(after)
    for key in sorted(old.keys() | new.keys(), key=str):
        kind = str(key[0])
        if key not in new:
            yield Difference(source, "gone", kind, name(kind, old[key]))
        elif key not in old:
            yield Difference(source, "added", kind, name(kind, new[key]))
        elif changed := tuple(changes(old[key], new[key])):
            yield Difference(source, "changed", kind, name(kind, new[key]), changed)


def records(extraction: str | None) -> dict[tuple[object, ...], Record]:
    found: dict[tuple[object, ...], Record] = {}
    read = json.loads(extraction) if extraction else {}
    for field, kind in KINDS.items():
        for record in read.get(field, ()):
            key = (kind, *identity(kind, record))
            while key in found:  # two records in one place: the second is known as such
                key = (*key, "again")
            found[key] = record
    return found


def identity(kind: str, record: Record) -> tuple[object, ...]:
    """What makes a record the same one in two runs: its place in the text, of a project its name."""
    if kind == "project":
        return (record["name"],)
    place = {"metric": record.get("figure"), "deadline": record.get("text")}.get(kind)
    places = [place] if place else record["evidence"]
    return (places[0]["start"], places[0]["end"]) if places else (name(kind, record),)


def name(kind: str, record: Record) -> str:
    if kind == "metric":
        return f"{record['name']} «{record['figure']['quote']}»"
    if kind == "deadline":
        return f"«{record['text']['quote']}»"
    return str(record.get("name") or record.get("statement"))


def changes(old: Record, new: Record) -> Iterator[tuple[str, Any, Any]]:
    for field in old.keys() | new.keys():
        if field not in APART and old.get(field) != new.get(field):
            yield field, short(old.get(field)), short(new.get(field))


def short(value: Any) -> Any:
    """A place in the text by its words."""
    if isinstance(value, dict) and "quote" in value:
        return value["quote"]
    if isinstance(value, list):
        return [short(item) for item in value]
    return value
