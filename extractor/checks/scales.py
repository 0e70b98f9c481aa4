"""A unit that is ten thousand times off."""

import re
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from extractor.checks.amounts import base_of
from extractor.checks.material import Material, span_of
from schemas.document import Segment
from schemas.finding import Finding

SMALL = re.compile(r"(?:县|镇|乡|街道|旗|开发区|经开区|高新区|工业园区?|产业园区?)$")
HUGE = Decimal(10) ** 12  # yuan: no county has a thousand milliards
TIMES = 10_000
ELSEWHERE = re.compile(r"全国|全省|全市|全球|世界|国家|我国|中国|省|集团|银行|债|保险|贷|市场规模")
LEAST = 4  # sums that show what is usual here


def units_fit_their_neighbours(material: Material) -> Iterator[Finding]:
    """«固定资产投资86240亿元» of a county whose other sums are some milliards."""
    for segment in material.segments:
        if not is_small(segment):
            continue
        hits = [hit for hit in material.hits_in(*material.clean_of(segment)) if hit.kind == "money"]
        sizes = {hit.start: size for hit in hits if (size := base_of(hit)[0]) and base_of(hit)[1] == "CNY"}
        usual = median(sizes.values()) if len(sizes) >= LEAST else None
        for hit in hits if usual else ():
            size = sizes.get(hit.start)
            words = material.text[slice(*material.clause(hit.clean_start))]
            if size and usual and size >= max(HUGE, usual * TIMES / 2) and not ELSEWHERE.search(words):
                yield Finding(
                    code="contradiction",
                    severity="warning",
                    message=f"«{hit.text}» is thousands of times the sums beside it: its unit may be wrong.",
                    spans=(span_of(hit),),
                )


def is_small(segment: Segment) -> bool:
    """Tell a county, a town or a zone from a city or a province, whose sums may be that large."""
    if segment.region and segment.region.level in {"province", "prefecture", "city"}:
        return False
    return bool(segment.actor and SMALL.search(segment.actor))
