"""The rules of reviewers' decisions in what `extract` writes: they are laid over it, and the store keeps the engine's own."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extractor.runs.reviewed import holds_decisions
from tests.endpoint import called, serving
from tests.extracting import STORE, WHOLE
from tests.extracting import TEXT as SHORT
from tests.spreadsheets import TEXT, desk_of, metric, only_source, run

pytestmark = pytest.mark.usefixtures("alone")

OFFLINE = ("--engine", "offline")


def written(**texts: str) -> None:
    Path("in").mkdir(exist_ok=True)
    for name, text in texts.items():
        Path(f"in/{name}.txt").write_text(text, "utf8")


def corrected(quote: str = "15家", **values: Any) -> str:
    """Change a metric of `in/a.txt` in the default store and reject another; the key of the first."""
    document = only_source(Path("in/a.txt")).id
    with desk_of(Path(STORE)) as desk:
        key, _ = metric(desk.open(document), quote)
        desk.decide(document, key, "edit", 0, "ann", values or {"value": "16"})
    return key


def value_in(page: str, quote: str = "15家") -> tuple[Any, str]:
    [found] = [one for one in json.loads(page)["metrics"] if one["figure"]["quote"] == quote]
    return found["value"], found["review"]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("store", [("--store", STORE), ()], ids=["its own store", "the store of the folder"])
def test_a_decision_stands_in_what_a_later_run_writes_and_the_store_keeps_the_engines_own(
    jobs: int, store: tuple[str, ...]
) -> None:
    written(a=TEXT, b=TEXT.replace("15家", "17家"))
    assert run("extract", "in", *OFFLINE, "--store", STORE, "-o", "before").exit_code == 0
    corrected()

    files = run("extract", "in", *OFFLINE, *store, "-o", "out", "--jobs", jobs)
    lines = run("extract", "in", *OFFLINE, *store, "--jobs", jobs)

    assert (files.exit_code, lines.exit_code) == (0, 0)
    assert value_in(Path("out/a.json").read_text("utf8")) == (16, "corrected")
    assert value_in(lines.stdout.splitlines()[0]) == (16, "corrected")
    assert value_in(Path("out/b.json").read_text("utf8"), "17家") == (17, "unreviewed")
    for result in (files, lines):
        assert "what reviewers decided is laid over 1 documents" in result.stderr
    with closing(sqlite3.connect(STORE)) as opened:
        kept = [row[0] for row in opened.execute("SELECT extraction FROM results WHERE source = 'in/a.txt'")]
    assert {value_in(page) for page in kept} == {(15, "unreviewed")}


def test_the_counts_that_are_shown_are_those_of_what_is_written() -> None:
    written(a=TEXT)
    before = run("extract", "in", *OFFLINE, "--store", STORE, "-o", "out")
    document = only_source(Path("in/a.txt")).id
    with desk_of(Path(STORE)) as desk:
        for quote in ("15家", "12个"):
            desk.decide(document, metric(desk.open(document), quote)[0], "reject", 0, "ann")
        standing = [one for one in desk.open(document).extraction.metrics if one.review != "rejected"]

    after = run("extract", "in", *OFFLINE, "-o", "out")

    shown = [next(line for line in result.stderr.splitlines() if "a.txt" in line).split() for result in (before, after)]
    assert int(shown[0][2]) - int(shown[1][2]) == 2
    assert int(shown[1][2]) == len(standing)


def test_a_run_without_decisions_writes_what_it_would_write_without_a_store() -> None:
    written(a=TEXT)
    run("extract", "in", *OFFLINE, "-o", "plain")
    assert not Path(STORE).exists()
    run("extract", "in", *OFFLINE, "--store", STORE, "-o", "stored")
    beside = run("extract", "in", *OFFLINE, "-o", "beside")

    timeless = [
        {**json.loads(Path(folder, "a.json").read_text("utf8")), "run": None}
        for folder in ("plain", "stored", "beside")
    ]
    assert timeless[0] == timeless[1] == timeless[2]
    assert "reviewers" not in beside.stderr


def test_a_decision_that_was_undone_is_laid_over_nothing() -> None:
    written(a=TEXT)
    run("extract", "in", *OFFLINE, "--store", STORE, "-o", "out")
    corrected()
    with desk_of(Path(STORE)) as desk:
        desk.undo(only_source(Path("in/a.txt")).id, "ann")

    run("extract", "in", *OFFLINE, "-o", "out")

    assert value_in(Path("out/a.json").read_text("utf8")) == (15, "unreviewed")


def test_a_document_that_a_run_had_done_before_carries_what_was_decided_since() -> None:
    written(a=SHORT, b=f"{SHORT}二\n")
    with serving(called(WHOLE), called(WHOLE)) as endpoint:
        fixed = ("--model", "small", "--base-url", endpoint.url, "--mode", "tools", "--no-examples", "-o", "out")
        assert run("extract", "in", *fixed).exit_code == 0
        corrected("20个", name="新签约数")
        with closing(sqlite3.connect(STORE)) as store:
            store.execute("UPDATE runs SET state = 'open'")
            store.commit()
        before = Path("out/b.json").stat().st_mtime_ns

        result = run("extract", "in", *fixed)

    assert (result.exit_code, len(endpoint.bodies)) == (0, 2)
    assert "laid over 1 documents" in result.stderr
    assert [one["name"] for one in json.loads(Path("out/a.json").read_text("utf8"))["metrics"]] == ["新签约数"]
    assert Path("out/b.json").stat().st_mtime_ns == before


@pytest.mark.parametrize("content", [None, b"no database", b""])
def test_a_file_that_holds_no_decisions_is_left_alone(content: bytes | None) -> None:
    written(a=TEXT)
    if content is None:
        with closing(sqlite3.connect(STORE)) as store:
            store.execute("CREATE TABLE documents (id TEXT)")  # a store of a time before reviewers
    else:
        Path(STORE).write_bytes(content)
    before = Path(STORE).read_bytes()

    assert not holds_decisions(Path(STORE))
    assert run("extract", "in", *OFFLINE, "-o", "out").exit_code == 0
    assert Path(STORE).read_bytes() == before
