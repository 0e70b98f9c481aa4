"""The store's part of a run: it is begun or taken up again, shows signs of life, keeps results, and ends."""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from extractor.reading import Source
from extractor.runs.gate import Gate
from extractor.runs.outcomes import Made
from extractor.store import Store, open_store, results, runs
from extractor.store.results import Result
from extractor.store.runs import FINISHED, Begun, Plan
from extractor.store.workers import BEAT


class StoredRun:
    def __init__(self, store: Store, begun: Begun) -> None:
        self.store = store
        self.id = begun.id
        self.resumed = begun.resumed
        self.looks_back = begun.resumed  # whether it may have a document already
        self.state = ""  # why it stopped, or `finished`; empty where this process breaks off

    def done(self, source: Source) -> str | None:
        """Only a run that was taken up again can have it, or one that goes over its documents once more."""
        if not self.looks_back:
            return None
        found = self.store.read(lambda connection: results.done(connection, self.id, source))
        return found.extraction if found else None

    async def keep(self, source: Source, result: Made) -> None:
        def write(connection: Connection) -> None:
            results.keep(connection, self.id, source, as_result(result), result.findings)

        await self.store.write(write)

    def spent(self) -> tuple[int, int]:
        return self.store.read(lambda connection: runs.spent(connection, self.id))

    def end(self, gate: Gate, *, left: int) -> None:
        self.state = gate.reason or ("stopped" if left else FINISHED)


@asynccontextmanager
async def stored_run(where: str, plan: Plan) -> AsyncIterator[StoredRun]:
    with open_store(where) as store:
        async with run_in(store, plan) as run:
            yield run


@asynccontextmanager
async def run_in(store: Store, plan: Plan) -> AsyncIterator[StoredRun]:
    """A run in a store that stays open after it."""
    run = StoredRun(store, await store.write(lambda connection: runs.begin(connection, plan, store.worker)))
    started = time.monotonic()
    beating = asyncio.create_task(beat(store))
    try:
        yield run
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
        state, seconds = run.state or "broken off", time.monotonic() - started
        store.post(lambda connection: runs.end(connection, run.id, state, seconds)).result()


async def beat(store: Store) -> None:
    while True:
        await asyncio.sleep(BEAT)
        await store.beat()


def as_result(made: Made) -> Result:
    assert made.line is not None
    return Result(
        source=made.source,
        document=made.document,
        complete=made.complete,
        extraction=made.line,
        prompt_tokens=made.prompt_tokens,
        completion_tokens=made.completion_tokens,
        cost=made.cost,
    )


def key_of(**what: Any) -> str:
    """What makes two commands the same one: all that can change a result, and the folder that they are given in."""
    said = json.dumps(what | {"folder": str(Path.cwd())}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
