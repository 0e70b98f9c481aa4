"""Chunks: runs of whole sentences under a budget of characters and of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.outline import Outline
from extractor.outline.ordering import hits_by_sentence
from extractor.recognise import Hit
from extractor.text.sentences import Sentence

MAX_CHARS = 3600
MAX_FIGURES = 60


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sentences by number, and the numbers of the hits inside them."""

    id: str
    sentences: tuple[Sentence, ...]
    hits: tuple[int, ...]


def cut_chunks(
    outline: Outline, hits: Sequence[Hit], *, max_chars: int = MAX_CHARS, max_figures: int = MAX_FIGURES
) -> tuple[Chunk, ...]:
    """Pack sentences until one budget is spent; past half of it a new segment or section starts a new chunk.

    What fits into one chunk stays one. A sentence that alone exceeds the budget is a chunk of its own.
    """
    inside = hits_by_sentence(hits, outline.sentences)
    loads = [
        max(
            (sentence.end - sentence.start) / max_chars,
            sum(hits[index].role is None for index in inside.get(sentence.number, ())) / max_figures,
        )
        for sentence in outline.sentences
    ]
    left = sum(loads)
    chunks: list[Chunk] = []
    run: list[Sentence] = []
    full = 0.0
    for sentence, load in zip(outline.sentences, loads, strict=True):
        if run and (full + load > 1 or (full > 0.5 and full + left > 1 and opens(sentence, run[-1]))):
            chunks.append(make_chunk(len(chunks), run, inside))
            run, full = [], 0.0
        run.append(sentence)
        full += load
        left -= load
    if run:
        chunks.append(make_chunk(len(chunks), run, inside))
    return tuple(chunks)


def opens(sentence: Sentence, before: Sentence) -> bool:
    """A new segment or a new section of the first level."""
    return sentence.segment != before.segment or sentence.heading[:1] != before.heading[:1]


def make_chunk(number: int, run: Sequence[Sentence], inside: dict[int, list[int]]) -> Chunk:
    hits = tuple(index for sentence in run for index in inside.get(sentence.number, ()))
    return Chunk(f"c{number + 1}", tuple(run), hits)
