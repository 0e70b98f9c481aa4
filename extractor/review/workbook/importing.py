"""A spreadsheet that came back, held against the store: what was typed into it becomes decisions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import Unknown
from extractor.review.desk import Desk
from extractor.review.sheet import Sheet
from extractor.review.workbook.judging import Decided, Saved, Told, is_untouched, judged, placed
from extractor.review.workbook.reading import Refused, Row, read_rows


@dataclass(slots=True)
class Imported:
    """How many rows were read, and what came of them. A row that is refused can be wrong in several cells."""

    rows: int = 0
    saved: int = 0
    before: int = 0
    refused: int = 0


def imported(
    desk: Desk, file: Path, reviewer: str, counted: Imported, *, dry_run: bool = False
) -> Iterator[Told | Refused]:
    """Every change and every bad cell. Nothing of a row with a bad cell is saved; with `dry_run` nothing at all.

    All rows of a document are held against it before one of them is saved: a goal that goes changes its metrics.
    """
    touched: dict[str, list[Row]] = {}
    yield from collected(file, touched, counted)
    for document, rows in touched.items():
        try:
            sheet = desk.open(document)
        except Unknown:
            counted.refused += len(rows)
            yield from (Refused(row.at("document"), "the store has no such document") for row in rows)
            continue
        decided: list[Decided] = []
        for verdict in verdicts(rows, sheet, reviewer):
            if isinstance(verdict, Decided):
                decided.append(verdict)
            elif isinstance(verdict, Saved):
                counted.before += 1
            else:
                counted.refused += 1
                yield from verdict
        yield from saved(desk, decided, counted, dry_run=dry_run)


def collected(file: Path, touched: dict[str, list[Row]], counted: Imported) -> Iterator[Refused]:
    """Keep the rows that something was typed into, by document; the others are not held, and the store is not asked."""
    for row in read_rows(file):
        if isinstance(row, Refused):
            counted.refused += 1
            yield row
            continue
        counted.rows += 1
        if problems := placed(row):
            counted.refused += 1
            yield from problems
        elif not is_untouched(row):
            touched.setdefault(row.text("document"), []).append(row)


def verdicts(rows: Sequence[Row], sheet: Sheet, reviewer: str) -> Iterator[Decided | Saved | Sequence[Refused]]:
    first: dict[str, Row] = {}
    for row in rows:
        other = first.setdefault(row.text("record"), row)
        if other is row:
            yield judged(row, sheet, reviewer)
        else:
            yield [Refused(row.at("record"), f"the record was changed above, at {other.at('record')}")]


def saved(desk: Desk, decided: Sequence[Decided], counted: Imported, *, dry_run: bool) -> Iterator[Told | Refused]:
    stale = [None] * len(decided) if dry_run else desk.save_all([row.decisions for row in decided])
    for verdict, error in zip(decided, stale, strict=True):
        if error is None:
            counted.saved += 1
            yield from verdict.told
        else:
            counted.refused += 1
            yield Refused(verdict.row.at("record"), str(error))
