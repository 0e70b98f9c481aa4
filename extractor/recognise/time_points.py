"""Reads a point or stretch of the calendar: «2024年一季度», «10月底», «2020年10月11—15日», «今年上半年»."""

from dataclasses import replace
from functools import lru_cache

from extractor.recognise.numerals import parse
from extractor.recognise.time_patterns import POINT
from extractor.recognise.times import Moment, TimeExpression
from schemas.vocabulary import Precision, Relation

POINT_GROUPS = tuple(POINT.pattern.groupindex)
YEARLY: Precision = "year"
SHIFTS = {"今": 0, "明": 1, "去": -1, "本": 0, "当": 0, "上": -1, "前": -2, "次": 1, "翌": 1, "下": 1, "新": 0, "后": 2}


@lru_cache(maxsize=4096)
def point_time(groups: tuple[str | None, ...]) -> TimeExpression | None:
    """Read the groups of `POINT`, in its order; the same words mean the same time wherever they stand."""
    return read_groups(dict(zip(POINT_GROUPS, groups, strict=True)))


def read_groups(groups: dict[str, str | None]) -> TimeExpression | None:
    """Read the groups of `POINT`: year, part of the year, month, day, and its edge."""
    year, year2, shift = year_of(groups["year"]), year_of(groups["year2"]), 0
    relative = groups["shift"] is not None
    if groups["shift"]:
        shift = SHIFTS[groups["shift"][0]]
    base = Moment(year=year, shift=shift)
    first, last, precision = base, replace(base, year=year2 or year), YEARLY
    if groups["half"]:
        months = (1, 6) if groups["half"][0] == "上" else (7, 12)
        first, last, precision = replace(base, month=months[0]), replace(base, month=months[1]), "half"
    elif groups["quarters"]:
        count = number(groups["quarters"][1])
        first, last, precision = replace(base, month=1), replace(base, month=3 * count), "quarter"
    elif groups["months"]:
        first, last, precision = replace(base, month=1), replace(base, month=number(groups["months"])), "month"
    elif groups["quarter"]:
        opening, closing = number(groups["quarter"]), number(groups["quarter2"] or groups["quarter"])
        first, last, precision = replace(base, month=3 * opening - 2), replace(base, month=3 * closing), "quarter"
    elif groups["month"]:
        opening, closing = number(groups["month"]), number(groups["month2"] or groups["month"])
        first, last, precision = replace(base, month=opening), replace(base, month=closing), "month"
        if groups["day"]:
            first = replace(first, day=number(groups["day"]))
            last, precision = replace(last, day=number(groups["day2"] or groups["day"])), "day"
    elif year is None and not relative:
        return None
    return with_edge(groups["edge"], first, last, precision, relative=relative)


def with_edge(edge: str | None, first: Moment, last: Moment, precision: Precision, *, relative: bool) -> TimeExpression:
    relation: Relation = "during"
    point = False
    if edge and edge[-1] in "底末终":
        relation, point = "by", True
    elif edge and edge[-1] == "中":
        first, last = replace(first, month=6), replace(last, month=6)
        relation, point = "by", True
    elif edge and edge[-1] == "初":
        first, last = (
            (replace(first, day=1), replace(last, day=10))
            if precision == "month"
            else (
                replace(first, month=1, day=1),
                replace(first, month=1, day=1),
            )
        )
    elif edge and precision == "month":
        ends = {"上": (1, 10), "中": (11, 20), "下": (21, None)}[edge[0]]
        first, last = replace(first, day=ends[0]), replace(last, day=ends[1])
    return TimeExpression(relation, precision, first, last, relative=relative, point=point)


def number(text: str) -> int:
    return int(parse(text) or 0)


def year_of(text: str | None) -> int | None:
    if not text:
        return None
    year = number(text.replace("〇", "零").replace("○", "零"))
    return 2000 + year if year < 100 else year
