"""Deadlines in the order in which they end, each with the records that it binds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.review.keys import kind_of
from extractor.review.panels.standing import Standing, label_of
from schemas.deadline import Deadline
from schemas.project import Project


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One record under one deadline; a deadline that binds none stands for itself.

    `start` is none for «by», `end` for «from», both for a recurring duty. `words` are the deadline's own.
    `key` is the record's, `deadline` the deadline's.
    """

    start: str | None
    end: str | None
    precision: str
    relation: str
    words: str
    kind: str
    label: str
    actor: str | None
    status: str | None
    review: str
    key: str
    deadline: str
    document: str
    source: str

    @property
    def limit(self) -> str:
        """The day that it is filed under: its end, or where it has none its start."""
        return self.end or self.start or ""

    @property
    def year(self) -> str:
        return self.limit[:4]

    @property
    def quarter(self) -> int:
        return (int(self.limit[5:7]) + 2) // 3


@dataclass(frozen=True, slots=True)
class Timeline:
    """`items` by their limit; `recurring` are duties without a date of their own."""

    items: tuple[TimelineItem, ...]
    recurring: tuple[TimelineItem, ...]


def timeline(records: Iterable[Standing]) -> Timeline:
    by_document: dict[str, list[Standing]] = defaultdict(list)
    for one in records:
        by_document[one.document].append(one)
    found = [item for document in by_document.values() for item in items_of(document)]
    return Timeline(
        items=tuple(sorted((item for item in found if item.limit), key=order)),
        recurring=tuple(item for item in found if not item.limit),
    )


def order(item: TimelineItem) -> tuple[str, str, str, str]:
    return item.limit, item.start or "", item.source, item.deadline


def items_of(document: Sequence[Standing]) -> Iterator[TimelineItem]:
    """Of one document: within it ids are unique."""
    by_id = {one.record.id: one for one in document}
    for one in document:
        if isinstance(one.record, Deadline):
            bound = list(bound_by(one.record, by_id)) or [(one, around(one.record))]
            yield from (item_of(one, one.record, other, label) for other, label in bound)


def bound_by(deadline: Deadline, by_id: Mapping[str, Standing]) -> Iterator[tuple[Standing, str]]:
    """What the deadline names, and the projects that name it, for themselves or for a milestone."""
    for one in by_id.values():
        steps: list[str] = []
        bound = one.record.id in deadline.applies_to
        if isinstance(one.record, Project):
            steps = [step.text for step in one.record.milestones if step.deadline == deadline.id]
            bound = bound or one.record.deadline == deadline.id
        if bound or steps:
            yield one, ":".join([label_of(one.record), *(["、".join(steps)] if steps else [])])


def around(deadline: Deadline) -> str:
    """The words of a deadline that binds no record."""
    return "…".join(quote.quote for quote in deadline.evidence) or deadline.text.quote


def item_of(limit: Standing, deadline: Deadline, bound: Standing, label: str) -> TimelineItem:
    record = bound.record
    return TimelineItem(
        start=deadline.start,
        end=deadline.end,
        precision=deadline.precision,
        relation=deadline.relation,
        words=deadline.text.quote,
        kind=kind_of(bound.key),
        label=label,
        actor=getattr(record, "actor", None),
        status=record.target_stage if isinstance(record, Project) else getattr(record, "status", None),
        review=record.review,
        key=bound.key,
        deadline=limit.key,
        document=limit.document,
        source=limit.source,
    )
