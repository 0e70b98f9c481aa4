"""The unit of a bare number stands above it: in the head of its column («总投资(万元)»), or once for a section («单位:亿元»)."""

import re

from extractor.analysis import Analysis
from extractor.recognise import Hit
from extractor.text.lines import CELL_GAP, LONGEST_LINE, blanked, line_around

UNIT = re.compile(r"\(([^()]{1,8})\)\s*$")
ANNOUNCED = re.compile(r"(?<![一-鿿])(?:计量|金额|货币)?单位\s*:\s*([^\s,;。:()、|]{1,8})")
MOST_ROWS = MOST_SENTENCES = 400
LEAST_CELLS = 3


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


def announced_unit(analysis: Analysis, hit: Hit) -> str:
    """Look back through the hit's section for «单位:亿元»; "" where there is none."""
    outline, text = analysis.outline, analysis.view.text
    clause = outline.clause_at(hit.clean_start)
    if clause is None:
        return ""
    here = outline.sentence_of(clause)
    for sentence in reversed(outline.sentences[max(0, here.number - MOST_SENTENCES) : here.number + 1]):
        if (sentence.segment, sentence.heading[:1]) != (here.segment, here.heading[:1]):
            break
        if found := ANNOUNCED.findall(text, sentence.start, min(sentence.end, hit.clean_start)):
            return str(found[-1])
    return ""


def row_of(analysis: Analysis, offset: int) -> int | None:
    """Where the table's row around a clean offset begins; `None` in prose. A row has three cells or more.

    What speaks to a model is no part of a row: its marks («<|…|>») make none.
    """
    start, end = line_around(analysis.view.text, offset)
    if end - start > LONGEST_LINE:
        return None
    spoken = [(max(start, left) - start, min(end, right) - start) for left, right in analysis.outline.instructions]
    line = blanked(analysis.view.text[start:end], [(left, right) for left, right in spoken if left < right])
    cells = [cell for cell in CELL_GAP.split(line.strip(" |")) if cell]
    return start if ("|" in line or "\t" in line) and len(cells) >= LEAST_CELLS else None
