"""Counts that add up: the scores of a folder are the sums of its documents' counts, not the mean of their rates."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any, Self

from extractor.evaluation.fields import (
    DEADLINE_FIELDS,
    METRIC_FIELDS,
    PROJECT_FIELDS,
    Field,
    Record,
    is_exact,
    is_full,
    is_target,
)
from extractor.evaluation.ledger_truth import ledger_truth
from extractor.evaluation.matching import Matches, evidence_spans, match_documents, overlap, records
from extractor.evaluation.rates import Share, rate

PARTS = ("goals", "metrics", "projects", "deadlines", "figures")


@dataclass(frozen=True, slots=True)
class Detection:
    tp: int = 0
    pred: int = 0
    gold: int = 0

    @property
    def precision(self) -> float | None:
        return rate(self.tp, self.pred)

    @property
    def recall(self) -> float | None:
        return rate(self.tp, self.gold)

    @property
    def f1(self) -> float | None:
        return rate(2 * self.tp, self.pred + self.gold)

    def __add__(self, other: Self) -> "Detection":
        return Detection(self.tp + other.tp, self.pred + other.pred, self.gold + other.gold)

    def as_dict(self) -> dict[str, Any]:
        rates = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {"tp": self.tp, "pred": self.pred, "gold": self.gold, **rates}


@dataclass(frozen=True, slots=True)
class FieldShares:
    """The share right of each field, on matched pairs only."""

    by_name: Mapping[str, Share] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Share:
        return self.by_name.get(name, Share())

    def __add__(self, other: Self) -> "FieldShares":
        return FieldShares({name: self[name] + other[name] for name in {**self.by_name, **other.by_name}})

    def as_dict(self) -> dict[str, Any]:
        return {name: share.as_dict() for name, share in self.by_name.items()}


@dataclass(frozen=True, slots=True)
class Scores:
    """One document, or the sum of several."""

    metrics: Detection = Detection()
    exact: Detection = Detection()
    full: Detection = Detection()
    targets: Detection = Detection()
    targets_exact: Detection = Detection()  # the headline
    projects: Detection = Detection()
    deadlines: Detection = Detection()
    goals: Detection = Detection()
    metric_fields: FieldShares = FieldShares()
    project_fields: FieldShares = FieldShares()
    deadline_fields: FieldShares = FieldShares()
    grounding: Share = field(default_factory=Share)
    ledger: Share = field(default_factory=Share)
    lost_in_silence: Share = field(default_factory=Share)  # `right` of these counts what must not be
    needlessly_open: Share = field(default_factory=Share)
    planted: Share = field(default_factory=Share)
    missing: int = 0  # documents without a prediction: all that gold holds is missed

    def __add__(self, other: Self) -> "Scores":
        return Scores(*(add(getattr(self, name), getattr(other, name)) for name in score_names()))

    def as_dict(self) -> dict[str, Any]:
        numbers = {name: getattr(self, name) for name in score_names() if name != "missing"}
        return {name: number.as_dict() for name, number in numbers.items()} | {"missing": self.missing}


def score_names() -> Iterator[str]:
    return (each.name for each in dataclasses.fields(Scores))


def total(scores: Iterable[Scores]) -> Scores:
    return reduce(add, scores, Scores())


def score(pred: Record, gold: Record, raw: str | None = None) -> Scores:
    """Score one document; without its raw text the grounding stays unknown. `pred` is `{}` where there is none."""
    found = match_documents(pred, gold)
    metrics, projects, deadlines = (part.certain() for part in (found.metrics, found.projects, found.deadlines))
    # a pair is about targets when either side says so: a target read as an actual is wrong, and so is the reverse
    targets = metrics.where(is_target)
    truth = ledger_truth(pred, gold)
    return Scores(
        metrics=detection(metrics),
        exact=exact(metrics),
        full=full(metrics),
        targets=detection(targets),
        targets_exact=exact(targets),
        projects=detection(projects),
        deadlines=detection(deadlines),
        goals=detection(found.goals.certain()),
        metric_fields=field_shares(metrics, METRIC_FIELDS),
        project_fields=field_shares(projects, PROJECT_FIELDS),
        deadline_fields=field_shares(deadlines, DEADLINE_FIELDS),
        grounding=grounding(pred, raw),
        ledger=ledger(pred),
        lost_in_silence=truth.lost,
        needlessly_open=truth.open,
        planted=planted(pred, gold),
        missing=int(not pred),
    )


def detection(matches: Matches) -> Detection:
    tp = len(matches.pairs)
    return Detection(tp, tp + len(matches.extra), tp + len(matches.missed))


def exact(matches: Matches) -> Detection:
    return dataclasses.replace(detection(matches), tp=sum(is_exact(gold, pred) for gold, pred in matches.pairs))


def full(matches: Matches) -> Detection:
    return dataclasses.replace(detection(matches), tp=sum(is_full(gold, pred) for gold, pred in matches.pairs))


def field_shares(matches: Matches, fields: tuple[Field, ...]) -> FieldShares:
    total_pairs = len(matches.pairs)
    return FieldShares(
        {each.name: Share(sum(each.right(gold, pred) for gold, pred in matches.pairs), total_pairs) for each in fields}
    )


def quotes(node: object) -> Iterator[tuple[int, int, str]]:
    """Walk every quote below `node`; a line of the ledger calls its quote `text`."""
    if isinstance(node, list):
        for item in node:
            yield from quotes(item)
    elif isinstance(node, dict):
        quote = node.get("quote", node.get("text"))
        if "start" in node and "end" in node and isinstance(quote, str):
            yield node["start"], node["end"], quote
        for item in node.values():
            yield from quotes(item)


def ungrounded(pred: Record, raw: str) -> list[tuple[int, int, str]]:
    return [
        (start, end, quote)
        for part in PARTS
        for start, end, quote in quotes(pred.get(part))
        if start < 0 or raw[start:end] != quote
    ]


def grounding(pred: Record, raw: str | None) -> Share:
    if raw is None:
        return Share()
    count = sum(1 for part in PARTS for _ in quotes(pred.get(part)))
    return Share(count - len(ungrounded(pred, raw)), count)


def ledger(pred: Record) -> Share:
    figures = records(pred, "figures")
    return Share(sum(figure.get("role") not in (None, "unexplained") for figure in figures), len(figures))


def is_found(fault: Record, pred: Record) -> bool:
    """Tell whether a check of the fault's code points at it, by a span or by a record that stands there."""
    by_id = {record.get("id"): record for part in PARTS[:-1] for record in records(pred, part)}
    place = [(fault["start"], fault["end"])] if fault.get("start") is not None else None
    return any(
        place is None
        or overlap(place, [(span["start"], span["end"]) for span in check.get("spans") or ()])
        or any(overlap(place, evidence_spans(by_id[name])) for name in check.get("records") or () if name in by_id)
        for check in records(pred, "checks")
        if check.get("code") == fault["code"]
    )


def planted(pred: Record, gold: Record) -> Share:
    faults = records(gold, "planted")
    return Share(sum(is_found(fault, pred) for fault in faults), len(faults))
