"""What is known of a source before any engine speaks: its view, hits and outline."""

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.outline import Interval, Outline, Stated, make_outline
from extractor.recognise import Hit, find_in
from extractor.text.cleaning import View, clean


@dataclass(frozen=True, slots=True)
class Analysis:
    """`document` is the id of the source, where it is one that was read from a file."""

    view: View
    hits: tuple[Hit, ...]
    outline: Outline
    document: str | None = None

    def interval(self, index: int) -> Interval | None:
        return self.outline.intervals[index]

    def segment_id(self, segment: int) -> str:
        return f"s{segment + 1}"


def analyse(raw: str, document: str | None = None, stated: Stated | None = None) -> Analysis:
    """`stated` is what the file says of itself beside its text: a page's title and date, its name."""
    view = clean(raw)
    hits = find_in(view)
    return Analysis(view, hits, make_outline(view, hits, stated), document)


def hits_by_clause(analysis: Analysis, indexes: Iterable[int]) -> dict[int, list[int]]:
    """Sort hits by the clauses that they start in, by number; those outside all clauses are left out."""
    found: dict[int, list[int]] = {}
    for index in indexes:
        clause = analysis.outline.clause_at(analysis.hits[index].clean_start)
        if clause:
            found.setdefault(clause.number, []).append(index)
    return found


def label(index: int, hit: Hit) -> str:
    """The tag of a hit: `tN` for times, `fN` for all else, N counting all hits of the file from 1."""
    return f"{'t' if hit.role == 'time' else 'f'}{index + 1}"


def tagged(analysis: Analysis, tag: str) -> Hit:
    """The hit of a tag that `label` made; of a tag that came from elsewhere ask `hit_index`."""
    return analysis.hits[int(tag[1:]) - 1]


def hit_index(reference: str) -> int | None:
    """The hit that a tag names; `None` if it is no tag."""
    return int(reference[1:]) - 1 if reference[:1] in ("f", "t") and reference[1:].isdigit() else None
