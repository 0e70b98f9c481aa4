"""Which predicted record answers which gold record: one to one, the most alike first, ties in the order of the lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.evaluation.fields import Record, bare, dice, same_name

SHARED = 0.3  # of the shorter evidence


@dataclass(frozen=True, slots=True)
class Matches:
    """Each pair is gold, then prediction."""

    pairs: tuple[tuple[Record, Record], ...]
    missed: tuple[Record, ...]
    extra: tuple[Record, ...]

    def certain(self) -> "Matches":
        """Leave out the doubtful gold records and what matched them."""
        pairs = tuple((gold, pred) for gold, pred in self.pairs if not gold.get("doubtful"))
        return Matches(pairs, tuple(gold for gold in self.missed if not gold.get("doubtful")), self.extra)

    def where(self, keep: Callable[[Record], bool]) -> "Matches":
        """Keep a pair when either side is wanted, and a single record when it is."""
        return Matches(
            tuple((gold, pred) for gold, pred in self.pairs if keep(gold) or keep(pred)),
            tuple(filter(keep, self.missed)),
            tuple(filter(keep, self.extra)),
        )


@dataclass(frozen=True, slots=True)
class Matched:
    metrics: Matches
    projects: Matches
    deadlines: Matches
    goals: Matches


def spans(record: Record) -> list[tuple[int, int]]:
    """Where a record stands: a metric at its figure, a deadline at its text, the others at their evidence."""
    own = record.get("figure") or record.get("text")
    quotes = [own] if isinstance(own, dict) else record.get("evidence") or ()
    return [(quote["start"], quote["end"]) for quote in quotes]


def overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """Give the number of characters that both hold."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def match(gold: Sequence[Record], pred: Sequence[Record], likeness: Callable[[Record, Record], float]) -> Matches:
    """Pair what is alike (more than 0)."""
    candidates = [
        (-like, at_gold, at_pred)
        for at_gold, one in enumerate(gold)
        for at_pred, other in enumerate(pred)
        if (like := likeness(one, other)) > 0
    ]
    answer: dict[int, int] = {}
    taken: set[int] = set()
    for _, at_gold, at_pred in sorted(candidates):
        if at_gold not in answer and at_pred not in taken:
            answer[at_gold] = at_pred
            taken.add(at_pred)
    return Matches(
        tuple((gold[at_gold], pred[answer[at_gold]]) for at_gold in sorted(answer)),
        tuple(record for at, record in enumerate(gold) if at not in answer),
        tuple(record for at, record in enumerate(pred) if at not in taken),
    )


def span_likeness(gold: Record, pred: Record) -> float:
    return overlap(spans(gold), spans(pred))


def shared_evidence(one: Record, other: Record) -> float:
    """The largest part of a quote that stands in a quote of the other, as a share of the shorter of the two."""
    return max(
        (
            overlap([a], [b]) / max(1, min(a[1] - a[0], b[1] - b[0]))
            for a in evidence_spans(one)
            for b in evidence_spans(other)
        ),
        default=0,
    )


def evidence_spans(record: Record) -> list[tuple[int, int]]:
    return [(quote["start"], quote["end"]) for quote in record.get("evidence") or ()]


def project_likeness(gold: Record, pred: Record) -> float:
    """Projects of one list often share their evidence: the nearer name goes first."""
    near = gold.get("segment") == pred.get("segment") or shared_evidence(gold, pred) > 0
    if not near or not same_name(gold.get("name"), pred.get("name")):
        return 0
    return dice(bare(gold.get("name")), bare(pred.get("name"))) + 0.01


def goal_likeness(gold: Record, pred: Record) -> Callable[[Record, Record], float]:
    """Goals that share a metric come before those that share evidence alone."""
    ours, theirs = figures_of_metrics(gold), figures_of_metrics(pred)

    def likeness(one: Record, other: Record) -> float:
        shared = shared_evidence(one, other)
        if any(
            overlap([ours[a]], [theirs[b]])
            for a in one.get("metrics") or ()
            for b in other.get("metrics") or ()
            if a in ours and b in theirs
        ):
            return 1 + shared
        return shared if shared >= SHARED else 0

    return likeness


def figures_of_metrics(document: Record) -> dict[str, tuple[int, int]]:
    return {
        metric["id"]: (metric["figure"]["start"], metric["figure"]["end"])
        for metric in document.get("metrics") or ()
        if metric.get("figure")
    }


def projects(document: Record) -> list[Record]:
    """Give the projects, each with `deadline_end`: gold states the date, an extraction the id of a deadline."""
    ends = {deadline.get("id"): deadline.get("end") for deadline in records(document, "deadlines")}
    return [
        {**project, "deadline_end": ends.get(project.get("deadline")) or project.get("target_deadline")}
        for project in records(document, "projects")
    ]


def records(document: Record, part: str) -> list[Record]:
    """The records of a part; what a reviewer has rejected is none."""
    return [record for record in document.get(part) or () if record.get("review") != "rejected"]


def match_documents(pred: Record, gold: Record) -> Matched:
    """Match every part, doubtful gold included."""
    return Matched(
        metrics=match(records(gold, "metrics"), records(pred, "metrics"), span_likeness),
        projects=match(projects(gold), projects(pred), project_likeness),
        deadlines=match(records(gold, "deadlines"), records(pred, "deadlines"), span_likeness),
        goals=match(records(gold, "goals"), records(pred, "goals"), goal_likeness(gold, pred)),
    )
