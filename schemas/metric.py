"""Metric: one named quantity with one figure (codebook 1)."""

from schemas.base import Number, Period, Quote, Value
from schemas.figure import Normalized
from schemas.region import Region
from schemas.vocabulary import Binding, Comparator, Direction, Measure, Origin, Review, Status


class Metric(Value):
    """`wording` are the words that make a target firm or soft, as written and in order; `responsible` the organs charged, the leading one first."""

    id: str
    segment: str
    name: str
    indicator: str | None = None
    figure: Quote
    value: Number
    value_max: Number | None = None
    unit: str
    normalized: Normalized
    comparator: Comparator
    measure: Measure
    direction: Direction | None = None
    status: Status
    wording: tuple[str, ...] = ()
    binding: Binding | None = None
    period: Period | None = None
    baseline: str | None = None
    actor: str | None = None
    region: Region | None = None
    responsible: tuple[str, ...] = ()
    goal: str | None = None
    evidence: tuple[Quote, ...]
    origin: Origin
    review: Review = "unreviewed"
