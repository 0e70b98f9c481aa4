"""Whether a text can be read as a model reads it. Only a reading that it cannot be is sent back: a needless question costs a right answer."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.analysis import Analysis
from extractor.assemble.values import agrees
from extractor.recognise import Hit
from extractor.recognise.numerals import CHINESE_DIGIT, parse, scale_of
from extractor.recognise.units import unit_at
from extractor.text.cleaning import clean
from schemas.vocabulary import Comparator

NEAR = 10  # characters beside a figure in which its number or its unit may go on
BLANK = re.compile(r"\s+")
SCALE = re.compile(r"[十百千万亿]+")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)(.*)")
CHINESE_RUN = re.compile(rf"[{CHINESE_DIGIT}十百千万亿]+(?:点[{CHINESE_DIGIT}]+)?")
# the words that the prompt lists, and so may ask for
CUES: dict[Comparator, re.Pattern[str]] = {
    ">=": re.compile("以上|不少于|不低于|至少"),
    ">": re.compile("超|突破|高于|多|余"),
    "<=": re.compile("以内|不超|不高于|以下|前"),
    "<": re.compile("不到|不足|低于"),
    "~": re.compile("约|左右|近"),
    "range": re.compile("[-—–~至到]"),
}


def may_be_read(analysis: Analysis, hit: Hit, value: Decimal, value_max: Decimal | None, unit: str) -> bool:
    unit = BLANK.sub("", clean(unit).text)
    if hit.value is None or agrees(hit, value, value_max, unit):
        return True
    if analysis.view.text.startswith("位数", hit.clean_end - 1):
        return True  # «增速在两位数以上» is ten per cent or more, and no two places
    if not may_be_unit(analysis, hit, unit):
        return False
    said = scaled(value, unit), scaled(value_max, unit)
    return said == (scaled(hit.value, hit.unit), scaled(hit.value_max, hit.unit)) or (
        value_max is None
        and any(number == said[0] or (number == value and not hit.unit) for number in other_numbers(analysis, hit))
    )


def may_be_unit(analysis: Analysis, hit: Hit, unit: str) -> bool:
    """One may say more than the other («5000万» and 万元, «12.5元/公斤» and 元), and a counting word may follow further off."""
    one, other = parted(unit)[1], parted(hit.unit)[1]
    behind = BLANK.sub("", analysis.view.text[hit.clean_start : hit.clean_end + NEAR])
    return not one or not other or one in other or other in one or one in behind


def scaled(value: Decimal | None, unit: str) -> Decimal | None:
    return None if value is None else value * scale_of(parted(unit)[0])


def parted(unit: str) -> tuple[str, str]:
    """Its scale, and what is left: 万 and 元. The 千 of 千瓦 and the 百 of 百分点 are none."""
    known = unit_at(unit, 0)
    if unit.startswith("百分") or (known and known.name == unit):
        return "", unit
    match = SCALE.match(unit)
    scale = match.group() if match else ""
    return scale, unit[len(scale) :]


def other_numbers(analysis: Analysis, hit: Hit) -> Iterator[Decimal]:
    """What the place of a hit says besides: a number in Chinese read to its end, one that blanks or line breaks part."""
    written = BLANK.sub("", analysis.view.text[hit.clean_start : hit.clean_end])
    if match := CHINESE_RUN.match(written):
        number = parse(match.group())
        if number is not None:
            yield number
    text = analysis.view.text
    start, end = hit.clean_start, hit.clean_end
    while start > max(0, hit.clean_start - NEAR) and re.match(r"[\d,.\s]", text[start - 1]):
        start -= 1
    while end < min(len(text), hit.clean_end + NEAR) and re.match(r"[\d,.\s]", text[end]):
        end += 1
    for left, right in ((start, hit.clean_end), (hit.clean_start, end), (start, end)):
        whole = BLANK.sub("", text[left:right]).replace(",", "")
        if match := NUMBER.match(whole):
            yield Decimal(match[1]) * scale_of(parted(match[2])[0])


def may_be_compared(analysis: Analysis, hit: Hit, comparator: Comparator) -> bool:
    """A word that the prompt lists and that stands at the figure is proof, unless one for the other reading stands there too."""
    if hit.comparator in ("=", comparator):
        return True
    around = analysis.view.text[hit.clean_outer_start : hit.clean_outer_end]
    return not CUES[hit.comparator].search(around) or (
        comparator != "=" and bool(CUES[comparator].search(around.replace("不超", "")))
    )
