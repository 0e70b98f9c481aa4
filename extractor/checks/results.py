"""A result was reached before its document tells of it, and a limit has a year."""

import re
from collections import defaultdict
from collections.abc import Iterator

from extractor.checks.material import Material, span_of
from extractor.checks.periods import inside
from extractor.recognise.hits import Hit
from schemas.deadline import Deadline
from schemas.document import Segment
from schemas.finding import Finding
from schemas.metric import Metric

YEAR = re.compile(r"(20(?<!\d..)\d\d)年")
MONTH = re.compile(r"(?<![\d-])(\d{1,2})月")
AHEAD = re.compile(r"力争|确保|争取|目标|计划|拟|将|预计|预期|规划|有望|到20\d\d年|届时|以上|任务")
BARE = re.compile(
    r"(?:今|本|当)?年(?:内|底|末|度|终)?(?:之?前)?|全年|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|末|[上中下]旬)?(?:\d{1,2}日)?(?:之|以)?前?|"
    r"第?[一二三四1-4]季度(?:末|底)?(?:之?前)?|[上下]半年|前三季度|\d{1,2}月\d{1,2}日(?:之?前)?"
)
RECURRING = re.compile(r"每[年月季周]")
STAMP = re.compile(r"20\d\d(?:年\d{1,2}月\d{1,2}日|([-./])\d{1,2}\1\d{1,2})")
LISTED = 3


def result_is_not_ahead(material: Material) -> Iterator[Finding]:
    """Speak where the text itself names the day to come; a record's period alone may be wrong."""
    ahead: dict[str, list[tuple[str, Metric, Hit]]] = defaultdict(list)
    for metric in material.metrics:
        segment, period, hit = material.segment(metric.segment), metric.period, material.hit_at(metric.figure)
        published = segment.published if segment else None
        # a month alone may be the title's: «2024年1—9月»
        if metric.status == "actual" and published and len(published) == 10 and period and period.start and hit:
            start = period.start
            if start > published and is_named(material, hit, start):
                ahead[metric.segment].append((start, metric, hit))
    for name, found in ahead.items():
        first, published = min(start for start, _, _ in found), published_of(material.segment(name))
        one = f"A result is dated {first}, after the document's date of {published}."
        many = f"{len(found)} results are dated after the document's date of {published}, the first on {first}."
        yield Finding(
            code="period-mismatch",
            severity="warning",
            message=one if len(found) == 1 else many,
            records=tuple(metric.id for _, metric, _ in found),
            spans=tuple(span_of(hit) for _, _, hit in found),
        )


def is_named(material: Material, hit: Hit, start: str) -> bool:
    """Tell whether the sentence names the year of a result, and its month where that tells, without a word of the future."""
    first, _ = material.sentence(hit.clean_start)
    words = material.text[first : hit.clean_start]
    months = {int(month) for month in MONTH.findall(words)}
    named = start[:4] in YEAR.findall(words) or (not YEAR.search(words) and int(start[5:7]) in months)
    return named and not AHEAD.search(material.text, first, material.clause(hit.clean_start)[1])


def published_of(segment: Segment | None) -> str | None:
    return segment.published if segment else None


def year_is_known(material: Material) -> Iterator[Finding]:
    """One finding for a segment in which nothing tells the year of «年内» or «9月底前»."""
    hanging: dict[str, list[Deadline]] = defaultdict(list)
    if STAMP.search(material.text):
        return  # a stamp that no engine took for the document's date tells the year to a reader
    for deadline in material.deadlines:
        if deadline.start is None and deadline.end is None and hangs(material, deadline):
            hanging[deadline.segment].append(deadline)
    for deadlines in hanging.values():
        names = [name for deadline in deadlines for name in (deadline.id, *deadline.applies_to)]
        told = list(dict.fromkeys(deadline.text.quote for deadline in deadlines))[:LISTED]
        quoted = " and ".join(f"«{words}»" for words in told)
        yield Finding(
            code="year-unknown",
            severity="warning",
            message=f"Nothing in the document tells the year of {quoted}.",
            records=tuple(dict.fromkeys(names)),
            spans=tuple(inside(material, deadline.text) for deadline in deadlines),
        )


def hangs(material: Material, deadline: Deadline) -> bool:
    """A known year that the record does not use is the record's fault, a time that does not exist another finding's."""
    segment = material.segment(deadline.segment)
    if segment and (segment.published or segment.year or segment.delivered):
        return False
    if deadline.text.start >= len(material.raw):
        return False
    start, end = material.clean_of(deadline.text)
    words = material.text[start:end].strip(",。 ")
    first, last = material.clause(start)
    return bool(BARE.fullmatch(words)) and not RECURRING.search(material.text, first, last)
