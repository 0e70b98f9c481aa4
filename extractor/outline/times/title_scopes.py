"""What a title says that a document is about: «实施方案(2024—2026年)», «2019年工作计划», «1-8月投资情况»."""

import re
from collections.abc import Iterator, Sequence

from extractor.outline.head import Part
from extractor.outline.ordering import hits_between
from extractor.outline.times.cues import says_when
from extractor.outline.times.scopes import Scope, whole_years
from extractor.outline.times.years import Anchor
from extractor.recognise import Hit, Interval

RANGE = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–~至到]+\s*((?:19|20)\d\d)\s*年")
YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
ANNUAL = re.compile(r"工作报告|工作要点|年度计划|工作计划|民生实事|实事项目")


def title_scopes(part: Part, anchor: Anchor, hits: Sequence[Hit], text: str) -> Iterator[Scope]:
    """At most one. A year's report or plan without a year in its title is for the year that it opens."""
    title = part.title or ""
    if match := RANGE.search(title):
        yield Scope(whole_years(match.group(1), match.group(2)), "title", "document")
        return
    start = text.find(title, part.start, part.end) if title else -1
    if start >= 0:
        end = start + len(title)
        named = (named_in_title(hits[i], text, start, end, anchor) for i in hits_between(hits, start, end))
        found = {interval for interval in named if interval}
        if len(found) == 1:
            yield Scope(found.pop(), "title", "document", (start, end))
            return
    if match := YEAR.search(title):
        yield Scope(whole_years(match.group(1), match.group(1)), "title", "document")
    elif anchor.now and ANNUAL.search(title):
        yield Scope(whole_years(anchor.now, anchor.now), "published", "document")


def named_in_title(hit: Hit, text: str, start: int, end: int, anchor: Anchor) -> Interval | None:
    time = hit.time
    if time is None or time.recurring or time.needs_date or hit.kind != "time" or time.precision == "day":
        return None
    if not says_when(text, hit, text.find("《", start, end) + 1 or start, end):
        return None
    interval = time.resolve(anchor.now if time.relative else anchor.year)
    return interval if interval.start and interval.end else None
