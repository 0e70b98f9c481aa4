"""The links that names are made of, in the order of the text: each place, zone, organ and firm with its own suffix."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from extractor.outline.names.borders import any_of, words
from extractor.outline.names.division_names import TOWNS, VILLAGES, division, short_name, township, village
from extractor.outline.names.divisions import short_names
from extractor.outline.names.organs import (
    DEPARTMENT_ENDS,
    FIRMS,
    INSTITUTIONS,
    NATIONAL,
    SEATS,
    firm,
    national,
    organ,
    unlisted_department,
)
from extractor.outline.names.spots import Atom, Spot
from extractor.outline.names.zones import zone

Reader = Callable[[Spot], Atom | None]


def atoms(text: str, low: int, high: int) -> Iterator[Atom]:
    """The one found last is held back: what follows may be its suffix (洛阳, 洛阳市) or take it up (洛阳高新区)."""
    held: Atom | None = None
    readers = all_readers()
    for match in ends_of_names().finditer(text, low, high):
        start, end = match.span()
        if held and start < held.end:
            continue
        atom = readers[match.group()](Spot(text, start, end, held, low, high))
        if atom:
            if held and held.end <= atom.start:
                yield held
            held = atom
    if held:
        yield held


@cache
def all_readers() -> dict[str, Reader]:
    """Each word that a name ends in, or a short name, and the rule that reads the name before it."""
    short = {name: short_name for name in short_names() if name not in words()["short"]}
    readers: dict[str, Reader] = {**short, **dict.fromkeys("省区市县州盟旗", division)}
    readers |= dict.fromkeys(TOWNS, township) | dict.fromkeys(VILLAGES, village)
    readers |= dict.fromkeys(words()["zone"], zone) | dict.fromkeys(FIRMS.split(), firm)
    readers |= dict.fromkeys(INSTITUTIONS.split(), unlisted_department)
    readers |= dict.fromkeys([*SEATS.split(), *DEPARTMENT_ENDS], organ)
    readers |= dict.fromkeys(NATIONAL.split(), national)
    return readers | dict.fromkeys(words()["decoy"], decoy)


@cache
def ends_of_names() -> re.Pattern[str]:
    """One pattern for all, without groups: so `re` skips to the characters that one of them begins with."""
    return re.compile(any_of(all_readers()))


def decoy(_: Spot) -> Atom | None:
    return None
