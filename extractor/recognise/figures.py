"""Finds figures: a number, its unit, the words of comparison around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.recognise import comparators, units
from extractor.recognise.draft import Draft, plain
from extractor.recognise.numerals import (
    ARABIC,
    CHINESE,
    CHINESE_DIGIT,
    FRACTION,
    LARGE,
    LONGEST,
    chinese,
    fraction,
    parse,
    scale_of,
    tenths,
)
from extractor.recognise.roles import settled
from extractor.recognise.units import Measure, Unit, measure, unit_at
from schemas.vocabulary import Comparator, FigureKind

NUMBER = re.compile(rf"(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})")
SCALE = re.compile("([十百千]*)(万亿|万|亿)?")
TAIL_SCALE = re.compile("(?:万亿|万|亿)$")
TENTHS = re.compile(
    rf"(?:(?P<low>[{CHINESE_DIGIT}])(?:[至到-]?)(?=[{CHINESE_DIGIT}]成))?(?P<whole>[{CHINESE_DIGIT}十]|[0-9](?:\.[0-9])?)成(?P<rest>[{CHINESE_DIGIT}半](?![{CHINESE_DIGIT}个家项亿万]))?多?(?![立果效为功员本长熟都交就品套千型片绩因分形人不])"
)
SHARES = re.compile(r"(?<=[占比率重超])过半|半数|(?<=[占超])一半|(?<=[占比率重超]达)一半|一半(?=以上|左右)")
RATIO = re.compile("(?<![0-9/.])(?P<part>[1-9])/(?P<whole>[2-9]|10)(?![0-9/年月号.])")
DOUBLINGS = re.compile("翻(?P<times>[一两二三四五1-5]?)番")
PRODUCT = re.compile(r"(?P<count>[0-9]{1,4})[×xX*](?P<each>[0-9]{1,6}(?:\.[0-9]{1,4})?)")
TO = re.compile(r" ?(?:-{1,2}|—{1,2}|–|~|至|到) ?")
RANK = re.compile("第(?:[0-9]{1,5}|[一二三四五六七八九十百零]{1,5})(?:名(?!单)|位(?!于))")
FRONT = re.compile(
    "(?<=前)(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})(?:名|位|强)?(?![0-9年月个季天次项届家章条期轮类])"
)
MORE = "多余来"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `measure` is missing for a bare number; `more` says that 多 or 余 stands inside."""

    start: int
    end: int
    value: Decimal | None
    value_max: Decimal | None = None
    measure: Measure | None = None
    more: bool = False
    arabic: bool = True


def find(text: str, taken: bytearray) -> list[Draft]:
    """Give the figures off the places that are `taken`, which they then take themselves."""
    drafts = [draft for draft in special(text) if free(taken, draft)]
    position = 0
    while True:
        match = NUMBER.search(text, position)
        if not match:
            break
        position = max(match.end(), position + 1)
        if taken.find(1, match.start(), match.start() + 1) >= 0:
            position = after(taken, match.start(), len(text))
            continue
        draft = read(text, match, taken)
        if draft:
            position = max(draft.end, position)
            drafts.append(draft)
    return settle(text, sorted(drafts, key=lambda draft: draft.start))


def after(taken: bytearray, position: int, length: int) -> int:
    end = taken.find(0, position)
    return end if end >= 0 else length


def free(taken: bytearray, draft: Draft) -> bool:
    if taken.find(1, draft.start, draft.end) >= 0:
        return False
    taken[draft.start : draft.end] = b"\1" * (draft.end - draft.start)
    return True


def read(text: str, match: re.Match[str], taken: bytearray) -> Draft | None:
    first = quantity(text, match)
    if first is None:
        return None
    stop = taken.find(1, first.start, first.end)
    if stop >= 0:
        return None
    whole = with_upper(text, first, taken)
    if whole.measure is None and not whole.arabic:
        return None
    draft = compared(text, whole)
    free(taken, draft)
    return draft


def quantity(text: str, match: re.Match[str]) -> Quantity | None:
    """Read the number that `match` found with the unit behind it."""
    if len(match.group()) > LONGEST:
        return None
    if match["arabic"]:
        return arabic_quantity(text, match)
    return chinese_quantity(text, match)


