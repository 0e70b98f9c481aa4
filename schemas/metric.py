"""Metric: one named quantity with one figure (codebook 1)."""

from schemas.base import Number, Period, Quote, Value
from schemas.figure import Normalized
from schemas.vocabulary import Binding, Comparator, Direction, Measure, Origin, Review, Status


class Metric(Value):
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
    binding: Binding | None = None
    period: Period | None = None
    baseline: str | None = None
    actor: str | None = None
    goal: str | None = None
    evidence: tuple[Quote, ...]
    origin: Origin
    review: Review = "unreviewed"
