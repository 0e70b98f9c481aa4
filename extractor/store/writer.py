"""One thread that writes for all: what waits goes into one transaction, so that many replies share one sync to disk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from extractor.store.opening import translated, writing

T = TypeVar("T")
Job = Callable[[Connection], T]
Waiting = tuple[Job[Any], "Future[Any]"]


class Writer:
    def __init__(self, engine: Engine) -> None:
        self._engine = writing(engine)
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    def post(self, job: Job[T]) -> "Future[T]":
        """Done when it is committed. Jobs are carried out in the order of their posting; one may run twice, alone."""
        future: Future[T] = Future()
        self._queue.put((job, future))
        return future

    async def write(self, job: Job[T]) -> T:
        return await asyncio.wrap_future(self.post(job))

    def close(self) -> None:
        """Write what waits, then stop."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        going = True
        while going:
            batch, going = self._next()
            if batch and not self._together(batch):
                for waiting in batch:
                    self._together([waiting])

    def _next(self) -> tuple[list[Waiting], bool]:
        item = self._queue.get()
        batch: list[Waiting] = []
        with suppress(Empty):
            while item is not None:
                batch.append(item)
                item = self._queue.get_nowait()
            return batch, False
        return batch, True

    def _together(self, batch: list[Waiting]) -> bool:
        """Whether it is settled: a job that fails among others takes nothing from them, each is tried alone."""
        try:
            with translated(), self._engine.begin() as connection:
                results = [job(connection) for job, _ in batch]
        except Exception as error:  # noqa: BLE001 - it is the asking task's
            if len(batch) == 1:
                _settle(batch[0][1], error=error)
            return len(batch) == 1
        for (_, future), result in zip(batch, results, strict=True):
            _settle(future, result)
        return True


def _settle(future: "Future[Any]", result: Any = None, error: Exception | None = None) -> None:
    """A future that its task has given up on may be cancelled; the work is done all the same."""
    if not future.set_running_or_notify_cancel():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
