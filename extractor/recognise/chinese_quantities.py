"""Reads a number in Chinese characters with its unit: «三百五十个», «壹亿贰仟万元», «数十家», «两三个»."""

import re
from decimal import Decimal
from functools import lru_cache

from extractor.recognise import comparators
from extractor.recognise.numerals import CHINESE_DIGIT, LARGE, chinese, parse
from extractor.recognise.quantity import AND_A_HALF, TO, Quantity, bare_scale, halved, measured, skip_more
from extractor.recognise.units import unit_at

TAIL_SCALE = re.compile("(?:万亿|万|亿|兆)$")
PAIR = re.compile(
    rf"(?P<before>(?:.*[十百千])?)(?P<low>[{CHINESE_DIGIT[2:]}])(?P<high>[{CHINESE_DIGIT[2:]}])(?P<after>[十百千万亿]*)"
)
MANY = re.compile("[十百千万]*(?:千百|万千|百十|千十|万百|十百)")  # 千百亿: hundreds and thousands
ONES = frozenset(CHINESE_DIGIT)
UNIT_CELL_OPENS = ("", "币", " ", "\n", "(", ":", "|", "/", "、")
UNIT_CELL = re.compile(r"[ \n)|/,、;。:]|$")


def chinese_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if text[end - 1] in "百千" and end - start > 1:
        unit = unit_at(text, end - 1)  # 百万千瓦: 千 belongs to the unit; but 二千元
        end -= 1 if unit and len(unit.name) > 1 and text[end - 2] not in ONES else 0
    word = text[start:end]
    vague = word[0] in "数几" or bool(MANY.match(word))
    at, more = skip_more(text, end, space=False)
    if text[at : at + 1] == "几":
        at, more = at + 1, True
    if more and text[at : at + 1] in ("万", "亿"):
        end = at + (2 if text.startswith("万亿", at) else 1)
        word += text[at:end]
        at = end
    half = AND_A_HALF.match(text, at) if text[at : at + 1] == "个" else None
    if half and not vague:
        return Quantity(start, *halved(text, parse(word), half.end()), arabic=False)
    scale, value, value_max = amount(word)
    unit = unit_at(text, at)
    if unit and scale and unit.name == "级":  # 百亿级园区
        unit = None
    if unit and word in (scale, "百", "千") and not more and is_unit_cell(text, start, at + len(unit.name)):
        return None  # (亿元), «单位:万吨»
    if unit and (not unit.needs_digits or scale or len(word) > 2):
        end, value, _, measure, more = measured(text, None if vague else value, at, scale, unit, more or vague)
        return Quantity(start, end, value, value_max, measure, more, arabic=False)
    scaled = scale in ("亿", "万亿", "兆") and (len(word) > 1 or is_led(text, start))
    if scaled or (scale == "万" and len(word) > 1 and not vague and is_led(text, start)):  # 人口超千万
        bare = bare_scale(text, scale, end, at)
        return Quantity(start, end, None if vague else value, value_max, bare, more and scaled, arabic=False)
    return Quantity(start, end, value, arabic=False) if TO.match(text, end) else None  # 三至五家


def is_unit_cell(text: str, start: int, end: int) -> bool:
    opens = text[start - 1 : start] in UNIT_CELL_OPENS or text.startswith("单位为", max(0, start - 3))
    return opens and bool(UNIT_CELL.match(text, end))


@lru_cache(maxsize=1024)
def amount(word: str) -> tuple[str, Decimal | None, Decimal | None]:
    """The scale that a number ends with («一百二十亿»: 亿), and its value, or both ends, in that scale."""
    tail = TAIL_SCALE.search(word)
    scale = tail.group() if tail else ""
    value, value_max = spread(word)
    if scale:
        value = value / LARGE[scale] if value is not None else None
        value_max = value_max / LARGE[scale] if value_max is not None else None
    return scale, value, value_max


def is_led(text: str, start: int) -> bool:
    """Tell 超亿企业 from 亿纬锂能."""
    return bool(comparators.before(text, start)) or text[max(0, start - 1) : start] in ("上", "过", "破")


def spread(word: str) -> tuple[Decimal | None, Decimal | None]:
    """Read «两三» (个) as two to three, «七八十» as seventy to eighty, «十七八» as seventeen to eighteen."""
    pair = PAIR.fullmatch(word)
    if pair:
        low, high = (chinese(f"{pair['before']}{pair[side]}{pair['after']}") for side in ("low", "high"))
        if low is not None and high is not None and low < high:
            return low, high
    return parse(word), None
