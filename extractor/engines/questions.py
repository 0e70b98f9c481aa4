"""The words of a second request: what it shows of the chunk, and what it asks."""

import json
from collections.abc import Iterator, Sequence

from extractor.analysis import Analysis
from extractor.assemble.places import locate
from extractor.engines.judging import Problem, said_figures
from extractor.engines.mending import Questions
from extractor.outline.chunks import Chunk
from extractor.text.sentences import Sentence
from prompts import FOLLOW_UP, read_prompt
from schemas.draft import ChunkDraft, Refused


def asked_part(analysis: Analysis, chunk: Chunk, draft: ChunkDraft, asked: Questions) -> Chunk:
    """Just the sentences that the questions are about; the whole chunk where one of them cannot be placed."""
    offsets: list[int] = []
    references = [*asked.gaps, *references_of(draft, asked)]
    for reference in references:
        place = locate(analysis, chunk, reference)
        if place is None:
            return chunk
        offsets.append(place.start)
    clauses = clauses_of(draft, asked)
    sentences = tuple(
        sentence
        for sentence in chunk.sentences
        if any(sentence.start <= offset < sentence.end for offset in offsets) or clauses & set(sentence.clauses)
    )
    if not sentences:
        return chunk
    return Chunk(f"{chunk.id}+", sentences, hits_inside(analysis, chunk, sentences))


def references_of(draft: ChunkDraft, asked: Questions) -> Iterator[str]:
    for number in asked.wrong("metrics"):
        yield draft.metrics[number].figure
    for refused in asked.refused:
        record = refused.record if isinstance(refused.record, dict) else {}
        yield str(record.get("figure", "")) if refused.part == "metrics" else ""


def clauses_of(draft: ChunkDraft, asked: Questions) -> set[int]:
    goals = (draft.goals[number].clauses for number in asked.wrong("goals"))
    projects = (draft.projects[number].clauses for number in asked.wrong("projects"))
    return {clause for clauses in (*goals, *projects) for clause in clauses}


def hits_inside(analysis: Analysis, chunk: Chunk, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    return tuple(
        index
        for index in chunk.hits
        if any(sentence.start <= analysis.hits[index].clean_start < sentence.end for sentence in sentences)
    )


def question_text(draft: ChunkDraft, asked: Questions) -> str:
    words = read_prompt(FOLLOW_UP)
    wrong = [wrong_record(draft, problem) for problem in asked.problems]
    refused = [refused_record(item) for item in asked.refused]
    return "\n\n".join(
        (
            *([words.part("gaps").format(tags="、".join(asked.gaps))] if asked.gaps else []),
            *([words.part("wrong").format(records="\n".join(wrong))] if wrong else []),
            *([words.part("refused").format(records="\n".join(refused))] if refused else []),
            words.part("close"),
        )
    )


def wrong_record(draft: ChunkDraft, problem: Problem) -> str:
    record = getattr(draft, problem.part)[problem.number].model_dump_json(exclude_defaults=True)
    return f"- {problem.part} {record} ← {';'.join(problem.messages)}"


def refused_record(refused: Refused) -> str:
    record = json.dumps(refused.record, ensure_ascii=False)
    return f"- {refused.part} {record} ← {';'.join(refused.problems)}"


def known_text(analysis: Analysis, chunk: Chunk, known: ChunkDraft) -> str:
    """What a half need not repeat of the records that were kept."""
    places = {reference: locate(analysis, chunk, reference) for reference in sorted(said_figures(known))}
    tags = [reference for reference, place in places.items() if place]
    own = {number for sentence in chunk.sentences for number in sentence.clauses}
    spoken = (*(goal.clauses for goal in known.goals), *(project.clauses for project in known.projects))
    clauses = {number for numbers in spoken for number in numbers} & own
    if not tags and not clauses:
        return ""
    words = read_prompt(FOLLOW_UP).part("known")
    return "\n\n" + words.format(tags="、".join(tags) or "无", records="、".join(map(str, sorted(clauses))) or "无")
