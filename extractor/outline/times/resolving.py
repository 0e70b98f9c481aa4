"""The days that a time expression means where it stands: hung on the document's day, on a year nearby, on a section."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractor.outline.times.cues import says_when
from extractor.outline.times.scopes import Scope, whole_years
from extractor.outline.times.years import Anchor
from extractor.recognise import Hit, Interval, TimeExpression
from extractor.recognise.times import last_day

SHIFTED = "本这上下"  # 本月底, 下季度; not the bare day of «15日»
SINCE = ("以来", "来")
PAST_YEAR = ("一年来", "这一年")
LAST_YEAR = ("过去一年", "过去的一年")
THAT_YEAR = ("当年", "次年", "翌年")  # of the year that was spoken of
FROM_AN_EVENT = re.compile(r"(?:起|后|之日|以来)[,]?$")
LATE = 10  # from November on, «过去一年» is the year that ends


def interval_of(
    hit: Hit, text: str, reference: int | None, chain: Sequence[Scope], anchor: Anchor, before: Hit | None
) -> Interval:
    """Resolve a time. `reference` is the year of a bare one, `chain` holds the scopes around it, `before` is the time before it."""
    time = hit.time
    assert time
    words = text[hit.clean_outer_start : hit.clean_outer_end]
    if time.years and (interval := stretch(hit, time, chain, anchor, before)):
        return interval
    if words in PAST_YEAR:
        reviewed = next((scope.year for scope in chain if scope.year and scope.reach in ("section", "paragraph")), None)
        return time.resolve(reviewed or anchor.closed or reference)
    if words.endswith(LAST_YEAR):
        return time.resolve(None if (year := last_year(anchor)) is None else year + 1)
    near = words.startswith(THAT_YEAR) or not time.relative
    interval = time.resolve(reference if near else anchor.now)
    if time.relation == "from" and interval.start and words.endswith(SINCE):
        return replace(interval, end=until_now(interval.start, time, anchor))
    return interval


def last_year(anchor: Anchor) -> int | None:
    """The year before, in November and December the one that ends."""
    if anchor.now is None:
        return None
    return anchor.now if anchor.day and anchor.day.month > LATE else anchor.now - 1


def until_now(start: str, time: TimeExpression, anchor: Anchor) -> str | None:
    """«今年以来» ends with the day of the document, with its year where that day is unknown; a plan ends with its last day."""
    if anchor.now is None:
        return None
    end = anchor.day.isoformat() if anchor.day else f"{anchor.now}-12-31"
    if time.plan and time.last.year:
        end = min(end, f"{time.last.year}-12-31")
    return end if end >= start else None


def stretch(
    hit: Hit, time: TimeExpression, chain: Sequence[Scope], anchor: Anchor, before: Hit | None
) -> Interval | None:
    """«五年来», «今后五年»: the section's years where it has as many, else counted from the document's year.

    `None` leaves it to the expression itself, which counts ahead from the document's year.
    """
    count = time.years
    since = before.time if before and before.clean_outer_end >= hit.clean_outer_start - 1 else None
    if since and since.relation == "from" and (opening := since.first.year):
        return whole_years(opening, opening + count - 1)  # «自2012年起5年内»
    for scope in chain:
        start, end = scope.interval.start, scope.interval.end
        whole = scope.interval.precision in ("year", "plan")
        if whole and start and end and int(end[:4]) - int(start[:4]) + 1 == count > 1:
            return whole_years(start[:4], end[:4])
    last = last_year(anchor) if time.last.shift < 0 else anchor.closed
    if time.vague or last is None or time.last.shift > 0 or count < 2:
        return None
    return whole_years(last - count + 1, last)


def term_of(hit: Hit, text: str, start: int, day: date) -> Interval | None:
    """«3个月内», from the day of the document on; not what counts from an event: «自受理之日起3个月内», «签约后半年内»."""
    time = hit.time
    if time is None or time.last.month_shift is None or not text.startswith("内", hit.clean_outer_end - 1):
        return None
    if FROM_AN_EVENT.search(text, start, hit.clean_outer_start):
        return None
    months = day.year * 12 + day.month - 1 + time.last.month_shift
    year, month = divmod(months, 12)
    last = min(day.day, last_day(year, month + 1))
    return Interval(day.isoformat(), f"{year:04}-{month + 1:02}-{last:02}", "month")


def is_of_this_month(hit: Hit, time: TimeExpression, month_named: bool) -> bool:
    """Whether a time that needs a month hangs on that of the publication.

    A bare day of news lies before it, of a plan behind it; «3个月内» mostly counts from an event («自受理之日起»); 当月
    leans on a month that the text names, and so does 月底 where one stands before it. These stay open.
    """
    if hit.kind != "time" or hit.text[0] in "当次":
        return False
    if time.leaning:
        return not month_named
    return hit.text[0] in SHIFTED


def named_year(text: str, hit: Hit, interval: Interval, start: int) -> int | None:
    """The year that a hit sets for what follows: only one that is itself the subject («2023年,», «去年»), no baseline, no limit."""
    time = hit.time
    if time is None or time.recurring or time.relation != "during" or interval.start is None or interval.end is None:
        return None
    if not (time.explicit or time.relative) or interval.start[:4] != interval.end[:4] or hit.kind != "time":
        return None
    return int(interval.end[:4]) if says_when(text, hit, start, len(text)) else None
