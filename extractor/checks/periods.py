"""A period or a deadline follows from its words, and a target ends after its document was published."""

import re
from collections import defaultdict
from collections.abc import Iterator

from extractor.checks.dates import number
from extractor.checks.material import Material
from schemas.base import Quote, Span
from schemas.deadline import Deadline
from schemas.document import Segment
from schemas.finding import Finding
from schemas.metric import Metric

PLANS = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
PLAN = re.compile(r"“?(十[一二三四五]?五)”?(?=时?期|末|期间|规划|”)")
YEAR = re.compile(r"((?:19|20)(?<!\d..)\d\d)年")
YEARS = re.compile(r"((?:19|20)(?<!\d..)\d\d)年?\s*(?:[-—–~至到])\s*((?:19|20)\d\d)年")
MONTH = re.compile(r"(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,2})月")
OTHER_TIME = re.compile(
    r"去年|上年|今年|明年|本年|当年|次年|同期|季度|半年|以来|[比较超于与]\s*$|“?十[一二三四五]?五”|五年|三年|近年|周年|“|《|〔|\("
)
QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
QUARTER = re.compile(r"(?:第?([一二三四1234])季度|(前三)季度|(上|下)半年)")
LEAD = re.compile(r"(?:到|至|截至|于|在|力争|确保|争取)\Z")
LIMIT = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?(?P<end>底前|年底前|底以前|底|末)?(?P<by>之?前)?"
)
AIM = re.compile(
    r"力争|确保|争取|务必|计划|目标|拟|要(?!求)|建成|完成|开工|竣工|投产|投用|投运|完工|淘汰|关停|实现|达到|提高到|控制在|制定|出台|启动|封顶|通水|通车|交付"
)
SET = re.compile(r"力争|确保|争取|力促|务必|目标|计划|拟")
TIME_LIMIT = re.compile(r"(?:\d{1,2}月|[一二三四]季度|年)(?:底|末|[上中下]旬)?(?:\d{1,2}日)?(?:之|以)?前")
PAST_LEAD = re.compile(r"[自从比较]\s*$")
PAST = re.compile(r"已|了|曾|截[至止]|以来|经过|回顾|自|原定|原计划|获|被|较|比|同比|去年|上年|根据|依据|印发|《")


def target_ends_after_publication(material: Material) -> Iterator[Finding]:
    """One finding for a segment: a reposted plan would else cry once a record."""
    late: dict[str, list[tuple[str, str, Quote]]] = defaultdict(list)
    records: tuple[Metric | Deadline, ...] = (*material.metrics, *material.deadlines)
    for record in records:
        published = first_day(material.segment(record.segment))
        end = end_of(record)
        if published and end and end < published:
            place = record.text if isinstance(record, Deadline) else record.figure
            if is_set_for(material, place, end):
                late[record.segment].append((end, record.id, place))
    for segment, found in late.items():
        first, published = min(end for end, _, _ in found), first_day(material.segment(segment))
        one = f"A target is set for {first}, before the document's date of {published}."
        many = f"{len(found)} targets end before the document's date of {published}, the first on {first}."
        yield Finding(
            code="period-mismatch",
            severity="warning",
            message=one if len({end for end, _, _ in found}) == 1 else many,
            records=tuple(name for _, name, _ in found),
            spans=tuple(inside(material, place) for _, _, place in found if place.start < len(material.raw)),
        )


def is_set_for(material: Material, place: Quote, end: str) -> bool:
    """The clause itself has to set the limit («4月底前», «力争2023年…»): else the record's status or period is wrong."""
    if place.start >= len(material.raw):
        return False
    start, stop = material.clean_of(place)
    first, last = material.clause(start)
    clause = material.text[first : max(last, stop)]
    if PAST.search(TIME_LIMIT.sub("", clause)) or PAST_LEAD.search(material.text, max(0, start - 2), start):
        return False
    limits = TIME_LIMIT.search(clause)
    return bool(limits) or (f"{end[:4]}年" in clause and bool(SET.search(clause)))


