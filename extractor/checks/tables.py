"""The rows of a table make its total row, and the cells of a row its total."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from extractor.checks.material import Material
from extractor.checks.statements import is_row
from extractor.values import value
from schemas.finding import Finding

TOTAL = re.compile(r"(?:合\s*计|总\s*计|全部合计|共\s*计)(?:\(.*\))?")
NESTED = re.compile(r"小\s*计|其中|^[一二三四五六七八九十]+[、.]|^\(")
NO_SUM = re.compile(r"率|比|增|%|‰|序号|均|排名|位次|年份|编号|指数|时间|日期")
NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
EMPTY = re.compile(r"[-—–/ ]*")
OFF = Decimal("0.5")  # a total missed by more is a total of something else
LEAST = 3  # rows that show what a row's total is made of


@value
class Cell:
    text: str
    start: int

    @property
    def number(self) -> Decimal | None:
        return Decimal(self.text.replace(",", "")) if NUMBER.fullmatch(self.text) else None

    @property
    def is_empty(self) -> bool:
        return bool(EMPTY.fullmatch(self.text))


Row = tuple[Cell, ...]


def columns_add_up(material: Material) -> Iterator[Finding]:
    """Where no column but this one misses its total, and where there is but one total in the table."""
    for head, rows in tables(material.text):
        totals = [row for row in rows if any(TOTAL.fullmatch(cell.text) for cell in row[:2])]
        if len(totals) != 1 or any(NESTED.search(cell.text) for row in rows for cell in row[:2]):
            continue
        place = rows.index(totals[0])
        parts = rows[:place] or rows[1:]
        sums = [made for column in range(1, len(head)) if (made := column_sum(head, totals[0], parts, column))]
        wrong = [made for made in sums if not fits(*made[1:])]
        if wrong and (len(wrong) < len(sums) or len(sums) == 1):
            for name, cells, total in wrong:
                if abs(added(cells) - number_of(total)) <= OFF * abs(number_of(total)):
                    message = f"The column «{name}» adds up to {added(cells)}, not to «{total.text}»."
                    yield finding(material, message, cells, total)


def rows_add_up(material: Material) -> Iterator[Finding]:
    """The other rows show which cells make a row's total."""
    for head, rows in tables(material.text):
        columns = [place for place, cell in enumerate(head) if TOTAL.fullmatch(cell.text)]
        if len(columns) != 1:
            continue
        sums = [made for row in rows if (made := row_sum(head, row, columns[0]))]
        wrong = [made for made in sums if not fits(*made[1:])]
        if wrong and len(sums) - len(wrong) >= max(LEAST - 1, 2 * len(wrong)):
            for name, cells, total in wrong:
                message = f"The row «{name}» adds up to {added(cells)}, not to «{total.text}»."
                yield finding(material, message, cells, total)


def column_sum(head: Row, total: Row, parts: list[Row], column: int) -> tuple[str, list[Cell], Cell] | None:
    cells = [row[column] for row in parts]
    numbers = [cell for cell in cells if cell.number is not None]
    if NO_SUM.search(head[column].text) or total[column].number is None or len(numbers) < LEAST - 1:
        return None
    return (head[column].text, numbers, total[column]) if all(c.is_empty or c in numbers for c in cells) else None


def row_sum(head: Row, row: Row, column: int) -> tuple[str, list[Cell], Cell] | None:
    cells = [
        cell for name, cell in zip(head[column + 1 :], row[column + 1 :], strict=True) if not NO_SUM.search(name.text)
    ]
    numbers = [cell for cell in cells if cell.number is not None]
    if row[column].number is None or len(numbers) < LEAST - 1 or len(numbers) < len(cells):
        return None
    return next((cell.text for cell in row if cell.number is None and cell.text), ""), numbers, row[column]


def added(cells: list[Cell]) -> Decimal:
    return sum((number_of(cell) for cell in cells), Decimal(0))


def number_of(cell: Cell) -> Decimal:
    return cell.number or Decimal(0)


def fits(cells: list[Cell], total: Cell) -> bool:
    """Each decimal may be off by half its last digit; whole numbers are exact."""
    places = [int(number_of(cell).as_tuple().exponent) for cell in (*cells, total)]
    slack = sum((Decimal(10) ** place / 2 for place in places if place < 0), Decimal(0))
    return abs(added(cells) - number_of(total)) <= slack


def finding(material: Material, message: str, cells: list[Cell], total: Cell) -> Finding:
    return Finding(
        code="sum-mismatch",
        severity="warning",
        message=message,
        spans=tuple(material.span(cell.start, cell.start + len(cell.text)) for cell in (total, *cells)),
    )


def tables(text: str) -> Iterator[tuple[Row, list[Row]]]:
    """Give each run of rows of one width as its head and its body."""
    for width, group in groupby(rows_of(text), key=len):
        head, *body = [row for row in group if not all(cell.is_empty for cell in row)] or [()]
        if width > 1 and len(body) > 1 and sum(cell.number is not None for cell in head) < 2:
            yield head, body


def rows_of(text: str) -> Iterator[Row]:
    """Give the lines as rows of cells; a line that is no row of a table is an empty one."""
    start = 0
    for line in text.split("\n"):
        yield tuple(cells_of(line, start)) if is_row(line) else ()
        start += len(line) + 1


def cells_of(line: str, start: int) -> Iterator[Cell]:
    sign = "|" if line.count("|") > 1 else "\t"
    inner = line.strip(" ").removesuffix(sign) if sign == "|" else line
    place = start + line.index(inner) if inner else start
    for cell in inner.split(sign):
        yield Cell(cell.strip(), place + len(cell) - len(cell.lstrip()))
        place += len(cell) + 1
