"""What the tests of teaching have in common: gold as extractions that somebody has reviewed."""

import asyncio
import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from extractor.engines.offline import OfflineEngine
from extractor.pipeline import extract
from extractor.reading import Source
from extractor.review.desk import Taught
from schemas.document import Extraction
from tests.recorded import SETS, sources_of

LOOSE = {"qualifier", "context", "slogan", "identifier", "ordinal", "time"}
OF_GOLD_ALONE = {"doubtful", "accept", "target_deadline"}


@cache
def taught(documents: str, review: str = "accepted") -> tuple[Taught, ...]:
    return tuple(reviewed(source, review) for source in sources_of(documents))


def reviewed(source: Source, review: str = "accepted") -> Taught:
    """What the rules make of a document, with the gold records in the place of theirs."""
    made = asyncio.run(extract(source, OfflineEngine()))
    gold = gold_of(source)
    parts = {part: as_contract(gold, part, review) for part in ("goals", "metrics", "projects", "deadlines")}
    figures = [ledger_line(line) for line in made.model_dump(mode="json")["figures"]]
    whole = made.model_dump(mode="json") | parts | {"figures": figures}
    whole["document"] |= {"segments": gold["document"]["segments"]}
    return Taught(source.id, source.raw, Extraction.model_validate(whole))


def gold_of(source: Source) -> dict[str, Any]:
    [path] = [path for _, folder in SETS.values() for path in folder.glob(f"{source.output_stem}.json")]
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def as_contract(gold: dict[str, Any], part: str, review: str) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in record.items() if name not in OF_GOLD_ALONE}
        | {"review": review}
        | (tied(gold, record) if part == "projects" else {})
        for record in gold[part]
    ]


def tied(gold: dict[str, Any], project: dict[str, Any]) -> dict[str, Any]:
    """Gold tells the day, the contract the id of the deadline."""
    own = (
        item["id"]
        for item in gold["deadlines"]
        if project["id"] in item["applies_to"] and item["end"] == project["target_deadline"]
    )
    quantities = {name: normal(project[name]) for name in ("total_investment", "annual_investment") if project[name]}
    return {"deadline": next(own, None), "capacity": [normal(item) for item in project["capacity"]]} | quantities


def normal(quantity: dict[str, Any]) -> dict[str, Any]:
    base = {"value": quantity["value"], "value_max": None, "unit": quantity["unit"]}
    return {"normalized": base} | quantity


def ledger_line(line: dict[str, Any]) -> dict[str, Any]:
    """Gold names no role of a figure that no record uses: those that the rules give stand."""
    return line | {"record": None} | ({} if line["role"] in LOOSE else {"role": "unexplained"})


def every(review: str = "accepted") -> Iterator[Taught]:
    for documents in ("seeds", "practice", "written"):
        yield from taught(documents, review)


# one small document of our own, and what somebody made of it

NAME = "澄州经开区"
RAW = f"{NAME}召开2024年工作会议\n2024-02-20\n力争全年新签约亿元以上项目35个。对首次上规企业奖励20万元。\n"
SIGNED = {"name": "新签约亿元以上项目数", "value": 35, "unit": "个", "comparator": "=", "measure": "level", "status": "target", "period": {"start": "2024-01-01", "end": "2024-12-31"}}  # fmt: skip


def source_of(raw: str) -> Source:
    return Source("b.txt", "b", f"sha256:{sha256(raw.encode()).hexdigest()}", raw, "utf-8", None, None, None, "Hans")


def lesson_document(review: str = "corrected", raw: str = RAW, **changes: Any) -> Taught:
    """The rules' extraction with one metric, on «35个», in that state of review; `changes` are to its fields."""
    source = source_of(raw)
    made = asyncio.run(extract(source, OfflineEngine())).model_dump(mode="json")
    start = raw.index("35个")
    figure = {"start": start, "end": start + 3, "quote": "35个"}
    metric = {"id": "m1", "segment": "s1", "figure": figure, "normalized": {"value": 35, "unit": "个"}, "actor": NAME}
    metric |= {"evidence": [figure], "origin": "reviewer", "review": review} | SIGNED | changes
    figures = [
        line if line["role"] in LOOSE else line | {"role": "unexplained", "record": None} for line in made["figures"]
    ]
    told = {"metrics": [metric], "goals": [], "projects": [], "deadlines": [], "figures": figures, "checks": []}
    return Taught(source.id, raw, Extraction.model_validate(made | told))
