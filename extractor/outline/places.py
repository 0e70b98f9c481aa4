"""Names of actors in a clean text: places, zones, organs, firms; and which place each stands for."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from extractor.outline.divisions import WORDS_TOO, best, divisions, named, resolved, short_names
from extractor.outline.name_borders import (
    border,
    core_of_zone,
    is_common,
    is_core,
    kinds,
    last_characters,
    stem_start,
    theme,
)
from extractor.outline.organs import ANY_SEAT, ENDS_DEPARTMENT, FIRM, NO_FIRM, department, firm_start, national
from extractor.values import value
from schemas.region import Region

Kind = Literal["province", "city", "county", "township", "zone", "village", "organ", "firm"]

ZONES = (
    "国家自主创新示范区|自主创新示范区|自由贸易试验区|自贸试验区|自由贸易港|自贸区|综合保税区|综保区|保税港区|保税物流园区|保税区|出口加工区"
    "|高新技术产业开发区|高技术产业开发区|高新技术产业园区|高新技术开发区|高新技术产业园|高新园区|高新区|经济技术开发区|经济开发区|经开区|经济技术开发园区"
    "|先进制造业开发区|化工园区|化工产业园|物流园区|物流园|产业集聚区|工业集聚区|集聚区|工业集中区|工业园区|工业园|工业区|产业园区|产业园|产业新城|农业园区|科技园区|科技园|科技城|科学城|创业园|软件园"
    "|边境经济合作区|跨境经济合作区|经济合作区|商务合作区|服务合作区|深度合作区|合作区|口岸经济区|临空经济区|空港经济区|临港经济区|航空港经济综合实验区|经济区|经济带综合实验区|综合实验区|综合试验区|试验区|实验区"
    "|旅游度假区|度假区|风景名胜区|风景区|新片区|商务区|示范区|先行区|先导区|开发区|起步区|生态城|管理区|新区|空港区|临港区|航空港区|园区"
)
# too general to follow a province or nothing but a theme: «河南省开发区», «绿色示范区»
PROVINCIAL = re.compile(r"自由贸易|自贸|保税|自主创新|深度合作区|新片区")
TOWNS = "民族乡|街道|苏木|镇|乡"
VILLAGES = "社区|村"
BODIES = "大学|学院|医院|研究院|研究所|银行|交易所|委员会|管委会|党工委|办公室|局|厅"
INSTITUTIONS = frozenset(["大学", "学院", "医院", "研究院", "研究所", "银行", "交易所"])
DIVISION_ENDS = "省区市县州盟旗"
NOT_BEHIND = {
    "市": "貌场民值价面占盈净井况容直级长", "区": "域间别块位段级划分长", "县": "级域长", "州": "长级际", "省": "级直长际份", "旗": "下帜舰袍手",
    "镇": "区痛静定压长级", "乡": "村愁镇亲土贤情音长级", "村": "貌镇民庄级落务支两集居寨", "社区": "", "街道": "两", "苏木": "", "民族乡": "", "盟": "友约主国",
}  # fmt: skip
UNLISTED: dict[str, Kind] = {"省": "province", "市": "city", "区": "county", "县": "county"}
UNLISTED_RUN_ON = "市区县镇乡村"  # «省市县区», «县镇村» list the grades
RIVERS = "江河湖山岛湾海峡关镇寺塔桥"
# two or three characters that any clause may hold: a name only right behind the division they lie in
WORDS_IN_CHAIN = frozenset(
    [
        "城区",
        "郊区",
        "矿区",
        "东区",
        "西区",
        "南区",
        "北区",
        "新城区",
        "老城区",
        "解放区",
        "港口区",
        "海港区",
        "新市区",
        "老边区",
        "特区",
        "建设区",
        "市区",
        "新区",
        "和县",
    ]
)
# names that run on from another word: 适应城市, 湖南南部县市, 合作市场
NEED_BORDER = frozenset(
    [
        "南部县",
        "新建区",
        "新建县",
        "合作市",
        "平安区",
        "平安县",
        "振兴区",
        "前进区",
        "向阳区",
        "和平区",
        "和平县",
        "东方市",
        "开发区",
    ]
)
LEVELS = {"province": 0, "city": 1, "county": 2, "zone": 3, "township": 4, "village": 5}
NATIONAL_ZONE = re.compile(r"(?<=[一-鿿]{2})国家级?(?=高新|经济|经开)")
PARTY = re.compile(r"(?:中国共产党|中共)\Z")
HIGH_TECH = re.compile(r"高新?技术产业开发区")


@value
class Name:
    """`text[start:end]` of the text it was found in. `place` is where it lies or for whom it acts, `None` where that is not told."""

    start: int
    end: int
    text: str
    kind: Kind
    place: Region | None


@value
class Atom:
    """One link of a name: 洛阳市 of 洛阳市宜阳县. `known` if the list of divisions holds it."""

    start: int
    end: int
    kind: Kind
    known: bool


Chain = list[Atom]


@cache
def anchors() -> re.Pattern[str]:
    """What a name ends in, and the short names, in one pattern: «洛阳» and the «市» behind it are met in turn."""
    by_first: dict[str, list[str]] = {}
    for short in sorted(short_names(), key=len, reverse=True):
        if short not in WORDS_TOO:
            by_first.setdefault(short[0], []).append(short[1:])
    short = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return re.compile(
        f"(?P<national>{national().pattern})|(?P<seat>{ANY_SEAT.pattern})|(?P<department>{department().pattern})|(?P<zone>{ZONES})|(?P<short>{short})"
        f"|(?P<firm>{FIRM})|(?P<body>{BODIES})|(?P<town>{TOWNS})|(?P<village>{VILLAGES})|(?P<division>[{DIVISION_ENDS}])"
    )


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """How long the listed divisions are that end in two given characters, the longest first."""
    found: dict[str, set[int]] = {}
    for name in divisions():
        found.setdefault(name[-2:], set()).add(len(name))
    return {tail: tuple(sorted(sizes, reverse=True)) for tail, sizes in found.items()}


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


Link = tuple[str, Kind, bool]


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


def atoms(text: str, start: int, end: int) -> Iterator[Atom]:
    """One atom is held back: what follows may be its suffix (洛阳, 洛阳市) or swallow it (洛阳高新区)."""
    held: Atom | None = None
    for match in anchors().finditer(text, start, end):
        atom = READERS[match.lastgroup or ""](text, match, held, start, end)
        if atom is None:
            continue
        if held and held.end <= atom.start:
            yield held
        held = atom
    if held:
        yield held


def short(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    if text[match.end() : match.end() + 1] in RIVERS and match.end() < end and match.group() not in PROVINCES:
        return None
    if RUNS_ON.match(text, match.end() - 1):
        return None
    rows = short_names()[match.group()]
    return Atom(match.start(), match.end(), rows[0].level, True)


# the last character of a short name and the next one are a word: 新晋中国工程院院士, 推广安全生产
RUNS_ON = re.compile(
    "安全(?![面市力省年区县域体员部国])|中[国央心华间小]|德育|平[台均衡]|明确|通[过道知信报]|州际|城[市乡镇]"
)

PROVINCES = frozenset(
    [
        "北京",
        "天津",
        "河北",
        "山西",
        "内蒙古",
        "辽宁",
        "吉林",
        "黑龙江",
        "上海",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "广西",
        "海南",
        "重庆",
        "四川",
        "贵州",
        "云南",
        "西藏",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
    ]
)


def floor_of(held: Atom | None, start: int) -> int:
    return held.end if held else start


def division(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    at = match.end()
    suffix = match.group()
    if at < end and text[at] in NOT_BEHIND.get(suffix[-1], ""):
        return None
    for size in lengths().get(text[at - 2 : at], ()):
        first, name = at - size, text[at - size : at]
        if first < start or name not in divisions() or (held and held.start != first < held.end):
            continue  # «山东城区» is no 东城区
        if stands_alone(text, name, first, held if held and held.end <= first else None, start):
            return Atom(first, at, best_level(name), True)
    if suffix not in UNLISTED or (at < end and text[at] in UNLISTED_RUN_ON):
        return None
    return unknown(text, match, held, start, UNLISTED[suffix], 3)


def best_level(name: str) -> Kind:
    rows = named(name)
    return (best(rows) or rows[-1]).level


def stands_alone(text: str, name: str, at: int, held: Atom | None, start: int) -> bool:
    """Short or common names need a border, or the division they lie in, before them."""
    common = name in WORDS_IN_CHAIN or name in NEED_BORDER or name[0] in "市城新" or name.endswith("城市")
    if len(name) > 2 and not (common and len(name) == 3):
        return True
    if held and held.end == at and held.known:
        return bool(resolved([text[held.start : held.end], name]))
    return name not in WORDS_IN_CHAIN and stem_start(text, floor_of(held, start), at) == at


def unknown(text: str, match: re.Match[str], held: Atom | None, start: int, kind: Kind, longest: int) -> Atom | None:
    """A place that no list holds: two or three characters behind a border, none of them a common word."""
    floor = floor_of(held, start)
    if match.start() < floor + 2 or text[match.start() - 1] in last_characters().get(match.group(), ()):
        return None
    first = stem_start(text, floor, match.start(), longest + 3)
    if first is None or not is_core(text[first : match.start()], longest, match.group()):
        return None
    return Atom(first, match.end(), kind, False)


def town(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    if match.end() < end and text[match.end()] in NOT_BEHIND[match.group()]:
        return None
    return unknown(text, match, held, start, "township", 4)


def village(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    if match.end() < end and text[match.end()] in NOT_BEHIND[match.group()]:
        return None
    return unknown(text, match, held, start, "village", 4)


def zone(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    if listed := division(text, match, held, start, end):  # 浦东新区
        return listed if listed.known else None
    floor = floor_of(held, start)
    at = match.start() - 2 if text.endswith("国家", floor, match.start()) else match.start()
    if at < floor:
        return None
    if match.end() < end and text[match.end()] in NOT_BEHIND["区"] and match.group().endswith("区"):
        return None
    if word := known_word(text, floor, at):
        return Atom(at - len(word), match.end(), "zone", False)
    first = stem_start(text, floor, at)
    if first is None:
        return None
    stem = text[first:at]
    behind_place = held is not None and first == held.end and held.kind in {"province", "city", "county"}
    if behind_place and held is not None and (not stem or theme().fullmatch(stem)):
        whole = held.kind == "province" and text[held.start : held.start + 2] not in {"北京", "天津", "上海", "重庆"}
        if whole and not PROVINCIAL.search(match.group()):
            return None
        return Atom(held.start, match.end(), "zone", False)
    core = core_of_zone(stem)
    if not 2 <= len(core) <= 5 or len(stem) > 12 or is_common(core):
        return None
    return Atom(first, match.end(), "zone", False)


def known_word(text: str, floor: int, at: int) -> str | None:
    """A city whose short name is a word too, right before a zone: 日照高新区."""
    return next((word for size in (2, 3) if at - size >= floor and (word := text[at - size : at]) in WORDS_TOO), None)


def department_name(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    """Behind its place, behind the grade of its place («市财政局»), or alone behind a border."""
    at, floor = match.start(), floor_of(held, start)
    if at < floor:
        return None
    if at == floor and held:
        return Atom(at, match.end(), "organ", False)
    grade = re.compile(r"(?:自治区|兵团|国家|[省市县区州旗盟])\Z").search(text, floor, at)
    if grade:
        alone = stem_start(text, floor, grade.start() + 0) if grade.start() > floor else floor
        return Atom(grade.start(), match.end(), "organ", False) if alone == grade.start() else None
    first = stem_start(text, floor, at)
    if first is None or (first < at and not is_core(text[first:at], 4)):
        return None
    return Atom(first, match.end(), "organ", False)


def body(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    """A department that no list knows, behind its place: 云渚市城市更新局."""
    if not held or held.kind in {"organ", "firm"} or not ENDS_DEPARTMENT.match(text, match.start()):
        return None
    stem = text[held.end : match.start()]
    least = 0 if match.group() in INSTITUTIONS else 2
    words = (found.group() for found in border().finditer(stem))
    if not least <= len(stem) <= 10 or any(len(word) > 1 and kinds()[word] != "pass" for word in words):
        return None
    return Atom(held.end, match.end(), "organ", False)


def seat(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    """What makes a place or a zone the organ that acts for it; «青岭管委会» names a zone that no list knows."""
    if held and held.end == match.start():
        return Atom(match.start(), match.end(), "organ", False) if held.kind != "firm" else None
    if not match.group().startswith(("管委会", "管理委员会")):
        return None
    return unknown(text, match, held, start, "organ", 4)


def national_name(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    return Atom(match.start(), match.end(), "organ", False)


def firm(text: str, match: re.Match[str], held: Atom | None, start: int, end: int) -> Atom | None:
    floor = floor_of(held, start)
    first = firm_start(text, floor, match.start()) if match.start() >= floor else None
    if first is None:
        return None
    stem = text[first : match.start()]
    short_form = match.group() in {"集团", "股份", "集团公司"}
    if not 2 <= len(stem) <= (8 if short_form else 26) or (short_form and NO_FIRM.search(stem)):
        return None
    return Atom(first, match.end(), "firm", False)


READERS = {
    "seat": seat,
    "national": national_name,
    "department": department_name,
    "zone": zone,
    "short": short,
    "firm": firm,
    "body": body,
    "town": town,
    "village": village,
    "division": division,
}
