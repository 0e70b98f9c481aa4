"""How results reach the disk."""

import asyncio
import threading
import time
from pathlib import Path

from extractor.runs.disk import QUICK, SLOW_FOR, Disk


def threads_of(folder: Path, files: int, wait: float) -> list[threading.Thread]:
    """Write so many files to a disk that takes so long for each; the threads that waited for it."""
    waited: list[threading.Thread] = []

    def sync(_: int) -> None:
        waited.append(threading.current_thread())
        time.sleep(wait)

    async def write() -> None:
        disk = Disk(sync)
        for number in range(files):
            await disk.write(folder / f"{number}.json", b"{}")

    asyncio.run(write())
    return waited


def test_a_quick_disk_is_waited_for_without_a_thread(tmp_path: Path) -> None:
    waited = threads_of(tmp_path, 1, 0)

    assert waited == [threading.main_thread()]


def test_a_slow_disk_is_waited_for_in_a_thread_and_tried_again_in_time(tmp_path: Path) -> None:
    waited = threads_of(tmp_path, SLOW_FOR + 2, 2 * QUICK)

    here = [number for number, thread in enumerate(waited) if thread is threading.main_thread()]
    assert here == [0, SLOW_FOR + 1]


def test_a_file_gets_its_name_when_all_of_it_is_on_the_disk(tmp_path: Path) -> None:
    target = tmp_path / "made" / "one.json"
    there: list[bool] = []

    asyncio.run(Disk(lambda _: there.append(target.exists())).write(target, b"{}"))

    assert there == [False]
    assert target.read_bytes() == b"{}"
    assert list(target.parent.iterdir()) == [target]
