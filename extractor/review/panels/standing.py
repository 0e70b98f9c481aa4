"""Records as they stand, each with its document: what is rejected is left out. The panels are made of these."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extractor.review.keys import MODELS, Record, kind_of
from extractor.review.signs import SIGNS
from extractor.store.summaries import Found
from schemas.metric import Metric
from schemas.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """`key` is the record's place in its document, see `keys`."""

    document: str
    source: str
    publisher: str | None
    key: str
    record: Record


def standing(document: str, source: str, publisher: str | None, records: Mapping[str, Record]) -> tuple[Standing, ...]:
    """The records of one document."""
    return tuple(
        Standing(document, source, publisher, key, record)
        for key, record in records.items()
        if record.review != "rejected"
    )


def from_index(found: Iterable[Found], publishers: Mapping[str, str | None]) -> Iterator[Standing]:
    """The records of many documents, as the index holds them."""
    for line in found:
        content = json.loads(line.content)
        if content["review"] != "rejected":
            record = MODELS[kind_of(line.record)].model_validate(content)
            yield Standing(line.document, line.source, publishers.get(line.document), line.record, record)


def written(metric: Metric) -> str:
    """The amount as its text gives it, with signs in place of words: «≥ 120 亿元», «+8%», «↓ ≥ 13.5%», «+7–9%»."""
    change = metric.measure in ("growth", "change")
    value = ("+" if change and metric.direction is None else "") + plain(metric.value)
    if metric.value_max is not None:
        value += f"–{plain(metric.value_max)}"
    gap = "" if metric.unit in ("%", "") else " "
    falls = "↓ " if is_decline(metric) else ""
    return f"{falls}{SIGNS[metric.comparator]}{value}{gap}{metric.unit}"


def is_decline(metric: Metric) -> bool:
    """Whether its value, positive as written, counts downwards. A level that fell is still a level."""
    return metric.direction == "down" and metric.measure in ("growth", "change")


def plain(value: object) -> str:
    """A decimal in plain digits, thousands apart: 12,000 and 0.5, never 1.2E+4."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def label_of(record: Record) -> str:
    """What a record is called in one line."""
    match record:
        case Metric():
            return f"{record.name} {written(record)}"
        case Project():
            return record.name
        case _:
            return record.text.quote if hasattr(record, "text") else record.statement
