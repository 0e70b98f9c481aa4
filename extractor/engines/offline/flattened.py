"""Tables of a plan that lost their lines: «出口额(亿美元) 142.7 318 预期性 森林覆盖率(%) 47.3 52 约束性 …» in running text."""

import re
from collections.abc import Iterator, Sequence

from extractor.analysis import Analysis
from extractor.engines.offline.cells import Cell
from extractor.engines.offline.tables import YEAR, Column, Table, binding_of, draft, status_of
from extractor.outline import Sentence
from schemas.draft import MetricDraft

VALUE = r"(?:[≥≤<>≧≦〉〈]?\s*[\[〔]?\d[\d,.]*%?(?:左右|以上|以下)?[\]〕]?|[—―-]+)"
ROW = re.compile(
    rf"(?P<name>[一-鿿A-Za-z]{{3,30}})\((?P<unit>[^()]{{1,8}})\)\s*(?P<values>{VALUE}(?:\s+{VALUE}){{1,4}})\s*(?P<kind>预期性|约束性)"
)
CELL = re.compile(VALUE)
SUMMED = ("[", "〔")  # a sum over the years of the plan
HEAD = 120  # characters before the first row in which the years stand
LEAST_ROWS = 3


def flattened(analysis: Analysis, sentences: Sequence[Sentence], indexes: Sequence[int]) -> Iterator[Table]:
    """The rows of one table close with what sort of target they are; their years stand before the first of them."""
    text = analysis.view.text
    start, end = sentences[0].start, sentences[-1].end
    rows = list(ROW.finditer(text, start, end))
    # a line of cells is read as a line: here rows follow each other with no break of their own
    rows = [row for row in rows if "|" not in row.group() and "\t" not in row.group()]
    if len(rows) < LEAST_ROWS:
        return
    sentence = next((each for each in reversed(sentences) if each.start <= rows[0].start()), sentences[0])
    part = analysis.outline.parts[sentence.segment]
    years = ascending([int(year) for year in YEAR.findall(text[max(start, rows[0].start() - HEAD) : rows[0].start()])])
    published = int(part.published[:4]) if part.published else (years[-2] + 1 if len(years) > 1 else None)
    found = [each for row in rows for each in read(analysis, row, years, published, indexes)]
    yield Table(tuple(metric for _, metric in found), tuple(index for index, _ in found), ())


def ascending(years: Sequence[int]) -> list[int]:
    """The last years that follow each other: a year in the table's title is none of its head."""
    run: list[int] = []
    for year in years:
        run = [*run, year] if run and year > run[-1] else [year]
    return run


def read(
    analysis: Analysis, row: re.Match[str], years: Sequence[int], published: int | None, indexes: Sequence[int]
) -> Iterator[tuple[int, MetricDraft]]:
    """A metric for each cell that holds one number; as many years as cells, or nobody knows which is which."""
    cells = list(CELL.finditer(row.string, row.start("values"), row.end("values")))
    if len(years) < len(cells) or any(cell.group().endswith(".") for cell in cells):
        return  # «4.» and «83» on the next line are one number that broke
    own = years[-len(cells) :]
    for year, cell in zip(own, cells, strict=True):
        inside = [index for index in indexes if cell.start() <= analysis.hits[index].clean_start < cell.end()]
        if len(inside) != 1 or analysis.hits[inside[0]].value is None or analysis.hits[inside[0]].role is not None:
            continue
        whole = cell.group().lstrip("≥≤<>≧≦〉〈 ").startswith(SUMMED)
        first = min(own) + 1 if whole else year
        column = Column(status_of("", year, published), f"{first}-01-01/{year}-12-31", None)
        binding = binding_of(row["kind"]) if column.status == "target" else None
        text = Cell(cell.start(), cell.end(), cell.group().replace("\n", ""))
        yield inside[0], draft(analysis, inside[0], row["name"], row["unit"], text, column, binding)
