"""A record says the number, the unit and the comparator that the text says."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.material import Material, quantities
from extractor.recognise import find_in
from extractor.recognise.hits import Hit
from extractor.text.cleaning import clean
from schemas.figure import Quantity
from schemas.finding import Finding
from schemas.metric import Metric

Holder = Metric | Quantity

SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
SCALED = re.compile(r"^([十百千万亿]+)(?=.)")
SCALE_ALONE = re.compile(r"[十百千万亿]+")  # «986万农村人口»: the thing counted stands behind
SIGN = {">": r">\s*$", ">=": r"[≥>]=?\s*$", "<": r"<\s*$", "<=": r"[≤<]=?\s*$"}  # a table's cell may break behind it
BREAK = re.compile(r"\s+")
FACTOR = re.compile(r"\d\s*[×xX*]\s*$")
COMPARATOR_WORDS = {
    ">=": re.compile(r"以上|及以上|不少于|不低于|至少|不小于|不弱于"),
    ">": re.compile(r"超|过|突破|高于|大于|多|余|过半|以上"),
    "<=": re.compile(r"以内|不超|不高于|不大于|不多于|以下|控制在|前|至多|最高"),
    "<": re.compile(r"不到|不足|低于|少于|小于|以下"),
    "~": re.compile(r"约|左右|近|大概|上下|接近"),
    "range": re.compile(r"[-—–~至到]"),
}


def value_is_in_text(material: Material) -> Iterator[Finding]:
    """Catch a model that rounds or slips a scale."""
    for name, holder in holders(material):
        hit = material.hit_at(holder.figure)
        if hit is None or hit.value is None or agree(holder, hit) or is_otherwise_read(material, holder, hit):
            continue
        yield Finding(
            code="value-mismatch",
            severity="error",
            message=f"The record says {written(holder)}, but the text says «{hit.text}».",
            records=(name,),
            spans=(material.span(hit.clean_start, hit.clean_end),),
        )


def comparator_is_in_text(material: Material) -> Iterator[Finding]:
    for metric in material.metrics:
        hit = material.hit_at(metric.figure)
        if hit is None or hit.role in {"time", "ordinal", "identifier"} or metric.comparator == hit.comparator:
            continue
        if metric.comparator != "=" and COMPARATOR_WORDS[metric.comparator].search(surroundings(material, hit)):
            continue  # the word stands further off than the recogniser looks, or carries two readings
        if metric.comparator in SIGN and re.search(
            SIGN[metric.comparator], material.text[: hit.clean_outer_start][-6:]
        ):
            continue
        around = material.text[hit.clean_outer_start : hit.clean_outer_end]
        yield Finding(
            code="comparator-mismatch",
            severity="warning",
            message=f"The record says «{metric.comparator}», but «{around}» reads as «{hit.comparator}».",
            records=(metric.id,),
            spans=(material.span(hit.clean_outer_start, hit.clean_outer_end),),
        )


def holders(material: Material) -> Iterator[tuple[str, Holder]]:
    for metric in material.metrics:
        yield metric.id, metric
    for project in material.projects:
        for quantity in quantities(project):
            yield project.id, quantity


def surroundings(material: Material, hit: Hit) -> str:
    start, end = material.clause(hit.clean_start)
    return material.text[max(start, hit.clean_outer_start - 12) : min(end, hit.clean_outer_end + 4)]


def is_otherwise_read(material: Material, holder: Holder, hit: Hit) -> bool:
    """The record may read what the recogniser does not: a product, «两位数», a figure that a line break or a letter cuts in two."""
    if is_product(material.text, hit) or material.text.startswith("位数", hit.clean_end - 1):
        return True
    if is_part_of_ratio(holder, hit):
        return True
    place = holder.figure
    whole = BREAK.sub("", place.quote)
    is_cut = whole != place.quote or place.start < hit.start
    return is_cut and any(agree(holder, other) for other in find_in(clean(whole)) if other.text == whole)


def is_part_of_ratio(holder: Holder, hit: Hit) -> bool:
    """«收入比为2.41:1»: the record may hold what stands against one."""
    number, colon, one = hit.text.partition(":")
    return bool(colon) and one == "1" and number == str(holder.value)


def is_product(text: str, hit: Hit) -> bool:
    """«2×350兆瓦»: the record may hold the product."""
    return bool(FACTOR.search(text, max(0, hit.clean_start - 4), hit.clean_start))


def agree(holder: Holder, hit: Hit) -> bool:
    holder = with_sign(holder, hit)
    if not hit.unit:  # a bare number in a table: its unit stands in the head
        return same(holder.value, hit.value) and same(holder.value_max, hit.value_max)
    return as_written(holder, hit) and in_base_units(holder, hit)


def with_sign(holder: Holder, hit: Hit) -> Holder:
    """Records keep declines positive (codebook 1): 0.2 with direction down is what «-0.2%» says."""
    if not isinstance(holder, Metric) or holder.direction != "down" or hit.value is None or hit.value >= 0:
        return holder
    base = holder.normalized
    negative = base.model_copy(update={"value": None if base.value is None else -base.value})
    return holder.model_copy(update={"value": -holder.value, "normalized": negative})


def as_written(holder: Holder, hit: Hit) -> bool:
    """Compare value and unit with their scale resolved; unrelated units are left to the base units."""
    if (holder.value, holder.value_max, holder.unit) == (hit.value, hit.value_max, hit.unit):
        return True
    factor, unit = scale(holder.unit)
    hit_factor, hit_unit = scale(hit.unit)
    if not related(unit, hit_unit):
        return True
    return same(times(holder.value, factor), times(hit.value, hit_factor)) and same(
        times(holder.value_max, factor), times(hit.value_max, hit_factor)
    )


def in_base_units(holder: Holder, hit: Hit) -> bool:
    base, said = hit.base, holder.normalized
    if base is None:
        return True
    if said.unit != base.unit:
        return related(scale(holder.unit)[1], scale(hit.unit)[1])
    return same(said.value, base.value) and same(said.value_max, base.value_max)


def related(unit: str, hit_unit: str) -> bool:
    """Let a record name more of the unit than the recogniser takes («10万吨标准煤», «72个班»), or less."""
    return bool(unit or not hit_unit) and (unit.startswith(hit_unit) or hit_unit.startswith(unit))


def scale(unit: str) -> tuple[Decimal, str]:
    """Part 万亿 and the like from a unit: `万元` is 10000 and `元`."""
    unit = unit.strip()
    if SCALE_ALONE.fullmatch(unit):
        return Decimal(10) ** sum(SCALES[char] for char in unit), ""
    match = SCALED.match(unit)
    if not match:
        return Decimal(1), unit
    return Decimal(10) ** sum(SCALES[char] for char in match.group(1)), unit[match.end() :]


def times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else value * factor


def same(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None or one == other:
        return one == other
    return abs(one - other) <= Decimal("1e-9") * max(abs(one), abs(other))


def written(holder: Holder) -> str:
    top = "" if holder.value_max is None else f"-{holder.value_max}"
    return f"{holder.value}{top}{holder.unit}"
