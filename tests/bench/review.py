"""The reviewers' application under load: `make bench-review`. Server time of single requests, then twenty reviewers at once."""

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from extractor.engines.offline import OfflineEngine
from extractor.pipeline import extract
from extractor.reading import Source, read_sources
from extractor.review.desk import Desk
from extractor.store import Store, open_store, results, runs
from extractor.store.results import Result
from extractor.store.runs import Plan
from schemas.document import Extraction

ROOT = Path(__file__).parents[2]
SEEDS = [str(ROOT / "seeds"), str(ROOT / "fixtures/written/docs")]
LONG = 20_000
ROUNDS = 15


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--reviewers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "bench.db")
        with open_store(where) as store:
            long, others = fill(store, given.documents)
            started = time.perf_counter()
            Desk(store).refresh()
            print(f"summaries of {given.documents:,} documents: {time.perf_counter() - started:.1f} s")
            decided_before(store, others[: given.documents // 10])
        with server(where) as port:
            asyncio.run(single(port, long))
            asyncio.run(load(port, [long, *others[:19]], given.reviewers, given.seconds))
        with open_store(where, create=False) as store:
            print(
                f"corrections in the log: {store.read(lambda c: c.execute(text('SELECT count(*) FROM corrections')).scalar_one()):,}"
            )


def fill(store: Store, documents: int) -> tuple[str, list[str]]:
    """One long document with 400 records, and copies of the written ones with an identity each."""
    sources = [source for source in read_sources(SEEDS) if isinstance(source, Source)]
    made = [asyncio.run(extract(source, OfflineEngine())) for source in sources]
    lines = [line for source in sources for line in source.raw.splitlines() if any(char.isdigit() for char in line)]
    raw = "\n".join(lines * 3)
    long = source_of(raw[:LONG], 0)
    extraction = asyncio.run(extract(long, OfflineEngine()))
    count = len(extraction.goals) + len(extraction.metrics) + len(extraction.projects) + len(extraction.deadlines)
    print(f"long document: {len(long.raw):,} characters, {count} records, {len(extraction.figures)} figures")
    store.post(lambda connection: begin(connection, store)).result()
    store.post(lambda connection: keep(connection, long, extraction)).result()
    names = []
    for start in range(0, documents - 1, 500):
        batch = []
        for number in range(start, min(start + 500, documents - 1)):
            source, result = sources[number % len(sources)], made[number % len(sources)]
            copy = source_of(source.raw, number + 1)
            batch.append(
                (
                    copy,
                    result.model_copy(
                        update={"document": result.document.model_copy(update={"id": copy.id, "source": copy.name})}
                    ),
                )
            )
            names.append(copy.id)

        def write(connection: Any, batch: Any = batch) -> None:
            for copy, result in batch:
                keep(connection, copy, result)

        store.post(write).result()
    return long.id, names


def source_of(raw: str, number: int) -> Source:
    return Source(
        f"in/{number:05}.txt", f"{number:05}", f"sha256:{number:064x}", raw, "utf-8", None, None, None, "Hans"
    )


def begin(connection: Any, store: Store) -> None:
    runs.begin(connection, Plan("bench", "offline", None, None, None, ("in",)), store.worker)


def keep(connection: Any, source: Source, extraction: Extraction) -> None:
    result = Result(source.name, source.id, complete=True, extraction=extraction.model_dump_json())
    results.keep(connection, 1, source, result, extraction.checks)


def decided_before(store: Store, documents: list[str]) -> None:
    """A tenth of the documents has decisions: their summaries are made from what now stands."""
    desk = Desk(store)
    for document in documents[:200]:
        desk.accept_rest(document, "before")
    started = time.perf_counter()
    print(f"{desk.refresh()} documents with decisions summarised in {time.perf_counter() - started:.1f} s")


class server:  # noqa: N801
    def __init__(self, where: str) -> None:
        self.where = where

    def __enter__(self) -> int:
        command = [sys.executable, "-m", "extractor.cli", "review", self.where, "--port", "8899"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(200):
            try:
                httpx2.get("http://127.0.0.1:8899/static/style.css")
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        return 8899

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


async def single(port: int, long: str) -> None:
    table = Table(title=f"server time of one request, milliseconds, {ROUNDS} rounds")
    for column in ("request", "first", "median", "worst", "KB"):
        table.add_column(column, justify="left" if column == "request" else "right")
    async with client(port) as http:
        csrf = await token(http, long)
        key, version = await some_metric(http, long)

        async def save() -> httpx2.Response:
            nonlocal version
            said = {"record": key, "action": "edit", "version": version, "values": {"name": f"名称{version}"}}
            reply = await http.post(f"/documents/{long}/decisions", json=said, headers={"X-CSRF-Token": csrf})
            version += reply.status_code == 200
            return reply

        for asked, ask in {
            "document page": lambda: http.get(f"/documents/{long}"),
            "form": lambda: http.get(f"/documents/{long}/form?record={key}"),
            "save": save,
            "queue page": lambda: http.get("/"),
            "queue, searched": lambda: http.get("/?search=0042&severity=warning"),
            "queue, last page": lambda: http.get("/?page=999999"),
            "GET /api/records": lambda: http.get("/api/records?kind=deadline&due_before=2025-01-01"),
            "panels of the document": lambda: http.get(f"/documents/{long}/panels"),
        }.items():
            name, times, size = asked, [], 0
            for _ in range(ROUNDS):
                started = time.perf_counter()
                reply = await ask()
                times.append((time.perf_counter() - started) * 1000)
                size = len(reply.content)
                if reply.status_code != 200:
                    name = f"{name} ({reply.status_code})"
                    break
            table.add_row(
                name, f"{times[0]:.0f}", f"{statistics.median(times):.0f}", f"{max(times):.0f}", f"{size / 1024:.0f}"
            )
    Console(width=110).print(table)


def client(port: int) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60)


async def token(http: httpx2.AsyncClient, document: str) -> str:
    page = (await http.get(f"/documents/{document}")).text
    return page.partition('name="csrf" content="')[2].partition('"')[0]


async def some_metric(http: httpx2.AsyncClient, document: str) -> tuple[str, int]:
    page = (await http.get(f"/documents/{document}")).text
    card = page.partition('<article class="card metric')[2]
    return card.partition('id="')[2].partition('"')[0], int(card.partition('data-version="')[2].partition('"')[0])


async def load(port: int, documents: list[str], reviewers: int, seconds: int) -> None:
    """Each reviewer opens documents, saves, and reads: what was confirmed has to be in the log."""
    until = time.monotonic() + seconds
    seen: Counter[str] = Counter()
    took: list[float] = []
    confirmed: set[tuple[str, str, int]] = set()
    await asyncio.gather(*(reviewer(port, documents, until, seen, took, confirmed, n) for n in range(reviewers)))
    async with client(port) as http:
        logged = set()
        for document in documents:
            log = (await http.get(f"/api/documents/{document}/log")).json()
            logged |= {(document, line["record"], line["version"]) for line in log["items"]}
    took.sort()
    print(f"{reviewers} reviewers, {seconds} s: {dict(seen)}")
    print(f"saves confirmed {len(confirmed):,}, of these missing in the log {len(confirmed - logged)}")
    print(
        f"a save took {statistics.median(took):.0f} ms in the middle, {took[int(len(took) * 0.95)]:.0f} ms at 95 %, {took[-1]:.0f} at worst"
    )


async def reviewer(
    port: int, documents: list[str], until: float, seen: Counter[str], took: list[float], confirmed: Any, number: int
) -> None:
    chance = random.Random(number)
    async with client(port) as http:
        csrf = await token(http, documents[0])
        while time.monotonic() < until:
            document = chance.choice(documents[:5])
            page = await http.get(f"/documents/{document}")
            seen[f"page {page.status_code}"] += 1
            cards = page.text.split('<article class="card metric')[1:]
            if not cards:
                continue
            for _ in range(5):
                card = chance.choice(cards)
                key = card.partition('id="')[2].partition('"')[0]
                version = int(card.partition('data-version="')[2].partition('"')[0])
                said = {
                    "record": key,
                    "action": "edit",
                    "version": version,
                    "values": {"baseline": f"r{number} {time.monotonic_ns()}"},
                }
                started = time.perf_counter()
                reply = await http.post(f"/documents/{document}/decisions", json=said, headers={"X-CSRF-Token": csrf})
                took.append((time.perf_counter() - started) * 1000)
                seen[f"save {reply.status_code}"] += 1
                if reply.status_code == 200:
                    confirmed.add((document, key, version + 1))
                await asyncio.sleep(chance.random() * 0.5)


if __name__ == "__main__":
    main()
