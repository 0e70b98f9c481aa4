"""The tables, as numbered steps. Each runs in one transaction together with its own record in `migrations`.

A step that stands is never edited: what changes is a new step, added to `MIGRATIONS`. `{serial}` is the dialect's
counting key. Times are ISO 8601 in UTC, except a worker's `seen`, which is compared: seconds of the epoch.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, inspect, text

from extractor.errors import StoreError

Step = Callable[[Connection], None]

LOCK = 7201514  # an arbitrary number that names the lock of our migrations among PostgreSQL's advisory locks
SERIAL = {"sqlite": "INTEGER PRIMARY KEY", "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"}


def runs_requests_results(connection: Connection) -> None:
    """Documents, runs with their workers, requests with their replies, results, findings."""
    create(
        connection,
        """CREATE TABLE documents (
            id TEXT PRIMARY KEY, encoding TEXT NOT NULL, script TEXT NOT NULL, length INTEGER NOT NULL,
            raw TEXT NOT NULL, seen TEXT NOT NULL)""",
        """CREATE TABLE workers (
            id TEXT PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL,
            seen DOUBLE PRECISION NOT NULL)""",
        """CREATE TABLE runs (
            id {serial}, key TEXT NOT NULL, engine TEXT NOT NULL, model TEXT, base_url TEXT, prompt TEXT,
            sources TEXT NOT NULL, state TEXT NOT NULL, worker TEXT NOT NULL, started TEXT NOT NULL, ended TEXT,
            seconds DOUBLE PRECISION NOT NULL DEFAULT 0)""",
        "CREATE INDEX runs_by_key ON runs (key)",
        """CREATE TABLE requests (
            id {serial}, hash TEXT NOT NULL, run BIGINT NOT NULL REFERENCES runs (id), model TEXT, base_url TEXT NOT NULL,
            prompt TEXT NOT NULL, reply_schema TEXT NOT NULL, status INTEGER, reply TEXT, rejected TEXT, error TEXT,
            prompt_tokens INTEGER NOT NULL DEFAULT 0, completion_tokens INTEGER NOT NULL DEFAULT 0,
            seconds DOUBLE PRECISION NOT NULL, retries INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL)""",
        "CREATE INDEX requests_by_hash ON requests (hash)",
        "CREATE INDEX requests_by_run ON requests (run)",
        "CREATE TABLE claims (hash TEXT PRIMARY KEY, worker TEXT NOT NULL)",
        """CREATE TABLE results (
            id {serial}, run BIGINT NOT NULL REFERENCES runs (id), source TEXT NOT NULL,
            document TEXT NOT NULL REFERENCES documents (id), complete INTEGER NOT NULL, extraction TEXT NOT NULL,
            prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, cost DOUBLE PRECISION, at TEXT NOT NULL,
            UNIQUE (run, source))""",
        """CREATE TABLE findings (
            id {serial}, result BIGINT NOT NULL REFERENCES results (id) ON DELETE CASCADE, code TEXT NOT NULL,
            severity TEXT NOT NULL, message TEXT NOT NULL, records TEXT NOT NULL, spans TEXT NOT NULL)""",
        "CREATE INDEX findings_by_result ON findings (result)",
    )


def batches(connection: Connection) -> None:
    """Jobs at a provider's batch service, and which requests each one asks."""
    create(
        connection,
        """CREATE TABLE batches (
            id {serial}, run BIGINT NOT NULL REFERENCES runs (id), mark TEXT NOT NULL UNIQUE, remote TEXT,
            state TEXT NOT NULL, requests INTEGER NOT NULL, at TEXT NOT NULL)""",
        "CREATE INDEX batches_by_run ON batches (run)",
        """CREATE TABLE batch_requests (
            batch BIGINT NOT NULL REFERENCES batches (id), hash TEXT NOT NULL, model TEXT, base_url TEXT NOT NULL,
            prompt TEXT NOT NULL, reply_schema TEXT NOT NULL, PRIMARY KEY (batch, hash))""",
    )


