"""Values and times of drafts in the contract's terms."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from extractor.analysis import Analysis, hit_index
from extractor.assemble.places import Place
from extractor.recognise import Hit, Interval
from extractor.recognise.hits import BaseValue
from extractor.recognise.units import whole_unit
from schemas.base import Period
from schemas.draft import MetricDraft
from schemas.figure import Normalized
from schemas.vocabulary import Direction


def reading(
    place: Place, value: Decimal, value_max: Decimal | None, unit: str
) -> tuple[Decimal, Decimal | None, str, Normalized]:
    """Keep what the engine read. Where it says the same as the hit in other words (10000000000 元 for 百亿元), the hit's words stand."""
    hit = place.hit
    if hit and hit.value is not None and hit.base and agrees(hit, value, value_max, unit):
        return hit.value, hit.value_max, hit.unit, normalized(hit.base)
    return value, value_max, unit, normalized(base_value(value, value_max, unit))


def agrees(hit: Hit, value: Decimal, value_max: Decimal | None, unit: str) -> bool:
    """Whether a reading says what the hit says: in its words, or in base units."""
    if (value, value_max) == (hit.value, hit.value_max) and unit == hit.unit:
        return True
    base = base_value(value, value_max, unit)
    return hit.base is not None and (base.value, base.value_max, base.unit) == (
        hit.base.value,
        hit.base.value_max,
        hit.base.unit,
    )


def base_value(value: Decimal, value_max: Decimal | None, unit: str) -> BaseValue:
    """Bring a value that an engine read to base units: 10000000000 元 and 100 亿元 are one. An unknown unit stays as it is."""
    told = whole_unit(unit)
    return told.of(value, value_max) if told else BaseValue(value, value_max, unit)


def normalized(base: BaseValue) -> Normalized:
    return Normalized(value=base.value, value_max=base.value_max, unit=base.unit)


def of_hit(hit: Hit) -> tuple[Decimal, Decimal | None, str, Normalized] | None:
    if hit.value is None or hit.base is None:
        return None
    return hit.value, hit.value_max, hit.unit, normalized(hit.base)


@lru_cache(maxsize=64)  # a document has few
def period_of(text: str | None) -> Period | None:
    if not text or text == "/":
        return None
    start, _, end = map(day_or_none, text.partition("/"))
    return None if start and end and start > end else Period(start=start, end=end)


def day_or_none(text: str) -> str | None:
    """A day of the calendar; 30 February is none, whoever wrote it."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def time_of(analysis: Analysis, index: int, period: Period | None) -> Interval | None:
    """The interval of a time hit. A bare one hangs on the year of the record that it binds, where that record names one."""
    hit = analysis.hits[index]
    interval = analysis.interval(index)
    if hit.time is None or hit.time.explicit or hit.time.recurring or period is None or period.end is None:
        return interval
    by_record = hit.time.resolve(int(period.end[:4]))
    return by_record if by_record.end == period.end else interval


def time_index(analysis: Analysis, reference: str | None) -> int | None:
    """The hit that a time tag names; `None` if it names none."""
    index = hit_index(reference) if reference else None
    if index is None or not 0 <= index < len(analysis.hits):
        return None
    hit = analysis.hits[index]
    return index if hit.time is not None or hit.role == "time" else None  # «工期3年» has a tag and no date


def unsigned(draft: MetricDraft) -> tuple[Decimal, Direction | None]:
    """A change is written without its sign: «-0.7%» is 0.7 and down. A level below zero stays below zero."""
    if draft.value < 0 and draft.value_max is None and draft.measure in ("growth", "change"):
        return -draft.value, draft.direction or "down"
    return draft.value, draft.direction
