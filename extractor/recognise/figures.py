"""Finds the figures of a text, off the places that times and names have taken."""

import re
from dataclasses import replace

from extractor.recognise import shares
from extractor.recognise.draft import Draft
from extractor.recognise.hits import BaseValue
from extractor.recognise.quantities import NUMBER, quantity, with_upper
from extractor.recognise.roles import settled
from extractor.recognise.surroundings import compared
from extractor.recognise.units import scaled

JOINTS = ("、", "和", "及", "以及")
SUFFIXED = (">=", "<=", "~")


def find(text: str, taken: bytearray) -> list[Draft]:
    """Give the figures off the places that are `taken`, which they then take themselves."""
    drafts = [draft for draft in shares.find(text) if free(taken, draft)]
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


def settle(text: str, drafts: list[Draft]) -> list[Draft]:
    """Let figures that share a suffix or a unit have it («10%、12%以上», «5、6和7个»), and settle their roles."""
    shared = -1  # the figure that took its comparator from the one behind it
    for index in range(len(drafts) - 2, -1, -1):
        following = drafts[index + 1]
        if text[drafts[index].end : following.start] not in JOINTS:
            continue
        this = drafts[index] = with_unit_of(drafts[index], following)
        led = following.outer_end > following.end or shared == index + 1
        if this.unit == following.unit and this.comparator == "=" and led and following.comparator in SUFFIXED:
            drafts[index] = replace(this, comparator=following.comparator)
            shared = index
    return [settled(text, draft) for draft in drafts]


def with_unit_of(bare: Draft, following: Draft) -> Draft:
    base = following.base
    if bare.unit or bare.kind != "other" or bare.value is None or not (following.unit and base):
        return bare
    factor = base.value / following.value if base.value and following.value else None
    shared = BaseValue(scaled(bare.value, factor), None, base.unit) if factor else None
    return replace(bare, unit=following.unit, kind=following.kind, base=shared)
