"""Which record of a new run is which reviewed one: by where they stand in the text, never by id."""

from collections.abc import Iterator, Mapping

from extractor.review.history import Reviewed
from extractor.review.keys import PLACE, Record, kind_of, places_of
from schemas.base import Span

LEAST = 0.3  # shared characters, of all that the two stand on
TELLING = {
    "goal": ("statement", "category"),
    "metric": ("name", "value", "unit", "status", "measure"),
    "project": ("name", "stage", "target_stage"),
    "deadline": ("relation", "start", "end"),
}


def matched(reviewed: Mapping[str, Reviewed], run: Mapping[str, Record]) -> dict[str, str]:
    """The run's key of each reviewed record that the run has too. Each is taken once, the likest pair first."""
    pairs = sorted(likenesses(reviewed, run), key=lambda pair: (-pair[0], pair[1:]))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, mine, its in pairs:
        if mine not in found and its not in taken:
            found[mine] = its
            taken.add(its)
    return found


def likenesses(reviewed: Mapping[str, Reviewed], run: Mapping[str, Record]) -> Iterator[tuple[float, str, str]]:
    by_kind: dict[str, list[tuple[str, tuple[Span, ...]]]] = {}
    for key, record in run.items():
        by_kind.setdefault(kind_of(key), []).append((key, places_of(record)))
    for key, item in reviewed.items():
        if item.kind not in TELLING:
            continue
        mine = places_in(item)
        for its, places in by_kind.get(item.kind, ()):
            near = overlap(mine, places)
            if near >= LEAST:
                yield near + alike(item, run[its]), key, its


def places_in(item: Reviewed) -> tuple[Span, ...]:
    quotes = [item.record[PLACE[item.kind]]] if item.kind in PLACE else item.record["evidence"]
    return tuple(Span(start=quote["start"], end=quote["end"]) for quote in quotes)


def overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    """Shared characters over all characters of both."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    if not shared:
        return 0.0
    both = sum(span.end - span.start for span in (*one, *other)) - shared
    return shared / both


def alike(item: Reviewed, record: Record) -> float:
    """The share of the telling fields that agree, with the record as it was met or as it is now: one place can hold two."""
    fields = TELLING[item.kind]
    its = record.model_dump(mode="json", include=set(fields))
    agreeing = [sum(bool(its[field] == mine.get(field)) for field in fields) for mine in (item.base, item.record)]
    return max(agreeing) / len(fields)
