"""The ledger: every hit once, with its role and the record that uses it."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import TypeAdapter

from extractor.analysis import Analysis
from extractor.assemble.records import Builder
from extractor.assemble.roles import Said, said_of_figures
from extractor.engines import Drafted
from schemas.deadline import Deadline
from schemas.figure import Figure
from schemas.vocabulary import Role

FIGURES = TypeAdapter(tuple[Figure, ...])  # the longest list of all: to make it at once takes half the time


def fill_ledger(
    analysis: Analysis, drafted: Sequence[Drafted], builder: Builder, deadlines: Sequence[Deadline]
) -> tuple[Figure, ...]:
    """A record's role comes first, then the engine's word, then the recogniser's; boilerplate is context."""
    bound = {(deadline.text.start, deadline.text.end): deadline.id for deadline in deadlines}
    return FIGURES.validate_python(tuple(lines(analysis, said_of_figures(analysis, drafted, builder), builder, bound)))


def lines(
    analysis: Analysis, said: Mapping[int, Said], builder: Builder, bound: dict[tuple[int, int], str]
) -> Iterator[dict[str, object]]:
    for index, hit in enumerate(analysis.hits):
        role: Role
        record: str | None = None
        why: str | None = None
        if index in builder.metric_hits:
            role, record = "metric", builder.metric_hits[index]
        elif index in builder.project_hits:
            role, record = "project", builder.project_hits[index]
        elif (hit.outer_start, hit.outer_end) in bound:
            role, record = "deadline", bound[hit.outer_start, hit.outer_end]
        elif index in said:
            role, record, why = said[index]
        else:
            role = hit.role or default_role(analysis, hit.clean_start)
        interval = analysis.interval(index)
        yield {
            "id": f"f{index + 1}",
            "start": hit.start,
            "end": hit.end,
            "text": hit.text,
            "kind": hit.kind,
            "value": hit.value,
            "value_max": hit.value_max,
            "unit": hit.unit,
            "normalized": hit.base
            and {"value": hit.base.value, "value_max": hit.base.value_max, "unit": hit.base.unit},
            "comparator": hit.comparator,
            "role": role,
            "record": record,
            "why": why,
            "date_start": interval.start if interval else None,
            "date_end": interval.end if interval else None,
            "precision": interval.precision if interval else None,
        }


def default_role(analysis: Analysis, offset: int) -> Role:
    return "unexplained" if analysis.outline.clause_at(offset) else "context"
