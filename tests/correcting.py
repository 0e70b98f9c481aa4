"""A reviewer who knows the gold: decisions that make of a document's records what its gold says."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.errors import WrongValues
from extractor.evaluation.matching import match_documents
from extractor.review.desk import Desk
from extractor.review.fields import FIELDS, shown_value
from extractor.review.keys import KINDS, kind_of

APART = {"indicator", "goal", "deadline", "milestones", "applies_to"}


def correct(desk: Desk, document: str, gold: Mapping[str, Any], reviewer: str = "gold") -> Counter[str]:
    """Accept, edit, reject and add until the records are those of the gold; give how often each was done."""
    done: Counter[str] = Counter()
    sheet = desk.open(document)
    key_of = sheet.key_of
    found = match_documents(sheet.extraction.model_dump(mode="json"), dict(gold))
    for kind, field in KINDS.items():
        matches = getattr(found, field)
        for right, wrong in matches.pairs:
            key = key_of[wrong["id"]]
            values = dict(differences(kind, desk.open(document).current(key) or {}, right))
            action = "edit" if values else "accept"
            desk.decide(document, key, action, desk.open(document).version(key), reviewer, values)  # type: ignore[arg-type]
            done[action] += 1
        for wrong in matches.extra:
            key = key_of[wrong["id"]]
            desk.decide(document, key, "reject", desk.open(document).version(key), reviewer)
            done["reject"] += 1
        for right in matches.missed:
            done[added(desk, document, kind, right, reviewer)] += 1
    return done


def differences(kind: str, record: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field in FIELDS[kind]:
        if field.name in APART or field.name.split(".")[0] not in right:
            continue
        wanted, stands = shown_value(dict(right), field.name), shown_value(dict(record), field.name)
        if field.shape == "figure":
            wanted, stands = as_typed(wanted), as_typed(stands)
        if field.shape == "figures":
            wanted, stands = [as_typed(one) for one in wanted], [as_typed(one) for one in stands or ()]
        if wanted != stands:
            yield field.name, wanted


def as_typed(quantity: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The figure of the text by its key, with the value and unit that its table or heading gives it."""
    if quantity is None:
        return None
    place = quantity["figure"]
    typed = {"figure": f"figure-{place['start']}-{place['end']}", "value": quantity["value"], "unit": quantity["unit"]}
    return typed | ({"of": quantity["of"]} if "of" in quantity else {})


def added(desk: Desk, document: str, kind: str, right: Mapping[str, Any], reviewer: str) -> str:
    quotes = (
        [right[{"metric": "figure", "deadline": "text"}[kind]]] if kind in ("metric", "deadline") else right["evidence"]
    )
    start, end = min(quote["start"] for quote in quotes), max(quote["end"] for quote in quotes)
    values = {name: value for name, value in differences(kind, {}, right) if value is not None}
    try:
        _, key = desk.add(document, kind, start, end, reviewer, values)
    except WrongValues as error:
        return f"not added ({error})"
    assert kind_of(key) == kind
    return "add"
