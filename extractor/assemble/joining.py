"""Two statements on one thing are one record; goals and projects learn the ids of their deadlines at the end."""

from collections.abc import Sequence
from typing import TypeVar

from extractor.assemble.evidence import MOST_QUOTES
from schemas.base import Quote
from schemas.goal import Goal
from schemas.project import Milestone, Project

T = TypeVar("T")

MOST_HELD = 200  # capacities and milestones of one project
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
            "capacity": together(known.capacity, other.capacity),
            "responsible": added(known.responsible, other.responsible),
            "milestones": together(known.milestones, other.milestones),
            "evidence": told_in(known.evidence, other.evidence),
        }
    )


def joined_goals(known: Goal, other: Goal) -> Goal:
    return known.model_copy(
        update={
            "period": known.period or other.period,
            "metrics": with_metrics(known.metrics, other.metrics),
            "responsible": added(known.responsible, other.responsible),
            "evidence": told_in(known.evidence, other.evidence),
        }
    )


def added(known: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return known + tuple(item for item in other if item not in known)


def told_in(known: tuple[Quote, ...], other: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """What is said a thousand times is proved by its first places."""
    return added(known, other)[:MOST_QUOTES] if len(known) < MOST_QUOTES else known


def together(known: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    """The same for what a project is said to hold: said again, it is mostly the same."""
    return added(known, other)[:MOST_HELD] if len(known) < MOST_HELD else known


def with_metrics(known: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """A metric has one goal: none of these is among the known."""
    return known + other if other else known


def flat(name: str) -> str:
    """A name without what scanning and typesetting put into it."""
    return name.replace(" ", "").rstrip("。;")
