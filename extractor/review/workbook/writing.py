"""Rows to a file, one by one: nothing of a row is held once it is written."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import Cell, WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from extractor.review.workbook import legend
from extractor.review.workbook.cells import Shown, is_active
from extractor.review.workbook.columns import TABS, Column, columns

MOST_ROWS = 1_048_576
HEAD = 2  # rows of names: one for the machine, one for the reader
TEXT = "@"  # what is typed stays as it is typed: no date is made of 1-2, no formula of =

TINTED = PatternFill("solid", fgColor="FFF6DD")
HEADED = PatternFill("solid", fgColor="DCE6F1")
GREY = Font(color="999999")
WRAPPED = Alignment(wrap_text=True, vertical="top")


class Book:
    """A tab that is full goes on in another."""

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._workbook = Workbook(write_only=True)
        self._tabs = {kind: [Tab(self._workbook, kind, TABS[kind])] for kind in TABS}

    def add(self, kind: str, cells: Sequence[Shown]) -> None:
        tabs = self._tabs[kind]
        if tabs[-1].rows >= self._most_rows:
            tabs.append(Tab(self._workbook, kind, f"{TABS[kind]} {len(tabs) + 1}"))
        tabs[-1].add(cells)

    def save(self, file: Path) -> None:
        """Whole or not at all."""
        for tabs in self._tabs.values():
            for tab in tabs:
                tab.close()
        self._explain()
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        try:
            self._workbook.save(part)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)

    def _explain(self) -> None:
        sheet = self._workbook.create_sheet(legend.TITLE)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
        for number, line in enumerate(legend.lines()):
            sheet.append([explained(sheet, text, head=number == 0) for text in line])


class Tab:
    """One sheet of the file. Its cells are made once and filled again for each row."""

    def __init__(self, workbook: Workbook, kind: str, title: str) -> None:
        self._sheet = workbook.create_sheet(title)
        self._columns = columns(kind)
        self._sheet.freeze_panes = f"A{HEAD + 1}"
        for letter, column in lettered(self._columns):
            self._sheet.column_dimensions[letter].width = column.width
            self._sheet.column_dimensions[letter].hidden = column.hidden
            style(
                self._sheet.column_dimensions[letter], column
            )  # a blank cell is not written: it looks like its column
        self._plain = [styled(self._sheet, column) for column in self._columns]
        self._quoted = [styled(self._sheet, column, quoted=True) for column in self._columns]
        self._sheet.append([headed(self._sheet, column.name, GREY) for column in self._columns])
        self._sheet.append([headed(self._sheet, column.label, Font(bold=True)) for column in self._columns])
        self.rows = HEAD

    def add(self, cells: Sequence[Shown]) -> None:
        self._sheet.append([self._filled(number, value) for number, value in enumerate(cells)])
        self.rows += 1

    def _filled(self, number: int, value: Shown) -> Cell | None:
        if value is None:
            return None
        if not isinstance(value, str):
            self._plain[number].value = value
            return self._plain[number]
        cell = (self._quoted if is_active(value) else self._plain)[number]
        cell.value = value
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        return cell

    def close(self) -> None:
        """What needs the number of rows: drop-downs and the filter."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A{HEAD}:{last}{max(self.rows, HEAD + 1)}"
        for letter, column in lettered(self._columns):
            if column.choices and self.rows > HEAD:
                self._sheet.data_validations.append(drop_down(column, f"{letter}{HEAD + 1}:{letter}{self.rows}"))


def lettered(of: Sequence[Column]) -> Sequence[tuple[str, Column]]:
    return [(get_column_letter(number), column) for number, column in enumerate(of, start=1)]


def styled(sheet: object, column: Column, *, quoted: bool = False) -> Cell:
    """`quoted` is the mark of a cell that a person began with an apostrophe: text, whatever it looks like."""
    cell = WriteOnlyCell(sheet)
    style(cell, column)
    cell.quotePrefix = quoted
    return cell


def style(cell: Any, column: Column) -> None:
    """Of a cell, or of all blank ones of a column."""
    cell.alignment = WRAPPED
    if column.part == "typed":
        cell.fill = TINTED
    if column.part == "technical":
        cell.font = GREY
    if column.part != "shown" and (column.field is None or column.field.shape != "number"):
        cell.number_format = TEXT  # not where text is long: older spreadsheets show ### for it


def headed(sheet: object, text: str, font: Font) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = font, HEADED
    return cell


def explained(sheet: object, text: str | None, *, head: bool) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    if text:
        cell.data_type = "s"  # the choice = is no formula either
    cell.alignment, cell.number_format = WRAPPED, TEXT
    if head:
        cell.font = Font(bold=True)
    return cell


def drop_down(column: Column, cells: str) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=legend.choices_of(column),
        sqref=cells,
        allow_blank=not column.required,
        showErrorMessage=True,
        errorTitle=column.name,
        error="choose from the list",
    )
