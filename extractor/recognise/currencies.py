"""The sign of a currency in front of a figure: $3.5亿, ¥1200, USD 500万."""

import re

from extractor.recognise.numerals import LARGE
from extractor.recognise.quantities import Quantity
from extractor.recognise.units import Measure, unit_table

NAMES = {
    "$": "美元",
    "US$": "美元",
    "USD": "美元",
    "€": "欧元",
    "EUR": "欧元",
    "£": "英镑",
    "GBP": "英镑",
    "HK$": "港元",
    "HKD": "港元",
    "¥": "元",
    "￥": "元",
    "RMB": "元",
    "CNY": "元",
    "JPY": "日元",
}
SIGN = re.compile(r"(?:(?<![A-Za-z])(?:US\$|HK\$|USD|EUR|GBP|HKD|RMB|CNY|JPY)|(?<![A-Za-z])[$€£¥￥]) ?$")
LAST = frozenset("$€£¥￥DRPBY ")  # what a sign may end with


def with_currency(text: str, quantity: Quantity) -> Quantity:
    """Give a bare amount behind a sign its currency; «500万元» keeps its own."""
    start = quantity.start
    if text[start - 1 : start] not in LAST or (quantity.measure and not is_bare(text, quantity)):
        return quantity
    sign = SIGN.search(text, max(0, start - 5), start)
    if not sign:
        return quantity
    unit = unit_table()[NAMES[sign.group().strip()]]
    scale = quantity.measure.text.removesuffix("元") if quantity.measure else ""
    factor = unit.factor * LARGE[scale] if scale else unit.factor
    return quantity._replace(measure=Measure(scale + unit.name, "money", factor, unit.base, quantity.end))


def is_bare(text: str, quantity: Quantity) -> bool:
    return text[quantity.end - 1] in LARGE
