"""Numbers that measure nothing and must not take the place of a time: clocks, ratios, ordinals, programmes, idioms."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extractor.recognise import list_marks
from extractor.recognise.draft import Draft, each, passed_over, plain
from extractor.recognise.hits import BaseValue
from extractor.recognise.numerals import ONE_TO_TEN as C
from extractor.recognise.numerals import parse
from extractor.recognise.units import rows
from extractor.text.scanning import Near, each_of

CLOCK_WORDS = Near(  # 8时30分, 上午9点半
    r"(?:(?<=[上下]午)(?:[0-9]|1[0-2])点|(?<![0-9第.])(?:[01]?[0-9]|2[0-4])(?:时(?:[0-5]?[0-9]分|[0-5][0-9]|(?=[许整至到起前开,。、;)止]|以?[前后]))|点(?:[0-5]?[0-9]分|半|整|钟)))",
    each_of("时点", "(?<=[0-9].)"),
    2,
)
FORMULA = Near(
    r"(?:[×÷*](?P<share>100?0?0?[%‰]?)|\)[/÷](?P<divisor>[0-9]{1,3}))(?=[,。;、)\s]|$)",
    (*each_of("×÷*", "(?=10)"), r"\)(?=[/÷][0-9])"),
    0,
)
CLOCK = Near(
    r"(?<![0-9.])(?<![0-9]:)[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?(?:[-—~至][0-9]{1,2}:[0-5][0-9])?(?![0-9.:])",
    ":(?<=[0-9]:)(?=[0-5])",
    2,
)
PART = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
PROPORTION = Near(
    r"(?<![0-9.A-Za-z])(?<![0-9][:∶])[0-9]{1,4}(?:\.[0-9]{1,4})?(?P<rest>(?:[:∶][0-9]{1,4}(?:\.[0-9]{1,4})?){1,4})(?![0-9:∶])",
    each_of(":∶", "(?<=[0-9].)(?=[0-9])"),
    9,
)

NUMBERED = re.compile(
    rf"第(?:[{C}百零0-9]{{1,5}}| [0-9]{{1,4}} )(?:\.[0-9])?(?![{C}百0-9名位])(?:届|次|章|节|条|款|项|批|期|个|轮|代|版|卷|部分|阶段|步|类|号|方|产业|张|例|一)?"
)
ORDINALS = Near(
    rf"(?:[{C}]{{1,3}}届(?:[{C}](?:中|次))?|[{C}]{{1,2}}[次中](?=全会|会议|[、和][{C}]中|党代会|全体|会上)"
    rf"|(?:二十|十[一二三四五六七八九])大(?!重|举|项|工|行|产|类|领|方|任|体)|[{C}]等奖|(?<![0-9])[{C}]期(?![间限望末货])|(?<![0-9.])[0-9]期(?=工程|项目|建设|扩建)|[{C}]阶段|[{C}]代(?!表|理|码|替|化|价|谢)"
    rf"|(?<![0-9.])[0-9]{{1,5}}号(?!称|召)|(?<![0-9])[{C}]号(?=[、厂楼门线机地车院馆工])|一号(?!召)"
    rf"|(?:(?<![0-9.])[0-9]{{1,2}}|[{C}]{{1,3}})世纪(?:[0-9]0年代|末|初|中叶)?|(?<=世纪)[0-9]0年代)",
    rf"[届次中大等期阶代号世](?<=[0-9{C}].)",
    5,
)
# 位居第一, 总量全省第二; but 全省第一家, 全国第一方阵
RANK_END = re.compile("[^㐀-鿿]|$|[和的,、及与在并,较比增]")
RANKED = re.compile(
    "(?:(?:位居|位列|列|居|排名?|排在|名列|名次)(?:全[国省市区州县球]|世界|亚洲|[东中西]部|[㐀-鿿0-9]{1,7}[省市区州县旗])?|全[国省市区州县球]|世界)$"
)
PROGRAMMES = Near(
    r"(?:(?<![0-9.])(?:[0-9]{2,5}|[0-9]{3,5}(?<![施进成设开排共划建面行][0-9]{3})项)(?=(?:”|’)?(?:重点|重大)?(?:工程|战略|发展战略|热线|院校|高校|高质量发展计划)(?!项目数))"
    r"|(?:中国|世界|全国|全球|国内|民营|民企|企业|财富|制造业|服务业|亚洲|全省)(?:企业|民营企业|品牌)?(?P<rank>[0-9]{2,4}强)"
    r"|(?<![0-9])[06-9]0后|(?<![0-9])1(?:10|19|20|22)(?=报警|接警|指挥|急救|火警|平台|热线|服务台)|(?<![0-9])(?:百强|十强)(?=县|区|市|镇|企|产|园))",
    "[0-9百十](?=[”’重项工战发热院高强后报接指急火平服])(?=[”’]?(?:重点|项|重大|工程|战略|发展战略|热线|院校|高校|高质量|强|后|报警|接警|指挥|急救|火警|平台|服务台))",
    10,
)
PER_NAMES = (
    re.compile(
        r"每[0-9一两二三]{0,3}[十百千]?[万亿]?(?:人口?|名|户|人次|家|平方公里|亩|公里|个|件|元|吨|立方米|辆|台|瓦时)?(?<!每)"
    ),
    re.compile("万元(?=地区|GDP|国内|工业增|产值|生产总|单位|增加)"),
)
EXPRESSIONS = Near(
    r"(?<![0-9.])[0-9]{1,2}(?:[++][0-9a-zA-Z一二三四五六七八九NnXx]){1,4}(?![0-9%])", "[++](?<=[0-9].)", 2
)


@cache
def idioms() -> re.Pattern[str]:
    words = sorted((row[0] for row in rows("idioms.tsv", 1)), key=len, reverse=True)
    by_head = {
        head: [re.escape(word[1:]) for word in words if word[0] == head] for head in sorted({w[0] for w in words})
    }
    tails = "|".join(f"(?<={head})(?:{'|'.join(tails)})" for head, tails in by_head.items())
    return re.compile(f"[{''.join(by_head)}](?<![0-9分百千万亿{C}].)(?:{tails})")


def find(text: str) -> Iterator[Draft]:
    """Where two overlap, the earlier one is right."""
    yield from clocks(text)
    yield from each(FORMULA, text, "other", "context", "公式")
    yield from proportions(text)
    yield from list_marks.find(text)
    for match in NUMBERED.finditer(text):
        yield placed(text, match) or plain(*match.span(), "ordinal", "ordinal", "序数:第")
    for match in ORDINALS.finditer(text):
        yield plain(*match.span(), "ordinal", "ordinal", "序数", *prize(match.group()))
    for match in PROGRAMMES.finditer(text):
        span = match.span("rank") if match["rank"] else match.span()
        yield plain(*span, "identifier", "identifier", "名称里的数")
    yield from each(EXPRESSIONS, text, "identifier", "slogan", "口号:加号")
    for pattern in PER_NAMES:
        yield from each(pattern, text, "other", "context", "计量基数")
    for match in idioms().finditer(text):
        yield passed_over(*match.span())


def clocks(text: str) -> Iterator[Draft]:
    for match in CLOCK.finditer(text):
        if "比" not in text[max(0, match.start() - 8) : match.start()]:  # 比例为23:53:24
            yield plain(*match.span(), "time", "context", "时刻")
    yield from each(CLOCK_WORDS, text, "time", "context", "时刻")


def placed(text: str, match: re.Match[str]) -> Draft | None:
    """Read the «第一» of «位居第一» as a rank."""
    start, end = match.span()
    if not RANK_END.match(text, end) or not RANKED.search(text, max(0, start - 12), start):
        return None
    value = parse(match.group()[1:])
    if value is None:
        return None
    return Draft(start, end, start, end, "rank", value, None, "", BaseValue(value, None, "位"))


def proportions(text: str) -> Iterator[Draft]:
    """Read «1.78:1» as 1.78, and the parts of «5.2:45.3:49.5» as three shares."""
    for match in PROPORTION.finditer(text):
        if match["rest"] in (":1", "∶1"):
            value = parse(match.group()[:-2])
            draft = plain(*match.span(), "other", "context", "比例")
            yield draft._replace(
                kind="index", value=value, unit=":1", base=BaseValue(value, None, ":1"), role=None, why=None
            )
        elif adds_up(match.group()):
            for part in PART.finditer(text, *match.span()):
                value = parse(part.group())
                yield Draft(*part.span(), *part.span(), "percent", value, None, "%", BaseValue(value, None, "%"))
        else:
            yield plain(*match.span(), "other", "context", "比例")


def adds_up(written: str) -> bool:
    """Whether the parts are shares of one whole, in per cent; «1:2:3» is a mixture."""
    parts = [parse(part) for part in re.split("[:∶]", written)]
    return len(parts) > 2 and 98 <= sum(part for part in parts if part is not None) <= 102


def prize(word: str) -> tuple[Decimal | None, str]:
    return (parse(word[0]), "等奖") if word.endswith("等奖") else (None, "")
