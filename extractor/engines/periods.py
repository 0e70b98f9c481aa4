"""The time of targets that a model gave none: the one in force where they stand, as the rules read it."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.analysis import Analysis
from extractor.engines import Drafted
from extractor.engines.offline import draft_chunk
from schemas.draft import MetricDraft


def with_periods(analysis: Analysis, drafted: Sequence[Drafted]) -> list[Drafted]:
    """A model often leaves out what a heading, a title or the limit in the next cell says; a period that it gave stands."""
    return [completed(analysis, item) for item in drafted]


def completed(analysis: Analysis, item: Drafted) -> Drafted:
    if item.origin != "llm" or not any(is_bare(metric) for metric in item.draft.metrics):
        return item
    told = {metric.figure: metric.period for metric in draft_chunk(analysis, item.chunk).metrics}
    metrics = tuple(
        metric.model_copy(update={"period": told.get(metric.figure)}) if is_bare(metric) else metric
        for metric in item.draft.metrics
    )
    return replace(item, draft=item.draft.model_copy(update={"metrics": metrics}))


def is_bare(metric: MetricDraft) -> bool:
    return metric.status == "target" and metric.period is None
