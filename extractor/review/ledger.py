"""The ledger over records that reviewers have decided about: each figure once, with the record that now uses it."""

import sys
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from extractor.checks.material import quantities
from extractor.review.history import Reviewed
from extractor.review.keys import Record, figure_key
from schemas.deadline import Deadline
from schemas.figure import Figure
from schemas.metric import Metric
from schemas.project import Project

BY_HAND = "人工判定"


def ledger(figures: Sequence[Figure], records: Sequence[Record], reviewed: Mapping[str, Reviewed]) -> Iterator[Figure]:
    """Each line with the record that now uses it, else the role that a reviewer gave it, else the run's own."""
    users = dict(uses(records))
    limits = sorted((part.text.start, part.text.end, part.id) for part in records if is_limit(part))
    standing = {record.id for record in records if record.review != "rejected"}
    for figure in figures:
        role, record, why = told_of(figure, users, limits, standing)
        given = reviewed.get(figure_key(figure))
        if given is not None and given.stands and (record is None or role == "repeat"):
            role, record, why = given.record["role"], None, BY_HAND if given.record["role"] != "unexplained" else None
        same = (figure.role, figure.record, figure.why) == (role, record, why)
        yield figure if same else figure.model_copy(update={"role": role, "record": record, "why": why})


def told_of(
    figure: Figure,
    users: Mapping[tuple[int, int], tuple[Any, str]],
    limits: Sequence[tuple[int, int, str]],
    standing: Container[str],
) -> tuple[Any, str | None, str | None]:
    """Role, record and reason. What repeats a record goes on doing so while that record stands."""
    if (figure.start, figure.end) in users:
        return *users[figure.start, figure.end], None
    if figure.kind == "time" and (limit := holder(limits, figure)):
        return "deadline", limit, None
    if figure.role == "repeat" and figure.record in standing:
        return figure.role, figure.record, figure.why
    if figure.record is None:
        return figure.role, None, figure.why
    return ("time", None, "时间") if figure.kind == "time" else ("unexplained", None, None)


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
