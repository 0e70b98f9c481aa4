"""What a new run says otherwise than a reviewer: a finding, while the decision stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.review.history import Reviewed
from extractor.review.keys import Record, span_of
from schemas.finding import Finding

APART = {"segment", "origin", "review", "evidence", "normalized", "goal", "deadline", "milestones", "applies_to"}


def differing(
    records: Mapping[str, Reviewed],
    run: Mapping[str, Record],
    same: Mapping[str, str],
    ids: Mapping[str, str],
    result: int,
) -> Iterator[Finding]:
    """Of each decision that was taken in view of an older result: what this one says instead."""
    for key, item in records.items():
        if not item.stands or item.result >= result:
            continue
        said = run.get(same.get(key, ""))
        message = told(item, said)
        if message:
            yield Finding(
                code="review-differs",
                severity="warning" if said is None or is_news(item, said) else "info",
                message=message,
                records=(ids[key],) if key in ids else (),
                spans=(span_of(key),),
            )


def told(item: Reviewed, said: Record | None) -> str | None:
    if said is None:
        return (
            None
            if item.review in ("added", "rejected")
            else f"A reviewer {item.review} this record; the new run does not give it."
        )
    if item.review == "rejected":
        return "A reviewer rejected this record; the new run gives it again."
    fields = differences(item.record, said)
    if not fields:
        return None
    values = "; ".join(f"{field}: {shown(item.record.get(field))}, not {shown(value)}" for field, value in fields)
    return f"A reviewer {item.review} this record; the new run says otherwise ({values})."


def differences(record: Mapping[str, Any], said: Record) -> list[tuple[str, Any]]:
    its = said.model_dump(mode="json", exclude=APART)
    return [(field, value) for field, value in its.items() if field in record and record[field] != value]


def is_news(item: Reviewed, said: Record) -> bool:
    """Whether it says what no one has corrected yet: the mistake of the first run may well come again."""
    return item.review != "rejected" and any(
        item.base.get(field) != value for field, value in differences(item.record, said)
    )


def shown(value: Any) -> str:
    match value:
        case None | "" | []:
            return "nothing"
        case str():
            return f"«{value}»"
        case {"quote": quote}:
            return shown(quote)
        case {"figure": figure}:
            return shown(figure)
        case {"start": start, "end": end}:
            return f"{start or '…'} – {end or '…'}"
        case list():
            return ", ".join(map(shown, value))
    return str(value)
