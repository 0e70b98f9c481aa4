"""Joins the two ends of a range: «8%-10%», «10—20万元», «5000万元至1亿元», «5亿元(含)-10亿元»."""

import re
from decimal import Decimal

from extractor.recognise.arabic_quantities import SCALE
from extractor.recognise.numerals import LARGE
from extractor.recognise.quantities import NUMBER, quantity
from extractor.recognise.quantity import TO, Quantity
from extractor.recognise.units import Measure

TO_HEADS = frozenset(" -—–~至到(")
BRACKETED_TO = re.compile(r"\((?:不?含)\)(?:-|—|~|至|到)(?=[0-9])")


def with_upper(text: str, first: Quantity, taken: bytearray) -> Quantity:
    """Join the upper end of a range: «8%-10%», «10—20万元», «5000万元至1亿元»."""
    if text[first.end : first.end + 1] not in TO_HEADS or first.value is None:
        return first
    mark = TO.match(text, first.end) or BRACKETED_TO.match(text, first.end)
    if not mark:
        return first
    match = NUMBER.match(text, mark.end())
    if not match or taken.find(1, mark.end(), match.end()) >= 0:
        return first
    second = quantity(text, match)
    if second is None or second.measure is None or second.value is None or second.value_max is not None:
        return first
    if first.measure is None and first.arabic != second.arabic:
        return first
    moved = "到" in mark.group() or "至" in mark.group()
    if moved and first.measure and text[max(0, first.start - 1) : first.start] in ("由", "从", "自"):
        return first
    return joined(first, second, written=text[first.start : first.end])


def joined(first: Quantity, second: Quantity, written: str) -> Quantity:
    assert second.measure
    assert second.value is not None
    measure = first.measure or second.measure
    if first.measure and written[-1] in LARGE:
        measure = rescaled(second.measure, "万亿" if written.endswith("万亿") else written[-1])
    if measure.base != second.measure.base:
        return first
    upper = second.value * second.measure.factor / measure.factor
    if first.value is None or upper <= first.value:  # «45-8元» is no range
        return first
    return Quantity(first.start, second.end, first.value, upper, measure, second.more, first.arabic)


def rescaled(measure: Measure, scale: str) -> Measure:
    """Give the unit behind the upper end of «5000万至1亿元» the scale of the lower one."""
    own = SCALE.match(measure.text)
    assert own
    name, factor = measure.text[own.end() :], LARGE[own[2]] if own[2] else Decimal(1)
    return measure._replace(text=scale + name, factor=measure.factor / factor * LARGE[scale]) if name else measure
