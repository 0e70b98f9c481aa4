"""Finds figures that are not a number and its unit: 九成, 三分之二, 翻一番, 过半, 第9位, 前十."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.recognise import comparators
from extractor.recognise.draft import Draft
from extractor.recognise.hits import BaseValue
from extractor.recognise.numerals import CHINESE_DIGIT, FRACTION, fraction, parse, tenths, trimmed
from extractor.recognise.quantity import Quantity
from extractor.recognise.surroundings import compared
from extractor.recognise.units import Measure
from extractor.text.scanning import Near

TENTHS = Near(
    rf"(?:(?P<low>[{CHINESE_DIGIT}])(?:[至到-]?)(?=[{CHINESE_DIGIT}]成))?(?P<whole>[{CHINESE_DIGIT}十]|[0-9](?:\.[0-9])?)成(?P<rest>[{CHINESE_DIGIT}半](?![{CHINESE_DIGIT}个家项亿万]))?多?(?![立果效为功员本长熟都交就品套千型片绩因分形人不])",
    f"成(?<=[{CHINESE_DIGIT}十0-9].)",
    5,
)
SHARES = Near(
    r"(?:(?<=[占比率重超])过半|(?<![双间程])过半(?=[,。;、!)]|来自|属于|$)|半数|(?<=[占超])一半|(?<=超过)一半|(?<=不到)一半|(?<=不足)一半|(?<=近)一半|(?<=[占比率重超]达)一半|一半(?=以上|左右))",
    "半",
    1,
)
FRACTIONS = Near(FRACTION.pattern, "分之", 8)
UPPER_FRACTION = re.compile(
    rf"(?:至|到|-|—|~)(?:(?P<whole>[百千])分之)?(?P<part>[{CHINESE_DIGIT}十]{{1,3}}(?:点[{CHINESE_DIGIT}]{{1,2}})?|[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?)"
    r"(?![个家项年月百千万亿])"
)
POINTS = re.compile("个?点(?=以[上下内]|左右|[,。;、)]|$)")  # 百分之十六点以上
RATIO = Near("(?<![0-9/.])(?P<part>[1-9])/(?P<whole>[2-9]|10)(?![0-9/年月号.])", "/(?<=[1-9].)", 1)
DOUBLINGS = re.compile("翻了?(?P<times>[一两二三四五1-5]?)番")
DIGITS = Near(
    "[两二三23]位数(?:(?<=[增涨速幅长为到现持达升在以].{3})|(?=的?(?:增|涨|以上|正增)))",
    "位(?<=[两二三23]位)(?=数)",
    1,
)
RANK = re.compile("第(?: ?[0-9]{1,5} ?|[一二三四五六七八九十百零]{1,5})(?:名(?!单)|位(?!于))")
FRONT = re.compile(
    "前(?P<front>(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})(?:名|位|强)?)(?![0-9年月个季天次项届家章条期轮类批步者])"
)


def find(text: str) -> Iterator[Draft]:
    """Give them kind by kind; where two overlap, the earlier one is right."""
    yield from fractions(text)
    yield from tenths_of(text)
    yield from halves(text)
    yield from doublings(text)
    yield from ranks(text)
    yield from classes(text)


def classes(text: str) -> Iterator[Draft]:
    """Read «增速保持两位数» as a share of which only the number of digits is told."""
    for match in DIGITS.finditer(text):
        yield Draft(*match.span(), *match.span(), "percent", None, None, "%", BaseValue(None, None, "%"))


def fractions(text: str) -> Iterator[Draft]:
    """Read «百分之三», «三分之二», and «百分之三至五» as a range."""
    done = 0
    for match in FRACTIONS.finditer(text):
        value = fraction_percent(match.group())
        if value is None or match.start() < done:
            continue
        upper = UPPER_FRACTION.match(text, match.end()) if match[1] in ("百", "千") else None
        value_max = parse(upper["part"]) if upper and upper["whole"] in (None, match[1]) else None
        if value_max is not None and value_max <= value:
            value_max = None
        done = upper.end() if upper and value_max is not None else match.end()
        done += bool(POINTS.match(text, done))
        yield share(text, match.start(), done, value, "‰" if match[1] == "千" else "%", value_max)
    for match in RATIO.finditer(text):
        value = trimmed(round(Decimal(match["part"]) / Decimal(match["whole"]) * 100, 2))
        yield share(text, *match.span(), value, "%")


def tenths_of(text: str) -> Iterator[Draft]:
    for match in TENTHS.finditer(text):
        value = tenths(f"{match['whole']}成{match['rest'] or ''}")
        low = parse(match["low"]) if match["low"] else None
        more = match.group().endswith("多")
        yield share(text, *match.span(), low * 10 if low else value, "%", value if low else None, more=more)


def halves(text: str) -> Iterator[Draft]:
    for match in SHARES.finditer(text):
        found = share(text, *match.span(), Decimal(50), "%")
        start = match.start() - (text[match.start() - 1 : match.start()] == "过")
        passed = text[start] == "过" and found.outer_start == match.start()
        yield found._replace(comparator=">", outer_start=start) if passed else found


def doublings(text: str) -> Iterator[Draft]:
    """Read «翻两番» as growth of 3 x: twice doubled is four times as much."""
    for match in DOUBLINGS.finditer(text):
        times = parse(match["times"] or "一") or Decimal(1)
        start, end = (match.start("times"), match.end()) if match["times"] else match.span()
        base = BaseValue(Decimal(2) ** int(times) - 1, None, "x")
        yield Draft(start, end, *match.span(), "multiple", times, None, "番", base)


def ranks(text: str) -> Iterator[Draft]:
    for match in RANK.finditer(text):
        value = parse(match.group()[1:-1])
        unit = match.group()[-1]
        draft = Draft(*match.span(), *match.span(), "rank", value, None, unit, BaseValue(value, None, unit))
        # «列第一位者为中标候选人» ranks nobody yet
        yield draft._replace(role="ordinal", why="序数") if text.startswith("者", match.end()) else draft
    for match in FRONT.finditer(text):
        front, (start, end) = match["front"], match.span("front")
        if not comparators.in_front(text, start):
            continue
        unit = front[-1] if front[-1] in "名位强" else ""
        value = parse(front.removesuffix(unit))
        base = BaseValue(value, None, unit or "位")
        yield Draft(start, end, start - 1, end, "rank", value, None, unit, base, "<=")


def fraction_percent(text: str) -> Decimal | None:
    """Give the per cent, or the per mille for 千分之."""
    head, _, part = text.partition("分之")
    if head in ("百", "千"):
        return parse(part)
    share = fraction(text)
    return trimmed(share * 100) if share is not None else None


def share(
    text: str,
    start: int,
    end: int,
    value: Decimal | None,
    unit: str,
    value_max: Decimal | None = None,
    *,
    more: bool = False,
) -> Draft:
    measure = Measure(unit, "percent", Decimal("0.1") if unit == "‰" else Decimal(1), "%", end)
    return compared(text, Quantity(start, end, value, value_max, measure, more, arabic=False))
