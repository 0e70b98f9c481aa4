"""How a second reply mends a first one, and how replies to parts of a chunk become one draft."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from extractor.engines.judging import Judge, Problem, project_figures
from schemas.draft import ChunkDraft, GoalDraft, MetricDraft, ProjectDraft, Refused, RoleDraft

T = TypeVar("T")
R = TypeVar("R", MetricDraft, GoalDraft, ProjectDraft)
FIGURE_FIELDS = {"figure", "value、unit"}


@dataclass(frozen=True, slots=True)
class Questions:
    """What is sent back: tags that nobody answered for, records that do not hold, records that fitted no schema."""

    gaps: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    refused: tuple[Refused, ...] = ()

    def __len__(self) -> int:
        return len(self.gaps) + len(self.problems) + len(self.refused)

    def wrong(self, part: str) -> set[int]:
        return {problem.number for problem in self.problems if problem.part == part}

    def told(self, part: str) -> dict[int, tuple[str, ...]]:
        return {problem.number: problem.messages for problem in self.problems if problem.part == part}

    def refused_of(self, part: str) -> list[Refused]:
        return [refused for refused in self.refused if refused.part == part]


def mended(draft: ChunkDraft, extra: ChunkDraft, asked: Questions, judge: Judge) -> ChunkDraft:
    """Take from the second reply only what it was asked for, and only what is better by the same judge.

    A wrong record that it does not mend stays as it was.
    """
    tags = asked_tags(draft, asked)
    roles = of_tags(extra.others, tags - doubted_besides(draft, asked))
    withdrawn = {figure for role in roles for figure in role.figures}
    judge = judge.beside(draft, extra)
    metrics, more = replaced(draft.metrics, asked.told("metrics"), extra.metrics, same_metric(draft, asked), judge)
    kept = [
        item for number, item in enumerate(metrics) if item.figure not in withdrawn or item is not draft.metrics[number]
    ]
    goals, more_goals = replaced(draft.goals, asked.told("goals"), extra.goals, same_goal, judge)
    projects, more_projects = replaced(draft.projects, asked.told("projects"), extra.projects, same_project, judge)
    return draft.model_copy(
        update={
            "metrics": (*kept, *(metric for metric in more if metric.figure in tags)),
            "goals": (*goals, *asked_for(more_goals, lambda goal: goal.metrics, tags, asked.refused_of("goals"))),
            "projects": (*projects, *asked_for(more_projects, figures_of, tags, asked.refused_of("projects"))),
            "others": draft.others + roles,
        }
    )


def doubted_besides(draft: ChunkDraft, asked: Questions) -> set[str]:
    """The figures of metrics that were asked about for something else than their figure: these cannot be taken back."""
    return {
        draft.metrics[problem.number].figure
        for problem in asked.problems
        if problem.part == "metrics" and not any(field_of(message) in FIGURE_FIELDS for message in problem.messages)
    }


def asked_tags(draft: ChunkDraft, asked: Questions) -> set[str]:
    """The tags that the second reply may speak of: gaps, and those of wrong and of refused records."""
    tags = set(asked.gaps) | {draft.metrics[number].figure for number in asked.wrong("metrics")}
    tags |= {str(item.record.get("figure")) for item in asked.refused_of("metrics") if isinstance(item.record, dict)}
    owned = {metric.figure for metric in draft.metrics}
    claimed = chain.from_iterable(draft.goals[number].metrics for number in asked.wrong("goals"))
    return tags | {figure for figure in claimed if figure not in owned}


def replaced(
    records: Sequence[R],
    told: Mapping[int, tuple[str, ...]],
    offered: Iterable[R],
    same: Callable[[R, R], bool],
    judge: Judge,
) -> tuple[list[R], list[R]]:
    """Put what is offered into the place of the wrong record that it is like; give also what is like no record."""
    pool = list(offered)
    kept = []
    for number, record in enumerate(records):
        like = next((other for other in pool if same(record, other)), None)
        if like is not None:
            pool.remove(like)
        better = like is not None and number in told and is_better(told[number], judge(like))
        kept.append(like if like is not None and better else record)
    return kept, pool


def is_better(before: Sequence[str], after: Sequence[str]) -> bool:
    """Fewer problems; of as many, only without the ones that were asked about."""
    if len(after) == len(before):
        return not set(map(field_of, before)) & set(map(field_of, after))
    return len(after) < len(before)


def field_of(message: str) -> str:
    return message.partition(":")[0]


def same_metric(draft: ChunkDraft, asked: Questions) -> Callable[[MetricDraft, MetricDraft], bool]:
    """A metric is known by its tag; one whose tag the text does not hold by its name."""
    lost = {
        draft.metrics[problem.number].figure
        for problem in asked.problems
        if problem.part == "metrics" and any(message.startswith("figure:") for message in problem.messages)
    }
    return lambda one, other: one.figure == other.figure or (one.figure in lost and one.name == other.name)


def same_goal(one: GoalDraft, other: GoalDraft) -> bool:
    return bool(set(one.metrics) & set(other.metrics) or set(one.clauses) & set(other.clauses))


def same_project(one: ProjectDraft, other: ProjectDraft) -> bool:
    return one.name.replace(" ", "") == other.name.replace(" ", "")


def figures_of(project: ProjectDraft) -> tuple[str, ...]:
    return tuple(figure for _, figure in project_figures(project))


def asked_for(
    records: Sequence[T], figures: Callable[[T], Sequence[str]], tags: set[str], refused: Sequence[Refused]
) -> list[T]:
    """Of new records those that own asked tags alone, and as many others as were refused before."""
    own = [record for record in records if (found := figures(record)) and set(found) <= tags]
    return own + [record for record in records if record not in own][: len(refused)]


def of_tags(roles: Iterable[RoleDraft], tags: set[str]) -> tuple[RoleDraft, ...]:
    kept = ((role, tuple(figure for figure in role.figures if figure in tags)) for role in roles)
    return tuple(role.model_copy(update={"figures": figures}) for role, figures in kept if figures)


def united(drafts: Sequence[ChunkDraft]) -> ChunkDraft:
    """Drafts of parts of one chunk as one; what an earlier one says of a record stands."""
    whole = ChunkDraft()
    for draft in drafts:
        said = {figure for role in whole.others for figure in role.figures} | {item.figure for item in whole.metrics}
        fresh = {figure for role in draft.others for figure in role.figures} - said
        whole = ChunkDraft(
            segments=whole.segments
            + new(whole.segments, draft.segments, lambda one, other: one.segment == other.segment),
            metrics=whole.metrics + new(whole.metrics, draft.metrics, lambda one, other: one.figure == other.figure),
            goals=whole.goals + new(whole.goals, draft.goals, same_goal),
            projects=whole.projects + draft.projects,  # the assembly joins the statements on one project
            deadlines=whole.deadlines
            + new(whole.deadlines, draft.deadlines, lambda one, other: one.time == other.time),
            others=whole.others + of_tags(draft.others, fresh),
        )
    return whole


def new(known: Sequence[T], offered: Sequence[T], same: Callable[[T, T], bool]) -> tuple[T, ...]:
    return tuple(other for other in offered if not any(same(one, other) for one in known))
