"""Numbers that measure nothing: document numbers, phone numbers, product codes, ordinals, list marks, idioms, names."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from extractor.recognise.draft import Draft, passed_over, plain
from extractor.recognise.hits import BaseValue
from extractor.recognise.numerals import parse
from extractor.recognise.units import rows, unit_at
from schemas.vocabulary import FigureKind, Role

C = "一二三四五六七八九十"
ISSUE = re.compile(r"[〔\[(【]((?:19|20)[0-9]{2})[〕\])】] ?第?[0-9]{1,5} ?号")
ISSUER = re.compile(r"(?:^|通知|的|意见|方案|决定|办法|告|[^㐀-鿿A-Za-z])([㐀-鿿A-Za-z]{1,8})$")
# kind and role of what each pattern finds
IDENTIFIERS = re.compile(
    r"(?=[A-Za-z0-9公国])(?:https?://[!-~]+|www\.[!-~]+|[A-Za-z0-9][A-Za-z0-9._-]{0,63}[@#][A-Za-z0-9][A-Za-z0-9.-]{0,63}"
    r"|(?<![0-9])(?:0[0-9]{2,3}[-—][0-9]{7,8}|400-?[0-9]{3}-?[0-9]{4}|1[3-9][0-9]{9})(?![0-9])"
    r"|[ICP]{3}备[0-9]{1,12}号(?:-[0-9]{1,3})?|公网安备 ?[0-9]{1,16}号"
    r"|(?<=电话[::])[0-9]{5,8}|(?<=传真[::])[0-9]{5,8}|(?<=邮编[::])[0-9]{6}|(?<=邮编)[0-9]{6}|(?<=编码)[0-9]{6}|(?<=编码[::])[0-9]{6}|(?<=识码[::])[0-9]{4,20}"
    r"|K[0-9]{1,4}\+[0-9]{1,3}(?:\.[0-9]{1,3})?(?![0-9])|(?<![A-Za-z])[A-Z]{2,5}[0-9]{0,2}(?:/[A-Z]{1,2})? ?[0-9]{2,6}(?:\.[0-9]{1,2})?[-—](?:19|20)[0-9]{2}(?![0-9])"
    r"|(?<![0-9])12345(?:政务)?(?:服务)?(?:便民)?(?:热线|平台)|国[一二三四五六]A?B?(?=标准|排放|及以|车|汽|柴|\b))"
)
CODES = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{1,12}[-.]?[0-9][0-9A-Za-z.-]{0,15}(?:线|项目(?!标)|车型|型|号)?(?![0-9A-Za-z%‰亿万元])"
)
POLLUTANT = re.compile("PM(?:2\\.5|10)|CO2?|SO2|NO[2x]|O3|N2O|CH4|VOCs?")
LETTERED = re.compile(
    r"(?=[0-9])(?<![0-9A-Za-z.])[0-9]{1,3}(?P<letters>[A-FH-Z][A-Z+]{0,2}|G(?![A-Za-z0-9]))(?=[级基网技通电技信工城景类标认打显视高超及、和,。(]|$)"
)
CLOCK = re.compile(
    r"(?<![0-9.])(?<![0-9]:)(?<!比)(?<!比[例为是])[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?(?:[-—~至][0-9]{1,2}:[0-5][0-9])?(?![0-9.:])"
)
PROPORTION = re.compile(
    r"(?<![0-9.])(?<![0-9][:∶])[0-9]{1,4}(?:\.[0-9]{1,4})?(?P<rest>(?:[:∶][0-9]{1,4}(?:\.[0-9]{1,4})?){1,4})(?![0-9:∶])"
)
MARKS = re.compile(
    rf"(?=[①-⑳(0-9{C}•·—\-\s])(?:[①-⑳]|\([{C}]{{1,3}}\)|(?m:^)\s{{0,8}}[-—•·]?\s?(?P<lead>\(?[0-9]{{1,3}}\)|[0-9]{{1,2}}(?:[.、·.](?![0-9])|\.(?=(?:19|20)[0-9]{{2}}年)))"
    rf"|(?<![{C}0-9第])(?P<comma>[{C}]{{1,3}})、(?!(?:[{C}][、个项家])|二季|三季)|(?:(?<=[。;:,!?)\s])|(?m:^))(?P<isa>[{C}]是|[{C}]要)"
    r"|(?<=[㐀-鿿)。;])(?P<run_on>[0-9]{1,2})[.·](?=[㐀-鿿“《])|(?<=[。;:!?])(?P<listed>[0-9]{1,2})、"
    r"|(?<=附件|专栏)[0-9]{1,2}|(?:(?<=\n[表图])|(?<=[ (。][表图]))[0-9]{1,2}(?=[ ::.。])|(?<=附表|附图)[0-9]{1,2}|(?<=注)[0-9]{1,2}(?=[::]))"
)
ITEM = re.compile(r"(?m:^)\s{0,8}(?P<number>[0-9]{1,2})[.、](?![0-9])")
LEADING_DECIMAL = re.compile(r"(?m:^)\s{0,8}(?P<number>[0-9]{1,2})\.(?=[0-9])")
ORDINALS = re.compile(
    rf"(?=[第0-9{C}])(?:第[{C}百零0-9]{{1,5}}(?:\.[0-9])?(?![{C}百0-9名位])(?:届|次|章|节|条|款|项|批|期|个|轮|代|版|卷|部分|阶段|步|类|号|方|产业|张|例|一)?"
    rf"|[{C}]{{1,3}}届(?:[{C}](?:中|次))?|[{C}]{{1,2}}[次中](?=全会|会议|[、和][{C}]中|党代会|全体|会上)"
    rf"|(?:二十|十[一二三四五六七八九])大(?!重|举|项|工|行|产|类|领|方|任|体)|[{C}]等奖|(?<![0-9])[{C}]期(?![间限望末货])|[{C}]阶段|[{C}]代(?!表|理|码|替|化|价|谢)"
    rf"|(?<![0-9.])[0-9]{{1,5}}号(?!称|召)|(?<![0-9])[{C}]号(?=[、厂楼门线机地车院馆工])|一号(?!召))"
)
# 位居第一, 总量全省第二; but 全省第一家, 全国第一方阵
RANK_END = re.compile("[^㐀-鿿]|$|[和的,、及与在并,较比增]")
RANKED = re.compile(
    "(?:(?:位居|位列|列|居|排名?|排在|名列|名次)(?:全[国省市区州县球]|世界|亚洲|[东中西]部)?|全[国省市区州县球]|世界)$"
)
PROGRAMMES = re.compile(
    r"(?=[0-9中世全国民企财制服亚百十])(?:(?<![0-9.])[0-9]{2,5}(?=(?:”|’)?(?:重点|项|重大)?(?:工程|战略|发展战略|热线|院校|高校|高质量发展计划)(?!项目数))(?:项)?"
    r"|(?:中国|世界|全国|全球|国内|民营|民企|企业|财富|制造业|服务业|亚洲|全省)(?:企业|民营企业|品牌)?(?P<rank>[0-9]{2,4}强)"
    r"|(?<![0-9])[06-9]0后|(?<![0-9])1(?:10|19|20|22)(?=报警|接警|指挥|急救|火警|平台|热线|服务台)|(?<![0-9])(?:百强|十强)(?=县|区|市|镇|企|产|园))"
)
PER_NAME = re.compile(
    r"(?P<per>每[0-9一两二三]{0,3}[十百千]?[万亿]?(?:人口?|名|户|人次|家|平方公里|亩|公里|个|件|元|吨|立方米|辆|台|瓦时)?)(?<![每])|"
    r"(?P<wan>万元)(?=地区|GDP|国内|工业增|产值|生产总|单位|增加)"
)
EXPRESSIONS = re.compile(r"(?P<sum>[0-9](?:[++][0-9a-zA-Z一二三四五六七八九NnXx]){1,4})(?![0-9%])")


@cache
def idioms() -> re.Pattern[str]:
    words = sorted((row[0] for row in rows("idioms.tsv", 1)), key=len, reverse=True)
    heads = "".join({word[0] for word in words})
    return re.compile(rf"(?=[{heads}])(?<![0-9分百千万亿{C}])(?:{'|'.join(map(re.escape, words))})")


def find(text: str) -> Iterator[Draft]:
    """Give what is no figure, pattern by pattern; where two overlap, the earlier one is right."""
    for match in ISSUE.finditer(text):
        issuer = ISSUER.search(text, max(0, match.start() - 10), match.start())
        yield plain(issuer.start(1) if issuer else match.start(), match.end(), "identifier", "identifier")
    yield from each(IDENTIFIERS, text, "identifier", "identifier")
    for match in CODES.finditer(text):
        named = POLLUTANT.match(match.group())
        yield passed_over(*match.span()) if named else plain(*match.span(), "identifier", "identifier")
    for match in LETTERED.finditer(text):
        unit = unit_at(text, match.start("letters"))
        if unit is None or len(unit.name) == 1:  # 5G基站, 4A级; but 600MW
            yield plain(*match.span(), "identifier", "identifier")


def find_words(text: str) -> Iterator[Draft]:
    """Give what must not take the place of a time: list marks, ordinals, names, idioms."""
    yield from each(CLOCK, text, "time", "context")
    yield from proportions(text)
    for match in MARKS.finditer(text):
        name = match.lastgroup
        start, end = match.span(name) if name else match.span()
        yield plain(start, end, "ordinal", "ordinal")
    yield from marks_before_digits(text)
    for match in ORDINALS.finditer(text):
        yield placed(text, match) or plain(*match.span(), "ordinal", "ordinal", *prize(match.group()))
    for match in PROGRAMMES.finditer(text):
        yield plain(*(match.span("rank") if match["rank"] else match.span()), "identifier", "identifier")
    yield from each(EXPRESSIONS, text, "identifier", "slogan")
    yield from each(PER_NAME, text, "other", "context")
    for match in idioms().finditer(text):
        yield passed_over(*match.span())


def placed(text: str, match: re.Match[str]) -> Draft | None:
    """Read the «第一» of «位居第一» as a rank."""
    start, end = match.span()
    value = parse(match.group()[1:]) if text[start] == "第" else None
    if value is None or not RANKED.search(text, max(0, start - 8), start) or not RANK_END.match(text, end):
        return None
    return Draft(start, end, start, end, "rank", value, None, "", BaseValue(value, None, "位"))


def marks_before_digits(text: str) -> Iterator[Draft]:
    """Read «8.110千伏变电站» between the items «7.» and «9.» as item 8, not as a decimal."""
    items = {int(match["number"]) for match in ITEM.finditer(text)}
    for match in LEADING_DECIMAL.finditer(text):
        if int(match["number"]) - 1 in items and int(match["number"]) + 1 in items:
            yield plain(*match.span("number"), "ordinal", "ordinal")


def proportions(text: str) -> Iterator[Draft]:
    """Read «1.78:1» as 1.78; the shares of «5.2:45.3:49.5» have no name of their own."""
    for match in PROPORTION.finditer(text):
        draft = plain(*match.span(), "other", "context")
        if match["rest"] in (":1", "∶1"):
            value = parse(match.group()[:-2])
            draft = replace(draft, kind="index", value=value, unit=":1", base=BaseValue(value, None, ":1"), role=None)
        yield draft


def each(pattern: re.Pattern[str], text: str, kind: FigureKind, role: Role) -> Iterator[Draft]:
    for match in pattern.finditer(text):
        yield plain(*match.span(), kind, role)


def prize(word: str) -> tuple[Decimal | None, str]:
    return (parse(word[0]), "等奖") if word.endswith("等奖") else (None, "")
