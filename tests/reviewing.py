"""What the tests of the reviewers' application have in common: a store with documents, and a real server over it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI

from extractor.commands.intake import take_in
from extractor.commands.review import Door
from extractor.commands.review import listening as listener_at
from extractor.engines.offline import OfflineEngine
from extractor.pipeline import extract
from extractor.reading import Source, read_named, read_sources
from extractor.review.web.setup import Setup
from extractor.store import Store, results, runs
from extractor.store.results import Result
from extractor.store.runs import Plan
from schemas.document import Extraction

TEXT = """临江高新区2024年工作要点
发布时间:2024-01-15
2024年,高新区力争实现工业总产值120亿元以上,增长8%。新引进亿元以上项目12个,新增高新技术企业15家。
推进明远智能装备产业园项目建设,总投资5亿元,10月底前竣工。
去年完成固定资产投资34亿元。对认定企业给予最高20万元奖励。
"""
OPEN = Setup("ann")
TOKEN = "correct horse battery staple"
GUARDED = Setup("ann", TOKEN)
HERE = "http://127.0.0.1:8765"


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


def stored(store: Store, text: str = TEXT, name: str = "points.txt") -> Source:
    """A document that the offline rules have read."""
    source = read_named(name, text.encode())
    take_in(store, source, OPEN.settings, "offline")
    return source


@contextmanager
def listening(app: FastAPI) -> Iterator[httpx2.Client]:
    """A real server on a free port of this machine, and a client that keeps its cookies."""
    with listener_at(Door("127.0.0.1", 0)) as listeners:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", ws="none", log_config=None, server_header=False))
        thread = Thread(target=server.run, args=(listeners,), daemon=True)
        thread.start()
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{listeners[0].getsockname()[1]}", timeout=30) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()
