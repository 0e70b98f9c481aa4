"""Names and codes with numbers in them: document numbers, addresses, phones, standards, models."""

import re
from collections.abc import Iterator

from extractor.recognise.draft import Draft, each, passed_over, plain
from extractor.recognise.numerals import ONE_TO_TEN as C
from extractor.recognise.units import unit_at
from extractor.text.scanning import Near, Searched, each_of

ISSUE = Near(
    r"[〔\[(【]((?:19|20)[0-9]{2})[〕\])】] ?第?[0-9]{1,5} ?号", each_of("〔[(【", r"(?=(?:19|20)[0-9]{2}[〕\])】])"), 0
)
# the unit of a figure or time that stands right before an issuer is not his: «2025年X政办发〔2025〕3号», «300万元X财建〔2023〕18号»
ISSUER = re.compile(
    r"(?:^|通知|的|意见|方案|决定|办法|告|[0-9](?:年度?|[月日号%]|[百千万亿]{0,2}(?:美?元|吨|个|家|户|人|项|亩))|[^㐀-鿿A-Za-z0-9])([㐀-鿿A-Za-z]{1,8})$"
)
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
    r"[A-Za-z](?<![A-Za-z0-9].)[A-Za-z]{0,11}[-.]?[0-9][0-9A-Za-z.-]{0,15}(?:线|项目(?!标)|车型|型|号)?(?![0-9A-Za-z%‰亿万元㎡㎥²³]|\.[0-9]|,[0-9]{3})(?<![-.])"
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
