"""The ledger over records that reviewers have decided about: each figure once, with the record that now uses it."""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from extractor.checks.material import quantities
from extractor.review.history import Reviewed
from extractor.review.keys import Record, figure_key
from schemas.deadline import Deadline
from schemas.figure import Figure
from schemas.metric import Metric
from schemas.project import Project


def ledger(figures: Sequence[Figure], records: Sequence[Record], reviewed: Mapping[str, Reviewed]) -> Iterator[Figure]:
    """Each line with the record that now uses it, else the role that a reviewer gave it, else the run's own."""
    users = dict(uses(records))
    limits = sorted((part.text.start, part.text.end, part.id) for part in records if is_limit(part))
    for figure in figures:
        role, record = users.get((figure.start, figure.end), (figure.role, None))
        if figure.kind == "time" and (limit := holder(limits, figure)):
            role, record = "deadline", limit
        if record is None and figure.record is not None:
            role = "time" if figure.kind == "time" else "unexplained"
        given = reviewed.get(figure_key(figure))
        if record is None and given is not None and given.stands:
            role = given.record["role"]
        same = (figure.role, figure.record) == (role, record)
        yield figure if same else figure.model_copy(update={"role": role, "record": record})


def is_limit(record: Record) -> TypeGuard[Deadline]:
    return isinstance(record, Deadline) and record.review != "rejected"


def holder(limits: Sequence[tuple[int, int, str]], figure: Figure) -> str | None:
    """The deadline whose words («10月底前») hold a time («10月底»)."""
    behind = bisect_right(limits, (figure.start, sys.maxsize, ""))
    if behind == 0:
        return None
    _, end, name = limits[behind - 1]
    return name if figure.end <= end else None


def uses(records: Iterable[Record]) -> Iterator[tuple[tuple[int, int], tuple[Any, str]]]:
    """Where the figures of standing records are, later ones first: where two stand on one, the first has it."""
    for record in reversed([record for record in records if record.review != "rejected"]):
        match record:
            case Metric():
                yield (record.figure.start, record.figure.end), ("metric", record.id)
            case Project():
                for quantity in quantities(record):
                    yield (quantity.figure.start, quantity.figure.end), ("project", record.id)


def share_explained(figures: Sequence[Figure]) -> float:
    if not figures:
        return 1.0
    return round(sum(figure.role != "unexplained" for figure in figures) / len(figures), 4)
