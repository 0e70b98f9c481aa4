"""Tables that lost their rows: one cell a line, as pages leave them when their text is copied."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extractor.analysis import Analysis, label
from extractor.engines.offline.names import Reading, measure_of, tidy
from extractor.engines.offline.tables import GROWTH_HEAD, NAME_HEAD, TARGET_HEAD, UNIT_IN_NAME, Table
from extractor.outline import Sentence
from extractor.values import value
from schemas.draft import MetricDraft

NUMBER = re.compile(r"[-−—▲]?\d[\d,.]*%?|持平|[-—]+")
BAR = re.compile(r"[|\s]*")
GROWTH = re.compile(r"增长|增速|增幅|±")
ANNOUNCED = re.compile(r"单位:\s*([^\s,;。:()|]{1,8})")
LONGEST_CELL = 24
LEAST_ROWS = 3


@value
class Line:
    """A line that is a cell, and the numbers of its hits."""

    text: str
    hits: tuple[int, ...]

    @property
    def is_number(self) -> bool:
        return bool(NUMBER.fullmatch(self.text))


def stacked(analysis: Analysis, sentences: Sequence[Sentence], hits: dict[int, list[int]]) -> Iterator[Table]:
    for run in runs(analysis, sentences, hits):
        table = read(analysis, run)
        if table:
            yield table


def runs(analysis: Analysis, sentences: Sequence[Sentence], hits: dict[int, list[int]]) -> Iterator[list[Line]]:
    """Runs of short lines without a full stop; lines that are only a bar stand between cells."""
    run: list[Line] = []
    for _, line in groupby(sentences, key=lambda sentence: (sentence.segment, sentence.line)):
        own = list(line)
        text = analysis.view.text[own[0].start : own[-1].end].strip(" |\n").replace(" ", "")
        if len(own) == 1 and len(text) <= LONGEST_CELL and not text.endswith(("。", ";", ",")):
            if not BAR.fullmatch(text):
                run.append(Line(text, tuple(hits.get(own[0].number, ()))))
            continue
        yield run
        run = []
    yield run


def read(analysis: Analysis, run: Sequence[Line]) -> Table | None:
    """A name before each group of numbers, all groups of one size, under a head of that size: «指标», «绝对值», «增长(%)»."""
    names = [at for at, (one, other) in enumerate(pairwise(run)) if not one.is_number and other.is_number]
    if len(names) < LEAST_ROWS:
        return None
    width = names[1] - names[0]
    first = names[0] - width
    regular = all(later - earlier == width for earlier, later in pairwise(names))
    if width < 2 or first < 0 or not regular or not NAME_HEAD.search(run[first].text):
        return None
    head, caption = run[first : names[0]], run[:first]
    announced = next((match.group(1) for cell in caption if (match := ANNOUNCED.search(cell.text))), "")
    period = period_of(analysis, caption)
    found = [
        (index, metric)
        for at in names
        for title, cell in zip(head[1:], run[at + 1 : at + width], strict=False)
        if (index := figure_of(analysis, cell)) is not None
        for metric in [draft(analysis, index, run[at].text, title.text, cell.text, announced, period)]
    ]
    return Table(tuple(metric for _, metric in found), tuple(index for index, _ in found), ())


def figure_of(analysis: Analysis, cell: Line) -> int | None:
    own = (index for index in cell.hits if analysis.hits[index].role is None and analysis.hits[index].value is not None)
    return next(own, None) if cell.is_number else None


def period_of(analysis: Analysis, caption: Sequence[Line]) -> str | None:
    """The last time that stands above the head."""
    for line in reversed(caption):
        for index in reversed(line.hits):
            interval = analysis.interval(index)
            if interval and interval.start and interval.end:
                return f"{interval.start}/{interval.end}"
    return None


def draft(
    analysis: Analysis, index: int, name: str, title: str, cell: str, announced: str, period: str | None
) -> MetricDraft:
    hit = analysis.hits[index]
    growth = bool(GROWTH.search(title) or GROWTH_HEAD.search(title))
    said = UNIT_IN_NAME.search(name) or UNIT_IN_NAME.search(title)
    unit = hit.unit or ("%" if growth else said.group(1) if said else announced)
    words = tidy(UNIT_IN_NAME.sub("", name), ())
    return MetricDraft(
        figure=label(index, hit),
        name=words,
        value=hit.value or 0,
        value_max=hit.value_max,
        unit=unit,
        comparator=hit.comparator,
        measure="growth" if growth else measure_of(hit.kind, unit, words, Reading("")),
        direction="down" if cell.startswith(("-", "−", "▲")) else None,
        status="target" if TARGET_HEAD.search(title) else "actual",
        period=period,
    )
