"""Expressions as real documents and their converters write them, each read by a person who had not seen the recogniser.

A line of `data/expressions.jsonl` gives a text, every figure in it that measures something, in base units, and, where it
is about times, the days that they name. What is still read wrongly is named in `OPEN`, and must be taken out once it is not.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.recognise import Hit, find_figures

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/expressions.jsonl").read_text("utf8").split("\n")
    if line
]
OPEN = {
    "注:金额单位为千元。其中工资 4,260": "a caption inside prose speaks for no figure of its line",
    "(以百萬港元計)總收入 5,236": "a unit that is a number of a unit is not read from a bracket",
    "INSERT INTO xm VALUES(17,'甲桥','3500万元');": "a number of a row in a dump is open, as any bare number",
    "应在2024年6月㏽前完成备案": "a character that stands for three is not folded",
    "确保中秋节前兑付到位": "the day of a holiday that moves with the moon is not known",
    "2025年春节前清零欠薪案件": "the day of a holiday that moves with the moon is not known",
    "2 万 余 人参与植树": "blanks behind five characters only are taken for blanks",
    "夜间气温-5～8℃": "a temperature of the air is weather, not a figure of the document",
    "| 投资(亿元) |\n| --- |\n| 120.6 |": "heads of columns are the tables' own matter",
    "年份 投资(亿元)\n2023 15.6": "heads of columns are the tables' own matter",
}


def readings(hit: Hit) -> tuple[str, Decimal | None, Decimal | None, str, str]:
    base = hit.base
    if base is None or base.value is None:
        return hit.text, hit.value, hit.value_max, hit.unit, hit.comparator
    return hit.text, base.value, base.value_max, base.unit, hit.comparator


def told(figure: dict[str, Any]) -> Iterator[tuple[str, Decimal | None, Decimal | None, str, str]]:
    """Every spelling of the figure that is right: with or without a sign, with or without the rest of a mark."""
    low, high = (None if figure.get(end) is None else Decimal(str(figure[end])) for end in ("value", "value_max"))
    for quote in (figure["quote"], *listed(figure.get("quote_alt"))):
        for unit in (figure["unit"], *listed(figure.get("unit_alt"))):
            yield quote, low, high, unit, figure["comparator"]


def listed(words: str | list[str] | None) -> list[str]:
    return [words] if isinstance(words, str) else words or []


def params() -> Iterator[Any]:
    for row in ROWS:
        reason = OPEN.get(row["text"])
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(row, marks=marks, id=f"{row['kind']}: {row['text']}")


@pytest.mark.parametrize("row", [*params()])
def test_an_expression_means_what_its_reader_says(row: dict[str, Any]) -> None:
    hits = find_figures(row["text"], reference=date.fromisoformat(row["reference"]))
    found = [readings(hit) for hit in hits if hit.role is None and hit.value is not None]

    for figure in row["figures"]:
        right = [reading for reading in told(figure) if reading in found]
        assert right, (figure, found)
        found.remove(right[0])
    assert found == []
    for time in row.get("times", ()):
        periods = [hit.period for hit in hits if hit.time and time["quote"] in hit.text]
        assert any(period and period.end == time["end"] for period in periods) or time["end"] is None
        if time["end"] is None:
            assert all(period and (period.start, period.end) == (None, None) for period in periods)
