"""Reads a number in Arabic digits with its unit: «10亿元», «8000多家», «2亿3000万元», «-0.7%», «1.2×10^4吨»."""

import re
from decimal import Decimal

from extractor.recognise.numerals import FURTHER, LARGE, PLACED, SMALL, arabic, chinese, scale_of
from extractor.recognise.quantity import AND_A_HALF, Quantity, bare_scale, halved, measured, skip_more
from extractor.recognise.units import Unit, unit_at

SCALE = re.compile("([十百千]*)(万亿|万|亿|兆(?=[美日欧港韩]?元|[0-9,]{1,6}[万亿]))?")
MINUS = frozenset("-–—")
WRITTEN_ON = frozenset("×xX*Ee ")
LED_BY = frozenset("(:,;|\t\n 为是达比降增长幅速率额值润率到至约")  # what may stand before a minus
POWER = re.compile(r"\s?[×xX*]\s?10(?:\^(?P<power>[0-9]{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SCIENTIFIC = re.compile(r"[eE]\+?(?P<power>[0-9]{1,2})(?![0-9A-Za-z])")
PRODUCT = re.compile(r"(?P<count>[0-9]{1,4})[×xX*](?P<each>[0-9]{1,6}(?:\.[0-9]{1,4})?)")
IN_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
CELL_OPENS = re.compile(r"[|\t\n] ?$")
CELL_ENDS = re.compile(r" ?(?:[|\t\n]|$)")
FURTHER_HEADS = frozenset("0123456789零〇")
NOT_FURTHER = ("年", "月", "日", "号", "-", "%")
PLACES = frozenset("省市县区镇乡村")


def arabic_quantity(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    value = arabic(match.group())
    if text[end : end + 1] in WRITTEN_ON or text[start - 1 : start] in MINUS:
        start, end, value = written(text, match, value)
    at, more = skip_more(text, end, space=True)
    if text[at : at + 1] == "个" and (half := AND_A_HALF.match(text, at)):
        return Quantity(start, *halved(text, value, half.end()))
    unit = unit_at(text, at)
    if unit and text[at - 1] == " " and unit.name in PLACES:  # the next cell: «2.8 市住建局»
        unit = None
    if unit:
        return Quantity(start, *measured(text, value, at, "", unit, more))
    scale = SCALE.match(text, at)
    assert scale
    if not scale.group():
        return Quantity(start, end, value)
    at, large = scale.end(), scale[2] or ""
    value *= scale_of(scale[1])
    if scale[1] and not large and (places := PLACED.match(text, start)):
        value, at, large = read_number(places["digits"]), places.end(), places["scale"]
    if large and text[at : at + 1] in FURTHER_HEADS:
        value, at, large = with_further(text, value, at, large)
        more = more or "多" in text[end:at] or "余" in text[end:at]
    end = at
    at, still_more = skip_more(text, at, space=False)
    more = more or still_more
    if still_more and not large and text[at : at + 1] in ("万", "亿"):  # 3千多万
        large, at = text[at], at + 1
        end = at
    unit, at = unit_behind(text, at)
    if unit and not (large and unit.name == "级"):
        return Quantity(start, *measured(text, value, at, large, unit, more))
    return Quantity(start, end, value, None, bare_scale(text, large, end, at), more)


def written(text: str, match: re.Match[str], value: Decimal) -> tuple[int, int, Decimal]:
    """The number with its sign, as a product or with a power of ten: «4×600», «1.2×10^4»."""
    start, end = match.span()
    if power := POWER.match(text, end):
        return start, power.end(), value * 10 ** int((power["power"] or power["raised"]).translate(RAISED))
    if scientific := SCIENTIFIC.match(text, end):
        return start, scientific.end(), value * 10 ** int(scientific["power"])
    if product := PRODUCT.match(text, start):
        return start, product.end(), Decimal(product["count"]) * Decimal(product["each"])
    if start and text[start - 1] in MINUS and is_negative(text, start, end):
        return start - 1, end, -value
    return start, end, value


def unit_behind(text: str, at: int) -> tuple[Unit | None, int]:
    """The unit behind a scale; a blank may part it if the unit is no single character that opens the next word."""
    if text[at : at + 1] == " " and (unit := unit_at(text, at + 1)) and (len(unit.name) > 1 or unit.name == "元"):
        return unit, at + 1
    return unit_at(text, at), at


def is_negative(text: str, start: int, end: int) -> bool:
    """Tell «增长-0.7%», «净利润为-450万元» from «2024-2025», «5—8%» and a dash before a figure."""
    sign, before = text[start - 1], text[start - 2] if start > 1 else "\n"
    if text[start - 2 : start - 1].isdigit() or before in MINUS or not (before in LED_BY or before > "⺀"):
        return False
    at = end + (text[end : end + 1] == " ")
    if text[at : at + 1] in ("%", "‰", "℃", "~") or text.startswith(("个百分点", "百分点"), at):
        return sign == "-" or before in LED_BY or before in "度较差"
    if sign == "-" and CELL_OPENS.search(text, max(0, start - 4), start - 1) and CELL_ENDS.match(text, end):
        return True
    return sign == "-" and (before in "为是达(:|" and not text.startswith("月", end))


def read_number(digits: str) -> Decimal:
    """Read «3000», «8,818» and «5千6百»."""
    placed = any(place in digits for place in SMALL)
    return chinese(digits.translate(IN_CHINESE)) or Decimal(0) if placed else arabic(digits)


def with_further(text: str, value: Decimal, at: int, large: str) -> tuple[Decimal, int, str]:
    """Read on where another scale follows: «2亿3000万» is 2.3 亿, «1亿零500万» is 1.05 亿, «1万3千亿» is 13000 亿."""
    smallest = LARGE[large]
    while further := (PLACED.match(text, at) or FURTHER.match(text, at)):
        scale = further["scale"].replace("多", "").replace("余", "")
        part = read_number(further["digits"]) * scale_of(scale)
        if large == "万" and scale.endswith("亿"):
            return value * LARGE["万"] + part / LARGE["亿"], further.end(), "亿"
        told = scale or text[at] in "零〇" or (large == "万" and len(further["digits"]) == 4)
        if not told or part >= smallest or text[further.end() : further.end() + 1] in NOT_FURTHER:
            break
        value += part / LARGE[large]
        at, smallest = further.end(), scale_of(scale)
        if smallest == 1:
            break
    return value, at, large
