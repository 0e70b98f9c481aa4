"""What a run would ask and cost, without a single request."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractor.analysis import Analysis
from extractor.engines.examples import examples_text
from extractor.engines.outlining import asks_outline, lines_of, render_lines
from extractor.engines.rendering import render
from extractor.llm.tokens import Counter
from extractor.outline.chunks import Chunk, cut_chunks
from extractor.pipeline import analysed
from extractor.reading import Source
from extractor.teaching.nearness import Lessons
from prompts import EXTRACT, OUTLINE, read_prompt
from schemas.draft import ChunkDraft
from schemas.outline_draft import OutlineDraft
from schemas.reply import Reply

# of a reply: fitted to the recorded replies of a large model to seeds/ and fixtures/practice (16 replies, o200k_base)
REPLY_BASE, REPLY_PER_FIGURE = 420, 65
OUTLINE_BASE, OUTLINE_PER_SEGMENT = 20, 65
FRAME = 20  # tokens that a chat puts around its messages and its tool


@dataclass(frozen=True, slots=True)
class Estimate:
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


def estimate(source: Source, counter: Counter, lessons: Lessons | None = None) -> Estimate:
    """One request a chunk; re-asks and requests that fill gaps come on top, a good model needs few."""
    return sum(per_request(source, counter, lessons), Estimate())


def per_request(source: Source, counter: Counter, lessons: Lessons | None) -> Iterator[Estimate]:
    analysis = analysed(source)
    chunks = cut_chunks(analysis.outline, analysis.hits)
    if asks_outline(analysis):
        lines = counter.count(render_lines(lines_of(analysis)))
        reply = OUTLINE_BASE + OUTLINE_PER_SEGMENT * len(analysis.outline.parts)
        yield Estimate(1, fixed_part(counter, OUTLINE, OutlineDraft) + lines, reply)
    for chunk in chunks:
        text = examples_text(analysis, chunk, lessons) + render(analysis, chunk)
        yield Estimate(
            1,
            fixed_part(counter, EXTRACT, ChunkDraft) + counter.count(text),
            REPLY_BASE + REPLY_PER_FIGURE * figures(analysis, chunk),
        )


def figures(analysis: Analysis, chunk: Chunk) -> int:
    """Those that the reply has to answer for."""
    return sum(analysis.hits[index].role is None for index in chunk.hits)


@cache
def fixed_part(counter: Counter, prompt: str, reply: type[Reply]) -> int:
    """Prompt and schema, the same in each request. Providers count a schema in their own notation: this is its JSON."""
    schema = json.dumps(reply.model_json_schema(), ensure_ascii=False)
    return counter.count(read_prompt(prompt).text) + counter.count(schema) + FRAME
