"""Read hits as amounts: what is counted, in base units, and how far the last digit written may be off."""

import re
from collections.abc import Iterable
from decimal import Decimal

from extractor.checks.material import Material
from extractor.recognise.hits import Hit
from extractor.values import value

ADDABLE = {"money", "count", "area", "length", "weight", "volume", "energy", "power", "capacity", "other"}
NO_SIZE = {"%", "pp", "x", "", "位"}
NO_AMOUNT = {"time", "ordinal", "identifier", "slogan", "qualifier"}
ROUNDED = 100  # a whole number of money or metres from here on has lost its decimals
REACH = 30  # characters before a figure that may name it
LABEL_START = re.compile(r"[,、;。:!?()|\n]")
# words that make a figure a rate, a difference or an attribute, which no sum holds
RATE = re.compile(
    r"增长|下降|增加(?!值)|减少|提高|降低|增幅|增速|比重|占比|人均|亩均|每|平均|同比|环比|较|比上年|净增|日均|月均|达产后?|增收|减收|增至|扩至|上升|压减"
)
# what a figure measures, by the last words of its name; two kinds are no whole and part
KINDS = (
    ("output", re.compile(r"产值")),
    ("added", re.compile(r"增加值|生产总值")),
    ("income", re.compile(r"收入|税收|税|营收")),
    ("spent", re.compile(r"支出")),
    ("invested", re.compile(r"投资额?|资金")),
    ("trade", re.compile(r"进出口(?:总[额值])?|出口额?|进口额?")),
    ("profit", re.compile(r"利润(?:总额)?")),
    ("sold", re.compile(r"零售(?:总)?额|销售额")),
    ("lent", re.compile(r"贷款(?:余额)?")),
    ("kept", re.compile(r"存款(?:余额)?")),
)
UNIT_OF_PLACE = re.compile(r"[县区市州镇乡村]")
CJK_COUNT = re.compile(r"[一二两三四五六七八九十]")
NOUN = re.compile(r"[㐀-鿿](?<![和及以或并等])")
FILLER = re.compile(r"(?:分别|共|合计|总计|完成|达到?|达成|为|约|超过?|突破|近|有|是|不少于|不低于|共计)+$")


@value
class Amount:
    hit: Hit
    label: str
    value: Decimal
    unit: str
    slack: Decimal

    @property
    def exact(self) -> bool:
        return self.hit.comparator == "="

    @property
    def name(self) -> str:
        return FILLER.sub("", self.label)

    @property
    def kind(self) -> str | None:
        places = ((match.end(), kind) for kind, words in KINDS for match in words.finditer(self.name))
        return max((place for place in places if place[0] >= len(self.name) - 2), default=(0, None))[1]


def amounts(material: Material, clean_start: int, clean_end: int) -> list[Amount]:
    found = (amount_of(material, hit, clean_start) for hit in material.hits_in(clean_start, clean_end))
    return [amount for amount in found if amount is not None]


def amount_of(material: Material, hit: Hit, floor: int = 0) -> Amount | None:
    """Give the hit as an amount that can be added up; thresholds («10亿元以上项目»), rates and ranges are none.

    Its words begin behind `floor`. Several checks ask for the same.
    """
    floor = max(floor, hit.clean_outer_start - REACH)
    known, key = material.index.amounts, (hit.clean_start, floor)
    if key not in known:
        known[key] = read_amount(material, hit, floor)
    return known[key]


def read_amount(material: Material, hit: Hit, floor: int) -> Amount | None:
    if hit.kind not in ADDABLE or not hit.value or hit.value_max is not None or material.role_of(hit) in NO_AMOUNT:
        return None
    if is_attribute(material.text, hit) or is_place(hit):
        return None
    label = label_before(material.text, hit, floor)
    return None if RATE.search(label) else sized(hit, label)


def sized(hit: Hit, label: str = "") -> Amount | None:
    value, unit = base_of(hit)
    if not value or not hit.value or unit in NO_SIZE:
        return None
    rounded = hit.kind != "count" and hit.value >= ROUNDED
    digit = last_digit(hit.value) or int(rounded)
    return Amount(hit, label, value, unit, abs(value / hit.value) * digit / 2)


def base_of(hit: Hit) -> tuple[Decimal | None, str]:
    return (hit.base.value, hit.base.unit) if hit.base else (hit.value, hit.unit)


def is_attribute(text: str, hit: Hit) -> bool:
    """Tell «总投资30亿元的项目» and «10亿元以上项目» from an amount that ends its clause."""
    return hit.kind != "count" and bool(NOUN.match(text, hit.clean_outer_end))


def is_place(hit: Hit) -> bool:
    """«四县一区» names places, it counts nothing."""
    return bool(CJK_COUNT.match(hit.text) and UNIT_OF_PLACE.fullmatch(hit.unit))


def last_digit(value: Decimal) -> Decimal:
    """Give the weight of the last digit written; whole numbers of things are exact."""
    exponent = value.as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) and exponent < 0 else Decimal(0)


def label_before(text: str, hit: Hit, floor: int) -> str:
    """Give the words of the list item before the figure; where the figure comes first, those behind it."""
    before = LABEL_START.split(text[floor : hit.clean_outer_start])[-1].strip()
    return before or LABEL_START.split(text[hit.clean_outer_end : hit.clean_outer_end + 12])[0].strip()


def in_common(one: str, other: str) -> int:
    """Count the characters at their ends that two names share."""
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def alike(whole: Amount, found: Iterable[Amount]) -> list[Amount]:
    return [amount for amount in found if amount.unit == whole.unit]
