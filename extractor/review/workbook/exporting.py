"""The spreadsheet of a store, or of some of its documents."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from extractor.review.desk import Desk
from extractor.review.workbook.columns import TABS
from extractor.review.workbook.rows import rows
from extractor.review.workbook.writing import Book


def export(
    desk: Desk, documents: Iterable[str], file: Path, told: Callable[[int], None] = lambda _: None
) -> Mapping[str, int]:
    """Write `file`, one document after the other; the number of rows by tab."""
    book, counted = Book(), Counter[str]()
    for number, document in enumerate(documents, start=1):
        for kind, cells in rows(desk.leaf(document)):
            book.add(kind, cells)
            counted[TABS[kind]] += 1
        told(number)
    book.save(file)
    return counted
