"""`extract`: every source to checked JSON, kept and written as soon as it is there."""

import asyncio
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from signal import SIGINT

from rich.box import SIMPLE
from rich.table import Table

from extractor.commands.progress import progress
from extractor.commands.session import Options, Session, open_session
from extractor.commands.talk import DONE, INCOMPLETE, INTERRUPTED, WITH_ERRORS, console, give, say
from extractor.errors import OutputError, RunStopped, SettingsError, SourceError
from extractor.llm.reply_modes import remembered_mode
from extractor.reading import Source, read_sources
from extractor.reading.paths import STDIN, find
from extractor.runs.collecting import rare_collections
from extractor.runs.documents import Left
from extractor.runs.gate import Gate
from extractor.runs.order import in_order
from extractor.runs.outcomes import COLUMNS, Outcome
from extractor.settings import Settings

SHOWN = 30  # documents in the table at the end
AHEAD = 2  # documents at work for each request that may be in flight: so that one is always ready to leave
HELD = 8  # documents held for each, where a slow one keeps those behind it from stdout


def extract(paths: Sequence[str], settings: Settings, options: Options) -> int:
    """Extract every source and write it as soon as it is there. Give the exit code."""
    refuse_no_folder(options.out)
    if settings.chosen == "offline" and settings.engine is None:
        say("no model is named (--model): the offline rules are used")
    with rare_collections():
        return asyncio.run(run(paths, settings, options))