def arabic_quantity(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    value = Decimal(match.group().replace(",", ""))
    product = PRODUCT.match(text, start)
    if product and product.end() > end:
        value, end = Decimal(product["count"]) * Decimal(product["each"]), product.end()
    elif (
        start
        and text[start - 1] == "-"
        and (start == 1 or text[start - 2] in "(:, " or text[start - 2] > "⺀")
        and text[end : end + 1] == "%"
    ):
        start, value = start - 1, -value
    at, more = skip_more(text, end, space=True)
    unit = unit_at(text, at)
    if unit:
        return Quantity(start, *measured(text, start, value, at, "", unit, more))
    scale = SCALE.match(text, at)
    assert scale
    if not scale.group():
        return Quantity(start, end, value)
    value *= scale_of(scale[1])
    large = scale[2] or ""
    at, still_more = skip_more(text, scale.end(), space=False)
    more = more or still_more
    unit = unit_at(text, at)
    if unit and not (large and unit.name == "级"):
        return Quantity(start, *measured(text, scale.start(2) if large else at, value, at, large, unit, more))
    return Quantity(start, scale.end(), value, None, bare_scale(large, scale.end()), more)


def chinese_quantity(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if text[end - 1] in "百千" and end - start > 1:
        unit = unit_at(text, end - 1)  # 百万千瓦: 千 belongs to the unit
        end -= 1 if unit and len(unit.name) > 1 else 0
    word = text[start:end]
    vague = word[0] in "数几"
    at, more = skip_more(text, end, space=False)
    if text[at : at + 1] == "几":
        at, more = at + 1, True
    if more and text[at : at + 1] in ("万", "亿"):
        end = at + (2 if text.startswith("万亿", at) else 1)
        word += text[at:end]
        at = end
    tail = TAIL_SCALE.search(word)
    scale = tail.group() if tail else ""
    value, value_max = spread(word)
    if scale and value is not None:
        value = value / LARGE[scale]
        value_max = value_max / LARGE[scale] if value_max is not None else None
    unit = unit_at(text, at)
    if unit and scale and unit.name == "级":  # 百亿级园区
        unit = None
    if unit and (not unit.needs_digits or scale or len(word) > 2):
        found = measured(text, end - len(scale), None if vague else value, at, scale, unit, more or vague)
        return replace(Quantity(start, *found, arabic=False), value_max=value_max)
    if scale in ("亿", "万亿") and (len(word) > 1 or is_led(text, start)):
        return Quantity(start, end, None if vague else value, value_max, bare_scale(scale, end), more, arabic=False)
    return None


def is_led(text: str, start: int) -> bool:
    """Tell 超亿企业 from 亿纬锂能."""
    return bool(comparators.before(text, start)) or text[max(0, start - 1) : start] in ("上", "过", "破")


def spread(word: str) -> tuple[Decimal | None, Decimal | None]:
    """Read «两三» (个) as two to three."""
    if len(word) == 2 and all(char in CHINESE_DIGIT[2:] for char in word):
        low, high = chinese(word[0]), chinese(word[1])
        if low is not None and high is not None and low < high:
            return low, high
    return parse(word), None


def measured(
    text: str, start: int, value: Decimal | None, at: int, scale: str, unit: Unit, more: bool
) -> tuple[int, Decimal | None, None, Measure, bool]:
    """Complete the unit that stands at `at`; its scale, if it has one, starts at `start`."""
    found = measure(text, start if scale else at, scale, unit, at + len(unit.name))
    if more and scale and "多" in found.text:
        found = replace(found, text=found.text.replace("多", ""))
    return found.end, value, None, found, more


def bare_scale(scale: str, end: int) -> Measure | None:
    if scale in ("亿", "万亿"):  # 百亿, 千亿: amounts of money
        return Measure(scale + "元", "money", LARGE[scale], "CNY", end)
    return Measure("万", "other", LARGE["万"], "", end) if scale else None


def skip_more(text: str, at: int, *, space: bool) -> tuple[int, bool]:
    more = at < len(text) and text[at] in MORE
    at += more
    if space and not more and at + 1 < len(text) and text[at] == " " and text[at + 1] > "⺀":
        at += 1
    return at, more


def with_upper(text: str, first: Quantity, taken: bytearray) -> Quantity:
    """Join the upper end of a range: «8%-10%», «10—20万元», «5000万元至1亿元»."""
    mark = TO.match(text, first.end)
    if not mark or first.value is None:
        return first
    match = NUMBER.match(text, mark.end())
    if not match or taken.find(1, mark.end(), match.end()) >= 0:
        return first
    second = quantity(text, match)
    if second is None or second.measure is None or second.value is None or second.value_max is not None:
        return first
    if first.measure is None and first.arabic != second.arabic:
        return first
    moved = "到" in mark.group() or "至" in mark.group()
    if moved and first.measure and text[max(0, first.start - 1) : first.start] in ("由", "从", "自"):
        return first
    return joined(first, second)


def joined(first: Quantity, second: Quantity) -> Quantity:
    assert second.measure
    assert second.value is not None
    measure = first.measure or second.measure
    if measure.base != second.measure.base:
        return first
    upper = second.value * second.measure.factor / measure.factor
    return Quantity(first.start, second.end, first.value, upper, measure, second.more, first.arabic)


def compared(text: str, quantity: Quantity) -> Draft:
    """Read the words around a figure."""
    measure = quantity.measure
    sign, outer_start, outer_end = surroundings(text, quantity)
    if quantity.value_max is not None:
        sign = "range"
    return Draft(
        quantity.start,
        quantity.end,
        outer_start,
        outer_end,
        measure.kind if measure else "other",
        quantity.value,
        quantity.value_max,
        measure.text if measure else "",
        measure.of(quantity.value, quantity.value_max) if measure else None,
        sign,
    )


def surroundings(text: str, quantity: Quantity) -> tuple[Comparator, int, int]:
    start, end = quantity.start, quantity.end
    lead = start - 1 if start and text[start - 1] == " " else start
    lead -= 3 if text.startswith("人民币", max(lead - 3, 0)) and lead >= 3 else 0
    prefix, suffix = comparators.before(text, lead), comparators.behind(text, end)
    sign: Comparator = ">" if quantity.more else "="
    if suffix:
        end, sign = end + len(suffix.text), suffix.comparator
    elif quantity.measure and quantity.measure.kind == "duration" and text.startswith("内", end):
        end, sign = end + 1, "<="
    if prefix:
        start, sign = lead - len(prefix.text), prefix.comparator if not suffix or prefix.comparator != "~" else sign
    elif is_passed(text, quantity):
        start, sign = start - 1, ">"
    elif comparators.in_front(text, start) and quantity.measure and quantity.measure.text in ("名", "位", "强"):
        start, sign = start - 1, "<="
    return sign, start, end


def is_passed(text: str, quantity: Quantity) -> bool:
    measure = quantity.measure
    if not measure:
        return False
    scaled = not quantity.arabic and text[quantity.start] in "十百千万亿"
    if comparators.passes(text, quantity.start):
        return scaled or measure.kind == "money"
    before = text[max(0, quantity.start - 2) : quantity.start]
    return scaled and before[-1:] in ("上", "破") and not before.startswith(("以", "线", "会", "向"))


def special(text: str) -> Iterator[Draft]:
    """Find what is not number and unit: 九成, 三分之二, 翻一番, 过半, 第9位, 前十."""
    for match in FRACTION.finditer(text):
        yield share(text, *match.span(), fraction_percent(match.group()), fraction_unit(match[1]))
    for match in RATIO.finditer(text):
        value = round(Decimal(match["part"]) / Decimal(match["whole"]) * 100, 2).normalize()
        yield share(text, *match.span(), value, "%")
    for match in TENTHS.finditer(text):
        whole = match["whole"]
        value = tenths(f"{whole}成{match['rest'] or ''}")
        low = parse(match["low"]) if match["low"] else None
        more = match.group().endswith("多")
        yield share(text, *match.span(), low * 10 if low else value, "%", value if low else None, more=more)
    for match in SHARES.finditer(text):
        found = share(text, *match.span(), Decimal(50), "%")
        yield replace(found, comparator=">") if match.group() == "过半" else found
    for match in DOUBLINGS.finditer(text):
        times = parse(match["times"] or "一") or Decimal(1)
        start, end = (match.start("times"), match.end()) if match["times"] else match.span()
        base = units.BaseValue(Decimal(2) ** int(times) - 1, None, "x")
        yield Draft(start, end, *match.span(), "multiple", times, None, "番", base)
    for match in RANK.finditer(text):
        value = parse(match.group()[1:-1])
        unit = match.group()[-1]
        yield Draft(*match.span(), *match.span(), "rank", value, None, unit, units.BaseValue(value, None, unit))
    yield from front_ranks(text)


def front_ranks(text: str) -> Iterator[Draft]:
    for match in FRONT.finditer(text):
        if not comparators.in_front(text, match.start()):
            continue
        unit = match.group()[-1] if match.group()[-1] in "名位强" else ""
        value = parse(match.group().removesuffix(unit))
        base = units.BaseValue(value, None, unit or "位")
        yield Draft(*match.span(), match.start() - 1, match.end(), "rank", value, None, unit, base, "<=")


def fraction_percent(text: str) -> Decimal | None:
    """Give the per cent, or the per mille for 千分之."""
    head, _, part = text.partition("分之")
    if head in ("百", "千"):
        return chinese(part)
    share = fraction(text)
    return round(share * 100, 2).normalize() if share is not None else None


def fraction_unit(whole: str) -> str:
    return "‰" if whole == "千" else "%"


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


JOINTS = ("、", "和", "及", "以及")


def settle(text: str, drafts: list[Draft]) -> list[Draft]:
    """Let figures that share a suffix or a unit have it («10%、12%以上», «5、6和7个»), and settle their roles."""
    shared = -1  # the figure that took its comparator from the one behind it
    for index in range(len(drafts) - 2, -1, -1):
        this, following = drafts[index], drafts[index + 1]
        if text[this.end : following.start] not in JOINTS:
            continue
        if not this.unit and this.kind == "other" and following.unit and this.value is not None:
            kind: FigureKind = following.kind
            factor = (
                following.base.value / following.value
                if following.base and following.base.value and following.value
                else None
            )
            base = (
                units.BaseValue(units.scaled(this.value, factor), None, following.base.unit)
                if factor and following.base
                else None
            )
            this = drafts[index] = replace(this, unit=following.unit, kind=kind, base=base)
        behind = (following.outer_end > following.end or shared == index + 1) and following.comparator in (
            ">=",
            "<=",
            "~",
        )
        if this.unit == following.unit and this.comparator == "=" and behind:
            drafts[index] = replace(this, comparator=following.comparator)
            shared = index
    return [settled(text, draft) for draft in drafts]


__all__ = ["find", "plain"]
