"""Units that stand before a figure and not behind it: «投资(亿元):120.5», a caption «单位:万元» over its lines."""

import re
from collections.abc import Iterator, Sequence

from extractor.recognise.currencies import NAMES
from extractor.recognise.draft import Draft
from extractor.recognise.numerals import LARGE
from extractor.recognise.units import Measure, measure, unit_at, unit_table

BRACKET = re.compile(
    r"(?:\((?:单位:?)?(?P<unit>[^()\n:]{1,10})\)[\"”]?[:为达是约|\t]{0,2}"
    r"|(?<=[㐀-鿿])/(?P<slashed>[A-Za-z][A-Za-z0-9]{0,4}|[万亿]?[㐀-鿿]{1,3}):) ?[-+]?$"
)
HEAD_LINE = re.compile(r"[^\n]{0,30}\((?P<unit>[^()\n:]{1,10})\)[ \t]*\n[ \t]*$")
CAPTION = re.compile(r"单\s?位(?:均?为|统一为|:)\s?(?P<unit>[^\s,;。:()|、]{1,8})")
CELLS_BEHIND = re.compile(r"\||\)?[㐀-鿿]{1,16} ?[0-9]")
MIXED_HEAD = re.compile("[%‰±]|同比|增长|增速|比重|占比|比例|排名|位次")
PROSE = re.compile("。|;.*;")
FARTHEST = 80  # lines under a caption
HEAD_LINES = 8  # a head with a cell a line
LINE_NUMBER = re.compile(r"\s*\|?\s*(?P<number>[0-9]{1,3})[ \t|、.]+[㐀-鿿]")
YEAR = re.compile("(?:19|20)[0-9]{2}")


def with_heads(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Give bare numbers the unit that a bracket before them or a caption above them tells."""
    bare = [index for index, draft in enumerate(drafts) if is_bare(draft)]
    if not bare:
        return list(drafts)
    found = list(drafts)
    captions = list(captions_of(text)) if "单" in text else []
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
    match = BRACKET.search(text, max(0, start - 16), start) or (
        HEAD_LINE.search(text, max(0, start - 48), start) if is_alone(text, draft) else None
    )
    if not match:
        return None
    written = match["unit"] if "slashed" not in match.re.groupindex or match["unit"] else match["slashed"]
    return unit_named(written) if written else None


def is_alone(text: str, draft: Draft) -> bool:
    """Whether nothing else stands in the line."""
    return not text[text.rfind("\n", 0, draft.start) + 1 : draft.start].strip(" \t") and text[
        draft.end : draft.end + 1
    ] in ("", "\n")


def captions_of(text: str) -> Iterator[tuple[int, int, Measure]]:
    """Captions with the run of lines that they speak for: up to prose, to another caption, or to a head of several units."""
    matches = list(CAPTION.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        told = unit_named(match["unit"])
        on_line = CELLS_BEHIND.match(text, match.end())  # «单位:亿元|合计|328.6», «(单位:亿美元)出口总额36.8»
        line_end = match.end() - 1 if on_line else text.find("\n", match.end())
        if told is None or line_end < 0 or PROSE.search(text, match.end(), line_end):
            continue
        stop = following.start() if following else len(text)
        end = run_end(text, line_end + 1, stop)
        if end > line_end + 1:
            yield line_end, end, told


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


def captioned(text: str, draft: Draft, captions: Sequence[tuple[int, int, Measure]]) -> Measure | None:
    for start, end, told in captions:
        if start <= draft.start < end:
            line = text.rfind("\n", 0, draft.start) + 1
            numbered = LINE_NUMBER.match(text, line)
            counts = not (numbered and numbered.start("number") == draft.start)
            return told if counts and not YEAR.fullmatch(text[draft.start : draft.end]) else None
    return None


def unit_named(written: str) -> Measure | None:
    """Read the whole of «亿元», «万人», «μg/m3» as a unit."""
    written = written.strip()
    currency = next(
        (name for name in NAMES if len(name) > 1 and written.startswith(name) and written.endswith("元")), None
    )
    if currency and (told := unit_named(written.removeprefix(currency))) and told.base == "CNY":  # 单位:新台币千元
        return told._replace(base=unit_table()[NAMES[currency]].base)
    for scale in ("", *sorted(LARGE, key=len, reverse=True)):
        unit = unit_at(written, len(scale)) if written.startswith(scale) else None
        if unit:
            told = measure(written, len(scale), scale, unit)
            if told.end == len(written):
                return told
    return None
