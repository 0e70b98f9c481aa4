"""Lines of cells: parted by tabs, bars or wide blanks."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.analysis import Analysis
from extractor.outline import Part, Sentence
from extractor.text.lines import CELL_GAP
from extractor.values import value

RULE = re.compile(r"[-:|\s]+$")


@value
class Cell:
    start: int
    end: int
    text: str


@value
class Row:
    """A line with its cells, its sentences and the numbers of its hits."""

    cells: tuple[Cell, ...]
    sentences: tuple[Sentence, ...]
    hits: tuple[int, ...]


def grids(
    analysis: Analysis, sentences: Sequence[Sentence], hits: dict[int, list[int]]
) -> Iterator[tuple[list[Row], Part]]:
    """Runs of lines with three or more cells each, rules («|---|---|») left out, and the part that they stand in."""
    run: list[Row] = []
    part: Part | None = None
    for (segment, _), line in groupby(sentences, key=lambda sentence: (sentence.segment, sentence.line)):
        own = tuple(line)
        found = cells(analysis.view.text, own[0].start, own[-1].end)
        if len(found) >= 3:
            part = analysis.outline.parts[segment]
            if not all(RULE.match(cell.text) for cell in found if cell.text):
                inside = tuple(index for sentence in own for index in hits.get(sentence.number, ()))
                run.append(Row(found, own, inside))
            continue
        if run and part:
            yield run, part
        run = []
    if run and part:
        yield run, part


def cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    """Part a line at its gaps. Most lines have none."""
    line = text[start:end]
    if "|" not in line and "\t" not in line and "  " not in line:
        return (Cell(start, end, line.strip()),)
    found = []
    position = start
    for match in CELL_GAP.finditer(text, start, end):
        found.append(Cell(position, match.start(), text[position : match.start()].strip()))
        position = match.end()
    found.append(Cell(position, end, text[position:end].strip()))
    if found and not found[0].text:
        found = found[1:]
    if found and not found[-1].text:
        found = found[:-1]
    return tuple(found)
