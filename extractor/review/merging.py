"""A run's extraction with the reviewers' decisions laid over it, checked again."""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeGuard

from extractor.analysis import Analysis
from extractor.checks import Material, run_checks
from extractor.checks.material import quantities
from extractor.review.differing import differing
from extractor.review.history import Reviewed
from extractor.review.keys import (
    MODELS,
    Record,
    figure_key,
    finding_key,
    keyed,
    kind_of,
    places_of,
    references,
    renamed,
    span_of,
)
from extractor.review.matching import LEAST, matched, overlap
from schemas.deadline import Deadline
from schemas.document import Extraction, Segment
from schemas.figure import Figure
from schemas.finding import Finding
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project

LETTERS = {"goal": "g", "metric": "m", "project": "p", "deadline": "d"}


@dataclass(frozen=True, slots=True)
class Merged:
    """`extraction` as it now stands, rejected records included; `id_of` gives the id of each key in it.

    `same` names the run's own key of each reviewed record that the run has too.
    """

    extraction: Extraction
    id_of: Mapping[str, str]
    same: Mapping[str, str]


def merge(
    extraction: Extraction, analysis: Analysis, reviewed: Mapping[str, Reviewed], result: int | None = None
) -> Merged:
    """Lay decisions over what a run made. The decisions stand.

    `result` is the run's stored result, where it has one: what no reviewer has seen yet and differs becomes a finding.
    """
    run = keyed(extraction)
    records = {key: item for key, item in reviewed.items() if item.kind in MODELS}
    same = matched(records, run)
    items = laid_over(run, records, same)
    ids = named(items, run, same)
    again = {its: key for key, its in same.items() if records[key].stands}
    aliases = ids | {its: ids[key] for its, key in again.items()}
    made = [built(key, item, aliases, extraction.document.segments) for key, item in items]
    kept = tied(made)
    figures = tuple(ledger(extraction.figures, kept, reviewed))
    notes = tuple(differing(records, run, same, ids, result)) if result is not None else ()
    whole = extraction.model_copy(
        update={
            "goals": tuple(record for record in kept if isinstance(record, Goal)),
            "metrics": tuple(record for record in kept if isinstance(record, Metric)),
            "projects": tuple(record for record in kept if isinstance(record, Project)),
            "deadlines": tuple(record for record in kept if isinstance(record, Deadline)),
            "figures": figures,
            "run": extraction.run.model_copy(update={"figures_explained": share_explained(figures)}),
        }
    )
    checks = (*checked(whole, analysis, extraction.checks), *notes)
    return Merged(whole.model_copy(update={"checks": settled(checks, whole, reviewed)}), ids, same)


Item = Reviewed | Record


def laid_over(
    run: Mapping[str, Record], records: Mapping[str, Reviewed], same: Mapping[str, str]
) -> list[tuple[str, Item]]:
    """Every record that is to be there, by kind and in the order of the text."""
    decided = {its: key for key, its in same.items() if records[key].stands}
    items: list[tuple[str, Item]] = []
    for its, record in run.items():
        key = decided.get(its)
        items.append((key, records[key]) if key else (its, record))
    missing = [(key, item) for key, item in records.items() if item.stands and key not in same]
    items += [(key, item) for key, item in missing if item.review != "rejected"]
    order = {kind: number for number, kind in enumerate(MODELS)}
    if not missing:
        return items
    return sorted(items, key=lambda pair: (order[kind_of(pair[0])], start_of(pair[1])))


def start_of(item: Item) -> int:
    if not isinstance(item, Reviewed):
        return min((span.start for span in places_of(item)), default=0)
    return int(item.key.split("-")[1])


def named(items: Sequence[tuple[str, Item]], run: Mapping[str, Record], same: Mapping[str, str]) -> dict[str, str]:
    """Ids by key. What the run has keeps its id; what only a reviewer has takes the next free one."""
    taken = {record.id for record in run.values()}
    ids: dict[str, str] = {}
    for key, item in items:
        if not isinstance(item, Reviewed):
            ids[key] = item.id
        elif key in same:
            ids[key] = run[same[key]].id
        else:
            letter = LETTERS[item.kind]
            ids[key] = next(name for number in count(1) if (name := f"{letter}{number}") not in taken)
            taken.add(ids[key])
    return ids


def built(key: str, item: Item, ids: Mapping[str, str], segments: Sequence[Segment]) -> Record:
    if not isinstance(item, Reviewed):
        return item
    content: dict[str, Any] = renamed(item.record, {**ids, **strays(item.record, ids)}) | {
        "id": ids[key],
        "review": item.review,
    }
    if any(item.record[name] != item.base[name] for name in item.base if name != "review"):
        content["origin"] = "reviewer"
    content["segment"] = segment_at(segments, start_of(item), str(content["segment"]))
    return MODELS[item.kind].model_validate(content)


def strays(record: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, str]:
    """Keys that a record refers to and this run has in a slightly other place: the nearest of the kind that overlaps."""
    found: dict[str, str] = {}
    for key in references(record):
        if key not in ids:
            kind, place = kind_of(key), (span_of(key),)
            near = {other: overlap(place, (span_of(other),)) for other in ids if kind_of(other) == kind}
            best = max(near, key=near.__getitem__, default="")
            if best and near[best] >= LEAST:
                found[key] = ids[best]
    return found


