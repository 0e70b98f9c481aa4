"""The outline of a file: its segments, their sentences and clauses, and what every time expression means there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from extractor.outline.furniture import Span as Furniture
from extractor.outline.furniture import left_out_spans, mark_furniture
from extractor.outline.head import Part, Stated, read_head
from extractor.outline.instructions import instruction_spans
from extractor.outline.segments import split_segments, within_segments
from extractor.outline.times.scopes import Scope, Scopes
from extractor.outline.times.scoping import resolve_times
from extractor.recognise import Hit, Interval
from extractor.text.cleaning import View
from extractor.text.lines import Line, blanked, read_lines
from extractor.text.sentences import Clause, Sentence, split_sentences
from extractor.text.spans import SpanIndex

__all__ = [
    "Clause",
    "Interval",
    "Outline",
    "Part",
    "Scope",
    "Scopes",
    "Sentence",
    "Stated",
    "make_outline",
    "outline_of",
    "with_parts",
]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything by number: sentences and clauses count through the file, `intervals` run parallel to the hits.

    `this_year` holds, for each part, the year that 今年 means there; `instructions` the clean spans that were left out
    because they speak to a language model, `left_out` the page around the documents; `scopes` the times in force, clause
    by clause.
    """

    parts: tuple[Part, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    intervals: tuple[Interval | None, ...]
    this_year: tuple[int | None, ...]
    instructions: tuple[tuple[int, int], ...]
    left_out: tuple[Furniture, ...] = ()
    scopes: Scopes = field(default=Scopes(), repr=False)
    clause_index: SpanIndex[Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = SpanIndex(self.clauses, attrgetter("start"), attrgetter("end"))
        object.__setattr__(self, "clause_index", index)

    def clause_at(self, offset: int) -> Clause | None:
        """Give the clause around a clean offset; `None` in boilerplate."""
        return self.clause_index.at(offset)

    def sentence_of(self, clause: Clause) -> Sentence:
        return self.sentences[clause.sentence]

    def part_of(self, clause: Clause) -> Part:
        return self.parts[self.sentences[clause.sentence].segment]


def make_outline(view: View, hits: Sequence[Hit], stated: Stated | None = None) -> Outline:
    """`stated` is what the file says of itself beside its text."""
    instructions = tuple(instruction_spans(view.text))
    lines = mark_furniture(read_lines(view.text, instructions))
    text = blanked(view.text, instructions)
    stretches = split_segments(lines)
    lines = within_segments(lines, stretches)
    parts = tuple(read_head(text, lines, stretch, stated if len(stretches) == 1 else None) for stretch in stretches)
    return outline_of(view, hits, lines, parts, instructions)


def outline_of(
    view: View,
    hits: Sequence[Hit],
    lines: Sequence[Line],
    parts: tuple[Part, ...],
    instructions: tuple[tuple[int, int], ...],
) -> Outline:
    """The outline of a file whose segments are known."""
    sentences, clauses = split_sentences(view.text, lines, parts, instructions)
    bare = Outline(parts, sentences, clauses, (), (), instructions, tuple(left_out_spans(lines)))
    return with_parts(bare, view, hits, parts)


def with_parts(outline: Outline, view: View, hits: Sequence[Hit], parts: tuple[Part, ...]) -> Outline:
    """The same sentences under other heads: what 今年 and a bare month mean is asked anew."""
    intervals, scopes = resolve_times(hits, view.text, outline.sentences, outline.clauses, parts)
    this_year = tuple(anchor.now for anchor in scopes.anchors)
    return replace(outline, parts=parts, intervals=intervals, this_year=this_year, scopes=scopes)
