"""Reads a number with its unit: «10亿元», «8000多家», «1-3个工作日»."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.recognise import comparators
from extractor.recognise.numerals import (
    ARABIC,
    CHINESE,
    CHINESE_DIGIT,
    LARGE,
    LONGEST,
    arabic,
    chinese,
    parse,
    scale_of,
)
from extractor.recognise.units import Measure, Unit, measure, unit_at

NUMBER = re.compile(rf"(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})")
SCALE = re.compile("([十百千]*)(万亿|万|亿)?")
TAIL_SCALE = re.compile("(?:万亿|万|亿)$")
PRODUCT = re.compile(r"(?P<count>[0-9]{1,4})[×xX*](?P<each>[0-9]{1,6}(?:\.[0-9]{1,4})?)")
TO = re.compile(r" ?(?:-{1,2}|—{1,2}|–|~|至|到) ?")
MORE = "多余来"
PAIR = re.compile(
    rf"(?P<before>(?:.*[十百千])?)(?P<low>[{CHINESE_DIGIT[2:]}])(?P<high>[{CHINESE_DIGIT[2:]}])(?P<after>[十百千万亿]*)"
)
MANY = re.compile("[十百千万]*(?:千百|万千|百十|千十|万百|十百)")  # 千百亿: hundreds and thousands
PLACES = frozenset("省市县区镇乡村")
UNIT_CELL_OPENS = ("", " ", "\n", "(", ":", "|", "/", "、")
UNIT_CELL = re.compile(r"[ \n)|/,、;。]|$")
PEOPLE = re.compile(
    "(?:中等收入|中低收入|城乡|农村|城镇|活跃|移动|手机|互联网|注册)?(?:居民|人民|农民|网民|用户|群众|群体|民众|消费者|观众|粉丝|儿女|同胞|股民|劳动者|老人|人)"
)


class Quantity(NamedTuple):
    """A number with its unit. `measure` is missing for a bare number; `more` says that 多 or 余 stands inside."""

    start: int
    end: int
    value: Decimal | None
    value_max: Decimal | None = None
    measure: Measure | None = None
    more: bool = False
    arabic: bool = True


def quantity(text: str, match: re.Match[str]) -> Quantity | None:
    """Read the number that `match` found with the unit behind it."""
    if len(match.group()) > LONGEST:
        return None
    if match["arabic"]:
        return arabic_quantity(text, match)
    return chinese_quantity(text, match)


def arabic_quantity(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    value = arabic(match.group())
    product = PRODUCT.match(text, start) if text[end : end + 1] in ("×", "x", "X", "*") else None
    if product:
        value, end = Decimal(product["count"]) * Decimal(product["each"]), product.end()
    elif (
        start
        and text[start - 1] == "-"
        and (start == 1 or text[start - 2] in "(:,;|\n " or text[start - 2] > "⺀")
        and text[end : end + 1] in ("%", "‰")
    ):
        start, value = start - 1, -value
    at, more = skip_more(text, end, space=True)
    unit = unit_at(text, at)
    if unit and text[at - 1] == " " and unit.name in PLACES:  # the next cell: «2.8 市住建局»
        unit = None
    if unit:
        return Quantity(start, *measured(text, start, value, at, "", unit, more))
    scale = SCALE.match(text, at)
    assert scale
    if not scale.group():
        return Quantity(start, end, value)
    value *= scale_of(scale[1])
    large = scale[2] or ""
    at, still_more = skip_more(text, scale.end(), space=False)
    more = more or still_more
    if still_more and not large and text[at : at + 1] in ("万", "亿"):  # 3千多万
        large, at = text[at], at + 1
        unit = unit_at(text, at)
        if unit is None:
            return Quantity(start, at, value, None, bare_scale(text, large, at, at), more)
        return Quantity(start, *measured(text, at - 1, value, at, large, unit, more))
    unit = unit_at(text, at)
    if unit and not (large and unit.name == "级"):
        return Quantity(start, *measured(text, scale.start(2) if large else at, value, at, large, unit, more))
    return Quantity(start, scale.end(), value, None, bare_scale(text, large, scale.end(), at), more)


def chinese_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if text[end - 1] in "百千" and end - start > 1:
        unit = unit_at(text, end - 1)  # 百万千瓦: 千 belongs to the unit
        end -= 1 if unit and len(unit.name) > 1 else 0
    word = text[start:end]
    vague = word[0] in "数几" or bool(MANY.match(word))
    at, more = skip_more(text, end, space=False)
    if text[at : at + 1] == "几":
        at, more = at + 1, True
    if more and text[at : at + 1] in ("万", "亿"):
        end = at + (2 if text.startswith("万亿", at) else 1)
        word += text[at:end]
        at = end
    tail = TAIL_SCALE.search(word)
    scale = tail.group() if tail else ""
    value, value_max = spread(word)
    if scale and value is not None:
        value = value / LARGE[scale]
        value_max = value_max / LARGE[scale] if value_max is not None else None
    unit = unit_at(text, at)
    if unit and scale and unit.name == "级":  # 百亿级园区
        unit = None
    if (
        unit
        and word == scale
        and not more
        and text[start - 1 : start] in UNIT_CELL_OPENS
        and UNIT_CELL.match(text, at + len(unit.name))
    ):
        return None  # (亿元), «单位:万吨»
    if unit and (not unit.needs_digits or scale or len(word) > 2):
        found = measured(text, end - len(scale), None if vague else value, at, scale, unit, more or vague)
        return Quantity(start, *found, arabic=False)._replace(value_max=value_max)
    if scale in ("亿", "万亿") and (len(word) > 1 or is_led(text, start)):
        bare = bare_scale(text, scale, end, at)
        return Quantity(start, end, None if vague else value, value_max, bare, more, arabic=False)
    if scale == "万" and len(word) > 1 and not vague and is_led(text, start):  # 人口超千万
        return Quantity(start, end, value, value_max, bare_scale(text, scale, end, at), more, arabic=False)
    return Quantity(start, end, value, arabic=False) if TO.match(text, end) else None  # 三至五家


def is_led(text: str, start: int) -> bool:
    """Tell 超亿企业 from 亿纬锂能."""
    return bool(comparators.before(text, start)) or text[max(0, start - 1) : start] in ("上", "过", "破")


@lru_cache(maxsize=1024)
def spread(word: str) -> tuple[Decimal | None, Decimal | None]:
    """Read «两三» (个) as two to three, «七八十» as seventy to eighty, «十七八» as seventeen to eighteen."""
    pair = PAIR.fullmatch(word)
    if pair:
        low, high = (chinese(f"{pair['before']}{pair[side]}{pair['after']}") for side in ("low", "high"))
        if low is not None and high is not None and low < high:
            return low, high
    return parse(word), None


def measured(
    text: str, start: int, value: Decimal | None, at: int, scale: str, unit: Unit, more: bool
) -> tuple[int, Decimal | None, None, Measure, bool]:
    """Complete the unit that stands at `at`; its scale, if it has one, starts at `start`."""
    found = measure(text, start if scale else at, scale, unit, at + len(unit.name))
    if "多" in found.text:  # 3亿多元, 1个多月
        found, more = found._replace(text=found.text.replace("多", "")), True
    elif found.text == "倍" and text.startswith("多", found.end):
        found, more = found._replace(end=found.end + 1), True
    return found.end, value, None, found, more


def bare_scale(text: str, scale: str, end: int, at: int) -> Measure | None:
    """Take «百亿», «500亿» for amounts of money, unless it is people that are counted («4亿多中等收入群体»)."""
    if scale in ("亿", "万亿") and not PEOPLE.match(text, at):
        return Measure(scale + "元", "money", LARGE[scale], "CNY", end)
    return Measure(scale, "other", LARGE[scale], "", end) if scale else None


def skip_more(text: str, at: int, *, space: bool) -> tuple[int, bool]:
    more = at < len(text) and text[at] in MORE
    at += more
    if (
        space
        and not more
        and at + 1 < len(text)
        and text[at] == " "
        and (text[at + 1] > "⺀" or text[at + 1] == "%" or is_latin_unit(text, at))
    ):
        at += 1
    return at, more


def is_latin_unit(text: str, at: int) -> bool:
    """Tell «9.8 km» from «5 G»."""
    unit = unit_at(text, at + 1)
    return unit is not None and len(unit.name) > 1
