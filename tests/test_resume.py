"""What a run that was killed has lost: nothing. Real processes, a real endpoint on this machine."""

import shutil
from pathlib import Path

import pytest

from tests import killing

DOCUMENTS = 12
LATENCY = 0.15


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(DOCUMENTS):
        file = tmp_path / f"in/{number:02}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"第{number + 1}号\n2024年完成产值{number + 10}亿元,新签约项目{number + 20}个。\n", "utf8")
    return tmp_path


def test_a_run_that_is_killed_again_and_again_loses_nothing_and_pays_nothing_twice(folder: Path) -> None:
    with killing.counting_endpoint(folder, LATENCY) as (url, log):
        found = killing.killed_at_random(folder, url, log, kills=4, seed=7)
        after = killing.timeless(folder / "out")
        whole = folder / "whole"
        shutil.copytree(folder / "in", whole / "in")
        done = killing.start(whole, url)
        done.communicate(timeout=60)

    assert found.kills >= 1
    assert found.twice == []
    assert set(found.asked) <= killing.stored(folder) | killing.stored(whole)
    assert len(found.asked) == DOCUMENTS
    # what was in flight at a kill is all that may be asked again: four at once
    assert found.asked.total() <= DOCUMENTS + 4 * found.kills
    assert killing.results(folder) == [(str(folder / f"in/{n:02}.txt"), 1) for n in range(DOCUMENTS)]
    assert killing.runs(folder) == ["finished"]
    assert len(after) == DOCUMENTS
    renamed = {name: str(value).replace(str(folder), "") for name, value in after.items()}
    assert renamed == {n: str(v).replace(str(whole), "") for n, v in killing.timeless(whole / "out").items()}


def test_two_processes_with_one_store_pay_for_each_request_once(folder: Path) -> None:
    with killing.counting_endpoint(folder, LATENCY) as (url, log):
        both = [killing.start(folder, url) for _ in range(2)]
        told = [process.communicate(timeout=120)[1] for process in both]

    assert [process.returncode for process in both] == [0, 0], told
    asked = log.read_text("utf8").split()
    assert len(asked) == len(set(asked)) == DOCUMENTS
    assert set(killing.runs(folder)) == {"finished"}
    assert len(killing.timeless(folder / "out")) == DOCUMENTS
