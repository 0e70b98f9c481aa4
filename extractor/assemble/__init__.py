"""From drafts to the contract: ids become spans, periods are resolved, duplicates joined, the ledger filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.analysis import Analysis
from extractor.assemble.ledger import fill_ledger
from extractor.assemble.records import Builder
from extractor.engines import Drafted
from schemas.deadline import Deadline
from schemas.document import Segment
from schemas.figure import Figure
from schemas.finding import Finding
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project

__all__ = ["Records", "assemble"]


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that stands in the contract between `document` and `checks`. `lost` is what could not be grounded."""

    segments: tuple[Segment, ...]
    goals: tuple[Goal, ...]
    metrics: tuple[Metric, ...]
    projects: tuple[Project, ...]
    deadlines: tuple[Deadline, ...]
    figures: tuple[Figure, ...]
    lost: tuple[Finding, ...]


def assemble(analysis: Analysis, drafted: Sequence[Drafted]) -> Records:
    """The heads of segments are taken from the analysis: `with_heads` has them corrected before."""
    builder = Builder(analysis)
    for item in drafted:
        builder.add(item)
    metrics, goals, projects, deadlines = builder.finish()
    return Records(
        segments=tuple(segments(analysis)),
        goals=goals,
        metrics=metrics,
        projects=projects,
        deadlines=deadlines,
        figures=fill_ledger(analysis, drafted, builder, deadlines),
        lost=tuple(builder.lost),
    )


def segments(analysis: Analysis) -> Sequence[Segment]:
    return [
        Segment(
            id=analysis.segment_id(number),
            start=analysis.view.raw_at(part.start),
            end=analysis.view.raw_span(part.start, part.end)[1],
            title=part.title,
            actor=part.actor,
            published=part.published,
            doc_number=part.doc_number,
            issuer=part.issuer,
            delivered=part.delivered,
            region=part.region,
            year=analysis.outline.scopes.anchors[number].source,
        )
        for number, part in enumerate(analysis.outline.parts)
    ]
