"""The store: what was read, asked, answered and found, in SQLite or PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine

from extractor.store.opening import open_database, translated
from extractor.store.workers import Worker, beat, sign_in, sign_out, this_worker
from extractor.store.writer import Writer

__all__ = ["FILE", "Store", "open_store"]

FILE = "policy-targets.db"
T = TypeVar("T")


class Store:
    """Reads at once; writes through one thread, see `Writer`. This process is signed in as `worker`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = Writer(engine)
        self.worker: Worker = this_worker()
        self.post = self._writer.post
        self.write = self._writer.write

    def read(self, job: Callable[[Connection], T]) -> T:
        with translated(), self._engine.connect() as connection:
            return job(connection)

    async def beat(self) -> None:
        await self.write(lambda connection: beat(connection, self.worker))

    def open(self) -> None:
        self.post(lambda connection: sign_in(connection, self.worker)).result()

    def close(self) -> None:
        self.post(lambda connection: sign_out(connection, self.worker)).result()
        self._writer.close()
        self._engine.dispose()


@contextmanager
def open_store(where: str, *, create: bool = True) -> Iterator[Store]:
    store = Store(open_database(where, create=create))
    store.open()
    try:
        yield store
    finally:
        store.close()
