"""What a result says about its target: how much of it, how far from it, and whether the words of the target are kept."""

from decimal import Decimal

from extractor.review.panels.standing import is_decline
from schemas.metric import Metric

Bounds = tuple[Decimal, bool, Decimal, bool]
"""From and to, and whether each end itself belongs to it."""

ENDLESS = Decimal("Infinity")


def share_reached(target: Metric, result: Metric) -> Decimal | None:
    """In percent, of amounts that are better the greater they are: never of growth, of ranks, of upper limits or of ranges."""
    if target.measure != "level" or target.direction or target.comparator not in ("=", ">=", ">", "~"):
        return None
    if result.comparator not in ("=", "~"):
        return None
    whole, part = target.normalized.value, result.normalized.value
    return part / whole * 100 if whole and part is not None and whole > 0 else None


def gap_of(target: Metric, result: Metric) -> Decimal | None:
    """Result less target, in base units; declines count below nothing."""
    if "range" in (target.comparator, result.comparator):
        return None
    aim, reached = signed(target), signed(result)
    return None if aim is None or reached is None else reached - aim


def signed(metric: Metric) -> Decimal | None:
    value = metric.normalized.value
    return -value if value is not None and is_decline(metric) else value


def is_met(target: Metric, result: Metric) -> bool | None:
    """None where it is open: «120亿元» may be a floor or a ceiling, and «约» has no edge.

    A decline is measured downwards: «下降3%以上» is met by «下降3.5%» and not by a rise.
    """
    wanted, found = bounds(target), bounds(result, down=is_decline(target))
    if wanted is None or found is None:
        return None
    if is_within(found, wanted):
        return True
    apart = is_before(found, wanted) or is_before(wanted, found)
    limit = target.comparator in (">=", ">", "<=", "<")
    return False if apart and limit else None


def bounds(metric: Metric, *, down: bool | None = None) -> Bounds | None:
    """What its words allow the value to be; `down` measures a rise as a decline below nothing."""
    value, high = metric.normalized.value, metric.normalized.value_max
    if value is None or metric.comparator == "~" or metric.direction == "hold":
        return None
    match metric.comparator:
        case ">=" | ">":
            found = (value, metric.comparator == ">=", ENDLESS, False)
        case "<=" | "<":
            found = (-ENDLESS, False, value, metric.comparator == "<=")
        case _:
            found = (value, True, value if high is None else high, True)
    turned = down is not None and down != is_decline(metric)
    return (-found[2], found[3], -found[0], found[1]) if turned else found


def is_within(inner: Bounds, outer: Bounds) -> bool:
    low = inner[0] > outer[0] or (inner[0] == outer[0] and (outer[1] or not inner[1]))
    high = inner[2] < outer[2] or (inner[2] == outer[2] and (outer[3] or not inner[3]))
    return low and high


def is_before(one: Bounds, other: Bounds) -> bool:
    """Whether nothing of one reaches the other from below."""
    return one[2] < other[0] or (one[2] == other[0] and not (one[3] and other[1]))
