"""What a draft says that its chunk does not hold: one message a field, to be sent back once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.analysis import Analysis, hit_index
from extractor.assemble.above import shows
from extractor.assemble.places import locate
from extractor.assemble.values import time_index
from extractor.checks.periods import year_against
from extractor.engines.readings import may_be_compared, may_be_read
from extractor.outline.chunks import Chunk
from extractor.recognise import Hit
from schemas.draft import ChunkDraft, GoalDraft, MetricDraft, ProjectDraft

# growth rates («…增长率», «年均增速») and «稳增长», «经济增长» are names of their own
GROWTH_IN_NAME = re.compile(r"同比|环比|较上年|(?<!经济)(?<!自然)(?<!稳)(?<!促)增长$")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
NO_FIGURE = "本段没有这个数字标签"
NO_TIME = "本段没有这个时间标签"


class Problem(NamedTuple):
    """What is wrong with one record: its list, its place there, one message a field."""

    part: str
    number: int
    messages: tuple[str, ...]


def problems(analysis: Analysis, chunk: Chunk, draft: ChunkDraft) -> tuple[Problem, ...]:
    """All that a reader of the chunk alone could object to; empty for a sound draft."""
    judge = Judge(analysis, chunk, draft)
    records: tuple[tuple[str, int, MetricDraft | GoalDraft | ProjectDraft], ...] = (
        *(("metrics", at, record) for at, record in enumerate(draft.metrics)),
        *(("goals", at, record) for at, record in enumerate(draft.goals)),
        *(("projects", at, record) for at, record in enumerate(draft.projects)),
    )
    found = (Problem(part, at, judge(record)) for part, at, record in records)
    return tuple(problem for problem in found if problem.messages)


class Judge:
    """Says what is wrong with a record beside the other records of a draft."""

    def __init__(self, analysis: Analysis, chunk: Chunk, *drafts: ChunkDraft) -> None:
        self.analysis, self.chunk = analysis, chunk
        self.figures = {metric.figure for draft in drafts for metric in draft.metrics}
        self.years = {head.segment: head.year for draft in drafts for head in draft.segments if head.year}

    def beside(self, *drafts: ChunkDraft) -> "Judge":
        return Judge(self.analysis, self.chunk, *drafts)

    def __call__(self, record: MetricDraft | GoalDraft | ProjectDraft) -> tuple[str, ...]:
        match record:
            case MetricDraft():
                found = about_metric(self.analysis, self.chunk, record)
                return (*found, *about_own_year(self.analysis, self.years, record))
            case GoalDraft():
                return tuple(about_goal(self.analysis, self.chunk, record, self.figures))
            case _:
                return tuple(about_project(self.analysis, self.chunk, record))


def about_metric(analysis: Analysis, chunk: Chunk, metric: MetricDraft) -> Iterator[str]:
    place = locate(analysis, chunk, metric.figure)
    if place is None or (place.hit and place.hit.role == "time"):
        yield f"figure: {NO_FIGURE}"
        return
    hit = place.hit
    if hit is not None and hit_index(metric.figure) is not None:
        if not reads(analysis, hit, metric):
            yield f"value、unit: 原文是「{hit.text}」,你写的是 {metric.value}{metric.unit}"
        if not may_be_compared(analysis, hit, metric.comparator):
            outer = analysis.view.text[hit.clean_outer_start : hit.clean_outer_end]
            yield f"comparator: 「{outer}」应是 {hit.comparator}"
    if GROWTH_IN_NAME.search(QUOTED.sub("", metric.name)):
        yield f"name: 「{metric.name}」里不应有增长、同比等词"
    yield from about_times(analysis, chunk, (metric.deadline,))
    yield from about_period(analysis, place.start, metric)


def reads(analysis: Analysis, hit: Hit, metric: MetricDraft) -> bool:
    """A written minus may be told by `direction`. In a table the head has the unit: a bare number is right with any."""
    values = [metric.value, -metric.value] if (hit.value or 0) < 0 and metric.value_max is None else [metric.value]
    bare = not hit.unit and any((value, metric.value_max) == (hit.value, hit.value_max) for value in values)
    return bare or any(may_be_read(analysis, hit, value, metric.value_max, metric.unit) for value in values)


def about_period(analysis: Analysis, start: int, metric: MetricDraft) -> Iterator[str]:
    """A clause that names one year, and not as a baseline, sets the year of its figure."""
    clause = analysis.outline.clause_at(start)
    first, _, last = (metric.period or "").partition("/")
    if clause and last:
        year = year_against(analysis.view.text[clause.start : clause.end], first or None, last, metric.baseline)
        if year:
            yield f"period: 句中写的是{year}年,你写的是 {metric.period}"


def about_own_year(analysis: Analysis, years: Mapping[str, int], metric: MetricDraft) -> Iterator[str]:
    """Who says that 今年 is 2024 cannot let a target of 今年 end in 2023. The rules' own word on the year is no proof."""
    index = time_index(analysis, metric.deadline)
    if index is None or not metric.period or not metric.period[-10:-6].isdecimal():
        return
    hit, interval = analysis.hits[index], analysis.interval(index)
    clause = analysis.outline.clause_at(hit.clean_start)
    if (
        clause is None
        or hit.time is None
        or hit.time.explicit
        or hit.time.recurring
        or not interval
        or not interval.end
    ):
        return
    segment = analysis.outline.sentence_of(clause).segment
    own = years.get(analysis.segment_id(segment))
    if own and own == analysis.outline.this_year[segment] and interval.end[:4] != metric.period[-10:-6]:
        yield f"period: 你写「今年」是{own}年,「{hit.text}」就在{interval.end[:4]}年,而这里写的是 {metric.period}"


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
        if index is None or not shows(analysis, chunk, index):
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
