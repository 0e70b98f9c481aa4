"""Chunks: runs of whole sentences under a budget of characters and of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.outline import Outline
from extractor.outline.context import hits_by_sentence
from extractor.outline.sentences import Sentence
from extractor.recognise import Hit

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
    """Pack sentences until one budget is spent; a new segment or section past half of it starts a new chunk.

    A sentence that alone exceeds the budget is a chunk of its own. Chunks without any text are not made.
    """
    inside = hits_by_sentence(hits, outline.sentences)
    chunks: list[Chunk] = []
    run: list[Sentence] = []
    chars = figures = 0
    for sentence in outline.sentences:
        size = sentence.end - sentence.start
        count = sum(hits[index].role is None for index in inside.get(sentence.number, ()))
        over = chars + size > max_chars or figures + count > max_figures
        half = chars > max_chars / 2 or figures > max_figures / 2
        opens = run and (sentence.segment != run[-1].segment or sentence.heading[:1] != run[-1].heading[:1])
        if run and (over or (half and opens)):
            chunks.append(make_chunk(len(chunks), run, inside))
            run, chars, figures = [], 0, 0
        run.append(sentence)
        chars += size
        figures += count
    if run:
        chunks.append(make_chunk(len(chunks), run, inside))
    return tuple(chunks)


def make_chunk(number: int, run: Sequence[Sentence], inside: dict[int, list[int]]) -> Chunk:
    hits = tuple(index for sentence in run for index in inside.get(sentence.number, ()))
    return Chunk(f"c{number + 1}", tuple(run), hits)
