"""The lines of a clean text, and what a line is by its form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.values import value

LINE = re.compile(r"[^\n]+")
END = "。!?;…”"
BULLETS = "-•·●◆■□▪*○▲★"
LONGEST_LINE = 5000  # characters to either side of a place; a longer line is no row
CELL_GAP = re.compile(r" *\| *| *\t *| {2,}")  # what parts the cells of a table's line
NUMBER_CELL = re.compile(r"[≥≤<>≈~+−-]*\d[\d.,:]*%?")


@value
class Line:
    """One line of the clean text without the blanks around it; offsets are clean.

    `left_out` says why a line is none of the document's: `None` for its own lines.
    """

    start: int
    end: int
    text: str
    after_blank: bool
    left_out: str | None = None

    @property
    def boilerplate(self) -> bool:
        return self.left_out is not None

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence does."""
        return self.text[-1] in END or self.text.endswith((")", "】"))

    @property
    def bulleted(self) -> bool:
        return self.text[0] in BULLETS and not self.text.startswith(("--", "——"))


def read_lines(text: str, left_out: Sequence[tuple[int, int]] = ()) -> tuple[Line, ...]:
    """Split into lines that hold a character.

    Nothing is read from the spans that are left out: a line holds what remains of it.
    """
    lines: list[Line] = []
    last_end = 0
    for match in LINE.finditer(text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped[0])
            blank = text.count("\n", last_end, match.start()) > 1 or not lines
            lines.append(Line(start, start + len(stripped), stripped, blank))
            last_end = match.end()
    return tuple(lines) if not left_out else tuple(remaining(lines, blanked(text, left_out)))


def remaining(lines: Sequence[Line], text: str) -> Iterator[Line]:
    for line in lines:
        words = text[line.start : line.end]
        if kept := words.strip():
            start = line.start + words.index(kept[0])
            yield replace(line, start=start, end=start + len(kept), text=kept)


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks in the place of the spans."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def is_prose(line: Line) -> bool:
    return len(line.text) >= 40 and ("。" in line.text or ";" in line.text)


def is_row(line: Line) -> bool:
    """A line of a table: two or more cells, one of which is a number."""
    cells = [cell for cell in CELL_GAP.split(line.text) if cell]
    return len(cells) >= 2 and any(NUMBER_CELL.fullmatch(cell) for cell in cells)


def line_around(text: str, place: int) -> tuple[int, int]:
    """The line around a place; of a line without end, the part around the place."""
    low, high = max(0, place - LONGEST_LINE), min(len(text), place + LONGEST_LINE)
    start = text.rfind("\n", low, place) + 1 or low
    end = text.find("\n", place, high)
    return start, high if end < 0 else end
