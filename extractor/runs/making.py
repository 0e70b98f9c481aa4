"""How a document is made: by a model in this process, or by the rules, here or in others."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal
from typing import Any, TypeVar

from extractor.engines import Engine
from extractor.engines.offline import OfflineEngine
from extractor.llm.prices import Price
from extractor.pipeline import extract
from extractor.reading import Source
from extractor.runs.collecting import collect_rarely
from extractor.runs.outcomes import Made, Wanted, made
from schemas.document import Extraction

T = TypeVar("T")
Make = Callable[[Source], Coroutine[Any, Any, Made]]


def by_engine(engine: Engine, wanted: Wanted, price: Price | None = None) -> Make:
    async def make(source: Source) -> Made:
        return made(priced(await extract(source, engine), price), wanted)

    return make


def priced(result: Extraction, price: Price | None) -> Extraction:
    if price is None:
        return result
    cost = round(price.of(result.run.prompt_tokens, result.run.completion_tokens), 6)
    return result.model_copy(update={"run": result.run.model_copy(update={"cost": cost})})


@asynccontextmanager
async def by_rules(wanted: Wanted, jobs: int) -> AsyncIterator[Make]:
    """In `jobs` processes; with one, in this."""
    if jobs == 1:
        yield by_engine(OfflineEngine(), wanted)
        return
    loop = asyncio.get_running_loop()
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=begin_work)
    try:
        yield partial(in_pool, loop, pool, wanted)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def begin_work() -> None:
    """In a process of the pool: the one that made it hears of Ctrl-C."""
    signal(SIGINT, SIG_IGN)
    collect_rarely()


async def in_pool(loop: asyncio.AbstractEventLoop, pool: ProcessPoolExecutor, wanted: Wanted, source: Source) -> Made:
    return await loop.run_in_executor(pool, make_by_rules, source, wanted)


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
