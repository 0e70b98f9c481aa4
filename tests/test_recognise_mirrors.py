"""Mirrors of damaged real documents, every figure and time of which two readers have listed (`fixtures/figures`)."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.recognise import Hit, find_figures

FIGURES = Path(__file__).parents[1] / "fixtures" / "figures"
MIRRORS = sorted(FIGURES.glob("*.txt"))
WEATHER = "℃"  # the recogniser takes it for context: no figure of a plan or a report is a temperature of the air


def raw_of(mirror: Path) -> str:
    return mirror.read_bytes().decode()


def listed(mirror: Path, what: str) -> list[dict[str, Any]]:
    rows = (json.loads(line) for line in mirror.with_suffix(".jsonl").read_text("utf8").splitlines())
    return [row for row in rows if row["what"] == what and not row.get("doubtful")]


def reading(hit: Hit) -> tuple[Decimal | None, Decimal | None, str, str]:
    base = hit.base
    if base is None or base.value is None:
        return hit.value, hit.value_max, hit.unit, hit.comparator
    return base.value, base.value_max, base.unit, hit.comparator


def told(row: dict[str, Any]) -> tuple[Decimal, Decimal | None, str, str]:
    high = row["value_max"]
    return Decimal(str(row["value"])), None if high is None else Decimal(str(high)), row["unit"], row["comparator"]


@pytest.mark.parametrize("mirror", MIRRORS, ids=lambda mirror: mirror.stem)
def test_every_figure_that_two_readers_list_is_read_as_they_read_it(mirror: Path) -> None:
    raw = raw_of(mirror)
    found = {(hit.start, hit.end): reading(hit) for hit in find_figures(raw) if hit.role is None}
    rows = [row for row in listed(mirror, "figure") if row["unit"] != WEATHER]

    assert rows
    assert [row["quote"] for row in rows if found.get((row["start"], row["end"])) != told(row)] == []


@pytest.mark.parametrize("mirror", MIRRORS, ids=lambda mirror: mirror.stem)
def test_every_time_that_two_readers_list_is_found(mirror: Path) -> None:
    times = [hit for hit in find_figures(raw_of(mirror)) if hit.role == "time"]

    assert [
        row["quote"]
        for row in listed(mirror, "time")
        if not any(hit.start < row["end"] and row["start"] < hit.end for hit in times)
    ] == []
