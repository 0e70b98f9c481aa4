"""A numbered list under a heading holds as many items, and as much money, as the text says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractor.checks.amounts import Amount, amounts
from extractor.checks.material import Material, spans_of
from schemas.finding import Finding

HEADING = re.compile(
    r"^ *[一二三四五六七八九十]{1,3}、(?P<name>[^\n(:。]{2,20})(?:\((?:共|计|共计)?(?P<count>\d{1,3})[项个]\))?.*$",
    re.MULTILINE,
)
COUNTED = ("项)", "个)")
ITEM = re.compile(r"^ *\d{1,3}[.、].*$", re.MULTILINE)
SUMS = ("总投资", "年度计划投资")


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    count: int | None
    start: int
    head_end: int
    end: int
    last: bool
    items: tuple[tuple[int, int], ...]


def list_is_as_long_as_its_heading(material: Material) -> Iterator[Finding]:
    """«一、续建项目(4项)». The last list of a file may be cut off, so only one too long is a fault there."""
    for section in sections(material.text):
        count, stated = len(section.items), section.count
        if stated is None or count < 2 or count == stated or (section.last and count < stated):
            continue
        spans = spans_of(*material.hits_in(section.start, section.head_end)[-1:])
        yield Finding(
            code="sum-mismatch",
            severity="warning",
            message=f"The heading «{section.name}» counts {stated}, but its list has {count} items.",
            spans=spans or (material.span(section.start, section.head_end),),
        )


def list_adds_up_to_its_total(material: Material) -> Iterator[Finding]:
    """Add the 总投资 of a heading's items and hold it against «续建项目4项,总投资39.2亿元»."""
    for section in sections(material.text):
        if section.count != len(section.items) or len(section.items) < 2:
            continue
        sizes = [(part, part.name) for item in section.items for part in amounts(material, *item)]
        for tail in SUMS:
            parts = [part for part, name in sizes if name.endswith(tail)]
            totals = stated_totals(material, section, tail)
            if len(parts) == len(section.items) and len(totals) == 1:
                yield from judged(totals[0], parts, section)


def stated_totals(material: Material, section: Section, tail: str) -> list[Amount]:
    found = []
    for place in material.places_of(section.name, 0, section.start):
        _, end = material.part(place)
        behind = place + len(section.name)
        found += [total for total in amounts(material, behind, min(end, behind + 60)) if total.name.endswith(tail)][:1]
    return found


def judged(total: Amount, parts: list[Amount], section: Section) -> Iterator[Finding]:
    value = sum((part.value for part in parts), Decimal(0))
    slack = total.slack + sum((part.slack for part in parts), Decimal(0))
    if {part.unit for part in parts} == {total.unit} and total.exact and abs(value - total.value) > slack:
        assert total.hit.value is not None
        added = f"{(value * total.hit.value / total.value).normalize():f}{total.hit.unit}"
        yield Finding(
            code="sum-mismatch",
            severity="warning",
            message=f"The items under «{section.name}» add up to {added}, not to «{total.hit.text}».",
            spans=spans_of(total.hit, *(part.hit for part in parts)),
        )


@lru_cache(maxsize=1)
def sections(text: str) -> tuple[Section, ...]:
    return tuple(read_sections(text))


def read_sections(text: str) -> Iterator[Section]:
    heads = list(HEADING.finditer(text)) if any(end in text for end in COUNTED) else []
    for index, head in enumerate(heads):
        last = index + 1 == len(heads)
        end = len(text) if last else heads[index + 1].start()
        count = int(head["count"]) if head["count"] else None
        if count is not None:
            items = tuple(match.span() for match in ITEM.finditer(text, head.end(), end))
            yield Section(head["name"], count, head.start(), head.end(), end, last, items)
