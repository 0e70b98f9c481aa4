"""Makes a figure of a quantity: the words around it say from which side it holds."""

import re

from extractor.recognise import comparators
from extractor.recognise.draft import Draft
from extractor.recognise.quantity import Quantity
from schemas.vocabulary import Comparator, FigureKind

MOVED = re.compile("(?:前移|后移|提升|上升|前进|提高|跃升|进位|下降)了?$")
BOUND = re.compile("(不超过|不得超过|不高于|不得高于|不低于|不少于)[㐀-鿿]{2,11}$")
AT_MOST = re.compile("(?:最多|最高|至多)可?(?:给予|补助|奖励|补贴|资助|奖补|扶持|支持|获得|享受)$")
INDEX = re.compile("指数(?:[为达至到]|达到|提高到|保持在)?$")


def compared(text: str, quantity: Quantity) -> Draft:
    """Read the words around a figure."""
    measure = quantity.measure
    sign, outer_start, outer_end = surroundings(text, quantity)
    if quantity.value_max is not None:
        sign = "range"
    return Draft(
        quantity.start,
        quantity.end,
        outer_start,
        outer_end,
        kind_of(text, quantity),
        quantity.value,
        quantity.value_max,
        measure.text if measure else "",
        measure.of(quantity.value, quantity.value_max) if measure else None,
        sign,
    )


def kind_of(text: str, quantity: Quantity) -> FigureKind:
    start = quantity.start
    if quantity.measure is None:
        return "index" if INDEX.search(text, max(0, start - 8), start) else "other"
    moved = quantity.measure.text == "位" and MOVED.search(text, max(0, start - 4), start)
    return "rank" if moved else quantity.measure.kind


def surroundings(text: str, quantity: Quantity) -> tuple[Comparator, int, int]:
    start, end = quantity.start, quantity.end
    lead = start - 1 if start and text[start - 1] == " " else start
    if text[lead - 1 : lead] == "币" and text.endswith("人民币", 0, lead):
        lead -= 3
    prefix, suffix = comparators.before(text, lead), comparators.behind(text, end)
    sign: Comparator = "=" if not quantity.more else "~" if "来" in text[start:end] else ">"
    if suffix:
        end, sign = end + len(suffix.text), suffix.comparator
    elif quantity.measure and quantity.measure.kind == "duration" and text.startswith("内", end):
        end, sign = end + 1, "<="
    if prefix and not is_verb(prefix, quantity):
        start, sign = lead - len(prefix.text), prefix.comparator if not suffix or prefix.comparator != "~" else sign
    elif is_passed(text, quantity):
        start, sign = start - 1, ">"
    elif comparators.in_front(text, start) and quantity.measure and quantity.measure.text in ("名", "位", "强"):
        start, sign = start - 1, "<="
    elif not suffix and quantity.measure and quantity.measure.kind == "percent":
        sign = bound_of(text, start) or sign
    elif not suffix and sign == "=" and AT_MOST.search(text, max(0, start - 8), start):
        sign = "<="
    return sign, start, end


def is_verb(prefix: comparators.Cue, quantity: Quantity) -> bool:
    """Tell «突破一个大产业» from «突破一百家»."""
    value, measure = quantity.value, quantity.measure
    small = not quantity.arabic and value is not None and value < 10
    return small and prefix.text.startswith("突破") and measure is not None and measure.kind == "count"


def bound_of(text: str, start: int) -> Comparator | None:
    """Read the bound of «不超过设备投资额的15%», which stands before the whole."""
    match = BOUND.search(text, max(0, start - 16), start)
    return comparators.COMPARATORS[">=" if match[1] in ("不低于", "不少于") else "<="] if match else None


def is_passed(text: str, quantity: Quantity) -> bool:
    measure = quantity.measure
    if not measure:
        return False
    scaled = not quantity.arabic and text[quantity.start] in "十百千万亿"
    if comparators.passes(text, quantity.start):
        return scaled or measure.kind == "money"
    before = text[max(0, quantity.start - 2) : quantity.start]
    return scaled and before[-1:] in ("上", "破") and not before.startswith(("以", "线", "会", "向"))
