"""A time expression as its text gives it, and the dates that it names once a year is known to hang it on."""

from calendar import isleap
from dataclasses import replace
from datetime import date

from extractor.recognise.hits import Interval
from extractor.values import value
from schemas.vocabulary import Precision, Relation

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@value
class Moment:
    """A year, month or day that may hang on a reference: without a `year` it is the reference year plus `shift`.

    `month_shift` counts from the reference's month (本月 is 0) and needs a whole date to hang on; so does `quarter_shift`,
    with which `month` is the month of that quarter, 1 to 3.
    """

    year: int | None = None
    shift: int = 0
    month: int | None = None
    day: int | None = None
    month_shift: int | None = None
    quarter_shift: int | None = None

    @property
    def needs_date(self) -> bool:
        return self.month_shift is not None or self.quarter_shift is not None

    def on(self, reference: date | int | None) -> "Moment | None":
        """Give the same moment with its year, or nothing where the reference does not tell it."""
        if self.month_shift is not None:
            if not isinstance(reference, date):
                return None
            months = reference.year * 12 + reference.month - 1 + self.month_shift
            return Moment(months // 12, 0, months % 12 + 1, self.day)
        if self.quarter_shift is not None:
            if not isinstance(reference, date):
                return None
            quarters = reference.year * 4 + (reference.month - 1) // 3 + self.quarter_shift
            return Moment(quarters // 4, 0, quarters % 4 * 3 + (self.month or 1), self.day)
        if self.year is not None:
            return self
        if reference is None:
            return None
        year = reference.year if isinstance(reference, date) else reference
        return Moment(year + self.shift, 0, self.month, self.day)

    def day_in(self, *, first: bool) -> str:
        year, month = self.year or 0, self.month or (1 if first else 12)
        day = self.day or (1 if first else last_day(year, month))
        return f"{year:04}-{month:02}-{day:02}"

    @property
    def is_possible(self) -> bool:
        if self.month is None or self.year is None:
            return True
        return 1 <= self.month <= 12 and 1 <= (self.day or 1) <= last_day(self.year, self.month)


def last_day(year: int, month: int) -> int:
    """Give 30 for a month that does not exist: the result is marked as impossible anyway."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return 30
    return 29 if month == 2 and isleap(year) else DAYS[month - 1]


@value
class TimeExpression:
    """What a time expression says by itself; `resolve` hangs it on a date.

    `relation`: `by` for X前, X底, 到X, 截至X; `from` for X起; else `during`.
    `explicit`: it carries its own year or is a five-year plan. `recurring`: 每月5日前, 年均; it has no dates.
    `relative`: 今年, 上月, 三年内: it hangs on the date of the document, not on a year nearby.
    `point`: 年底, 截至X: the last day alone. `limit`: X前: no start. `vague`: 同期, 近年来: no dates either.
    `years`: how many a counted stretch has (五年来, 三年内); in a section of as many years it means these.
    `leaning`: 月底, 当月, 季度末: where a month was named before, it is that one, else the one of the document.
    """

    relation: Relation
    precision: Precision
    first: Moment
    last: Moment
    recurring: bool = False
    relative: bool = False
    plan: bool = False
    point: bool = False
    limit: bool = False
    vague: bool = False
    leaning: bool = False
    years: int = 0

    @property
    def year(self) -> int | None:
        return self.first.year

    @property
    def explicit(self) -> bool:
        return self.first.year is not None

    @property
    def needs_date(self) -> bool:
        """Whether it hangs on the month of the document: 本月底, 下季度, 半年内."""
        return self.first.needs_date

    def resolve(self, reference: date | int | None) -> Interval:
        """Give both ends of the named time; `reference` is the year, or the date, that it hangs on."""
        if self.recurring or self.vague:
            return Interval(None, None, self.precision)
        first, last = self.first.on(reference), self.last.on(reference)
        if first is None or last is None:
            return Interval(None, None, self.precision)
        if self.last.year in (None, self.first.year) and (last.month or 12) < (first.month or 1):
            last = replace(last, year=(last.year or 0) + 1)  # 2023年10月—3月 ends in the next year
        if not (first.is_possible and last.is_possible) or first.day_in(first=True) > last.day_in(first=False):
            return Interval(None, None, self.precision, impossible=True)
        start: str | None = first.day_in(first=True)
        end: str | None = last.day_in(first=False)
        if self.relation == "from":
            end = None
        elif self.limit:
            start = None
        elif self.point:
            start = end
        return Interval(start, end, self.precision)
