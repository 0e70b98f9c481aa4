"""Indicator tables in plain text: cells parted by tabs, bars or wide blanks under a head with years and units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.analysis import Analysis, label
from extractor.engines.offline.cells import Cell, Row
from extractor.engines.offline.names import Reading, measure_of, tidy
from extractor.engines.offline.project import in_a_table
from extractor.engines.offline.project_table import is_project_table
from extractor.engines.offline.roles import Told
from extractor.outline import Part
from schemas.draft import MetricDraft
from schemas.vocabulary import Binding, Comparator, Status

YEAR = re.compile(r"((?:19|20)\d\d)")
UNIT_IN_NAME = re.compile(
    r"\(([^()]*(?:元|%|‰|人|户|个|家|件|项|亩|吨|平方|公里|千瓦|立方|年|岁|天|张|所|名|辆|台|套)[^()]*)\)$"
)
INDEX = re.compile(r"^(?:\d{1,3}|\(\d{1,3}\)|[一二三四五六七八九十]{1,3})[.、]?$")
NAME_HEAD = re.compile(r"指标|名称|项目|内容")
YEARS_HEAD = re.compile(r"年份|年度|时间")
RANKED = re.compile(r"排名|位次|名次")
UNIT_HEAD = re.compile(r"(?:计量|数据)?单位(?:名称)?")
GROWTH_HEAD = re.compile(r"(?:增长|增速|增幅|变化)[^%]{0,6}\(%\)|(?:增长率?|增速|增幅)%?$")
TARGET_HEAD = re.compile(r"目标|规划|预期|计划")
ACTUAL_HEAD = re.compile(r"实际|完成|现状|基期|基数|预计")
SIGNS: dict[str, Comparator] = {"≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", ">": ">", "<": "<", "〉": ">", "〈": "<"}


@dataclass(frozen=True, slots=True)
class Column:
    """What the head says of a column of values. `time` is the hit number of its year; `growth` the name's ending."""

    status: Status
    period: str | None
    time: int | None
    growth: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The metrics of a table, and all hits of its rows that belong to no metric."""

    metrics: tuple[MetricDraft, ...]
    hits: tuple[int, ...]
    idle: tuple[tuple[int, Told], ...]


def read_table(analysis: Analysis, rows: Sequence[Row], part: Part) -> Table | None:
    """A table of indicators has at least three rows, the first of which names columns by year or unit, or its rows by year."""
    head = rows[0].cells
    if len(rows) < 3 or is_project_table(head):
        return None
    if YEARS_HEAD.fullmatch(head[0].text):
        found = [each for row in rows[1:] for each in read_year(analysis, head, row, part)]
    elif any(YEAR.search(cell.text) or UNIT_HEAD.fullmatch(cell.text) for cell in head):
        columns = columns_of(analysis, head, rows[0].hits, part)
        if not columns:
            return None
        found = [each for row in rows[1:] for each in read_row(analysis, head, row.cells, row.hits, columns)]
    else:
        return None
    used = {index for index, _ in found}
    return Table(
        tuple(metric for _, metric in found),
        tuple(sorted(used)),
        tuple(
            (index, in_a_table(analysis, row, index))
            for row in rows
            for index in row.hits
            if analysis.hits[index].role is None and index not in used
        ),
    )


def read_year(analysis: Analysis, head: Sequence[Cell], row: Row, part: Part) -> Iterator[tuple[int, MetricDraft]]:
    """«年份 | 固定资产投资(亿元) | …» over «2025年 | 62 | …»: the row sets the time, the columns the names."""
    match = YEAR.search(row.cells[0].text)
    if match is None or len(row.cells) != len(head):
        return
    year = int(match.group())
    published = int(part.published[:4]) if part.published else None
    time = next((index for index in row.hits if analysis.hits[index].time), None)
    column = Column(status_of(row.cells[0].text, year, published), f"{year}-01-01/{year}-12-31", time)
    for title, cell in zip(head[1:], row.cells[1:], strict=True):
        index = value_in(analysis, row.hits, cell)
        if index is not None:
            said = UNIT_IN_NAME.search(title.text)
            name = title.text[: said.start()] if said else title.text
            yield index, draft(analysis, index, name, said.group(1) if said else "", cell, column, None)


def value_in(analysis: Analysis, indexes: Sequence[int], cell: Cell) -> int | None:
    """The open figure of a cell."""
    return next(
        (
            index
            for index in indexes
            if cell.start <= analysis.hits[index].clean_start < cell.end
            and analysis.hits[index].value is not None
            and analysis.hits[index].role is None
        ),
        None,
    )


def columns_of(analysis: Analysis, head: Sequence[Cell], hits: Sequence[int], part: Part) -> dict[int, Column]:
    years = [int(match.group()) for cell in head if (match := YEAR.search(cell.text)) and "年均" not in cell.text]
    published = int(part.published[:4]) if part.published else (years[0] + 1 if years else None)
    columns: dict[int, Column] = {}
    for place, cell in enumerate(head):
        time = next(
            (
                index
                for index in hits
                if cell.start <= analysis.hits[index].clean_start < cell.end and analysis.hits[index].time
            ),
            None,
        )
        if "年均" in cell.text:
            period = f"{min(years) + 1}-01-01/{max(years)}-12-31" if years else None
            columns[place] = Column("target", period, time, growth="年均增速")
        elif match := YEAR.search(cell.text):
            year = int(match.group())
            columns[place] = Column(status_of(cell.text, year, published), f"{year}-01-01/{year}-12-31", time)
        elif columns and GROWTH_HEAD.search(cell.text):
            # «增长(%)» beside the years is that of the last year before it
            columns[place] = replace(columns[max(columns)], growth="")
    return columns


def status_of(head: str, year: int, published: int | None) -> Status:
    if TARGET_HEAD.search(head):
        return "target"
    if ACTUAL_HEAD.search(head) or (published is not None and year < published):
        return "expected" if "预计" in head else "actual"
    return "target"


def read_row(
    analysis: Analysis, head: Sequence[Cell], row: Sequence[Cell], indexes: Sequence[int], columns: dict[int, Column]
) -> Iterator[tuple[int, MetricDraft]]:
    """Give a metric for each value under a year. A row may lack cells in front: a class that spans several rows."""
    shift = len(row) - len(head)
    name = row_name(head, row, min(columns) + shift)
    if not name:
        return
    unit = next(
        (
            row[place + shift].text
            for place, cell in enumerate(head)
            if UNIT_HEAD.fullmatch(cell.text) and 0 <= place + shift < len(row)
        ),
        "",
    )
    if match := UNIT_IN_NAME.search(name):
        name, unit = name[: match.start()], unit or match.group(1)
    binding = binding_of(" ".join(cell.text for cell in row))
    for place, column in columns.items():
        if not 0 <= place + shift < len(row):
            continue
        cell = row[place + shift]
        index = value_in(analysis, indexes, cell)
        if index is not None:
            yield index, draft(analysis, index, name, unit, cell, column, binding)


def row_name(head: Sequence[Cell], row: Sequence[Cell], values: int) -> str:
    """The cell under «指标», else the last words before the values."""
    texts = [cell.text for cell in row[: max(values, 0)] if cell.text and not INDEX.match(cell.text)]
    named = [place for place, cell in enumerate(head) if NAME_HEAD.search(cell.text)]
    if named and len(row) == len(head) and row[named[-1]].text:
        return row[named[-1]].text
    units = any(UNIT_HEAD.fullmatch(cell.text) for cell in head)
    return texts[-2] if units and len(texts) >= 2 else texts[-1] if texts else ""


def binding_of(row: str) -> Binding | None:
    return "binding" if "约束性" in row else "anticipated" if "预期性" in row else None


def draft(
    analysis: Analysis, index: int, name: str, unit: str, cell: Cell, column: Column, binding: Binding | None
) -> MetricDraft:
    hit = analysis.hits[index]
    reading = Reading(tidy(name, ()))
    said = hit.unit or ("%" if column.growth is not None else unit)
    words = reading.rest or name
    if column.growth is not None and hit.unit not in ("", "%"):
        # a cell of a growth column that has its own words: «净增14家», «提高0.15个百分点»
        reading = Reading(cell.text[: max(0, hit.clean_outer_start - cell.start)])
    growth = column.growth is not None and said == "%"
    measure = "growth" if growth else measure_of(hit.kind, said, words, reading)
    if said in ("位", "名") and RANKED.search(words):
        measure = "rank"
    words += (column.growth or "") if growth else ""
    comparator = next((SIGNS[sign] for sign in SIGNS if cell.text.startswith(sign)), hit.comparator)
    return MetricDraft(
        figure=label(index, hit),
        name=words,
        value=hit.value or 0,
        value_max=hit.value_max,
        unit=said,
        comparator=comparator,
        measure=measure,
        direction="down" if reading.down or cell.text.startswith(("-", "−")) else None,
        status=column.status,
        period=column.period,
        binding=binding,
        deadline=label(column.time, analysis.hits[column.time])
        if column.time is not None and column.status == "target"
        else None,
    )
