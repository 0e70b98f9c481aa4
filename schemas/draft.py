"""What an engine says about one chunk, by ids: the reply models of the language model, and of the rules alike.

`fN` and `tN` name a tagged figure or time of the chunk, numbers in `clauses` its numbered clauses.
"""

from typing import Any, NamedTuple, Self

from pydantic import ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema

from schemas.base import Number
from schemas.reply import DateText, MayBe, PeriodText, Reply, Words, YearNumber
from schemas.vocabulary import Binding, Category, Comparator, Direction, LooseRole, Measure, Stage, Status

FigureRef = str  # a figure without a tag is quoted word for word
TimeRef = str
Clauses = tuple[int, ...]
Organs = tuple[str, ...]  # who answers, the leading one first
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
    responsible: Organs = ()


class GoalDraft(Reply):
    statement: str
    category: Category
    clauses: Clauses
    metrics: tuple[FigureRef, ...] = ()
    period: MaybePeriod = None
    deadlines: tuple[TimeRef, ...] = ()
    actor: Words = None
    responsible: Organs = ()


class CapacityDraft(Reply):
    figure: FigureRef
    of: str


class MilestoneDraft(Reply):
    text: str
    deadline: MaybeTime = None


class ProjectDraft(Reply):
    """`department` is a word of the rules; a model names the department first in `responsible`."""

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
    department: SkipJsonSchema[Words] = None
    milestones: tuple[MilestoneDraft, ...] = ()
    clauses: Clauses
    actor: Words = None
    responsible: Organs = ()


class LimitDraft(Reply):
    """A time that limits a commitment. One that says no more than its tag may be written as that."""

    time: TimeRef
    responsible: Organs = ()

    @model_validator(mode="before")
    @classmethod
    def _may_be_a_bare_tag(cls, value: Any) -> Any:
        return {"time": value} if isinstance(value, str) else value


class RoleDraft(Reply):
    """What figures are that no record owns. `repeats` is the figure that these say again."""

    figures: tuple[FigureRef, ...]
    role: LooseRole
    repeats: MaybeFigure = None
    why: Words = None


class HeadDraft(Reply):
    """What the text says of a segment, where its header says nothing or something else.

    `year` is the year that 今年 means.
    """

    segment: str
    title: Words = None
    actor: Words = None
    issuer: Words = None
    published: DateText = None
    delivered: DateText = None
    year: YearNumber = None


class ChunkDraft(Reply):
    """从一段政府文件中抽取的目标、指标、项目、时限。"""

    segments: tuple[HeadDraft, ...] = ()
    metrics: tuple[MetricDraft, ...] = ()
    goals: tuple[GoalDraft, ...] = ()
    projects: tuple[ProjectDraft, ...] = ()
    deadlines: tuple[LimitDraft, ...] = ()
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
