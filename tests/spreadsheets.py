"""A spreadsheet in the hands of a reviewer, and the commands that write it and take it back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.reading import Source, read_sources
from extractor.review.desk import Desk
from extractor.review.sheet import Sheet
from extractor.store import open_store
from schemas.metric import Metric

TEXT = """临江高新区2024年工作要点
发布时间:2024-01-15
2024年,高新区力争实现工业总产值120亿元以上,增长8%。新引进亿元以上项目12个,新增高新技术企业15家。
推进明远智能装备产业园项目建设,总投资5亿元,年产200万吨,10月底前竣工。
去年完成固定资产投资34亿元。对认定企业给予最高20万元奖励。
"""
HEAD = 2


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def only_source(file: Path) -> Source:
    [found] = read_sources([str(file)])
    assert isinstance(found, Source)
    return found


@contextmanager
def desk_of(store: Path) -> Iterator[Desk]:
    with open_store(str(store), create=False) as opened:
        yield Desk(opened)


def metric(sheet: Sheet, quote: str) -> tuple[str, Metric]:
    return next((k, r) for k, r in sheet.records.items() if isinstance(r, Metric) and r.figure.quote == quote)


class Typed:
    """An exported file in the hands of a reviewer."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.workbook = load_workbook(file)

    def names(self, tab: str) -> Mapping[str, int]:
        return {cell.value: cell.column for cell in self.workbook[tab][1] if cell.value}

    def rows(self, tab: str) -> Sequence[Mapping[str, Any]]:
        names = self.names(tab)
        lines = self.workbook[tab].iter_rows(min_row=HEAD + 1)
        return [{name: line[number - 1].value for name, number in names.items()} for line in lines]

    def cell(self, tab: str, key: str, name: str) -> Any:
        names = self.names(tab)
        sheet = self.workbook[tab]
        number = next(n for n in range(HEAD + 1, sheet.max_row + 1) if sheet.cell(n, names["record"]).value == key)
        return sheet.cell(number, names[name])

    def type(self, tab: str, key: str, **values: Any) -> str:
        """Fill cells of a row; the address of the last one. `period_end` is `period.end`."""
        address = ""
        for name, value in values.items():
            cell = self.cell(tab, key, name.replace("period_", "period."))
            cell.value = value
            address = f"{tab}!{cell.coordinate}"
        return address

    def save(self) -> Path:
        self.workbook.save(self.file)
        return self.file
