"""One file that takes too long, or too much, ends alone."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from extractor.errors import SourceError
from extractor.limits import within
from extractor.runs.workers import Workers
from tests.commands import outcome_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no alarm there")


def slowly(seconds: float) -> str:
    time.sleep(seconds)
    return "done"


def stubborn() -> None:
    for _ in range(3):
        try:
            time.sleep(2)
        except BaseException:  # noqa: BLE001
            continue
    time.sleep(10)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refused() -> None:
    raise SourceError("b.txt", "for a reason")


def nothing() -> None:
    pass


def test_work_that_takes_too_long_is_stopped_and_told() -> None:
    with pytest.raises(SourceError, match=r"a\.txt: stopped: it took longer than 0\.1 seconds"), within(0.1, "a.txt"):
        time.sleep(10)


def test_a_library_that_swallows_every_error_is_stopped_all_the_same() -> None:
    started = time.monotonic()
    with pytest.raises(SourceError), within(0.1, "a.txt"):
        stubborn()

    assert time.monotonic() - started < 8


def test_nought_seconds_are_no_limit_and_the_alarm_is_off_afterwards() -> None:
    with within(0, "a.txt"):
        pass
    with within(0.1, "a.txt"):
        pass

    time.sleep(0.2)


def test_want_of_memory_is_told_of_the_file() -> None:
    with pytest.raises(SourceError, match="not enough memory"), within(1, "a.txt"):
        raise MemoryError


def test_a_process_is_stopped_over_one_document_and_another_takes_its_place() -> None:
    workers = Workers(1, nothing, 5)
    try:
        assert workers.run("a.txt", slowly, 0) == "done"
        with pytest.raises(SourceError, match=r"took longer than 5 seconds"):
            workers.run("b.txt", slowly, 60)
        assert workers.run("c.txt", slowly, 0) == "done"
        with pytest.raises(SourceError, match=r"d\.txt: stopped: the process that read it was ended \(-9\)"):
            workers.run("d.txt", killed)
        with pytest.raises(SourceError, match="for a reason"):
            workers.run("b.txt", refused)
        assert workers.run("e.txt", slowly, 0) == "done"
    finally:
        workers.close()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_slow_file_is_told_and_the_others_go_on(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("增长5%" * 60_000, "utf8")
    (tmp_path / "in/b.txt").write_text("今年全市生产总值增长5%。\n", "utf8")

    told = outcome_of(["in", "-o", "out", "--timeout-per-file", "4", "--jobs", jobs], tmp_path)

    assert told.code == 1
    assert "in/a.txt: stopped: it took longer than 4 seconds" in told.talk
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["b.json"]
