"""The ledger: every hit once, with its role and the record that uses it."""

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from extractor.analysis import Analysis, hit_index
from extractor.assemble.records import Builder
from extractor.engines import Drafted
from schemas.deadline import Deadline
from schemas.figure import Figure
from schemas.vocabulary import Role

FIGURES = TypeAdapter(tuple[Figure, ...])  # the longest list of all: to make it at once takes half the time


def fill_ledger(
    analysis: Analysis, drafted: Sequence[Drafted], builder: Builder, deadlines: Sequence[Deadline]
) -> tuple[Figure, ...]:
    """A record's role comes first, then the engine's word, then the recogniser's; boilerplate is context."""
    said: dict[int, Role] = {}
    for item in drafted:
        for other in item.draft.others:
            for reference in other.figures:
                index = hit_index(reference)
                if index is not None and index in item.chunk.hits:
                    said.setdefault(index, other.role)
    bound = {(deadline.text.start, deadline.text.end): deadline.id for deadline in deadlines}
    return FIGURES.validate_python(tuple(lines(analysis, said, builder, bound)))


def lines(
    analysis: Analysis, said: dict[int, Role], builder: Builder, bound: dict[tuple[int, int], str]
) -> Iterator[dict[str, object]]:
    for index, hit in enumerate(analysis.hits):
        role: Role
        record: str | None = None
        if index in builder.metric_hits:
            role, record = "metric", builder.metric_hits[index]
        elif index in builder.project_hits:
            role, record = "project", builder.project_hits[index]
        elif (hit.outer_start, hit.outer_end) in bound:
            role, record = "deadline", bound[hit.outer_start, hit.outer_end]
        else:
            role = said.get(index) or hit.role or default_role(analysis, hit.clean_start)
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
            "date_start": interval.start if interval else None,
            "date_end": interval.end if interval else None,
            "precision": interval.precision if interval else None,
        }


def default_role(analysis: Analysis, offset: int) -> Role:
    return "unexplained" if analysis.outline.clause_at(offset) else "context"
