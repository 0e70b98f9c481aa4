"""What the panels show, of one document or of a whole store: a timeline of deadlines, and targets against results."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from extractor.review.desk import Desk
from extractor.review.panels.comparing import Series, compare
from extractor.review.panels.sameness import closed
from extractor.review.panels.standing import Standing, from_index, standing
from extractor.review.panels.timeline import Timeline, TimelineItem, timeline
from extractor.store.summaries import Filter, Summary, Wanted

MOST = 20_000  # records that one page is made of: some seconds
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Panels:
    """`cut` tells that the store holds more records than were read."""

    timeline: Timeline
    series: tuple[Series, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Each is part of what it is sought in, `year` excepted. `source` is a file's name, its title or its publisher."""

    actor: str = ""
    source: str = ""
    name: str = ""
    year: str = ""


def of_document(desk: Desk, document: str) -> Panels:
    """`Unknown` where the store has no result of it."""
    sheet = desk.open(document)
    about = sheet.extraction.document
    return panels_of(standing(document, about.source, about.publisher, sheet.records))


class Overview:
    """The panels of a whole store. What they are made of is held until a result or a decision changes it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._panels = lru_cache(maxsize=1)(self._made)

    def panels(self, narrowing: Narrowing) -> Panels:
        documents = tuple(summaries(self.desk, Wanted(search=narrowing.source or None)))
        return narrowed(self._panels(documents, whole=not narrowing.source), narrowing)

    def _made(self, documents: tuple[Summary, ...], *, whole: bool) -> Panels:
        records = list(islice(standings(self.desk, documents, whole=whole), MOST + 1))
        return panels_of(records[:MOST], cut=len(records) > MOST)


def panels_of(records: Iterable[Standing], *, cut: bool = False) -> Panels:
    held = tuple(records)
    return Panels(timeline(held), compare(held), cut)


def summaries(desk: Desk, wanted: Wanted) -> Iterator[Summary]:
    start = 0
    while page := desk.page(wanted, start=start, most=AT_ONCE):
        yield from page
        start += len(page)


def standings(desk: Desk, documents: Iterable[Summary], *, whole: bool) -> Iterator[Standing]:
    """The records of these documents, which are all that there are where they are the `whole` store."""
    publishers = {summary.document: summary.publisher for summary in documents}
    for wanted in [Filter()] if whole else [Filter(document=name) for name in publishers]:
        start, total = 0, 1
        while start < total:
            found, total = desk.records(wanted, start=start, most=AT_ONCE)
            yield from from_index(found, publishers)
            start += AT_ONCE


def narrowed(panels: Panels, narrowing: Narrowing) -> Panels:
    kept = Timeline(
        items=tuple(item for item in panels.timeline.items if item_fits(item, narrowing)),
        recurring=tuple(item for item in panels.timeline.recurring if item_fits(item, narrowing)),
    )
    return Panels(kept, tuple(one for one in panels.series if series_fits(one, narrowing)), panels.cut)


def item_fits(item: TimelineItem, narrowing: Narrowing) -> bool:
    """A year fits that the time touches."""
    year = narrowing.year
    return (
        narrowing.actor in (item.actor or "")
        and narrowing.name.casefold() in item.label.casefold()
        and (not year or (item.limit != "" and (item.start or item.limit)[:4] <= year <= item.limit[:4]))
    )


def series_fits(series: Series, narrowing: Narrowing) -> bool:
    """A series stays whole: its other years are what the wanted one is read against."""
    names = f"{series.name}\n{series.indicator or ''}".casefold()
    return (
        narrowing.actor in (series.actor or "")
        and narrowing.name.casefold() in names
        and (not narrowing.year or narrowing.year in years_of(series))
    )


def years_of(series: Series) -> set[str]:
    points = (*series.points, *series.alone)
    return {day[:4] for point in points for day in closed(point.period) or ()}
