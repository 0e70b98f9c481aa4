"""The plain single call, for comparison: one instructor call for a whole document, the contract as its schema, no anchors, no codebook.

`plain.py PATHS… --model M --base-url URL [--mode MODE] [--max-tokens N] --record DIR` records its replies. What it answers is
held to the contract in its favour: a quote is placed wherever the text holds it, units are normalised by our own rules.
"""

import argparse
import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, SecretStr

from extractor.assemble.values import base_value, normalized
from extractor.errors import ModelError, ReplayMiss
from extractor.evaluation import Scores, score, total
from extractor.evaluation.fields import Record
from extractor.llm.client import Answer, Client, Endpoint
from extractor.llm.replay import Recorder, Replayer
from extractor.reading import Source, read_sources
from schemas.base import Number
from schemas.vocabulary import Binding, Category, Comparator, Direction, Measure, Precision, Relation, Stage, Status
from tests.recorded import Recording, gold_of

PROMPT = (
    "You read Chinese government documents. Extract every goal, metric (a named quantity with one figure), project and "
    "deadline of the document as JSON in the given schema. Quotes are verbatim from the document, dates are ISO, names are "
    "in Simplified Chinese. Report every figure that is a target or a result; report contradictions, impossible dates, sums "
    "that do not add up and missing figures as problems."
)
Quoted = Annotated[str, Field(description="verbatim quote")]


class PlainPeriod(BaseModel):
    start: str | None = None
    end: str | None = None


class PlainMetric(BaseModel):
    id: str
    name: str
    figure: Quoted
    value: Number
    value_max: Number | None = None
    unit: str
    comparator: Comparator
    measure: Measure
    direction: Direction | None = None
    status: Status
    binding: Binding | None = None
    period: PlainPeriod | None = None
    baseline: str | None = None
    actor: str | None = None
    evidence: Quoted


class PlainGoal(BaseModel):
    id: str
    statement: str
    category: Category
    actor: str | None = None
    period: PlainPeriod | None = None
    metrics: list[str] = []
    evidence: Quoted


class PlainQuantity(BaseModel):
    figure: Quoted
    value: Number
    unit: str


class PlainProject(BaseModel):
    id: str
    name: str
    owner: str | None = None
    stage: Stage | None = None
    target_stage: Stage | None = None
    deadline: Annotated[str | None, Field(description="id of a deadline")] = None
    total_investment: PlainQuantity | None = None
    annual_investment: PlainQuantity | None = None
    department: str | None = None
    evidence: Quoted


class PlainDeadline(BaseModel):
    id: str
    text: Quoted
    relation: Relation
    start: str | None = None
    end: str | None = None
    precision: Precision
    applies_to: list[str] = []
    evidence: Quoted


class PlainProblem(BaseModel):
    code: str
    message: str
    evidence: Quoted


class PlainExtraction(BaseModel):
    """Goals, metrics, projects and deadlines of a document."""

    goals: list[PlainGoal] = []
    metrics: list[PlainMetric] = []
    projects: list[PlainProject] = []
    deadlines: list[PlainDeadline] = []
    problems: list[PlainProblem] = []


async def ask(client: Client, source: Source) -> Answer[PlainExtraction]:
    messages = [{"role": "system", "content": PROMPT}, {"role": "user", "content": source.raw}]
    return await client.ask(messages, PlainExtraction)


def as_contract(source: Source, said: PlainExtraction) -> Record:
    """The same records with spans. A quote that the text does not hold stays without one, and matches nothing."""
    raw = source.raw
    metrics = [metric_record(raw, metric) for metric in said.metrics]
    goals = [goal.model_dump(mode="json") | {"evidence": [place(raw, goal.evidence)]} for goal in said.goals]
    projects = [project_record(raw, project) for project in said.projects]
    deadlines = [
        deadline.model_dump(mode="json")
        | {"text": place(raw, deadline.text, deadline.evidence), "evidence": [place(raw, deadline.evidence)]}
        for deadline in said.deadlines
    ]
    figures = [figure_record(raw, metric) for metric in metrics]
    return {
        "document": {"id": source.id, "segments": []},
        "goals": grounded(goals),
        "metrics": grounded(metrics),
        "projects": grounded(projects),
        "deadlines": [item for item in grounded(deadlines) if item["text"]],
        "figures": figures,
        "checks": [
            {"code": item.code, "records": [], "spans": [place(raw, item.evidence)]}
            for item in said.problems
            if place(raw, item.evidence)
        ],
    }


