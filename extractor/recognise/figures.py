"""Finds the figures of a text, off the places that times and names have taken."""

import re
from functools import cache
from operator import attrgetter

from extractor.recognise import shares
from extractor.recognise.currencies import with_currency
from extractor.recognise.draft import Draft
from extractor.recognise.hits import BaseValue
from extractor.recognise.numerals import CAPITAL_DIGIT
from extractor.recognise.quantities import NUMBER, quantity
from extractor.recognise.ranges import with_upper
from extractor.recognise.roles import settled
from extractor.recognise.surroundings import compared
from extractor.recognise.unit_heads import with_heads
from extractor.recognise.units import scaled, unit_words

NUMERALS = "零〇一二两三四五六七八九十百千万亿廿卅数几半"
JOINTS = ("、", "和", "及", "以及")
LONGEST_JOINT = max(map(len, JOINTS))
SUFFIXED = (">=", "<=", "~")
PREFIXED = (">", ">=", "<", "<=")


def find(text: str, taken: bytearray) -> list[Draft]:
    """Give the figures off the places that are `taken`, which they then take themselves."""
    drafts = [draft for draft in shares.find(text) if free(taken, draft)]
    search, number_at = spots().search, NUMBER.match
    position, length = 0, len(text)
    while spot := search(text, position):
        start = spot.start()
        if taken[start]:
            position = after(taken, start, length)
            continue
        match = number_at(text, start)
        if not match:
            position = start + 1
            continue
        position = match.end()
        draft = read(text, match, taken)
        if draft:
            position = max(draft.end, position)
            drafts.append(draft)
    return settle(text, sorted(drafts, key=attrgetter("start")))


@cache
def spots() -> re.Pattern[str]:
    """Give the places that may open a figure: a digit, or a Chinese numeral before what can go on from it."""
    follow = "".join(sorted({*NUMERALS, *unit_words(), *"拾佰仟点多余来至到~ –—-"}))
    return re.compile(rf"[0-9{NUMERALS}{CAPITAL_DIGIT}](?:(?<=[0-9亿])|(?=[{re.escape(follow)}]))")


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
    if stop >= match.end():  # 8元/每年: the unit ends where another hit begins
        first = quantity(text[:stop], match)
        stop = taken.find(1, first.start, first.end) if first else stop
    if first is None or stop >= 0:
        return None
    whole = with_currency(text, with_upper(text, first, taken))
    if whole is not first and taken.find(1, whole.start, whole.end) >= 0:
        whole = first
    if whole.measure is None and not whole.arabic:
        return None
    draft = compared(text, whole)
    free(taken, draft)
    return draft


def settle(text: str, drafts: list[Draft]) -> list[Draft]:
    """Let figures that share a suffix or a unit have it («10%、12%以上», «5、6和7个»), and settle their roles."""
    shared = -1  # the figure that took its comparator from the one behind it
    joint: list[int] = []  # figures that a joint parts from the one before them
    for index in range(len(drafts) - 2, -1, -1):
        following = drafts[index + 1]
        end = drafts[index].end
        if following.start > end + LONGEST_JOINT or text[end : following.start] not in JOINTS:
            continue
        joint.append(index + 1)
        this = drafts[index] = with_unit_of(drafts[index], following)
        led = following.outer_end > following.end or shared == index + 1
        if this.unit == following.unit and this.comparator == "=" and led and following.comparator in SUFFIXED:
            drafts[index] = this._replace(comparator=following.comparator)
            shared = index
    carried = -1  # the last figure that took its comparator from the first of its list
    for index in reversed(joint):
        before, this = drafts[index - 1], drafts[index]
        if (carried == index - 1 or leads(text, before)) and this.comparator == "=" and this.unit == before.unit:
            drafts[index] = this._replace(comparator=before.comparator)
            carried = index
    return [settled(text, draft) for draft in with_heads(text, drafts)]


def leads(text: str, draft: Draft) -> bool:
    """What stands behind 分别 holds for all: «分别超过2%、5%»."""
    start = draft.outer_start
    told = draft.comparator in PREFIXED and start < draft.start and draft.outer_end == draft.end
    return told and "分别" in text[max(0, start - 4) : start]


def with_unit_of(bare: Draft, following: Draft) -> Draft:
    base = following.base
    if bare.unit or bare.kind != "other" or bare.value is None or not (following.unit and base):
        return bare
    factor = base.value / following.value if base.value and following.value else None
    shared = BaseValue(scaled(bare.value, factor), None, base.unit) if factor else None
    return bare._replace(unit=following.unit, kind=following.kind, base=shared)
