"""Whether a time expression says when something is, or only compares, names, or tells a history."""

import re

from extractor.recognise import Hit

COMPARED = re.compile(r"(?:[较比同从自由按以]|[高低优大小多少快好强当平]于)[“\"]?$")
SHARE_OF_BASE = re.compile(r"的\d[\d.]*(?:%|倍|‰)|的[一二三四五六七八九十]+(?:倍|成)")
TASK = re.compile(r"度?(?:既定|确定的?|下达的?|提出的?)?(?:目标)?(?:任务|目标|计划|预算|\d|各项)")
WHOLE_TASK = re.compile(r"(?:各项|国民经济|经济社会|(?:目标)?任务)")  # «确保完成全年各项目标任务» limits nothing
SET_BEFORE = re.compile(r"年初")
MEETING = re.compile(r"(?:大会|会议|论坛|[一-鿿](?<!社)会)(?:召开|$|上|暨)|^[A-Z]\d")
NAME_BEHIND = re.compile(
    r"(?:年)?(?:远景|(?:的)?基础上|基数上|不变价|可比价|价格|同期|(?:发展)?规划(?!期|执行|完成|实施情况)|纲要|建议|的?(?:通知|意见|决定|规定|文件|办法|讲话)"
    r"|(?:的)?(?:首战|起步|第[一二三四五]|开局|收官|关键|冲刺)[一-鿿]{0,4}(?:年|之年))"
)
# «2016年立项», «已于2011年满产»: a clause of a project's history
HISTORY = re.compile(
    r"[\d月日底初末前份]*(?:正式)?(?:立项|开工(?:建设)?|动工|竣工|满产|建成(?:投[产用运]|通车)?|投产|投用|成立|获批|设立|启动|批准|揭牌|挂牌|组建|始建|建制)(?:的)?[)。,;]?$"
)

QUOTED = 24  # a quote longer than that is somebody's speech
OF_A_FIGURE = re.compile(r"的\d")


def says_when(text: str, hit: Hit, start: int, end: int) -> bool:
    """Whether a time is that of the statement around it; `start` and `end` are those of its clause or sentence."""
    first, last = hit.clean_outer_start, hit.clean_outer_end
    before = text[max(start, first - 3) : first]
    if COMPARED.search(before) or NAME_BEHIND.match(text, last, end):
        return False
    if text.startswith("全年", first) and WHOLE_TASK.match(text, last, end):
        return False
    if before.endswith(("完成", "占", "是", "为")):
        if TASK.match(text, last, end) or SHARE_OF_BASE.match(text, last, end):
            return False  # «完成全年任务的54.1%», «是去年的2.5倍»: a base
    elif SET_BEFORE.match(text, first) and TASK.match(text, last, end):
        return False
    return not is_aside(text, start, first)


def is_aside(text: str, start: int, place: int) -> bool:
    """Inside brackets that opened behind the start, or inside 《…》 or a short quote: «(2017年同期增长3%)», «“当年签约、当年投产”»."""
    opened = text.rfind("“", start, place)
    if opened >= 0 and text.find("”", opened, opened + QUOTED) >= place:
        return True
    for opening, closing in ("()", "《》"):
        opened = text.rfind(opening, start, place)
        if opened >= 0 and text.find(closing, opened, place) < 0 and (opened > start or opening == "《"):
            return True
    return False


def is_momentary(text: str, hit: Hit, end: int) -> bool:
    """«2016年立项»: a clause that holds a year and what was done in it, and no more; «2025年的2.94万亿元»: one figure's time."""
    return bool(HISTORY.match(text, hit.clean_outer_end, end) or OF_A_FIGURE.match(text, hit.clean_outer_end, end))
