"""Scores of the engines on every set of answers: `make eval`. The model engine is replayed from its recordings."""

import asyncio
import json
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from extractor.client import Client, Endpoint
from extractor.engines import Engine
from extractor.engines.model import ModelEngine
from extractor.engines.offline import OfflineEngine
from extractor.evaluation import Scores, score, total
from extractor.pipeline import extract
from extractor.reading import Source, read_sources
from extractor.replay import Replayer

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
SETS = {
    "seeds": (ROOT / "seeds", FIXTURES / "gold"),
    "practice": (FIXTURES / "practice/docs", FIXTURES / "practice/gold"),
    "written": (FIXTURES / "written/docs", FIXTURES / "written/gold"),
}


async def main() -> None:
    table = Table(title="micro-averages over the documents of a set (F1, unless a column says otherwise)")
    columns = ("set", "engine", "metrics", "exact", "targets exact", "projects", "deadlines", "ends right", "goals", "grounded", "explained", "planted found")  # fmt: skip
    for column in columns:
        table.add_column(column, justify="left" if column in columns[:2] else "right")
    for name, (documents, gold) in SETS.items():
        sources = [source for source in read_sources([str(documents)]) if isinstance(source, Source)]
        table.add_row(name, "offline", *row(await scored(sources, gold, OfflineEngine())))
        recorded = FIXTURES / "replies/relay" / name
        if recorded.exists():
            endpoint = Endpoint(
                base_url="http://127.0.0.1:9/v1", model="relay", api_key=SecretStr("none"), mode="tools"
            )
            async with Client(endpoint, transport=Replayer(recorded)) as client:
                table.add_row(name, "large model, recorded", *row(await scored(sources, gold, ModelEngine(client))))
    Console(width=150).print(table)


async def scored(sources: list[Source], gold: Path, engine: Engine) -> Scores:
    found = []
    for source in sources:
        result = await extract(source, engine)
        answers = json.loads((gold / f"{source.output_stem}.json").read_text("utf8"))
        found.append(score(json.loads(result.model_dump_json()), answers, source.raw))
    return total(found)


def row(scores: Scores) -> list[str]:
    rates = (
        scores.metrics.f1,
        scores.exact.f1,
        scores.targets_exact.f1,
        scores.projects.f1,
        scores.deadlines.f1,
        scores.deadline_fields["end"].share,
        scores.goals.f1,
        scores.grounding.share,
        scores.ledger.share,
        scores.planted.share,
    )
    return ["–" if rate is None else f"{rate:.3f}" for rate in rates]


if __name__ == "__main__":
    asyncio.run(main())
