"""Figures: the ledger's line for each hit of the recogniser, and quantities inside records."""

from schemas.base import IsoDate, Number, Quote, Span, Value
from schemas.vocabulary import Comparator, FigureKind, Precision, Role


class Normalized(Value):
    """A value in base units: CNY, %, pp, x, m2, m, kg, W, Wh, m3, else the counting unit as written."""

    value: Number | None
    value_max: Number | None = None
    unit: str


class Quantity(Value):
    """A figure that belongs to a project: its investment."""

    figure: Quote
    value: Number
    value_max: Number | None = None
    unit: str
    normalized: Normalized


class Capacity(Quantity):
    """A figure of size or output, with what it counts («冷轧精密带钢 每年»)."""

    of: str


class Figure(Span):
    """One line of the ledger. `start` and `end` hold the number with its unit, without comparator words.

    `why` gives the reason of a role that is no record's: the cue, the pattern, the enumeration that the figure sums up.
    """

    id: str
    text: str
    kind: FigureKind
    value: Number | None
    value_max: Number | None = None
    unit: str
    normalized: Normalized | None = None
    comparator: Comparator
    role: Role
    record: str | None = None
    why: str | None = None
    date_start: IsoDate | None = None
    date_end: IsoDate | None = None
    precision: Precision | None = None
