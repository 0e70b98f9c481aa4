"""The tab that explains the others, and that their drop-downs take their choices from."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from extractor.review.workbook.columns import TABS, Column, columns

TITLE = "legend"
TEXT = (
    ("tabs", "goals, metrics, projects, deadlines: one row a record; figures: figures that nothing explains yet, to be given a role; findings: what was found of the text itself"),
    ("tinted cells", "may be changed; each change is checked when the file is imported: 着色的单元格可以修改"),
    ("decision", "accept: the record is right as the row says it (with the changes in the row); reject: it is none; blank: no decision"),
    ("reason", "why, in your words; kept with the decision: 理由"),
    ("figure", "its role: qualifier 限定 · context 背景 · slogan 口号 · identifier 编号 · ordinal 序数 · time 时间 · repeat 重复出现 · boilerplate 页面杂项 · unexplained 未说明"),
    ("references", "goal, deadline, applies_to, investments: the key of a record (column B of its tab) or of a figure; «…» behind it is only to be read. capacity: key | what it counts, one a line; milestones: text | key of a deadline"),
    ("dates", "YYYY-MM-DD; a spreadsheet's own dates are taken too"),
    ("rows", "may be sorted, filtered and deleted; a row that was deleted is left as it is in the store"),
    ("columns", "may be moved; one that was deleted is not changed. The first row names them: leave it as it is"),
    ("new records", "are added on the review page, where their text is selected: a row without document and record is refused"),
    ("import", "policy-targets review import FILE.xlsx --dry-run shows what would change"),
)  # fmt: skip
BEGIN = 4  # choices stand from column D on


@cache
def lists() -> Sequence[tuple[str, tuple[str, ...]]]:
    """Each drop-down's choices, once, under the name of the column that has them first."""
    found: dict[tuple[str, ...], str] = {}
    for kind in TABS:
        for column in columns(kind):
            if column.choices:
                found.setdefault(column.choices, column.name)
    return [(name, choices) for choices, name in found.items()]


def choices_of(column: Column) -> str:
    """Where the choices of a column stand, as a drop-down names it."""
    number = next(number for number, (_, choices) in enumerate(lists()) if choices == column.choices)
    letter = get_column_letter(BEGIN + number)
    return f"{TITLE}!${letter}$2:${letter}${1 + len(column.choices)}"


def lines() -> Iterator[Sequence[str | None]]:
    """The rows of the tab."""
    text = (("legend", "说明"), *TEXT)
    columns_of_choices = ((name, *choices) for name, choices in lists())
    for words, choices in zip_longest(text, zip_longest(*columns_of_choices), fillvalue=()):
        told = (*words, *(None,) * (BEGIN - 1 - len(words)))
        yield (*told, *choices)
