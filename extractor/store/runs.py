"""Runs: one for each command that was carried out, from its start to its end, over as many processes as it took."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from extractor.store.statements import sql
from extractor.store.workers import Worker, is_alive

OPEN, FINISHED = "open", "finished"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do. Two commands with the same `key` are the same command."""

    key: str
    engine: str
    model: str | None
    base_url: str | None
    prompt: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    id: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """A run as the log knows it. Tokens are those of its own requests: what came out of the store was paid before."""

    id: int
    engine: str
    model: str | None
    base_url: str | None
    prompt: str | None
    sources: tuple[str, ...]
    state: str
    started: str
    ended: str | None
    seconds: float
    documents: int
    incomplete: int
    requests: int
    failed: int
    rejected: int
    retries: int
    prompt_tokens: int
    completion_tokens: int


def begin(connection: Connection, plan: Plan, worker: Worker) -> Begun:
    """Go on with the last run of the same command if it has not ended and nobody is at it, else begin one."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer as it is
        connection.execute(sql("LOCK TABLE runs IN SHARE ROW EXCLUSIVE MODE"))
    last = connection.execute(
        sql("SELECT id, state, worker FROM runs WHERE key = :key ORDER BY id DESC LIMIT 1"), {"key": plan.key}
    ).first()
    if last is None or last.state == FINISHED or is_alive(connection, last.worker):
        return Begun(insert(connection, plan, worker), resumed=False)
    connection.execute(
        sql("UPDATE runs SET worker = :worker, state = :state WHERE id = :id"),
        {"id": last.id, "worker": worker.id, "state": OPEN},
    )
    return Begun(last.id, resumed=True)


def insert(connection: Connection, plan: Plan, worker: Worker) -> int:
    return int(
        connection.execute(
            sql(
                "INSERT INTO runs (key, engine, model, base_url, prompt, sources, state, worker, started)"
                " VALUES (:key, :engine, :model, :base_url, :prompt, :sources, :state, :worker, :started) RETURNING id"
            ),
            {
                "key": plan.key,
                "engine": plan.engine,
                "model": plan.model,
                "base_url": plan.base_url,
                "prompt": plan.prompt,
                "sources": json.dumps(plan.sources, ensure_ascii=False),
                "state": OPEN,
                "worker": worker.id,
                "started": now(),
            },
        ).scalar_one()
    )


def end(connection: Connection, run: int, state: str, seconds: float) -> None:
    """`state` is `finished`, or why it stopped: then the same command goes on with it."""
    connection.execute(
        sql("UPDATE runs SET state = :state, ended = :ended, seconds = seconds + :seconds WHERE id = :id"),
        {"id": run, "state": state, "ended": now(), "seconds": round(seconds, 3)},
    )


def spent(connection: Connection, run: int) -> tuple[int, int]:
    """Tokens in and out that a run has paid for so far."""
    row = connection.execute(
        sql(
            "SELECT coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0) FROM requests WHERE run = :run"
        ),
        {"run": run},
    ).one()
    return int(row[0]), int(row[1])


TOTALS = """
SELECT runs.id, engine, model, base_url, prompt, sources, state, started, ended, seconds,
    (SELECT count(*) FROM results WHERE run = runs.id),
    (SELECT count(*) FROM results WHERE run = runs.id AND complete = 0),
    (SELECT count(*) FROM requests WHERE run = runs.id),
    (SELECT count(*) FROM requests WHERE run = runs.id AND error IS NOT NULL),
    (SELECT count(*) FROM requests WHERE run = runs.id AND rejected IS NOT NULL),
    (SELECT coalesce(sum(retries), 0) FROM requests WHERE run = runs.id),
    (SELECT coalesce(sum(prompt_tokens), 0) FROM requests WHERE run = runs.id),
    (SELECT coalesce(sum(completion_tokens), 0) FROM requests WHERE run = runs.id)
FROM runs
"""


def all_runs(connection: Connection) -> Sequence[Totals]:
    return [as_totals(row) for row in connection.execute(sql(f"{TOTALS} ORDER BY runs.id"))]


def one_run(connection: Connection, run: int) -> Totals | None:
    row = connection.execute(sql(f"{TOTALS} WHERE runs.id = :run"), {"run": run}).first()
    return as_totals(row) if row else None


def as_totals(row: Sequence[object]) -> Totals:
    engine, model, base_url, prompt, sources, *rest = row[1:]
    return Totals(row[0], engine, model, base_url, prompt, tuple(json.loads(str(sources))), *rest)  # type: ignore[arg-type]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
