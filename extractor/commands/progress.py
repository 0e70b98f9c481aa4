"""How far a run is: a bar on a terminal, plain lines in a log."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from extractor.commands.talk import console, say
from extractor.runs.tally import Tally

FRAMES = 0.25  # seconds
LINES = 15.0  # seconds between lines in a log


@asynccontextmanager
async def progress(tally: Tally, total: int) -> AsyncIterator[None]:
    showing = asyncio.create_task(bar(tally, total) if console.is_terminal else lines(tally, total, LINES))
    try:
        yield
    finally:
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing


async def bar(tally: Tally, total: int) -> None:
    started = time.monotonic()
    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as shown:
        task = shown.add_task("", total=total)
        while True:
            words = standing(tally, total, time.monotonic() - started)
            shown.update(task, completed=tally.documents, description=words, refresh=True)
            await asyncio.sleep(FRAMES)


async def lines(tally: Tally, total: int, every: float) -> None:
    started = time.monotonic()
    while True:
        await asyncio.sleep(every)
        say(standing(tally, total, time.monotonic() - started))


def standing(tally: Tally, total: int, seconds: float) -> str:
    """What is done and what it cost so far; of the model's part only where there is one."""
    parts = [f"{tally.documents:,} of {total:,} documents", f"{tally.figures:,} figures"]
    if tally.sent or tally.from_store:
        parts += [f"{tally.in_flight} in flight", f"{tally.prompt_tokens + tally.completion_tokens:,} tokens"]
    if tally.cost:
        parts.append(tally.money())
    if 0 < tally.documents < total:
        parts.append(f"{clock((total - tally.documents) * seconds / tally.documents)} left")
    return ", ".join(parts)


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
