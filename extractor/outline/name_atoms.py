"""The links that names are made of: each division, zone, township, organ and firm with its own suffix."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from extractor.outline.divisions import best, divisions, named, resolved, short_names
from extractor.outline.name_borders import (
    beside,
    border,
    core_of_zone,
    is_common,
    is_core,
    kinds,
    stem_start,
    theme,
    words,
)
from extractor.outline.organs import (
    ANY_SEAT,
    DEPARTMENT_ENDS,
    FIRMS,
    INSTITUTIONS,
    NATIONAL,
    NO_FIRM,
    NOT_BEHIND,
    NOT_BEHIND_MINISTRY,
    NOT_BUREAU,
    NOT_IN_ORGAN,
    OFFICE,
    SEATS,
    SHORT_FIRMS,
    UNLISTED_ENDS,
    department_start,
    firm_start,
)
from extractor.values import value

Kind = Literal["province", "city", "county", "township", "zone", "village", "organ", "firm"]

UNLISTED: dict[str, Kind] = {"市": "city", "区": "county", "县": "county"}
UNLISTED_RUN_ON = frozenset("市区县镇乡村")  # «省市县区», «县镇村» list the grades
TOWNS: dict[str, Kind] = {
    "民族乡": "township",
    "街道": "township",
    "苏木": "township",
    "镇": "township",
    "乡": "township",
}
VILLAGES: dict[str, Kind] = {"社区": "village", "村": "village"}
# no province as a whole has one of the others: «河南省开发区» are many
PROVINCIAL = re.compile("自由贸易|自贸|保税|自主创新|深度合作区|新片区")
FREE_TRADE = re.compile(r"中国\([一-鿿]{2,3}\)\Z")  # 中国(河南)自由贸易试验区
MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
RIVERS = frozenset("江河湖山岛湾海峡关镇寺塔桥")  # 临汾河, 泰州湾: no city
# the last character of a short name and the next one are a word: 新晋中国工程院院士, 推广安全生产
RUNS_ON = re.compile(
    "安全(?![面市力省年区县域体员部国])|中[国央心华间小]|德育|平[台均衡]|明确|通[过道知信报]|州际|城[市乡镇]|[东西南北][麓岸坡侧]|德时代"
)
GRADE = re.compile(r"(?:自治区|兵团|国家|[省市县区州旗盟])\Z")


@value
class Atom:
    """One link of a name: 宜阳县 of 洛阳市宜阳县. `known` if the list of divisions holds it."""

    start: int
    end: int
    kind: Kind
    known: bool = False

    @property
    def is_place(self) -> bool:
        return self.kind not in {"organ", "firm"}


@value
class Spot:
    """A word that names end in, at `text[start:end]`; the atom before it; the bounds that nothing reaches over."""

    text: str
    start: int
    end: int
    held: Atom | None
    low: int
    high: int

    @property
    def word(self) -> str:
        return self.text[self.start : self.end]

    @property
    def floor(self) -> int:
        """Behind the atom before it: a border."""
        return self.held.end if self.held else self.low

    @property
    def next(self) -> str:
        return self.text[self.end] if self.end < self.high else "\n"

    @property
    def is_behind_place(self) -> bool:
        return self.held is not None and self.held.is_place and self.held.end == self.start


ENDS_OF_DEPARTMENTS = frozenset(DEPARTMENT_ENDS.split())

Reader = Callable[[Spot], Atom | None]


def atoms(text: str, low: int, high: int) -> Iterator[Atom]:
    """The one found last is held back: what follows may be its suffix (洛阳, 洛阳市) or take it up (洛阳高新区)."""
    held: Atom | None = None
    readers = all_readers()
    for match in ends_of_names().finditer(text, low, high):
        start, end = match.span()
        if held and end <= held.end:
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
    readers |= dict.fromkeys([*SEATS.split(), *DEPARTMENT_ENDS.split()], organ)
    return readers | dict.fromkeys(NATIONAL.split(), national)


@cache
def ends_of_names() -> re.Pattern[str]:
    """Branches by first character, without groups: so `re` skips to the characters that one of them begins with."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(all_readers(), key=len, reverse=True):
        by_first.setdefault(word[0], []).append(word[1:])
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items()))


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """How long the listed divisions are that end in two given characters, the longest first."""
    found: dict[str, set[int]] = {}
    for name in divisions():
        found.setdefault(name[-2:], set()).add(len(name))
    return {tail: tuple(sorted(sizes, reverse=True)) for tail, sizes in found.items()}


