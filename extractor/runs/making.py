"""How a document is made: by a model in this process, or by the rules, here or in others."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from signal import SIG_IGN, SIGINT, signal
from typing import Any, TypeVar

from extractor.engines import Engine
from extractor.engines.offline import OfflineEngine
from extractor.limits import within
from extractor.llm.prices import Price
from extractor.pipeline import extract
from extractor.reading import Source
from extractor.runs.collecting import collect_rarely
from extractor.runs.outcomes import Made, Wanted, made
from extractor.runs.workers import Workers
from schemas.document import Extraction

T = TypeVar("T")
Make = Callable[[Source], Coroutine[Any, Any, Made]]


def by_engine(engine: Engine, wanted: Wanted, price: Price | None = None, seconds: float = 0) -> Make:
    """`seconds` are those of this process's own work; what the engine waits for has limits of its own."""

    async def make(source: Source) -> Made:
        result = await extract(source, engine, lambda: within(seconds, source.name))
        return made(priced(result, price), wanted)

    return make


def priced(result: Extraction, price: Price | None) -> Extraction:
    if price is None:
        return result
    cost = round(price.of(result.run.prompt_tokens, result.run.completion_tokens), 6)
    return result.model_copy(update={"run": result.run.model_copy(update={"cost": cost})})


@asynccontextmanager
async def by_rules(wanted: Wanted, jobs: int, seconds: float = 0) -> AsyncIterator[Make]:
    """In `jobs` processes; with one, in this. A document that takes more than so many `seconds` is given up (0: none is)."""
    if jobs == 1:
        yield partial(here, wanted, seconds)
        return
    workers = Workers(jobs, begin_work, seconds)
    try:
        yield partial(in_pool, workers, wanted)
    finally:
        await asyncio.to_thread(workers.close)


async def here(wanted: Wanted, seconds: float, source: Source) -> Made:
    with within(seconds, source.name):
        return make_by_rules(source, wanted)


def begin_work() -> None:
    """In a process of the pool: the one that made it hears of Ctrl-C."""
    signal(SIGINT, SIG_IGN)
    collect_rarely()


async def in_pool(workers: Workers, wanted: Wanted, source: Source) -> Made:
    loop = asyncio.get_running_loop()
    result: Made = await loop.run_in_executor(workers.threads, workers.run, source.name, make_by_rules, source, wanted)
    return result


def make_by_rules(source: Source, wanted: Wanted) -> Made:
    return at_once(by_engine(OfflineEngine(), wanted)(source))


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """The rules wait for nothing: no event loop is made for them."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("the rules waited for something")
