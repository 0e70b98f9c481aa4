"""Which predicted record answers which gold record: one to one, the largest overlap first, ties by position."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluation.fields import Record, bare, dice, same_project_name

Likeness = tuple[float, ...]
"""Overlap first; what follows only breaks ties."""

SHARED = 30  # per cent of the shorter evidence


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


def length(of: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in of)


def position(record: Record) -> int:
    return min((start for start, _ in spans(record)), default=0)


def match(
    gold: Sequence[Record], pred: Sequence[Record], likeness: Callable[[Record, Record], Likeness | None]
) -> Matches:
    candidates = [
        (tuple(-part for part in like), position(one), position(other), at_gold, at_pred)
        for at_gold, one in enumerate(gold)
        for at_pred, other in enumerate(pred)
        if (like := likeness(one, other)) is not None
    ]
    answer: dict[int, int] = {}
    taken: set[int] = set()
    for *_, at_gold, at_pred in sorted(candidates):
        if at_gold not in answer and at_pred not in taken:
            answer[at_gold] = at_pred
            taken.add(at_pred)
    return Matches(
        tuple((gold[at_gold], pred[answer[at_gold]]) for at_gold in sorted(answer)),
        tuple(record for at, record in enumerate(gold) if at not in answer),
        tuple(record for at, record in enumerate(pred) if at not in taken),
    )


def span_likeness(gold: Record, pred: Record) -> Likeness | None:
    shared = overlap(spans(gold), spans(pred))
    return (shared,) if shared else None


def segment_names(pred: Record, gold: Record) -> dict[str, str]:
    """Give for each predicted segment the gold segment that it is: ids are counted anew in every extraction."""

    def likeness(one: Record, other: Record) -> tuple[float, int]:
        a, b = (one["start"], one["end"]), (other["start"], other["end"])
        shared = overlap([a], [b])
        return shared / max(length([a, b]) - shared, 1), -other["start"]

    names: dict[str, str] = {}
    for segment in segments(pred):
        best = max(segments(gold), key=lambda other: likeness(segment, other), default=None)
        if best is not None and likeness(segment, best)[0]:
            names[segment["id"]] = best["id"]
    return names


def segments(document: Record) -> list[Record]:
    return list((document.get("document") or {}).get("segments") or ())


def project_likeness(pred: Record, gold: Record) -> Callable[[Record, Record], Likeness | None]:
    known = segment_names(pred, gold) if segments(pred) and segments(gold) else None

    def likeness(one: Record, other: Record) -> Likeness | None:
        shared = overlap(spans(one), spans(other))
        theirs = other.get("segment")
        same_segment = one.get("segment") == (theirs if known is None else known.get(str(theirs), ""))
        if not same_project_name(one, other) or not (same_segment or shared):
            return None
        # projects of one list often share their evidence: the nearer name goes first
        return shared, dice(bare(one.get("name")), bare(other.get("name")))

    return likeness


def goal_likeness(metrics: Matches) -> Callable[[Record, Record], Likeness | None]:
    answers = {(gold.get("id"), pred.get("id")) for gold, pred in metrics.pairs}

    def likeness(one: Record, other: Record) -> Likeness | None:
        of_one, of_other = spans(one), spans(other)
        shared = overlap(of_one, of_other)
        metrics_shared = sum((a, b) in answers for a in one.get("metrics") or () for b in other.get("metrics") or ())
        enough = shared and 100 * shared >= SHARED * min(length(of_one), length(of_other))
        return (shared, metrics_shared) if enough or metrics_shared else None

    return likeness


def projects(document: Record) -> list[Record]:
    """Give the projects, each with `deadline_end`: gold states the date, an extraction the id of a deadline."""
    ends = {deadline.get("id"): deadline.get("end") for deadline in records(document, "deadlines")}

    def end_of(project: Record) -> Any:
        # an id without a deadline stands for itself, so that it never equals null
        deadline = project.get("deadline")
        return project.get("target_deadline") or ends.get(deadline, deadline)

    return [{**project, "deadline_end": end_of(project)} for project in records(document, "projects")]


def records(document: Record, part: str) -> list[Record]:
    """The records of a part; what a reviewer has rejected is none."""
    return [record for record in document.get(part) or () if record.get("review") != "rejected"]


def match_documents(pred: Record, gold: Record) -> Matched:
    """Match every part, doubtful gold included."""
    metrics = match(records(gold, "metrics"), records(pred, "metrics"), span_likeness)
    return Matched(
        metrics=metrics,
        projects=match(projects(gold), projects(pred), project_likeness(pred, gold)),
        deadlines=match(records(gold, "deadlines"), records(pred, "deadlines"), span_likeness),
        goals=match(records(gold, "goals"), records(pred, "goals"), goal_likeness(metrics)),
    )
