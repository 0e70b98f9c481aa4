"""What was left out of the document although it reads like one: it is told, never dropped in silence."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from operator import attrgetter

from extractor.outline import Outline
from extractor.outline.furniture import Span
from extractor.recognise import Hit
from extractor.text.cleaning import View
from extractor.text.lines import Line, is_prose, is_row, read_lines
from extractor.text.spans import SpanIndex
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
    lines = SpanIndex(read_lines(view.text), attrgetter("start"), attrgetter("end"))
    figures = SpanIndex([hit for hit in hits if hit.role is None], attrgetter("clean_start"), attrgetter("clean_end"))
    for why, start, end in blocks(view.text, outline.left_out):
        held = what_it_holds([lines.items[number] for number in lines.within(start, end)], why)
        count = len(figures.within(start, end))
        if held == "prose":
            yield finding(view, start, end, "Left out as a part of the page, yet it holds prose.")
        elif held == "table":
            yield finding(view, start, end, "Left out as a part of the page, yet it holds a table.")
        elif count >= MANY and why not in ITS_OWN:
            yield finding(view, start, end, f"Left out as a part of the page, yet it holds {count} figures.")


def blocks(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, int, int]]:
    """Spans of one reason with nothing but blanks between them."""
    ends = [0, *(span.end for span in spans)]
    apart = [bool(text[end : span.start].strip()) for end, span in zip(ends, spans, strict=False)]
    for (_, why), run in groupby(zip(accumulate(apart), spans, strict=True), key=lambda pair: (pair[0], pair[1].why)):
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
