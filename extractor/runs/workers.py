"""Processes that work for long on many documents, one at a time each, and can be stopped over one of them."""

import multiprocessing
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from extractor.errors import SourceError
from extractor.limits import stopped

Task = Callable[..., Any]
SPAWN = multiprocessing.get_context("spawn")
GRACE = 5.0  # seconds in which an idle process ends by itself


class Worker:
    """One process. `begin` is called in it once; after a stop it is another process."""

    def __init__(self, begin: Callable[[], None]) -> None:
        self._begin = begin
        self._process: multiprocessing.process.BaseProcess | None = None
        self._ours: Connection | None = None

    def run(self, name: str, seconds: float, task: Task, *args: Any) -> Any:
        """Raise `SourceError` where it takes longer (0: as long as it takes), or where the process dies over it."""
        ours = self._connection()
        try:
            ours.send((task, args))
            if not ours.poll(seconds or None):
                self._kill()
                raise stopped(name, seconds)
            failure, result = ours.recv()
        except (EOFError, ConnectionError):
            code = self._kill()
            raise SourceError(
                name, f"stopped: the process that read it was ended ({code}), mostly for want of memory"
            ) from None
        if failure is not None:
            raise failure
        return result

    def close(self) -> None:
        if self._ours and self._process:
            with suppress(OSError):
                self._ours.send(None)
            self._process.join(GRACE)
            self._kill()

    def _connection(self) -> Connection:
        if self._ours is None:
            self._ours, theirs = SPAWN.Pipe()
            self._process = SPAWN.Process(target=serve, args=(theirs, self._begin), daemon=True)
            self._process.start()
            theirs.close()
        return self._ours

    def _kill(self) -> int | None:
        """What the process ended with."""
        assert self._process
        assert self._ours
        self._process.join(0.1)  # one that ended by itself tells why
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        code = self._process.exitcode
        self._ours.close()
        self._ours = self._process = None
        return code


class Workers:
    """A thread waits for each process: the one that asked goes on with other things."""

    def __init__(self, number: int, begin: Callable[[], None], seconds: float) -> None:
        self.threads = ThreadPoolExecutor(number, thread_name_prefix="worker")
        self._seconds = seconds
        self._all = [Worker(begin) for _ in range(number)]
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in self._all:
            self._idle.put(worker)

    def run(self, name: str, task: Task, *args: Any) -> Any:
        worker = self._idle.get()
        try:
            return worker.run(name, self._seconds, task, *args)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        self.threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.close()


def serve(theirs: Connection, begin: Callable[[], None]) -> None:
    begin()
    while (asked := received(theirs)) is not None:
        task, args = asked
        answer: tuple[Exception | None, Any]
        try:
            answer = None, task(*args)
        except Exception as failure:  # noqa: BLE001  # it is raised again where the task was given
            answer = failure, None
        theirs.send(answer)


def received(theirs: Connection) -> Any:
    try:
        return theirs.recv()
    except (EOFError, ConnectionError):
        return None
