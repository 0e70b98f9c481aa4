"""Real runs, killed: a real process, a real endpoint that counts, and what the store knew at each kill."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SERVER = Path(__file__).parent / "bench/slow_endpoint.py"
STORE = "policy-targets.db"


@dataclass
class Killed:
    """`twice` are requests that were sent although the store held their reply; `asked` counts each request's sendings."""

    kills: int = 0
    twice: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)


@contextmanager
def counting_endpoint(folder: Path, latency: float) -> Iterator[tuple[str, Path]]:
    """Its URL, and the file with a line for each request that reached it: the hash of the body as it was sent."""
    log = folder / "requests.log"
    log.touch()
    command = [sys.executable, str(SERVER), str(latency), str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1", log
        finally:
            server.kill()


def command(folder: Path, url: str, *more: str) -> list[str]:
    source, out = str(folder / "in"), str(folder / "out")
    fixed = ["--model", "small", "--mode", "tools", "--base-url", url, "--concurrency", "4"]
    return [sys.executable, "-m", "extractor.cli", "extract", source, "-o", out, *fixed, *more]


def killed_at_random(folder: Path, url: str, log: Path, kills: int, seed: int, within: float = 0.3) -> Killed:
    """Start the same command again and again, each time killed, until it is through; after `kills` it may finish.

    Every other kill comes `within` so many seconds of the first request, the others anywhere from the start on.
    """
    chance = random.Random(seed)
    found = Killed()
    ended = False
    while not ended:
        known, before = stored(folder), found.asked
        process = start(folder, url)
        if found.kills < kills:
            if found.kills % 2 == 0:
                wait_for_request(log, process)
            time.sleep(chance.uniform(0, within))
            process.kill()
        _, told = process.communicate(timeout=600)
        ended = process.returncode != -signal.SIGKILL
        found.kills += not ended
        found.asked = Counter(log.read_text("utf8").split())
        found.twice += [request for request in known if found.asked[request] > before[request]]
    assert process.returncode == 0, told
    return found


def start(folder: Path, url: str, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(folder, url, *more), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for_request(log: Path, process: subprocess.Popen[str]) -> None:
    """Until a process has come so far that there is something to lose."""
    before = log.stat().st_size
    while log.stat().st_size == before and process.poll() is None:
        time.sleep(0.005)


def stored(folder: Path) -> set[str]:
    """The requests whose reply is in the store."""
    if not (folder / STORE).exists():
        return set()
    with closing(sqlite3.connect(folder / STORE)) as store:
        try:
            return {row[0] for row in store.execute("SELECT hash FROM requests WHERE reply IS NOT NULL")}
        except sqlite3.OperationalError:  # killed before there was a table
            return set()


def results(folder: Path) -> list[tuple[str, int]]:
    """Each source with the number of its results, in all runs."""
    with closing(sqlite3.connect(folder / STORE)) as store:
        return store.execute("SELECT source, count(*) FROM results GROUP BY source").fetchall()


def runs(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / STORE)) as store:
        return [row[0] for row in store.execute("SELECT state FROM runs ORDER BY id")]


def timeless(folder: Path) -> dict[str, object]:
    """What is in the files, apart from when and how long."""
    found = {}
    for file in sorted(folder.rglob("*.json")):
        value = json.loads(file.read_text("utf8"))
        found[str(file.relative_to(folder))] = value | {"run": value["run"] | {"started": "", "seconds": 0}}
    return found
