"""Where the records of a reviewed extraction stand in its text: hits, clauses, sentences, by number."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractor.analysis import Analysis
from extractor.checks.material import quantities
from extractor.review.keys import places_of
from schemas.base import Span
from schemas.deadline import Deadline
from schemas.document import Extraction
from schemas.figure import Figure
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project

FAR = 60  # hits between a figure and the word that gives its year
Record = Metric | Goal | Project | Deadline


@dataclass(frozen=True)
class Ground:
    """`records` are those that a reviewer left standing, by id; `limits` the deadlines that bind each of them.

    `standing` are their ids by the sentences that they say something in.
    """

    analysis: Analysis
    extraction: Extraction
    records: dict[str, Record] = field(init=False)
    limits: dict[str, tuple[Deadline, ...]] = field(init=False)
    standing: dict[int, tuple[str, ...]] = field(init=False)
    ledger: dict[int, Figure] = field(init=False)
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "starts", tuple([hit.start for hit in self.analysis.hits]))
        kept = [record for record in all_records(self.extraction) if record.review != "rejected"]
        put(self, "records", {record.id: record for record in kept})
        put(self, "limits", limits(kept))
        put(self, "standing", self.by_sentence(kept))
        lines = ((self.hit(line), line) for line in self.extraction.figures)
        put(self, "ledger", {index: line for index, line in lines if index is not None})

    def by_sentence(self, records: Iterable[Record]) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = defaultdict(list)
        for record in records:
            for number in self.sentences(says(record)):
                found[number].append(record.id)
        return {number: tuple(ids) for number, ids in found.items()}

    def clauses(self, spans: Iterable[Span]) -> set[int]:
        return {number for span in spans for number in self.clauses_of(span)}

    def clauses_of(self, span: Span) -> Iterator[int]:
        view, outline = self.analysis.view, self.analysis.outline
        low = view.clean_at(span.start)
        high = max(view.clean_at(span.end), low + 1)
        yield from outline.clause_index.touching(low, high)

    def sentences(self, spans: Iterable[Span]) -> set[int]:
        return {self.analysis.outline.clauses[number].sentence for number in self.clauses(spans)}

    def hit(self, span: Span) -> int | None:
        """The hit that shares most characters with a span."""
        hits = self.analysis.hits
        first = max(0, bisect_left(self.starts, span.start) - 1)
        last = bisect_left(self.starts, span.end)
        shared = {
            index: min(hits[index].end, span.end) - max(hits[index].start, span.start) for index in range(first, last)
        }
        best = max(shared, key=lambda index: shared[index], default=None)
        return best if best is not None and shared[best] > 0 else None

    def holds(self, record: Record) -> set[int]:
        """The sentences without which a record cannot be understood."""
        spans: list[Span] = list(says(record))
        if isinstance(record, Metric):
            spans += record.evidence
        elif isinstance(record, Goal):
            spans += [found.figure for name in record.metrics if isinstance(found := self.records.get(name), Metric)]
        return self.sentences(spans)

    def led_by(self, record: Record) -> set[int]:
        """The sentences of the times that bind or date it: they may stand far above it."""
        binding = self.sentences(deadline.text for deadline in self.limits.get(record.id, ()))
        return binding | (self.dated_by(record) if isinstance(record, Metric) else set())

    def dated_by(self, metric: Metric) -> set[int]:
        """Where the year of a metric is named, if it is not the one that 今年 means: «全年» may stand below «2023年»."""
        outline, hits = self.analysis.outline, self.analysis.hits
        clause = outline.clause_at(self.analysis.view.clean_at(metric.figure.start))
        year = metric.period.end[:4] if metric.period and metric.period.end else None
        if clause is None or year is None or year == str(outline.this_year[outline.sentence_of(clause).segment]):
            return set()
        own = outline.sentence_of(clause)
        behind = bisect_left(self.starts, metric.figure.start)
        for index in range(behind - 1, max(-1, behind - 1 - FAR), -1):
            time, interval = hits[index].time, outline.intervals[index]
            if time and (time.explicit or time.relative) and interval and (interval.end or "")[:4] == year:
                place = outline.clause_at(hits[index].clean_start)
                found = outline.sentence_of(place) if place else None
                return {found.number} if found and found.segment == own.segment else set()
        return set()


def all_records(extraction: Extraction) -> tuple[Record, ...]:
    return (*extraction.metrics, *extraction.goals, *extraction.projects, *extraction.deadlines)


def says(record: Record) -> tuple[Span, ...]:
    """The places that a reader of the text finds a record at."""
    figures = (quantity.figure for quantity in quantities(record)) if isinstance(record, Project) else ()
    return (*places_of(record), *figures)


def limits(records: Iterable[Record]) -> dict[str, tuple[Deadline, ...]]:
    deadlines = {record.id: record for record in records if isinstance(record, Deadline)}
    found: dict[str, dict[str, Deadline]] = defaultdict(dict)
    for deadline in deadlines.values():
        for name in deadline.applies_to:
            found[name][deadline.id] = deadline
    for record in records:
        for name in named_by(record):
            if name in deadlines:
                found[record.id][name] = deadlines[name]
    return {name: tuple(items.values()) for name, items in found.items()}


def named_by(record: Record) -> Iterator[str]:
    if isinstance(record, Goal):
        yield from record.deadlines
    elif isinstance(record, Project):
        yield from filter(None, (record.deadline, *(milestone.deadline for milestone in record.milestones)))
