"""The outline of a file: its segments, their sentences and clauses, and what every time expression means there."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.outline.context import Anchor, resolve_times, whole_date, years_of
from extractor.outline.instructions import instruction_spans
from extractor.outline.segments import Part, split_segments
from extractor.recognise import Hit, Interval
from extractor.text.cleaning import View
from extractor.text.lines import Line, blanked, read_lines
from extractor.text.sentences import Clause, Sentence, split_sentences

__all__ = ["Clause", "Interval", "Outline", "Part", "Sentence", "make_outline", "outline_of", "with_parts"]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything by number: sentences and clauses count through the file, `intervals` run parallel to the hits.

    `this_year` holds, for each part, the year that 今年 means there; `instructions` the clean spans that were left out
    because they speak to a language model.
    """

    parts: tuple[Part, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    intervals: tuple[Interval | None, ...]
    this_year: tuple[int | None, ...]
    instructions: tuple[tuple[int, int], ...]
    clause_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "clause_starts", tuple([clause.start for clause in self.clauses]))

    def clause_at(self, offset: int) -> Clause | None:
        """Give the clause around a clean offset; `None` in boilerplate."""
        index = bisect_right(self.clause_starts, offset) - 1
        return self.clauses[index] if index >= 0 and offset < self.clauses[index].end else None

    def sentence_of(self, clause: Clause) -> Sentence:
        return self.sentences[clause.sentence]

    def part_of(self, clause: Clause) -> Part:
        return self.parts[self.sentences[clause.sentence].segment]


def make_outline(view: View, hits: Sequence[Hit]) -> Outline:
    instructions = tuple(instruction_spans(view.text))
    lines = read_lines(view.text, instructions)
    parts = split_segments(blanked(view.text, instructions), lines)
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
    bare = Outline(parts, sentences, clauses, (), (), instructions)
    return with_parts(bare, view, hits, parts)


def with_parts(outline: Outline, view: View, hits: Sequence[Hit], parts: tuple[Part, ...]) -> Outline:
    """The same sentences under other heads: what 今年 and a bare month mean is asked anew."""
    told = zip(parts, years_of(view.text, hits, parts), strict=True)
    years = tuple(year_told(part) or by_words for part, by_words in told)
    intervals = resolve_times(hits, view.text, outline.sentences, years)
    return replace(outline, parts=parts, intervals=intervals, this_year=tuple(now for now, _ in years))


def year_told(part: Part) -> tuple[int, Anchor] | None:
    """A year that the head names outranks what dates and words suggest."""
    if part.year is None:
        return None
    return part.year.value, Anchor(part.year.value, whole_date(part.published) if part.published else None)
