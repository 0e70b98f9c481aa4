"""The roles that the recogniser can settle by itself, each with its reason: catchwords, grades, page counts."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from extractor.recognise.draft import Draft
from extractor.recognise.units import rows
from schemas.vocabulary import Role

GRADE = re.compile("级|元?园区|产业|集群|板块|赛道|俱乐部|工程|强?县|镇|计划|行动")
ENUMERATED = re.compile(
    "(?:主要|重点|重大|年度|三年|方面|以下|攻坚|核心|关键|专项|具体|突出|省级)*"
    "(?:方面|指标|机制|行动|任务|措施|工程|环节|维度|层面|原则|举措|着力|结合|坚持|确保|转变|转型|优先|代表|维护|确立|意识|自信|全面|文明|定位|主责|抓手|中心任务|作用|突破|高地|战略|基地|目标|“|‘)"
)
TALLY = re.compile("(?:评论|点击|阅读|浏览|访问|打开|下载|点赞|收藏|引用|页码|字号|分辨率)(?:量|数|次数)?[::]? ?$")
ACHIEVED = re.compile(
    "(?:建成|建设|新建|打造|招引|引进|攻坚|培育|完成|创建|新增|签约|落地|谋划|开工|建立|竣工|投产|获评|获批|实现|突破|争取)了?$"
)
BUILT = re.compile(
    "(?:新建成?|建成|建设|建立|扩建|改建|开工|竣工|投产|投用|引进|招引|新增|签约|落地|布局|获批|获评|入选|认定)了?$"
)
HELD = re.compile("[到至在达]$")  # 供热标准提高到20℃; but 气温15℃
OWNED = re.compile("[㐀-鿿]{0,12}拥有量")
BROUGHT = re.compile("(?:带动|举办|开展|培训|惠及|服务|吸引|吸纳|帮扶|引育|引才)了?$")
SUMMED = re.compile("大(?!于|卡)|方面|强(?![化调度势])|维|星级")  # 4方面重点, 6大目标, 500强企业
CIRCLE = re.compile("[㐀-鿿]{0,8}圈")
YEAR = re.compile("(?:19|20)[0-9]{2}")
ROOM = re.compile("[0-9]{1,2}单元|[0-9]{2,4}[室号]")
ADDRESS = re.compile("楼|室(?!内|外|温)|弄|单元|路|号线|幢|栋|标段|地块")
VERSION = re.compile(r"[㐀-鿿](?<![率为达至到数比度量额值分是超])[1-9]\.0$")  # 工业4.0; but 容积率2.0
ALL_DAY = re.compile(
    "(?:营业|值班|值守|在线|不间断|不打烊|全天候|服务|受理|自助|热线|监控|监测|客服|便利|运行|开放|供应|巡)"
)
MEASURED_IN_LETTERS = re.compile("(?<![A-Za-z])(?:CPI|PPI|PMI|AQI|GDP|GEP)$")
LIFE = re.compile("(?:寿命|年限|平均年龄|工龄|账龄)[^,。;\n]{0,24}$")
NUMBERED_LINE = re.compile("(?m)^[ \t]*(?P<number>[0-9]{1,3})[ \t]+[㐀-鿿A-Za-z《“]")
RUNNING_HEAD = re.compile("[ \t]+[㐀-鿿]{2,12}[ \t](?:19|20)[0-9]{2}年")
LINE_NUMBER = re.compile("[ \t]+[㐀-鿿A-Za-z《“]")
QUOTE_END = re.compile("[^“”‘’「」\n。;]{0,12}[”’」]")
QUOTE_START = re.compile("[“‘「][^“”‘’「」\n。;]{0,12}$")
CHINESE_SMALL = frozenset("一二三四五六七八九十两")
CHINESE_NUMERALS = CHINESE_SMALL | frozenset("百千万")


Told = tuple[Role, str]
"""A role and its reason."""

QUOTED: Told = ("slogan", "口号:引号内")
PAGE_COUNT: Told = ("context", "页面计数")


def settled(text: str, draft: Draft) -> Draft:
    if draft.role or draft.silent:
        return draft
    if text[draft.start] in CHINESE_NUMERALS and in_set_phrase(text, draft):
        return draft._replace(role="slogan", why="词语里的数")
    rule = RULES.get(draft.kind)
    told = rule(text, draft) if rule else None
    return draft._replace(role=told[0], why=told[1]) if told else draft


@cache
def set_phrases() -> dict[str, tuple[tuple[int, str], ...]]:
    """The phrases by each numeral in them with the character behind it, and where in the phrase the numeral stands."""
    by_numeral: dict[str, list[tuple[int, str]]] = {}
    for (word,) in rows("set_phrases.tsv", 1):
        for at, char in enumerate(word):
            if char in CHINESE_NUMERALS:
                by_numeral.setdefault(word[at : at + 2], []).append((at, word))
    return {numeral: tuple(words) for numeral, words in by_numeral.items()}


def in_set_phrase(text: str, draft: Draft) -> bool:
    """Whether a small Chinese numeral stands in a word or a name: «二次污染», «三县两区», «五台县»."""
    if draft.kind not in ("count", "money", "other", "duration", "weight"):
        return False
    for at, word in set_phrases().get(text[draft.start : draft.start + 2], ()):
        start = draft.start - at
        if start + len(word) >= draft.end and start >= 0 and text.startswith(word, start):
            return text[start - 1 : start] not in CHINESE_NUMERALS
    return False


def money(text: str, draft: Draft) -> Told | None:
    written = text[draft.start : draft.end]
    if "元" not in written and is_quoted(text, draft):
        return QUOTED
    graded = draft.comparator == "=" and (
        text.startswith("级", draft.end) or ("元" not in written and GRADE.match(text, draft.end))
    )
    return ("slogan", "量级") if graded else None


def count(text: str, draft: Draft) -> Told | None:
    written = text[draft.start : draft.end]
    if draft.unit in ("栋", "幢") and ROOM.match(text, draft.end):
        return "identifier", "地址"
    small = written[0] in CHINESE_SMALL
    if draft.value is None:
        return "context", "无确数"
    if draft.unit in ("强", "级", "星", "版"):
        return ("slogan", "名称:百强") if draft.unit == "强" else ("ordinal", f"等级:{draft.unit}")
    if is_quoted(text, draft):
        return QUOTED
    if is_page_count(text, draft):
        return PAGE_COUNT
    if written[0] == "一" and len(written) <= 3:
        return one(text, draft)
    if draft.unit == "个" and draft.comparator == "=" and text.startswith(("方面", "一批"), draft.end):
        return "slogan", "列举的合计"
    if small and draft.comparator == "=" and not is_built(text, draft):
        listed = ENUMERATED.match(text, draft.end)
        return ("slogan", f"列举的合计:{listed.group().strip('“‘')}") if listed else None
    if written[0] in "百千万" and draft.comparator == "=":
        return whole(text, draft)
    return None


def is_page_count(text: str, draft: Draft) -> bool:
    if TALLY.search(text, max(0, draft.start - 8), draft.start):
        return True
    return draft.unit == "篇" and (
        text[draft.start - 1 : draft.start] in ("(", " ") or text[draft.end : draft.end + 1] in (")", "\n")
    )


def one(text: str, draft: Draft) -> Told | None:
    """«一个» counts where something of it was reached; else it is an article."""
    if text[draft.end : draft.end + 1].isdigit() or ACHIEVED.search(text, max(0, draft.start - 4), draft.start):
        return None
    return ("context", "不计数:一") if draft.comparator == "=" else None


def whole(text: str, draft: Draft) -> Told | None:
    """«百县千镇» is a catchword; «万人拥有量» a base; «带动万名青年» counts."""
    if OWNED.match(text, draft.end):
        return "context", "计量基数"
    counts = ACHIEVED.search(text, max(0, draft.start - 4), draft.start) or BROUGHT.search(
        text, max(0, draft.start - 4), draft.start
    )
    return None if counts else ("slogan", "口号:整数")


def is_built(text: str, draft: Draft) -> bool:
    """«新建三个基地» counts what came about; «实施三项行动», «三大基地» only name it."""
    return bool(BUILT.search(text, max(0, draft.start - 4), draft.start))


def rank(text: str, draft: Draft) -> Told | None:
    return QUOTED if is_quoted(text, draft) else None


def duration(text: str, draft: Draft) -> Told | None:
    if draft.unit in ("岁", "年") and LIFE.search(text, max(0, draft.start - 28), draft.start):
        return None  # 人均预期寿命79.5岁, 平均受教育年限11.3年
    if draft.unit in ("分钟", "小时") and draft.comparator == "=" and CIRCLE.match(text, draft.end):
        return "slogan", "名称:时间圈"  # 15分钟生活圈
    if draft.value == 24 and draft.unit == "小时" and draft.comparator == "=" and ALL_DAY.match(text, draft.end):
        return "context", "全天"
    timed = draft.unit in ("年", "周年", "个月", "岁", "周岁", "个季度", "周", "星期")
    return ("time", "时长") if timed else None


def bare(text: str, draft: Draft) -> Told | None:
    """Bare numbers stay open where a table may hold them; prose around them settles the others."""
    if TALLY.search(text, max(0, draft.start - 8), draft.start):
        return PAGE_COUNT
    if draft.unit in ("KB", "MB", "GB") or (
        draft.unit == "℃" and not HELD.search(text, max(0, draft.outer_start - 3), draft.outer_start)
    ):
        return "context", f"单位:{draft.unit}"
    if draft.unit:
        return None
    if is_quoted(text, draft):
        return QUOTED
    if summed := SUMMED.match(text, draft.end):
        return "slogan", f"列举的合计:{summed.group()}"
    if text.startswith("位数", draft.end):
        return "context", "位数"
    return numbering(text, draft)


def numbering(text: str, draft: Draft) -> Told | None:
    """Numbers that tell things apart: of an address, a line, a version, a code."""
    if ADDRESS.match(text, draft.end):
        return "identifier", "地址"
    if opens_a_numbered_line(text, draft):
        return "ordinal", "行号"
    lead = text[draft.start - 1 : draft.start]
    if lead == "_" or (text[draft.end : draft.end + 1] == "·" and YEAR.fullmatch(text[draft.start : draft.end])):
        return "identifier", "名称里的数"  # paragraph_3; 2025·中国某某论坛
    if lead.isascii() and lead.isalpha() and not MEASURED_IN_LETTERS.search(text, max(0, draft.start - 5), draft.start):
        return "identifier", "代号"
    if draft.comparator == "=" and VERSION.search(text, max(0, draft.start - 1), draft.end):
        return "identifier", "版本号"
    return ("identifier", "编号:位数") if len(text[draft.start : draft.end]) > 10 else None


def opens_a_numbered_line(text: str, draft: Draft) -> bool:
    """«3 新建标准厂房» is the third line where a second or a fourth stands too; «76 某某杂志 2020年12月» is a page."""
    reach = max(0, draft.start - 60)
    line_start = text.rfind("\n", reach, draft.start) + 1
    if line_start < reach or text[line_start : draft.start].strip() or not LINE_NUMBER.match(text, draft.end):
        return False
    written = text[draft.start : draft.end]
    if not written.isdigit():
        return False  # a value of a table that opens a line is often no whole number
    paged = RUNNING_HEAD.match(text, draft.end)
    return bool(paged) or bool({int(written) - 1, int(written) + 1} & line_numbers(text))


@lru_cache(maxsize=2)
def line_numbers(text: str) -> frozenset[int]:
    return frozenset(int(match["number"]) for match in NUMBERED_LINE.finditer(text))


def is_quoted(text: str, draft: Draft) -> bool:
    """Catchwords are short and stand in quotes: “三个一批”, “1236”; but «“新增50家企业”的目标» counts."""
    opening = QUOTE_START.search(text, max(0, draft.start - 13), draft.start)
    if not opening or not QUOTE_END.match(text, draft.end):
        return False
    said = ACHIEVED.search(text, opening.start(), draft.outer_start) or draft.comparator != "="
    return not (said and draft.kind == "count" and text[draft.start].isdigit())


RULES: dict[str, Callable[[str, Draft], Told | None]] = {
    "money": money,
    "count": count,
    "rank": rank,
    "duration": duration,
    "other": bare,
}
