"""Finds time expressions. `times.py` holds what they mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from extractor.recognise.draft import Draft
from extractor.recognise.time_limits import draft_of
from extractor.recognise.time_months import read_monthly
from extractor.recognise.time_patterns import (
    BARE_DAY,
    BARE_YEARS,
    DAY_CODE,
    DAY_FIRST,
    FIRST,
    HALF_YEAR,
    HOLIDAY,
    MONTHLY,
    MONTHS,
    PLAN,
    PLAN_YEAR,
    POINT,
    QUARTER_CODE,
    RANGE_MARK,
    RECURRING,
    ROC_YEAR,
    SPAN,
    STAMP,
    WORD,
    YEAR_CELL,
    YEAR_ROW,
)
from extractor.recognise.time_points import SHIFTS, number, point_time, year_of
from extractor.recognise.time_spans import read_half_year, read_span
from extractor.recognise.times import Moment, TimeExpression
from extractor.text.scanning import Searched
from schemas.vocabulary import Precision, Relation

UNTIL = re.compile(
    r" ?[-—–~至到]{1,2} ?(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-./])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9])"
)
HOLIDAYS = {"国庆": 10, "劳动": 5, "五一": 5, "七一": 7, "八一": 8}
WORDS: dict[str, tuple[Precision, Moment, bool]] = {
    "全年": ("year", Moment(), False),
    "年内": ("year", Moment(), False),
    "年底": ("year", Moment(), False),
    "年末": ("year", Moment(), False),
    "年终": ("year", Moment(), False),
    "年初": ("year", Moment(month=1, day=1), False),
    "开年": ("year", Moment(month=1, day=1), False),
    "岁末": ("year", Moment(), False),
    "年中": ("year", Moment(month=6), False),
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
    hour = match["hour"]
    day = hour and not match["day"]
    if day and ":" not in hour:
        return None
    time = point_time(match.groups())
    if time is None:
        return None
    end = match.start("hour") if day else match.end()
    start = match.start() + len(match.group()) - len(match.group().lstrip(" "))
    to = RANGE_MARK.match(match.string, end)
    second = POINT.match(match.string, to.end()) if to else None
    if second:
        until = point_time(second.groups())
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


def read_stamp(match: re.Match[str]) -> Draft:
    moment = last = Moment(int(match["iso_year"]), 0, int(match["iso_month"]), int(match["iso_day"]))
    end = match.end()
    until = UNTIL.match(match.string, end)
    if until and match.string[match.start("iso_year") + 4] == until["mark"]:
        last, end = Moment(int(until["year"]), 0, int(until["month"]), int(until["day"])), until.end()
    return draft_of(match.string, TimeExpression("during", "day", moment, last), match.start("iso_year"), end)


def read_day_first(match: re.Match[str]) -> Draft:
    moment = Moment(int(match["year"]), 0, int(match["month"]), int(match["day"]))
    return draft_of(match.string, TimeExpression("during", "day", moment, moment), *match.span())


def read_first(match: re.Match[str]) -> Draft:
    """Read «首季», «首月», «头两个月» as the first months of their year."""
    base = Moment(year=year_of(match["year"]), shift=SHIFTS[match["shift"][0]] if match["shift"] else 0)
    quarters = 1 if match["quarter"] else number(match["quarters"]) if match["quarters"] else 0
    last = 3 * quarters or (1 if match["month"] else number(match["months"] or match["span"]))
    precision: Precision = "quarter" if quarters else "month"
    time = TimeExpression(
        "during", precision, replace(base, month=1), replace(base, month=last), relative=bool(match["shift"])
    )
    return draft_of(match.string, time, *match.span())


def read_roc(match: re.Match[str]) -> Draft:
    month, day = (number(match[part]) if match[part] else None for part in ("month", "day"))
    moment = Moment(1911 + number(match["year"] or match["bare"]), 0, month, day)
    first = Moment(1911 + number(match["since"])) if match["since"] else moment
    if match["half"]:
        months = (1, 6) if match["half"][0] == "上" else (7, 12)
        first, moment = replace(moment, month=months[0]), replace(moment, month=months[1])
    if match["quarter"]:
        last_month = 3 * number(match["quarter"])
        first, moment = replace(moment, month=last_month - 2), replace(moment, month=last_month)
    precision: Precision = (
        "day" if day else "month" if month else "quarter" if match["quarter"] else "half" if match["half"] else "year"
    )
    return draft_of(match.string, TimeExpression("during", precision, first, moment), *match.span())


def read_code(match: re.Match[str]) -> Draft | None:
    """Read «2024Q3», «2024H1», «Q3 2024»."""
    code, year = match["code1"] or match["code2"], int(match["year1"] or match["year2"])
    part = int(code[1])
    if code[0] == "H" and part > 2:
        return None
    length = 6 if code[0] == "H" else 3
    first, last = Moment(year, 0, length * (part - 1) + 1), Moment(year, 0, length * part)
    time = TimeExpression("during", "half" if length == 6 else "quarter", first, last)
    return draft_of(match.string, time, *match.span())


def read_months(match: re.Match[str]) -> Draft:
    first = Moment(int(match["year1"]), 0, int(match["month1"]))
    last = Moment(int(match["year2"]), 0, int(match["month2"]))
    return draft_of(match.string, TimeExpression("during", "month", first, last), *match.span())


def read_bare_years(match: re.Match[str]) -> Draft:
    time = TimeExpression("during", "year", Moment(int(match["first"])), Moment(int(match["last"] or match["first"])))
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


def read_word(match: re.Match[str]) -> Draft:
    word = match.group()
    at_edge = word[-1] in "底末终中"
    named = WORDS.get(word) or WORDS.get(word[:-1] if at_edge else word)
    if named is None:
        time = TimeExpression("during", vague_precision(word), Moment(), Moment(), relative=True, vague=True)
        return draft_of(match.string, time, *match.span())
    precision, moment, relative = named
    time = TimeExpression("by" if at_edge else "during", precision, moment, moment, relative=relative, point=at_edge)
    return draft_of(match.string, time, *match.span())


def read_plan_year(match: re.Match[str]) -> Draft:
    """Read «收官之年»: a year that the text does not tell."""
    time = TimeExpression("during", "year", Moment(), Moment(), relative=True, vague=True)
    return draft_of(match.string, time, *match.span())


def read_holiday(match: re.Match[str]) -> Draft:
    """Read «国庆节(前)»; of «春节(前)», which moves with the moon, no day is known."""
    if match["movable"]:
        time = TimeExpression("by", "day", Moment(), Moment(), relative=True, vague=True)
        return draft_of(match.string, time, *match.span())
    month = next(month for word, month in HOLIDAYS.items() if word in match["holiday"])
    day = Moment(month=month, day=1)
    return draft_of(match.string, TimeExpression("by", "day", day, day), *match.span())


def vague_precision(word: str) -> Precision:
    return "day" if "日" in word or "周" in word or word == "目前" else "year"


READERS: tuple[tuple[Searched, Callable[[re.Match[str]], Draft | None]], ...] = (
    (STAMP, read_stamp),
    (DAY_CODE, read_stamp),
    (DAY_FIRST, read_day_first),
    (ROC_YEAR, read_roc),
    (QUARTER_CODE, read_code),
    (FIRST, read_first),
    (MONTHS, read_months),
    (PLAN, read_plan),
    (PLAN_YEAR, read_plan_year),
    (RECURRING, read_recurring),
    (SPAN, read_span),
    (HALF_YEAR, read_half_year),
    (HOLIDAY, read_holiday),
    (POINT, read_point),
    (BARE_YEARS, read_bare_years),
    (MONTHLY, read_monthly),
    (WORD, read_word),
    (BARE_DAY, read_bare_day),
)
