"""Which time a figure is about: the nearest time expression that governs its clause."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.analysis import Analysis
from extractor.outline import Clause, Part, Sentence
from extractor.recognise import Hit, Interval
from extractor.values import value
from schemas.base import Period

COMPARED = re.compile(r"[较比于从自由]“?$")
TASK = re.compile(r"度?(?:既定|确定的?|下达的?|提出的?)?(?:目标)?(?:任务|目标|计划|预算|\d|各项)")
SET_BEFORE = re.compile(r"年初")
MEETING = re.compile(r"(?:大会|会议|论坛|座谈会)(?:召开|$|上)|^[A-Z]")
SO_FAR = ("截至", "截止", "截止到", "截至到")
LIMIT_LABEL = re.compile(r"(?:(?:完成|办结|整改|落实|交付)(?:时限|时间|期限)|时限)(?:要求)?:\s*$")
NOW = re.compile(r"目前|当前|现在|截至目前|如今")
RANGE_IN_TITLE = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–~至到]+\s*((?:19|20)\d\d)\s*年")
ANNUAL = re.compile(r"工作报告|工作要点|年度计划|工作计划")
YEAR = re.compile(r"((?:19|20)\d\d)\s*年")


@value
class Governor:
    """A time hit in force, by number, with its interval."""

    index: int
    interval: Interval


def governors(analysis: Analysis, clause: Clause, indexes: Sequence[int]) -> list[tuple[int, Governor]]:
    """Times of a clause that say when, with their clean offsets; baselines («较2020年») and durations say something else."""
    if not indexes:
        return []
    text = analysis.view.text
    found = []
    for index in indexes:
        hit = analysis.hits[index]
        interval = analysis.interval(index)
        if hit.role != "time" or hit.time is None or hit.kind != "time" or interval is None or hit.time.recurring:
            continue
        if interval.end is None and interval.start is None:
            continue
        if COMPARED.search(text[max(clause.start, hit.clean_outer_start - 2) : hit.clean_outer_start]):
            continue
        after = text[hit.clean_outer_end : clause.end]
        before = text[max(clause.start, hit.clean_outer_start - 2) : hit.clean_outer_start]
        if after.startswith(("远景", "年远景", "基础上", "的基础上", "基数上")):
            continue  # «二〇三五年远景目标» is a name
        if TASK.match(after) and (
            before.endswith(("完成", "占", "是", "为")) or SET_BEFORE.match(text, hit.clean_outer_start)
        ):
            continue  # «完成全年任务的54.1%»: a baseline
        if MEETING.search(after) or (hit.time.precision == "day" and hit.time.relation == "during"):
            continue  # when something happened or was said, not what a figure is about
        found.append((hit.clean_outer_start, Governor(index, interval)))
    return found


def stays(analysis: Analysis, before: Governor | None, after: Governor) -> bool:
    """«截至9月底,园区今年累计签约41个»: the day goes on governing."""
    if before is None:
        return False
    until = is_so_far(analysis.view.text, analysis.hits[before.index])
    return until and analysis.hits[after.index].text in ("今年", "本年", "全年", "年内")


def is_so_far(text: str, hit: Hit) -> bool:
    """«截至9月底», whether or not the recogniser took 截至 along."""
    return text.startswith(SO_FAR, hit.clean_outer_start) or text.endswith(SO_FAR, 0, hit.clean_outer_start)


def is_labelled_limit(text: str, hit: Hit) -> bool:
    """«完成时限:10月底», «(…;完成时间:全年)»."""
    start, end = max(0, hit.clean_outer_start - 8), hit.clean_outer_start
    return hit.kind == "time" and text.find(":", start, end) >= 0 and bool(LIMIT_LABEL.search(text, start, end))


def labelled_limit(analysis: Analysis, indexes: Sequence[int]) -> Governor | None:
    """The limit that a sentence states behind its figures, for all of them."""
    for index in indexes:
        hit, interval = analysis.hits[index], analysis.interval(index)
        if hit.time and not hit.time.recurring and interval and is_labelled_limit(analysis.view.text, hit):
            return Governor(index, interval)
    return None


def period_of(interval: Interval, analysis: Analysis, index: int, *, yearly: bool, since: int | None) -> Period:
    """A limit is a point in time; a yearly average up to a year starts where the document or its plan does."""
    hit = analysis.hits[index]
    start, end = interval.start, interval.end
    if hit.time and hit.time.relation == "by" and start is None:
        start = end
    if yearly and since and end and int(end[:4]) > since and hit.time and hit.time.relation == "by":
        start = f"{since}-01-01"
    return from_to(start, end)


@lru_cache(maxsize=64)  # a document has few
def from_to(start: str | None, end: str | None) -> Period:
    return Period(start=start, end=end)


def whole_years(first: int | str, last: int | str) -> Period:
    return from_to(f"{first}-01-01", f"{last}-12-31")


def annual_period(part: Part) -> Period | None:
    """A work report without a year in its title is about the year that it opens."""
    if not part.published or not ANNUAL.search(part.title or ""):
        return None
    return whole_years(part.published[:4], part.published[:4])


def title_period(part: Part) -> Period | None:
    """«实施方案(2024—2026年)», «2019年工作计划»: what the whole document is about."""
    title = part.title or ""
    if match := RANGE_IN_TITLE.search(title):
        return whole_years(match.group(1), match.group(2))
    if match := YEAR.search(title):
        return whole_years(match.group(1), match.group(1))
    return None


def heading_year(sentence: Sentence) -> Period | None:
    """«一、2023年工作回顾», «一、上半年工作情况» set the time of the section."""
    for words in reversed(sentence.heading):
        if match := YEAR.search(words):
            return whole_years(match.group(1), match.group(1))
    return None
