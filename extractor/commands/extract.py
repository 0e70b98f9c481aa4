"""`extract`: every source to checked JSON, written as soon as it is there."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path

import typer
from rich.box import SIMPLE
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from extractor.commands.engine import make_engine
from extractor.commands.talk import DONE, INCOMPLETE, WITH_ERRORS, console, say
from extractor.engines import Engine
from extractor.errors import SourceError
from extractor.pipeline import extract as extract_source
from extractor.reading import Source, read_sources
from extractor.settings import Settings
from schemas.document import Extraction


def extract(
    paths: Sequence[str], settings: Settings, *, out: Path | None, record: Path | None, replay: Path | None
) -> int:
    """Extract every source and write it as soon as it is there. Give the exit code."""
    if settings.chosen == "offline" and settings.engine is None:
        say("no model is named (--model): the offline rules are used")
    sources = read_sources(paths, max_chars=settings.max_chars, stdin=sys.stdin.buffer)
    return asyncio.run(run(sources, settings, out, record, replay))


async def run(
    sources: Iterator[Source | SourceError],
    settings: Settings,
    out: Path | None,
    record: Path | None,
    replay: Path | None,
) -> int:
    broken = incomplete = 0
    table = summary_table()
    with progress() as bar:
        task = bar.add_task("extract", total=None)
        async with make_engine(settings, record, replay) as engine:
            async for source, result in in_order(sources, engine, settings.concurrency):
                if isinstance(result, SourceError):
                    broken += 1
                    say(str(result))
                    continue
                incomplete += not result.run.complete
                for failure in result.run.failed_chunks:
                    say(f"{result.document.source}: chunk {failure}; the rules stood in")
                write(result, source, out)
                table.add_row(*summary_row(result))
                bar.update(task, advance=1, description=f"{table.row_count} documents")
    if table.row_count:
        console.print(table)
        if out:
            say(f"JSON: {out}/")
    return INCOMPLETE if incomplete else WITH_ERRORS if broken else DONE


async def in_order(
    sources: Iterable[Source | SourceError], engine: Engine, ahead: int
) -> AsyncIterator[tuple[Source | None, Extraction | SourceError]]:
    """Work on `ahead` sources at once and give them back in their order; no more than those are held in memory."""
    waiting: list[tuple[Source | None, asyncio.Task[Extraction] | SourceError]] = []
    try:
        for source in sources:
            if isinstance(source, SourceError):
                waiting.append((None, source))
            else:
                waiting.append((source, asyncio.create_task(extract_source(source, engine))))
            while len(waiting) >= ahead or (waiting and isinstance(waiting[0][1], SourceError)):
                yield await first(waiting)
        while waiting:
            yield await first(waiting)
    finally:
        for _, left in waiting:
            if isinstance(left, asyncio.Task):
                left.cancel()


async def first(
    waiting: list[tuple[Source | None, "asyncio.Task[Extraction] | SourceError"]],
) -> tuple[Source | None, Extraction | SourceError]:
    source, result = waiting.pop(0)
    return source, await result if isinstance(result, asyncio.Task) else result


def write(result: Extraction, source: Source | None, out: Path | None) -> None:
    """Into its file, whole or not at all; without a folder one line to stdout."""
    if out is None or source is None:
        typer.echo(result.model_dump_json())
        return
    target = out / f"{source.output_stem}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(target.name + ".part")
    temporary.write_text(result.model_dump_json(indent=1) + "\n", "utf8")
    temporary.replace(target)


def summary_table() -> Table:
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("source", overflow="ellipsis", no_wrap=True)
    for column in ("goals", "metrics", "targets", "projects", "deadlines", "figures", "explained", "findings"):
        table.add_column(column, justify="right", no_wrap=True)
    return table


def summary_row(result: Extraction) -> tuple[str, ...]:
    serious = sum(finding.severity != "info" for finding in result.checks)
    counts = (
        len(result.goals),
        len(result.metrics),
        sum(metric.status == "target" for metric in result.metrics),
        len(result.projects),
        len(result.deadlines),
        len(result.figures),
    )
    return (result.document.source, *map(str, counts), f"{result.run.figures_explained:.1%}", str(serious))


def progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
