"""Goal: a commitment to an outcome, with figures or without (codebook 2)."""

from schemas.base import Period, Quote, Value
from schemas.region import Region
from schemas.vocabulary import Category, Origin, Review


class Goal(Value):
    id: str
    segment: str
    statement: str
    category: Category
    actor: str | None = None
    region: Region | None = None
    responsible: tuple[str, ...] = ()
    period: Period | None = None
    metrics: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    evidence: tuple[Quote, ...]
    origin: Origin
    review: Review = "unreviewed"
