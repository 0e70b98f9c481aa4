"""Sentences and clauses of a document, each with the headings above it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from extractor.text.lines import Line
from extractor.values import value

PAIR = re.compile(r"\([^)]{0,80}\)|《[^》]{0,80}》|“[^”]{0,80}”|‘[^’]{0,80}’|【[^】]{0,80}】|〔[^〕]{0,80}〕")
# a list item that begins in the middle of a run-on line: «责任部门:经济发展局2.某某项目», «总体要求(一)指导思想»
# (this pattern and the next ones open with the characters that they can start with, so that `re` jumps to those)
ITEM = re.compile(
    r"[0-9(一二三四五六七八九十](?:"
    r"(?<=[一-鿿)。;:”》A-Za-z]\d)(?<!第\d)(?=\d?[.、·](?:[^\d\s]|\s?[一-鿿]|20\d\d年))"
    r"|(?<=[一-鿿。;:)]\()(?=[一二三四五六七八九十]{1,3}\)[一-鿿“])"
    r"|(?<=[。;:)][一二三四五六七八九十])(?=[一二三四五六七八九十]{0,2}、[一-鿿\d“]))"
)
SENTENCE_END = re.compile(r"[。!?][。!?]*[”’)]?")
CLAUSE_END = re.compile(r"[,;。!?](?:(?<!,)|(?<!\d,)|(?!\d{3}(?!\d)))")
HEADING = (
    re.compile(r"^第[一二三四五六七八九十百]+[部分章篇]+分?\s*"),
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"^\d{1,2}[.、·](?!\d{1,3}(?!\d))"),
)
# twice what the longest of real documents have: rules look at all of a sentence, so that one without end would cost its square
LONGEST_CLAUSE, LONGEST_SENTENCE = 600, 1200
BREAK = re.compile(
    r"[^0-9A-Za-z.%％〇零一二三四五六七八九十百千万亿](?=[^0-9A-Za-z.%％〇零一二三四五六七八九十百千万亿])"
)
BREAK_WITHIN = 100  # characters before the longest end in which a place between two words is looked for
MAY_OPEN = re.compile(r"[第一二三四五六七八九十(\d]")
HEADING_END = re.compile(r"[。;,!]")


class Stretch(Protocol):
    """A run of the clean text that belongs together: a segment."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@value
class Clause:
    """The smallest run that carries a statement. `group` counts the semicolon parts of the text. Offsets are clean."""

    number: int
    start: int
    end: int
    sentence: int
    group: int


@value
class Sentence:
    """`clauses` are numbers into the outline's clauses; `heading` holds the headings in force, outermost first."""

    number: int
    start: int
    end: int
    clauses: range
    line: int
    segment: int
    heading: tuple[str, ...]


def split_sentences(
    text: str, lines: Sequence[Line], parts: Sequence[Stretch], left_out: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[Sentence, ...], tuple[Clause, ...]]:
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    group = 0
    line_starts = [line.start for line in lines]
    for segment, part in enumerate(parts):
        path: dict[int, str] = {}
        heading: tuple[str, ...] = ()
        for line_number in range(bisect_left(line_starts, part.start), bisect_left(line_starts, part.end)):
            line = lines[line_number]
            if line.boilerplate:
                continue
            inside = covered(text, line.start, line.end)
            pieces: Iterable[tuple[int, int]] = sentence_spans(text, line, inside)
            if left_out:
                pieces = (piece for span in pieces for piece in kept(left_out, *span))
            pieces = (piece for span in pieces for piece in bounded(text, inside, *span))
            for start, end in pieces:
                within = covered(text, start, end) if left_out else inside  # no pair runs over a cut
                if MAY_OPEN.match(text, start):
                    open_heading(path, text[start : min(end, start + 40)])
                    heading = tuple([path[level] for level in sorted(path)])
                first = len(clauses)
                group += 1
                for clause_start, clause_end, semicolon in clause_spans(text, start, end, within):
                    clauses.append(Clause(len(clauses), clause_start, clause_end, len(sentences), group))
                    group += semicolon
                if len(clauses) > first:
                    sentences.append(
                        Sentence(len(sentences), start, end, range(first, len(clauses)), line_number, segment, heading)
                    )
    return tuple(sentences), tuple(clauses)


def kept(left_out: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is left of a sentence without the spans that are left out, which stand in order and do not overlap."""
    index = bisect_right(left_out, start, key=lambda span: span[1])
    while index < len(left_out) and left_out[index][0] < end:
        if left_out[index][0] > start:
            yield start, left_out[index][0]
        start = max(start, left_out[index][1])
        index += 1
    if start < end:
        yield start, end


def bounded(text: str, inside: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that has no end is cut between two of its clauses."""
    if end - start <= LONGEST_SENTENCE:
        yield start, end
        return
    position = start
    for left, right, _ in clause_spans(text, start, end, inside):
        if right - start > LONGEST_SENTENCE and left > start:
            yield start, position
            start = left
        position = right
    yield start, end


def open_heading(path: dict[int, str], head: str) -> None:
    """A heading closes those of its own and of deeper levels. Of a run-on line the first words stand for it."""
    for level, mark in enumerate(HEADING):
        if match := mark.match(head):
            for deeper in [key for key in path if key >= level]:
                del path[deeper]
            path[level] = HEADING_END.split(head[match.end() :], maxsplit=1)[0][:24]
            return


def sentence_spans(text: str, line: Line, inside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut a line behind 。!? and before list items in it, never `inside` brackets or quotes."""
    cuts = [match.start() for match in ITEM.finditer(text, line.start, line.end) if is_outside(inside, match.start())]
    cuts += [
        match.end() for match in SENTENCE_END.finditer(text, line.start, line.end) if is_outside(inside, match.start())
    ]
    start = line.start
    for cut in [*sorted(cuts), line.end]:
        if cut > start:
            yield start, cut
            start = cut


def clause_spans(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Cut a sentence at commas and semicolons, never `inside` brackets or quotes.

    Spans leave out the mark itself; the flag tells a semicolon.
    """
    position = start
    for match in CLAUSE_END.finditer(text, start, end):
        mark = match.start()
        if is_outside(inside, mark):
            yield from cut_clause(text, position, mark, semicolon=text[mark] == ";")
            position = mark + 1
    yield from cut_clause(text, position, end, semicolon=False)


def cut_clause(text: str, start: int, end: int, *, semicolon: bool) -> Iterator[tuple[int, int, bool]]:
    """What stands between two marks, without the blanks around it; in pieces where it is no clause any more."""
    left, right = trimmed(text, start, end)
    while right - left > LONGEST_CLAUSE:
        cut = left + LONGEST_CLAUSE
        for place in BREAK.finditer(text, cut - BREAK_WITHIN, cut):
            cut = place.end() if place.end() > left else cut
        yield left, cut, False
        left, right = trimmed(text, cut, end)
    if left < right:
        yield left, right, semicolon


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n”’":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    return start, end


def covered(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans inside a pair of brackets or quotes that closes within 80 characters of the same line."""
    return tuple([(match.start() + 1, match.end() - 1) for match in PAIR.finditer(text, start, end)])


def is_outside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether an offset is in none of the spans, which stand in order and do not overlap."""
    before = bisect_left(spans, (offset + 1,)) - 1 if spans else -1
    return before < 0 or offset >= spans[before][1]
