"""What the checks look at: the raw text, its view, the hits and the records, indexed so that a look-up is short."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from extractor.recognise.hits import Hit
from extractor.text.cleaning import View
from schemas.base import Quote, Span
from schemas.deadline import Deadline
from schemas.document import Segment
from schemas.figure import Capacity, Figure, Quantity
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project
from schemas.vocabulary import Role

if TYPE_CHECKING:
    from extractor.checks.amounts import Amount

Record = Goal | Metric | Project | Deadline

REACH = 1500
CLAUSE_END = re.compile(r"[,。!?;:\n|]")
SENTENCE_ENDS = frozenset("。!?\n")
PART_ENDS = SENTENCE_ENDS | {";"}


@dataclass(frozen=True)
class Index:
    """`holders` holds each record with the places of its figures."""

    hits: tuple[Hit, ...]
    starts: tuple[int, ...]
    clean_starts: tuple[int, ...]
    longest: int
    clause_ends: tuple[int, ...]
    part_ends: tuple[int, ...]
    sentence_ends: tuple[int, ...]
    holders: tuple[tuple[Record, tuple[Quote, ...]], ...]
    places: dict[tuple[int, int], Hit | None]
    figures: dict[tuple[int, int], tuple[str, ...]]
    roles: dict[int, Role]
    amounts: dict[tuple[int, int], "Amount | None"]

    @cached_property
    def evidence(self) -> tuple[tuple[int, int, str], ...]:
        return tuple(
            sorted((part.start, part.end, record.id) for record, _ in self.holders for part in record.evidence)
        )

    @cached_property
    def evidence_reach(self) -> int:
        return max([end - start for start, end, _ in self.evidence], default=0)


@dataclass(frozen=True, slots=True)
class Material:
    """One document with all that was made of it. Offsets are raw unless a name says clean."""

    raw: str
    view: View
    hits: tuple[Hit, ...] = ()
    segments: tuple[Segment, ...] = ()
    goals: tuple[Goal, ...] = ()
    metrics: tuple[Metric, ...] = ()
    projects: tuple[Project, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    figures: tuple[Figure, ...] = ()
    text: str = field(init=False, repr=False, compare=False)  # the clean text, asked for at every step
    index: Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.view.text)
        object.__setattr__(self, "index", make_index(self))

    @property
    def records(self) -> Iterator[Record]:
        yield from self.goals
        yield from self.metrics
        yield from self.projects
        yield from self.deadlines

    def hit_at(self, span: Span) -> Hit | None:
        """Give the hit that shares most characters with `span`; where the records' figures stand it is looked up."""
        index = self.index
        if (span.start, span.end) in index.places:
            return index.places[span.start, span.end]
        low = bisect_left(index.starts, span.start - index.longest)
        high = bisect_left(index.starts, span.end)
        near = [hit for hit in index.hits[low:high] if hit.end > span.start]
        if len(near) == 1:
            return near[0]
        return max(near, key=lambda hit: min(hit.end, span.end) - max(hit.start, span.start), default=None)

    def hits_in(self, clean_start: int, clean_end: int) -> tuple[Hit, ...]:
        """Give the hits that start inside a clean span."""
        starts = self.index.clean_starts
        return self.index.hits[bisect_left(starts, clean_start) : bisect_left(starts, clean_end)]

    def role_of(self, hit: Hit) -> Role | None:
        """Give the recogniser's role, else the ledger's."""
        return hit.role or self.index.roles.get(hit.start)

    def clause(self, clean_offset: int) -> tuple[int, int]:
        return around(self.index.clause_ends, clean_offset, len(self.text))

    def part(self, clean_offset: int) -> tuple[int, int]:
        """Give the clean span up to the next semicolon or full stop on either side."""
        return around(self.index.part_ends, clean_offset, len(self.text))

    def sentence(self, clean_offset: int) -> tuple[int, int]:
        return around(self.index.sentence_ends, clean_offset, len(self.text))

    def places_of(self, words: str, start: int, end: int) -> Iterator[int]:
        """Give the clean offsets between two others where `words` stand; no two of them overlap."""
        place = self.text.find(words, start, end) if words else -1
        while place >= 0:
            yield place
            place = self.text.find(words, place + len(words), end)

    def parts_with(self, words: str) -> Iterator[tuple[int, int]]:
        """Give the clean spans between semicolons or full stops that hold `words`."""
        ends, place = self.index.part_ends, self.text.find(words)
        while place >= 0:
            behind = bisect_left(ends, place)
            start = ends[behind - 1] + 1 if behind else 0
            end = ends[behind] if behind < len(ends) else len(self.text)
            yield start, end
            place = self.text.find(words, end)

    def clean_of(self, span: Span) -> tuple[int, int]:
        length = len(self.raw)
        return self.view.clean_at(min(span.start, length)), self.view.clean_at(min(span.end, length))

    def words(self, span: Span) -> str:
        start, end = self.clean_of(span)
        return self.text[start:end]

    def span(self, clean_start: int, clean_end: int) -> Span:
        start, end = self.view.raw_span(clean_start, clean_end)
        return Span(start=start, end=end)

    def segment(self, name: str) -> Segment | None:
        return next((segment for segment in self.segments if segment.id == name), None)

    def segment_at(self, offset: int) -> Segment | None:
        return next((segment for segment in self.segments if segment.start <= offset < segment.end), None)

    def holders(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Name the records whose figure or limit stands on one of `spans`."""
        found = [self.index.figures.get((hit.start, hit.end), ()) for hit in map(self.hit_at, spans) if hit is not None]
        return tuple(dict.fromkeys(name for names in found for name in names))

    def records_near(self, start: int, end: int, distance: int) -> tuple[str, ...]:
        """Name the records whose evidence comes within `distance` characters."""
        evidence, reach = self.index.evidence, self.index.evidence_reach
        low = bisect_left(evidence, (start - distance - reach, 0, ""))
        high = bisect_right(evidence, (end + distance, 0, ""))
        return tuple(dict.fromkeys(name for _, stop, name in evidence[low:high] if stop + distance >= start))


def around(ends: tuple[int, ...], offset: int, length: int) -> tuple[int, int]:
    """Give the run between two ends; text without punctuation is cut, so that no check reads it again and again."""
    place = bisect_left(ends, offset)
    start, end = ends[place - 1] + 1 if place else 0, ends[place] if place < len(ends) else length
    if end - start > REACH:
        start, end = max(start, offset - REACH), min(end, offset + REACH)
    return start, end


def span_of(hit: Hit) -> Span:
    return Span(start=hit.start, end=hit.end)


def spans_of(*hits: Hit) -> tuple[Span, ...]:
    return tuple(span_of(hit) for hit in hits)


def quantities(project: Project) -> Iterator[Quantity | Capacity]:
    yield from (found for found in (project.total_investment, project.annual_investment) if found)
    yield from project.capacity


def figures_of(record: Record) -> tuple[Quote, ...]:
    """Give the places of a record's own figures and limits, without its evidence."""
    match record:
        case Metric():
            return (record.figure,)
        case Project():
            return tuple([quantity.figure for quantity in quantities(record)])
        case Deadline():
            return (record.text,)
        case Goal():
            return ()


def make_index(material: Material) -> Index:
    hits = tuple(sorted(material.hits, key=attrgetter("start", "end")))
    text = material.text
    clauses = CLAUSE_END.split(text)[:-1]
    ends = [place + number for number, place in enumerate(accumulate(map(len, clauses)))]
    index = Index(
        hits=hits,
        starts=tuple([hit.start for hit in hits]),
        clean_starts=tuple([hit.clean_start for hit in hits]),
        longest=max([hit.end - hit.start for hit in hits], default=0),
        clause_ends=tuple(ends),
        part_ends=tuple([place for place in ends if text[place] in PART_ENDS]),
        sentence_ends=tuple([place for place in ends if text[place] in SENTENCE_ENDS]),
        holders=tuple([(record, figures_of(record)) for record in material.records]),
        places={},
        figures={},
        roles={figure.start: figure.role for figure in material.figures},
        amounts={},
    )
    object.__setattr__(material, "index", index)
    for record, figures in index.holders:
        for place in figures:
            hit = index.places[place.start, place.end] = material.hit_at(place)
            if hit:
                names = index.figures.get((hit.start, hit.end), ())
                index.figures[hit.start, hit.end] = (*names, record.id)
    return index