def limit_in_the_text_is_ahead(material: Material) -> Iterator[Finding]:
    """«确保2022年底前建成» in a document of 2024, whether or not a record was made of it."""
    text = material.text
    for match in LIMIT.finditer(text):
        if not (match["by"] or match["end"]):
            continue
        published = first_day(material.segment_at(material.view.raw_at(match.start("year"))))
        end = f"{match['year']}-{int(match['month'] or 12):02}-{int(match['day'] or 31):02}"
        lead = LEAD.search(text, max(0, match.start() - 2), match.start())
        start = lead.start() if lead else match.start()
        clause = slice(start, material.clause(start)[1])
        whole = text[slice(*material.part(start))]
        if published and end < published and AIM.search(text[clause]) and not PAST.search(whole):
            yield Finding(
                code="period-mismatch",
                severity="warning",
                message=f"«{text[start : match.end()]}» is set as a limit, but the document was published on {published}.",
                spans=(material.span(match.start("year"), match.end()),),
            )


def period_follows_the_year_named(material: Material) -> Iterator[Finding]:
    for metric in material.metrics:
        period = metric.period
        if period is None or not period.end or not metric.evidence:
            continue
        words = "".join(material.words(part) for part in metric.evidence if part.start < len(material.raw))
        year = year_against(words, period.start, period.end, metric.baseline)
        if year:
            yield Finding(
                code="period-mismatch",
                severity="warning",
                message=f"The record's period ends on {period.end}, but its evidence names {year}年.",
                records=(metric.id,),
                spans=(inside(material, metric.figure),),
            )


def year_against(words: str, start: str | None, end: str, baseline: str | None) -> str | None:
    """The year that words name against a period. Only one year and no other word of time is proof."""
    years = set(YEAR.findall(words))
    if len(years) != 1 or OTHER_TIME.search(words) or YEARS.search(words):
        return None
    if baseline and years & set(re.findall(r"\d{4}", baseline)):
        return None
    year = str(years.pop())
    return None if is_baseline(words, year) or (start or end)[:4] <= year <= end[:4] else year


def deadline_follows_its_words(material: Material) -> Iterator[Finding]:
    for deadline in material.deadlines:
        if deadline.end is None or deadline.text.start >= len(material.raw):
            continue
        words = material.words(deadline.text)
        if contradicts(words, deadline.end):
            yield Finding(
                code="period-mismatch",
                severity="warning",
                message=f"The record's deadline ends on {deadline.end}, which «{words}» does not say.",
                records=(deadline.id,),
                spans=(inside(material, deadline.text),),
            )


def contradicts(words: str, end: str) -> bool:
    """Compare what the words name themselves (year, month, quarter, plan) with the resolved end."""
    plan = PLAN.search(words)
    if plan and not YEAR.search(words):
        return plan.group(1) in PLANS and not PLANS[plan.group(1)] <= int(end[:4]) <= PLANS[plan.group(1)] + 4
    years = YEAR.findall(words) + [year for pair in YEARS.findall(words) for year in pair]
    if years and end[:4] not in {max(years), str(int(max(years)) - ("年前" in words))}:
        return True
    month = last_month(words)
    return month is not None and int(end[5:7]) not in {
        month,
        (month - 2) % 12 + 1 if "前" in words and "底" not in words else month,
    }


def last_month(words: str) -> int | None:
    months = [number(month) for month in MONTH.findall(words)]
    if months:
        return months[-1] if months[-1] and 1 <= months[-1] <= 12 else None
    found = QUARTER.search(words)
    if found is None or "前" in words[found.end() :]:
        return None
    if found.group(1):
        return QUARTERS[found.group(1)]
    return 9 if found.group(2) else {"上": 6, "下": 12}[found.group(3)]


def end_of(record: Metric | Deadline) -> str | None:
    if isinstance(record, Deadline):
        return record.end
    return record.period.end if record.status == "target" and record.period else None


def first_day(segment: Segment | None) -> str | None:
    if segment is None or segment.published is None:
        return None
    return segment.published + "-01-01"[len(segment.published) - 4 :]


def is_baseline(words: str, year: str) -> bool:
    """A year to compare with, of prices, of a project's history («2016年立项») or of its limit is not the figure's own."""
    compared = rf"(?:比|较|与|于|超|自|从|由|以|按)\s*{year}年|(?:是|为|相当于)\s*{year}年的|{year}年(?:以来|起|同期|的基础|为基|不变价|可比价|价格)"
    told = rf"{year}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日|底|末|初)?(?:以?前)?(?:立项|启动|开工|动工|奠基|成立|设立|竣工|建成|投产|印发|出台|获批)(?=[、)的]|$)"
    return bool(re.search(f"{compared}|{told}", words))


def inside(material: Material, place: Span) -> Span:
    return Span(start=place.start, end=max(place.start + 1, min(place.end, len(material.raw))))
