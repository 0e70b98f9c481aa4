"""Many at once, and yet in their order."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")

BEGUN = 8  # together: one at a time, each pays for a look at the network; all, and the first request waits for the last


async def in_order(
    items: Iterable[Item], work: Callable[[Item], Awaitable[Done]], *, at_once: int, waiting: int
) -> AsyncIterator[Done]:
    """Work on `at_once` items and give back what came of them in their order; no more than `waiting` are held in memory.

    A slow one at the head does not keep the others from being begun, until `waiting` are held.
    """
    slots = asyncio.Semaphore(at_once)
    tasks: deque[asyncio.Task[Done]] = deque()

    async def one(item: Item) -> Done:
        try:
            return await work(item)
        finally:
            slots.release()

    try:
        for number, item in enumerate(items, start=1):
            await slots.acquire()
            tasks.append(asyncio.create_task(one(item)))
            if number % BEGUN == 0:
                await asyncio.sleep(0)  # what those have to send leaves before the next are begun
            while tasks and (tasks[0].done() or len(tasks) >= waiting):
                yield await tasks.popleft()
        while tasks:
            yield await tasks.popleft()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
