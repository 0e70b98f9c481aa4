"""A number with its unit, and what both ways of writing numbers share: 多 and 余, halves, bare scales."""

import re
from decimal import Decimal
from typing import NamedTuple

from extractor.recognise.numerals import CAPITAL_DIGIT, CHINESE_DIGIT, LARGE, parse
from extractor.recognise.units import Measure, Unit, measure, unit_at, unit_table

GAP = re.compile(" (?=[十百千万亿][㐀-鿿]| ?[多余][㐀-鿿])")  # «2 万余人», «4800 多万元»
DIMES = re.compile(
    rf"(?P<dimes>[0-9]|[{CHINESE_DIGIT[2:]}{CAPITAL_DIGIT}])角(?:(?P<cents>[0-9]|[{CHINESE_DIGIT[2:]}{CAPITAL_DIGIT}])分)?"
)
HALF = re.compile(r"半(?![数年个月天边径导价产成])")
HALVED = frozenset(("年", "倍", "小时", "天", "周", "个月"))
HALVED_UNITS = ("百分点", "小时", "工作日", "月")
AND_A_HALF = re.compile(f"个半(?={'|'.join(HALVED_UNITS)})")
TO = re.compile(r" ?(?:-{1,2}|—{1,2}|–|~|至|到) ?")
MORE = frozenset("多余来")
STEPPED_OVER = frozenset("多余来 ")
PEOPLE = re.compile(
    "(?:中等收入|中低收入|城乡|农村|城镇|活跃|移动|手机|互联网|注册)?(?:居民|人民|农民|网民|用户|群众|群体|民众|消费者|观众|粉丝|儿女|同胞|股民|劳动者|老人|人)"
)


class Quantity(NamedTuple):
    """A number with its unit. `measure` is missing for a bare number; `more` says that 多 or 余 stands inside."""

    start: int
    end: int
    value: Decimal | None
    value_max: Decimal | None = None
    measure: Measure | None = None
    more: bool = False
    arabic: bool = True


def measured(
    text: str, value: Decimal | None, at: int, scale: str, unit: Unit, more: bool
) -> tuple[int, Decimal | None, None, Measure, bool]:
    """Complete the unit that stands at `at`, and the value where it goes on behind the unit: «两年半», «5元3角»."""
    found = measure(text, at, scale, unit)
    if "多" in found.text:  # 3亿多元, 1个多月
        found, more = found._replace(text=found.text.replace("多", "")), True
    elif found.text == "倍" and text.startswith("多", found.end):
        found, more = found._replace(end=found.end + 1), True
    if value is not None and found.text in HALVED and HALF.match(text, found.end):
        value, found = value + Decimal("0.5"), found._replace(end=found.end + 1)
    elif value is not None and found.text in ("元", "圆") and (dimes := DIMES.match(text, found.end)):
        value += (parse(dimes["dimes"]) or 0) / Decimal(10) + (parse(dimes["cents"] or "零") or 0) / Decimal(100)
        found = found._replace(end=dimes.end())
    return found.end, value, None, found, more


def halved(text: str, value: Decimal | None, at: int) -> tuple[int, Decimal | None, None, Measure]:
    """Read «3个半百分点» as 3.5, «一个半小时» as 1.5."""
    name = next(name for name in HALVED_UNITS if text.startswith(name, at))
    unit = unit_table().get(f"个{name}") or unit_table()[name]
    end = at + len(name)
    return (
        end,
        None if value is None else value + Decimal("0.5"),
        None,
        Measure(unit.name, unit.kind, unit.factor, unit.base, end),
    )


def bare_scale(text: str, scale: str, end: int, at: int) -> Measure | None:
    """Take «百亿», «500亿» for amounts of money, unless it is people that are counted («4亿多中等收入群体»)."""
    if scale in ("亿", "万亿", "兆") and not PEOPLE.match(text, at):
        return Measure(scale + "元", "money", LARGE[scale], "CNY", end)
    return Measure(scale, "other", LARGE[scale], "", end) if scale else None


def skip_more(text: str, at: int, *, space: bool) -> tuple[int, bool]:
    """Step over 多, 余, 来 and the blanks around them; `space` also over a blank before a unit."""
    char = text[at : at + 1]
    if char not in STEPPED_OVER:
        return at, False
    if space and char == " " and GAP.match(text, at):
        at += 1
        char = text[at : at + 1]
    more = char in MORE
    at += more
    if space and text[at : at + 1] == " " and (more or is_before_unit(text, at)):
        at += not more or text[at + 1 : at + 2] > "⺀"
    return at, more


def is_before_unit(text: str, at: int) -> bool:
    """Whether the blank at `at` stands before a character or a unit: «120 个», «9.8 km»; not «5 G»."""
    follow = text[at + 1 : at + 2]
    return bool(follow) and (follow > "⺀" or follow == "%" or is_latin_unit(text, at))


def is_latin_unit(text: str, at: int) -> bool:
    """Tell «9.8 km» from «5 G»."""
    unit = unit_at(text, at + 1)
    return unit is not None and len(unit.name) > 1