def segment_at(segments: Sequence[Segment], offset: int, otherwise: str) -> str:
    """The segment that holds a place in this run, which may have cut the file in other ways than the one before."""
    return next((part.id for part in segments if part.start <= offset < part.end), otherwise)


def tied(records: Sequence[Record]) -> list[Record]:
    """Drop what points at rejected records, and let goals list what points at them."""
    standing = {record.id for record in records if record.review != "rejected"}
    owned: dict[str, list[str]] = {}
    limits: dict[str, list[str]] = {}
    for record in records:
        if record.id not in standing:
            continue
        if isinstance(record, Metric) and record.goal in standing:
            owned.setdefault(str(record.goal), []).append(record.id)
        if isinstance(record, Deadline):
            for name in record.applies_to:
                limits.setdefault(name, []).append(record.id)
    return [retied(record, standing, owned, limits) for record in records]


def retied(
    record: Record, standing: set[str], owned: Mapping[str, list[str]], limits: Mapping[str, list[str]]
) -> Record:
    update: dict[str, Any] = {}
    match record:
        case Metric():
            update["goal"] = record.goal if record.goal in standing else None
        case Goal():
            update["metrics"] = tuple(owned.get(record.id, ()))
            update["deadlines"] = tuple(limits.get(record.id, ()))
        case Project():
            update["deadline"] = record.deadline if record.deadline in standing else None
            update["milestones"] = tuple(
                item
                if item.deadline is None or item.deadline in standing
                else item.model_copy(update={"deadline": None})
                for item in record.milestones
            )
        case Deadline():
            update["applies_to"] = tuple(name for name in record.applies_to if name in standing)
    return record.model_copy(update=update) if any(getattr(record, k) != v for k, v in update.items()) else record


def ledger(figures: Sequence[Figure], records: Sequence[Record], reviewed: Mapping[str, Reviewed]) -> Iterator[Figure]:
    """Each line with the record that now uses it, else the role that a reviewer gave it, else the run's own."""
    users = dict(uses(records))
    limits = sorted((part.text.start, part.text.end, part.id) for part in records if is_limit(part))
    for figure in figures:
        role, record = users.get((figure.start, figure.end), (figure.role, None))
        if figure.kind == "time" and (limit := holder(limits, figure)):
            role, record = "deadline", limit
        if record is None and figure.record is not None:
            role = "time" if figure.kind == "time" else "unexplained"
        given = reviewed.get(figure_key(figure))
        if record is None and given is not None and given.stands:
            role = given.record["role"]
        same = (figure.role, figure.record) == (role, record)
        yield figure if same else figure.model_copy(update={"role": role, "record": record})


def is_limit(record: Record) -> TypeGuard[Deadline]:
    return isinstance(record, Deadline) and record.review != "rejected"


def holder(limits: Sequence[tuple[int, int, str]], figure: Figure) -> str | None:
    """The deadline whose words («10月底前») hold a time («10月底»)."""
    behind = bisect_right(limits, (figure.start, sys.maxsize, ""))
    if behind == 0:
        return None
    _, end, name = limits[behind - 1]
    return name if figure.end <= end else None


def uses(records: Iterable[Record]) -> Iterator[tuple[tuple[int, int], tuple[Any, str]]]:
    """Where the figures of standing records are, later ones first: where two stand on one, the first has it."""
    for record in reversed([record for record in records if record.review != "rejected"]):
        match record:
            case Metric():
                yield (record.figure.start, record.figure.end), ("metric", record.id)
            case Project():
                for quantity in quantities(record):
                    yield (quantity.figure.start, quantity.figure.end), ("project", record.id)


def share_explained(figures: Sequence[Figure]) -> float:
    if not figures:
        return 1.0
    return round(sum(figure.role != "unexplained" for figure in figures) / len(figures), 4)


def checked(extraction: Extraction, analysis: Analysis, before: Sequence[Finding]) -> tuple[Finding, ...]:
    """The checks over what now stands; what the making of the records said of the text itself is kept."""

    def standing(records: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(record for record in records if record.review != "rejected")

    material = Material(
        raw=analysis.view.raw,
        view=analysis.view,
        hits=analysis.hits,
        segments=extraction.document.segments,
        goals=standing(extraction.goals),
        metrics=standing(extraction.metrics),
        projects=standing(extraction.projects),
        deadlines=standing(extraction.deadlines),
        figures=extraction.figures,
    )
    kept = (
        finding
        for finding in before
        if finding.code == "instruction-in-text" or (finding.code == "quote-not-found" and not finding.records)
    )
    return (*kept, *run_checks(material))


def settled(
    findings: Iterable[Finding], extraction: Extraction, reviewed: Mapping[str, Reviewed]
) -> tuple[Finding, ...]:
    """Accepting a record settles what is said of it; what names none is settled by itself."""
    accepted = {
        record.id
        for records in (extraction.goals, extraction.metrics, extraction.projects, extraction.deadlines)
        for record in records
        if record.review == "accepted"
    }

    def is_settled(finding: Finding) -> bool:
        if finding.code == "review-differs":  # it is about what came after the decision
            return False
        if finding.records:
            return accepted.issuperset(finding.records)
        decided = reviewed.get(finding_key(finding))
        return decided is not None and decided.stands

    return tuple(one.model_copy(update={"settled": True}) if is_settled(one) else one for one in findings)
