"""The reviewers' log: records as they were first met, and every decision since. Nothing here is ever changed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection

from extractor.errors import StaleRecord
from extractor.store.statements import hold_document, sql
from schemas.correction import Action, Change, Correction

COLUMNS = "id, document, record, version, action, changes, reviewer, reason, undoes, gesture, result, at"


@dataclass(frozen=True, slots=True)
class Decision:
    """A correction that is to be saved. `version` is the record's version that the reviewer saw, 0 for an untouched one.

    `base` is the record as it was met, for its first correction.
    """

    document: str
    record: str
    version: int
    action: Action
    changes: tuple[Change, ...]
    reviewer: str
    result: int
    base: Mapping[str, Any]
    reason: str | None = None
    undoes: int | None = None


def save(connection: Connection, decisions: Sequence[Decision]) -> Sequence[Correction]:
    """Add the decisions of one gesture to the log, all of them or, with `StaleRecord`, none."""
    gesture = token_hex(8)
    return [save_one(connection, decision, gesture) for decision in decisions]


def save_one(connection: Connection, decision: Decision, gesture: str) -> Correction:
    """`StaleRecord` where somebody saved the record since."""
    hold_document(connection, decision.document)
    place = {"document": decision.document, "record": decision.record}
    standing = connection.execute(
        sql("SELECT coalesce(max(version), 0) FROM corrections WHERE document = :document AND record = :record"), place
    ).scalar_one()
    if standing != decision.version:
        raise StaleRecord(decision.record, seen=decision.version, standing=standing)
    connection.execute(
        sql("INSERT INTO reviewed (document, record, base) VALUES (:document, :record, :base) ON CONFLICT DO NOTHING"),
        place | {"base": json.dumps(decision.base, ensure_ascii=False)},
    )
    row = place | {
        "version": decision.version + 1,
        "action": decision.action,
        "changes": json.dumps([change.model_dump() for change in decision.changes], ensure_ascii=False),
        "reviewer": decision.reviewer,
        "reason": decision.reason,
        "undoes": decision.undoes,
        "gesture": gesture,
        "result": decision.result,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    number = connection.execute(
        sql(
            "INSERT INTO corrections (document, record, version, action, changes, reviewer, reason, undoes, gesture, result, at)"
            " VALUES (:document, :record, :version, :action, :changes, :reviewer, :reason, :undoes, :gesture, :result, :at)"
            " RETURNING id"
        ),
        row,
    ).scalar_one()
    return Correction(id=number, **row | {"changes": decision.changes})


def of_document(connection: Connection, document: str) -> Sequence[Correction]:
    """The log of one document, the oldest first."""
    rows = connection.execute(
        sql(f"SELECT {COLUMNS} FROM corrections WHERE document = :document ORDER BY id"), {"document": document}
    )
    return [as_correction(row) for row in rows]


def newest(connection: Connection, document: str) -> int:
    """The number of a document's last correction; 0 where there is none."""
    return int(
        connection.execute(
            sql("SELECT coalesce(max(id), 0) FROM corrections WHERE document = :document"), {"document": document}
        ).scalar_one()
    )


def newest_result(connection: Connection, document: str) -> int | None:
    """The newest result that a reviewer had before their eyes, of those that are still there."""
    found = connection.execute(
        sql(
            "SELECT max(results.id) FROM results JOIN corrections ON corrections.result = results.id"
            " WHERE corrections.document = :document"
        ),
        {"document": document},
    ).scalar_one()
    return None if found is None else int(found)


def bases(connection: Connection, document: str) -> Mapping[str, Mapping[str, Any]]:
    """Each reviewed record as it was first met."""
    rows = connection.execute(
        sql("SELECT record, base FROM reviewed WHERE document = :document"), {"document": document}
    )
    return {row[0]: json.loads(row[1]) for row in rows}


def everything(connection: Connection, document: str | None = None) -> Iterator[Correction]:
    """The whole log, or one document's, row by row."""
    where = "WHERE document = :document" if document else ""
    rows = connection.execute(
        sql(f"SELECT {COLUMNS} FROM corrections {where} ORDER BY id"), {"document": document} if document else {}
    )
    yield from map(as_correction, rows)


def reviewed_documents(connection: Connection) -> Sequence[str]:
    """The documents that anybody decided something about."""
    return [row[0] for row in connection.execute(sql("SELECT DISTINCT document FROM reviewed ORDER BY document"))]


def as_correction(row: Sequence[Any]) -> Correction:
    number, document, record, version, action, changes, reviewer, reason, undoes, gesture, result, at = row
    return Correction(
        id=number,
        document=document,
        record=record,
        version=version,
        action=action,
        changes=json.loads(changes),
        reviewer=reviewer,
        reason=reason,
        undoes=undoes,
        gesture=gesture,
        result=result,
        at=at,
    )
