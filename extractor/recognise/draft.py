"""A hit in the making: clean offsets only. The raw ones are looked up once, for the drafts that are kept."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.recognise.hits import BaseValue, Hit
from schemas.vocabulary import Comparator, FigureKind, Role

if TYPE_CHECKING:
    from extractor.cleaning import View
    from extractor.recognise.times import TimeExpression


@dataclass(frozen=True, slots=True)
class Draft:
    """`silent` drafts only keep others off their place: idioms, PM2.5."""

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

    def on(self, view: "View") -> Hit:
        start, end = view.raw_span(self.start, self.end)
        outer_start, outer_end = view.raw_span(self.outer_start, self.outer_end)
        return Hit(
            start=start,
            end=end,
            outer_start=outer_start,
            outer_end=outer_end,
            clean_start=self.start,
            clean_end=self.end,
            clean_outer_start=self.outer_start,
            clean_outer_end=self.outer_end,
            text=view.raw[start:end],
            kind=self.kind,
            value=self.value,
            value_max=self.value_max,
            unit=self.unit,
            base=self.base,
            comparator=self.comparator,
            role=self.role,
            time=self.time,
        )


def plain(start: int, end: int, kind: FigureKind, role: Role, value: Decimal | None = None, unit: str = "") -> Draft:
    return Draft(start, end, start, end, kind, value=value, unit=unit, role=role)


def passed_over(start: int, end: int) -> Draft:
    return Draft(start, end, start, end, "other", silent=True)
