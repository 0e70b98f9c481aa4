"""What an engine says about one chunk, by ids: the reply models of the language model, and of the rules alike.

`fN` and `tN` name a tagged figure or time of the chunk, numbers in `clauses` its numbered clauses. A context with
`problems` (a function from a draft to messages) makes validation hold the draft against the chunk; without it
only the shape is checked.
"""

from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from schemas.base import Number, Value
from schemas.vocabulary import Binding, Category, Comparator, Direction, LooseRole, Measure, Stage, Status

FigureRef = Annotated[str, Field(description="数字标签,如 f12;文中漏标的数字可照抄原文")]
TimeRef = Annotated[str, Field(description="时间标签,如 t3")]
PeriodText = Annotated[
    str,
    Field(
        pattern=r"^(\d{4}-\d{2}-\d{2})?/(\d{4}-\d{2}-\d{2})?$",
        description="起止日期,如 2024-01-01/2024-12-31;时点两端同日",
    ),
]
Clauses = Annotated[tuple[int, ...], Field(description="依据所在的句段编号")]


class MetricDraft(Value):
    figure: FigureRef
    name: Annotated[str, Field(description="简体名词短语,保留限定语,不含时间、同比、增长等词")]
    value: Number
    value_max: Annotated[Number | None, Field(description="仅区间")] = None
    unit: Annotated[str, Field(description="照原文的单位(简体)")]
    comparator: Comparator
    measure: Measure
    direction: Direction | None = None
    status: Status
    period: PeriodText | None = None
    baseline: Annotated[str | None, Field(description="比较基准,如 同比、2020年、区交任务")] = None
    deadline: Annotated[TimeRef | None, Field(description="约束该目标的时间标签;非目标为空")] = None
    actor: Annotated[str | None, Field(description="与文件段主体不同时才写")] = None
    binding: Binding | None = None


class GoalDraft(Value):
    statement: Annotated[str, Field(description="一句话,简体")]
    category: Category
    clauses: Clauses
    metrics: Annotated[tuple[FigureRef, ...], Field(description="它的目标指标的数字标签")] = ()
    period: PeriodText | None = None
    deadlines: tuple[TimeRef, ...] = ()
    actor: str | None = None


class CapacityDraft(Value):
    figure: FigureRef
    of: Annotated[str, Field(description="计的是什么,如 冷轧精密带钢 每年、建筑面积")]


class MilestoneDraft(Value):
    text: str
    deadline: TimeRef | None = None


class ProjectDraft(Value):
    name: str
    owner: Annotated[str | None, Field(description="建设单位")] = None
    stage: Stage | None = None
    target_stage: Annotated[Stage | None, Field(description="文中承诺达到的阶段")] = None
    deadline: Annotated[TimeRef | None, Field(description="target_stage 的时限")] = None
    total_investment: FigureRef | None = None
    annual_investment: FigureRef | None = None
    capacity: tuple[CapacityDraft, ...] = ()
    industry: str | None = None
    location: str | None = None
    department: Annotated[str | None, Field(description="责任部门")] = None
    milestones: tuple[MilestoneDraft, ...] = ()
    clauses: Clauses
    actor: str | None = None


class RoleDraft(Value):
    figures: tuple[FigureRef, ...]
    role: LooseRole


class ActorDraft(Value):
    segment: Annotated[str, Field(description="文件段编号,如 s1")]
    actor: Annotated[str, Field(description="发文或行动主体的简称,如 某市、某高新区")]


class ChunkDraft(Value):
    """从一段政府文件中抽取的目标、指标、项目、时限。"""

    actors: tuple[ActorDraft, ...] = ()
    metrics: tuple[MetricDraft, ...] = ()
    goals: tuple[GoalDraft, ...] = ()
    projects: tuple[ProjectDraft, ...] = ()
    deadlines: Annotated[tuple[TimeRef, ...], Field(description="上面没有用到、但确为承诺时限的时间标签")] = ()
    others: Annotated[tuple[RoleDraft, ...], Field(description="其余每个 f 标签的角色")] = ()

    @model_validator(mode="after")
    def _holds_against_the_chunk(self, info: ValidationInfo) -> Self:
        problems = (info.context or {}).get("problems")
        if problems and (messages := problems(self)):
            raise ValueError(";".join(messages))
        return self
