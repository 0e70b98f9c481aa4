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
PER_WORD = re.compile(r"(?:标准)?(?:[月季班次日天年时]|分钟|秒|min|[hdas](?![a-z]))(?!度)")
# 人·次, 元/人·月
SQUARES = {"平方米": "m2", "立方米": "m3", "㎡": "m2", "米": "m"}
CHINESE_NAMES = {
    **dict.fromkeys(("μg", "ug", "㎍"), "微克"), **dict.fromkeys(("mg", "㎎"), "毫克"), "ng": "纳克", "g": "克", "kg": "千克", "t": "吨",
    **dict.fromkeys(("m3", "m³", "㎥", "立方"), "立方米"), **dict.fromkeys(("m2", "m²", "㎡", "平米"), "平方米"),
    **dict.fromkeys(("km2", "km²", "平方千米"), "平方公里"), "L": "升", "l": "升", "d": "日", "天": "日", "h": "小时", "a": "年", "s": "秒", "min": "分钟", "km": "公里",
    **dict.fromkeys(("kWh", "kW·h", "度"), "千瓦时"), "kgce": "千克标准煤", "gce": "克标准煤", "tce": "吨标准煤",
}  # fmt: skip
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


def whole_unit(written: str) -> Measure | None:
    """Read the whole of «亿元», «万人», «μg/m3» as a unit; `None` where more or less than a unit stands there."""
    for scale in ("", *sorted(LARGE, key=len, reverse=True)):
        unit = unit_at(written, len(scale)) if written.startswith(scale) else None
        if unit:
            told = measure(written, len(scale), scale, unit)
            if told.end == len(written):
                return told
    return None


def measure(text: str, at: int, scale: str, unit: Unit) -> Measure:
    """Complete the unit that stands at `at` with its scale and with its «/…» part."""
    end = at + len(unit.name)
    below = each_end(text, end) if unit.kind == "money" and text[end : end + 1] == "每" else per_end(text, end)
    if below > end:
        end = per_end(text, below)
        dot = DOT.match(text, end)
        end = dot.end() if dot else end
        behind = text[at + len(unit.name) : end].replace(" ", "").replace("每", "/", text[at + len(unit.name)] == "每")
        return compound(scale, unit, behind, end)
    factor = unit.factor * LARGE[scale] if scale else unit.factor
    if unit.kind == "count" and text[end : end + 1] == "(" and (other := unit_at(text, end + 1)):
        closing = end + 1 + len(other.name)
        if other.kind == "count" and text[closing : closing + 1] == ")":  # 86处(项)
            both = text[at : closing + 1]
            return Measure(scale + both, "count", factor, both, closing + 1)
    return Measure(scale + unit.name, unit.kind, factor, unit.base, end)


def compound(scale: str, unit: Unit, below: str, end: int) -> Measure:
    """An amount of money per something counts in its currency («万元/人» in CNY/人); else the unit stays, in its Chinese name.

    What is counted per keeps its own unit (亩, 万元), for that is how such values are compared; 平方米 and 立方米 are m2 and m3.
    """
    written = scale + unit.name + below
    under = [CHINESE_NAMES.get(part, part) for part in below.removeprefix("/").split("/")]
    if unit.kind == "money":
        factor = unit.factor * LARGE[scale] if scale else unit.factor
        base = "/".join((unit.base, *(SQUARES.get(part, part) for part in under)))
        return Measure(written, "money", factor, base, end)
    name = CHINESE_NAMES.get(unit.name, unit.name)
    return Measure(written, "other", LARGE[scale] if scale else Decimal(1), "/".join((name, *under)), end)


def each_end(text: str, end: int) -> int:
    """Give the end of the «每平方米», «每吨» that stands at `end`, or `end` itself: «1.2万元每平方米»."""
    below = unit_at(text, end + 1)
    told = below and below.kind in ("area", "weight", "volume", "energy") and len(below.name) > 1
    return end + 1 + len(below.name) if below and told else end


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
