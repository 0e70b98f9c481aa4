"""What the panels' pages say of each row and each bar: periods, amounts on one scale, links, pages of long lists."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any, Generic, TypeVar

from extractor.review.panels.comparing import Comparison, Point, Series
from extractor.review.panels.sameness import closed
from extractor.review.panels.standing import Standing, is_decline, plain
from extractor.review.panels.timeline import TimelineItem

T = TypeVar("T")
Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a long list; pages are counted from one."""

    items: Sequence[T]
    number: int
    last: int
    total: int


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """A page past the end is the last one."""
    last = max(1, ceil(len(items) / size))
    number = min(max(number, 1), last)
    return Page(items[(number - 1) * size : number * size], number, last, len(items))


def href(document: str, key: str) -> str:
    return f"/documents/{document}#{key}"


# the timeline


@dataclass(frozen=True, slots=True)
class Year:
    """What ends in one year, as far as it stands on this page, by quarter."""

    year: str
    quarters: Sequence[tuple[int, Sequence[TimelineItem]]]

    @property
    def items(self) -> Sequence[TimelineItem]:
        return [item for _, items in self.quarters for item in items]


def years_of(items: Iterable[TimelineItem]) -> list[Year]:
    return [
        Year(year, [(quarter, list(of_quarter)) for quarter, of_quarter in groupby(of_year, lambda item: item.quarter)])
        for year, of_year in groupby(items, lambda item: item.year)
    ]


def jumps(items: Sequence[TimelineItem], size: int) -> list[tuple[str, int, int]]:
    """Each year, how many items end in it, and the page on which it begins."""
    found: dict[str, tuple[int, int]] = {}
    for number, item in enumerate(items):
        count, page = found.get(item.year, (0, number // size + 1))
        found[item.year] = (count + 1, page)
    return [(year, count, page) for year, (count, page) in found.items()]


def bar_of(item: TimelineItem, *, with_actor: bool) -> dict[str, Any]:
    return {
        "label": " · ".join(filter(None, (item.actor if with_actor else None, item.label))),
        "kind": item.kind,
        "start": item.start,
        "end": item.end,
        "words": item.words,
        "href": href(item.document, item.key),
    }


def times(start: str | None, end: str | None) -> str:
    """A time in as few signs as tell it: «2024», «2021–2025», «2024-01–2024-06», «… – 2024-10-31»."""
    if start is None or end is None:
        return f"… – {end}" if end else f"{start} – …" if start else ""
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4] if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"
    if start == end:
        return end
    if start.endswith("-01") and end[8:] >= "28":
        return start[:7] if start[:7] == end[:7] else f"{start[:7]}–{end[:7]}"
    return f"{start}–{end}"


def time_of(point: Point) -> str:
    period = point.period
    return times(period.start, period.end) if period else ""


# targets against results

SCALES: dict[str, tuple[tuple[Decimal, str], ...]] = {
    "CNY": ((Decimal(10) ** 8, "亿元"), (Decimal(10) ** 4, "万元"), (Decimal(1), "元")),
    "USD": ((Decimal(10) ** 8, "亿美元"), (Decimal(10) ** 4, "万美元"), (Decimal(1), "美元")),
    "m2": ((Decimal(10) ** 6, "km²"), (Decimal(1), "m²")),
    "m": ((Decimal(10) ** 3, "km"), (Decimal(1), "m")),
    "kg": ((Decimal(10) ** 7, "万吨"), (Decimal(10) ** 3, "吨"), (Decimal(1), "kg")),
    "W": ((Decimal(10) ** 9, "GW"), (Decimal(10) ** 6, "MW"), (Decimal(10) ** 3, "kW"), (Decimal(1), "W")),
    "Wh": ((Decimal(10) ** 9, "GWh"), (Decimal(10) ** 6, "MWh"), (Decimal(10) ** 3, "kWh"), (Decimal(1), "Wh")),
}


def scale_of(series: Series) -> tuple[Decimal, str]:
    """What its bars are measured in: the unit that the text uses where there is but one, else the greatest that gives whole numbers."""
    metrics = [point.metric for point in series.points]
    for metric in metrics:
        value = metric.normalized.value
        if value and metric.value and len({one.unit for one in metrics}) == 1:
            return value / metric.value, metric.unit
    most = max((abs(metric.normalized.value or Decimal(0)) for metric in metrics), default=Decimal(0))
    fitting = [scale for scale in SCALES.get(series.unit, ()) if scale[0] <= most]
    return fitting[0] if fitting else (Decimal(1), series.unit)


def role_of(point: Point, series: Series) -> str:
    """How its row is drawn: what was aimed at, what came of it, what was there before, what is there so far."""
    if point.metric.status == "target":
        return "target"
    for comparison in series.comparisons:
        if point is comparison.target:
            return "expected"
        if point is comparison.result:
            return "result"
    return "so_far" if any(point is comparison.so_far for comparison in series.comparisons) else "before"


def card_of(series: Series, words: Words) -> dict[str, Any]:
    """One small chart: its own scale, a bar for each figure."""
    factor, unit = scale_of(series)
    return {
        "unit": "" if series.measure == "rank" else unit,
        "label": f"{series.name} {series.actor or ''}",
        "bars": [bar_of_point(point, series, factor, words) for point in series.points],
    }


def bar_of_point(point: Point, series: Series, factor: Decimal, words: Words) -> dict[str, Any]:
    metric, role = point.metric, role_of(point, series)
    sign = -1 if is_decline(metric) else 1
    value, high = metric.normalized.value, metric.normalized.value_max
    return {
        "label": f"{time_of(point)} {words(role)}",
        "role": role,
        "value": float(sign * (value or 0) / factor),
        "high": None if high is None else float(sign * high / factor),
        "words": point.words,
        "href": href(point.places[0].document, point.places[0].key),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a series; a target has the comparisons that it is in."""

    role: str
    time: str
    words: str
    places: Sequence[Standing]
    comparisons: Sequence[Comparison]


def rows_of(series: Series) -> list[Row]:
    return [
        Row(
            role_of(point, series),
            time_of(point),
            point.words,
            point.places,
            [one for one in series.comparisons if one.target is point and one.result],
        )
        for point in series.points
    ]


def shares_of(series: Iterable[Series]) -> list[dict[str, Any]]:
    """What share of each target was reached: figures of different units on one scale."""
    return [
        {
            "label": " · ".join(filter(None, (one.name, one.actor, time_of(comparison.target)))),
            "value": float(comparison.share),
            "words": percent(comparison.share),
            "met": comparison.met,
            "href": href(comparison.target.places[0].document, comparison.target.places[0].key),
        }
        for one in series
        for comparison in one.comparisons
        if comparison.share is not None
    ]


def percent(share: Decimal) -> str:
    return f"{plain(share.quantize(Decimal('0.1')))}%"


def gap_words(comparison: Comparison, series: Series, words: Words) -> str:
    """Result less target in the series' own unit; percentages differ by points."""
    if comparison.gap is None:
        return ""
    factor, unit = scale_of(series)
    gap = (comparison.gap / factor).quantize(Decimal("0.0001"))
    unit = words("points") if unit == "%" else unit
    sign = "+" if gap > 0 else "−" if gap < 0 else "±"
    return f"{sign}{plain(abs(gap))} {unit}".strip()


def alone_of(series: Iterable[Series]) -> list[tuple[Series, Point]]:
    """Figures that nothing is held against; those of one quantity stand together, by time."""
    return [
        (one, point)
        for one in series
        for point in sorted(one.alone, key=lambda point: closed(point.period) or ("", ""))
    ]
