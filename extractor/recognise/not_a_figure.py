"""Numbers that measure nothing: document numbers, phone numbers, product codes, ordinals, list marks, idioms, names."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extractor.recognise.draft import Draft, passed_over, plain
from extractor.recognise.hits import BaseValue
from extractor.recognise.numerals import parse
from extractor.recognise.units import rows, unit_at
from extractor.text.scanning import LineStart, Near, Searched, each_of
from schemas.vocabulary import FigureKind, Role

C = "一二三四五六七八九十"
ISSUE = Near(
    r"[〔\[(【]((?:19|20)[0-9]{2})[〕\])】] ?第?[0-9]{1,5} ?号", each_of("〔[(【", r"(?=(?:19|20)[0-9]{2}[〕\])】])"), 0
)
# the unit of a figure or time that stands right before an issuer is not his: «2025年X政办发〔2025〕3号», «300万元X财建〔2023〕18号»
ISSUER = re.compile(
    r"(?:^|通知|的|意见|方案|决定|办法|告|[0-9](?:年度?|[月日号%]|[百千万亿]{0,2}(?:美?元|吨|个|家|户|人|项|亩))|[^㐀-鿿A-Za-z0-9])([㐀-鿿A-Za-z]{1,8})$"
)
FIGURED = re.compile(r"[0-9]([百千万亿]{0,2}[㐀-鿿])")
LINKS = (re.compile(r"https?://[!#$%&*+\-./0-9:;=?@A-Z\[\]_a-z~]+"), re.compile(r"www\.[!-~]+"))
ADDRESSES = Near(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}[@#][A-Za-z0-9][A-Za-z0-9.-]{0,63}",
    each_of("@#", "(?<=[A-Za-z0-9._-].)(?=[A-Za-z0-9])"),
    64,
)
PHONES = Near(
    r"[014](?<![0-9].)(?:(?<=0)[0-9]{2,3}[-—][0-9]{7,8}|(?<=4)00-?[0-9]{3}-?[0-9]{4}|(?<=1)[3-9][0-9]{9})(?![0-9])",
    ("0(?<![0-9].)(?=[0-9]{2,3}[-—])", "400(?<![0-9]...)", "1(?<![0-9].)(?=[3-9][0-9]{9})"),
    0,
)
REGISTERED = Near(
    r"[ICP公K1国](?:(?<=[ICP])[ICP]{2}备[0-9]{1,12}号(?:-[0-9]{1,3})?|(?<=公)网安备 ?[0-9]{1,16}号"
    r"|(?<=K)[0-9]{1,4}\+[0-9]{1,3}(?:\.[0-9]{1,3})?(?![0-9])"
    r"|(?<=1)(?<![0-9]1)2345(?:政务)?(?:服务)?(?:便民)?(?:热线|平台)"
    r"|(?<=国)[一二三四五六]A?B?(?=标准|排放|及以|车|汽|柴|\b))",
    ("备(?<=[ICP]{3}备)", "网安备", "K(?=[0-9])", "12345", f"国(?=[{C}])"),
    3,
)
LABELLED = Near(
    r"[话真编码号](?:(?:(?<=电话)|(?<=传真))[::](?P<phone>[0-9]{5,8})|(?<=邮编)[::]?(?P<post>[0-9]{6})"
    r"|(?<=编码)[::]?(?P<code>[0-9]{6})|(?<=识码)[::](?P<mark>[0-9]{4,20})"
    r"|(?:(?<=索引号)|(?<=备案号)|(?<=登记号)|(?<=编号)|(?<=信用代码))[::] ?(?P<index>[0-9A-Za-z][0-9A-Za-z/_.-]{3,40}))",
    (*each_of("::", "(?<=[话真编码号].)"), "编(?<=邮编)"),
    1,
)
STANDARDS = Near(
    r"[A-Z](?<![A-Za-z].)[A-Z]{1,4}[0-9]{0,2}(?:/[A-Z]{1,2})? ?[0-9]{2,6}(?:\.[0-9]{1,2})?[-—](?:19|20)[0-9]{2}(?![0-9])",
    each_of("-—", "(?<=[0-9].)(?=(?:19|20)[0-9]{2}(?![0-9]))"),
    20,
)
RESOLUTION = Near("(?<![0-9A-Za-z.])[248]K(?![A-Za-z0-9元万])", "K(?<=[248]K)", 1)
NAMED: tuple[tuple[Searched, str], ...] = (
    *((pattern, "网址") for pattern in LINKS),
    (ADDRESSES, "邮箱"),
    (PHONES, "电话"),
    (REGISTERED, "备案号、热线、标准"),
    (LABELLED, "编号"),
    (STANDARDS, "标准号"),
    (Near("字第? ?[0-9]{4,12} ?号", "字(?=第? ?[0-9]{4})", 0), "文号"),
    (RESOLUTION, "型号、代号"),
    (Near("(?<=[“‘])[0-9]{1,2}·[0-9]{1,2}(?=[”’])", "·(?<=[0-9]·)(?=[0-9])", 2), "名称里的数"),  # 海河“25·7”洪水
)
CODES = re.compile(
    r"[A-Za-z](?<![A-Za-z0-9].)[A-Za-z]{0,11}[-.]?[0-9][0-9A-Za-z.-]{0,15}(?:线|项目(?!标)|车型|型|号)?(?![0-9A-Za-z%‰亿万元㎡㎥²³]|\.[0-9])(?<![-.])"
)
POLLUTANT = re.compile(r"PM(?:2\.5|10)|CO2(?![0-9]{3})|SO2|NO[2x]|O3(?:-8h)?|N2O|CH4|VOCs?|H2(?=产|能|制|储|[㐀-鿿])")
# letters that name what is measured; the number glued to them is a figure: «GDP115.5亿元», «COD30mg/L», «ETC42套»
NAMED_IN_LETTERS = re.compile(
    r"(?:GDP|GNP|R&D|RD|CPI|PPI|PMI|FDI|IPO|IPv|COD|BOD|TSP|TP|TN|AQI|ETC|WTI|LNG|CNG|LPG|PVC|APP|VR|AR|AI|POS|ATM|CNC|PPP|EPC|BOT|REITs|GEP|EOD|PCT|SCI|MRI|CT|ICU|EMS|SUV)(?=[0-9])"
)
PART_OF_YEAR = re.compile("[QH][1-4]")  # 2024年Q2
YEAR_BEFORE = re.compile("20[0-9]{2}年? ?-?$")
YEAR_BEHIND = re.compile(" ?20[0-9]{2}(?![0-9])")
MACHINES = frozenset("台套辆架艘")
UNIT_LEADS = frozenset("/百千万亿")
GLUED_UNIT = re.compile(r"[0-9][0-9.,]*")
LETTERED = Near(
    r"(?<![0-9A-Za-z./])[0-9]{1,3}(?:/[0-9])?(?P<letters>[A-FH-Z][A-Z+]{0,2}|G(?![A-Za-z0-9]))(?=[级基网技通电技信工城景类标认打显视高超用手终商牌融及、和,。(]|$)",
    r"[A-Z](?<=[0-9].)",
    5,
)
CLOCK_WORDS = Near(  # 8时30分, 上午9点半
    r"(?<![0-9第.])(?:[01]?[0-9]|2[0-4])(?:时(?:[0-5]?[0-9]分|[0-5][0-9]|(?=[许整至到起前开,。、;)止]|以?[前后]))|点(?:[0-5]?[0-9]分|半|整|钟))",
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
MARKS: tuple[Searched, ...] = (
    LineStart(
        r"\s{0,24}(?P<page>[-—–·•]{1,2} ?[0-9]{1,4} ?[-—–·•]{1,2}|第 ?[0-9]{1,4} ?页(?:[,/ ]*共 ?[0-9]{1,4} ?页)?|[Pp]age [0-9]{1,4}(?: of [0-9]{1,4})?)(?=\s*(?:\n|$))"
    ),
    Near(r"(?<=[㐀-鿿%‰\])0-9])\[(?P<note>(?:注|\^)?[0-9]{1,2}|[①-⑳])\]", r"\[(?=[注^0-9①-⑳])", 0),
    Near(r"\^\[(?P<raised_note>[0-9]{1,2})\]\^?", r"\^(?=\[[0-9])", 0),
    Near(r"(?<=[㐀-鿿%‰)])\^(?P<raised>[0-9]{1,2})(?![0-9])", r"\^(?=[0-9])", 0),
    Near(r"(?<=[㐀-鿿%‰])\((?P<noted>注[0-9]{1,2})\)", r"\((?=注)", 0),
    Near(
        r"(?:(?<![0-9A-Za-z])[0-9]{1,3}#(?=[㐀-鿿])|#(?P<hash>[0-9]{1,3})(?![0-9.;%万亿元]))",
        "#(?<=[0-9].)|#(?=[0-9])",
        3,
    ),
    LineStart(r"\s{0,24}\[(?P<noted_line>[0-9]{1,2})\](?=[ ]?[㐀-鿿A-Za-z“《])"),
    LineStart(r"[ \t]{0,8}(?P<leaf>[·•][0-9]{1,4}[·•])"),
    LineStart(r"\s{0,24}[表图](?P<figure>[0-9]{1,2})(?=[ ::.。])"),
    LineStart(r"\s{0,24}(?P<joined>[0-9]{1,2})、(?=[0-9]{2,}(?![0-9、月日号和至到—-]))"),
    # numbered headings and tables: «6.1.2新增床位», «3.2 防洪投资», «表3-2»
    LineStart(r"\s{0,24}(?:#{1,6} ?)?(?P<section>[0-9]{1,2}(?:\.[0-9]{1,2}){2,3})\.?(?=[ 、]?[㐀-鿿“《])"),
    Near(
        r"[表图](?P<tabled>[0-9]{1,2}[-—–.][0-9]{1,2})(?=[ \n::.。㐀-鿿]|$)", each_of("表图", "(?=[0-9]{1,2}[-—–.])"), 0
    ),
    re.compile(r"[①-⑳]"),
    re.compile(r"【(?P<boxed>[0-9]{1,3})】"),
    re.compile(rf"\([{C}]{{1,3}}\)"),
    LineStart(
        r"\s{0,24}[-—•·]?\s?(?P<lead>\(?[0-9]{1,3}\)|[0-9]{1,2}(?:[.、·.](?![0-9])|\.(?=(?:19|20)[0-9]{2}年|1?[0-9]月)))"
    ),
    Near(rf"(?<![{C}0-9第之点分])(?P<comma>[{C}]{{1,3}})、(?!(?:[{C}][、个项家])|二季|三季)", f"、(?<=[{C}].)", 3),
    Near(rf"(?:(?<=[。;:,!?)\s])|(?m:^))(?P<isa>[{C}]是|[{C}]要)", each_of("是要", f"(?<=[{C}].)"), 1),
    Near(r"(?<=[㐀-鿿)。;])(?P<run_on>[0-9]{1,2})[.·](?=[㐀-鿿“《])", each_of(".·", "(?<=[0-9].)(?=[㐀-鿿“《])"), 2),
    Near(
        r"(?:(?<=[㐀-鿿)。;:|] )|(?<=[|\t:]))(?P<spaced>[0-9]{1,2})\.(?=[㐀-鿿“《]|1?[0-9]月|(?:19|20)[0-9]{2}年)",
        r"\.(?<=[0-9].)(?=[㐀-鿿“《0-9])",
        2,
    ),
    Near("(?<=[。;:!?])(?P<listed>[0-9]{1,2})、", "、(?<=[0-9].)", 2),
    Near(
        r"[件栏表图注](?:(?:(?<=附件)|(?<=专栏)|(?<=附[表图]))(?P<annex>[0-9]{1,2})(?![0-9幅张份册])"
        r"|(?<=[\n (。].)(?<=[表图])(?P<table>[0-9]{1,2})(?=[ ::.。])|(?<=注)(?P<note>[0-9]{1,2})(?=[::]))",
        each_of("件栏表图注", "(?=[0-9])"),
        0,
    ),
)
ITEM = LineStart(r"\s{0,24}(?P<number>[0-9]{1,2})[.、](?![0-9])")
COUNTED_THINGS = re.compile("[0-9]{1,4}(?:家|个|户|名|项|座|所|辆|台|套)")  # of which there are no parts: «1.3家企业»
SECTION = re.compile(
    r"(?P<section>[0-9]{1,2}\.[0-9]{1,2})(?! ?[0-9.百千万亿兆%‰倍至到~—-])(?! [㐀-鿿]{1,3}(?:[\s,;|]|$))(?=[ 、]?[㐀-鿿“《]{3})"
)
LEADING_DECIMAL = LineStart(r"\s{0,24}(?:#{1,6} ?)?(?P<number>[0-9]{1,2})\.(?=[0-9])")
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
    """Give what is no figure, pattern by pattern; where two overlap, the earlier one is right."""
    for match in ISSUE.finditer(text):
        issuer = ISSUER.search(text, max(0, match.start() - 14), match.start())
        yield plain(issuer.start(1) if issuer else match.start(), match.end(), "identifier", "identifier", "文号")
    for pattern, why in NAMED:
        yield from each(pattern, text, "identifier", "identifier", why)
    for match in CODES.finditer(text):
        yield code(text, match)
    for match in LETTERED.finditer(text):
        unit = unit_at(text, match.start("letters"))
        if unit is None or len(unit.name) == 1:  # 5G基站, 4A级; but 600MW
            yield plain(*match.span(), "identifier", "identifier", "型号、代号")


def code(text: str, match: re.Match[str]) -> Draft:
    """A name in letters and digits; letters that name what is measured leave the number behind them to the figures."""
    start, end = match.span()
    if PART_OF_YEAR.fullmatch(match.group()) and (
        YEAR_BEFORE.search(text, max(0, start - 6), start) or YEAR_BEHIND.match(text, end)
    ):
        return passed_over(start, start)
    if text[start + 1 : start + 2] == "." and text[start].islower() and text[start + 2 : end].isdigit():
        return passed_over(start, start + 2)  # a.50名
    named = POLLUTANT.match(match.group()) or NAMED_IN_LETTERS.match(match.group())
    if named:
        return passed_over(start, start + named.end())
    if text[start - 1 : start] in UNIT_LEADS and (unit := unit_at(text, start)) and unit.name == match.group():
        return passed_over(start, start)  # 35μg/m3, 1.8万tCO2
    number = GLUED_UNIT.search(text, start, end)
    if number and number.start() - start > 1 and number.end() == end:
        unit = unit_at(text, end)
        if unit and (
            (unit.kind not in ("count", "index", "duration", "rank", "other") and len(unit.name) > 1)
            or (unit.name in MACHINES and end - number.start() < 3)
        ):
            return passed_over(start, number.start())
    return plain(start, end, "identifier", "identifier", "型号、代号")


def find_words(text: str) -> Iterator[Draft]:
    """Give what must not take the place of a time: list marks, ordinals, names, idioms."""
    yield from clocks(text)
    yield from each(FORMULA, text, "other", "context", "公式")
    yield from proportions(text)
    for pattern in MARKS:
        yield from each(pattern, text, "ordinal", "ordinal", "序号")
    yield from marks_before_digits(text)
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


def marks_before_digits(text: str) -> Iterator[Draft]:
    """Read «8.110千伏变电站» between the items «7.» and «9.» as item 8, not as a decimal."""
    decimals = list(LEADING_DECIMAL.finditer(text))
    items = {int(match["number"]) for match in ITEM.finditer(text)} if decimals else set()
    counted = {int(match["number"]) for match in decimals if COUNTED_THINGS.match(text, match.end())}
    for match in decimals:
        number = int(match["number"])
        beside = {number - 1, number + 1}
        section = SECTION.match(text, match.start("number"))
        if section and not unit_behind(text, section.end()):
            yield plain(*section.span("section"), "ordinal", "ordinal", "序号")
        elif beside <= items or (number in counted and beside & (items | counted)):
            yield plain(*match.span("number"), "ordinal", "ordinal", "序号")


def unit_behind(text: str, at: int) -> bool:
    return unit_at(text, at) is not None or (text[at : at + 1] == " " and unit_at(text, at + 1) is not None)


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


def each(pattern: Searched, text: str, kind: FigureKind, role: Role, why: str) -> Iterator[Draft]:
    """Give the named group of a match, if one took part, else the whole match."""
    for match in pattern.finditer(text):
        yield plain(*match.span(match.lastgroup or 0), kind, role, why)


def prize(word: str) -> tuple[Decimal | None, str]:
    return (parse(word[0]), "等奖") if word.endswith("等奖") else (None, "")
