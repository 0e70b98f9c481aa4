"""One document gives one quantity one value."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractor.checks.agreement import can_both_be, read, said
from extractor.checks.amounts import NO_AMOUNT, base_of
from extractor.checks.material import Material, spans_of
from extractor.checks.periods import first_day
from extractor.checks.statements import Words, frame_fits, frame_of, is_row, leads, line_of, words_of
from extractor.recognise.hits import Hit
from extractor.values import value
from schemas.finding import Finding
from schemas.metric import Metric

AIMS = re.compile(r"力争|确保|争取|目标(?!任务)|计划(?=完成|实现|新增|引进)")
REPORTS = re.compile(r"完成了|实现了|达到了|同比|已|累计|去年|上年|截至|通报|回顾|获悉|预计")
REVISED = re.compile(r"调整|修订|原|由|从|增加到|增至|提高到|扩大到|上调|下调|变更|分别|第[一二三四]|一期|二期")
YEAR = re.compile(r"(20(?<!\d..)\d\d)年")
COUNTED = re.compile(r"(?:数|数量|额|量|总数)$")
NO_WORD = re.compile(r"[\W的]")


@value
class Aim:
    hit: Hit
    words: Words


def records_agree(material: Material) -> Iterator[Finding]:
    """Speak where every field of two records agrees, and the words of the text around both figures do so too."""
    groups: dict[object, list[tuple[Metric, Hit]]] = defaultdict(list)
    for metric in material.metrics:
        if (hit := material.hit_at(metric.figure)) and (words := words_by(material, metric, hit)):
            groups[quantity_of(metric), words].append((metric, hit))
    for (first, place), *others in groups.values():
        aimed = first.status == "target"
        apart = [(metric, hit) for metric, hit in others if not same_sentence(material, place, hit)]
        odd = [
            (metric, hit)
            for metric, hit in apart
            if not can_both_be(said(first, place), said(metric, hit), aimed=aimed)
        ]
        if odd:
            metrics = [first, *(metric for metric, _ in odd)]
            quoted = " and ".join(f"«{metric.figure.quote}»" for metric in metrics)
            yield Finding(
                code="contradiction",
                severity="warning" if first.actor else "info",
                message=f"«{first.name}» has more than one value for one period: {quoted}.",
                records=tuple(metric.id for metric in metrics),
                spans=spans_of(place, *(hit for _, hit in odd)),
            )


def quantity_of(metric: Metric) -> object:
    period = (metric.period.start, metric.period.end) if metric.period else metric.id
    unit = metric.normalized.unit
    name = metric.indicator or NO_WORD.sub("", metric.name)
    return (
        metric.segment,
        name,
        period,
        metric.measure,
        metric.status,
        metric.direction,
        metric.baseline,
        metric.actor,
        unit,
    )


def words_by(material: Material, metric: Metric, hit: Hit) -> str | None:
    """Give the name that text and record share; None where the record's own fields are in doubt."""
    period = metric.period
    if period is None or not period.start or not period.end or is_doubtful(material, metric, period.start, period.end):
        return None
    line = line_of(material, hit.clean_start)
    name = COUNTED.sub("", NO_WORD.sub("", metric.name))
    if is_row(line) and name in NO_WORD.sub("", line):
        return metric.indicator or name
    words = words_of(material, hit)
    if words is None or not frame_fits(frame_of(material, hit), period.start, period.end):
        return None
    if not words.telling and not (not words.name and leads(material, hit, name)):
        return None
    if words.subject and words.subject not in (metric.actor or ""):
        return None
    is_named = COUNTED.sub("", words.name) in {name, NO_WORD.sub("", metric.name), ""}
    return (metric.indicator or name) if is_named else words.name


def is_doubtful(material: Material, metric: Metric, start: str, end: str) -> bool:
    """A result that ends after its document, or an aim that ended before it, hangs on a wrong period or status."""
    published = first_day(material.segment(metric.segment))
    if published is None or metric.status == "expected":
        return False
    return end < published if metric.status == "target" else start > published


def same_sentence(material: Material, one: Hit, other: Hit) -> bool:
    """«不低于135亿元、力争达到140亿元» are a floor and an aim."""
    return material.sentence(one.clean_start) == material.sentence(other.clean_start)


def statements_agree(material: Material) -> Iterator[Finding]:
    """Hold aims without records against each other and against those with: one long name, one year, two values."""
    groups: dict[tuple[str, Words, str, object], list[Hit]] = defaultdict(list)
    for aim in aims(material):
        segment = material.segment_at(aim.hit.start)
        unit = base_of(aim.hit)[1]
        key = (segment.id if segment else "", aim.words, unit, year_of(material, aim.hit))
        groups[key].append(aim.hit)
    for (_, words, _, _), hits in groups.items():
        yield from differing(material, words.name, hits)


def differing(material: Material, name: str, hits: Iterable[Hit]) -> Iterator[Finding]:
    first, *others = hits
    for other in others:
        told_by_records = material.holders(spans_of(first)) and material.holders(spans_of(other))
        if (
            told_by_records
            or same_sentence(material, first, other)
            or can_both_be(read(first), read(other), aimed=True)
        ):
            continue
        yield two_values(name, first, other)
        return


def aims(material: Material) -> Iterator[Aim]:
    if not AIMS.search(material.text):
        return
    for hit in material.index.hits:
        if hit.kind == "time" or base_of(hit)[0] is None or material.role_of(hit) in NO_AMOUNT:
            continue
        start, _ = material.sentence(hit.clean_start)
        clause, end = material.clause(hit.clean_start)
        if not AIMS.search(material.text, start, hit.clean_start) or REPORTS.search(material.text, start, end):
            continue
        if REVISED.search(material.text, clause, end):
            continue
        words = words_of(material, hit)
        if words and words.telling:
            yield Aim(hit, words)


def year_of(material: Material, hit: Hit) -> object:
    """Give the year that the sentence names, else the time named last before it."""
    start, _ = material.sentence(hit.clean_start)
    years = YEAR.findall(material.text, start, hit.clean_start)
    frame = frame_of(material, hit)
    return str(years[-1]) if years else frame and frame[1]


def two_values(name: str, one: Hit, other: Hit, *records: str) -> Finding:
    return Finding(
        code="contradiction",
        severity="warning",
        message=f"The text gives two values for {name}: «{one.text}» and «{other.text}».",
        records=records,
        spans=spans_of(one, other),
    )
