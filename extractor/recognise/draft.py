"""A hit in the making: clean offsets only. The raw ones are looked up once, for the drafts that are kept."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from extractor.recognise.hits import BaseValue, Hit, Interval
from schemas.vocabulary import Comparator, FigureKind, Role

if TYPE_CHECKING:
    from extractor.cleaning import View
    from extractor.recognise.times import TimeExpression


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

    def on(self, places: "Places", period: Interval | None) -> Hit:
        start, end = places.raw_span(self.start, self.end)
        outer_start, outer_end = start, end
        if self.outer_start != self.start or self.outer_end != self.end:
            outer_start, outer_end = places.raw_span(self.outer_start, self.outer_end)
        return Hit(
            start,
            end,
            outer_start,
            outer_end,
            self.start,
            self.end,
            self.outer_start,
            self.outer_end,
            places.view.raw[start:end],
            self.kind,
            self.value,
            self.value_max,
            self.unit,
            self.base,
            self.comparator,
            self.role,
            self.time,
            period,
        )


class Places:
    """The raw offsets of spans that are asked for in the order of the text: mostly the run of the last one holds."""

    def __init__(self, view: "View") -> None:
        self.view = view
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


def plain(start: int, end: int, kind: FigureKind, role: Role, value: Decimal | None = None, unit: str = "") -> Draft:
    return Draft(start, end, start, end, kind, value=value, unit=unit, role=role)


def passed_over(start: int, end: int) -> Draft:
    return Draft(start, end, start, end, "other", silent=True)
