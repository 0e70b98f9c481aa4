"""Drafts become records: ids become spans, values are normalised, references are tied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.analysis import Analysis
from extractor.assemble.above import shows
from extractor.assemble.columns import announced_unit, head_unit, row_of
from extractor.assemble.evidence import around_figure, around_time, clause_runs
from extractor.assemble.heads import holds
from extractor.assemble.indicators import indicator_of
from extractor.assemble.joining import added, flat, joined_goals, joined_projects, time_key, with_deadlines, with_names
from extractor.assemble.places import Place, locate
from extractor.assemble.values import base_value, normalized, of_hit, period_of, reading, time_index, time_of, unsigned
from extractor.assemble.wording import wording_of
from extractor.engines import Drafted
from extractor.outline.names.actors import region_of_actor
from extractor.recognise import Hit
from extractor.text.cleaning import clean
from extractor.text.lines import blanked
from schemas.base import Period, Quote, Span
from schemas.deadline import Deadline
from schemas.draft import GoalDraft, MetricDraft, ProjectDraft
from schemas.figure import Capacity, Normalized, Quantity
from schemas.finding import Finding
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Milestone, Project
from schemas.vocabulary import Origin


@dataclass(slots=True)
class Use:
    """A time hit and the records that it binds, each once and in their order."""

    index: int
    period: Period | None
    origin: Origin
    records: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Builder:
    """Collects records over the chunks of one file. Ids count in the order of the text, chunk by chunk.

    `goal_of` ties metrics to their goals by id; the metrics themselves learn of it at the end.
    `charged` are the organs that a draft names with a time itself, by hit.
    """

    analysis: Analysis
    metrics: list[Metric] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    goal_of: dict[str, str] = field(default_factory=dict)
    goal_of_row: dict[int, str] = field(default_factory=dict)  # a row is one commitment, its steps are no others
    uses: dict[int, Use] = field(default_factory=dict)
    project_hits: dict[int, str] = field(default_factory=dict)
    metric_hits: dict[int, str] = field(default_factory=dict)
    charged: dict[int, tuple[str, ...]] = field(default_factory=dict)
    lost: list[Finding] = field(default_factory=list)
    goal_said: dict[tuple[str, str], int] = field(default_factory=dict)  # by segment and statement: which of `goals`
    project_said: dict[tuple[str, str], int] = field(default_factory=dict)
    held: dict[str, bool] = field(default_factory=dict)  # whether the text holds a name
    text: str = field(init=False)
    actors: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        parts = enumerate(self.analysis.outline.parts)
        self.actors = {self.analysis.segment_id(number): part.actor for number, part in parts}
        self.text = blanked(self.analysis.view.text, self.analysis.outline.instructions)

    def add(self, drafted: Drafted) -> None:
        ids = {item.figure: self.add_metric(drafted, item, place) for item, place in self.in_text_order(drafted)}
        for goal in drafted.draft.goals:
            self.add_goal(drafted, goal, ids)
        for project in drafted.draft.projects:
            self.add_project(drafted, project)
        for limit in drafted.draft.deadlines:
            index = self.bind(drafted, limit.time, None, None)
            if index is not None and limit.responsible:
                named = self.organs(drafted, "a deadline", limit.responsible)
                self.charged[index] = added(self.charged.get(index, ()), named)

    def actor(self, drafted: Drafted, record: str, segment: str, name: str | None) -> str | None:
        """A name that the text does not hold is worse than none: the segment's actor stands."""
        if name and self.holds(name):
            return name
        if name:
            self.lose(drafted, f"{record} names an actor that the text does not hold: {name!r}")
        return self.actors.get(segment)

    def organs(self, drafted: Drafted, record: str, names: Iterable[str]) -> tuple[str, ...]:
        """Those charged that the text holds, each once."""
        told = dict.fromkeys(name for name in (name.strip() for name in names) if name)
        known = tuple(name for name in told if self.holds(name))
        for name in told:
            if name not in known:
                self.lose(drafted, f"{record} names an organ that the text does not hold: {name!r}")
        return known

    def holds(self, name: str) -> bool:
        if name not in self.held:
            self.held[name] = holds(self.text, clean(name).text)
        return self.held[name]

    def segment_of(self, drafted: Drafted, offset: int | None) -> str:
        clause = self.analysis.outline.clause_at(offset) if offset is not None else None
        sentence = self.analysis.outline.sentence_of(clause) if clause else drafted.chunk.sentences[0]
        return self.analysis.segment_id(sentence.segment)

    def bind(self, drafted: Drafted, reference: str | None, record: str | None, period: Period | None) -> int | None:
        """Note that a time binds a record; several records of one time share one deadline."""
        index = time_index(self.analysis, reference)
        if index is None or not shows(self.analysis, drafted.chunk, index):
            if reference:
                self.lose(drafted, f"{record or 'a deadline'} names a time that the text does not hold: {reference!r}")
            return None
        time = self.analysis.hits[index].time
        if time and time.recurring and time.relation != "by":
            return None  # «每年» says how often, not until when
        use = self.uses.setdefault(index, Use(index, period, drafted.origin))
        if record:
            use.records[record] = None
        return index

    def in_text_order(self, drafted: Drafted) -> list[tuple[MetricDraft, Place | None]]:
        found = [(draft, locate(self.analysis, drafted.chunk, draft.figure)) for draft in drafted.draft.metrics]
        behind = len(self.analysis.view.text)
        return sorted(found, key=lambda item: item[1].start if item[1] else behind)

    def add_metric(self, drafted: Drafted, draft: MetricDraft, place: Place | None) -> str | None:
        if place is None or (place.hit and place.hit.role == "time"):
            self.lose(drafted, f"metric {draft.name!r} names a figure that the text does not hold: {draft.figure!r}")
            return None
        identity = f"m{len(self.metrics) + 1}"
        value, direction = unsigned(draft)
        value, value_max, unit, base = reading(place, value, draft.value_max, draft.unit)
        segment = self.segment_of(drafted, place.start)
        period = period_of(draft.period)
        evidence = around_figure(self.analysis, place.start, place.end, draft.name)
        self.metrics.append(
            Metric(
                id=identity,
                segment=segment,
                name=draft.name,
                indicator=indicator_of(draft.name),
                figure=place.quote,
                value=value,
                value_max=value_max,
                unit=unit,
                normalized=base,
                comparator=draft.comparator,
                measure=draft.measure,
                direction=direction,
                status=draft.status,
                wording=() if draft.status == "actual" else wording_of(self.analysis, place),
                binding=draft.binding,
                period=period,
                baseline=draft.baseline,
                actor=(actor := self.actor(drafted, identity, segment, draft.actor)),
                region=region_of_actor(actor),
                responsible=self.organs(drafted, identity, draft.responsible),
                evidence=(evidence,),
                origin=drafted.origin,
            )
        )
        if place.index is not None:
            self.metric_hits.setdefault(place.index, identity)
        if draft.status != "actual":
            self.bind(drafted, draft.deadline, identity, period)
        return identity

    def add_goal(self, drafted: Drafted, draft: GoalDraft, ids: dict[str, str | None]) -> None:
        claimed = [identity for reference in dict.fromkeys(draft.metrics) if (identity := ids.get(reference))]
        owned = tuple(identity for identity in claimed if identity not in self.goal_of)  # a metric has one goal
        evidence = clause_runs(self.analysis, draft.clauses) or tuple(
            metric.evidence[0] for metric in self.metrics if metric.id in claimed
        )
        if not evidence:
            self.lose(drafted, f"goal {draft.statement!r} names no clause of the text")
            return
        segment = self.segment_of(drafted, self.analysis.view.clean_at(evidence[0].start))
        row = row_of(self.analysis, self.analysis.view.clean_at(evidence[0].start)) if owned else None
        number = self.goal_number(segment, draft.statement, row)
        identity = f"g{number + 1}"
        if row is not None:
            self.goal_of_row.setdefault(row, identity)
        period = period_of(draft.period)
        for reference in draft.deadlines:
            self.bind(drafted, reference, identity, period)
        self.goal_of |= dict.fromkeys(owned, identity)
        goal = Goal(
            id=identity,
            segment=segment,
            statement=draft.statement,
            category=draft.category,
            actor=(actor := self.actor(drafted, identity, segment, draft.actor)),
            region=region_of_actor(actor),
            responsible=self.organs(drafted, identity, draft.responsible),
            period=period,
            metrics=owned,
            evidence=evidence,
            origin=drafted.origin,
        )
        if number < len(self.goals):
            self.goals[number] = joined_goals(self.goals[number], goal)
        else:
            self.goals.append(goal)

    def goal_number(self, segment: str, statement: str, row: int | None) -> int:
        """Of the goal that says the same, or that the row is; else of the next one. Ids count from 1."""
        said = self.goal_said.setdefault((segment, flat(statement)), len(self.goals))
        of_row = int(self.goal_of_row[row][1:]) - 1 if row is not None and row in self.goal_of_row else said
        return min(said, of_row) if of_row == said or self.goals[of_row].segment == segment else said

    def add_project(self, drafted: Drafted, draft: ProjectDraft) -> None:
        evidence = clause_runs(self.analysis, draft.clauses)
        if not evidence:
            self.lose(drafted, f"project {draft.name!r} names no clause of the text")
            return
        segment = self.segment_of(drafted, self.analysis.view.clean_at(evidence[0].start))
        number = self.project_said.setdefault((segment, flat(draft.name)), len(self.projects))
        identity = f"p{number + 1}"
        due = self.bind(drafted, draft.deadline, identity, None)
        milestones = []
        for milestone in draft.milestones:
            index = self.bind(drafted, milestone.deadline, identity, None)
            milestones.append(Milestone(text=milestone.text, deadline=time_key(index)))
        responsible = self.organs(drafted, identity, draft.responsible or filter(None, (draft.department,)))
        project = Project(
            id=identity,
            segment=segment,
            name=draft.name,
            owner=draft.owner,
            stage=draft.stage,
            target_stage=draft.target_stage,
            deadline=time_key(due),
            total_investment=self.quantity(drafted, draft.total_investment, identity, money=True),
            annual_investment=self.quantity(drafted, draft.annual_investment, identity, money=True),
            capacity=tuple(self.capacities(drafted, draft, identity)),
            industry=draft.industry,
            location=draft.location,
            department=draft.department or next(iter(responsible), None),
            milestones=tuple(milestones),
            actor=(actor := self.actor(drafted, identity, segment, draft.actor)),
            region=region_of_actor(actor),
            responsible=responsible,
            evidence=evidence,
            origin=drafted.origin,
        )
        if number < len(self.projects):
            self.projects[number] = joined_projects(self.projects[number], project)
        else:
            self.projects.append(project)

    def quantity(
        self, drafted: Drafted, reference: str | None, project: str, *, money: bool = False
    ) -> Quantity | None:
        place = locate(self.analysis, drafted.chunk, reference) if reference else None
        read = self.read_quantity(place.hit, money=money) if place and place.hit else None
        if place is None or read is None:
            if reference:
                self.lose(drafted, f"project {project} names a figure that the text does not hold: {reference!r}")
            return None
        self.take(place, project)
        value, value_max, unit, base = read
        return Quantity(figure=place.quote, value=value, value_max=value_max, unit=unit, normalized=base)

    def read_quantity(self, hit: Hit, *, money: bool) -> tuple[Decimal, Decimal | None, str, Normalized] | None:
        """Of a bare number in a table the head of its column has the unit, of a sum the head of its section."""
        unit = "" if hit.unit else head_unit(self.analysis, hit)
        if money and not hit.unit and not unit:
            unit = announced_unit(self.analysis, hit)
        if hit.value is None or hit.unit:
            return of_hit(hit)
        return hit.value, hit.value_max, unit, normalized(base_value(hit.value, hit.value_max, unit))

    def capacities(self, drafted: Drafted, draft: ProjectDraft, project: str) -> Iterator[Capacity]:
        for item in draft.capacity:
            quantity = self.quantity(drafted, item.figure, project)
            if quantity:
                yield Capacity(**dict(quantity), of=item.of)

    def take(self, place: Place, project: str) -> None:
        if place.index is not None:
            self.project_hits.setdefault(place.index, project)

    def lose(self, drafted: Drafted, message: str) -> None:
        """Nothing is dropped in silence: what cannot be grounded becomes a finding."""
        first, last = drafted.chunk.sentences[0], drafted.chunk.sentences[-1]
        start, end = self.analysis.view.raw_span(first.start, last.end)
        self.lost.append(
            Finding(code="quote-not-found", severity="error", message=message, spans=(Span(start=start, end=end),))
        )

    def finish(self) -> tuple[tuple[Metric, ...], tuple[Goal, ...], tuple[Project, ...], tuple[Deadline, ...]]:
        """Number the deadlines in the order of the text and tie goals and projects to them."""
        order = {goal.id: number for number, goal in enumerate(self.goals)}
        for use in self.uses.values():
            goals = {self.goal_of[record] for record in use.records if record in self.goal_of}
            use.records |= dict.fromkeys(sorted(goals.difference(use.records), key=order.__getitem__))
        bound: tuple[Metric | Goal | Project, ...] = (*self.metrics, *self.goals, *self.projects)
        organs = {record.id: record.responsible for record in bound}
        deadlines: list[Deadline] = []
        names: dict[str, str] = {}
        for use in sorted(self.uses.values(), key=lambda use: use.index):
            identity = f"d{len(deadlines) + 1}"
            names[f"#{use.index}"] = identity
            deadlines.append(self.deadline(identity, use, organs))
        limits: dict[str, list[str]] = defaultdict(list)
        for use in self.uses.values():
            for record in use.records:
                limits[record].append(names[f"#{use.index}"])
        return (
            tuple(self.with_goal(metric) for metric in self.metrics),
            tuple(with_deadlines(goal, limits.get(goal.id, ())) for goal in self.goals),
            tuple(with_names(project, names) for project in self.projects),
            tuple(deadlines),
        )

    def with_goal(self, metric: Metric) -> Metric:
        goal = self.goal_of.get(metric.id)
        return metric.model_copy(update={"goal": goal}) if goal else metric

    def deadline(self, identity: str, use: Use, organs: Mapping[str, tuple[str, ...]]) -> Deadline:
        hit = self.analysis.hits[use.index]
        interval = time_of(self.analysis, use.index, use.period)
        relation = hit.time.relation if hit.time else "during"
        clause = self.analysis.outline.clause_at(hit.clean_start)
        text = Quote(
            start=hit.outer_start, end=hit.outer_end, quote=self.analysis.view.raw[hit.outer_start : hit.outer_end]
        )
        return Deadline(
            id=identity,
            segment=self.analysis.segment_id(self.analysis.outline.sentence_of(clause).segment if clause else 0),
            text=text,
            relation=relation,
            start=interval.start if interval and relation != "by" else None,
            end=interval.end if interval and relation != "from" else None,
            precision=interval.precision if interval else "year",
            responsible=self.charged.get(use.index) or shared_organs(use.records, organs),
            applies_to=tuple(use.records),
            evidence=around_time(self.analysis, clause, hit.clean_start, hit.clean_outer_end) if clause else (text,),
            origin=use.origin,
        )


def shared_organs(records: Iterable[str], organs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Who answers for all that a deadline binds; with several records that differ, nobody does."""
    told = {named for record in records if (named := organs.get(record))}
    return told.pop() if len(told) == 1 else ()
