"""From what `--store` says to an open database: SQLite in a file, or PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from tenacity import retry, retry_if_exception_message, stop_after_delay, wait_random

from extractor.errors import SettingsError, StoreError
from extractor.store.migrations import is_current, migrate

BUSY = 60  # seconds that one writer waits for another


def database_url(where: str) -> URL:
    """A path is a SQLite file; anything with `://` is an SQLAlchemy URL."""
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        url = make_url(where)
    except ArgumentError:
        raise SettingsError("--store is neither a path nor a database URL") from None
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def open_database(where: str, *, create: bool = True) -> Engine:
    """Connect and bring the tables up to date. Without `create`, a SQLite file that is not there is an error."""
    url = database_url(where)
    if url.get_backend_name() == "sqlite":
        prepare_file(url, create=create)
    try:
        engine = create_engine(url)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise SettingsError(missing(url)) from error
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise SettingsError(f"--store knows SQLite and PostgreSQL, not {engine.dialect.name}")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_up_sqlite)
        event.listen(engine, "begin", begin_sqlite)
    try:
        with translated():
            if not is_current(engine):
                migrate(writing(engine))
    except BaseException:
        engine.dispose()
        raise
    return engine


def is_there(where: str) -> bool:
    """Of a server that is known only when it is asked."""
    url = database_url(where)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def missing(url: URL) -> str:
    if url.get_backend_name() == "postgresql":
        return "PostgreSQL needs psycopg: pip install 'policy-targets[postgres]'"
    return f"--store knows SQLite and PostgreSQL, not {url.drivername}"


def prepare_file(url: URL, *, create: bool) -> None:
    file = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise SettingsError("--store needs a file: what is only in memory survives nothing")
    if not create and not file.exists():
        raise StoreError(f"{file}: there is no store; «policy-targets extract DIR --store {file}» makes one")
    file.parent.mkdir(parents=True, exist_ok=True)


def writing(engine: Engine) -> Engine:
    return engine.execution_options(writing=True)


def set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """WAL lets readers and a writer pass each other. FULL syncs it at each commit.

    With NORMAL, a commit outlives `kill -9`, but not a power cut; and what it holds was paid for.
    """
    connection.isolation_level = None  # BEGIN is ours: the driver would leave DDL outside of transactions
    connection.execute(f"PRAGMA busy_timeout = {BUSY * 1000}")
    set_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


@retry(
    retry=retry_if_exception_message(match="database is locked"),
    stop=stop_after_delay(BUSY),
    wait=wait_random(0.01, 0.05),
    reraise=True,
)
def set_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait here by itself, whatever the busy timeout: another process may be making the same new file."""
    connection.execute("PRAGMA journal_mode = WAL")


def begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that read first could not wait for it."""
    mode = "IMMEDIATE" if connection.get_execution_options().get("writing") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def translated() -> Iterator[None]:
    """The database's errors in our words; never with the URL, which may hold a password."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"the store: {' '.join(str(error.orig).split())}") from error
