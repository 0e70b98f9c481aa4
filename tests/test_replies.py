"""The recorded replies of real models give the same records as on the day they were made, without any network.

Each test runs on every set that is recorded; where none is, it is not collected (see `conftest.py`).
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from extractor.analysis import analyse
from extractor.engines.model import ModelEngine
from extractor.errors import ReplayMiss
from extractor.llm.client import Client
from extractor.llm.replay import Replayer
from extractor.pipeline import extract
from extractor.reading import Source
from schemas import Extraction
from tests.recorded import FIXTURES, RECORDINGS, Recording, recorded_sets, replay, scored, sources_of

STRONG = RECORDINGS[0]
CASES = recorded_sets()
STRONG_SETS = [documents for recording, documents in CASES if recording is STRONG]


@dataclass(frozen=True)
class Replayed:
    recording: Recording
    documents: str
    results: list[tuple[Source, Extraction]]
    replayer: Replayer


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0].folder}-{case[1]}")
def replayed(request: pytest.FixtureRequest) -> Replayed:
    recording, documents = request.param
    return Replayed(recording, documents, *replay(recording, documents))


@pytest.fixture(scope="module", params=STRONG_SETS)
def strong(request: pytest.FixtureRequest) -> Replayed:
    return Replayed(STRONG, request.param, *replay(STRONG, request.param))


def test_every_recorded_reply_is_asked_for(replayed: Replayed) -> None:
    assert replayed.replayer.unused() == ()


def test_every_quote_of_a_model_stands_in_the_text(replayed: Replayed) -> None:
    for source, result in replayed.results:
        found = list(quotes(result.model_dump(mode="json")))

        assert found
        assert all(source.raw[start:end] == quote for start, end, quote in found)


def test_no_hit_of_the_recogniser_is_lost_whatever_a_model_says(replayed: Replayed) -> None:
    for source, result in replayed.results:
        found = [(hit.start, hit.end) for hit in analyse(source.raw).hits]

        assert [(figure.start, figure.end) for figure in result.figures] == found


def test_every_chunk_was_answered_by_the_strong_model(strong: Replayed) -> None:
    for _, result in strong.results:
        assert result.run.complete
        assert {metric.origin for metric in result.metrics} <= {"llm"}


def test_nearly_every_figure_is_explained_by_the_strong_model(strong: Replayed) -> None:
    figures = [figure for _, result in strong.results for figure in result.figures]

    assert sum(figure.role != "unexplained" for figure in figures) / len(figures) >= 0.995


def test_the_strong_model_reaches_the_scores_asked_of_it(strong: Replayed) -> None:
    scores = scored(strong.documents, strong.results)

    assert (scores.exact.f1 or 0) >= 0.90
    assert (scores.targets_exact.f1 or 0) >= 0.93
    assert (scores.deadlines.f1 or 0) >= 0.92
    assert (scores.deadline_fields["end"].share or 0) >= 0.97
    assert (scores.projects.f1 or 0) >= 0.90
    assert (scores.goals.f1 or 0) >= 0.80
    assert scores.grounding.share == 1


def test_a_document_of_one_chunk_takes_one_request_or_little_more() -> None:
    runs = [result.run for documents in STRONG_SETS for _, result in replay(STRONG, documents)[0]]
    again = [run.follow_ups.requests for run in runs if run.follow_ups]

    assert not runs or min(run.calls for run in runs) == 1
    assert sum(again) <= 0.1 * len(runs)


@pytest.mark.parametrize("documents", [name for name in STRONG_SETS if name == "seeds"])
def test_a_changed_request_fails_loudly_with_a_diff(documents: str) -> None:
    async def ask(source: Source) -> None:
        async with Client(STRONG.endpoint, transport=Replayer(STRONG.path(documents))) as client:
            await extract(replace(source, raw=source.raw.replace("簽約", "解約", 1)), ModelEngine(client))

    with pytest.raises(ReplayMiss, match="解约"):
        asyncio.run(ask(sources_of(documents)[0]))


def test_no_recording_holds_a_path_or_an_address() -> None:
    found = list((FIXTURES / "replies").rglob("*.json"))
    assert found
    for path in found:
        exchange = json.loads(path.read_text("utf8"))

        assert set(exchange) == {"path", "sent", "status", "reply"}
        assert exchange["path"] == "/chat/completions"


def quotes(node: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            yield node["start"], node["end"], node["quote"]
        for value in node.values():
            yield from quotes(value)
    elif isinstance(node, list):
        for value in node:
            yield from quotes(value)
