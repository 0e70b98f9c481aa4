"""What counts as right: one `Field` for each thing that is compared on a matched pair."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
"""One JSON object."""

WRITTEN_APART = re.compile(r"[\s\W_的]+")  # what two readers write differently
ENOUGH = 0.6
UNITS = {"％": "%", "个工作日": "工作日", "个月": "月", "百分点": "pp", "个百分点": "pp", "倍": "x"}


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    right: Callable[[Record, Record], bool]
    """Gold first: only gold has other readings to accept."""
    show: Callable[[Record], str]


def bare(text: str | None) -> str:
    return WRITTEN_APART.sub("", text or "")


def dice(one: str, other: str) -> float:
    """How many pairs of neighbouring characters two texts share; one character stands for itself."""
    ours, theirs = pairs_of(one), pairs_of(other)
    return 2 * (ours & theirs).total() / max(ours.total() + theirs.total(), 1)


def pairs_of(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def same_name(one: str | None, other: str | None) -> bool:
    """Equal, one inside the other, or much alike; of «甲占乙比重» and «甲占比» only 甲 counts. No name is like nothing."""
    a, b = bare(one), bare(other)
    if "占" in a[2:] and "占" in b[2:] and same_name(a[: a.index("占", 2)], b[: b.index("占", 2)]):
        return True
    return bool(a and b) and (a in b or b in a or dice(a, b) >= ENOUGH)


def same_body(one: str | None, other: str | None) -> bool:
    """Compare actors, owners, departments: two that are unknown are the same."""
    return (not one and not other) or same_name(one, other)


def unit_of(normalized: Record) -> str | None:
    """Fold ways to write one unit; case stays, mW is not MW."""
    unit = normalized.get("unit")
    return UNITS.get(unit, unit) if unit is not None else None


def same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(1, abs(one), abs(other))


def same_quantity(one: Record | None, other: Record | None) -> bool:
    """Compare two `normalized` objects."""
    a, b = one or {}, other or {}
    return all(same_number(a.get(key), b.get(key)) for key in ("value", "value_max")) and unit_of(a) == unit_of(b)


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
    return any(
        periods_agree(ends_of(reading), ends_of(pred.get("period")))
        for reading in (gold.get("period"), *accepted(gold, "period"))
    )


def periods_agree(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """«2002年底» as that day or as the whole year, «到2025年» with or without its start: the end decides."""
    return one[1] == other[1] and (one[0] == other[0] or any(start in (None, end) for start, end in (one, other)))


def same_metric_name(gold: Record, pred: Record) -> bool:
    return any(same_name(reading, pred.get("name")) for reading in (gold.get("name"), *accepted(gold, "name")))


def equal(key: str) -> Field:
    return Field(key, lambda gold, pred: gold.get(key) == pred.get(key), lambda record: shown(record.get(key)))


def body(key: str) -> Field:
    """Compare an actor, owner or department («经济发展局、投资促进局»)."""

    def right(gold: Record, pred: Record) -> bool:
        return any(same_body(reading, pred.get(key)) for reading in (gold.get(key), *accepted(gold, key)))

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
    Field("name", same_metric_name, show_name),
)
ACTOR = body("actor")
METRIC_FIELDS = (*EXACT_FIELDS, ACTOR)
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


def is_full(gold: Record, pred: Record) -> bool:
    """What an analyst can use as it stands."""
    return is_exact(gold, pred) and ACTOR.right(gold, pred)


def is_target(record: Record) -> bool:
    return bool(record.get("status") == "target")
