"""What drafts say of the figures that no record owns: their role, the record that they repeat, the reason."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.analysis import Analysis
from extractor.assemble.places import locate
from extractor.assemble.records import Builder
from extractor.engines import Drafted
from schemas.draft import RoleDraft
from schemas.vocabulary import Role


class Told(NamedTuple):
    """What a figure is. A role has the record that it serves or the reason that somebody gave; an open one has neither."""

    role: Role
    why: str | None = None
    record: str | None = None


def said_of_figures(analysis: Analysis, drafted: Sequence[Drafted], builder: Builder) -> dict[int, Told]:
    """By hit; the first word on each counts. A repetition of nothing explains nothing, and is left out."""
    found: dict[int, Told] = {}
    for item in drafted:
        by_model = "模型判断" if item.origin == "llm" else None
        for other in item.draft.others:
            for index in indexes(analysis, item, other):
                if other.role != "repeat":
                    found.setdefault(index, Told(other.role, other.why or by_model))
                elif record := repeated(analysis, builder, item, other, index):
                    found.setdefault(index, Told("repeat", other.why or f"重复:{record}", record))
    return found


def indexes(analysis: Analysis, item: Drafted, other: RoleDraft) -> Iterator[int]:
    for reference in other.figures:
        place = locate(analysis, item.chunk, reference)
        if place is not None and place.index is not None:
            yield place.index


def repeated(analysis: Analysis, builder: Builder, item: Drafted, other: RoleDraft, index: int) -> str | None:
    """The record of the figure named; without one, the metric of the same segment with the same value, which may stand in another chunk."""
    place = locate(analysis, item.chunk, other.repeats) if other.repeats else None
    if place is not None and place.index is not None and place.index != index:
        return builder.metric_hits.get(place.index) or builder.project_hits.get(place.index)
    hit = analysis.hits[index]
    segment = builder.segment_of(item, hit.clean_start)
    return next(
        (
            metric.id
            for metric in builder.metrics
            if metric.segment == segment
            and hit.base is not None
            and (metric.normalized.value, metric.normalized.unit) == (hit.base.value, hit.base.unit)
        ),
        None,
    )
