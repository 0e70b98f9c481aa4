"""What the commands do, apart from parsing."""

import asyncio
import importlib.metadata
import json
import platform
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from extractor.analysis import analyse
from extractor.engines import Engine
from extractor.engines.offline import OfflineEngine
from extractor.errors import ModelError, PolicyTargetsError, SettingsError, SourceError
from extractor.figures_page import figures_page
from extractor.pipeline import extract as extract_source
from extractor.pipeline import ledger
from extractor.reading import Source, read_sources
from extractor.recognise import Hit
from extractor.settings import Settings
from schemas.document import Extraction
from schemas.figure import Figure

DONE, WITH_ERRORS, INCOMPLETE = 0, 1, 3
PACKAGES = ("openai", "instructor", "pydantic", "typer", "tenacity", "trafilatura", "charset-normalizer")

# a log file has no width of its own
console = Console(stderr=True, width=None if sys.stderr.isatty() else 120)


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


@asynccontextmanager
async def make_engine(
    settings: Settings, record: Path | None = None, replay: Path | None = None
) -> AsyncIterator[Engine]:
    if settings.chosen == "offline":
        if record or replay:
            raise SettingsError("--record and --replay need a model: name it with --model")
        yield OfflineEngine()
        return
    # the client libraries take a second to import: only a run with a model pays for them
    from extractor.client import Client
    from extractor.engines.model import ModelEngine
    from extractor.replay import Recorder, Replayer

    endpoint = endpoint_of(settings, needs_key=replay is None)
    transport = Recorder(record, key=endpoint.api_key) if record else Replayer(replay) if replay else None
    async with Client(endpoint, transport=transport) as client:
        yield ModelEngine(client)


def endpoint_of(settings: Settings, *, needs_key: bool = True):  # type: ignore[no-untyped-def]  # noqa: ANN201
    from pydantic import SecretStr

    from extractor.client import Endpoint

    if settings.model is None:
        raise SettingsError("name a model with --model")
    if settings.api_key is None and settings.base_url is None and needs_key:
        raise SettingsError("set OPENAI_API_KEY, or name a local endpoint with --base-url")
    return Endpoint(
        base_url=settings.base_url,
        model=settings.model,
        api_key=settings.api_key or SecretStr("none"),
        mode=settings.mode,
        timeout=settings.timeout,
        tries=settings.tries,
        reasks=settings.reasks,
        concurrency=settings.concurrency,
        max_tokens=settings.max_tokens,
    )


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


def figures(paths: Sequence[str], *, shape: str) -> int:
    """Show the ledger of every source as a `table`, as `json` lines, or all of them as one page of `html`."""
    broken = 0
    shown: list[tuple[Source, Sequence[Figure], Sequence[Hit]]] = []
    for source in read_sources(paths, stdin=sys.stdin.buffer):
        if isinstance(source, SourceError):
            broken += 1
            say(str(source))
            continue
        analysis = analyse(source.raw)
        found = ledger(source, analysis).figures
        if shape == "html":
            shown.append((source, found, analysis.hits))
            continue
        if shape == "json":
            for figure in found:
                typer.echo(json.dumps({"source": source.name} | figure.model_dump(mode="json"), ensure_ascii=False))
            continue
        table = Table(title=source.name, title_justify="left")
        for column in ("place", "text", "kind", "value", "unit", "", "dates", "role"):
            table.add_column(column)
        for figure in found:
            value = "" if figure.value is None else str(figure.value)
            value += f"–{figure.value_max}" if figure.value_max is not None else ""
            dates = "/".join(filter(None, (figure.date_start, figure.date_end))) if figure.kind == "time" else ""
            table.add_row(
                f"{figure.start}-{figure.end}", figure.text.replace("\n", "⏎"), figure.kind, value, figure.unit,
                figure.comparator, dates, figure.role,
            )  # fmt: skip
        Console(width=None if sys.stdout.isatty() else 120).print(table)
    if shape == "html":
        typer.echo(figures_page(shown), nl=False)
    return WITH_ERRORS if broken else DONE


def schema_text() -> str:
    return json.dumps(Extraction.model_json_schema(by_alias=True), ensure_ascii=False, indent=1) + "\n"


def evaluate(predicted: Path, gold: Path, seeds: Path | None, *, as_json: bool, errors: bool) -> int:
    """Score every gold document; a prediction without gold is named, a gold without prediction counts as missed."""
    from extractor.evaluation import mistakes, read_cases, scores_as_json, tables, without_gold

    cases = list(read_cases(predicted, gold, seeds))
    for stem in without_gold(predicted, gold):
        say(f"no gold for {stem}: not scored")
    typer.echo(scores_as_json(cases) if as_json else tables(cases))
    if errors:
        typer.echo(mistakes(cases), err=as_json)
    return DONE


def doctor(settings: Settings, *, probe: bool) -> int:
    """Each line says what is there; a line that begins with «broken» makes the exit code 1."""
    lines = [("python", platform.python_version()), ("policy-targets", importlib.metadata.version("policy-targets"))]
    lines += [(name, importlib.metadata.version(name)) for name in PACKAGES]
    lines += [
        ("engine", settings.chosen),
        ("model", settings.model or "none"),
        ("endpoint", settings.base_url or "the openai default"),
    ]
    lines.append(("key", "set" if settings.api_key else "not set"))
    ok = True
    if settings.chosen == "model" and probe:
        found, ok = asyncio.run(probed(settings))
        lines += found
    for name, value in lines:
        typer.echo(f"{name:<20}{value}")
    return DONE if ok else WITH_ERRORS


async def probed(settings: Settings) -> tuple[list[tuple[str, str]], bool]:
    from extractor.client import probe

    try:
        modes = await probe(endpoint_of(settings))
    except (ModelError, PolicyTargetsError) as error:
        return [("reachable", f"broken: {error}")], False
    works = [mode for mode, result in modes if result == "ok"]
    lines = [("reachable", "yes"), *((f"mode {mode}", result) for mode, result in modes)]
    lines.append(("would use", settings.mode or (works[0] if works else "broken: no reply mode works")))
    return lines, bool(works)


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


def say(line: str) -> None:
    """Talk, not data: one line on stderr."""
    typer.echo(f"policy-targets: {line}", err=True)
