"""Units that stand before a figure and not behind it: «投资(亿元):120.5», a caption «单位:万元» over its lines."""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from extractor.recognise.currencies import NAMES
from extractor.recognise.draft import Draft
from extractor.recognise.roles import YEAR
from extractor.recognise.units import Measure, unit_table, whole_unit
from extractor.text.spans import SpanIndex

BRACKET = re.compile(
    r"(?:\((?:单位:?)?(?P<unit>[^()\n:]{1,10})\)[\"”]?[:为达是约|\t]{0,2}"
    r"|(?<=[㐀-鿿])/(?P<slashed>[A-Za-z][A-Za-z0-9]{0,4}|[万亿]?[㐀-鿿]{1,3}):) ?[-+]?$"
)
# a head in the line above a figure that stands alone in its own
HEAD_LINE = re.compile(r"[^\n]{0,30}\((?P<unit>[^()\n:]{1,10})\)[ \t]*\n[ \t]*$")
CAPTION = re.compile(r"单\s?位(?:均?为|统一为|:)\s?(?P<unit>[^\s,;。:()|、]{1,8})")
CELLS_BEHIND = re.compile(r"\||\)?[㐀-鿿]{1,16} ?[0-9]")
MIXED_HEAD = re.compile("[%‰±]|同比|增长|增速|比重|占比|比例|排名|位次")
PROSE = re.compile("。|;.*;")
FARTHEST = 80  # lines under a caption
HEAD_LINES = 8  # a head with a cell a line
LINE_NUMBER = re.compile(r"\s*\|?\s*(?P<number>[0-9]{1,3})[ \t|、.]+[㐀-鿿]")


def with_heads(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Give bare numbers the unit that a bracket before them or a caption above them tells."""
    bare = [index for index, draft in enumerate(drafts) if is_bare(draft)]
    if not bare:
        return list(drafts)
    found = list(drafts)
    captions = SpanIndex(list(captions_of(text)), attrgetter("start"), attrgetter("end"))
    for index in bare:
        draft = found[index]
        told = bracketed(text, draft) or captioned(text, draft, captions)
        if told:
            found[index] = draft._replace(unit=told.text, kind=told.kind, base=told.of(draft.value, draft.value_max))
    return found


def is_bare(draft: Draft) -> bool:
    return draft.kind in ("other", "index") and not draft.unit and draft.value is not None and not draft.role


def bracketed(text: str, draft: Draft) -> Measure | None:
    start = draft.start
    if text[start - 1 : start] not in (")", ":", "|", "\t", " ", "为", "达", "是", "约", "-", "+", "\n"):
        return None
    match = BRACKET.search(text, max(0, start - 16), start)
    if match is None and text[draft.end : draft.end + 1] in ("", "\n"):
        match = HEAD_LINE.search(text, max(0, start - 48), start)
    if not match:
        return None
    assert match.lastgroup
    return unit_named(match[match.lastgroup])


class Caption(NamedTuple):
    """A unit and the run of lines that it speaks for."""

    start: int
    end: int
    told: Measure


def captions_of(text: str) -> Iterator[Caption]:
    """Each speaks up to prose, to another caption, or to a head of several units."""
    matches = list(CAPTION.finditer(text))
    stops = [*(match.start() for match in matches[1:]), len(text)]
    for match, stop in zip(matches, stops, strict=False):
        told = unit_named(match["unit"])
        on_line = CELLS_BEHIND.match(text, match.end())  # «单位:亿元|合计|328.6», «(单位:亿美元)出口总额36.8»
        line_end = match.end() - 1 if on_line else text.find("\n", match.end(), stop)
        if told is None or line_end < 0 or PROSE.search(text, match.end(), line_end):
            continue
        end = run_end(text, line_end + 1, stop)
        if end > line_end + 1:
            yield Caption(line_end, end, told)


def run_end(text: str, start: int, stop: int) -> int:
    position = start
    for number in range(FARTHEST):
        end = text.find("\n", position, stop)
        line = text[position : end if end >= 0 else stop]
        if PROSE.search(line):
            return position
        if number < HEAD_LINES and MIXED_HEAD.search(line):
            return start
        if end < 0:
            return stop
        position = end + 1
    return position


def captioned(text: str, draft: Draft, captions: SpanIndex[Caption]) -> Measure | None:
    caption = captions.at(draft.start)
    if caption is None or YEAR.fullmatch(text[draft.start : draft.end]):
        return None
    numbered = LINE_NUMBER.match(text, text.rfind("\n", 0, draft.start) + 1)
    return None if numbered and numbered.start("number") == draft.start else caption.told


def unit_named(written: str) -> Measure | None:
    """Read what a bracket or a caption holds as a unit, with the currency before it: «新台币千元»."""
    written = written.strip()
    currency = next(
        (name for name in NAMES if len(name) > 1 and written.startswith(name) and written.endswith("元")), None
    )
    told = whole_unit(written.removeprefix(currency)) if currency else None
    if currency and told and told.base == "CNY":
        return told._replace(base=unit_table()[NAMES[currency]].base)
    return whole_unit(written)
