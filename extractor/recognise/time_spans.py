"""Reads stretches of years or months around the one that a text hangs on: «近五年», «今后3-5年», «三年内», «半年内»."""

import re
from decimal import Decimal

from extractor.recognise.draft import Draft
from extractor.recognise.numerals import parse
from extractor.recognise.time_limits import draft_of
from extractor.recognise.time_patterns import INSIDE_SPAN, SINCE_THEN, TO, N
from extractor.recognise.times import Moment, TimeExpression


def read_span(match: re.Match[str]) -> Draft:
    """Read «近五年», «今后3-5年», «三年内» as the years around the one it hangs on."""
    toward, text = match["toward"], match.group().removesuffix(match["told"] or "")
    counted = re.search(rf"({N}|两)(?:{TO}({N}))?", text)
    assert counted
    count, most = parse(counted[1]), parse(counted[2] or counted[1])
    ranges = bool(counted[2] and count and most and count < most)
    length = int(most or 1)
    start = match.start() + counted.start()
    first, last = (Moment(shift=0), Moment(shift=length - 1))
    if toward in ("近", "最近", "这") or match["told"] or (not toward and SINCE_THEN.match(match.string, match.end())):
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
    time = TimeExpression(
        "during",
        "month" if months else "year",
        first,
        last,
        relative=True,
        vague=bool(match["bare"]),
        years=0 if months else length,
    )
    end = match.start() + len(text)
    inside = INSIDE_SPAN.match(match.string, end)
    return Draft(
        start,
        end,
        match.start(),
        inside.end() if inside else end,
        "duration",
        value=count,
        value_max=most if ranges else None,
        unit=text.lstrip("近最过去今后未来接下这的0123456789一二两三四五六七八九十廿-—–~至到 "),
        comparator="range" if ranges else "=",
        role="time",
        why="时间",
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
        why="时间",
        time=time,
    )
