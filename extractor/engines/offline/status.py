"""Is a figure a target, a result or an estimate? By the nearest cue before it, then by its time, its section, its document."""

import re

from extractor.outline import Part, Sentence
from extractor.outline.times.years import Anchor
from schemas.base import Period
from schemas.vocabulary import Status

# (every alternative of these patterns opens with a plain character, so that `re` jumps to one of them)
TARGET = re.compile(
    r"力争|确保|争取|力促|目标|计划|预期|锚定|努力|明确|要求|将|要(?<![主重必只首纪摘需]要)(?![求素闻])|到20\d\d年|安排|不低于|不少于|不超过|控制在|以内|每年|"
    r"新的一年|再的一年|必须|务必|打造|建成|实施(?<!组织实施)(?<!组实施)|前完成|底前|打算"
)
# these make a target of what follows in their clause, whatever stands between
AIM = re.compile(r"力争|确保|争取(?<!给企业争取)(?<!向上争取)|力促|努力|底前|拟(?![定合人])|(?:还|仍)将")
STRONG_TARGET = re.compile(
    r"力争|确保|争取(?<!给企业争取)(?<!向上争取)|力促|目标(?!责任|任务|考核|管理|大会)|计划(?<!投资计划)(?<!占计划)(?<!年度计划)(?![的数表生投总])|"
    r"预期(?<![稳于过]预期)(?!引导|管理)|努力|将(?<![大小上中少名武即]将)(?![军士领帅来近])|要(?<![主重必只首纪摘需]要)(?=[^求素闻看清])|"
    r"会议(?:要求|明确|强调|提出|部署)|要求,|牵头,"
)
# a limit says so of what stands beside it, up to the semicolon
LIMITED = re.compile(
    r"底前|年内(?<![0-9半多几数历]年内)|计划(?:完成)?投资(?!额?项目)|到20\d\d年(?<![加长高升大降低少至]到.{5})(?!的|底?累计)"
)
# a base or an occasion: what was aimed at is not what is told
NO_TARGET = re.compile(
    r"(?:围绕|聚焦|对照|对标|紧扣|冲刺|完成了?|实现了?|达成了?)(?:“[^”]*”|[^,。;“])*?目标(?:任务)?|"
    r"[^,。;]{0,12}目标(?:任务)?[^,。;]{0,4}(?:大会|会议|誓师会|动员会)|(?:市|区|县|省)[^,。;]{0,6}下达的[^,。;]{0,8}目标"
)
SOFT_TARGET = re.compile(r"控制在|不低于|不少于|不超过|以内|保持在")
EXPECTED = re.compile(
    r"预计|有望|预测|预料|料(?<![燃材原资饲饮肥涂塑布不]料)(?=将|可|达|突破)|估计|"
    r"(?:投产|达产|建成|满产|投用|竣工|运营)后[^。;]{0,14}?(?:可|能|预计|将)(?!持续|循环)"
)
OWN_RESULT = re.compile(r"已(?!经?签)|截至|截止|实际(?:完成|到位)(?!外资)|完成了|实现了|达到了")  # ends an estimate
ACTUAL = re.compile(
    r"完成|实现了?|达到?了|已|获评|获批|荣获|斩获|通报|截至|截止|累计|同比|新增|成功|仍有|聚集|获|位居|位列|去年|过去一年|一年来"
)
STRONG_ACTUAL = re.compile(
    r"通报|截至|截止|荣获|斩获|已(?!经?签)|去年(?<![较比]去年)|过去一年|一年来|过去五年|五年来|这五年|这一年|成功(?!创建|举办)|仍有|获评|回顾|以来|创建了|推进了|加快了"
)
DONE = re.compile(r"完成|实现|获|达|保持|签约|同比")
REVIEWED = re.compile(r"回顾|总结|工作情况|完成情况|执行情况|进展情况|发展成就|主要成[就绩效]|发展成果")
PLANNED = re.compile(
    r"安排|打算|重点工作|主要工作|工作重点|目标任务|主要目标|总体目标|工作目标|下一步|今后|主要任务|重点任务|民生实事"
)
REVIEW = re.compile(
    r"回顾|总结|工作情况|(?:发展|工作|现实|产业|有关)?基础(?:条件)?$|现状|成效|取得(?!新)|完成情况|执行情况|工作进展|发展成就|成绩|形势|背景|总体推进情况"
)
PLAN = re.compile(
    r"目标|任务|安排|打算|计划|重点工作|要求|部署|措施|举措|思路|展望|保障|指标|预期|要点|行动|重点|方案|规划|实施"
)
PLAN_TITLE = re.compile(r"方案|计划|规划|要点|意见|决定|措施|打算|纲要|目标|任务|安排|行动|通知")
SPRING = 3  # a year's work is planned, and reported, in its first months


