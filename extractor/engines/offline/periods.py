"""Which time a figure is about: the innermost scope of its clause that governs it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.analysis import Analysis
from extractor.outline import Scope, Sentence
from extractor.recognise import Hit, Interval
from schemas.base import Period
from schemas.vocabulary import Measure, Status

LIMIT_LABEL = re.compile(
    r"(?:(?:完成|办结|整改|落实|交付)(?:时限|时间|期限)|时限)(?:要求)?:\s*$|(?:建设(?:起止)?(?:年限|期限)|(?:建设|施工|总)?工期)(?:为|约)?:?\s*$"
)
# a level that stands at the end of several years: «达到6200公里», «从…增加到2.94万亿元», «居全国第3位»
REACHED = re.compile(
    r"(?:达到?了?|突破|超过?|接近|(?:增加|增长|提高|提升|扩大|上升|跃升|攀升|下降|降低|减少|发展)[到至为]|[增升降跃减扩]至|站上|迈上|"
    r"(?:位?居|位?列|排名?|保持在?)(?:全[国省市区县]|世界|全球)?(?:第|前)?|覆盖)[一-鿿]{0,2}$"
)
LOOSE = ("document", "row", "event")
THIS_EVENT = re.compile(r"[本此这]次|[这该]批|会上|仪式|集中(?:开工|签约|动工)|当[天日]|个项目[里中]")
RAISED = re.compile(r"[增提升降跃减扩][加长高升大低少]?[到至]$")  # «从1.29万亿元提高到1.39万亿元»
FLOW = re.compile(
    r"累计|年均|平均每年|每年|净增|新增|新建|引进|落户|培育|建成|完成|投入|转移|改造|解决|实施|开工|共|合计"
)
# what is told of a year or a day, though no verb says so
STANDING = re.compile(
    r"(?:生产总值|GDP|经济总量|经济规模|(?:预算|财政总?)收入|零售总额|进出口总[值额]|总规模|里程|人口|户数|(?<![出投缩])率|比重|比例|覆盖面|指数)[约超近为]?$"
)
KEPT = re.compile(r"(?:稳定|保持|维持|控制)在[一-鿿]{0,2}$")


def is_labelled_limit(text: str, hit: Hit) -> bool:
    """«完成时限:10月底», «(…;完成时间:全年)»."""
    start, end = max(0, hit.clean_outer_start - 8), hit.clean_outer_start
    labelled = text.find(":", start, end) >= 0 or text.find("期", start, end) >= 0 or text.find("限", start, end) >= 0
    return hit.kind == "time" and labelled and bool(LIMIT_LABEL.search(text, start, end))


def labelled_limit(analysis: Analysis, indexes: Sequence[int]) -> Scope | None:
    """The limit that a sentence states behind its figures, for all of them."""
    for index in indexes:
        hit, interval = analysis.hits[index], analysis.interval(index)
        if hit.time and not hit.time.recurring and interval and is_labelled_limit(analysis.view.text, hit):
            return Scope(interval, "stated", "sentence", (hit.clean_outer_start, hit.clean_outer_end), index)
    return None


def governing(chain: Sequence[Scope], limit: Scope | None) -> Scope | None:
    """The innermost scope that a figure stands in, short of what only the document, its row or an event tells."""
    first = chain[0] if chain else None
    if limit and (first is None or first.reach not in ("sentence", "clause")):
        return limit
    return first if first and first.reach not in LOOSE else None


def loosely(chain: Sequence[Scope], status: Status, *, near_event: bool, below_heading: bool) -> Scope | None:
    """What a figure without a time of its own takes: targets the year of their row or title, results the day of an event.

    Of a title results take the time only in a document with headings: there a section that tells none has the title's.
    """
    for scope in chain:
        if scope.is_open:
            return None
        if scope.reach == "event" and status == "actual" and near_event:
            return scope
        if scope.reach == "row" and status == "target":
            return scope
        if scope.reach == "document" and (status == "target" or below_heading):
            return scope
    return None


def is_near(scope: Scope, analysis: Analysis, sentence: Sentence) -> bool:
    """Whether an event is what a sentence is about: they share a paragraph, or the sentence points to it."""
    text = analysis.view.text
    place = scope.words[0] if scope.words else 0
    same = "\n" not in text[place : sentence.start]
    return (same and place <= sentence.end) or bool(THIS_EVENT.search(text, sentence.start, sentence.end))


def period_of(scope: Scope, analysis: Analysis, *, yearly: bool, since: int | None) -> Period:
    """A limit is a point in time; a yearly average starts where its plan does, up to a limit else with the document's year."""
    hit = analysis.hits[scope.hit] if scope.hit is not None else None
    start, end = scope.interval.start, scope.interval.end
    limit = hit is not None and hit.time is not None and hit.time.relation == "by"
    if limit and start is None:
        start = end
    if yearly and since and end and int(end[:4]) > since:
        start = f"{since}-01-01"
    return from_to(start, end)


def since_year(chain: Sequence[Scope], scope: Scope, year: int | None, *, limit: bool) -> int | None:
    """Where a yearly average starts: with the years in force that end with it, up to a limit else with the document's year."""
    for outer in chain:
        start, end = outer.interval.start, outer.interval.end
        if start and end and start[:4] < end[:4] == (scope.interval.end or "")[:4]:
            return int(start[:4])
    return year if limit else None


def at_the_end(period: Period, before: str, measure: Measure) -> Period:
    """Of a level reached over several years, the last one: «五年来…达到6200公里», «这五年,…生产总值6.66万亿元»."""
    start, end = period.start, period.end
    if not start or not end or start[:4] >= end[:4] or not (start.endswith("-01-01") and end.endswith("-12-31")):
        return period
    if measure == "growth" or KEPT.search(before) or FLOW.search(before):
        return period
    if measure == "change" and not RAISED.search(before):
        return period
    reached = measure == "rank" or REACHED.search(before) or STANDING.search(before)
    return whole_years(end[:4], end[:4]) if reached else period


@lru_cache(maxsize=64)  # a document has few
def from_to(start: str | None, end: str | None) -> Period:
    return Period(start=start, end=end)


def whole_years(first: int | str, last: int | str) -> Period:
    return from_to(f"{first}-01-01", f"{last}-12-31")


def of_interval(interval: Interval) -> Period:
    return from_to(interval.start, interval.end)


def written(period: Period | None) -> str | None:
    return f"{period.start or ''}/{period.end or ''}" if period and (period.start or period.end) else None
