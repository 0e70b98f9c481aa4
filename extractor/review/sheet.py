"""One document as a reviewer sees it: its text, what now stands of it, and what may be said about each record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractor.analysis import Analysis
from extractor.review.history import Reviewed, folded
from extractor.review.keys import (
    MODELS,
    Portable,
    Record,
    figure_key,
    finding_key,
    free_key,
    keyed,
    kind_of,
    places_of,
    portable,
)
from extractor.review.merging import Merged, as_it_is, merge
from schemas.correction import Correction
from schemas.deadline import Deadline
from schemas.document import Extraction
from schemas.figure import Figure
from schemas.finding import Finding
from schemas.metric import Metric


@dataclass(frozen=True, eq=False)
class Sheet:
    """`result` is the number of the stored result that lies below. Records are known by key, see `keys`. It never changes."""

    document: str
    result: int
    raw: str
    analyse: Callable[[], Analysis]
    merged: Merged
    reviewed: Mapping[str, Reviewed]
    log: Sequence[Correction]

    @property
    def analysis(self) -> Analysis:
        """Worked out when it is asked for: only a decision needs it."""
        return self.analyse()

    @property
    def extraction(self) -> Extraction:
        return self.merged.extraction

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Every record by its key, in the order goals, metrics, projects, deadlines; rejected ones are among them."""
        by_id = {record.id: record for record in keyed(self.extraction).values()}
        return {key: by_id[name] for key, name in self.merged.id_of.items() if name in by_id}

    def version(self, key: str) -> int:
        """How often a record was saved: what the next save has to name."""
        item = self.reviewed.get(key)
        return item.version if item else 0

    def current(self, key: str) -> Portable | None:
        """What a record is now, with keys for references; a line of the ledger and a finding alike. `None` is none."""
        item = self.reviewed.get(key)
        kind = kind_of(key)
        if kind == "figure":
            figure = self.figure(key)
            return figure_state(figure, item) if figure else None
        if kind == "finding":
            known = any(finding_key(finding) == key for finding in self.extraction.checks)
            return {"review": item.review if item else "unreviewed"} if known or item else None
        if item is not None:
            return item.record
        found = self.records.get(key)
        return portable(found, self.key_of) if found else None

    @cached_property
    def key_of(self) -> Mapping[str, str]:
        """The key of each id."""
        return {name: key for key, name in self.merged.id_of.items()}

    def figure(self, key: str) -> Figure | None:
        return next((figure for figure in self.extraction.figures if figure_key(figure) == key), None)

    def holder(self, record: Record) -> str | None:
        """The standing metric or deadline on the same words: one figure has one record, one time one deadline."""
        if not isinstance(record, Metric | Deadline):
            return None
        places = places_of(record)
        return next(
            (
                key
                for key, other in self.records.items()
                if type(other) is type(record) and other.review != "rejected" and places_of(other) == places
            ),
            None,
        )

    def new_key(self, record: Record) -> str:
        """A key for a record that is to be added: free here, and never used by one that was decided about."""
        kind = next(kind for kind, model in MODELS.items() if isinstance(record, model))
        return free_key(kind, places_of(record), {**self.merged.id_of, **self.reviewed})

    def open_findings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.extraction.checks if not finding.settled)


def figure_state(figure: Figure, item: Reviewed | None) -> Portable:
    state: dict[str, Any] = {"role": figure.role, "start": figure.start, "end": figure.end, "text": figure.text}
    return state | {"review": item.review if item else "unreviewed"}


def make_sheet(
    document: str,
    result: int,
    extraction: Extraction,
    raw: str,
    analyse: Callable[[], Analysis],
    bases: Mapping[str, Mapping[str, Any]],
    log: Sequence[Correction],
) -> Sheet:
    reviewed = folded(bases, log)
    merged = merge(extraction, analyse(), reviewed, result) if reviewed else as_it_is(extraction)
    return Sheet(document, result, raw, analyse, merged, reviewed, log)
