"""The model engine: one request a chunk, a small second one for hits that the first left unanswered."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import ValidationError

from extractor.analysis import Analysis, hit_index, label
from extractor.assemble.places import locate
from extractor.assemble.values import agrees
from extractor.client import Answer, Client
from extractor.engines import Drafted, Usage
from extractor.engines.offline import draft_chunk
from extractor.engines.rendering import render
from extractor.errors import ModelError, ReplyInvalid
from extractor.outline.chunks import Chunk
from prompts import EXTRACT, read_prompt
from schemas.draft import ChunkDraft, MetricDraft, RoleDraft

GROWTH_IN_NAME = re.compile(r"同比|环比|较上年|增长率?$")
GAPS = (
    "以上文本里,这些数字标签还没有交代:{tags}。请只就它们作答(成为指标、归入项目,或在 others 里说明角色),其余不必重复。"
)


class ModelEngine:
    """Drafts by an OpenAI-compatible model. A chunk that it fails on is answered by the rules, and `Drafted.failure` says why."""

    name: Literal["llm", "offline"] = "llm"

    def __init__(self, client: Client) -> None:
        self.client = client
        self.model: str | None = client.endpoint.model
        self.system = read_prompt(EXTRACT)
        self.prompt: str | None = self.system.digest

    async def draft(self, analysis: Analysis, chunks: Sequence[Chunk]) -> Sequence[Drafted]:
        answers = await asyncio.gather(*(self.draft_chunk(analysis, chunk) for chunk in chunks))
        return [drafted for answer in answers for drafted in answer]

    async def draft_chunk(self, analysis: Analysis, chunk: Chunk) -> list[Drafted]:
        """Usually one draft; a chunk whose reply was cut off for its length is asked again in halves."""
        text = render(analysis, chunk)
        try:
            draft, usage = await self.ask(text, lambda reply: problems(analysis, chunk, reply))
        except ModelError as error:
            if isinstance(error, ReplyInvalid) and error.truncated and len(chunk.sentences) > 1:
                return await self.in_halves(analysis, chunk, cost_of(error))
            return [Drafted(chunk, draft_chunk(analysis, chunk), "rules", cost_of(error), failure=str(error))]
        gaps = unanswered(analysis, chunk, draft)
        if gaps:
            extra, more = await self.fill_gaps(analysis, chunk, gaps)
            draft, usage = merged(draft, extra, gaps), usage + more
        return [Drafted(chunk, draft, "llm", usage)]

    async def in_halves(self, analysis: Analysis, chunk: Chunk, spent: Usage) -> list[Drafted]:
        """Ask for both halves; what the cut reply cost is booked on the first."""
        halves = await asyncio.gather(*(self.draft_chunk(analysis, half) for half in halved(analysis, chunk)))
        first, *others = [drafted for answer in halves for drafted in answer]
        return [replace(first, usage=first.usage + spent), *others]

    async def ask(self, text: str, judge: Callable[[ChunkDraft], list[str]]) -> tuple[ChunkDraft, Usage]:
        """A reply that stays wrong in its details after the re-asks is kept as it is: the checks report what is wrong."""
        messages = [{"role": "system", "content": self.system.text}, {"role": "user", "content": text}]
        try:
            answer = await self.client.ask(messages, ChunkDraft, context={"problems": judge})
        except ReplyInvalid as error:
            if error.truncated:
                raise
            try:
                return ChunkDraft.model_validate_json(error.last_reply), cost_of(error)
            except ValidationError:
                raise error from None
        return answer.value, usage_of(answer)

    async def fill_gaps(self, analysis: Analysis, chunk: Chunk, gaps: Sequence[int]) -> tuple[ChunkDraft, Usage]:
        """Ask once more for the open hits, with just their sentences. What fails here stays `unexplained`."""
        places = [analysis.hits[index].clean_start for index in gaps]
        sentences = tuple(s for s in chunk.sentences if any(s.start <= place < s.end for place in places))
        inside = tuple(
            index for index in chunk.hits if any(s.start <= analysis.hits[index].clean_start < s.end for s in sentences)
        )
        part = Chunk(f"{chunk.id}+", sentences, inside)
        tags = "、".join(label(index, analysis.hits[index]) for index in gaps)
        try:
            return await self.ask(
                f"{render(analysis, part)}\n\n{GAPS.format(tags=tags)}", lambda reply: problems(analysis, part, reply)
            )
        except ModelError as error:
            return ChunkDraft(), cost_of(error)


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


def usage_of(answer: Answer[ChunkDraft]) -> Usage:
    return Usage(
        calls=answer.calls,
        retries=answer.retries + answer.reasks,
        prompt_tokens=answer.prompt_tokens,
        completion_tokens=answer.completion_tokens,
    )


def cost_of(error: ModelError) -> Usage:
    """A request that the endpoint refused is one call without tokens."""
    if not isinstance(error, ReplyInvalid):
        return Usage(calls=1)
    return Usage(error.calls, error.retries + error.calls - 1, error.prompt_tokens, error.completion_tokens)


def problems(analysis: Analysis, chunk: Chunk, draft: ChunkDraft) -> list[str]:
    """What a draft says that its chunk does not hold: one message a field, to be sent back once."""
    found = []
    for metric in draft.metrics:
        found += metric_problems(analysis, chunk, metric)
    clauses = {number for sentence in chunk.sentences for number in sentence.clauses}
    named = [(f"goals[{order}]", goal.clauses) for order, goal in enumerate(draft.goals)]
    named += [(f"projects[{order}]", project.clauses) for order, project in enumerate(draft.projects)]
    for place, numbers in named:
        if unknown := [number for number in numbers if number not in clauses]:
            found.append(f"{place}.clauses: 本段没有句段 {unknown}")
    for order, goal in enumerate(draft.goals):
        known = {metric.figure for metric in draft.metrics}
        if missing := [figure for figure in goal.metrics if figure not in known]:
            found.append(f"goals[{order}].metrics: {missing} 不是 metrics 里的标签")
    return found


def metric_problems(analysis: Analysis, chunk: Chunk, metric: MetricDraft) -> list[str]:
    index = hit_index(metric.figure)
    if index is None:
        return []
    if index not in chunk.hits or f"f{index + 1}" != metric.figure or analysis.hits[index].role == "time":
        return [f"{metric.figure}: 本段没有这个数字标签"]
    hit = analysis.hits[index]
    found = []
    bare = not hit.unit and (metric.value, metric.value_max) == (
        hit.value,
        hit.value_max,
    )  # the table's head has the unit
    if hit.value is not None and not bare and not agrees(hit, metric.value, metric.value_max, metric.unit):
        found.append(f"{metric.figure}: 原文是「{hit.text}」,你写的是 {metric.value}{metric.unit}")
    if hit.comparator not in ("=", metric.comparator):
        outer = analysis.view.text[hit.clean_outer_start : hit.clean_outer_end]
        found.append(f"{metric.figure}: 「{outer}」的 comparator 应是 {hit.comparator}")
    if GROWTH_IN_NAME.search(metric.name):
        found.append(f"{metric.figure}: name「{metric.name}」里不应有增长、同比等词")
    return found


def unanswered(analysis: Analysis, chunk: Chunk, draft: ChunkDraft) -> list[int]:
    """The open hits of the chunk that no record and no role answers for."""
    said = {metric.figure for metric in draft.metrics}
    said |= {figure for other in draft.others for figure in other.figures}
    for project in draft.projects:
        said |= {item.figure for item in project.capacity}
        said |= {figure for figure in (project.total_investment, project.annual_investment) if figure}
    places = (locate(analysis, chunk, reference) for reference in said)
    answered = {place.index for place in places if place}
    return [index for index in chunk.hits if analysis.hits[index].role is None and index not in answered]


def merged(draft: ChunkDraft, extra: ChunkDraft, gaps: Sequence[int]) -> ChunkDraft:
    """Take from the second reply only what it was asked for."""
    asked = {f"f{index + 1}" for index in gaps}
    goals = tuple(goal for goal in extra.goals if goal.metrics and set(goal.metrics) <= asked)
    roles = tuple(
        RoleDraft(figures=kept, role=other.role)
        for other in extra.others
        if (kept := tuple(figure for figure in other.figures if figure in asked))
    )
    return draft.model_copy(
        update={
            "metrics": draft.metrics + tuple(metric for metric in extra.metrics if metric.figure in asked),
            "goals": draft.goals + goals,
            "projects": draft.projects + extra.projects,
            "others": draft.others + roles,
        }
    )
