"""References between records that stand: none points at what was rejected, and goals list what points at them."""

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.review.keys import Record
from schemas.deadline import Deadline
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project


def tied(records: Sequence[Record]) -> list[Record]:
    """Drop what points at rejected records, and let goals list what points at them."""
    standing = {record.id for record in records if record.review != "rejected"}
    owned: dict[str, list[str]] = {}
    limits: dict[str, list[str]] = {}
    for record in records:
        if record.id not in standing:
            continue
        if isinstance(record, Metric) and record.goal in standing:
            owned.setdefault(str(record.goal), []).append(record.id)
        if isinstance(record, Deadline):
            for name in record.applies_to:
                limits.setdefault(name, []).append(record.id)
    return [retied(record, standing, owned, limits) for record in records]


def retied(
    record: Record, standing: set[str], owned: Mapping[str, list[str]], limits: Mapping[str, list[str]]
) -> Record:
    update: dict[str, Any] = {}
    match record:
        case Metric():
            update["goal"] = record.goal if record.goal in standing else None
        case Goal():
            update["metrics"] = tuple(owned.get(record.id, ()))
            update["deadlines"] = tuple(limits.get(record.id, ()))
        case Project():
            update["deadline"] = record.deadline if record.deadline in standing else None
            update["milestones"] = tuple(
                item
                if item.deadline is None or item.deadline in standing
                else item.model_copy(update={"deadline": None})
                for item in record.milestones
            )
        case Deadline():
            update["applies_to"] = tuple(name for name in record.applies_to if name in standing)
    return record.model_copy(update=update) if any(getattr(record, k) != v for k, v in update.items()) else record
