"""The units and counting words of the tables in `data/`, found behind a number, and their base units."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple, get_args

from extractor.recognise.hits import BaseValue
from extractor.recognise.numerals import LARGE, trimmed
from schemas.vocabulary import FigureKind

PER = re.compile(r"/[每]?[百千]?[万亿]?")
# 元/月, t/d: per words that are no unit of their own, or only behind digits
PER_WORD = re.compile(r"(?:标准)?(?:[月季班次日天年时]|[hda](?![a-z]))(?!度)")
# 人·次, 元/人·月
DOT = re.compile(r"[·•][年月日天次]")


@dataclass(frozen=True, slots=True)
class Unit:
    """`not_before` holds the characters that make another word of it: 人 in 人才."""

    name: str
    kind: FigureKind
    factor: Decimal
    base: str
    needs_digits: bool = False
    not_before: str = ""


class Measure(NamedTuple):
    """A unit as written behind its number, with its scale (万户) and what it is counted per (吨/万元)."""

    text: str
    kind: FigureKind
    factor: Decimal
    base: str
    end: int

    def of(self, value: Decimal | None, value_max: Decimal | None) -> BaseValue:
        return BaseValue(scaled(value, self.factor), scaled(value_max, self.factor), self.base)


def scaled(value: Decimal | None, factor: Decimal) -> Decimal | None:
    if value is None:
        return None
    return trimmed(value if factor == 1 else value * factor)


def rows(name: str, width: int) -> list[list[str]]:
    """Read a table: tab-separated, `#` for remarks, columns at the end may be left out."""
    lines = files("extractor.recognise").joinpath("data", name).read_text("utf8").splitlines()
    return [(line.split("\t") + [""] * width)[:width] for line in lines if line and not line.startswith("#")]


@cache
def unit_table() -> dict[str, Unit]:
    units = {}
    for name, digits, base, not_before in rows("counters.tsv", 4):
        units[name] = Unit(name, "count", Decimal(1), base or name, bool(digits), not_before)
    kinds = {kind: kind for kind in get_args(FigureKind)}
    for name, kind, factor, base, digits, not_before in rows("units.tsv", 6):
        units[name] = Unit(name, kinds[kind], Decimal(factor), base, bool(digits), not_before)
    return units


@cache
def unit_words() -> dict[str, str]:
    """Give a pattern of units for each first character, the longest first, each with what must not follow it."""
    by_head: dict[str, list[str]] = {}
    for unit in sorted(unit_table().values(), key=lambda unit: -len(unit.name)):
        by_head.setdefault(unit.name[0], []).append(re.escape(unit.name) + barred(unit))
    return {head: "|".join(names) for head, names in by_head.items()}


@cache
def unit_pattern(head: str) -> re.Pattern[str] | None:
    """Compiled when a text first has need of it: most units are rare."""
    words = unit_words().get(head)
    return re.compile(words) if words else None


def barred(unit: Unit) -> str:
    bars = f"(?![{re.escape(unit.not_before)}])" if unit.not_before else ""
    if unit.name == "项":
        bars = f"(?:(?=目标)|{bars})"  # 8项目标
    if "以" in unit.not_before:
        bars = f"(?:(?=以[上下内])|{bars})"  # 200所以上; but 所以
    if unit.name[-1].isascii() and unit.name[-1] != "%":
        bars += "(?![0-9A-Za-z])"
    return bars


def unit_at(text: str, position: int) -> Unit | None:
    """Give the longest unit that stands at `position` and is not the head of another word."""
    pattern = unit_pattern(text[position : position + 1])
    match = pattern and pattern.match(text, position)
    return unit_table()[match.group()] if match else None


def measure(text: str, start: int, scale: str, unit: Unit, end: int) -> Measure:
    """Complete a unit at `end` with its scale, which starts at `start`, and with its «/…» part."""
    below = per_end(text, end)
    if below > end:
        end = per_end(text, below)
        dot = DOT.match(text, end)
        end = dot.end() if dot else end
        name = text[start:end].replace(" ", "")
        return Measure(name, "other" if unit.kind != "money" else "money", Decimal(1), name, end)
    factor = unit.factor * LARGE[scale] if scale else unit.factor
    return Measure(scale + unit.name, unit.kind, factor, unit.base, end)


def per_end(text: str, end: int) -> int:
    """Give the end of the «/亩», «/万人», «/月» that stands at `end`, or `end` itself."""
    per = PER.match(text, end) if text[end : end + 1] == "/" else None
    if not per:
        return end
    below = unit_at(text, per.end())
    if below:
        return per.end() + len(below.name)
    word = PER_WORD.match(text, per.end())
    return word.end() if word else end
