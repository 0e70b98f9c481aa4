"""Names of actors in a clean text: places, zones, organs, firms; and which place each stands for."""

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.outline.names.atoms import atoms
from extractor.outline.names.divisions import best, named, resolved, short_names
from extractor.outline.names.organs import ANY_SEAT
from extractor.outline.names.spots import Atom, Kind
from extractor.values import value
from schemas.region import Region

LEVELS = {"province": 0, "city": 1, "county": 2, "zone": 3, "township": 4, "village": 5}
NATIONAL_ZONE = re.compile(r"(?<=[一-鿿]{2})国家级?(?=高新|高技术|经济|经开)")
PARTY = re.compile(r"(?:中国共产党|中共)\Z")
HIGH_TECH = re.compile(r"高新?技术产业开发区")

Chain = list[Atom]
Link = tuple[str, Kind, bool]  # the text of an atom, its kind, whether it is listed


@value
class Name:
    """`text[start:end]` of the text it was found in. `place` is where it lies or for whom it acts, `None` where that is not told."""

    start: int
    end: int
    text: str
    kind: Kind
    place: Region | None


def find_names(text: str, start: int = 0, end: int | None = None) -> Iterator[Name]:
    """Every name in `text[start:end]`, in order, never overlapping, each as long as it goes.

    The gazetteer knows the divisions to county level; of all other names the left border must be told by what stands
    before them, else they are none.
    """
    for chain in chains(text, start, len(text) if end is None else end):
        first, last = opening(text, chain, start), chain[-1]
        yield Name(first, last.end, text[first : last.end], last.kind, place_of(links(text, chain)))


def opening(text: str, chain: Chain, start: int) -> int:
    """The party's committee is named with what stands before its place: 中共上海市委员会."""
    first = chain[0].start
    party = PARTY.search(text, max(start, first - 5), first) if chain[-1].kind == "organ" and len(chain) > 1 else None
    return party.start() if party else first


def links(text: str, chain: Chain) -> tuple[Link, ...]:
    return tuple((text[atom.start : atom.end], atom.kind, atom.known) for atom in chain)


@lru_cache(maxsize=4096)
def place_of(chain: tuple[Link, ...]) -> Region | None:
    """The region of the last link that is one; an organ acts for it, a firm or a village lies in it."""
    while chain and chain[-1][1] in {"organ", "firm", "village"}:
        chain = chain[:-1]
    if not chain:
        return None
    name, kind, known = chain[-1]
    if known:
        before = [link for link, _, listed in chain[:-1] if listed]
        found = resolved([*before, name]) or named(name)
        one = best(found)
        return Region(code=one.code if one else None, name=(one or found[0]).name, level=(one or found[0]).level)
    assert kind not in {"organ", "firm", "village"}
    return Region(code=None, name=shortest(chain), level=kind)


def whole(name: str) -> tuple[Link, ...] | None:
    """The links of a text that is one name and nothing else."""
    found = [*chains(name, 0, len(name))]
    if len(found) != 1 or opening(name, found[0], 0) != 0 or found[0][-1].end != len(name):
        return None
    return links(name, found[0])


def is_name(text: str) -> bool:
    """Whether the whole text is one name: no fragment, verb, ordinal, office, person, nor «全市» or a bare «高新区»."""
    return whole(text) is not None


def region_of(name: str) -> Region | None:
    """The division or zone that a name stands for or acts for; `None` for what is none, and for villages and firms.

    Above it stands what tells which one is meant (山东省济南市市中区). Where several divisions of today bear the name and
    nothing tells, and for divisions that no list holds, the code is `None`. Former names keep the code that they had.
    """
    chain = whole(name.strip())
    return place_of(chain) if chain and chain[-1][1] not in {"firm", "village"} else None


def actor_name(name: str) -> str | None:
    """The actor as the texts call it: the place or zone that an organ acts for, a department or a firm itself.

    河南省洛阳市宜阳县人民政府办公室 is 宜阳县, 青岭高新技术产业开发区管理委员会 is 青岭高新区, 宜阳县财政局 stays.
    """
    name = name.strip()
    chain = whole(name)
    if chain is None:
        return None
    last, kind, _ = chain[-1]
    if kind == "firm" or (kind == "organ" and (len(chain) == 1 or not ANY_SEAT.fullmatch(last))):
        return name
    return shortest(tuple(link for link in chain if link[1] != "organ"))


def shortest(chain: tuple[Link, ...]) -> str:
    """The last link, with what stands before it only where that has no suffix: 宜阳县, but 天津滨海高新区."""
    name, kind, _ = chain[-1]
    if kind == "zone":
        if len(chain) > 1 and chain[-2][0] in short_names():
            name = chain[-2][0] + name
        name = HIGH_TECH.sub("高新区", NATIONAL_ZONE.sub("", name))
    return name


def chains(text: str, start: int, end: int) -> Iterator[Chain]:
    """The atoms of the text, those that lie in one another joined."""
    chain: Chain = []
    for atom in atoms(text, start, end):
        if chain and joins(text, chain, atom):
            chain.append(atom)
        else:
            if chain:
                yield chain
            chain = [atom]
    if chain:
        yield chain


def joins(text: str, chain: Chain, atom: Atom) -> bool:
    before = chain[-1]
    if before.end != atom.start or before.kind in {"organ", "firm"}:
        return False
    if atom.kind in {"organ", "firm"}:
        return True
    if atom.known and before.known:
        return bool(resolved([*(text[link.start : link.end] for link in chain), text[atom.start : atom.end]]))
    return LEVELS[before.kind] < LEVELS[atom.kind]
