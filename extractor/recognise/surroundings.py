"""Makes a figure of a quantity: the words around it say from which side it holds."""

import re

from extractor.recognise import comparators
from extractor.recognise.draft import Draft
from extractor.recognise.quantities import Quantity
from schemas.vocabulary import Comparator, FigureKind

MOVED = re.compile("(?:前移|后移|提升|上升|前进|提高|跃升|进位|下降)了?$")
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
    lead -= 3 if text.startswith("人民币", max(lead - 3, 0)) and lead >= 3 else 0
    prefix, suffix = comparators.before(text, lead), comparators.behind(text, end)
    sign: Comparator = ">" if quantity.more else "="
    if suffix:
        end, sign = end + len(suffix.text), suffix.comparator
    elif quantity.measure and quantity.measure.kind == "duration" and text.startswith("内", end):
        end, sign = end + 1, "<="
    if prefix:
        start, sign = lead - len(prefix.text), prefix.comparator if not suffix or prefix.comparator != "~" else sign
    elif is_passed(text, quantity):
        start, sign = start - 1, ">"
    elif comparators.in_front(text, start) and quantity.measure and quantity.measure.text in ("名", "位", "强"):
        start, sign = start - 1, "<="
    return sign, start, end


def is_passed(text: str, quantity: Quantity) -> bool:
    measure = quantity.measure
    if not measure:
        return False
    scaled = not quantity.arabic and text[quantity.start] in "十百千万亿"
    if comparators.passes(text, quantity.start):
        return scaled or measure.kind == "money"
    before = text[max(0, quantity.start - 2) : quantity.start]
    return scaled and before[-1:] in ("上", "破") and not before.startswith(("以", "线", "会", "向"))
