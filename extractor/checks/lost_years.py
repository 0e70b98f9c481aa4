"""A source that has lost the word 年 wherever it stood, or a year's digits with it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.checks.material import Material
from schemas.finding import Finding

# what stands rightly behind 上半, 下半 and 今; anything else there has lost its 年
HALF = re.compile(r"[上下](?<![㐀-鿿]下.)半(?![年月场区部段程叶夜身旬天辈生截句层张节块边学球圈时期个局决周城山坡])")
NOW = re.compile(
    r"今(?<![至当如古而从迄于抚厚博通借论谈到昔亘]今)(?:(?<!现今)|(?<=[兑实]现今))"
    r"(?=是[^,。]{2,20}之[,。年]|的(?:各项|全部|工作|目标|任务|重点|主要)|,?(?:全[市县区省]|我[市县区省们])|"
    r"(?:计划|预计|力争|确保|共|完成|实现|新增)[^天日后]{0,12}\d)"
)
WITHIN = re.compile(r"内(?<=[,。;:、]内)(?=有望|力争|确保|完成|建成|开工|竣工|投产|破土|动工|全部)")
# «比年提高», «今后年,»: the digits are gone
DIGITS = re.compile(
    r"年(?:(?<=比年)(?=提高|增长|增加|下降|减少|净增)|(?<=今后年)(?=[,是])|(?<=实现年)(?=远景|、)|(?<=[。;]年)(?=,|获|全))"
)
LEAST = 2  # places: one may be a slip of the pen or a rare word


def years_are_whole(material: Material) -> Iterator[Finding]:
    """One finding for the document: who doubts one place has to doubt them all."""
    places = lost_years(material.text)
    if not places:
        return
    words = around(material.text, *places[0])
    spans = tuple(material.span(start, end) for start, end in places)
    records = (name for span in spans for name in material.records_near(span.start, span.end, 0))
    yield Finding(
        code="corrupt-text",
        severity="warning",
        message=f"The source has lost 年, or the digits of a year, in {len(places)} places, first in «{words}».",
        records=tuple(dict.fromkeys(records)),
        spans=spans,
    )


def around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 6) : start].rpartition("\n")[2] + text[start : end + 6].partition("\n")[0]


@lru_cache(maxsize=1)
def lost_years(text: str) -> tuple[tuple[int, int], ...]:
    found = sorted(match.span() for pattern in (HALF, NOW, WITHIN, DIGITS) for match in pattern.finditer(text))
    return tuple(found) if len(found) >= LEAST else ()