def short_name(spot: Spot) -> Atom | None:
    level = named(spot.word)[0].level
    if (spot.next in RIVERS and spot.word != "海南") or RUNS_ON.match(spot.text, spot.end - 1, spot.high):
        return None
    return Atom(spot.start, spot.end, level, known=True)


def division(spot: Spot) -> Atom | None:
    """A division of the list, else a city or county that it does not hold."""
    suffix = spot.word
    if spot.next in beside("next").get(suffix, ()):
        return None
    listed = listed_division(spot)
    if listed or suffix not in UNLISTED or spot.next in UNLISTED_RUN_ON:
        return listed
    return unlisted(spot, UNLISTED[suffix], 3)


def listed_division(spot: Spot) -> Atom | None:
    text, end, held = spot.text, spot.end, spot.held
    for size in lengths().get(text[end - 2 : end], ()):
        start, name = end - size, text[end - size : end]
        if start < spot.low or name not in divisions() or (held and held.start != start < held.end):
            continue  # «山东城区» is no 东城区
        if stands_alone(spot, name, start):
            rows = named(name)
            return Atom(start, end, (best(rows) or rows[-1]).level, known=True)
    return None


def stands_alone(spot: Spot, name: str, start: int) -> bool:
    """Short or common names need a border, or the division they lie in, before them."""
    in_chain = name in words()["chain"]
    loose = in_chain or name in words()["loose"] or name[0] in "市城新" or name.endswith("城市")
    if len(name) > 3 or (len(name) == 3 and not loose):
        return True
    held = spot.held
    if held and held.end == start and held.known:
        return bool(resolved([spot.text[held.start : held.end], name]))
    floor = held.end if held and held.end <= start else spot.low
    return not in_chain and stem_start(spot.text, floor, start) == start


def unlisted(spot: Spot, kind: Kind, longest: int) -> Atom | None:
    """A place that no list holds: a few characters behind a border, no common word among them."""
    text, at = spot.text, spot.start
    may_run_on = at >= spot.floor + 2 and text[at - 1] in beside("last").get(spot.word, ())
    if at < spot.floor + 2 or (may_run_on and text[at - 1] != "城"):
        return None
    start = stem_start(text, spot.floor, at, longest + 3)
    if start is None or not is_core(text[start:at], longest):
        return None
    if may_run_on and not (at - start == 2 and (start == spot.floor or not "㐀" <= text[start - 1] <= "鿿")):
        return None  # 珂城区 at the start of a clause, but not a 城区 in the midst of it
    return Atom(start, spot.end, kind)


def township(spot: Spot) -> Atom | None:
    return None if spot.next in beside("next").get(spot.word, ()) else unlisted(spot, TOWNS[spot.word], 4)


def village(spot: Spot) -> Atom | None:
    return None if spot.next in beside("next").get(spot.word, ()) else unlisted(spot, VILLAGES[spot.word], 4)