def section_mood(sentence: Sentence, part: Part, banner: str | None = None) -> Status | None:
    """What the headings say: the innermost that is a review or a plan outright, else the innermost at all; then the title."""
    headings = (*reversed(sentence.heading), *([banner] if banner else []))
    for words in headings:
        reviewed, planned = bool(REVIEWED.search(words)), bool(PLANNED.search(words))
        if reviewed != planned:
            return "actual" if reviewed else "target"
        if reviewed and planned:
            return None  # «发展成就和主要目标»: its paragraphs tell
    for words in headings:
        if REVIEW.search(words):
            return "actual"
        if PLAN.search(words):
            return "target"
    return "target" if part.title and PLAN_TITLE.search(part.title) and sentence.heading else None


def status_of(
    before: str,
    clause: str,
    mood: Status | None,
    period: Period | None,
    anchor: Anchor,
    carried: Status | None,
    *,
    tasked: bool = False,
) -> Status:
    """`before` is the sentence up to the figure, `clause` the whole clause, `carried` the status of the figure before it.

    `tasked` tells a row of a task table: what it counts is to be done.
    """
    told = NO_TARGET.sub("", before) if "目标" in before else before
    over = past_or_to_come(period, anchor.now)
    cued = by_cues(told)
    if cued == "expected" or over == "target":
        return cued if cued == "expected" else "target"
    if over == "actual" and (mood == "actual" or not aimed(told)):
        return "actual"
    if cued:
        return cued
    when = over or within_the_year(period, anchor)
    if when:
        return when
    if tasked:
        return "target"
    if mood:
        return mood
    if SOFT_TARGET.search(clause) and carried != "actual":
        return "target"
    if carried and carried != "expected":
        return carried
    if DONE.search(clause) and not TARGET.search(told):
        return "actual"
    clause = NO_TARGET.sub("", clause) if "目标" in clause else clause
    return "target" if TARGET.search(clause) and not ACTUAL.search(clause) else "actual"


def by_cues(before: str) -> Status | None:
    """The last cue before a figure; an estimate ends at a semicolon or a result's own verb, an aim rules its clause."""
    group = before[before.rfind(";") + 1 :]
    expected = last(EXPECTED, group)
    if expected >= 0 and not OWN_RESULT.search(group, expected) and not AIM.search(group, expected):
        return "expected"
    if AIM.search(before, clause_start(before)):
        return "target"
    last_target, last_actual = last(STRONG_TARGET, before), last(STRONG_ACTUAL, before)
    limited = last(LIMITED, group)
    last_target = max(last_target, limited + len(before) - len(group)) if limited >= 0 else last_target
    if last_target == last_actual:
        return None
    return "target" if last_target > last_actual else "actual"


def last(pattern: re.Pattern[str], text: str) -> int:
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end


def aimed(before: str) -> bool:
    """Whether the clause says itself that it aims: a year that is over may be what was aimed at."""
    return bool(AIM.search(before, clause_start(before)) or LIMITED.search(before, before.rfind(";") + 1))


def clause_start(before: str) -> int:
    return max(before.rfind(mark) for mark in ",;。") + 1


def past_or_to_come(period: Period | None, year: int | None) -> Status | None:
    """A period that ended before the year of the document is past, one that ends after it is to come."""
    if period is None or period.end is None or year is None or int(period.end[:4]) == year:
        return None
    return "actual" if int(period.end[:4]) < year else "target"


def within_the_year(period: Period | None, anchor: Anchor) -> Status | None:
    """Of the document's own year, what ended before its day is past; the whole of it is to come in its first months."""
    year = anchor.now
    if period is None or period.end is None or year is None:
        return None
    if anchor.day and period.start != period.end and period.end < anchor.day.isoformat():
        return "actual"
    early = anchor.day.month <= SPRING if anchor.day else anchor.closed is not None and anchor.closed < year
    whole = period.end.endswith("-12-31") and (period.start or "").endswith("-01-01")
    return "target" if early and whole else None
