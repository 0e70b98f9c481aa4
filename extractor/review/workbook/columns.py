"""What stands in the columns of each tab. The first row names them for the import, the second for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor.review.fields import FIELDS, Field

TABS: Mapping[str, str] = {
    "goal": "goals",
    "metric": "metrics",
    "project": "projects",
    "deadline": "deadlines",
    "figure": "figures",
    "finding": "findings",
}
"""The tab of each kind. A figure is listed while nothing explains it, a finding where it names no record."""

DECISIONS: Mapping[str, tuple[str, ...]] = {
    "goal": ("accept", "reject"),
    "metric": ("accept", "reject"),
    "project": ("accept", "reject"),
    "deadline": ("accept", "reject"),
    "figure": (),
    "finding": ("accept",),
}
TECHNICAL = ("document", "record", "version", "state")
"""Which row of the store it is. `state` is a digest of the fields as they were exported: it tells what was typed since."""

Part = Literal["technical", "shown", "typed"]


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is there where the column is a field of the record; `hidden` ones are the machine's alone."""

    name: str
    part: Part
    label: str
    width: int
    choices: tuple[str, ...] = ()
    required: bool = False
    hidden: bool = False
    field: Field | None = None


@cache
def columns(kind: str) -> tuple[Column, ...]:
    decisions = DECISIONS[kind]
    decision = (Column("decision", "typed", LABELS["decision"], 11, decisions),) if decisions else ()
    return (
        *(Column(name, "technical", LABELS[name], 16, hidden=name != "record") for name in TECHNICAL),
        *(
            Column(name, "shown", LABELS[name], width)
            for name, width in (("source", 22), ("context", 60), ("evidence", 40))
        ),
        *(of_field(field) for field in FIELDS[kind]),
        *decision,
        Column("reason", "typed", LABELS["reason"], 24),
        Column("findings", "shown", LABELS["findings"], 44),
        Column("review", "shown", LABELS["review"], 13),
    )


def of_field(field: Field) -> Column:
    width = WIDTHS.get(field.name) or SHAPES[field.shape]
    return Column(field.name, "typed", LABELS[field.name], width, field.choices, field.required, field=field)


SHAPES = {
    "text": 18,
    "number": 13,
    "choice": 13,
    "date": 12,
    "record": 26,
    "records": 30,
    "figure": 26,
    "figures": 34,
    "milestones": 34,
}
WIDTHS = {"statement": 50, "name": 32}
LABELS = {
    "document": "文档", "record": "记录", "version": "版本", "state": "校验", "source": "来源", "context": "上下文",
    "evidence": "依据原文", "decision": "决定", "reason": "理由", "findings": "检查结果", "review": "审核状态",
    "statement": "目标表述", "category": "类别", "actor": "主体", "period.start": "期间起", "period.end": "期间止",
    "name": "名称", "value": "数值", "value_max": "上限", "unit": "单位", "comparator": "比较", "measure": "计量方式",
    "direction": "方向", "status": "目标或实绩", "baseline": "基准", "goal": "所属目标", "binding": "约束性",
    "indicator": "指标代码", "stage": "阶段", "target_stage": "目标阶段", "deadline": "期限", "owner": "建设单位", "milestones": "节点",
    "total_investment": "总投资", "annual_investment": "年度投资", "capacity": "规模", "industry": "行业",
    "location": "地点", "department": "责任部门", "relation": "关系", "start": "起", "end": "止", "precision": "精度",
    "applies_to": "约束对象", "role": "角色",
}  # fmt: skip
