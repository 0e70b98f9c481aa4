"""Items that break a whole down in numbers and money: where the one fits, the other has to fit as well."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.checks.amounts import Amount, amounts
from extractor.checks.material import Material
from extractor.checks.sums import above_or_below, unequal
from extractor.values import value
from schemas.finding import Finding

OPENS = re.compile(r"其中|[分按从][^,。;:]{1,8}[看分划]|分别|包[括含]|分为|[::]|\d[.、]|\([一二三四五六七八九]\)")
ALL = "总投资"
FOR = {
    ALL: re.compile(r"总投资额?$"),
    "计划投资": re.compile(r"计划(?:完成)?投资额?$|投资计划$"),
    "完成投资": re.compile(r"(?<!计划)完成投资额?$"),
}
LEAST, MOST = 2, 9  # items
AHEAD = 20
COUNTER = {"项": "个"}  # of projects
REACH = 2500  # characters
FAR = 600
CLASSED = re.compile(r"按[^,。;:\n]{1,6}分类?[:,]?\s*(?=1[.、])")
NUMBER = re.compile(r"(?<![\d.])(\d)[.、](?!\d)")
BIG_ENOUGH = 10  # a smaller number is soon met by chance
OFF = Decimal("0.5")  # a whole missed by more is another whole


@value
class Item:
    """A count with the money that stands behind it, by what the money is for."""

    count: Amount
    money: tuple[tuple[str, Amount], ...]

    def of(self, purpose: str) -> Amount | None:
        return dict(self.money).get(purpose)


def breakdown_adds_up(material: Material) -> Iterator[Finding]:
    """«共126个,总投资1284.37亿元:1.实施类41个,总投资286.45亿元;2.前期类27个,总投资614.7亿元;3.…»."""
    told: set[int] = set()
    items = list(items_of(material))
    for place, whole in enumerate(items):
        if whole.count.value < BIG_ENOUGH or whole.count.hit.clean_start in told:
            continue
        for parts in runs(material, whole, items[place + 1 : place + AHEAD]):
            told |= {part.count.hit.clean_start for part in parts}
            yield from judged(whole, parts)
            break


def classes_add_up(material: Material) -> Iterator[Finding]:
    """«共安排项目126个。按类别分:1.实施类项目共41个。2.前期类项目共27个。3.储备类项目共58个»: what is classed is classed whole."""
    for opening in CLASSED.finditer(material.text):
        parts = list(numbered(material, opening.end()))
        before = amounts(material, max(0, opening.start() - FAR), opening.start())
        wholes = [whole for whole in before if whole.hit.kind == "count" and whole.value > BIG_ENOUGH]
        same = [whole for whole in wholes if parts and whole.unit == parts[0].unit]
        if len(parts) < LEAST or not same or {part.unit for part in parts} != {same[-1].unit}:
            continue
        made = sum((part.value for part in parts), Decimal(0))
        if same[-1].exact and made != same[-1].value and abs(made - same[-1].value) <= OFF * same[-1].value / 2:
            yield unequal(same[-1], parts)


def numbered(material: Material, start: int) -> Iterator[Amount]:
    """Give the first count of each item of «1. … 2. … 3. …»; of none where one item has no count."""
    heads = list(NUMBER.finditer(material.text, start, start + REACH))
    run = [head for number, head in enumerate(heads, 1) if int(head[1]) == number]
    ends = [head.start() for head in heads[1 : len(run)]] + [material.sentence(run[-1].end())[1]] if run else []
    firsts = [
        next((amount for amount in amounts(material, head.end(), end) if amount.hit.kind == "count"), None)
        for head, end in zip(run, ends, strict=True)
    ]
    yield from (first for first in firsts if first and None not in firsts)


def items_of(material: Material) -> Iterator[Item]:
    """Read «41个,总投资286.45亿元,2023年计划投资62.18亿元»: what follows a count up to the next belongs to it."""
    if "投资" not in material.text:
        return
    count: Amount | None = None
    money: list[tuple[str, Amount]] = []
    for amount in amounts(material, 0, len(material.text)):
        if amount.hit.kind == "count":
            if count and money:
                yield Item(count, tuple(money))
            count, money = amount, []
        elif count and amount.hit.kind == "money" and amount.hit.clean_start - count.hit.clean_start < 120:
            purpose = next((purpose for purpose, words in FOR.items() if words.search(amount.name)), None)
            if purpose and purpose not in dict(money):
                money.append((purpose, amount))
    if count and money:
        yield Item(count, tuple(money))


def runs(material: Material, whole: Item, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Give the runs of items that begin behind a word that opens a list, and fit the whole in number or in money."""
    near = [item for item in items if item.count.hit.clean_start - whole.count.hit.clean_start <= REACH]
    before = whole
    for start, first in enumerate(near):
        if OPENS.search(material.text, before.count.hit.clean_end, first.count.hit.clean_start):
            for length in fitting(whole, near[start : start + MOST]):
                parts = near[start : start + length]
                counted = {COUNTER.get(item.count.unit, item.count.unit) for item in (whole, *parts)}
                if len(counted) == 1 and even(parts):
                    yield parts
        before = first


def fitting(whole: Item, items: Sequence[Item]) -> Iterator[int]:
    """Give the numbers of leading items that make the whole. Only counts and all of the money close a list.

    A year's plan may leave items out that have none.
    """
    total = whole.of(ALL)
    count, rest, slack = whole.count.value, total.value if total else None, total.slack if total else Decimal(0)
    for length, item in enumerate(items, 1):
        part = item.of(ALL)
        count -= item.count.value
        rest = rest - part.value if part and rest is not None else None
        slack += part.slack if part else 0
        if length >= LEAST and (count == 0 or (rest is not None and abs(rest) <= slack)):
            yield length


def even(parts: Sequence[Item]) -> bool:
    """Items of one list stand at like distances from each other."""
    gaps = [later.count.hit.clean_start - earlier.count.hit.clean_start for earlier, later in pairwise(parts)]
    return max(gaps) <= 6 * max(min(gaps), 20)


def sums(whole: Item, parts: Sequence[Item]) -> Iterator[tuple[Amount, list[Amount]]]:
    """Give each total of the whole with the parts that make it, where all the parts tell theirs."""
    yield whole.count, [part.count for part in parts]
    for purpose, total in whole.money:
        found = [amount for part in parts if (amount := part.of(purpose))]
        if len(found) == len(parts) and {amount.unit for amount in found} == {total.unit}:
            yield total, found


def judged(whole: Item, parts: Sequence[Item]) -> Iterator[Finding]:
    """Numbers fit by chance now and then, money with its decimals hardly ever."""
    for total, found in sums(whole, parts):
        made = sum((part.value for part in found), Decimal(0))
        exact = total.exact and all(part.exact for part in found)
        near = total is whole.count or abs(made - total.value) <= OFF * total.value
        if exact and above_or_below(total, found) and near:
            yield unequal(total, found)
