"""Finding: what a check has to say. A check never changes a value (codebook 6)."""

from typing import Literal

from schemas.base import Span, Value
from schemas.vocabulary import Severity

Code = Literal[
    "quote-not-found",
    "figure-not-in-text",
    "value-mismatch",
    "comparator-mismatch",
    "status-mismatch",
    "period-mismatch",
    "date-impossible",
    "sum-mismatch",
    "share-mismatch",
    "contradiction",
    "duplicate",
    "unexplained-figure",
    "missing-figure",
    "corrupt-text",
    "instruction-in-text",
    "text-left-out",
    "year-unknown",
    "review-differs",
]


class Finding(Value):
    """`settled`: a reviewer has accepted the records that it names, or the finding itself where it names none."""

    code: Code
    severity: Severity
    message: str
    records: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    settled: bool = False
