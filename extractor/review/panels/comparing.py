"""Targets held against results. Only what shares name, unit, measure and actor is paired, for one time or for adjacent years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.review.panels.reaching import gap_of, is_met, share_reached
from extractor.review.panels.sameness import closed, folded_name, is_so_far, scope, year_before
from extractor.review.panels.standing import Standing, written
from schemas.base import Period
from schemas.metric import Metric

GOALS = ("target", "expected")


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one quantity; `places` are all records that give it, the first stands for them."""

    metric: Metric
    span: tuple[str, str] | None
    places: tuple[Standing, ...]

    @property
    def period(self) -> Period | None:
        return self.metric.period

    @property
    def words(self) -> str:
        return written(self.metric)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A target with the result of its own time, the result so far, and the one of the year before, as far as they are there.

    `share` and `gap` compare target and result of one time; `met` is none where the words do not decide it.
    """

    target: Point
    result: Point | None
    so_far: Point | None
    before: Point | None
    share: Decimal | None
    gap: Decimal | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class Series:
    """All figures of one quantity of one actor. `alone` are those that no comparison uses."""

    name: str
    indicator: str | None
    actor: str | None
    unit: str
    measure: str
    comparisons: tuple[Comparison, ...]
    alone: tuple[Point, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """The figures that are compared, by time; within one the target comes first."""
        used = {id(point): point for comparison in self.comparisons for point in figures_of(comparison)}
        return tuple(sorted(used.values(), key=lambda point: (point.span or ("", ""), point.metric.status == "actual")))


def figures_of(comparison: Comparison) -> Iterator[Point]:
    for point in (comparison.before, comparison.target, comparison.so_far, comparison.result):
        if point is not None:
            yield point


def compare(records: Iterable[Standing]) -> tuple[Series, ...]:
    """By name, then actor."""
    groups: dict[object, list[Standing]] = defaultdict(list)
    for one in records:
        if isinstance(one.record, Metric):
            groups[quantity_of(one, one.record)].append(one)
    return tuple(sorted(map(series_of, groups.values()), key=lambda one: (one.name, one.actor or "", one.measure)))


def quantity_of(one: Standing, metric: Metric) -> object:
    """Equal for two metrics only if they measure one thing of one actor in one unit."""
    name = ("code", metric.indicator) if metric.indicator else ("name", folded_name(metric))
    return name, metric.normalized.unit, metric.measure, scope(one, metric.actor, metric.segment)


def series_of(group: Sequence[Standing]) -> Series:
    points = points_of(group)
    comparisons = tuple(sorted(comparisons_of(points), key=lambda one: one.target.span or NEVER))
    used = {id(point) for comparison in comparisons for point in figures_of(comparison)}
    first = points[0].metric
    return Series(
        name=first.name,
        indicator=first.indicator,
        actor=first.actor,
        unit=first.normalized.unit,
        measure=first.measure,
        comparisons=comparisons,
        alone=tuple(point for point in points if id(point) not in used),
    )


def points_of(group: Iterable[Standing]) -> tuple[Point, ...]:
    """What several records say alike is one point."""
    alike: dict[object, list[tuple[Metric, Standing]]] = defaultdict(list)
    for one in group:
        assert isinstance(one.record, Metric)
        metric = one.record
        value = metric.normalized
        said = (metric.status, metric.comparator, value.value, value.value_max, metric.direction, closed(metric.period))
        alike[said].append((metric, one))
    return tuple(Point(same[0][0], closed(same[0][0].period), tuple(one for _, one in same)) for same in alike.values())


def comparisons_of(points: Sequence[Point]) -> Iterator[Comparison]:
    """An estimate is compared only with what came of it; one of the year before stands in for a result that is not there."""
    timed = [point for point in points if point.span and point.metric.normalized.value is not None]
    actual = [point for point in timed if point.metric.status == "actual"]
    expected = [point for point in timed if point.metric.status == "expected"]
    for target in (point for point in timed if point.metric.status in GOALS):
        results = [point for point in actual if point.span == target.span]
        so_far = latest(target, [point for point in actual if is_so_far(point.span or NEVER, target.span or NEVER)])
        before = earlier(target, actual) or earlier(target, expected)
        if results or (target.metric.status == "target" and (so_far or before)):
            if not results:
                yield Comparison(target, None, so_far, before, None, None, None)
            yield from (comparison(target, result, before) for result in results)


NEVER = ("", "")


def comparison(target: Point, result: Point, before: Point | None) -> Comparison:
    aim, reached = target.metric, result.metric
    share, gap, met = share_reached(aim, reached), gap_of(aim, reached), is_met(aim, reached)
    return Comparison(target, result, None, before, share, gap, met)


def earlier(target: Point, points: Iterable[Point]) -> Point | None:
    """The figure of the year before; else the last one before the target's time that the very same words or row give."""
    points = list(points)
    span = target.span or NEVER
    last_year = [point for point in points if point.span == year_before(span)]
    beside = [point for point in points if (point.span or NEVER)[1] < span[0] and side_by_side(point, target)]
    return latest(target, last_year) or latest(target, beside)


def latest(target: Point, points: Iterable[Point]) -> Point | None:
    """The one that ends last; of several that end together the one from the target's own document."""
    homes = {place.document for place in target.places}
    return max(
        points,
        key=lambda point: ((point.span or NEVER)[1], any(place.document in homes for place in point.places)),
        default=None,
    )


def side_by_side(one: Point, other: Point) -> bool:
    """Whether one piece of evidence, a table's row as a rule, gives both."""
    return bool(evidence_of(one) & evidence_of(other))


def evidence_of(point: Point) -> set[tuple[str, int, int]]:
    return {(place.document, quote.start, quote.end) for place in point.places for quote in place.record.evidence}