def zone(spot: Spot) -> Atom | None:
    """A zone by its city (洛阳高新区), or by a core of its own that themes may follow (东方枢纽国际商务合作区)."""
    text, floor = spot.text, spot.floor
    if spot.word.endswith("区") and spot.next in beside("next")["区"]:
        return None
    if listed := listed_division(spot):  # 浦东新区
        return listed
    if formal := FREE_TRADE.search(text, floor, spot.start):
        return Atom(formal.start(), spot.end, "zone")
    at = spot.start - 2 if text.endswith("国家", floor, spot.start) else spot.start
    if at < floor:
        return None
    if word := next(
        (text[at - size : at] for size in (2, 3) if text[max(floor, at - size) : at] in words()["short"]), ""
    ):
        return Atom(at - len(word), spot.end, "zone")
    start = stem_start(text, floor, at)
    if start is None:
        return None
    stem, held = text[start:at], spot.held
    if (
        held
        and held.end == start
        and held.kind in {"province", "city", "county"}
        and (not stem or theme().fullmatch(stem))
    ):
        own = held.kind != "province" or text.startswith(MUNICIPALITIES, held.start) or PROVINCIAL.search(spot.word)
        return Atom(held.start, spot.end, "zone") if own else None
    core = core_of_zone(stem)
    return Atom(start, spot.end, "zone") if 2 <= len(core) <= 5 and len(stem) <= 12 and not is_common(core) else None


def national(spot: Spot) -> Atom | None:
    return None if spot.next in NOT_BEHIND_MINISTRY and spot.word[-1] == "部" else Atom(spot.start, spot.end, "organ")


def organ(spot: Spot) -> Atom | None:
    """The seat of the place before it, a department, or the 管委会 of a zone that no list holds."""
    seat = ANY_SEAT.match(spot.text, spot.start, spot.high) if spot.is_behind_place else None
    if seat:
        return Atom(spot.start, seat.end(), "organ")
    if spot.word in {"管委会", "管理委员会"}:
        return unlisted(spot, "organ", 4)
    if spot.word not in ENDS_OF_DEPARTMENTS:
        return None
    return department(spot) or unlisted_department(spot)


def department(spot: Spot) -> Atom | None:
    """Behind its place, behind the grade of its place («市财政局»), or alone behind a border."""
    text, floor = spot.text, spot.floor
    own = spot.end - 1 if spot.word.endswith("局") else spot.start
    start = department_start(text, floor, own)
    if start is None or spot.next in NOT_BEHIND.get(spot.word[-1], ""):
        return None
    office = OFFICE.match(text, spot.end, spot.high)
    end = office.end() if office else spot.end
    if spot.held and start == floor:
        return Atom(start, end, "organ") if spot.held.is_place else None
    grade = GRADE.search(text, floor, start)
    before = grade.start() if grade else start
    stem = stem_start(text, floor, before)
    if stem is None or (stem < before and (grade or not is_core(text[stem:before], 4))):
        return None
    return Atom(min(stem, before), end, "organ")


def unlisted_department(spot: Spot) -> Atom | None:
    """A department or institution of any kind right behind its place: 云渚市城市更新局, 洛阳市第一人民医院."""
    held = spot.held
    if not held or not held.is_place or spot.start < held.end or spot.word not in UNLISTED_ENDS:
        return None
    if spot.next in NOT_BEHIND.get(spot.word[-1], "") or NOT_IN_ORGAN.search(spot.text, held.end, spot.start):
        return None
    if spot.word == "局" and spot.text[spot.start - 1] in NOT_BUREAU:
        return None
    stem = spot.text[held.end : spot.start]
    least = 0 if spot.word in INSTITUTIONS else 2
    passed = (found.group() for found in border().finditer(stem))
    if not least <= len(stem) <= 10 or any(len(word) > 1 and kinds()[word] != "pass" for word in passed):
        return None
    return Atom(held.end, spot.end, "organ")


def firm(spot: Spot) -> Atom | None:
    start = firm_start(spot.text, spot.floor, spot.start) if spot.start >= spot.floor else None
    if start is None:
        return None
    stem, short = spot.text[start : spot.start], spot.word in SHORT_FIRMS
    if not 2 <= len(stem) <= (8 if short else 26) or (short and NO_FIRM.search(stem)):
        return None
    return Atom(start, spot.end, "firm")
