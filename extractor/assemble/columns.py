"""The unit of a bare number in a table stands in the head of its column: «总投资(万元)»."""

import re

from extractor.analysis import Analysis
from extractor.outline.lines import CELL_GAP
from extractor.recognise import Hit

UNIT = re.compile(r"\(([^()]{1,8})\)\s*$")
MOST_ROWS = 400


def head_unit(analysis: Analysis, hit: Hit) -> str:
    """Look upwards, over lines with as many cells, for one whose cell ends with a unit; "" where there is none."""
    text = analysis.view.text
    start, end = line_around(text, hit.clean_start)
    cells = CELL_GAP.split(text[start:end])
    column = len(CELL_GAP.split(text[start : hit.clean_start])) - 1
    for _ in range(MOST_ROWS if len(cells) > 2 else 0):
        if start == 0:
            break
        start, end = line_around(text, start - 1)
        row = CELL_GAP.split(text[start:end])
        if len(row) != len(cells):
            break
        if match := UNIT.search(row[column]):
            return match.group(1)
    return ""


def line_around(text: str, place: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return start, len(text) if end < 0 else end
