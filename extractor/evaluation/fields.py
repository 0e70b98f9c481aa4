"""What counts as right: one `Field` for each thing that is compared on a matched pair."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Record = Mapping[str, Any]
"""One JSON object."""

SHARE_NAME = re.compile(r"(.+)占.*(?:比重|比例|份额|百分比|比)")
ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    right: Callable[[Record, Record], bool]
    """Gold first: only gold has other readings to accept."""
    show: Callable[[Record], str]


def bare(text: str | None) -> str:
    """Leave out what two readers write differently: spaces, punctuation, symbols and 的."""
    return "".join(c for c in text or "" if c != "的" and not c.isspace() and unicodedata.category(c)[0] not in "PSZ")


def dice(one: str, other: str) -> float:
    pairs_of_one, pairs_of_other = (Counter(pairwise(text)) for text in (one, other))
    both = (pairs_of_one & pairs_of_other).total()
    return 2 * both / max(pairs_of_one.total() + pairs_of_other.total(), 1)


def inside(one: str, other: str) -> bool:
    """Tell whether they are equal or one is inside the other; an empty one is inside nothing."""
    return one == other or bool(one and other and (one in other or other in one))


def alike(one: str, other: str) -> bool:
    return inside(one, other) or dice(one, other) >= ENOUGH


def counted(name: str | None) -> str:
    """Of «甲占乙比重» give 甲; «占厦门土地的比重» has nothing before 占 and stays whole."""
    share = SHARE_NAME.fullmatch(bare(name))
    return share[1] if share else bare(name)


def same_name(gold: Record, pred: Record) -> bool:
    return alike(counted(gold.get("name")), counted(pred.get("name")))


def same_project_name(gold: Record, pred: Record) -> bool:
    return alike(bare(gold.get("name")), bare(pred.get("name")))


def unit_of(normalized: Record) -> str:
    """Fold the spelling only (％ and %, ㎡ and m2); case stays, mW is not MW."""
    return "".join(unicodedata.normalize("NFKC", normalized.get("unit") or "").split())


def same_number(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else math.isclose(one, other, rel_tol=1e-9)


def same_quantity(one: Record | None, other: Record | None) -> bool:
    """Compare two `normalized` objects."""
    if not one or not other:
        return not one and not other
    numbers_fit = all(same_number(one.get(key), other.get(key)) for key in ("value", "value_max"))
    return numbers_fit and unit_of(one) == unit_of(other)


def accepted(gold: Record, key: str) -> list[Any]:
    return list((gold.get("accept") or {}).get(key) or ())


def same_value(gold: Record, pred: Record) -> bool:
    readings = [gold.get("normalized"), *accepted(gold, "normalized")]
    return any(same_quantity(reading, pred.get("normalized")) for reading in readings)


def same_measure(gold: Record, pred: Record) -> bool:
    return pred.get("measure") in (gold.get("measure"), *accepted(gold, "measure"))


def ends_of(period: Record | None) -> tuple[str | None, str | None]:
    """Read a period; one open at both ends says as little as none."""
    return (period.get("start"), period.get("end")) if period else (None, None)


def same_period(gold: Record, pred: Record) -> bool:
    one, other = ends_of(gold.get("period")), ends_of(pred.get("period"))
    if one == other:
        return True
    if (None, None) in (one, other) or one[1] != other[1]:
        return False
    # «2002年底» as that day or as the whole year, «到2025年» with or without its start: the end decides
    return any(start is None or start == end for start, end in (one, other))


def equal(key: str) -> Field:
    return Field(key, lambda gold, pred: gold.get(key) == pred.get(key), lambda record: shown(record.get(key)))


def body(key: str) -> Field:
    """Compare an actor, owner or department: equal or one inside the other («经济发展局、投资促进局»)."""

    def right(gold: Record, pred: Record) -> bool:
        return inside((gold.get(key) or "").strip(), (pred.get(key) or "").strip())

    return Field(key, right, lambda record: shown(record.get(key)))


def investment(key: str) -> Field:
    def normalized(record: Record) -> Record | None:
        return (record.get(key) or {}).get("normalized")

    return Field(
        key,
        lambda gold, pred: same_quantity(normalized(gold), normalized(pred)),
        lambda record: show_quantity(normalized(record)),
    )


def shown(value: object) -> str:
    return "null" if value is None else str(value)


def show_quantity(normalized: Record | None) -> str:
    if not normalized:
        return "null"
    ends = (normalized.get("value"), normalized.get("value_max"))
    return f"{'-'.join(f'{end:.12g}' for end in ends if end is not None)} {normalized.get('unit')}"


def show_value(metric: Record) -> str:
    return show_quantity(metric.get("normalized"))


def show_period(metric: Record) -> str:
    start, end = ends_of(metric.get("period"))
    return f"{start or ''}/{end or ''}" if start or end else "null"


def show_name(metric: Record) -> str:
    return f"«{metric.get('name')}»"


EXACT_FIELDS = (
    Field("value", same_value, show_value),
    equal("comparator"),
    Field("measure", same_measure, lambda metric: shown(metric.get("measure"))),
    equal("status"),
    Field("period", same_period, show_period),
    Field("name", same_name, show_name),
)
METRIC_FIELDS = (*EXACT_FIELDS, body("actor"))
PROJECT_FIELDS = (
    equal("stage"),
    equal("target_stage"),
    equal("deadline_end"),  # put there by `matching.projects`
    investment("total_investment"),
    investment("annual_investment"),
    body("department"),
    body("owner"),
)
DEADLINE_FIELDS = (equal("end"), equal("start"))


def is_exact(gold: Record, pred: Record) -> bool:
    return all(field.right(gold, pred) for field in EXACT_FIELDS)


def is_target(record: Record) -> bool:
    return bool(record.get("status") == "target")
