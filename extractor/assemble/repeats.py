"""Figures that say a metric again: same value, unit and segment, and the words of its name around them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractor.analysis import Analysis
from extractor.outline import Clause
from extractor.recognise import Hit
from schemas.metric import Metric

ENOUGH = 0.6  # of the pairs of characters of the name: a guess, on the safe side
SHORTEST = 3

Quantities = Mapping[tuple[object, ...], Sequence[Metric]]


def by_quantity(metrics: Sequence[Metric]) -> Quantities:
    found: dict[tuple[object, ...], list[Metric]] = defaultdict(list)
    known: set[tuple[object, ...]] = set()
    for metric in metrics:
        base = metric.normalized
        said = (metric.segment, base.value, base.value_max, base.unit)
        if (
            *said,
            metric.name,
            metric.comparator,
            metric.period,
        ) not in known:  # of those that differ in no more, the first
            known.add((*said, metric.name, metric.comparator, metric.period))
            found[said].append(metric)
    return found


def repeated(analysis: Analysis, index: int, quantities: Quantities) -> str | None:
    """The metric that an open figure says again; of two with different names it may say either, so it says none."""
    hit = analysis.hits[index]
    clause = analysis.outline.clause_at(hit.clean_start)
    if clause is None or hit.base is None or hit.value is None:
        return None
    segment = analysis.segment_id(analysis.outline.sentence_of(clause).segment)
    alike = quantities.get((segment, hit.base.value, hit.base.value_max, hit.base.unit), ())
    found = [metric for metric in alike if says(analysis, clause, hit, metric)]
    return found[0].id if len({metric.name for metric in found}) == 1 else None


def says(analysis: Analysis, clause: Clause, hit: Hit, metric: Metric) -> bool:
    if metric.comparator != hit.comparator and "=" not in (metric.comparator, hit.comparator):
        return False
    pairs = {*pairwise(metric.name)}
    words = {*pairwise(analysis.view.text[clause.start : clause.end])}
    named = len(metric.name) >= SHORTEST and len(pairs & words) >= ENOUGH * len(pairs)
    return named and all(end == (metric.period and metric.period.end) for end in ends_in(analysis, clause))


def ends_in(analysis: Analysis, clause: Clause) -> Iterator[str | None]:
    """The times that the clause names: «2023年增长8%» and «2024年增长8%» are two figures."""
    hits = analysis.hits
    first, behind = (bisect_left(hits, end, key=lambda hit: hit.clean_start) for end in (clause.start, clause.end))
    for index in range(first, behind):
        if hits[index].time is not None:
            interval = analysis.interval(index)
            if interval and interval.end:
                yield interval.end
