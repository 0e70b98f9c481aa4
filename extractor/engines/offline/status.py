"""Is a figure a target, a result or an estimate? By the nearest cue before it, then by section, year and kind of document."""

import re

from extractor.outline import Part, Sentence
from schemas.base import Period
from schemas.vocabulary import Status

# (every alternative of these patterns opens with a plain character, so that `re` jumps to one of them)
TARGET = re.compile(
    r"力争|确保|争取|力促|目标|计划|预期|锚定|努力|明确|要求|将|要(?<![主重必只首纪摘需]要)(?![求素闻])|到20\d\d年|安排|不低于|不少于|不超过|控制在|以内|每年|"
    r"新的一年|再的一年|必须|务必|打造|建成|实施(?<!组织实施)(?<!组实施)|前完成|底前|打算"
)
STRONG_TARGET = re.compile(
    r"力争|确保|争取(?<!给企业争取)|力促|目标(?!责任|任务)|计划(?<!年度计划)(?<!投资计划)(?<!占计划)(?![的数表生投])|预期|努力|将(?<![大小上中少名武即]将)(?![军士领帅来])|底前|要(?<![主重必只首纪摘需]要)(?=[^求素闻看清])|会议(?:要求|明确|强调|提出|部署)|要求,|不低于|不少于|控制在|年内|牵头,|到20\d\d年"
)
EXPECTED = re.compile(r"预计|有望|预测")
ACTUAL = re.compile(
    r"完成|实现了?|达到?了|已|获评|获批|荣获|斩获|通报|截至|截止|累计|同比|新增|成功|仍有|聚集|获|位居|位列|去年|过去一年|一年来"
)
STRONG_ACTUAL = re.compile(
    r"通报|截至|截止|荣获|斩获|已(?!经?签)|去年|过去一年|一年来|这一年|成功|仍有|获评|回顾|以来|同比|创建了|推进了|加快了"
)
DONE = re.compile(r"完成|实现|获|达|保持|签约|同比")
REVIEW = re.compile(
    r"回顾|总结|工作情况|基础|现状|成效|取得|完成情况|执行情况|工作进展|发展成就|成绩|形势|背景|总体推进情况"
)
PLAN = re.compile(
    r"目标|任务|安排|打算|计划|重点工作|要求|部署|措施|举措|思路|展望|保障|指标|预期|要点|行动|重点|方案|规划|实施"
)
PLAN_TITLE = re.compile(r"方案|计划|规划|要点|意见|决定|措施|打算|纲要|目标|任务|安排|行动|通知")


def section_mood(sentence: Sentence, part: Part, banner: str | None = None) -> Status | None:
    """What the headings say, the innermost first; then the title."""
    for words in (*reversed(sentence.heading), *([banner] if banner else [])):
        if REVIEW.search(words):
            return "actual"
        if PLAN.search(words):
            return "target"
    return "target" if part.title and PLAN_TITLE.search(part.title) and sentence.heading else None


def status_of(
    before: str, clause: str, mood: Status | None, period: Period | None, year: int | None, carried: Status | None
) -> Status:
    """`before` is the sentence up to the figure, `clause` the whole clause, `carried` the status of the figure before it."""
    if EXPECTED.search(before.rpartition(";")[2]):
        return "expected"
    last_target = last(STRONG_TARGET, before)
    last_actual = last(STRONG_ACTUAL, before)
    if last_target > last_actual:
        return "target"
    if last_actual > last_target:
        return "actual"
    when = period_status(period, year)
    if when:
        return when
    if mood:
        return mood
    if carried:
        return carried
    if DONE.search(clause) and not TARGET.search(before):
        return "actual"
    return "target" if TARGET.search(clause) and not ACTUAL.search(clause) else "actual"


def last(pattern: re.Pattern[str], text: str) -> int:
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end


def period_status(period: Period | None, year: int | None) -> Status | None:
    """A period that ended before the year of the document is past, one that ends after it is to come."""
    if period is None or period.end is None or year is None:
        return None
    ends = int(period.end[:4])
    if ends < year:
        return "actual"
    return "target" if ends > year else None
