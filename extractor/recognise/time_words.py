"""Finds time expressions. `times.py` holds what they mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.recognise.draft import Draft
from extractor.recognise.numerals import parse
from extractor.recognise.time_limits import draft_of
from extractor.recognise.time_patterns import (
    BARE_DAY,
    BARE_YEARS,
    HALF_YEAR,
    INSIDE_SPAN,
    MONTHS,
    PLAN,
    POINT,
    RANGE_MARK,
    RECURRING,
    SINCE_THEN,
    SPAN,
    STAMP,
    TO,
    WORD,
    YEAR_CELL,
    YEAR_ROW,
    N,
)
from extractor.recognise.time_points import number, point_time
from extractor.recognise.times import Moment, TimeExpression
from schemas.vocabulary import Precision, Relation

WORDS: dict[str, tuple[Precision, Moment, bool]] = {
    "全年": ("year", Moment(), False),
    "年内": ("year", Moment(), False),
    "年底": ("year", Moment(), False),
    "年末": ("year", Moment(), False),
    "年终": ("year", Moment(), False),
    "年初": ("year", Moment(month=1, day=1), False),
    "本月": ("month", Moment(month_shift=0), True),
    "当月": ("month", Moment(month_shift=0), True),
    "上月": ("month", Moment(month_shift=-1), True),
    "上个月": ("month", Moment(month_shift=-1), True),
    "下月": ("month", Moment(month_shift=1), True),
    "下个月": ("month", Moment(month_shift=1), True),
    "次月": ("month", Moment(month_shift=1), True),
    "月底": ("month", Moment(month_shift=0), True),
    "月末": ("month", Moment(month_shift=0), True),
    "这一年": ("year", Moment(), False),
    "一年来": ("year", Moment(), False),
}


def find(text: str) -> Iterator[Draft]:
    """Give the time expressions of each pattern; where two overlap, the pattern named first is right."""
    for pattern, read in READERS:
        for match in pattern.finditer(text):
            if match.end() > match.start():
                draft = read(match)
                if draft:
                    yield draft
    yield from year_rows(text)


def year_rows(text: str) -> Iterator[Draft]:
    """Read the head of a table, «2020 2021 2022»: years that rise from cell to cell."""
    for row in YEAR_ROW.finditer(text):
        cells = list(YEAR_CELL.finditer(text, *row.span()))
        years = [int(cell.group()) for cell in cells]
        if all(low < high for low, high in pairwise(years)):
            for cell, year in zip(cells, years, strict=True):
                moment = Moment(year)
                yield draft_of(text, TimeExpression("during", "year", moment, moment), *cell.span())


def read_point(match: re.Match[str]) -> Draft | None:
    groups = match.groupdict()
    day = groups["hour"] and not groups["day"]
    if day and ":" not in groups["hour"]:
        return None
    time = point_time(groups)
    if time is None:
        return None
    end = match.start("hour") if day else match.end()
    start = match.start() + len(match.group()) - len(match.group().lstrip(" "))
    second = POINT.match(match.string, after_to(match.string, end)) if after_to(match.string, end) > end else None
    if second:
        until = point_time(second.groupdict())
        if until and until.precision == time.precision and not time.point:
            anchored = (
                until.first if until.explicit or time.first.year is None else replace(until.first, year=time.first.year)
            )
            closing = replace(until.last, year=until.last.year or anchored.year)
            return (
                None
                if end > second.start()
                else draft_of(match.string, replace(time, last=closing, point=until.point), start, second.end())
            )
    return draft_of(match.string, time, start, end)


def after_to(text: str, end: int) -> int:
    mark = RANGE_MARK.match(text, end)
    return mark.end() if mark else end


def read_stamp(match: re.Match[str]) -> Draft | None:
    if int(match["iso_month"]) > 12:
        return None
    moment = Moment(int(match["iso_year"]), 0, int(match["iso_month"]), int(match["iso_day"]))
    return draft_of(match.string, TimeExpression("during", "day", moment, moment), match.start(), match.end())


def read_months(match: re.Match[str]) -> Draft:
    first = Moment(int(match["year1"]), 0, int(match["month1"]))
    last = Moment(int(match["year2"]), 0, int(match["month2"]))
    return draft_of(match.string, TimeExpression("during", "month", first, last), *match.span())


def read_bare_years(match: re.Match[str]) -> Draft:
    first = match["bare"] or match["listed"]
    time = TimeExpression("during", "year", Moment(int(first)), Moment(int(match["bare2"] or first)))
    return draft_of(match.string, time, match.start(), match.end())


def read_bare_day(match: re.Match[str]) -> Draft | None:
    day = int(match["bare_day"])
    if not 1 <= day <= 31:
        return None
    moment = Moment(day=day, month_shift=0)
    return draft_of(
        match.string, TimeExpression("during", "day", moment, moment, relative=True), match.start(), match.end()
    )


def read_plan(match: re.Match[str]) -> Draft | None:
    part = match["plan_part"] or ""
    if match["plan"] and not match["open"] and not (part or match.string.startswith(("规划", "计划"), match.end())):
        return None
    name = match["plan"][:-1] if match["plan"] else match["ordinal"]
    opening = 2001 + 5 * (number(name) - 10)
    time = TimeExpression("during", "plan", Moment(opening), Moment(opening + 4), plan=True)
    if "之年" in part:
        year = Moment(opening + (4 if "收官" in part else 0))
        time = TimeExpression("during", "year", year, year)
    elif "末" in part:
        time = replace(time, relation="by", point=True)
    elif "来" in part:
        time = replace(time, relation="from")
    core = match.span("plan") if match["plan"] else match.span()
    return draft_of(match.string, time, *core, outer=match.span())


def read_recurring(match: re.Match[str]) -> Draft:
    word = match.group()
    precision: Precision = "year"
    if re.search("[日天周旬]", word):
        precision = "day"
    elif "月" in word:
        precision = "month"
    elif "季" in word:
        precision = "quarter"
    elif "半" in word:
        precision = "half"
    relation: Relation = "by" if word[-1] in "底末" else "during"
    time = TimeExpression(relation, precision, Moment(), Moment(), recurring=True)
    return draft_of(match.string, time, *match.span())


def read_span(match: re.Match[str]) -> Draft:
    """Read «近五年», «今后3-5年», «三年内» as the years around the one it hangs on."""
    toward, text = match["toward"], match.group()
    counted = re.search(rf"({N})(?:{TO}({N}))?", text)
    assert counted
    count, most = parse(counted[1]), parse(counted[2] or counted[1])
    length = int(most or 1)
    start = match.start() + counted.start()
    first, last = (Moment(shift=0), Moment(shift=length - 1))
    if toward in ("近", "最近") or (not toward and SINCE_THEN.match(match.string, match.end())):
        first, last = Moment(shift=1 - length), Moment(shift=0)
    elif toward == "过去":
        first, last = Moment(shift=-length), Moment(shift=-1)
    if toward == "过去" and length == 1:
        year = Moment(shift=-1)
        return draft_of(match.string, TimeExpression("during", "year", year, year, relative=True), *match.span())
    months = "月" in text or "季" in text
    if months:
        first = last = Moment(month_shift=0)
    if months and toward in (None, "今后", "未来", "接下来"):
        last = Moment(month_shift=length * (3 if "季" in text else 1))
    time = TimeExpression("during", "month" if months else "year", first, last, relative=True)
    end = match.end()
    inside = INSIDE_SPAN.match(match.string, end)
    return Draft(
        start,
        end,
        match.start(),
        inside.end() if inside else end,
        "duration",
        value=count,
        value_max=most if counted[2] else None,
        unit=text.lstrip("近最过去今后未来接下的0123456789一二三四五六七八九十廿-—–~至到 "),
        comparator="range" if counted[2] else "=",
        role="time",
        time=time,
    )


def read_half_year(match: re.Match[str]) -> Draft:
    """Read «半年内» as the six months from now, «近半年» as the six behind."""
    months = sorted((0, -6 if match["toward"] == "近" else 6))
    first, last = (Moment(month_shift=shift) for shift in months)
    time = TimeExpression("during", "month", first, last, relative=True)
    inside = INSIDE_SPAN.match(match.string, match.end())
    return Draft(
        match.end() - 2,
        match.end(),
        match.start(),
        inside.end() if inside else match.end(),
        "duration",
        value=Decimal("0.5"),
        unit="年",
        role="time",
        time=time,
    )


def read_word(match: re.Match[str]) -> Draft:
    word = match.group()
    at_edge = word[-1] in "底末终"
    named = WORDS.get(word) or WORDS.get(word[:-1] if at_edge else word)
    if named is None:
        time = TimeExpression("during", vague_precision(word), Moment(), Moment(), relative=True, vague=True)
        return draft_of(match.string, time, *match.span())
    precision, moment, relative = named
    time = TimeExpression("by" if at_edge else "during", precision, moment, moment, relative=relative, point=at_edge)
    return draft_of(match.string, time, *match.span())


def vague_precision(word: str) -> Precision:
    if "季" in word:
        return "quarter"
    return "day" if "日" in word or "周" in word or word == "目前" else "year"


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Draft | None]], ...] = (
    (STAMP, read_stamp),
    (MONTHS, read_months),
    (PLAN, read_plan),
    (RECURRING, read_recurring),
    (SPAN, read_span),
    (HALF_YEAR, read_half_year),
    (POINT, read_point),
    (BARE_YEARS, read_bare_years),
    (WORD, read_word),
    (BARE_DAY, read_bare_day),
)
