"""What stands above a chunk that begins in the middle: the headings in force, the head of a running table."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from extractor.analysis import Analysis
from extractor.outline.chunks import Chunk
from extractor.outline.ordering import hits_between
from extractor.text.lines import CELL_GAP, line_around
from extractor.text.sentences import Sentence

Span = tuple[int, int]
LEAST_CELLS = 2
MOST_ROWS, MOST_HEAD_ROWS, LONGEST_ROW = 400, 2, 240
LONGEST_CAPTION = 40


def headings_above(analysis: Analysis, sentence: Sentence) -> tuple[str, ...]:
    """Those in force that stand in the same segment above the sentence; one that it opens itself is shown with it."""
    before = analysis.outline.sentences[sentence.number - 1] if sentence.number else None
    if before is None or before.segment != sentence.segment:
        return ()
    both = zip(before.heading, sentence.heading, strict=False)
    return tuple(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], both))


def table_head(analysis: Analysis, sentence: Sentence) -> tuple[Span, ...]:
    """The lines above a table's row that say what its columns are: its unit («单位:万元»), its first rows without figures.

    A row that a sentence opens in the middle of has its line, and so its head, shown by the chunk before.
    """
    rows = list(rows_above(analysis, sentence))
    if not rows:
        return ()
    head = [rows[0], *(row for row in rows[1:MOST_HEAD_ROWS] if not open_figures(analysis, row))]
    caption = line_over(analysis, rows[0][0])
    return tuple(row for row in ([caption] if caption else []) + head if row[1] - row[0] <= LONGEST_ROW)


def rows_above(analysis: Analysis, sentence: Sentence) -> Iterator[Span]:
    """The lines of the same table above the sentence's line, from the top."""
    text = analysis.view.text
    start, end = line_around(text, sentence.start)
    low = analysis.outline.parts[sentence.segment].start
    found: list[Span] = []
    while is_row(text[start:end]) and len(found) <= MOST_ROWS:
        above = line_over(analysis, start, longest=None)
        if above is None or above[0] < low or not is_row(text[slice(*above)]):
            break
        found.append(above)
        start, end = above
    yield from reversed(found)


def line_over(analysis: Analysis, start: int, longest: int | None = LONGEST_CAPTION) -> Span | None:
    """The next line above that is not empty; with `longest`, only one that gives a unit."""
    text = analysis.view.text
    while start > 0:
        left, right = line_around(text, start - 1)
        words = text[left:right].strip()
        if words:
            if spoken_to_a_model(analysis, left, right):
                return None
            fits = longest is None or (len(words) <= longest and "单位" in words)
            return (left, right) if fits else None
        start = left
    return None


def is_row(words: str) -> bool:
    return ("\t" in words or "|" in words) and len(CELL_GAP.split(words.strip())) >= LEAST_CELLS


def open_figures(analysis: Analysis, row: Span) -> bool:
    return any(analysis.hits[index].role is None for index in hits_between(analysis.hits, *row))


def spoken_to_a_model(analysis: Analysis, start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in analysis.outline.instructions)


def times_above(analysis: Analysis, chunk: Chunk) -> tuple[int, ...]:
    """The time hits that are shown with the head of a running table: the years over its columns may be deadlines."""
    rows = {row for sentence in openings(chunk) for row in table_head(analysis, sentence)}
    found = {index for row in rows for index in hits_between(analysis.hits, *row)}
    return tuple(sorted(index for index in found if analysis.hits[index].role == "time" and index not in chunk.hits))


def openings(chunk: Chunk) -> Iterator[Sentence]:
    """The sentences of a chunk that do not follow the one shown before them."""
    before: Sentence | None = None
    for sentence in chunk.sentences:
        if before is None or sentence.number != before.number + 1 or sentence.segment != before.segment:
            yield sentence
        before = sentence


def shows(analysis: Analysis, chunk: Chunk, index: int) -> bool:
    """Whether a reader of the chunk sees this hit: in its sentences, or in the head of its table."""
    place = bisect_left(chunk.hits, index)
    inside = place < len(chunk.hits) and chunk.hits[place] == index
    return inside or index in times_above(analysis, chunk)
