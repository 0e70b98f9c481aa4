"""The source has a figure wherever one belongs."""

import re
from collections.abc import Iterator

from extractor.checks.damage import HAN
from extractor.checks.material import Material
from extractor.text.scanning import Near, Searched, each_of
from schemas.finding import Finding

CJK_NUMBER = "〇零一二两三四五六七八九十百千万亿几数多半每各某整这那该本此哪另"
LONG_UNIT = (
    "个百分点|百分点|亿美元|万美元|亿元|万元|亿千瓦时|万千瓦时|万千瓦|兆瓦|平方公里|平方千米|平方米|万平方米|万亩|公顷|公里|千米|"
    "万吨|万人次|万人|万户|万套|万台|万辆|万件|人次|批次|%"
)
SHORT_UNIT = "个|家|户|项|人|名|亩|吨|件|次|台|套|辆|座|条|所|处|元|倍|位|张|批|场|期"
# its first character comes first, so that `re` jumps to it; what stands before and behind that depends on it
PLACEHOLDER = (
    r"[Xx×_*○◯△□(](?<![\dA-Za-z×X*_.%].)"
    r"(?:(?<=[Xx])[Xx]{0,3}|(?<=×)×{0,3}|(?<=_)_{0,11}|(?<=\*)\*{0,5}|(?<=[○◯△□])[○◯△□]{0,3}|(?<=\()\s*\))"
)
AFTER = r"(?=\s*(?:[,。;、:)|]|$|\n|以上|以下|左右|以内|和|及))"
HOLES: tuple[Searched, ...] = (
    # «重点在建项目 个,»
    re.compile(
        rf"(?P<hole> (?<=[{HAN}][{HAN}] )(?<![{CJK_NUMBER}] ) {{0,9}}(?P<unit>{LONG_UNIT}|{SHORT_UNIT})){AFTER}",
        re.MULTILINE,
    ),
    # «每年统筹 万元支持…»
    re.compile(
        rf"(?P<hole> (?<=[{HAN}][{HAN}] ) {{0,9}}(?P<unit>亿美元|万美元|亿元|万元))"
        r"(?=支持|用于|资金|投入|奖励|补助|补贴|专项|贷款|的)"
    ),
    # «新增 家规上企业»
    Near(
        r"(?:新增|净增|引进|培育|签约|建成|新建|实施|完成)(?P<hole> {1,10}(?P<unit>[家个户项件套座台]))(?=[㐀-鿿]{2})",
        " (?<=[增进育约成建施] )",
        2,
    ),
    # «总投资亿元,»
    Near(
        r"(?:总投资额?|投资额|完成投资|计划投资|总产值|年产值|收入|总额|成交额)(?:达到?|为|约|超过?)?"
        r"(?P<hole>(?P<unit>亿美元|万美元|亿元|万元))(?=[,。;])",
        each_of("亿万", "(?<=[资额值入达到为约超过].)(?=[美元])"),
        6,
    ),
    # «增长%», «达到 %»
    re.compile(
        r"(?:增长|下降|提高|增速|降低|上升|回落|达到?|完成|占|为|不低于|不少于|超过?|控制在|率|约)"
        r"(?P<hole> *(?P<unit>%|个百分点))(?=[,。;、]|以上|以下|左右|以内)"
    ),
    re.compile(
        r"(?:不少于|至少|达到|完成|新增|超过|累计)(?P<hole> *(?P<unit>个|家|户|项|人次|批次|件))(?=[,。;、]|以上)"
    ),
    # «XX%», «__个», «×亿元»
    re.compile(
        rf"(?P<hole>{PLACEHOLDER} ?(?P<unit>{LONG_UNIT}|{SHORT_UNIT}))"
        rf"(?=\s*(?:[,。;、:)|]|$|\n|以上|以下|左右|以内|和|及))",
        re.MULTILINE,
    ),
    # «计划生育率达到.%»: the digits are gone, their point is left
    re.compile(rf"(?P<hole>\.(?<=[{HAN}]\.) ?(?P<unit>{LONG_UNIT}))"),
    # «2024年 月底前»
    re.compile(r"(?P<hole> (?<=\d年 ) {0,5}(?P<unit>月)(?: {1,6}日)?)"),
)
WORDS_OF_UNITS = re.compile(
    r"(?:国家|大家|专家|商家|厂家|买家|卖家|客户|门户|用户|账户|事项|各项|专项|立项|工人|个人|单位|地位|到位|条件|文件|多次|层次)$"
)
COUNTERS = re.compile(r"(?:点击|阅读|浏览|访问|引用|播放|下载|转发|评论|单位)[量数]?:?$")


def figure_is_not_missing(material: Material) -> Iterator[Finding]:
    text = material.text
    for start, end, unit in sorted(holes(text)):
        before = text[max(0, start - 12) : start].rpartition("\n")[2]
        yield Finding(
            code="missing-figure",
            severity="warning",
            message=f"A figure is missing where the text says «{before}{text[start:end]}» (before {unit}).",
            records=material.records_near(*material.view.raw_span(start, end), 0),
            spans=(material.span(start, end),),
        )


def holes(text: str) -> set[tuple[int, int, str]]:
    found: dict[int, tuple[int, int, str]] = {}
    for pattern in HOLES:
        for match in pattern.finditer(text):
            start, end = match.span("hole")
            before = text[max(0, start - 6) : start]
            if COUNTERS.search(before) or spaced_out(text, start, end):
                continue
            if text[start] == " " and WORDS_OF_UNITS.search(before[-1:] + match["unit"]):
                continue
            found.setdefault(end, (start, end, match["unit"]))
    return set(found.values())


def spaced_out(text: str, start: int, end: int) -> bool:
    """Tell letter-spaced text («国 家 级») from a hole."""
    before, after = text[max(0, start - 6) : start], text[end : end + 5]
    return text[start] == " " and len(re.findall(rf"[{HAN}] (?=[{HAN}]|$)", before + after)) >= 2
