"""Two statements on one thing are one record; goals and projects learn the ids of their deadlines at the end."""

from collections.abc import Sequence
from typing import TypeVar

from schemas.goal import Goal
from schemas.project import Milestone, Project

T = TypeVar("T")

PROJECT_FIELDS = (
    "owner",
    "stage",
    "target_stage",
    "deadline",
    "total_investment",
    "annual_investment",
    "industry",
    "location",
    "department",
)


def time_key(index: int | None) -> str | None:
    """Deadlines get their ids at the end; until then a project names the hit."""
    return None if index is None else f"#{index}"


def with_deadlines(goal: Goal, deadlines: Sequence[str]) -> Goal:
    return goal.model_copy(update={"deadlines": tuple(deadlines)}) if deadlines else goal


def with_names(project: Project, names: dict[str, str]) -> Project:
    if not project.deadline and not project.milestones:
        return project
    return project.model_copy(
        update={
            "deadline": names.get(project.deadline) if project.deadline else None,
            "milestones": tuple(
                Milestone(text=milestone.text, deadline=names.get(milestone.deadline) if milestone.deadline else None)
                for milestone in project.milestones
            ),
        }
    )


def joined_projects(known: Project, other: Project) -> Project:
    """The first word on each field stands, lists are put together."""
    merged = {name: getattr(known, name) or getattr(other, name) for name in PROJECT_FIELDS}
    return known.model_copy(
        update=merged
        | {
            "capacity": added(known.capacity, other.capacity),
            "responsible": added(known.responsible, other.responsible),
            "milestones": added(known.milestones, other.milestones),
            "evidence": added(known.evidence, other.evidence),
        }
    )


def joined_goals(known: Goal, other: Goal) -> Goal:
    return known.model_copy(
        update={
            "period": known.period or other.period,
            "metrics": added(known.metrics, other.metrics),
            "responsible": added(known.responsible, other.responsible),
            "evidence": added(known.evidence, other.evidence),
        }
    )


def added(known: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return known + tuple(item for item in other if item not in known)


def flat(name: str) -> str:
    """A name without what scanning and typesetting put into it."""
    return name.replace(" ", "").rstrip("。;")
