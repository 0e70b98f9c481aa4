"""From a document as it stands to the rows of its records."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.review.fields import FIELDS
from extractor.review.keys import Portable, kind_of, places_of, span_of
from extractor.review.leaf import Leaf
from extractor.review.workbook.cells import Shown, fit, plain, shown, state, words_of
from extractor.review.workbook.columns import columns
from extractor.review.workbook.context import context
from schemas.base import Span
from schemas.finding import Finding

ROUND = {"goal": "evidence", "project": "evidence"}


def rows(leaf: Leaf) -> Iterator[tuple[str, Sequence[Shown]]]:
    """Each row with its kind, its cells in the order of the columns."""
    findings = by_record(leaf.extraction.checks)
    records = list(leaf.records())
    words = words_by_key(leaf)
    for key, record, portable in records:
        places = places_of(record)
        evidence = "\n".join(quote.quote for quote in record.evidence)
        told = told_of(findings.get(record.id, ()))
        yield kind_of(key), row(leaf, key, portable, words, places, evidence, told, record.review)
    for key, portable in leaf.figures():
        place = span_of(key)
        told = told_of(findings.get(f"{place.start}-{place.end}", ()))
        yield "figure", row(leaf, key, portable, words, (place,), portable["text"], told, portable["review"])
    for key, portable in leaf.findings():
        place = span_of(key)
        quote = leaf.raw[place.start : place.end]
        yield "finding", row(leaf, key, portable, words, (place,), quote, portable["message"], str(portable["review"]))


def row(
    leaf: Leaf,
    key: str,
    record: Portable,
    words: Mapping[str, str],
    places: Sequence[Span],
    evidence: str,
    findings: str,
    review: str,
) -> Sequence[Shown]:
    fields = cells_of(kind_of(key), record, words)
    place = places[0] if places else span_of(key)
    values: dict[str, Shown] = {
        "document": leaf.document,
        "record": key,
        "version": leaf.version(key),
        "state": state(plains(kind_of(key), fields).values()),
        "source": fit(leaf.extraction.document.source),
        "context": fit(context(leaf.raw, place.start, place.end)),
        "evidence": fit(evidence),
        "findings": fit(findings),
        "review": review,
    }
    return [fields.get(column.name) if column.field else values.get(column.name) for column in columns(kind_of(key))]


def cells_of(kind: str, record: Portable, words: Mapping[str, str]) -> dict[str, Shown]:
    """The fields of a record as their cells show them."""
    return {field.name: shown(field, record, words) for field in FIELDS[kind]}


def plains(kind: str, cells: Mapping[str, Any]) -> dict[str, str]:
    """What such cells say. Whatever was shown can be read."""
    return {field.name: plain(field, cells.get(field.name)) for field in FIELDS[kind]}


def words_by_key(leaf: Leaf) -> dict[str, str]:
    return {key: words_of(name_of(record)) for key, _, record in leaf.records()}


def name_of(record: Portable) -> str:
    if "text" in record:
        return str(record["text"]["quote"])
    return str(record.get("name") or record.get("statement") or "")


def by_record(findings: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    """What is still to be settled, by the id of each record that it names; of a figure, by its place."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        names = finding.records or tuple(f"{span.start}-{span.end}" for span in finding.spans)
        for name in names if not finding.settled else ():
            found.setdefault(name, []).append(finding)
    return found


def told_of(findings: Sequence[Finding]) -> str:
    return "\n".join(f"{finding.severity} {finding.code}: {finding.message}" for finding in findings)
