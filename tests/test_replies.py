"""The recorded replies of a real model give the same records as on the day they were made, without any network."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from extractor.client import Client, Endpoint
from extractor.engines.model import ModelEngine
from extractor.errors import ReplayMiss
from extractor.evaluation import Scores, score, total
from extractor.pipeline import extract
from extractor.reading import Source, read_sources
from extractor.replay import Replayer
from schemas import Extraction

ROOT = Path(__file__).parents[1]
REPLIES = ROOT / "fixtures/replies/relay"
SETS = {
    "seeds": (ROOT / "seeds", ROOT / "fixtures/gold"),
    "practice": (ROOT / "fixtures/practice/docs", ROOT / "fixtures/practice/gold"),
}


@pytest.fixture(scope="module", params=SETS)
def replayed(request: pytest.FixtureRequest) -> tuple[str, list[tuple[Source, Extraction]], Replayer]:
    """A set's sources with what the recorded replies make of them."""
    sources = [source for source in read_sources([str(SETS[request.param][0])]) if isinstance(source, Source)]
    replayer = Replayer(REPLIES / request.param)
    return request.param, asyncio.run(extract_all(sources, replayer)), replayer


async def extract_all(sources: list[Source], replayer: Replayer) -> list[tuple[Source, Extraction]]:
    async with Client(endpoint(), transport=replayer) as client:
        engine = ModelEngine(client)
        return [(source, await extract(source, engine)) for source in sources]


def endpoint() -> Endpoint:
    return Endpoint(base_url="http://127.0.0.1:9/v1", model="relay", api_key=SecretStr("none"), mode="tools")


def test_every_recorded_reply_is_asked_for(replayed: tuple[str, list[tuple[Source, Extraction]], Replayer]) -> None:
    assert replayed[2].unused() == ()


def test_every_chunk_was_answered_by_the_model(replayed: tuple[str, list[tuple[Source, Extraction]], Replayer]) -> None:
    for _, result in replayed[1]:
        assert result.run.complete
        assert {metric.origin for metric in result.metrics} <= {"llm"}


def test_every_quote_of_the_model_stands_in_the_text(
    replayed: tuple[str, list[tuple[Source, Extraction]], Replayer],
) -> None:
    for source, result in replayed[1]:
        found = list(quotes(result.model_dump(mode="json")))

        assert found
        assert all(source.raw[start:end] == quote for start, end, quote in found)


def test_nearly_every_figure_is_explained(replayed: tuple[str, list[tuple[Source, Extraction]], Replayer]) -> None:
    figures = [figure for _, result in replayed[1] for figure in result.figures]

    assert sum(figure.role != "unexplained" for figure in figures) / len(figures) >= 0.98


def test_the_model_engine_reaches_the_scores_asked_of_it(
    replayed: tuple[str, list[tuple[Source, Extraction]], Replayer],
) -> None:
    name, results, _ = replayed
    scores = scored(name, results)

    assert (scores.metrics.f1 or 0) >= 0.97
    assert (scores.exact.f1 or 0) >= 0.80


def test_a_changed_prompt_fails_loudly_with_a_diff() -> None:
    async def ask() -> None:
        async with Client(endpoint(), transport=Replayer(REPLIES / "seeds")) as client:
            engine = ModelEngine(client)
            engine.system = type(engine.system)("extract.v0", engine.system.text.replace("编码员", "读者"))
            [source] = [
                s for s in read_sources([str(ROOT / "seeds/000_f02715dd0bc5e6cc.txt")]) if isinstance(s, Source)
            ]
            await extract(source, engine)

    with pytest.raises(ReplayMiss, match="编码员"):
        asyncio.run(ask())


def test_no_recording_holds_a_path_or_an_address() -> None:
    for path in REPLIES.rglob("*.json"):
        exchange = json.loads(path.read_text("utf8"))

        assert set(exchange) == {"path", "sent", "status", "reply"}
        assert exchange["path"] == "/chat/completions"


def scored(name: str, results: list[tuple[Source, Extraction]]) -> Scores:
    gold = SETS[name][1]
    return total(
        score(
            json.loads(result.model_dump_json()),
            json.loads((gold / f"{source.output_stem}.json").read_text("utf8")),
            source.raw,
        )
        for source, result in results
    )


def quotes(node: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            yield node["start"], node["end"], node["quote"]
        for value in node.values():
            yield from quotes(value)
    elif isinstance(node, list):
        for value in node:
            yield from quotes(value)
