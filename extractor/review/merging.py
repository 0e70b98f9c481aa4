"""A run's extraction with the reviewers' decisions laid over it, checked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from extractor.analysis import Analysis
from extractor.assemble.ledger import share_explained
from extractor.review.differing import differing
from extractor.review.history import Reviewed
from extractor.review.keys import MODELS, Record, keyed, kind_of, places_of, references, renamed, span_of
from extractor.review.ledger import ledger
from extractor.review.matching import LEAST, matched, overlap
from extractor.review.rechecking import checked, settled
from extractor.review.tying import tied
from schemas.deadline import Deadline
from schemas.document import Extraction, Segment
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project

LETTERS = {"goal": "g", "metric": "m", "project": "p", "deadline": "d"}


@dataclass(frozen=True, slots=True)
class Merged:
    """`extraction` as it now stands, rejected records included; `id_of` gives the id of each key in it."""

    extraction: Extraction
    id_of: Mapping[str, str]


def as_it_is(extraction: Extraction) -> Merged:
    """Where nobody decided anything, nothing is laid over a run, and its text need not be analysed again."""
    return Merged(extraction, {key: record.id for key, record in keyed(extraction).items()})


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
    return Merged(whole.model_copy(update={"checks": settled(checks, ids, reviewed)}), ids)


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
        "review": item.shown,
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
