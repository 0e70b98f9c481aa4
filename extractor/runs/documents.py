"""From a source to its outcome: made once, kept in the store, written to its file."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from extractor.errors import AwaitsBatch, RunStopped
from extractor.reading import Source
from extractor.runs.disk import Disk
from extractor.runs.gate import Gate
from extractor.runs.outcomes import Made, Outcome, Wanted, file_of, made, outcome_of, page_of
from extractor.runs.tally import Tally
from schemas.document import Extraction


class Keeper(Protocol):
    """The store's part of a run. `done` is the JSON that the run already has of a source."""

    def done(self, source: Source) -> str | None: ...

    async def keep(self, source: Source, result: Made) -> None: ...


class Decisions(Protocol):
    """What reviewers decided. It is laid over what leaves a run; what the keeper keeps is the engine's own."""

    def knows(self, source: Source) -> bool: ...

    def over(self, source: Source, page: str | bytes) -> Extraction: ...


@dataclass(frozen=True, slots=True)
class Left:
    """A document that is not done: its requests were stopped, or wait for a batch."""

    source: str


@dataclass(frozen=True, slots=True)
class Documents:
    make: Callable[[Source], Awaitable[Made]]
    keeper: Keeper | None
    out: Path | None
    gate: Gate
    tally: Tally
    decisions: Decisions | None = None
    disk: Disk = field(default_factory=Disk)

    async def work(self, source: Source) -> Outcome | Left:
        """The store first, then the file: what a run has done is never only in a file that it forgot."""
        line = self.keeper.done(source) if self.keeper else None
        if line is not None:
            outcome = await self.again(source, line)
        else:
            try:
                self.gate.still_open()
                outcome = await self.anew(source)
            except (RunStopped, AwaitsBatch):
                return Left(source.name)
        self.tally.documents += 1
        self.tally.figures += outcome.figures
        return outcome

    async def again(self, source: Source, line: str) -> Outcome:
        """Done before this process was started; its file may be missing all the same, or older than a decision."""
        if decided := await self.decided(source, line):
            return await self.written(source, decided, reviewed=True)
        if self.out is not None and not is_there(file_of(self.out, source)):
            await self.disk.write(file_of(self.out, source), page_of(line))
        return outcome_of(line, keep_line=self.out is None)

    async def anew(self, source: Source) -> Outcome:
        result = await self.make(source)
        if self.keeper:
            await self.keeper.keep(source, result)
        decided = await self.decided(source, result.line or result.page)
        return await self.written(source, decided or result, reviewed=decided is not None)

    async def decided(self, source: Source, page: str | bytes | None) -> Made | None:
        """The document as reviewers left it; `None` where nobody decided anything about it."""
        if self.decisions is None or page is None or not self.decisions.knows(source):
            return None
        wanted = Wanted(line=self.out is None, page=self.out is not None)
        return made(await asyncio.to_thread(self.decisions.over, source, page), wanted)

    async def written(self, source: Source, result: Made, *, reviewed: bool) -> Outcome:
        if self.out is not None and result.page is not None:
            await self.disk.write(file_of(self.out, source), result.page)
        line = result.line if self.out is None else None
        return Outcome(
            result.source, result.complete, result.failed, result.counts, result.figures, line, reviewed=reviewed
        )


def is_there(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0
