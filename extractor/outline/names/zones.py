"""Development zones of every kind, by their city or by a name of their own."""

import re

from extractor.outline.names.borders import beside, core_of_zone, is_common, stem_start, theme, words
from extractor.outline.names.division_names import listed_division
from extractor.outline.names.spots import Atom, Spot

# no province as a whole has one of the others: «河南省开发区» are many
PROVINCIAL = re.compile("自由贸易|自贸|保税|自主创新|深度合作区|新片区")
FREE_TRADE = re.compile(r"中国\([一-鿿]{2,3}\)\Z")  # 中国(河南)自由贸易试验区
SECOND_NAME = re.compile(r"\((?:高新区|经开区|开发区|高新技术产业开发区|经济技术开发区|综保区|综合保税区)\)")
CAMPUS = re.compile("医院|学院|学校|大学|银行|公司")  # the branch that one of them has in a zone is no zone
MUNICIPALITIES = ("北京", "天津", "上海", "重庆")


def zone(spot: Spot) -> Atom | None:
    """A zone, with the other name that it bears in brackets: 平川工业园区(高新区)."""
    if spot.word.endswith("区") and spot.next in beside("next")["区"]:
        return None
    found = listed_division(spot) or formal_zone(spot) or plain_zone(spot)  # 浦东新区 is a division
    second = SECOND_NAME.match(spot.text, spot.end, spot.high) if found and not found.known else None
    return Atom(found.start, second.end(), "zone") if found and second else found


def formal_zone(spot: Spot) -> Atom | None:
    formal = FREE_TRADE.search(spot.text, max(spot.low, spot.start - 8), spot.start)
    return Atom(formal.start(), spot.end, "zone") if formal else None


def plain_zone(spot: Spot) -> Atom | None:
    """A zone by its city (洛阳高新区), or by a core of its own that themes may follow (东方枢纽国际商务合作区)."""
    text, floor = spot.text, spot.floor
    at = spot.start - 2 if text.endswith("国家", floor, spot.start) else spot.start
    for size in (2, 3):
        if at - size >= floor and text[at - size : at] in words()["short"]:
            return Atom(at - size, spot.end, "zone")
    start = stem_start(text, floor, at)
    if start is None or CAMPUS.search(text, start, at):
        return None
    stem = text[start:at]
    if not stem or theme().fullmatch(stem):
        return zone_of_place(spot, start)
    core = core_of_zone(stem)
    return Atom(start, spot.end, "zone") if 2 <= len(core) <= 5 and len(stem) <= 12 and not is_common(core) else None


def zone_of_place(spot: Spot, start: int) -> Atom | None:
    """Without a core of its own a zone bears the name of the city or county before it, of a province only some do."""
    held = spot.held
    if not held or held.end != start or held.kind not in {"province", "city", "county"}:
        return None
    own = held.kind != "province" or spot.text.startswith(MUNICIPALITIES, held.start) or PROVINCIAL.search(spot.word)
    return Atom(held.start, spot.end, "zone") if own else None
