"""What a draft says that its chunk does not hold: one message a field, to be sent back once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.analysis import Analysis, hit_index
from extractor.assemble.places import locate
from extractor.assemble.values import agrees, time_index
from extractor.checks.periods import year_against
from extractor.outline.chunks import Chunk
from schemas.draft import ChunkDraft, GoalDraft, MetricDraft, ProjectDraft

GROWTH_IN_NAME = re.compile(r"同比|环比|较上年|增长率?$")
NO_FIGURE = "本段没有这个数字标签"
NO_TIME = "本段没有这个时间标签"


class Problem(NamedTuple):
    """What is wrong with one record: its list, its place there, one message a field."""

    part: str
    number: int
    messages: tuple[str, ...]


def problems(analysis: Analysis, chunk: Chunk, draft: ChunkDraft) -> tuple[Problem, ...]:
    """All that a reader of the chunk alone could object to; empty for a sound draft."""
    figures = {metric.figure for metric in draft.metrics}
    told: Iterable[tuple[str, int, Iterator[str]]] = (
        *(("metrics", at, about_metric(analysis, chunk, metric)) for at, metric in enumerate(draft.metrics)),
        *(("goals", at, about_goal(analysis, chunk, goal, figures)) for at, goal in enumerate(draft.goals)),
        *(("projects", at, about_project(analysis, chunk, project)) for at, project in enumerate(draft.projects)),
    )
    found = (Problem(part, at, tuple(messages)) for part, at, messages in told)
    return tuple(problem for problem in found if problem.messages)


def about_metric(analysis: Analysis, chunk: Chunk, metric: MetricDraft) -> Iterator[str]:
    place = locate(analysis, chunk, metric.figure)
    if place is None or (place.hit and place.hit.role == "time"):
        yield f"figure: {NO_FIGURE}"
        return
    hit = place.hit
    if hit is not None and hit_index(metric.figure) is not None:
        # in a table the head has the unit
        value = -metric.value if metric.direction == "down" and (hit.value or 0) < 0 else metric.value
        bare = not hit.unit and (value, metric.value_max) == (hit.value, hit.value_max)
        if hit.value is not None and not bare and not agrees(hit, value, metric.value_max, metric.unit):
            yield f"value、unit: 原文是「{hit.text}」,你写的是 {metric.value}{metric.unit}"
        if hit.comparator not in ("=", metric.comparator):
            outer = analysis.view.text[hit.clean_outer_start : hit.clean_outer_end]
            yield f"comparator: 「{outer}」应是 {hit.comparator}"
    if GROWTH_IN_NAME.search(metric.name):
        yield f"name: 「{metric.name}」里不应有增长、同比等词"
    yield from about_times(analysis, chunk, (metric.deadline,))
    yield from about_period(analysis, place.start, metric)


def about_period(analysis: Analysis, start: int, metric: MetricDraft) -> Iterator[str]:
    """A clause that names one year, and not as a baseline, sets the year of its figure."""
    clause = analysis.outline.clause_at(start)
    first, _, last = (metric.period or "").partition("/")
    if clause and last:
        year = year_against(analysis.view.text[clause.start : clause.end], first or None, last, metric.baseline)
        if year:
            yield f"period: 句中写的是{year}年,你写的是 {metric.period}"


def about_goal(analysis: Analysis, chunk: Chunk, goal: GoalDraft, figures: set[str]) -> Iterator[str]:
    yield from about_clauses(chunk, goal.clauses)
    if missing := [figure for figure in goal.metrics if figure not in figures]:
        yield f"metrics: {'、'.join(missing)} 不在你给的指标里"
    yield from about_times(analysis, chunk, goal.deadlines)


def about_project(analysis: Analysis, chunk: Chunk, project: ProjectDraft) -> Iterator[str]:
    yield from about_clauses(chunk, project.clauses)
    if not project.clauses:
        yield "clauses: 要写依据的句段编号"
    for field, figure in project_figures(project):
        place = locate(analysis, chunk, figure)
        if place is None or place.hit is None or place.hit.role == "time":
            yield f"{field}: {figure}: {NO_FIGURE}"
    yield from about_times(analysis, chunk, (project.deadline, *(item.deadline for item in project.milestones)))


def about_clauses(chunk: Chunk, numbers: Sequence[int]) -> Iterator[str]:
    known = {number for sentence in chunk.sentences for number in sentence.clauses}
    if unknown := [str(number) for number in numbers if number not in known]:
        yield f"clauses: 本段没有句段 {'、'.join(unknown)}"


def about_times(analysis: Analysis, chunk: Chunk, references: Iterable[str | None]) -> Iterator[str]:
    for reference in filter(None, references):
        index = time_index(analysis, reference)
        if index is None or index not in chunk.hits:
            yield f"deadline: {reference}: {NO_TIME}"


def project_figures(project: ProjectDraft) -> Iterator[tuple[str, str]]:
    """Each figure that a project claims, with the field that claims it."""
    for field in ("total_investment", "annual_investment"):
        figure = getattr(project, field)
        if figure:
            yield field, figure
    for item in project.capacity:
        yield "capacity", item.figure


def said_figures(draft: ChunkDraft) -> set[str]:
    """Every reference that a draft answers for."""
    said = {metric.figure for metric in draft.metrics}
    said |= {figure for other in draft.others for figure in other.figures}
    return said | {figure for project in draft.projects for _, figure in project_figures(project)}


def unanswered(analysis: Analysis, chunk: Chunk, draft: ChunkDraft) -> tuple[int, ...]:
    """The open hits of the chunk that no record and no role answers for."""
    places = (locate(analysis, chunk, reference) for reference in said_figures(draft))
    answered = {place.index for place in places if place}
    return tuple(index for index in chunk.hits if analysis.hits[index].role is None and index not in answered)
