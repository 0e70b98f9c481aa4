"""Metrics by rule: every open figure of a sentence that no role takes is one."""

import re
from collections.abc import Sequence

from extractor.analysis import label
from extractor.engines.offline.names import SPEED, measure_of
from extractor.engines.offline.naming import distributed, name_of, reading_of
from extractor.engines.offline.periods import (
    NOW,
    Governor,
    governors,
    labelled_limit,
    period_of,
    stays,
    title_period,
    whole_years,
)
from extractor.engines.offline.roles import Told, told_of
from extractor.engines.offline.scene import FigureScene, Scene, State
from extractor.engines.offline.status import status_of
from extractor.outline import Clause
from extractor.values import value
from schemas.base import Period
from schemas.draft import MetricDraft
from schemas.vocabulary import Status

REPORTED = re.compile(r"(?:获悉|了解到|介绍|表示|指出|显示|提出|核算|统计|测算)[,:]?$")
# «招商局牵头,6月30日前…», «支持某集团做大做强,2029年…»: who is told to reach it
DUTY = re.compile(
    r"(?:由)?(?P<organ>[一-鿿]{2,10}?(?:局|委|办|公司|集团))(?=牵头|负责|要|须|应|\d|[一二三四]季度|年底|年内|全年)"
    r"|支持(?P<firm>[一-鿿]{2,20}?(?:公司|集团))做[大优强]"
)
RANKED = re.compile(r"排名|位次|名次|等级")
YEARLY_SPEED = re.compile(r"年均(?:增速|增幅|降幅)$")
MEASURED_AGAINST = re.compile(r"(?:完成|占)([一-鿿]{1,6}(?:任务|计划|目标))的?$")


@value
class Read:
    """What a sentence's figures turned out to be; what stays open is in neither."""

    metrics: tuple[MetricDraft, ...]
    roles: tuple[tuple[str, Told], ...]


def read_sentence(
    scene: Scene,
    indexes: Sequence[int],
    by_clause: dict[int, list[int]],
    taken: set[int],
    state: State,
    limit: Governor | None = None,
) -> Read:
    """Read the open figures of a sentence that no project or table has `taken`. `limit` is one stated behind it."""
    metrics: list[MetricDraft] = []
    roles: list[tuple[str, Told]] = []
    hits = scene.analysis.hits
    state.enter(scene)
    if indexes:
        state.governor = labelled_limit(scene.analysis, indexes) or limit or state.governor
    clauses = scene.analysis.outline.clauses
    says_now = NOW.search(scene.text, scene.sentence.start, scene.sentence.end)
    for number in scene.sentence.clauses if indexes or says_now else ():
        clause = clauses[number]
        before = state.governor
        if says_now and NOW.match(scene.text, clause.start):
            state.governor = state.topic = None
        inside = by_clause.get(number)
        if not inside:
            continue
        times = [
            (place, governor)
            for place, governor in governors(scene.analysis, clause, inside)
            if not stays(scene.analysis, state.governor, governor)
        ]
        if times:
            open_clause(scene, clause, times, state)
        figures = tuple(index for index in inside if hits[index].role is None and index not in taken)
        boundary = clause.start
        for index in figures:
            govern(times, hits[index].clean_start, state)
            figure = FigureScene(scene, clause, index, hits[index], figures, boundary)
            told = told_of(figure)
            if told:
                roles.append((label(index, hits[index]), told))
                continue
            metrics.append(metric(figure, state))
            boundary = hits[index].clean_outer_end
        if times and before and averages(scene, times[-1][1]):
            state.governor = before
    state.leave(scene)
    return Read(tuple(metrics), tuple(roles))


def open_clause(scene: Scene, clause: Clause, times: Sequence[tuple[int, Governor]], state: State) -> None:
    """The first time of a clause begins to govern, on and on if it opens the sentence."""
    place, state.governor = times[0]
    if place - scene.sentence.start <= 4 or reported(scene, clause, place):
        state.topic = state.governor


def reported(scene: Scene, clause: Clause, place: int) -> bool:
    """«记者从…获悉,今年上半年,…»: the time opens what is reported."""
    number = clause.number - 1
    if place != clause.start or number < scene.sentence.clauses.start:
        return False
    return bool(REPORTED.search(scene.words(scene.analysis.outline.clauses[number])))


def govern(times: Sequence[tuple[int, Governor]], place: int, state: State) -> None:
    """The last time before a figure is the one that governs it."""
    for start, governor in times:
        if start < place and governor != state.governor:
            state.governor = governor


def averages(scene: Scene, governor: Governor) -> bool:
    """«到2027年,…,2025—2027年年均增速14%;…»: the years of an average govern it alone."""
    end = scene.analysis.hits[governor.index].clean_outer_end
    return scene.text.startswith(("年均", "平均", "间年均", "期间年均"), end)


def metric(figure: FigureScene, state: State) -> MetricDraft:
    scene, hit = figure.scene, figure.hit
    name, reading = distributed(figure, state) or ("", reading_of(figure))
    name = name or name_of(figure, reading, state)
    measure = measure_of(hit.kind, hit.unit, name, reading)
    if measure == "growth" and reading.yearly and not SPEED.search(name):
        name += "年均增速"
    if measure == "rank" and not RANKED.search(name):
        name += "排名"
    if hit.kind == "count" and name.endswith("数"):
        state.counted = (figure.clause.group, name[:-1])
    if not SPEED.fullmatch(name):
        state.names.append(YEARLY_SPEED.sub("", name))
    governed = governed_period(scene, state.governor, yearly=reading.yearly or "年均" in name)
    before = scene.text[scene.sentence.start : hit.clean_start]
    status = status_of(before, scene.words(figure.clause), scene.mood, governed, scene.year, state.status)
    state.status = status
    duty = DUTY.match(before[before.rfind(";") + 1 :])
    against = MEASURED_AGAINST.search(figure.before)
    return MetricDraft(
        figure=label(figure.index, hit),
        name=name,
        value=hit.value or 0,
        value_max=hit.value_max,
        unit=hit.unit,
        comparator=hit.comparator,
        measure=measure,
        direction="down" if reading.down else None,
        status=status,
        actor=(duty["organ"] or duty["firm"]) if duty and status == "target" else None,
        period=written(governed or fallback(scene, name, status)),
        baseline=reading.baseline or (against.group(1) if against else None),
        deadline=tag(scene, state.governor) if status == "target" else None,
    )


def governed_period(scene: Scene, governor: Governor | None, *, yearly: bool) -> Period | None:
    if governor is None:
        return None
    since = since_year(scene) if yearly else None
    return period_of(governor.interval, scene.analysis, governor.index, yearly=yearly, since=since)


def fallback(scene: Scene, name: str, status: Status) -> Period | None:
    """Without a time of its own: «年度…» is the document's year; targets, and figures under a heading, have the title's."""
    if "年度" in name and scene.year:
        return whole_years(scene.year, scene.year)
    return scene.default if status == "target" or scene.sentence.heading else None


def since_year(scene: Scene) -> int | None:
    """Where a yearly average starts: with the plan's first year, else with the year of the document."""
    period = title_period(scene.part)
    if period and period.start and period.end and period.start[:4] != period.end[:4]:
        return int(period.start[:4])
    return scene.year


def written(period: Period | None) -> str | None:
    return f"{period.start or ''}/{period.end or ''}" if period and (period.start or period.end) else None


def tag(scene: Scene, governor: Governor | None) -> str | None:
    return label(governor.index, scene.analysis.hits[governor.index]) if governor else None
