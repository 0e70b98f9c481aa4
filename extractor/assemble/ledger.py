"""The ledger: every hit once, with its role, the reason of that role and the record that uses it."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import TypeAdapter

from extractor.analysis import Analysis
from extractor.assemble.records import Builder
from extractor.assemble.repeats import Quantities, by_quantity, repeated
from extractor.assemble.roles import Told, said_of_figures
from extractor.engines import Drafted
from schemas.deadline import Deadline
from schemas.figure import Figure

FIGURES = TypeAdapter(tuple[Figure, ...])  # the longest list of all: to make it at once takes half the time


OPEN = Told("unexplained")
LEFT_OUT = Told("boilerplate", "正文之外")
INSTRUCTION = Told("context", "对模型的指令")


def fill_ledger(
    analysis: Analysis, drafted: Sequence[Drafted], builder: Builder, deadlines: Sequence[Deadline]
) -> tuple[Figure, ...]:
    bound = {(deadline.text.start, deadline.text.end): deadline.id for deadline in deadlines}
    return FIGURES.validate_python(tuple(lines(analysis, said_of_figures(analysis, drafted, builder), builder, bound)))


def lines(
    analysis: Analysis, said: Mapping[int, Told], builder: Builder, bound: dict[tuple[int, int], str]
) -> Iterator[dict[str, object]]:
    quantities = by_quantity(builder.metrics)
    for index, hit in enumerate(analysis.hits):
        told = told_of(analysis, index, said, builder, bound)
        role, why, record = again(analysis, index, quantities) if told is OPEN else told
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


def told_of(
    analysis: Analysis,
    index: int,
    said: Mapping[int, Told],
    builder: Builder,
    bound: Mapping[tuple[int, int], str],
) -> Told:
    """A record's role comes first, then the engine's word, then the recogniser's, then where the figure stands."""
    hit = analysis.hits[index]
    if index in builder.metric_hits:
        return Told("metric", record=builder.metric_hits[index])
    if index in builder.project_hits:
        return Told("project", record=builder.project_hits[index])
    if (hit.outer_start, hit.outer_end) in bound:
        return Told("deadline", record=bound[hit.outer_start, hit.outer_end])
    if index in said:
        return said[index]
    return Told(hit.role, hit.why) if hit.role else by_place(analysis, hit.clean_start)


def by_place(analysis: Analysis, offset: int) -> Told:
    """Nobody speaks of it: open in the body, boilerplate around it; text that speaks to a model is kept from everyone."""
    if any(start <= offset < end for start, end in analysis.outline.instructions):
        return INSTRUCTION
    return OPEN if analysis.outline.clause_at(offset) else LEFT_OUT


def again(analysis: Analysis, index: int, quantities: Quantities) -> Told:
    """An open figure may say what a metric says already."""
    metric = repeated(analysis, index, quantities)
    return Told("repeat", f"重复:{metric}", metric) if metric else OPEN


def share_explained(figures: Sequence[Figure]) -> float:
    """Of the figures in the text itself; of a text without figures all are."""
    body = [figure for figure in figures if figure.role != "boilerplate"]
    return round(sum(figure.role != "unexplained" for figure in body) / len(body), 4) if body else 1.0
