"""Single expressions, one a line in `data/`, their readings written from what they mean, not printed by the recogniser."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.recognise import Hit, find_figures

DATA = Path(__file__).parent / "data"


def rows(name: str, width: int) -> list[list[str]]:
    lines = (DATA / name).read_text("utf8").splitlines()
    rows = ([cell.strip() for cell in line.split("|")] for line in lines if not line.startswith("#"))
    return [(row + [""] * width)[:width] for row in rows]


def marked(expression: str) -> tuple[str, str, str]:
    """Give the text, the core and the outer span of «{不超过[1.2%]}»."""
    outer = re.sub(r"[\[\]]", "", re.search(r"\{(.*)\}", expression)[1] if "{" in expression else "")
    core = re.sub(r"[{}]", "", re.search(r"\[(.*)\]", expression)[1])
    return re.sub(r"[{}\[\]]", "", expression), core, outer or core


def outer_of(hit: Hit, text: str) -> str:
    return text[hit.outer_start : hit.outer_end]


FIGURES = rows("figures.txt", 5)
TIMES = rows("times.txt", 5)
NOT_FIGURES = [row[0] for row in rows("not_figures.txt", 1)]


@pytest.mark.parametrize(
    ("expression", "value", "unit", "comparator", "kind"), FIGURES, ids=[row[0] for row in FIGURES]
)
def test_a_figure_means_what_its_words_say(expression: str, value: str, unit: str, comparator: str, kind: str) -> None:
    text, core, outer = marked(expression)
    low, _, high = value.partition("..")

    [hit] = [hit for hit in find_figures(text) if hit.role is None]

    assert (hit.text, outer_of(hit, text)) == (core, outer)
    assert (hit.value, hit.value_max) == (Decimal(low), Decimal(high) if high else None)
    assert (hit.unit, hit.comparator, hit.kind) == (unit, comparator, kind)


@pytest.mark.parametrize(
    ("expression", "relation", "interval", "precision", "impossible"), TIMES, ids=[row[0] for row in TIMES]
)
def test_a_time_names_the_days_that_its_words_say(
    expression: str, relation: str, interval: str, precision: str, impossible: str
) -> None:
    text, core, outer = marked(expression)
    start, _, end = interval.partition("..")

    [hit] = [hit for hit in find_figures(text, reference=2024) if hit.time]

    assert hit.time
    assert hit.period
    assert (hit.text, outer_of(hit, text)) == (core, outer)
    assert (hit.period.start, hit.period.end) == (start or None, end or None)
    assert (hit.time.relation, hit.period.precision) == (relation, precision)
    assert hit.period.impossible == bool(impossible)


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_what_measures_nothing_is_left_to_nobody(text: str) -> None:
    assert [hit.text for hit in find_figures(text) if hit.role is None] == []
