"""What tests of the reviewers' loop share: a store with a document in it, and the application served on 127.0.0.1."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from extractor.engines.offline import OfflineEngine
from extractor.pipeline import extract
from extractor.reading import Source, read_sources
from extractor.review.desk import Desk
from extractor.review.web import make_app
from extractor.review.web.access import Setup
from extractor.store import Store, results, runs
from extractor.store.results import Result
from extractor.store.runs import Plan
from schemas.document import Extraction


def read_text(folder: Path, text: str, name: str = "points.txt") -> Source:
    file = folder / name
    file.write_text(text, "utf8")
    [found] = read_sources([str(file)])
    assert isinstance(found, Source)
    return found


def extracted(source: Source) -> Extraction:
    """In a thread of its own: the browser's driver runs a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(extract(source, OfflineEngine()))).result()


def keep(store: Store, source: Source, extraction: Extraction | None = None) -> None:
    """As a run of its own would."""
    made = extraction or extracted(source)
    plan = Plan("key", "offline", None, None, None, ("in",))
    result = Result(source.name, source.id, complete=True, extraction=made.model_dump_json())

    def write(connection: Any) -> None:
        begun = runs.begin(connection, plan, store.worker)
        runs.end(connection, begun.id, "finished", 0)
        results.keep(connection, begun.id, source, result, made.checks)

    store.post(write).result()


@contextmanager
def served(desk: Desk, setup: Setup) -> Iterator[str]:
    """The address of the application, in a thread of this process."""
    config = uvicorn.Config(make_app(desk, setup), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        threading.Event().wait(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
