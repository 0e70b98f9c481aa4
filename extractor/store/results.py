"""Documents, what a run made of each, and the findings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from extractor.reading import Source
from extractor.store.statements import sql
from schemas.finding import Finding


@dataclass(frozen=True, slots=True)
class Result:
    """What a run made of one source; `extraction` is the contract's JSON, without line breaks."""

    source: str
    document: str
    complete: bool
    extraction: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None


def keep(connection: Connection, run: int, source: Source, result: Result, findings: Sequence[Finding]) -> None:
    """A document is done in a run when this is committed. What the run had of the same source gives way."""
    keep_document(connection, source)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        sql("DELETE FROM results WHERE run = :run AND source = :source"), {"run": run, "source": result.source}
    )
    row = connection.execute(
        sql(
            "INSERT INTO results (run, source, document, complete, extraction, prompt_tokens, completion_tokens, cost, at)"
            " VALUES (:run, :source, :document, :complete, :extraction, :prompt_tokens, :completion_tokens, :cost, :at)"
            " RETURNING id"
        ),
        {
            "run": run,
            "source": result.source,
            "document": result.document,
            "complete": int(result.complete),
            "extraction": result.extraction,
            "prompt_tokens": result.prompt_tokens,
            "completion_tokens": result.completion_tokens,
            "cost": result.cost,
            "at": at,
        },
    ).scalar_one()
    if findings:
        connection.execute(
            sql(
                "INSERT INTO findings (result, code, severity, message, records, spans)"
                " VALUES (:result, :code, :severity, :message, :records, :spans)"
            ),
            [{"result": row} | as_row(finding) for finding in findings],
        )


def keep_document(connection: Connection, source: Source) -> None:
    connection.execute(
        sql(
            "INSERT INTO documents (id, encoding, script, length, raw, seen)"
            " VALUES (:id, :encoding, :script, :length, :raw, :seen) ON CONFLICT (id) DO NOTHING"
        ),
        {
            "id": source.id,
            "encoding": source.encoding,
            "script": source.script,
            "length": len(source.raw),
            "raw": source.raw.replace("\0", "\ufffd"),  # PostgreSQL takes no NUL; one character for one, offsets stay
            "seen": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    )


def as_row(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "records": json.dumps(finding.records),
        "spans": json.dumps([[span.start, span.end] for span in finding.spans]),
    }


def done(connection: Connection, run: int, source: Source) -> Result | None:
    """What a run has of a source whose content is still the same; a result with failed chunks is to be made again."""
    row = connection.execute(
        sql(f"{RESULTS} WHERE run = :run AND source = :source AND document = :document AND complete = 1"),
        {"run": run, "source": source.name, "document": source.id},
    ).first()
    return as_result(row) if row else None


RESULTS = "SELECT source, document, complete, extraction, prompt_tokens, completion_tokens, cost FROM results"


def as_result(row: Sequence[object]) -> Result:
    source, document, complete, *rest = row
    return Result(source, document, bool(complete), *rest)  # type: ignore[arg-type]


def findings_of_run(connection: Connection, run: int) -> Sequence[tuple[str, str, int]]:
    """Code, severity and number, the most frequent first."""
    rows = connection.execute(
        sql(
            "SELECT code, severity, count(*) FROM findings JOIN results ON results.id = findings.result"
            " WHERE results.run = :run GROUP BY code, severity ORDER BY count(*) DESC, code"
        ),
        {"run": run},
    )
    return [(row[0], row[1], int(row[2])) for row in rows]


def sources(connection: Connection, run: int) -> Sequence[str]:
    rows = connection.execute(sql("SELECT source FROM results WHERE run = :run ORDER BY source"), {"run": run})
    return [row[0] for row in rows]


def extraction(connection: Connection, run: int, source: str) -> str | None:
    row = connection.execute(
        sql("SELECT extraction FROM results WHERE run = :run AND source = :source"), {"run": run, "source": source}
    ).first()
    return row[0] if row else None


def latest_id(connection: Connection, document: str) -> int | None:
    """The newest result of a document: a whole one, where there is one."""
    row = connection.execute(
        sql("SELECT id FROM results WHERE document = :document ORDER BY complete DESC, id DESC LIMIT 1"),
        {"document": document},
    ).first()
    return int(row[0]) if row else None


def extraction_of_result(connection: Connection, result: int) -> str:
    return str(connection.execute(sql("SELECT extraction FROM results WHERE id = :id"), {"id": result}).scalar_one())


def raw_text(connection: Connection, document: str) -> str | None:
    return connection.execute(sql("SELECT raw FROM documents WHERE id = :id"), {"id": document}).scalar_one_or_none()


def source_of_result(connection: Connection, result: int) -> str | None:
    """Under which name a document was read; `None` where a later result took the place of this one."""
    return connection.execute(sql("SELECT source FROM results WHERE id = :id"), {"id": result}).scalar_one_or_none()
