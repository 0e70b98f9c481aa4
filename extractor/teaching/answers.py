"""The way back from records to a draft: what a model should have said of an excerpt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.engines.rendering import neutral
from extractor.teaching.excerpt import Excerpt
from extractor.teaching.ground import Ground
from schemas.base import Period, Span
from schemas.deadline import Deadline
from schemas.document import Segment
from schemas.draft import (
    CapacityDraft,
    ChunkDraft,
    GoalDraft,
    HeadDraft,
    LimitDraft,
    MetricDraft,
    MilestoneDraft,
    ProjectDraft,
    RoleDraft,
)
from schemas.figure import Quantity
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project
from schemas.vocabulary import LooseRole


@dataclass(frozen=True, slots=True)
class Answer:
    ground: Ground
    excerpt: Excerpt
    segment: Segment | None

    def draft(self, names: Iterable[str], roles: dict[str, LooseRole]) -> ChunkDraft:
        """`names` are the records that stand in the excerpt, `roles` those of its tags that are in none of them."""
        records = [self.ground.records[name] for name in names]
        actor = self.segment.actor if self.segment else None
        draft = ChunkDraft(
            segments=(HeadDraft(segment="s1", actor=neutral(actor)),) if actor else (),
            metrics=tuple(self.metric(record) for record in records if isinstance(record, Metric)),
            goals=tuple(self.goal(record) for record in records if isinstance(record, Goal)),
            projects=tuple(self.project(record) for record in records if isinstance(record, Project)),
            others=tuple(self.grouped(roles)),
        )
        return draft.model_copy(update={"deadlines": tuple(self.limits_told(draft, records))})

    def metric(self, record: Metric) -> MetricDraft:
        return MetricDraft(
            figure=self.figure(record.figure),
            name=neutral(record.name),
            value=record.value,
            value_max=record.value_max,
            unit=neutral(record.unit),
            comparator=record.comparator,
            measure=record.measure,
            direction=record.direction,
            status=record.status,
            period=period_text(record.period),
            baseline=words(record.baseline),
            deadline=None if record.status == "actual" else next(self.limits(record.id), None),
            actor=self.actor(record.actor),
            binding=record.binding,
            responsible=tuple(map(neutral, record.responsible)),
        )

    def goal(self, record: Goal) -> GoalDraft:
        owned = (self.ground.records.get(name) for name in record.metrics)
        return GoalDraft(
            statement=neutral(record.statement),
            category=record.category,
            clauses=self.clauses(record.evidence),
            metrics=tuple(self.figure(metric.figure) for metric in owned if isinstance(metric, Metric)),
            period=period_text(record.period),
            deadlines=tuple(self.limits(record.id)),
            actor=self.actor(record.actor),
            responsible=tuple(map(neutral, record.responsible)),
        )

    def project(self, record: Project) -> ProjectDraft:
        return ProjectDraft(
            name=neutral(record.name),
            owner=words(record.owner),
            stage=record.stage,
            target_stage=record.target_stage,
            deadline=self.time(record.deadline),
            total_investment=self.quantity(record.total_investment),
            annual_investment=self.quantity(record.annual_investment),
            capacity=tuple(
                CapacityDraft(figure=self.figure(item.figure), of=neutral(item.of)) for item in record.capacity
            ),
            industry=words(record.industry),
            location=words(record.location),
            milestones=tuple(
                MilestoneDraft(text=neutral(item.text), deadline=self.time(item.deadline)) for item in record.milestones
            ),
            clauses=self.clauses(record.evidence),
            actor=self.actor(record.actor),
            responsible=charged(record),
        )

    def figure(self, span: Span) -> str:
        """Its tag; without one, as it stands in the text."""
        index = self.ground.hit(span)
        view = self.ground.analysis.view
        tag = self.excerpt.tags.get(index) if index is not None else None
        return (
            tag
            if tag and tag.startswith("f")
            else neutral(view.text[view.clean_at(span.start) : view.clean_at(span.end)])
        )

    def quantity(self, quantity: Quantity | None) -> str | None:
        return self.figure(quantity.figure) if quantity else None

    def clauses(self, spans: Iterable[Span]) -> tuple[int, ...]:
        known = self.excerpt.clauses
        return tuple(known[number] for number in sorted(self.ground.clauses(spans)) if number in known)

    def limits(self, name: str) -> Iterator[str]:
        for deadline in self.ground.limits.get(name, ()):
            tag = self.time(deadline.id)
            if tag:
                yield tag

    def time(self, name: str | None) -> str | None:
        """The tag of a deadline; one that stands outside the excerpt has none."""
        deadline = self.ground.records.get(name) if name else None
        index = self.ground.hit(deadline.text) if isinstance(deadline, Deadline) else None
        if index is None or self.ground.analysis.hits[index].time is None:
            return None
        return self.excerpt.tags.get(index)

    def limits_told(self, draft: ChunkDraft, records: Iterable[object]) -> Iterator[LimitDraft]:
        """The limits that no record of the draft names, and those that others answer for than its records."""
        said = {metric.deadline for metric in draft.metrics} | {tag for goal in draft.goals for tag in goal.deadlines}
        for project in draft.projects:
            said |= {project.deadline, *(milestone.deadline for milestone in project.milestones)}
        bound: tuple[MetricDraft | GoalDraft | ProjectDraft, ...] = (*draft.metrics, *draft.goals, *draft.projects)
        named = {record.responsible for record in bound if record.responsible}
        for record in records:
            tag = self.time(record.id) if isinstance(record, Deadline) else None
            if tag is None or not isinstance(record, Deadline):
                continue
            organs = tuple(map(neutral, record.responsible))
            if tag not in said or (organs and organs not in named):
                yield LimitDraft(time=tag, responsible=organs)

    def grouped(self, roles: dict[str, LooseRole]) -> Iterator[RoleDraft]:
        for role in dict.fromkeys(roles.values()):
            if role != "repeat":
                yield RoleDraft(figures=tuple(tag for tag, own in roles.items() if own == role), role=role)
        for tag, role in roles.items():
            if role == "repeat":
                yield RoleDraft(figures=(tag,), role=role, repeats=self.repeated(tag))

    def repeated(self, tag: str) -> str | None:
        """The tag of the figure that another says again, where its metric stands in the excerpt too."""
        index = next(index for index, own in self.excerpt.tags.items() if own == tag)
        line = self.ground.ledger.get(index)
        record = self.ground.records.get(line.record) if line and line.record else None
        hit = self.ground.hit(record.figure) if isinstance(record, Metric) else None
        return self.excerpt.tags.get(hit) if hit is not None else None

    def actor(self, name: str | None) -> str | None:
        """Only one that the segment does not give."""
        return None if self.segment and name == self.segment.actor else words(name)


def charged(record: Project) -> tuple[str, ...]:
    """Records of before `responsible` name a department alone."""
    return tuple(map(neutral, record.responsible or filter(None, (record.department,))))


def period_text(period: Period | None) -> str | None:
    return f"{period.start or ''}/{period.end or ''}" if period and (period.start or period.end) else None


def words(text: str | None) -> str | None:
    return neutral(text) if text else None
