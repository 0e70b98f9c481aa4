"""The offline engine: rules over hits, cue words and clauses. No key, no network, milliseconds."""

from collections.abc import Sequence
from typing import Literal

from extractor.analysis import Analysis, label
from extractor.engines import Drafted
from extractor.engines.offline.goals import qualitative, quantified
from extractor.engines.offline.metrics import State, read_sentence, scene_of
from extractor.engines.offline.projects import Found, in_prose, listed
from extractor.outline import Sentence
from extractor.outline.chunks import Chunk
from extractor.outline.context import hits_by_sentence
from schemas.draft import ChunkDraft, GoalDraft, MetricDraft, RoleDraft
from schemas.vocabulary import LooseRole

__all__ = ["OfflineEngine", "draft_chunk"]


class OfflineEngine:
    """Answers for every chunk at once; it cannot fail on one."""

    name: Literal["llm", "offline"] = "offline"
    model: str | None = None
    prompt: str | None = None

    async def draft(self, analysis: Analysis, chunks: Sequence[Chunk]) -> Sequence[Drafted]:
        return [Drafted(chunk, draft_chunk(analysis, chunk), "rules") for chunk in chunks]


def draft_chunk(analysis: Analysis, chunk: Chunk) -> ChunkDraft:
    hits = hits_by_sentence(analysis.hits, chunk.sentences)
    projects = list(listed(analysis, chunk.sentences, hits))
    item_clauses = {number for found in projects for number in found.clauses}
    for sentence in chunk.sentences:
        projects += in_prose(analysis, sentence, hits.get(sentence.number, ()), item_clauses)
    taken = {index for found in projects for index in (*found.hits, *found.idle)}
    metrics: list[MetricDraft] = []
    goals: list[GoalDraft] = []
    roles: dict[LooseRole, list[str]] = {"context": idle_figures(analysis, projects)}
    state = State()
    for sentence in chunk.sentences:
        scene = scene_of(analysis, sentence)
        key = governing_key(sentence)
        if key != state.key:
            state = State(key=key, names=state.names)
        read = read_sentence(scene, hits.get(sentence.number, ()), taken, state)
        metrics += read.metrics
        for figure, role in read.roles:
            roles.setdefault(role, []).append(figure)
        goals += quantified(scene, read.metrics)
        goals += qualitative(scene, read.metrics, item_clauses)
    return ChunkDraft(
        metrics=tuple(metrics),
        goals=tuple(goals),
        projects=tuple(found.draft for found in projects),
        others=tuple(RoleDraft(figures=tuple(figures), role=role) for role, figures in roles.items() if figures),
    )


def governing_key(sentence: Sentence) -> object:
    """A time governs to the end of its paragraph, and in a text of one sentence a line to the end of its section."""
    return (sentence.segment, sentence.heading)


def idle_figures(analysis: Analysis, projects: Sequence[Found]) -> list[str]:
    return [label(index, analysis.hits[index]) for found in projects for index in found.idle]
