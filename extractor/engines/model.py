"""The model engine: one request a chunk, at most one small second one for what the first left open or got wrong."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeVar

from extractor.analysis import Analysis, label
from extractor.assemble.heads import with_heads
from extractor.engines import Drafted, FollowUps, Usage
from extractor.engines.cut_reply import whole_records
from extractor.engines.examples import examples_text
from extractor.engines.judging import Judge, problems, said_figures, unanswered
from extractor.engines.mending import Questions, mended, united
from extractor.engines.narrowing import narrowed
from extractor.engines.offline import draft_chunk
from extractor.engines.outlining import asks_outline, lines_of, narrowed_lines, objections, outlined, render_lines
from extractor.engines.questions import asked_part, known_text, question_text
from extractor.engines.rendering import render
from extractor.errors import ModelError, ReplyInvalid
from extractor.llm.client import Answer, Client
from extractor.llm.replies import Narrow
from extractor.outline.chunks import Chunk
from extractor.teaching.nearness import Lessons
from prompts import EXTRACT, OUTLINE, read_prompt, run_digest
from schemas.draft import ChunkDraft, Refused
from schemas.outline_draft import OutlineDraft
from schemas.reply import Reply

T = TypeVar("T", bound=Reply)
MOST_HALVINGS = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A reply as far as it fits the schema, and the records that do not."""

    draft: ChunkDraft
    refused: tuple[Refused, ...]
    usage: Usage


class ModelEngine:
    """Drafts by an OpenAI-compatible model. A chunk that it fails on is answered by the rules, and `Drafted.failure` says why."""

    name: Literal["llm", "offline"] = "llm"

    def __init__(self, client: Client, lessons: Lessons | None = None) -> None:
        self.client = client
        self.lessons = lessons
        self.model: str | None = client.endpoint.model
        self.prompt: str | None = run_digest(lessons.digest if lessons else None)

    async def outline(self, analysis: Analysis) -> tuple[Analysis, Usage]:
        """Ask for the segments of a file that is long and mixed; a useless answer leaves the rules' outline."""
        if not asks_outline(analysis):
            return analysis, Usage()
        lines = lines_of(analysis)
        try:
            answer = await self.ask(OUTLINE, render_lines(lines), OutlineDraft, narrow=partial(narrowed_lines, lines))
        except ModelError as error:
            return analysis, cost_of(error)
        useless = any(objections(lines, answer.value))
        return analysis if useless else outlined(analysis, answer.value), usage_of(answer)

    async def draft(self, analysis: Analysis, chunks: Sequence[Chunk]) -> Sequence[Drafted]:
        answers = await asyncio.gather(*(self.draft_chunk(analysis, chunk) for chunk in chunks))
        return [drafted for answer in answers for drafted in answer]

    async def draft_chunk(
        self, analysis: Analysis, chunk: Chunk, known: ChunkDraft | None = None, halvings: int = 0
    ) -> list[Drafted]:
        """Usually one draft; where a half of a chunk that was cut failed, the rules' word on that half stands beside it.

        A model that runs away is cut off at any length, so the halving ends.
        """
        shown = render(analysis, chunk)
        # what was cut off was too long already: its halves go without examples
        text = (
            shown + known_text(analysis, chunk, known)
            if known
            else examples_text(analysis, chunk, self.lessons) + shown
        )
        try:
            read = await self.read(analysis, chunk, text)
        except ModelError as error:
            may_halve = len(chunk.sentences) > 1 and halvings < MOST_HALVINGS
            if isinstance(error, ReplyInvalid) and error.truncated and may_halve:
                return await self.in_halves(analysis, chunk, error, known, halvings + 1)
            return [Drafted(chunk, draft_chunk(analysis, chunk), "rules", cost_of(error), failure=str(error))]
        if known:
            return [Drafted(chunk, read.draft, "llm", read.usage)]
        return [await self.completed(analysis, chunk, read)]

    async def in_halves(
        self, analysis: Analysis, chunk: Chunk, error: ReplyInvalid, known: ChunkDraft | None, halvings: int
    ) -> list[Drafted]:
        """Keep the whole records of the cut reply and ask each half of the chunk for the rest."""
        saved = united([known or ChunkDraft(), whole_records(error.last_reply)])
        halves = halved(analysis, chunk)
        answers = await asyncio.gather(*(self.draft_chunk(analysis, half, saved, halvings) for half in halves))
        parts = [drafted for answer in answers for drafted in answer]
        usage = sum((part.usage for part in parts), cost_of(error))
        spoken = [part.draft for part in parts if part.origin == "llm"]
        read = Read(united([saved, *spoken]), (), usage)
        whole = Drafted(chunk, read.draft, "llm", usage) if known else await self.completed(analysis, chunk, read)
        said = said_figures(whole.draft)
        return [whole, *(rules_for_the_rest(part, said) for part in parts if part.origin == "rules")]

    async def completed(self, analysis: Analysis, chunk: Chunk, read: Read) -> Drafted:
        """Send back, once, what a reply left open or got wrong. What stays wrong is for the checks to report.

        A model that does not learn from being told is better run with `reasks` 0.
        """
        headed = with_heads(analysis, [Drafted(chunk, read.draft, "llm")])
        asked = questions(headed, chunk, read)
        if not asked or self.client.endpoint.reasks == 0:
            return Drafted(chunk, read.draft, "llm", read.usage)
        part = asked_part(headed, chunk, read.draft, asked)
        try:
            answer = await self.read(headed, part, f"{render(headed, part)}\n\n{question_text(read.draft, asked)}")
        except ModelError as error:
            return Drafted(chunk, read.draft, "llm", read.usage + cost_of(error).as_follow_up(len(asked), 0))
        draft = mended(read.draft, answer.draft, asked, Judge(headed, chunk))
        left = len(questions(headed, chunk, Read(draft, answer.refused, answer.usage)))
        usage = read.usage + answer.usage.as_follow_up(len(asked), max(0, len(asked) - left))
        return Drafted(chunk, draft, "llm", usage)

    async def read(self, analysis: Analysis, chunk: Chunk, text: str) -> Read:
        refused: list[Refused] = []
        context = {"refused": refused}
        answer = await self.ask(EXTRACT, text, ChunkDraft, context, partial(narrowed, analysis, chunk))
        return Read(answer.value, tuple(refused), usage_of(answer))

    async def ask(
        self,
        prompt: str,
        text: str,
        reply: type[T],
        context: dict[str, Any] | None = None,
        narrow: Narrow | None = None,
    ) -> Answer[T]:
        """The fixed part stands first and is the same in every request of its kind, so that providers can cache it."""
        messages = [{"role": "system", "content": read_prompt(prompt).text}, {"role": "user", "content": text}]
        return await self.client.ask(messages, reply, context=context, narrow=narrow)


