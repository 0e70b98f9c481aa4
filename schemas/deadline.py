"""Deadline: a time limit on a commitment (codebook 4)."""

from schemas.base import IsoDate, Quote, Value
from schemas.vocabulary import Origin, Precision, Relation, Review


class Deadline(Value):
    id: str
    segment: str
    text: Quote
    relation: Relation
    start: IsoDate | None = None
    end: IsoDate | None = None
    precision: Precision
    responsible: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    evidence: tuple[Quote, ...]
    origin: Origin
    review: Review = "unreviewed"
