"""Engines: they say what the hits of a chunk mean, as drafts by id."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from extractor.analysis import Analysis
from extractor.outline.chunks import Chunk
from schemas.draft import ChunkDraft
from schemas.vocabulary import Origin


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What was sent back: requests and their tokens, how many questions they held and how many they settled."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    asked: int = 0
    settled: int = 0

    def __add__(self, other: "FollowUps") -> "FollowUps":
        return FollowUps(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.asked + other.asked,
            self.settled + other.settled,
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """What a chunk cost, `follow_ups` included. `retries` are transport tries and whole replies that were sent back."""

    calls: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    follow_ups: FollowUps = FollowUps()

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.retries + other.retries,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.follow_ups + other.follow_ups,
        )

    def as_follow_up(self, asked: int, settled: int) -> "Usage":
        """The same cost, booked as one that answered questions."""
        return replace(
            self, follow_ups=FollowUps(self.calls, self.prompt_tokens, self.completion_tokens, asked, settled)
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

    async def outline(self, analysis: Analysis) -> tuple[Analysis, Usage]:
        """Give the analysis with the segments that this engine sees."""
        ...

    async def draft(self, analysis: Analysis, chunks: Sequence[Chunk]) -> Sequence[Drafted]: ...