def metric_record(raw: str, metric: PlainMetric) -> Record:
    base = normalized(base_value(metric.value, metric.value_max, metric.unit))
    return metric.model_dump(mode="json") | {
        "figure": place(raw, metric.figure, metric.evidence),
        "normalized": base.model_dump(mode="json"),
        "evidence": [place(raw, metric.evidence)],
    }


def project_record(raw: str, project: PlainProject) -> Record:
    record = project.model_dump(mode="json") | {"evidence": [place(raw, project.evidence)]}
    for field in ("total_investment", "annual_investment"):
        quantity: PlainQuantity | None = getattr(project, field)
        if quantity:
            base = normalized(base_value(quantity.value, None, quantity.unit))
            record[field] |= {"normalized": base.model_dump(mode="json")}
    return record


def figure_record(raw: str, metric: Record) -> Record:
    span = metric["figure"] or {"start": 0, "end": 0}
    return {"start": span["start"], "end": span["end"], "text": raw[span["start"] : span["end"]], "role": "metric"}


def grounded(records: list[Record]) -> list[Record]:
    """Without the quotes that stand nowhere."""
    kept = [record | {"evidence": [quote for quote in record["evidence"] if quote]} for record in records]
    return [record for record in kept if record.get("figure", True)]


def place(raw: str, quote: str, inside: str | None = None) -> dict[str, Any] | None:
    """The first place of a quote: within its evidence where that stands in the text, else anywhere."""
    around = raw.find(inside) if inside else -1
    start = raw.find(quote, around, around + len(inside or "")) if around >= 0 else -1
    start = raw.find(quote) if start < 0 else start
    return {"start": start, "end": start + len(quote), "quote": quote} if quote and start >= 0 else None


def plain_scores(recording: Recording, documents: str) -> Iterator[tuple[Scores, int, int]]:
    """Scores, requests and completion tokens of the recorded plain calls; nothing where none was recorded."""
    folder = recording.path("plain")
    if not folder.exists():
        return
    answers = asyncio.run(replayed(recording, documents, Replayer(folder)))
    if not answers:
        return
    found = (
        score(
            json.loads(json.dumps(as_contract(source, answer.value) if answer else {})),
            gold_of(documents, source),
            source.raw,
        )
        for source, answer in answers
    )
    yield total(found), len(answers), sum(answer.completion_tokens for _, answer in answers if answer)


async def replayed(
    recording: Recording, documents: str, replayer: Replayer
) -> list[tuple[Source, Answer[PlainExtraction] | None]]:
    """The documents that the model was asked about; a reply that was cut off or is no JSON is no extraction at all."""
    sources = recording.sources(documents)
    async with Client(replace(recording.endpoint, reasks=0), transport=replayer) as client:
        answers = await asyncio.gather(*(ask(client, source) for source in sources), return_exceptions=True)
    return [
        (source, answer if isinstance(answer, Answer) else None)
        for source, answer in zip(sources, answers, strict=True)
        if not isinstance(answer, ReplayMiss)
    ]


async def record(arguments: argparse.Namespace) -> None:
    key = SecretStr("none")
    endpoint = Endpoint(
        base_url=arguments.base_url, model=arguments.model, api_key=key, mode=arguments.mode,
        timeout=3500, reasks=0, concurrency=arguments.concurrency, max_tokens=arguments.max_tokens,
    )  # fmt: skip
    sources = [source for source in read_sources(arguments.paths) if isinstance(source, Source)]
    async with Client(endpoint, transport=Recorder(arguments.record, key=key)) as client:
        answers = await asyncio.gather(*(ask(client, source) for source in sources), return_exceptions=True)
    for source, answer in zip(sources, answers, strict=True):
        if isinstance(answer, ModelError):
            print(f"{source.name}: {answer}")
        elif isinstance(answer, BaseException):
            raise answer
        else:
            print(f"{source.name}: {answer.prompt_tokens} + {answer.completion_tokens} tokens")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--model", required=True)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--mode", default="tools")
    parser.add_argument("--max-tokens", type=int)
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--record", type=Path, required=True)
    asyncio.run(record(parser.parse_args()))


if __name__ == "__main__":
    main()
