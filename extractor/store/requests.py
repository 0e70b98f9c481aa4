"""Requests and their replies: the log of what was asked, and the cache."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from extractor.store.statements import sql
from extractor.store.workers import Worker, is_alive


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, known by the hash of its exact body and of where it goes. No header, no key."""

    hash: str
    model: str | None
    base_url: str
    prompt: str
    reply_schema: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request. `reply` is `None` where it failed; `rejected` says why a paid reply is not to be used again."""

    status: int | None
    reply: str | None
    rejected: str | None
    error: str | None
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    retries: int


@dataclass(frozen=True, slots=True)
class Stored:
    id: int
    status: int
    reply: str


def find(connection: Connection, asked: str, run: int, *, refresh: bool) -> Stored | None:
    """A run that goes on gets its own replies again, the wrong ones too: it takes the way that it took before.

    Another run gets the good ones, with `refresh` none.
    """
    row = connection.execute(
        sql(
            "SELECT id, status, reply FROM requests WHERE hash = :hash AND reply IS NOT NULL"
            " AND (run = :run OR (:fresh = 0 AND rejected IS NULL))"
            " ORDER BY CASE WHEN run = :run THEN 0 ELSE 1 END, id DESC LIMIT 1"
        ),
        {"hash": asked, "run": run, "fresh": int(refresh)},
    ).first()
    return Stored(*row) if row else None


def claim(connection: Connection, asked: str, worker: Worker) -> bool:
    """Whether this process is to send the request: one that lives and sends it already is waited for."""
    values = {"hash": asked, "worker": worker.id}
    taken = sql("INSERT INTO claims (hash, worker) VALUES (:hash, :worker) ON CONFLICT (hash) DO NOTHING")
    if connection.execute(taken, values).rowcount:
        return True
    holder = connection.execute(sql("SELECT worker FROM claims WHERE hash = :hash"), values).scalar()
    if holder is None or (holder != worker.id and is_alive(connection, holder)):
        return False
    moved = sql("UPDATE claims SET worker = :worker WHERE hash = :hash AND worker = :holder")
    return bool(connection.execute(moved, values | {"holder": holder}).rowcount)


def release(connection: Connection, asked: str, worker: Worker) -> None:
    connection.execute(
        sql("DELETE FROM claims WHERE hash = :hash AND worker = :worker"), {"hash": asked, "worker": worker.id}
    )


def keep(connection: Connection, run: int, asked: Asked, answered: Answered) -> int:
    """Store what came of a request; the id of its row."""
    return int(
        connection.execute(
            sql(
                "INSERT INTO requests (hash, run, model, base_url, prompt, reply_schema, status, reply, rejected, error,"
                " prompt_tokens, completion_tokens, seconds, retries, at) VALUES (:hash, :run, :model, :base_url, :prompt,"
                " :reply_schema, :status, :reply, :rejected, :error, :prompt_tokens, :completion_tokens, :seconds,"
                " :retries, :at) RETURNING id"
            ),
            {
                "hash": asked.hash,
                "run": run,
                "model": asked.model,
                "base_url": asked.base_url,
                "prompt": asked.prompt,
                "reply_schema": asked.reply_schema,
                "status": answered.status,
                "reply": answered.reply,
                "rejected": answered.rejected,
                "error": answered.error,
                "prompt_tokens": answered.prompt_tokens,
                "completion_tokens": answered.completion_tokens,
                "seconds": round(answered.seconds, 3),
                "retries": answered.retries,
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
            },
        ).scalar_one()
    )


def reject(connection: Connection, row: int, reason: str) -> None:
    connection.execute(
        sql("UPDATE requests SET rejected = :reason WHERE id = :id AND rejected IS NULL"),
        {"id": row, "reason": reason[:500]},
    )


def failures(connection: Connection, asked: str, run: int) -> Sequence[str]:
    """What a request failed with in a run, the last at the end."""
    rows = connection.execute(
        sql("SELECT error FROM requests WHERE hash = :hash AND run = :run AND error IS NOT NULL ORDER BY id"),
        {"hash": asked, "run": run},
    )
    return [row[0] for row in rows]


def clear(connection: Connection) -> int:
    """Forget every reply that another run could be answered with; the log of what was asked and paid stays."""
    return connection.execute(sql("UPDATE requests SET reply = NULL WHERE reply IS NOT NULL")).rowcount
