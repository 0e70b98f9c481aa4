"""What an engine says about one chunk, by ids: the reply models of the language model, and of the rules alike.

`fN` and `tN` name a tagged figure or time of the chunk, numbers in `clauses` its numbered clauses.
"""

from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator

from schemas.base import Number
from schemas.reply import MayBe, Reply, Words
from schemas.vocabulary import Binding, Category, Comparator, Direction, LooseRole, Measure, Stage, Status

FigureRef = str  # a figure without a tag is quoted word for word
TimeRef = str
PeriodText = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?/(\d{4}-\d{2}-\d{2})?$")]
Clauses = tuple[int, ...]
MaybeFigure = MayBe[FigureRef]
MaybeTime = MayBe[TimeRef]
MaybePeriod = MayBe[PeriodText]


class MetricDraft(Reply):
    figure: FigureRef
    name: str
    value: Number
    value_max: MayBe[Number] = None
    unit: str
    comparator: Comparator
    measure: Measure
    direction: MayBe[Direction] = None
    status: Status
    period: MaybePeriod = None
    baseline: Words = None
    deadline: MaybeTime = None
    actor: Words = None
    binding: MayBe[Binding] = None


class GoalDraft(Reply):
    statement: str
    category: Category
    clauses: Clauses
    metrics: tuple[FigureRef, ...] = ()
    period: MaybePeriod = None
    deadlines: tuple[TimeRef, ...] = ()
    actor: Words = None


class CapacityDraft(Reply):
    figure: FigureRef
    of: str


class MilestoneDraft(Reply):
    text: str
    deadline: MaybeTime = None


class ProjectDraft(Reply):
    name: str
    owner: Words = None
    stage: MayBe[Stage] = None
    target_stage: MayBe[Stage] = None
    deadline: MaybeTime = None
    total_investment: MaybeFigure = None
    annual_investment: MaybeFigure = None
    capacity: tuple[CapacityDraft, ...] = ()
    industry: Words = None
    location: Words = None
    department: Words = None
    milestones: tuple[MilestoneDraft, ...] = ()
    clauses: Clauses
    actor: Words = None


class RoleDraft(Reply):
    figures: tuple[FigureRef, ...]
    role: LooseRole


class ActorDraft(Reply):
    segment: str
    actor: str


class ChunkDraft(Reply):
    """从一段政府文件中抽取的目标、指标、项目、时限。"""

    actors: tuple[ActorDraft, ...] = ()
    metrics: tuple[MetricDraft, ...] = ()
    goals: tuple[GoalDraft, ...] = ()
    projects: tuple[ProjectDraft, ...] = ()
    deadlines: tuple[TimeRef, ...] = ()
    others: tuple[RoleDraft, ...] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _leaves_out_what_does_not_fit(
        cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        """With a list under `refused` in the context, a record that does not fit goes there, and the others are kept."""
        try:
            return handler(value)
        except ValidationError as error:
            refused: list[Refused] | None = (info.context or {}).get("refused")
            wrong = refusals(value, error)
            if refused is None or not wrong:
                raise
            gone = {(record.part, record.number) for record in wrong}
            kept = {
                part: [item for number, item in enumerate(items) if (part, number) not in gone]
                if isinstance(items, list)
                else items
                for part, items in value.items()
            }
            draft = handler(kept)
            refused.extend(wrong)
            return draft


class Refused(NamedTuple):
    """A record of a reply that does not fit: its list, its place in it, what it says, a line on each wrong field."""

    part: str
    number: int
    record: Any
    problems: tuple[str, ...]


def refusals(value: Any, error: ValidationError) -> tuple[Refused, ...]:
    """The records that an error is about; none where it is about the reply as a whole."""
    problems: dict[tuple[str, int], list[str]] = {}
    for problem in error.errors(include_url=False):
        match problem["loc"]:
            case (str(part), int(number), *field):
                problems.setdefault((part, number), []).append(f"{'.'.join(map(str, field))}: {problem['msg']}")
            case _:
                return ()
    return tuple(Refused(part, number, value[part][number], tuple(lines)) for (part, number), lines in problems.items())
