"""The rules of the store, on real SQLite, and on a real PostgreSQL where one can be started."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, text

from extractor.errors import SettingsError, StoreError
from extractor.reading import Source
from extractor.store import Store, migrations, open_store, requests, results, runs, workers
from extractor.store.opening import database_url
from extractor.store.requests import Answered, Asked
from extractor.store.results import Result
from extractor.store.runs import FINISHED, Plan
from schemas.finding import Finding

PLAN = Plan("key", "model", "small", "http://127.0.0.1/v1", "sha256:0", ("in",))
ASKED = Asked("hash", "small", "http://127.0.0.1/v1", "prompt", "schema")
DEAD = workers.Worker("dead", "another-machine", 1, "")
SOURCE = Source(
    "in/a.txt", "a", f"sha256:{sha256(b'a').hexdigest()}", "产值10亿元\0。", "utf-8", None, None, None, "Hans"
)
FINDING = Finding(code="sum-mismatch", severity="warning", message="The parts do not fit.", records=("m1", "m2"))


def answered(reply: str | None = "{}", **other: Any) -> Answered:
    plain = {"status": 200, "rejected": None, "error": None, "prompt_tokens": 100, "completion_tokens": 10}
    return Answered(**({"reply": reply, "seconds": 0.2, "retries": 0} | plain | other))  # type: ignore[arg-type]


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    with open_store(where) as opened:
        yield opened


def do(store: Store, job: Any, *arguments: Any, **named: Any) -> Any:
    return store.post(lambda connection: job(connection, *arguments, **named)).result(timeout=30)


def begun(store: Store, plan: Plan = PLAN) -> runs.Begun:
    found: runs.Begun = do(store, runs.begin, plan, store.worker)
    return found


# opening


def test_each_migration_is_recorded_and_made_once(where: str) -> None:
    for _ in range(2):
        with open_store(where) as store:
            rows = store.read(
                lambda connection: connection.execute(text("SELECT number, name FROM migrations ORDER BY 1")).all()
            )

    assert [tuple(row) for row in rows] == [(1, "runs_requests_results"), (2, "batches"), (3, "corrections")]


def test_two_that_open_a_new_store_at_once_both_find_it_ready(where: str) -> None:
    def opened(number: int) -> int:
        with open_store(where) as store:
            return begun(store, replace(PLAN, key=str(number))).id

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(opened, range(4))) == [1, 2, 3, 4]


def test_a_migration_that_fails_leaves_nothing_behind(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        connection.execute(text("SELECT nonsense FROM nowhere"))

    with open_store(where):
        pass
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    with pytest.raises(StoreError, match="nowhere"), open_store(where):
        pass
    monkeypatch.undo()
    with open_store(where) as store, pytest.raises(StoreError, match="half"):
        store.read(lambda connection: connection.execute(text("SELECT * FROM half")))


def test_a_store_of_a_later_version_is_left_alone(where: str) -> None:
    with open_store(where) as store:
        do(store, lambda connection: connection.execute(text("INSERT INTO migrations (number) VALUES (99)")))

    with pytest.raises(StoreError, match="use a newer version"), open_store(where):
        pass


def test_sqlite_syncs_each_commit_and_lets_readers_pass(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.db")) as store:
        pragmas = [
            store.read(lambda connection, name=name: connection.exec_driver_sql(f"PRAGMA {name}").scalar())  # type: ignore[misc]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert pragmas == ["wal", 2, 1]


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("mysql://me:pw-very-secret@host/db", "SQLite and PostgreSQL"),
        ("sqlite://", "needs a file"),
        ("http://me:pw-very-secret@", "SQLite and PostgreSQL"),
        ("://pw-very-secret", "neither a path nor"),
    ],
)
def test_a_store_that_cannot_be_is_a_wrong_setting_that_shows_no_password(where: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught, open_store(where):
        pass

    assert "pw-very-secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("these are notes, long enough to be taken for something\n" * 40)

    with pytest.raises(StoreError, match="not a database"), open_store(str(tmp_path / "notes.db")):
        pass


def test_a_wrong_password_is_told_without_it(postgres: str) -> None:
    with pytest.raises(StoreError, match="password") as caught, open_store(postgres.replace("pw-very", "pw-wrong")):
        pass

    assert "pw-wrong" not in str(caught.value)


def test_a_plain_postgresql_url_names_the_driver_that_we_bring() -> None:
    assert database_url("postgresql://host/db").drivername == "postgresql+psycopg"


# writing


def test_jobs_are_written_in_order_and_a_failing_one_takes_nothing_from_the_others(store: Store) -> None:
    gate = Event()
    run = begun(store).id
    held = store.post(lambda _: gate.wait(10))  # so that the others wait together
    kept = [store.post(lambda connection: requests.keep(connection, run, ASKED, answered()))]
    broken = store.post(lambda connection: connection.execute(text("SELECT nonsense FROM nowhere")))
    kept.append(store.post(lambda connection: requests.keep(connection, run, ASKED, answered())))
    gate.set()

    assert held.result(10)
    first, second = (future.result(10) for future in kept)
    assert first < second
    assert do(store, runs.one_run, run).requests == 2
    with pytest.raises(StoreError, match="nowhere"):
        broken.result(10)


# runs


def test_a_command_goes_on_with_its_run_once_nobody_is_at_it(where: str) -> None:
    with open_store(where) as first, open_store(where) as second:
        assert begun(first) == runs.Begun(1, resumed=False)
        assert begun(second) == runs.Begun(2, resumed=False)  # the first is still at work
    with open_store(where) as third:
        assert begun(third) == runs.Begun(2, resumed=True)
        do(third, runs.end, 2, FINISHED, 1.0)
        assert begun(third) == runs.Begun(3, resumed=False)


@pytest.mark.parametrize(("seen", "resumed"), [(0.0, False), (workers.SILENT + 1, True)])
def test_a_worker_on_another_machine_is_dead_when_it_was_silent_for_long(
    store: Store, seen: float, resumed: bool
) -> None:
    do(store, workers.sign_in, DEAD)
    do(store, runs.begin, PLAN, DEAD)
    aged = text("UPDATE workers SET seen = seen - :seconds WHERE id = 'dead'")
    do(store, lambda connection: connection.execute(aged, {"seconds": seen}))

    assert begun(store).resumed is resumed


def test_a_number_that_another_process_has_now_is_not_the_worker(store: Store) -> None:
    earlier = workers.Worker("earlier", store.worker.host, os.getpid(), "long ago")
    do(store, workers.sign_in, earlier)

    assert not do(store, workers.is_alive, earlier.id)
    assert do(store, workers.is_alive, store.worker.id)


# requests


def test_a_reply_is_found_by_every_later_run_until_the_cache_is_cleared(store: Store) -> None:
    do(store, requests.keep, begun(store).id, ASKED, answered('{"a":1}'))
    later = do(store, runs.insert, PLAN, store.worker)

    assert do(store, requests.find, "hash", later, refresh=False).reply == '{"a":1}'
    assert do(store, requests.find, "other", later, refresh=False) is None
    assert do(store, requests.clear) == 1
    assert do(store, requests.find, "hash", later, refresh=False) is None
    assert do(store, runs.one_run, 1).prompt_tokens == 100


@pytest.mark.parametrize(
    ("what", "own", "others"),
    [
        (answered(), True, True),
        (answered(rejected="it was cut off"), True, False),
        (answered(None, status=500, error="no"), False, False),
    ],
)
def test_a_wrong_reply_is_answered_from_in_its_own_run_alone_and_a_failure_never(
    store: Store, what: Answered, own: bool, others: bool
) -> None:
    run = begun(store).id
    do(store, requests.keep, run, ASKED, what)
    other = do(store, runs.insert, PLAN, store.worker)

    assert (do(store, requests.find, "hash", run, refresh=False) is not None) is own
    assert (do(store, requests.find, "hash", other, refresh=False) is not None) is others


def test_refresh_asks_anew_what_other_runs_asked_and_never_what_it_asked_itself(store: Store) -> None:
    do(store, requests.keep, begun(store).id, ASKED, answered())
    fresh = do(store, runs.insert, PLAN, store.worker)
    assert do(store, requests.find, "hash", fresh, refresh=True) is None

    do(store, requests.keep, fresh, ASKED, answered("[]"))
    assert do(store, requests.find, "hash", fresh, refresh=True).reply == "[]"


def test_a_request_is_sent_by_one_process_at_a_time_and_a_dead_ones_claim_is_free(where: str) -> None:
    with open_store(where) as first, open_store(where) as second:
        assert do(second, requests.claim, "hash", second.worker)
        assert not do(first, requests.claim, "hash", first.worker)
        do(second, requests.release, "hash", second.worker)
        assert do(first, requests.claim, "hash", first.worker)
        assert not do(second, requests.claim, "hash", second.worker)
        do(first, workers.sign_in, DEAD)
        do(first, requests.claim, "other", DEAD)
        do(first, lambda connection: connection.execute(text("UPDATE workers SET seen = 0 WHERE id = 'dead'")))
        assert do(second, requests.claim, "other", second.worker)


# results


def result(document: str = SOURCE.id, **other: Any) -> Result:
    return Result(**({"source": "in/a.txt", "document": document, "complete": True, "extraction": "{}"} | other))


def test_a_document_is_done_in_its_run_and_only_while_its_content_is_the_same(store: Store) -> None:
    run = begun(store).id
    do(store, results.keep, run, SOURCE, result(extraction='{"a":1}'), (FINDING,))
    other = Source("in/a.txt", "a", f"sha256:{sha256(b'b').hexdigest()}", "b", "utf-8", None, None, None, "Hans")

    assert do(store, results.done, run, SOURCE).extraction == '{"a":1}'
    assert do(store, results.done, run + 1, SOURCE) is None
    assert do(store, results.done, run, other) is None
    assert do(store, results.findings_of_run, run) == [("sum-mismatch", "warning", 1)]


def test_a_result_with_failed_chunks_is_made_again_and_takes_the_place_of_the_first(store: Store) -> None:
    run = begun(store).id
    do(store, results.keep, run, SOURCE, result(complete=False), (FINDING,))
    assert do(store, results.done, run, SOURCE) is None

    do(store, results.keep, run, SOURCE, result(), ())
    totals = do(store, runs.one_run, run)
    assert (totals.documents, totals.incomplete) == (1, 0)
    assert do(store, results.findings_of_run, run) == []


def test_the_text_is_kept_with_every_offset_though_postgresql_takes_no_nul(store: Store) -> None:
    do(store, results.keep, begun(store).id, SOURCE, result(), ())
    [raw] = store.read(lambda connection: connection.execute(text("SELECT raw FROM documents")).scalars().all())

    assert len(raw) == len(SOURCE.raw)
    assert raw.startswith("产值10亿元")
