"""A file to its rows: cells by the name that the first row gives their column, each with its address."""

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from extractor.errors import WorkbookError
from extractor.review.workbook.columns import LABELS, TABS, TECHNICAL, columns
from extractor.review.workbook.guarding import guard

MOST_COLUMNS = 100
OURS = re.compile(rf"({'|'.join(TABS.values())})( \d+)?")
NAMES = {column.name for kind in TABS for column in columns(kind)}
SHOWN = {column.name for kind in TABS for column in columns(kind) if column.part == "shown"}


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` holds what is not blank, `bad` why a cell cannot be read, `letters` the columns that the tab has."""

    tab: str
    number: int
    cells: Mapping[str, Any]
    bad: Mapping[str, str]
    letters: Mapping[str, str]

    def at(self, name: str) -> str:
        """The address of a cell; of one whose column is not there, that of the record."""
        letter = self.letters.get(name) or self.letters.get(name.partition(".")[0]) or self.letters["record"]
        return address(self.tab, letter, self.number)

    def text(self, name: str) -> str:
        value = self.cells.get(name, "")
        return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong with a cell, by its address."""

    address: str
    reason: str


def address(tab: str, letter: str, number: int) -> str:
    return f"'{tab}'!{letter}{number}" if " " in tab else f"{tab}!{letter}{number}"


def read_rows(file: Path) -> Iterator[Row | Refused]:
    """Every row with something in it, of every tab of ours. `WorkbookError` where the file cannot be read."""
    guard(file)
    with translated(file), file.open("rb") as stream:  # openpyxl leaves a file open that it cannot read
        workbook = load_workbook(stream, read_only=True, keep_links=False)
        for sheet in workbook.worksheets:
            if OURS.fullmatch(sheet.title):
                sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
                yield from rows_of(sheet.title, sheet.iter_rows(max_col=MOST_COLUMNS))


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """A damaged file fails in openpyxl in every way that Python has."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it does not know (themes, extensions) does not concern our cells
            yield
    except WorkbookError:
        raise
    except Exception as error:
        raise WorkbookError(f"{file}: not a spreadsheet that can be read ({type(error).__name__}: {error})") from error


def rows_of(tab: str, lines: Iterator[Any]) -> Iterator[Row | Refused]:
    letters = head(next(lines, ()))
    missing = [name for name in TECHNICAL if name not in letters]
    if missing:
        yield Refused(
            address(tab, "A", 1), f"the first row names no column {', '.join(missing)}: nothing of this tab is read"
        )
        return
    places = {name: column_number(letter) for name, letter in letters.items()}
    for number, line in enumerate(lines, start=2):
        found = {name: line[at] for name, at in places.items() if at < len(line) and line[at].value is not None}
        row = Row(tab, number, *contents(found), letters)
        if (row.cells or row.bad) and row.text("document") != LABELS["document"]:
            yield row


def head(line: Any) -> dict[str, str]:
    """The letter of each column that is known; of two with one name the first."""
    found: dict[str, str] = {}
    for number, cell in enumerate(line, start=1):
        name = str(cell.value).strip()
        if name in NAMES:
            found.setdefault(name, get_column_letter(number))
    return found


def column_number(letters: str) -> int:
    """From 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def contents(found: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What is only shown is not read: a formula there harms nobody."""
    cells: dict[str, Any] = {}
    bad: dict[str, str] = {}
    for name, cell in found.items():
        if cell.data_type == "f" and name not in SHOWN:
            bad[name] = "a formula is not read: type its value"
        elif cell.data_type == "e" and name not in SHOWN:
            bad[name] = f"the spreadsheet shows an error here ({cell.value})"
        elif name in SHOWN:
            cells[name] = ""
        elif not isinstance(cell.value, str) or cell.value.strip():
            cells[name] = cell.value
    return cells, bad
