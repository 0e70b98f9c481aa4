"""Metrics by rule: every open figure of a sentence that no role takes is one."""

import re
from collections.abc import Sequence

from extractor.analysis import label
from extractor.engines.offline.actors import actor_of_figure, subjects
from extractor.engines.offline.names import SPEED, measure_of
from extractor.engines.offline.naming import distributed, name_of, reading_of
from extractor.engines.offline.periods import (
    at_the_end,
    governing,
    is_near,
    labelled_limit,
    loosely,
    of_interval,
    period_of,
    since_year,
    whole_years,
    written,
)
from extractor.engines.offline.ratios import ratio_part
from extractor.engines.offline.roles import Told, told_of
from extractor.engines.offline.scene import FigureScene, Scene, State
from extractor.engines.offline.status import status_of
from extractor.outline import Scope
from extractor.outline.names.places import Name
from extractor.values import value
from schemas.base import Period
from schemas.draft import MetricDraft
from schemas.vocabulary import Measure, Status

# «招商局牵头,6月30日前…», «支持某集团做大做强,2029年…»: who is told to reach it
DUTY = re.compile(
    r"(?:由)?(?P<organ>[一-鿿]{2,10}?(?:局|委|办|公司|集团))(?=牵头|负责|要|须|应|\d|[一二三四]季度|年底|年内|全年)"
    r"|支持(?P<firm>[一-鿿]{2,20}?(?:公司|集团))做[大优强]"
)
PLANNED_SUM = re.compile(r"度?计划(?:完成)?投资")  # «2026年计划投资» is a name
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
    limit: Scope | None = None,
) -> Read:
    """Read the open figures of a sentence that no project or table has `taken`. `limit` is one stated behind it."""
    metrics: list[MetricDraft] = []
    roles: list[tuple[str, Told]] = []
    hits = scene.analysis.hits
    scopes = scene.analysis.outline.scopes
    state.enter(scene)
    if indexes:
        limit = labelled_limit(scene.analysis, indexes) or limit
    has_open = any(hits[index].role is None and index not in taken for index in indexes)
    found = tuple(subjects(scene)) if has_open else ()
    clauses = scene.analysis.outline.clauses
    for number in scene.sentence.clauses if indexes else ():
        inside = by_clause.get(number)
        if not inside:
            continue
        clause = clauses[number]
        figures = tuple(index for index in inside if hits[index].role is None and index not in taken)
        boundary = clause.start
        for index in figures:
            chain = scopes.at(number, hits[index].clean_start)
            figure = FigureScene(scene, clause, index, hits[index], figures, boundary, chain, limit)
            if hits[index].value is None:
                continue  # «增速保持两位数»: only a class is told
            part = ratio_part(figure) if hits[index].kind == "percent" else None
            told = part if isinstance(part, Told) else None if part else told_of(figure)
            if told:
                roles.append((label(index, hits[index]), told))
                continue
            drafted = metric(figure, state, found)
            if isinstance(part, str):
                drafted = drafted.model_copy(update={"name": part, "measure": "share"})
            if not drafted.name.strip():
                continue  # a figure that nothing names stays open
            metrics.append(drafted)
            boundary = hits[index].clean_outer_end
    state.leave(scene)
    return Read(tuple(metrics), tuple(roles))


def metric(figure: FigureScene, state: State, found: Sequence[Name]) -> MetricDraft:
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
    scope = governing(figure.chain, figure.limit)
    governed = governed_period(figure, scope, measure, yearly=reading.yearly or "年均" in name)
    before = scene.text[scene.sentence.start : hit.clean_start]
    tasked = any(scope.reach == "row" for scope in figure.chain)
    words = scene.words(figure.clause)
    status = status_of(before, words, scene.mood, governed, scene.anchor, state.status, tasked=tasked)
    state.status = status
    duty = DUTY.match(before[before.rfind(";") + 1 :])
    charged = (duty["organ"] or duty["firm"]) if duty and status == "target" else None
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
        actor=charged or actor_of_figure(scene, found, hit.clean_start),
        period=written(governed or fallback(figure, name, status)),
        baseline=reading.baseline or (against.group(1) if against else None),
        deadline=tag(scene, scope) if status == "target" else None,
    )


def governed_period(figure: FigureScene, scope: Scope | None, measure: Measure, *, yearly: bool) -> Period | None:
    if scope is None or scope.is_open:
        return None
    time = figure.scene.analysis.hits[scope.hit].time if scope.hit is not None else None
    limit = time is not None and time.relation == "by"
    since = since_year(figure.chain, scope, figure.scene.year, limit=limit) if yearly else None
    period = period_of(scope, figure.scene.analysis, yearly=yearly, since=since)
    if yearly or (scope.interval.precision == "plan" and (scope.source == "stated" or scope.reach == "paragraph")):
        return period  # «“十三五”期间,…达到…»: the text says which years
    bound = figure.scene.text[figure.hit.clean_outer_start : figure.hit.clean_start]  # 突破, 接近
    return at_the_end(period, figure.before + bound, measure)


def fallback(figure: FigureScene, name: str, status: Status) -> Period | None:
    """Without a time of its own: «年度…» is the document's year; targets, and figures under a heading, have the title's."""
    scene = figure.scene
    if "年度" in name and scene.year:
        return whole_years(scene.year, scene.year)
    event = next((scope for scope in figure.chain if scope.reach == "event"), None)
    near = event is not None and is_near(event, scene.analysis, scene.sentence)
    scope = loosely(figure.chain, status, near_event=near, below_heading=bool(scene.sentence.heading))
    return of_interval(scope.interval) if scope else None


def tag(scene: Scene, scope: Scope | None) -> str | None:
    """The time that limits a target; what a heading or a title says is its period alone."""
    if scope is None or scope.hit is None or scope.source in ("heading", "title"):
        return None
    if PLANNED_SUM.match(scene.text, scene.analysis.hits[scope.hit].clean_outer_end):
        return None
    return label(scope.hit, scene.analysis.hits[scope.hit])
