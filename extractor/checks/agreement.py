"""Whether two figures can both be true of one quantity."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from extractor.checks.amounts import base_of
from extractor.recognise.hits import Hit
from extractor.values import value
from schemas.metric import Metric

ABOUT = Decimal("0.05")  # how far «约» reaches; a guess
ABOVE = {">", ">="}
BELOW = {"<", "<="}


@value
class Reading:
    """`weight` is what the last digit written counts for, in base units; 0 for things that are counted one by one."""

    value: Decimal
    top: Decimal | None
    unit: str
    comparator: str
    weight: Decimal
    cut: bool


def read(hit: Hit) -> Reading | None:
    base, unit = base_of(hit)
    if base is None or hit.value is None:
        return None
    top = hit.base.value_max if hit.base else hit.value_max
    counted = hit.kind == "count" and base == hit.value
    return Reading(base, top, unit, hit.comparator, weight(base, hit.value, counted), hit.kind != "percent")


def said(metric: Metric, hit: Hit) -> Reading | None:
    """Read a record: the figure of a table's cell has its unit from the head."""
    base, top = metric.normalized.value, metric.normalized.value_max
    if base is None:
        return None
    counted = hit.kind == "count" and base == metric.value
    comparator = hit.comparator if metric.comparator == "=" else metric.comparator
    weighs = weight(base, metric.value, counted)
    return Reading(base, top, metric.normalized.unit, comparator, weighs, hit.kind != "percent")


def weight(base: Decimal, written: Decimal, counted: bool) -> Decimal:
    if counted or not written:
        return Decimal(0)
    return abs(base / written) * Decimal(10) ** min(0, int(written.as_tuple().exponent))


def can_both_be(one: Reading | None, other: Reading | None, *, aimed: bool = False) -> bool:
    """A result above 2000 may be 2040. Two aims with one word of comparison are two aims."""
    if one is None or other is None or one.unit != other.unit:
        return True
    if aimed and one.comparator == other.comparator:
        return equal(one, other)
    return bound(one, other) and bound(other, one)


def bound(limit: Reading, other: Reading) -> bool:
    if equal(limit, other) or within(limit, other) or within(other, limit):
        return True
    match limit.comparator:
        case ">" | ">=":
            return other.value >= limit.value or other.comparator in ABOVE
        case "<" | "<=":
            return other.value <= limit.value or other.comparator in BELOW
        case _ if other.comparator in ABOVE | BELOW:
            return True  # asked the other way round
        case _:
            about = "~" in {limit.comparator, other.comparator}
            return about and abs(limit.value - other.value) <= ABOUT * abs(limit.value)


def within(span: Reading, other: Reading) -> bool:
    return span.top is not None and span.value <= other.value <= span.top


def equal(one: Reading, other: Reading) -> bool:
    """Rounding to fewer digits, or cutting digits off, makes no other value (2207.96 and 2208)."""
    if one.top != other.top:
        return False
    return one.value == other.value or is_rounded(one.value, other) or is_rounded(other.value, one)


def is_rounded(exact: Decimal, rough: Reading) -> bool:
    if not rough.weight:
        return False
    ways = (ROUND_HALF_UP, ROUND_DOWN) if rough.cut else (ROUND_HALF_UP,)
    return any((exact / rough.weight).quantize(Decimal(1), way) * rough.weight == rough.value for way in ways)
