"""From the JSON of a document as it stands to its line in the queue and its records in the index."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.review.keys import KINDS, key_in
from extractor.store.summaries import Line, Summary


def summary_of(extraction: Mapping[str, Any], document: str, result: int, correction: int) -> Summary:
    """Findings count while they are not settled, records as reviewed once a person said anything about them."""
    about = extraction["document"]
    records = [record for kind in KINDS.values() for record in extraction[kind]]
    open_findings = [finding for finding in extraction["checks"] if not finding.get("settled")]
    severities = [finding["severity"] for finding in open_findings]
    return Summary(
        document=document,
        result=result,
        correction=correction,
        source=about["source"],
        title=about["title"],
        publisher=about["publisher"],
        published=about["published"],
        engine=extraction["run"]["engine"],
        length=about["length"],
        records=len(records),
        reviewed=sum(record["review"] != "unreviewed" for record in records),
        figures=len(extraction["figures"]),
        unexplained=sum(figure["role"] == "unexplained" for figure in extraction["figures"]),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        notes=severities.count("info"),
        codes=f" {' '.join(sorted({finding['code'] for finding in open_findings}))} ",
    )


def lines_of(extraction: Mapping[str, Any]) -> Iterator[Line]:
    """The records for the index. Due is when a deadline ends, and for the others when their last one does, else their period."""
    limits: dict[str, str] = {}
    for deadline in extraction["deadlines"]:
        for name in deadline["applies_to"]:
            if deadline["end"]:
                limits[name] = max(limits.get(name, ""), deadline["end"])
    taken: set[str] = set()
    for kind, field in KINDS.items():
        for record in extraction[field]:
            key = key_in(kind, record, taken)
            taken.add(key)
            period = record.get("period") or {}
            yield Line(
                record=key,
                kind=kind,
                name=name_of(record),
                status=record.get("status"),
                actor=record.get("actor"),
                indicator=record.get("indicator"),
                review=record["review"],
                due=record.get("end") or limits.get(record["id"]) or period.get("end"),
                content=json.dumps(record, ensure_ascii=False),
            )


def name_of(record: Mapping[str, Any]) -> str:
    if "text" in record:
        return str(record["text"]["quote"])
    return str(record.get("name") or record["statement"])
