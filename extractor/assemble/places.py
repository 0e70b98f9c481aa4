"""From the ids and quotes of a draft to places in the text."""

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
        known = index in chunk.hits and label(index, analysis.hits[index]) == reference
        return hit_place(analysis, index) if known else None
    wanted = clean(reference).text.strip()
    low, high = chunk.sentences[0].start, chunk.sentences[-1].end
    start = analysis.view.text.find(wanted, low, high) if wanted else -1
    if start < 0:
        return None
    end = start + len(wanted)
    for number in chunk.hits:
        hit = analysis.hits[number]
        if hit.clean_start < end and start < hit.clean_end:
            return hit_place(analysis, number)
    return Place(None, None, start, end, quote(analysis.view.raw, *analysis.view.raw_span(start, end)))


def hit_place(analysis: Analysis, index: int) -> Place:
    hit = analysis.hits[index]
    return Place(index, hit, hit.clean_start, hit.clean_end, quote(analysis.view.raw, hit.start, hit.end))
