"""Names for records that outlive a run: kind and place in the text. A portable record refers to others by such keys."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from schemas.base import Span
from schemas.deadline import Deadline
from schemas.document import Extraction
from schemas.figure import Figure
from schemas.finding import Finding
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project

Record = Goal | Metric | Project | Deadline
R = TypeVar("R", bound=Goal | Metric | Project | Deadline)
Portable = dict[str, Any]
"""A record as JSON without its id; `goal`, `deadline` and `applies_to` hold keys. What follows from others is left out."""

MODELS: dict[str, type[Record]] = {"goal": Goal, "metric": Metric, "project": Project, "deadline": Deadline}
KINDS = {"goal": "goals", "metric": "metrics", "project": "projects", "deadline": "deadlines"}
PLACE = {"metric": "figure", "deadline": "text"}
DERIVED = {"goal": {"metrics", "deadlines"}}


def kind_of(key: str) -> str:
    return key.partition("-")[0]


def keyed(extraction: Extraction) -> dict[str, Record]:
    """Every record by its key, in the order goals, metrics, projects, deadlines. Of several in one place each has a number."""
    found: dict[str, Record] = {}
    for kind, records in (
        ("goal", extraction.goals),
        ("metric", extraction.metrics),
        ("project", extraction.projects),
        ("deadline", extraction.deadlines),
    ):
        for record in records:
            found[free_key(kind, places_of(record), found)] = record
    return found


def free_key(kind: str, places: Iterable[Span], taken: Container[str]) -> str:
    """The key of a record at `places`; in a place that is taken, the first number that is free."""
    return numbered(key_at(kind, places), taken)


def numbered(plain: str, taken: Container[str]) -> str:
    key, number = plain, 1
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    return key


def key_at(kind: str, places: Iterable[Span]) -> str:
    spans = list(places)
    if not spans:
        return f"{kind}-0-0"
    return f"{kind}-{min(span.start for span in spans)}-{max(span.end for span in spans)}"


def key_in(kind: str, record: Mapping[str, Any], taken: Container[str]) -> str:
    """The same key from the contract's JSON of a record."""
    quotes = [record[PLACE[kind]]] if kind in PLACE else record["evidence"]
    ends = [(quote["start"], quote["end"]) for quote in quotes] or [(0, 0)]
    return numbered(f"{kind}-{min(start for start, _ in ends)}-{max(end for _, end in ends)}", taken)


def standing(records: Iterable[R]) -> tuple[R, ...]:
    """Without those that a reviewer rejected."""
    return tuple(record for record in records if record.review != "rejected")


def span_of(key: str) -> Span:
    """The place that a key names."""
    _, start, end, *_ = key.split("-")
    return Span(start=int(start), end=max(int(end), int(start) + 1))


def places_of(record: Record) -> tuple[Span, ...]:
    """Where a record stands: a metric at its figure, a deadline at its words, the others at their evidence."""
    match record:
        case Metric():
            return (record.figure,)
        case Deadline():
            return (record.text,)
        case _:
            return record.evidence


def figure_key(figure: Figure) -> str:
    return key_at("figure", (figure,))


def finding_key(finding: Finding) -> str:
    """A finding that names no record, by what it says and where."""
    return f"{key_at('finding', finding.spans)}-{finding.code}"


def portable(record: Record, key_of: Mapping[str, str]) -> Portable:
    """`key_of` gives the key of each id. A reference to what is not there is dropped."""
    kind = next(kind for kind, model in MODELS.items() if isinstance(record, model))
    return renamed(record.model_dump(mode="json", exclude={"id"} | DERIVED.get(kind, set())), key_of)


def renamed(record: Mapping[str, Any], names: Mapping[str, str]) -> Portable:
    """The same record with its references renamed, from ids to keys or from keys to ids."""
    result = dict(record)
    if "goal" in result:
        result["goal"] = names.get(result["goal"])
    if "deadline" in result:
        result["deadline"] = names.get(result["deadline"])
    if "applies_to" in result:
        result["applies_to"] = [names[name] for name in result["applies_to"] if name in names]
    if "milestones" in result:
        result["milestones"] = [item | {"deadline": names.get(item["deadline"])} for item in result["milestones"]]
    return result


def references(record: Mapping[str, Any]) -> Iterator[str]:
    """Every key that a portable record refers to."""
    yield from (record[field] for field in ("goal", "deadline") if record.get(field))
    yield from record.get("applies_to", ())
    yield from (item["deadline"] for item in record.get("milestones", ()) if item["deadline"])
