"""Project: a named investment, construction or platform undertaking (codebook 3)."""

from schemas.base import Quote, Value
from schemas.figure import Capacity, Quantity
from schemas.region import Region
from schemas.vocabulary import Origin, Review, Stage


class Milestone(Value):
    text: str
    deadline: str | None = None


class Project(Value):
    id: str
    segment: str
    name: str
    owner: str | None = None
    stage: Stage | None = None
    target_stage: Stage | None = None
    deadline: str | None = None
    total_investment: Quantity | None = None
    annual_investment: Quantity | None = None
    capacity: tuple[Capacity, ...] = ()
    industry: str | None = None
    location: str | None = None
    department: str | None = None
    milestones: tuple[Milestone, ...] = ()
    actor: str | None = None
    region: Region | None = None
    responsible: tuple[str, ...] = ()
    evidence: tuple[Quote, ...]
    origin: Origin
    review: Review = "unreviewed"
