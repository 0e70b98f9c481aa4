"""The offline engine: rules over hits, cue words and clauses. No key, no network, milliseconds."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from extractor.analysis import Analysis, hits_by_clause, label
from extractor.engines import Drafted, Usage
from extractor.engines.offline.cells import grids
from extractor.engines.offline.commitments import commits
from extractor.engines.offline.flattened import flattened
from extractor.engines.offline.goals import qualitative, quantified
from extractor.engines.offline.metrics import read_sentence
from extractor.engines.offline.names import ITEM_MARK
from extractor.engines.offline.periods import is_labelled_limit, labelled_limit
from extractor.engines.offline.project import CHARGE_LABEL, Found
from extractor.engines.offline.project_list import listed
from extractor.engines.offline.project_prose import in_prose
from extractor.engines.offline.project_table import tabled
from extractor.engines.offline.repeats import without_repeats
from extractor.engines.offline.roles import Told
from extractor.engines.offline.row_numbers import row_numbers
from extractor.engines.offline.scene import Scene, State, scenes_of
from extractor.engines.offline.stacked import stacked
from extractor.engines.offline.tables import Table, read_table
from extractor.outline import Scope
from extractor.outline.chunks import Chunk
from extractor.outline.ordering import hits_by_sentence, one_sentence_a_line
from schemas.draft import ChunkDraft, GoalDraft, LimitDraft, MetricDraft, RoleDraft

TERM_BEHIND = re.compile(r",?(?:每|(?:[一二两三四五六七八九十]{1,3}|\d{1,2})年(?:之|以)?内)")
NAMES_WHO_ANSWERS = re.compile(CHARGE_LABEL)
__all__ = ["OfflineEngine", "draft_chunk"]


class OfflineEngine:
    """Answers for every chunk at once; it cannot fail on one."""

    name: Literal["llm", "offline"] = "offline"
    model: str | None = None
    prompt: str | None = None

    async def outline(self, analysis: Analysis) -> tuple[Analysis, Usage]:
        return analysis, Usage()

    async def draft(self, analysis: Analysis, chunks: Sequence[Chunk]) -> Sequence[Drafted]:
        """Chunks are for requests; the rules read a text in one piece, so that no table or list is cut."""
        whole = united(chunks)
        return without_repeats(analysis, [Drafted(whole, draft_chunk(analysis, whole), "rules")]) if whole else []


def united(chunks: Sequence[Chunk]) -> Chunk | None:
    if len(chunks) < 2:
        return chunks[0] if chunks else None
    sentences = tuple(sentence for chunk in chunks for sentence in chunk.sentences)
    return Chunk(chunks[0].id, sentences, tuple(index for chunk in chunks for index in chunk.hits))


def draft_chunk(analysis: Analysis, chunk: Chunk) -> ChunkDraft:
    hits = hits_by_sentence(analysis.hits, chunk.sentences)
    by_clause = hits_by_clause(analysis, chunk.hits)
    tables_of_text = list(grids(analysis, chunk.sentences, hits))
    projects = [found for rows, _ in tables_of_text for found in tabled(analysis, rows)]
    projects += listed(analysis, chunk.sentences, hits)
    item_clauses = {number for found in projects for number in found.clauses}
    scenes = scenes_of(analysis, chunk.sentences)
    headings = [is_heading(scene) for scene in scenes]
    told = [scene for scene, heading in zip(scenes, headings, strict=True) if not heading]
    for _, group in groupby(told, key=lambda scene: (scene.sentence.segment, scene.sentence.line, scene.mood)):
        paragraph = list(group)
        sentences = [scene.sentence for scene in paragraph]
        projects += in_prose(analysis, sentences, hits, by_clause, item_clauses, past=paragraph[0].mood == "actual")
    tables = [table for rows, part in tables_of_text if (table := read_table(analysis, rows, part))]
    tables += stacked(analysis, chunk.sentences, hits)
    tables += flattened(analysis, chunk.sentences, chunk.hits)
    taken = {index for found in projects for index in (*found.hits, *numbers(found))}
    taken |= {index for table in tables for index in (*table.hits, *numbers(table))}
    metrics: list[MetricDraft] = [metric for table in tables for metric in table.metrics]
    goals: list[GoalDraft] = []
    roles = idle_figures(analysis, (*projects, *tables))
    state = State()
    loose_lines = one_sentence_a_line(analysis.outline.sentences)
    project_clauses = {number for found in projects for number in found.clauses}
    limits: list[str] = []
    limits_behind = stated_behind(scenes, hits)
    for scene, heading in zip(scenes, headings, strict=True):
        sentence = scene.sentence
        key = (sentence.segment, sentence.heading) if loose_lines else sentence.line
        if key != state.key:
            state = State(key=key, names=state.names, aims=state.aims)
        inside = hits.get(sentence.number, ())
        read = read_sentence(scene, inside, by_clause, taken, state, limits_behind.get(sentence.number))
        metrics += read.metrics
        for figure, reason in read.roles:
            roles.setdefault(reason, []).append(figure)
        if sentence.clauses.start not in item_clauses and not heading:
            goals += quantified(scene, read.metrics) if read.metrics else ()
            goals += qualitative(scene, read.metrics, project_clauses)
            limits += loose_limits(scene, inside)
        elif heading:
            limits += limit_cell(scene, inside)
    for reason, figures in row_numbers(analysis, chunk, taken):
        roles.setdefault(reason, []).extend(figures)
    return ChunkDraft(
        metrics=tuple(metrics),
        goals=tuple(goals),
        projects=tuple(found.draft for found in projects),
        deadlines=tuple(LimitDraft(time=tag) for tag in limits),
        others=tuple(
            RoleDraft(figures=tuple(figures), role=told.role, why=told.why)
            for told, figures in roles.items()
            if told.role
        ),
    )


def stated_behind(scenes: Sequence[Scene], hits: dict[int, list[int]]) -> dict[int, Scope]:
    """«…150户。(牵头单位:…;完成时限:12月底)»: the limit in brackets is that of the sentences before it in its line."""
    found: dict[int, Scope] = {}
    waiting: list[int] = []
    line = -1
    for scene in scenes:
        sentence = scene.sentence
        if sentence.line != line:
            waiting, line = [], sentence.line
        waiting.append(sentence.number)
        if scene.text.startswith(("(", "["), sentence.start):
            limit = labelled_limit(scene.analysis, hits.get(sentence.number, ()))
            found |= dict.fromkeys(waiting, limit) if limit else {}
            waiting = []
    return found


def is_heading(scene: Scene) -> bool:
    """A line or item mark with no sentence behind it: «二、工作目标», a title."""
    words = scene.text[scene.sentence.start : scene.sentence.end].strip()
    short = len(scene.sentence.clauses) == 1 and len(words) <= 40
    return (
        short
        and not NAMES_WHO_ANSWERS.match(words)
        and words[-1] not in "。!?;”"
        and (bool(ITEM_MARK.match(words)) or len(words) <= 30)
    )


def loose_limits(scene: Scene, indexes: Sequence[int]) -> list[str]:
    """«7月底前制定细则», «自10月1日起…»: limits on duties that are no metric. Of a review of the past only what is still to come."""
    found = []
    for index in indexes:
        hit = scene.analysis.hits[index]
        if hit.time is None:
            continue
        words = scene.text[hit.clean_outer_start : hit.clean_outer_end]
        bound = hit.kind == "time" and hit.time.relation in ("by", "from") and words.endswith(("前", "起"))
        if bound and words.endswith("起") and TERM_BEHIND.match(scene.text, hit.clean_outer_end):
            continue  # «自2012年起5年内» is one limit, «2022年起,每年…» is none
        ahead = scene.mood != "actual" and (bound or is_labelled_limit(scene.text, hit))
        if ahead or commits(scene, index):
            found.append(label(index, hit))
    return found


def limit_cell(scene: Scene, indexes: Sequence[int]) -> list[str]:
    """«6月底前», «6月底前开工» alone on its line: a cell of the column of limits."""
    hit = scene.analysis.hits[indexes[0]] if len(indexes) == 1 else None
    if hit is None or hit.time is None or hit.time.relation != "by" or scene.mood == "actual":
        return []
    alone = hit.clean_outer_start == scene.sentence.start and scene.sentence.end - hit.clean_outer_end <= 8
    words = scene.text[hit.clean_outer_start : hit.clean_outer_end]
    return [label(indexes[0], hit)] if alone and words.endswith("前") else []


def numbers(found: Found | Table) -> Iterator[int]:
    return (index for index, _ in found.idle)


def idle_figures(analysis: Analysis, found: Sequence[Found | Table]) -> dict[Told, list[str]]:
    """Figures of projects and tables that no record takes, by what is known of them."""
    roles: dict[Told, list[str]] = {}
    for each in found:
        for index, told in each.idle:
            roles.setdefault(told, []).append(label(index, analysis.hits[index]))
    return roles
