"""Jobs at a batch service. A job is in the store before it is sent, with a mark that it can be found by again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from extractor.store.requests import Asked
from extractor.store.statements import sql


@dataclass(frozen=True, slots=True)
class Batch:
    """`remote` is the provider's name for it, unknown while it is being sent."""

    id: int
    mark: str
    remote: str | None


def add(connection: Connection, run: int, mark: str, asked: Sequence[Asked]) -> int:
    batch = int(
        connection.execute(
            sql(
                "INSERT INTO batches (run, mark, state, requests, at) VALUES (:run, :mark, 'sending', :requests, :at)"
                " RETURNING id"
            ),
            {
                "run": run,
                "mark": mark,
                "requests": len(asked),
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
            },
        ).scalar_one()
    )
    connection.execute(
        sql(
            "INSERT INTO batch_requests (batch, hash, model, base_url, prompt, reply_schema)"
            " VALUES (:batch, :hash, :model, :base_url, :prompt, :reply_schema)"
        ),
        [
            {
                "batch": batch,
                "hash": one.hash,
                "model": one.model,
                "base_url": one.base_url,
                "prompt": one.prompt,
                "reply_schema": one.reply_schema,
            }
            for one in asked
        ],
    )
    return batch


def submitted(connection: Connection, batch: int, remote: str) -> None:
    connection.execute(
        sql("UPDATE batches SET remote = :remote, state = 'submitted' WHERE id = :id"),
        {"id": batch, "remote": remote},
    )


def set_state(connection: Connection, batch: int, state: str) -> None:
    connection.execute(sql("UPDATE batches SET state = :state WHERE id = :id"), {"id": batch, "state": state})


def unfinished(connection: Connection, run: int) -> Sequence[Batch]:
    rows = connection.execute(
        sql("SELECT id, mark, remote FROM batches WHERE run = :run AND state IN ('sending', 'submitted') ORDER BY id"),
        {"run": run},
    )
    return [Batch(*row) for row in rows]


def asked(connection: Connection, batch: int) -> Mapping[str, Asked]:
    rows = connection.execute(
        sql("SELECT hash, model, base_url, prompt, reply_schema FROM batch_requests WHERE batch = :batch"),
        {"batch": batch},
    )
    return {row[0]: Asked(*row) for row in rows}