def questions(analysis: Analysis, chunk: Chunk, read: Read) -> Questions:
    gaps = tuple(label(index, analysis.hits[index]) for index in unanswered(analysis, chunk, read.draft))
    return Questions(gaps, problems(analysis, chunk, read.draft), read.refused)


def rules_for_the_rest(part: Drafted, said: set[str]) -> Drafted:
    """Of the rules' word on a half only what no kept record has said."""
    draft = part.draft
    rest = draft.model_copy(update={"metrics": tuple(metric for metric in draft.metrics if metric.figure not in said)})
    return replace(part, draft=rest, usage=Usage())


def halved(analysis: Analysis, chunk: Chunk) -> tuple[Chunk, Chunk]:
    """Cut between sentences, as near as can be to the middle of the open hits, which are what a reply is long by."""
    places = [analysis.hits[index].clean_start for index in chunk.hits if analysis.hits[index].role is None]
    middle = places[len(places) // 2] if places else (chunk.sentences[0].start + chunk.sentences[-1].end) // 2
    cut = next((n for n, sentence in enumerate(chunk.sentences) if sentence.end > middle), 0)
    cut = min(max(cut, 1), len(chunk.sentences) - 1)
    border = chunk.sentences[cut].start
    parts = [
        [index for index in chunk.hits if (analysis.hits[index].clean_start >= border) is late]
        for late in (False, True)
    ]
    return (
        Chunk(f"{chunk.id}a", chunk.sentences[:cut], tuple(parts[0])),
        Chunk(f"{chunk.id}b", chunk.sentences[cut:], tuple(parts[1])),
    )


def usage_of(answer: Answer[T]) -> Usage:
    """Whole replies that had to be sent back count as follow-ups that settled what they asked."""
    again = FollowUps(answer.reasks, answer.reask_prompt_tokens, answer.reask_completion_tokens, answer.reasks, 1)
    return Usage(
        calls=answer.calls,
        retries=answer.retries + answer.reasks,
        prompt_tokens=answer.prompt_tokens,
        completion_tokens=answer.completion_tokens,
        follow_ups=again if answer.reasks else FollowUps(),
    )


def cost_of(error: ModelError) -> Usage:
    """A request that the endpoint refused is one call without tokens."""
    if not isinstance(error, ReplyInvalid):
        return Usage(calls=1)
    return Usage(error.calls, error.retries + error.calls - 1, error.prompt_tokens, error.completion_tokens)
