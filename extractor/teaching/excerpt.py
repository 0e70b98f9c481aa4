"""A passage as an analysis of its own: the same text, but tags from 1, clauses from 0, one segment."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from extractor.analysis import Analysis, label
from extractor.outline import Outline, Scopes
from extractor.outline.chunks import Chunk
from extractor.outline.ordering import hits_between
from extractor.teaching.passages import Passage
from extractor.text.sentences import Clause, Sentence
from schemas.document import Segment


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`tags` and `clauses` give the excerpt's word for a hit and a clause of the whole text, by number."""

    analysis: Analysis
    chunk: Chunk
    tags: dict[int, str]
    clauses: dict[int, int]


def excerpt_of(analysis: Analysis, passage: Passage, segment: Segment | None, unsaid: Collection[int]) -> Excerpt:
    """Hits that `unsaid` names are left without a tag, like those that the rules have settled."""
    outline = analysis.outline
    taken = [outline.sentences[number] for number in passage.sentences]
    inside = [index for item in taken for index in hits_between(analysis.hits, item.start, item.end)]
    shown = [index for index in inside if analysis.hits[index].role in (None, "time") and index not in unsaid]
    clauses = [outline.clauses[number] for item in taken for number in item.clauses]
    sentences = numbered(taken)
    part = outline.parts[taken[0].segment]
    if segment is not None:
        own = segment.model_dump(include={"title", "actor", "published", "doc_number"})
        part = replace(part, **own)
    small = Analysis(
        analysis.view,
        tuple(analysis.hits[index] for index in shown),
        Outline(
            (part,),
            sentences,
            tuple(renumbered(sentences, clauses)),
            tuple(outline.intervals[index] for index in shown),
            (outline.this_year[taken[0].segment],),
            (),
            scopes=Scopes(anchors=outline.scopes.anchors[taken[0].segment : taken[0].segment + 1]),
        ),
    )
    return Excerpt(
        small,
        Chunk("c1", sentences[1:], tuple(range(len(shown)))),
        {index: label(number, analysis.hits[index]) for number, index in enumerate(shown)},
        {clause.number: number for number, clause in enumerate(clauses)},
    )


def numbered(taken: list[Sentence]) -> tuple[Sentence, ...]:
    """In front an empty sentence, for what stood above them: behind one, headings are told."""
    first = taken[0]
    found = [Sentence(0, first.start, first.start, range(0), -1, 0, first.heading)]
    clauses = 0
    for sentence in taken:
        numbers = range(clauses, clauses + len(sentence.clauses))
        found.append(replace(sentence, number=len(found), clauses=numbers, segment=0))
        clauses = numbers.stop
    return tuple(found)


def renumbered(sentences: tuple[Sentence, ...], clauses: list[Clause]) -> list[Clause]:
    owner = {number: sentence.number for sentence in sentences for number in sentence.clauses}
    return [replace(clause, number=number, sentence=owner[number]) for number, clause in enumerate(clauses)]
