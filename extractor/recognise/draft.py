"""A hit in the making: clean offsets only. The raw ones are looked up once, for the drafts that are kept."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from extractor.recognise.hits import BaseValue, Hit, Interval
from extractor.text.scanning import Searched
from schemas.vocabulary import Comparator, FigureKind, Role

if TYPE_CHECKING:
    from extractor.recognise.times import TimeExpression
    from extractor.text.cleaning import View


class Draft(NamedTuple):
    """A named tuple, for most drafts are made anew twice and it is made four times as fast as a frozen dataclass.

    `silent` drafts only keep others off their place: idioms, PM2.5.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: FigureKind
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    base: BaseValue | None = None
    comparator: Comparator = "="
    role: Role | None = None
    time: "TimeExpression | None" = None
    silent: bool = False
    why: str | None = None

    def on(self, places: "Places", period: Interval | None) -> Hit:
        # unpacked at once: a field costs more by its name
        (start, end, outer_start, outer_end, kind, value, value_max, unit, base, comparator, role, time, _, why) = self
        if start >= places.stop:
            places.advance(start)
        if places.start <= outer_start and outer_end < places.stop:
            shift = places.shift
            raw_start, raw_end = start + shift, end + shift
            raw_outer_start = raw_start if outer_start == start else outer_start + shift
            raw_outer_end = raw_end if outer_end == end else outer_end + shift
        else:
            raw_start, raw_end = raw_outer_start, raw_outer_end = places.raw_span(start, end)
            if outer_start != start or outer_end != end:
                raw_outer_start, raw_outer_end = places.raw_span(outer_start, outer_end)
        return Hit(
            raw_start,
            raw_end,
            raw_outer_start,
            raw_outer_end,
            start,
            end,
            outer_start,
            outer_end,
            places.raw[raw_start:raw_end],
            kind,
            value,
            value_max,
            unit,
            base,
            comparator,
            role,
            time,
            period,
            why,
        )


class Places:
    """The raw offsets of spans that are asked for in the order of the text: mostly the run of the last one holds."""

    def __init__(self, view: "View") -> None:
        self.view, self.raw = view, view.raw
        self.run = -1
        self.start = self.stop = self.shift = (
            0  # where the run begins and ends in the clean text, and how far it lies off
        )

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        if start >= self.stop:
            self.advance(start)
        if self.start <= start and end < self.stop:  # strictly: behind the end of a run pinyin may stand
            return start + self.shift, end + self.shift
        return self.view.raw_span(start, end)

    def advance(self, start: int) -> None:
        runs = self.view.run_clean
        while self.run + 1 < len(runs) and runs[self.run + 1] <= start:
            self.run += 1
        self.start = runs[self.run]
        self.stop = runs[self.run + 1] if self.run + 1 < len(runs) else len(self.view.text)
        self.shift = self.view.run_raw[self.run] - self.start


def plain(
    start: int, end: int, kind: FigureKind, role: Role, why: str, value: Decimal | None = None, unit: str = ""
) -> Draft:
    return Draft(start, end, start, end, kind, value=value, unit=unit, role=role, why=why)


def passed_over(start: int, end: int) -> Draft:
    return Draft(start, end, start, end, "other", silent=True)


def each(pattern: Searched, text: str, kind: FigureKind, role: Role, why: str) -> Iterator[Draft]:
    """Give the named group of a match, if one took part, else the whole match."""
    for match in pattern.finditer(text):
        yield plain(*match.span(match.lastgroup or 0), kind, role, why)
