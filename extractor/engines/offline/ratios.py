"""The parts of a ratio: «三次产业结构由10.1:57.2:32.7调整为9.4:59.9:30.7» is three shares and their old values."""

import re

from extractor.engines.offline.roles import Told
from extractor.engines.offline.scene import FigureScene

SECTORS = re.compile(r"三次产业|三产|一二三产|产业结构|产业比例")
OF_WHAT = re.compile(r"(投资|就业|从业|用电|税收)")
LISTED = re.compile(
    r"(?P<items>[一-鿿]{1,8}(?:、[一-鿿]{1,8}){1,5})(?P<what>[一-鿿]{0,10}?)(?:之?比|比例|占比|结构|分别)[一-鿿]{0,6}$"
)
CHANGED = re.compile(r"[^:,;。]{0,6}?(?:调整|优化|变化|改变|演变|转变|变|提升|发展|到|至|为)[^;。0-9]{0,8}$")
OLD = re.compile(r"(?:由|从|上年的?)[^,;。]{0,16}$")
ORDINALS = "一二三四五六"


def ratio_part(figure: FigureScene) -> str | Told | None:
    """What a figure between colons is: the name of a share, or an old value; `None` where no ratio stands."""
    hits, text = figure.scene.analysis.hits, figure.scene.text
    at = figure.figures.index(figure.index)
    first = last = at
    while first and parted(text, hits[figure.figures[first - 1]].clean_end, hits[figure.figures[first]].clean_start):
        first -= 1
    while last + 1 < len(figure.figures) and parted(
        text, hits[figure.figures[last]].clean_end, hits[figure.figures[last + 1]].clean_start
    ):
        last += 1
    size = last - first + 1
    if size < 3:
        return None
    opening = hits[figure.figures[first]].clean_start
    before = text[figure.clause.start : opening]
    if OLD.search(before) and another_follows(figure, last):
        return Told("context", "旧值:比例")
    return name_of(
        re.sub(r"[0-9.:∶ ]+", "", text[max(figure.scene.sentence.start, opening - 60) : opening]), at - first, size
    )


def parted(text: str, end: int, start: int) -> bool:
    return text[end:start] in (":", "∶")


def another_follows(figure: FigureScene, last: int) -> bool:
    if last + 1 >= len(figure.figures):
        return False
    hits = figure.scene.analysis.hits
    between = figure.scene.text[hits[figure.figures[last]].clean_end : hits[figure.figures[last + 1]].clean_start]
    return bool(CHANGED.fullmatch(between))


def name_of(before: str, place: int, size: int) -> str | None:
    if size == 3 and SECTORS.search(before):
        of_what = OF_WHAT.search(before)
        return f"第{ORDINALS[place]}产业{of_what[1] if of_what else '增加值'}占比"
    listed = LISTED.search(before)
    items = listed["items"].split("、") if listed else []
    if listed is None or len(items) != size:
        return None
    return f"{items[place]}{listed['what']}占比"
