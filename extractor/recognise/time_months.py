"""Reads months and quarters that hang on the day of the document: «本月底», «下月5日», «上季度», «月底»."""

import re
from dataclasses import replace

from extractor.recognise.draft import Draft
from extractor.recognise.time_limits import draft_of
from extractor.recognise.time_points import number, with_edge
from extractor.recognise.times import Moment, TimeExpression

LEANING = (None, "当月", "次月")
SHIFTS = {"本": 0, "这": 0, "当": 0, "上": -1, "下": 1, "次": 1}


def read_monthly(match: re.Match[str]) -> Draft:
    """Read what `MONTHLY` found."""
    time = quarterly(match) if "季" in match.group() else monthly(match)
    return draft_of(match.string, time, *match.span())


def monthly(match: re.Match[str]) -> TimeExpression:
    word = match["month"]
    day = number(match["day"]) if match["day"] else None
    month = Moment(day=day, month_shift=SHIFTS[word[0]] if word else 0)
    edge = match["edge"] or match["bare_edge"]
    time = with_edge(edge, month, month, "day" if day else "month", relative=True)
    return replace(time, leaning=word in LEANING)


def quarterly(match: re.Match[str]) -> TimeExpression:
    word = match["quarter"]
    shift = SHIFTS[word[0]] if word else 0
    first, last = (Moment(month=month, quarter_shift=shift) for month in (1, 3))
    time = with_edge(match["quarter_edge"] or match["bare_quarter_edge"], first, last, "quarter", relative=True)
    return replace(time, leaning=word is None)
