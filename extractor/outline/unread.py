"""What was left out of the document although it reads like one: it is told, never dropped in silence."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.outline import Outline
from extractor.outline.furniture import Span
from extractor.recognise import Hit
from extractor.text.cleaning import View
from extractor.text.lines import Line, is_prose, is_row, read_lines
from schemas.base import Span as RawSpan
from schemas.finding import Finding

ITS_OWN = ("source", "metadata", "tools")  # dates, numbers and words of the page alone
MANY = 4  # more figures than a headline or two hold


def findings_left_out(view: View, hits: Sequence[Hit], outline: Outline) -> Iterator[Finding]:
    """One for each block that holds prose, a table or several figures, and one for a file of which nothing is left."""
    if not outline.sentences and outline.left_out:
        yield finding(
            view, 0, len(view.text), "Nothing of this file was read: all of it was taken for the page around it."
        )
        return
    lines = read_lines(view.text)
    for why, start, end in blocks(view.text, outline.left_out):
        inside = [line for line in lines if start <= line.start < end]
        held = what_it_holds(inside, why)
        figures = sum(hit.role is None and start <= hit.clean_start < end for hit in hits)
        if held == "prose":
            yield finding(view, start, end, "Left out as a part of the page, yet it holds prose.")
        elif held == "table":
            yield finding(view, start, end, "Left out as a part of the page, yet it holds a table.")
        elif figures >= MANY and why not in ITS_OWN:
            yield finding(view, start, end, f"Left out as a part of the page, yet it holds {figures} figures.")


def blocks(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, int, int]]:
    """Spans of one reason with nothing but blanks between them."""
    ends = [0, *(span.end for span in spans)]
    apart = [bool(text[end : span.start].strip()) for end, span in zip(ends, spans, strict=False)]
    numbers = [sum(apart[: place + 1]) for place in range(len(spans))]
    for (_, why), run in groupby(zip(numbers, spans, strict=True), key=lambda pair: (pair[0], pair[1].why)):
        own = [span for _, span in run]
        yield why, own[0].start, own[-1].end


def what_it_holds(lines: Sequence[Line], why: str) -> str | None:
    """Notices are prose by nature, and what a page says of itself may stand in a table."""
    if why != "notice" and any(is_prose(line) for line in lines):
        return "prose"
    return "table" if why not in ITS_OWN and sum(is_row(line) for line in lines) >= 2 else None


def finding(view: View, start: int, end: int, message: str) -> Finding:
    left, right = view.raw_span(start, end)
    return Finding(code="text-left-out", severity="warning", message=message, spans=(RawSpan(start=left, end=right),))
