"""From a document as it stands to its line in the queue and its records in the index."""

import json
from collections.abc import Iterator
from typing import Any

from extractor.review.keys import keyed
from extractor.store.summaries import Line, Summary
from schemas.document import Extraction


def summary_of(extraction: Extraction, document: str, result: int, correction: int) -> Summary:
    """Findings count while they are not settled, records as reviewed once a person said anything about them."""
    records = list(keyed(extraction).values())
    open_findings = [finding for finding in extraction.checks if not finding.settled]
    severities = [finding.severity for finding in open_findings]
    return Summary(
        document=document,
        result=result,
        correction=correction,
        source=extraction.document.source,
        title=extraction.document.title,
        publisher=extraction.document.publisher,
        published=extraction.document.published,
        engine=extraction.run.engine,
        length=extraction.document.length,
        records=len(records),
        reviewed=sum(record.review != "unreviewed" for record in records),
        figures=len(extraction.figures),
        unexplained=sum(figure.role == "unexplained" for figure in extraction.figures),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        notes=severities.count("info"),
        codes=f" {' '.join(sorted({finding.code for finding in open_findings}))} ",
    )


def lines_of(extraction: Extraction) -> Iterator[Line]:
    """The records for the index. Due is when a deadline ends, and for the others when their last one does, else their period."""
    ends = {deadline.id: deadline.end for deadline in extraction.deadlines}
    limits: dict[str, str] = {}
    for deadline in extraction.deadlines:
        for name in deadline.applies_to:
            if deadline.end:
                limits[name] = max(limits.get(name, ""), deadline.end)
    for key, record in keyed(extraction).items():
        content: dict[str, Any] = record.model_dump(mode="json")
        period = content.get("period") or {}
        yield Line(
            record=key,
            kind=key.partition("-")[0],
            name=name_of(content),
            status=content.get("status"),
            actor=content.get("actor"),
            indicator=content.get("indicator"),
            review=record.review,
            due=ends.get(record.id) or limits.get(record.id) or period.get("end"),
            content=json.dumps(content, ensure_ascii=False),
        )


def name_of(record: dict[str, Any]) -> str:
    if "text" in record:
        return str(record["text"]["quote"])
    return str(record.get("name") or record["statement"])
