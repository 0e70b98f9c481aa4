"""Places of the list of divisions, whole or short, and those that no list holds."""

import re
from functools import cache

from extractor.outline.names.borders import beside, border, kinds, stem_start, words
from extractor.outline.names.divisions import best, divisions, named, resolved
from extractor.outline.names.spots import Atom, Kind, Spot, is_chinese, unlisted

UNLISTED: dict[str, Kind] = {"省": "province", "市": "city", "区": "county", "县": "county"}
TOWNS = ("民族乡", "街道", "苏木", "镇", "乡")
VILLAGES = ("社区", "村")
# «省市县区» lists the grades; 市区, 市集 and 县城 are words
UNLISTED_RUN_ON = re.compile(
    "省[市区县]|市[区县](?![域级])|市集(?![中聚成体团约])|县[区城乡镇](?!村振兴)|区[县乡镇](?!村振兴)"
)
# one character before a name that is no part of it: 新福建, 大武汉
BEFORE_ANY = frozenset("大新老小原今东西南北中环各两省市区县州")
# behind a short name they make another one: 临汾河, 江西路
RIVERS = frozenset("江河湖山岛湾海峡关镇寺塔桥")
ROADS = re.compile("路(?![网况段线径])|大道|大街|巷")
# the last character of a short name and the next one are a word: 新晋中国工程院院士, 推广安全生产
RUNS_ON = re.compile(
    "安全(?![面市力省年区县域体员部国])|中[国央心华间小]|德育|平[台均衡]|明确|通[过道知信报]|州际|城[市乡镇际]|贡[献品]|[东西南北][麓岸坡侧]|德时代"
)


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """How long the listed divisions are that end in two given characters, the longest first."""
    found: dict[str, set[int]] = {}
    for name in divisions():
        found.setdefault(name[-2:], set()).add(len(name))
    return {tail: tuple(sorted(sizes, reverse=True)) for tail, sizes in found.items()}


def short_name(spot: Spot) -> Atom | None:
    level = named(spot.word)[0].level
    if (spot.next in RIVERS and spot.word != "海南") or ROADS.match(spot.text, spot.end, spot.high):
        return None
    if RUNS_ON.match(spot.text, spot.end - 1, spot.high):
        return None
    return Atom(spot.start, spot.end, level, known=True)


def division(spot: Spot) -> Atom | None:
    """A division of the list, else a city or county that it does not hold."""
    suffix = spot.word
    if spot.next in beside("next").get(suffix, ()):
        return None
    listed = listed_division(spot)
    if listed or suffix not in UNLISTED or UNLISTED_RUN_ON.match(spot.text, spot.start, spot.high):
        return listed
    if any(spot.text[spot.end - size : spot.end] in divisions() for size in (3, 4)):
        return None  # what was refused above stays so with one more character before it
    return unlisted(spot, UNLISTED[suffix], 2 if suffix == "省" else 3)


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
    held = spot.held
    floor = held.end if held and held.end <= start else spot.low
    if len(name) > 3:
        return True
    if len(name) == 3 and not loose:
        return not is_odd(spot.text, floor, start)
    if held and held.end == start and held.known:
        return bool(resolved([spot.text[held.start : held.end], name]))
    if in_chain or stem_start(spot.text, floor, start) != start:
        return False
    across = border().finditer(spot.text, max(floor, start - 4), start + 2)
    return not any(word.start() < start < word.end() for word in across)  # 沿海城市 is no 海城市


def is_odd(text: str, floor: int, start: int) -> bool:
    """Whether one character is left over before a name, which then begins with it: «—罗浮山县» is no 浮山县."""
    left, before = start - 1, start - 2
    if left < floor or not is_chinese(text[left]) or text[left] in BEFORE_ANY or text[left] in kinds():
        return False
    return left == floor or not is_chinese(text[before])


def township(spot: Spot) -> Atom | None:
    return None if spot.next in beside("next").get(spot.word, ()) else unlisted(spot, "township", 4)


def village(spot: Spot) -> Atom | None:
    return None if spot.next in beside("next").get(spot.word, ()) else unlisted(spot, "village", 4)
