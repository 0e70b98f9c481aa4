"""From the ids and quotes of a draft to places in the text."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from extractor.analysis import Analysis, hit_index, label
from extractor.outline.chunks import Chunk
from extractor.recognise import Hit
from extractor.text.cleaning import clean
from extractor.values import value
from schemas.base import Quote, quote


@value
class Place:
    """Where a figure stands: its hit, if it has one; clean offsets; its quote."""

    index: int | None
    hit: Hit | None
    start: int
    end: int
    quote: Quote


def locate(analysis: Analysis, chunk: Chunk, reference: str) -> Place | None:
    """Find a tag's hit, or a verbatim quote inside the chunk after folding width, script and spaces; never fuzzily."""
    index = hit_index(reference)
    if index is not None:
        place = bisect_left(chunk.hits, index)
        known = chunk.hits[place : place + 1] == (index,) and label(index, analysis.hits[index]) == reference
        return hit_place(analysis, index) if known else None
    found = tuple(quotes_of(analysis, chunk, clean(reference).text.strip()))
    # a figure that has a tag is named by it: what is quoted is rather one without
    return next((place for place in found if place.hit is None or place.hit.value is None), next(iter(found), None))


def quotes_of(analysis: Analysis, chunk: Chunk, wanted: str) -> Iterator[Place]:
    """Where the words stand in the sentences of the chunk; a number not inside a longer one. Of a ratio («8.1:50.4:41.5») each part has its own place."""
    if not wanted:
        return
    number = r"(?<![\d.])" if wanted[0].isdecimal() else "", r"(?!\.?\d)" if wanted[-1].isdecimal() else ""
    pattern = re.compile(re.escape(wanted).join(number))
    for sentence in chunk.sentences:
        for match in pattern.finditer(analysis.view.text, sentence.start, sentence.end):
            start, end = match.span()
            index = next((n for n in chunk.hits if overlaps(analysis.hits[n], start, end)), None)
            hit = analysis.hits[index] if index is not None else None
            if index is None or hit is None or (hit.value is None and hit.role != "time"):
                own = quote(analysis.view.raw, *analysis.view.raw_span(start, end))
                yield Place(index, hit, start, end, own)
            else:
                yield hit_place(analysis, index)


def overlaps(hit: Hit, start: int, end: int) -> bool:
    return hit.clean_start < end and start < hit.clean_end


def hit_place(analysis: Analysis, index: int) -> Place:
    hit = analysis.hits[index]
    return Place(index, hit, hit.clean_start, hit.clean_end, quote(analysis.view.raw, hit.start, hit.end))
