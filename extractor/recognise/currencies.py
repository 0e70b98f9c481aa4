"""The sign or name of a currency in front of a figure: $3.5亿, ¥1200, USD 500万, 港币3亿元."""

import re

from extractor.recognise.numerals import LARGE
from extractor.recognise.quantity import Quantity
from extractor.recognise.units import Measure, compound, per_end, unit_table

NAMES = {
    **dict.fromkeys(("$", "US$", "USD", "USD$", "U$"), "美元"),
    **dict.fromkeys(("€", "EUR"), "欧元"),
    **dict.fromkeys(("£", "GBP"), "英镑"),
    **dict.fromkeys(("HK$", "HKD", "HKD$", "港币", "港元"), "港元"),
    **dict.fromkeys(("NT$", "NTD", "TWD", "新台币", "台币"), "新台币"),
    **dict.fromkeys(("MOP", "MOP$", "澳门币", "葡币"), "澳门元"),
    **dict.fromkeys(("JP¥", "JPY", "日币", "日元"), "日元"),
    **dict.fromkeys(("S$", "SGD"), "新加坡元"),
    **dict.fromkeys(("A$", "AUD"), "澳元"),
    **dict.fromkeys(("C$", "CAD"), "加元"),
    **dict.fromkeys(("¥", "RMB", "RMB¥", "CNY", "CN¥"), "元"),
    **dict.fromkeys(("美金", "美元"), "美元"),
    "KRW": "韩元", "₩": "韩元", "RUB": "卢布", "₽": "卢布", "CHF": "瑞士法郎", "THB": "泰铢", "฿": "泰铢",
}  # fmt: skip
SIGN = re.compile(
    rf"(?:(?<![A-Za-z])(?:{'|'.join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True) if name[0].isascii())})"
    rf"|{'|'.join(re.escape(name) for name in NAMES if not name[0].isascii())}) ?$"
)
LAST = frozenset(f"{''.join({name[-1] for name in NAMES})} ")  # what a sign may end with
LONGEST = 1 + max(map(len, NAMES))
ENGLISH = re.compile(" ?(?P<word>trillion|billion|bn|million|mn)\\b")
POWERS = {"trillion": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "mn": 10**6}


def with_currency(text: str, quantity: Quantity) -> Quantity:
    """Give an amount behind a sign or the name of a currency that currency: «$3.5亿», «港币3亿元»; «$500万美元» has its own."""
    start = quantity.start
    measure = quantity.measure
    if text[start - 1 : start] not in LAST or (measure and not is_open(text, quantity, measure)):
        return quantity
    sign = SIGN.search(text, max(0, start - LONGEST), start)
    if not sign:
        return quantity
    unit = unit_table()[NAMES[sign.group().strip()]]
    if measure and measure.base.startswith("CNY") and text[quantity.end - 1] not in LARGE:
        below = measure.base.removeprefix("CNY")
        name = measure.text.replace("元", unit.name, 1)
        return quantity._replace(measure=measure._replace(text=name, base=unit.base + below))
    scale = measure.text.removesuffix("元") if measure else ""
    factor = unit.factor * LARGE[scale] if scale else unit.factor
    end, value = quantity.end, quantity.value
    if not measure and value is not None and (english := ENGLISH.match(text, end)):
        end, value = english.end(), value * POWERS[english["word"]]
    below_end = per_end(text, end)
    if below_end > end:
        priced = compound(scale, unit, text[end:below_end].replace(" ", ""), below_end)
        return quantity._replace(end=below_end, value=value, measure=priced)
    return quantity._replace(end=end, value=value, measure=Measure(scale + unit.name, "money", factor, unit.base, end))


def is_open(text: str, quantity: Quantity, measure: Measure) -> bool:
    """Whether the words behind an amount leave open of which currency it is: a bare scale, or 元."""
    return text[quantity.end - 1] in LARGE or measure.base.startswith("CNY")
