"""A record's status agrees with the words around its figure."""

import re
from collections.abc import Iterator

from extractor.checks.material import Material, spans_of
from extractor.checks.periods import first_day
from extractor.recognise.hits import Hit
from schemas.document import Segment
from schemas.finding import Finding
from schemas.metric import Metric

PLANNED = re.compile(
    r"力争|确保|争取|力促|目标|拟|将|要|计划|预计|预期|规划|达到|不低于|不少于|控制在|以上|到20\d\d年|安排|任务|底前|年内|奋力|努力|实现"
)
PROMISED = re.compile(
    r"(?:力争|确保(?!了)|(?<!向上)争取(?!到?了|[^,。]{0,4}(?:资金|补助|支持|指标|政策))|力促|(?:^|[,。;年]|主要)目标(?:是|为)|(?<!年度)计划(?=完成|引进|新增|新建|实现))[^了“《]*$"
)
REACHED = re.compile(
    r"完成了|实现了|达到了|突破了|已完成|已实现|已达|已建成|累计完成|同比(?:增长|下降|提高|减少)|较?上年同期|^截[至止]"
)
LOOKS_BACK = re.compile(r"去年|上年|过去|一年来|以来|回顾|完成情况|已|了")


def status_follows_the_words(material: Material) -> Iterator[Finding]:
    for metric in material.metrics:
        hit = material.hit_at(metric.figure)
        if hit is None:
            continue
        if metric.status == "target" and is_past(material, metric, hit):
            yield finding(metric, hit, material, "a target, but the words around it report a result")
        if metric.status == "actual" and is_promised(material, metric, hit):
            yield finding(metric, hit, material, "a result, but the words around it set a target")


def finding(metric: Metric, hit: Hit, material: Material, what: str) -> Finding:
    start, end = material.clause(hit.clean_start)
    return Finding(
        code="status-mismatch",
        severity="warning",
        message=f"The record calls «{hit.text}» {what}: «{material.text[start:end].strip()}».",
        records=(metric.id,),
        spans=spans_of(hit),
    )


def is_past(material: Material, metric: Metric, hit: Hit) -> bool:
    """Only a past cue, a closed period and no word of a plan in the whole sentence, together, are proof."""
    start, end = material.clause(hit.clean_start)
    sentence = slice(*material.sentence(hit.clean_start))
    return (
        bool(REACHED.search(material.text[start:end].strip()))
        and not PLANNED.search(REACHED.sub("", material.text[sentence]))
        and has_ended(metric, material.segment(metric.segment))
    )


def is_promised(material: Material, metric: Metric, hit: Hit) -> bool:
    start, _ = material.clause(hit.clean_start)
    before = material.text[start : hit.clean_start]
    whole = material.text[slice(*material.sentence(hit.clean_start))]
    return (
        bool(PROMISED.search(before))
        and not REACHED.search(whole)
        and not LOOKS_BACK.search(whole)
        and not has_ended(metric, material.segment(metric.segment))
    )


def has_ended(metric: Metric, segment: Segment | None) -> bool:
    """Tell whether the record's period was over when its document was published."""
    if segment is None or segment.published is None or metric.period is None or metric.period.end is None:
        return False
    return metric.period.end < (first_day(segment) or "")