def corrections(connection: Connection) -> None:
    """What reviewers decided, and what they see of each document at a glance.

    `reviewed` holds a record as it was first met, `corrections` what was done to it, line by line: neither is ever
    changed, and two saves of one version cannot both stand. `summaries` and `records` are made from them and from the
    results, and can be made again.
    """
    create(
        connection,
        "CREATE INDEX results_by_document ON results (document, id)",
        """CREATE TABLE reviewed (
            document TEXT NOT NULL REFERENCES documents (id), record TEXT NOT NULL, base TEXT NOT NULL,
            PRIMARY KEY (document, record))""",
        """CREATE TABLE corrections (
            id {serial}, document TEXT NOT NULL REFERENCES documents (id), record TEXT NOT NULL, version INTEGER NOT NULL,
            action TEXT NOT NULL, changes TEXT NOT NULL, reviewer TEXT NOT NULL, reason TEXT, undoes BIGINT,
            gesture TEXT NOT NULL, result BIGINT NOT NULL, at TEXT NOT NULL, UNIQUE (document, record, version))""",
        """CREATE TABLE summaries (
            document TEXT PRIMARY KEY REFERENCES documents (id), result BIGINT NOT NULL, correction BIGINT NOT NULL,
            source TEXT NOT NULL, title TEXT, publisher TEXT, published TEXT, engine TEXT NOT NULL, length INTEGER NOT NULL,
            records INTEGER NOT NULL, reviewed INTEGER NOT NULL, figures INTEGER NOT NULL, unexplained INTEGER NOT NULL,
            errors INTEGER NOT NULL, warnings INTEGER NOT NULL, notes INTEGER NOT NULL, codes TEXT NOT NULL)""",
        "CREATE INDEX summaries_worst_first ON summaries (errors DESC, (warnings + unexplained) DESC, source)",
        """CREATE TABLE records (
            document TEXT NOT NULL REFERENCES documents (id), number INTEGER NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL,
            name TEXT NOT NULL, status TEXT, actor TEXT, indicator TEXT, review TEXT NOT NULL, due TEXT, content TEXT NOT NULL,
            PRIMARY KEY (document, number))""",
        "CREATE INDEX records_by_kind ON records (kind, due)",
        "CREATE INDEX records_by_indicator ON records (indicator)",
    )
    for table in ("reviewed", "corrections"):
        append_only(connection, table)


def append_only(connection: Connection, table: str) -> None:
    """The database itself refuses to change or drop what was decided."""
    if connection.dialect.name == "sqlite":
        create(
            connection,
            *(
                f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} are kept for ever'); END"
                for event in ("UPDATE", "DELETE")
            ),
        )
        return
    create(
        connection,
        f"CREATE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN RAISE EXCEPTION '{table} are kept for ever'; END $$",
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stay()",
    )


MIGRATIONS: tuple[Step, ...] = (runs_requests_results, batches, corrections)


def migrate(engine: Engine) -> None:
    """Take the store to the newest step; two processes that open one at once take turns."""
    for number, step in enumerate(MIGRATIONS, start=1):
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            if standing(connection) < number:
                step(connection)
                record(connection, number, step)


def standing(connection: Connection) -> int:
    """The number of the last step that was taken. A store of a later version is left alone."""
    create(connection, "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT, at TEXT)")
    number = int(connection.execute(text("SELECT coalesce(max(number), 0) FROM migrations")).scalar_one())
    if number > len(MIGRATIONS):
        raise StoreError(f"the store is at step {number}, this version knows {len(MIGRATIONS)}: use a newer version")
    return number


def record(connection: Connection, number: int, step: Step) -> None:
    values = {"number": number, "name": step.__name__, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    connection.execute(text("INSERT INTO migrations (number, name, at) VALUES (:number, :name, :at)"), values)


def create(connection: Connection, *statements: str) -> None:
    serial = SERIAL[connection.dialect.name]
    for statement in statements:
        connection.execute(text(statement.replace("{serial}", serial)))


def is_current(engine: Engine) -> bool:
    """Whether nothing is to be done: readers need not wait for a writer to find that out."""
    if not inspect(engine).has_table("migrations"):
        return False
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM migrations")).scalar_one()) == len(MIGRATIONS)