def refuse_no_folder(out: Path | None) -> None:
    """Before anything is read or paid for: results cannot go into a file, or into a folder that nobody may write to."""
    if out is None:
        return
    try:
        there = next(path for path in (out, *out.absolute().parents) if path.is_dir() or os.path.lexists(path))
    except OSError as error:
        raise OutputError(out, error) from error
    if not there.is_dir():
        raise SettingsError(f"-o {out}: {there} is a file, not a folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(out, PermissionError(errno.EACCES, "permission denied"))


class Report:
    """What is told of a run: what goes wrong at once, the rest at its end."""

    def __init__(self, options: Options, *, quiet: bool = False) -> None:
        self.broken = self.incomplete = self.left = self.done = self.reviewed = 0
        self._options = options
        self._table = summary_table()
        self._quiet = quiet

    def take(self, outcome: Outcome | Left | SourceError) -> None:
        if self._quiet:
            return
        if isinstance(outcome, SourceError):
            self.broken += 1
            say(str(outcome))
        elif isinstance(outcome, Left):
            self.left += 1
        else:
            self._take_document(outcome)

    def _take_document(self, outcome: Outcome) -> None:
        self.done += 1
        self.incomplete += not outcome.complete
        self.reviewed += outcome.reviewed
        for failure in outcome.failed:
            say(f"{outcome.source}: chunk {failure}; the rules stood in")
        if outcome.line is not None:
            give(outcome.line)
        if self.done <= SHOWN:
            self._table.add_row(outcome.source, *outcome.counts)

    def close(self) -> None:
        if self._table.row_count:
            console.print(self._table)
        if self.done > SHOWN:
            say(f"and {self.done - SHOWN:,} documents more")
        if self.reviewed:
            say(f"what reviewers decided is laid over {self.reviewed:,} documents")
        if self.done and self._options.out:
            say(f"JSON: {self._options.out}/")

    def exit_code(self, gate: Gate) -> int:
        if gate.reason == INTERRUPTED_BY:
            return INTERRUPTED
        return INCOMPLETE if self.incomplete or self.left or gate.reason else WITH_ERRORS if self.broken else DONE


INTERRUPTED_BY = "interrupted"


async def run(paths: Sequence[str], settings: Settings, options: Options) -> int:
    total = sum(1 for _ in find(paths))
    report = Report(options)
    if options.batch:
        settings = for_batch(paths, settings, options)
    async with open_session(paths, settings, options) as session:
        async with progress(session.tally, total):
            before = asyncio.all_tasks()
            with stopping(session.gate):
                await all_batches(paths, settings, session, before)
                await all_documents(paths, settings, session, report)
                await stragglers(before)
        report.left = max(total - report.done - report.broken, 0)
        if session.stored:
            session.stored.end(session.gate, left=report.left)
        report.close()
        for line in account(session, settings, report):
            say(line)
    return report.exit_code(session.gate)


async def all_documents(paths: Sequence[str], settings: Settings, session: Session, report: Report) -> None:
    async def work(source: Source | SourceError) -> Outcome | Left | SourceError:
        if isinstance(source, SourceError):
            return source
        try:
            return await session.documents.work(source)
        except SourceError as error:  # it took too long, or too much memory
            return error.with_traceback(None)

    sources = read_sources(
        paths,
        max_chars=settings.max_chars,
        stdin=sys.stdin.buffer,
        encoding=settings.encoding,
        seconds=settings.timeout_per_file,
    )
    wanted = takewhile(lambda _: session.gate.reason is None, sources)
    at_once = AHEAD * (settings.concurrency if settings.chosen == "model" else settings.jobs)
    async for outcome in in_order(wanted, work, at_once=at_once, waiting=HELD * at_once):
        report.take(outcome)


def for_batch(paths: Sequence[str], settings: Settings, options: Options) -> Settings:
    """A job is asked in one mode, the one that `doctor` found: which one the endpoint takes cannot be tried out in it."""
    if STDIN in paths or options.record or options.replay:
        raise SettingsError("--batch goes over its files several times: not with standard input, --record or --replay")
    assert settings.model
    likely = remembered_mode(settings.base_url, settings.model)
    return settings.model_copy(update={"mode": settings.mode or likely or "tools"})


async def all_batches(
    paths: Sequence[str], settings: Settings, session: Session, before: set["asyncio.Task[object]"]
) -> None:
    """Pass over the documents until none waits for a job's reply; the pass after that, by the caller, tells of them."""
    if session.batch is None or session.stored is None:
        return
    with suppress(RunStopped):
        going = True
        await session.batch.service.collect()  # what an earlier process had submitted
        while going:
            await all_documents(paths, settings, session, Report(Options(out=Path()), quiet=True))
            await stragglers(before)
            session.stored.looks_back = True
            session.tally.documents = session.tally.figures = 0
            going = await session.batch.answered()


async def stragglers(before: set["asyncio.Task[object]"]) -> None:
    """The other chunks of a document that was given up are still at work; what they pay for is to be stored."""
    while others := asyncio.all_tasks() - before:
        await asyncio.wait(others)


@contextmanager
def stopping(gate: Gate) -> Iterator[None]:
    """The first Ctrl-C lets what is in flight finish, the second leaves at once: what was stored is stored."""
    loop = asyncio.get_running_loop()
    asked: list[asyncio.Task[None]] = []

    def stop() -> None:
        if asked:
            console.show_cursor()
            os._exit(INTERRUPTED)
        say("finishing what is in flight; Ctrl-C again leaves at once")
        asked.append(loop.create_task(gate.shut(INTERRUPTED_BY)))

    with suppress(NotImplementedError, RuntimeError, ValueError):  # not on Windows, not beside the main thread
        loop.add_signal_handler(SIGINT, stop)
    try:
        yield
    finally:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.remove_signal_handler(SIGINT)


def account(session: Session, settings: Settings, report: Report) -> Iterator[str]:
    """What the run cost, and how to go on where it is not at its end."""
    tally = session.tally
    if tally.sent or tally.from_store:
        yield (
            f"{tally.sent:,} requests sent ({tally.retries:,} of them again), {tally.from_store:,} answered from the store; "
            f"{tally.prompt_tokens:,} tokens in, {tally.completion_tokens:,} out; {tally.money()}"
        )
    if session.stored and settings.chosen == "model":
        before = f" (taken up again; {tally.paid_before:,} tokens paid before)" if session.stored.resumed else ""
        yield f"run {session.stored.id}{before}"
    if session.gate.reason:
        yield f"stopped: {session.gate.reason}; {report.left:,} documents are left"
        if session.stored:
            yield "the same command goes on from here; nothing that was answered is asked again"


def summary_table() -> Table:
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("source", overflow="ellipsis", no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    return table
