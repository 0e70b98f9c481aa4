"""Engines: they say what the hits of a chunk mean, as drafts by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from extractor.analysis import Analysis
from extractor.outline.chunks import Chunk
from schemas.draft import ChunkDraft
from schemas.vocabulary import Origin


@dataclass(frozen=True, slots=True)
class Usage:
    """What a chunk cost. `retries` are transport tries and re-asks beyond the first."""

    calls: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.retries + other.retries,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Drafted:
    """An engine's word on one chunk. `failure` says why a stand-in answered in its place."""

    chunk: Chunk
    draft: ChunkDraft
    origin: Origin
    usage: Usage = Usage()
    failure: str | None = None


class Engine(Protocol):
    """`name` goes into the run; `draft` answers for each chunk, in order, and raises nothing for a single chunk's failure."""

    name: Literal["llm", "offline"]
    model: str | None
    prompt: str | None

    async def draft(self, analysis: Analysis, chunks: Sequence[Chunk]) -> Sequence[Drafted]: ...
