"""Sentences and clauses of a document, each with the headings above it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.outline.lines import Line
from extractor.outline.segments import Part

PAIR = re.compile(r"\([^)]{0,80}\)|《[^》]{0,80}》|“[^”]{0,80}”|‘[^’]{0,80}’|【[^】]{0,80}】|〔[^〕]{0,80}〕")
# a list item that begins in the middle of a run-on line: «责任部门:经济发展局2.某某项目», «总体要求(一)指导思想»
ITEM = re.compile(
    r"(?<=[一-鿿)。;:”》A-Za-z])(?<!第)(?=\d{1,2}[.、·](?:[^\d\s]|\s?[一-鿿]|20\d\d年))"
    r"|(?<=[一-鿿。;:)])(?=\([一二三四五六七八九十]{1,3}\)[一-鿿“])"
    r"|(?<=[。;:)])(?=[一二三四五六七八九十]{1,3}、[一-鿿\d“])"
)
SENTENCE_END = re.compile(r"[。!?]+[”’)]?")
CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[;。!?]")
HEADING = (
    re.compile(r"^第[一二三四五六七八九十百]+[部分章篇]+分?\s*"),
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"^\d{1,2}[.、·](?!\d{1,3}(?!\d))"),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest run that carries a statement. `group` counts the semicolon parts of the text. Offsets are clean."""

    number: int
    start: int
    end: int
    sentence: int
    group: int


@dataclass(frozen=True, slots=True)
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
    text: str, lines: Sequence[Line], parts: Sequence[Part], left_out: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[Sentence, ...], tuple[Clause, ...]]:
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    group = 0
    for segment, part in enumerate(parts):
        path: dict[int, str] = {}
        for line_number, line in enumerate(lines):
            if line.boilerplate or not part.start <= line.start < part.end:
                continue
            pieces = (piece for span in sentence_spans(text, line) for piece in kept(left_out, *span))
            for start, end in pieces:
                head = text[start : min(end, start + 40)]
                open_heading(path, head)
                first = len(clauses)
                group += 1
                for clause_start, clause_end, semicolon in clause_spans(text, start, end):
                    clauses.append(Clause(len(clauses), clause_start, clause_end, len(sentences), group))
                    group += semicolon
                if len(clauses) > first:
                    heading = tuple(path[level] for level in sorted(path))
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


def open_heading(path: dict[int, str], head: str) -> None:
    """A heading closes those of its own and of deeper levels. Of a run-on line the first words stand for it."""
    for level, mark in enumerate(HEADING):
        if match := mark.match(head):
            for deeper in [key for key in path if key >= level]:
                del path[deeper]
            path[level] = re.split(r"[。;,!]", head[match.end() :], maxsplit=1)[0][:24]
            return


def sentence_spans(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """Cut a line behind 。!? and before list items inside it, never inside brackets or quotes."""
    inside = covered(text, line.start, line.end)
    cuts = [
        match.start() for match in ITEM.finditer(text, line.start, line.end) if not is_inside(inside, match.start())
    ]
    cuts += [
        match.end()
        for match in SENTENCE_END.finditer(text, line.start, line.end)
        if not is_inside(inside, match.start())
    ]
    start = line.start
    for cut in [*sorted(cuts), line.end]:
        if cut > start:
            yield start, cut
            start = cut


def clause_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut a sentence at commas and semicolons. Spans leave out the mark itself; the flag tells a semicolon."""
    inside = covered(text, start, end)
    position = start
    for match in CLAUSE_END.finditer(text, start, end):
        mark = match.start()
        if is_inside(inside, mark):
            continue
        yield from trimmed(text, position, mark, semicolon=match.group() == ";")
        position = mark + 1
    yield from trimmed(text, position, end, semicolon=False)


def trimmed(text: str, start: int, end: int, *, semicolon: bool) -> Iterator[tuple[int, int, bool]]:
    while start < end and text[start] in " \n”’":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    if end > start:
        yield start, end, semicolon


def covered(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans inside a pair of brackets or quotes that closes within 80 characters of the same line."""
    return tuple((match.start() + 1, match.end() - 1) for match in PAIR.finditer(text, start, end))


def is_inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    return any(left <= offset < right for left, right in spans)
