"""The smallest run of whole clauses that carries a statement, and no more of it than a reader can take in."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from extractor.analysis import Analysis
from extractor.outline import Clause
from schemas.base import Quote, quote

WORD = re.compile("[㐀-鿿]{2}")
MOST_CELLS = 12  # bars between them included
LONGEST = 300  # characters of the raw text in one quote
MOST_QUOTES = 20  # of one record


def clause_run(analysis: Analysis, first: int, last: int, figure: tuple[int, int] | None = None) -> Quote:
    """Quote from the start of clause `first` to the end of clause `last`; what is too long, around the `figure` (clean).

    Without a figure it is the beginning that stays.
    """
    clauses, view = analysis.outline.clauses, analysis.view
    start, end = view.raw_span(clauses[first].start, clauses[last].end)
    if end - start > LONGEST:
        inner = view.raw_span(*figure) if figure else (start, start + LONGEST)
        room = max(LONGEST - (inner[1] - inner[0]), 0)
        end = min(end, max(start, inner[0] - room // 2) + inner[1] - inner[0] + room)
        start = max(start, end - (inner[1] - inner[0]) - room)
    return quote(view.raw, start, end)


def clause_runs(analysis: Analysis, numbers: Iterable[int]) -> tuple[Quote, ...]:
    """One quote for each run of consecutive clauses, several for a long one; numbers that do not exist are left out."""
    clauses = analysis.outline.clauses
    known = sorted({number for number in numbers if 0 <= number < len(clauses)})
    runs: list[list[int]] = []
    for number in known:
        if runs and number == runs[-1][1] + 1 and raw_length(analysis, runs[-1][0], number) <= LONGEST:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return tuple(clause_run(analysis, first, last) for first, last in runs[:MOST_QUOTES])


def raw_length(analysis: Analysis, first: int, last: int) -> int:
    clauses = analysis.outline.clauses
    start, end = analysis.view.raw_span(clauses[first].start, clauses[last].end)
    return end - start


def around_figure(analysis: Analysis, start: int, end: int, name: str) -> Quote:
    """The clause of a figure, reaching back inside its sentence until it holds most of the name, or its head.

    A figure outside all clauses (boilerplate) is its own evidence. `start` and `end` are clean offsets.
    """
    clause = analysis.outline.clause_at(start)
    if clause is None or clause.end < end:
        return quote(analysis.view.raw, *analysis.view.raw_span(start, end))
    first = clause.number
    lowest = max(analysis.outline.sentence_of(clause).clauses.start, first - 4)
    name = name.removesuffix("数").replace(" ", "")  # 数 at its end counts for nothing
    share = shared(name, clause_texts(analysis, first, clause.number))
    while first > lowest and share < 0.6:
        first -= 1
        share = shared(name, clause_texts(analysis, first, clause.number))
    if share < 0.6:
        first = clause.number  # the name is no quotation of what stands before: do not drag all of it in
    if is_head(analysis, first - 1, lowest):
        first -= 1
    if not WORD.search(analysis.view.text, clause.start, clause.end):
        first = name_above(analysis, clause)
    while first < clause.number and raw_length(analysis, first, clause.number) > LONGEST:
        first += 1
    return clause_run(analysis, first, clause.number, (start, end))


def name_above(analysis: Analysis, clause: Clause) -> int:
    """Of a cell that stands alone in its line, the line with the name of its row; the cells between have no words."""
    clauses, text = analysis.outline.clauses, analysis.view.text
    for number in range(clause.number - 1, max(clause.number - MOST_CELLS, 0) - 1, -1):
        if WORD.search(text, clauses[number].start, clauses[number].end):
            same = analysis.outline.part_of(clauses[number]) is analysis.outline.part_of(clause)
            return number if same else clause.number
    return clause.number


def around_time(analysis: Analysis, clause: Clause, start: int, end: int) -> tuple[Quote, ...]:
    """The clause of a time; «2024年,» alone takes the clause that it governs along. `start` and `end` are clean."""
    last = analysis.outline.sentence_of(clause).clauses.stop - 1
    alone = clause.end - end <= 1 and clause.number < last
    return (clause_run(analysis, clause.number, clause.number + alone, (start, end)),)


def is_head(analysis: Analysis, number: int, lowest: int) -> bool:
    """«2024年,» alone before the first item: the head that gives a list its time."""
    if number != lowest:
        return False
    clause = analysis.outline.clauses[number]
    after = bisect_left(analysis.hits, clause.start, key=lambda hit: hit.clean_start)
    first = analysis.hits[after] if after < len(analysis.hits) else None
    return first is not None and first.role == "time" and first.clean_outer_end == clause.end <= clause.start + 10


def clause_texts(analysis: Analysis, first: int, last: int) -> str:
    clauses = analysis.outline.clauses
    return analysis.view.text[clauses[first].start : clauses[last].end]


def shared(name: str, text: str) -> float:
    """The share of the name's pairs of neighbouring characters that stand in the text."""
    flat = text.replace(" ", "").replace("\n", "")
    if name in flat or len(name) < 2:
        return 1.0
    pairs = [name[index : index + 2] for index in range(len(name) - 1)]
    return len([pair for pair in pairs if pair in flat]) / len(pairs)
