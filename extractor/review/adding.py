"""A record from text that a reviewer selected: the recogniser fills in figure and time, the rules say the rest as far as they can."""

from dataclasses import replace

from extractor.analysis import Analysis, label
from extractor.assemble import assemble
from extractor.engines import Drafted
from extractor.engines.offline import draft_chunk
from extractor.engines.offline.categories import category_of
from extractor.engines.offline.names import Reading, counted, measure_of, tidy
from extractor.errors import WrongValues
from extractor.outline.chunks import Chunk
from extractor.recognise import Hit
from extractor.review.keys import Record
from schemas.draft import ChunkDraft, GoalDraft, LimitDraft, MetricDraft, ProjectDraft

MOST_SENTENCES = 12


def proposed(analysis: Analysis, kind: str, start: int, end: int) -> Record:
    """The record of `kind` that stands in `raw[start:end]`; `WrongValues` where nothing of the kind can stand there."""
    low, high = analysis.view.clean_at(start), analysis.view.clean_at(end)
    sentences = tuple(part for part in analysis.outline.sentences if part.start < high and low < part.end)
    if not sentences:
        raise WrongValues({"text": "no sentence of the document is selected (what surrounds a page is left out)"})
    if len(sentences) > MOST_SENTENCES:
        raise WrongValues({"text": f"more than {MOST_SENTENCES} sentences are selected"})
    hits = tuple(n for n, hit in enumerate(analysis.hits) if sentences[0].start <= hit.clean_start < sentences[-1].end)
    chunk = Chunk("selection", sentences, hits)
    chosen = [n for n in hits if analysis.hits[n].start < end and start < analysis.hits[n].end]
    if kind == "metric":
        return metric(analysis, chunk, chosen, low, high)
    words = analysis.view.text[low:high]
    clauses = tuple(clause.number for clause in analysis.outline.clauses if clause.start < high and low < clause.end)
    match kind:
        case "deadline":
            draft = ChunkDraft(deadlines=(LimitDraft(time=time_tag(analysis, chosen)),))
        case "goal":
            statement = tidy(words, ())
            draft = ChunkDraft(
                goals=(GoalDraft(statement=statement, category=category_of(statement), clauses=clauses),)
            )
        case _:
            draft = ChunkDraft(projects=(project(analysis, chosen, words, clauses),))
    records = assemble(analysis, [Drafted(chunk, draft, "rules")])
    found: tuple[Record, ...] = (*records.goals, *records.projects, *records.deadlines)
    if not found:
        raise WrongValues({"text": f"no {kind} can be made of this text"})
    return next((record for record in found if kind_is(record, kind)), found[0])


def kind_is(record: Record, kind: str) -> bool:
    return type(record).__name__.lower() == kind


def metric(analysis: Analysis, chunk: Chunk, chosen: list[int], low: int, high: int) -> Record:
    """What the rules say of the first figure selected, as if the recogniser had left it open; else the least that it is."""
    figures = [n for n in chosen if analysis.hits[n].kind != "time" and analysis.hits[n].value is not None]
    if not figures:
        raise WrongValues({"text": "no figure with a value is selected"})
    index = figures[0]
    hits = list(analysis.hits)
    hits[index] = replace(hits[index], role=None)
    opened = replace(analysis, hits=tuple(hits))
    by_rules = assemble(opened, [Drafted(chunk, draft_chunk(opened, chunk), "rules")])
    hit = hits[index]
    for record in by_rules.metrics:
        if (record.figure.start, record.figure.end) == (hit.start, hit.end):
            return record.model_copy(update={"goal": None})
    plain = plain_metric(opened, index, analysis.view.text[low:high])
    return assemble(opened, [Drafted(chunk, ChunkDraft(metrics=(plain,)), "rules")]).metrics[0]


def plain_metric(analysis: Analysis, index: int, words: str) -> MetricDraft:
    hit = analysis.hits[index]
    name = name_of(words, hit, analysis)
    return MetricDraft(
        figure=label(index, hit),
        name=counted(name, hit.unit),
        value=hit.value,
        value_max=hit.value_max,
        unit=hit.unit,
        comparator=hit.comparator,
        measure=measure_of(hit.kind, hit.unit, name, Reading(name)),
        status="target",
    )


def name_of(words: str, hit: Hit, analysis: Analysis) -> str:
    """What is selected without the figure and its comparator; of a bare figure, what leads to it in its clause."""
    text = analysis.view.text
    figure = text[hit.clean_outer_start : hit.clean_outer_end]
    rest = tidy(words.replace(figure, "").replace(text[hit.clean_start : hit.clean_end], ""), ())
    if rest:
        return rest
    clause = analysis.outline.clause_at(hit.clean_start)
    lead = tidy(text[clause.start : hit.clean_outer_start], ()) if clause else ""
    return lead or text[hit.clean_start : hit.clean_end]


def time_tag(analysis: Analysis, chosen: list[int]) -> str:
    times = [n for n in chosen if analysis.hits[n].time is not None]
    if not times:
        raise WrongValues({"text": "no time is selected"})
    return label(times[0], analysis.hits[times[0]])


def project(analysis: Analysis, chosen: list[int], words: str, clauses: tuple[int, ...]) -> ProjectDraft:
    """Named by the words selected; the first sum of money in them is its total investment."""
    money = [n for n in chosen if analysis.hits[n].kind == "money"]
    name = words
    for n in chosen:
        hit = analysis.hits[n]
        if hit.kind == "money":
            name = name.replace(analysis.view.text[hit.clean_outer_start : hit.clean_outer_end], "")
    return ProjectDraft(
        name=tidy(name, ()).replace("总投资", "").strip(",。;、() "),
        total_investment=label(money[0], analysis.hits[money[0]]) if money else None,
        clauses=clauses,
    )
