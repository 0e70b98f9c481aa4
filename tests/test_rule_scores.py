"""What the rules reach on each set, as floors: whose figure it is, of when, and that none is lost in silence."""

import asyncio
import csv
import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from extractor.engines.offline import OfflineEngine
from extractor.evaluation import Scores
from extractor.pipeline import extract
from extractor.reading import Source, read_sources
from schemas import Extraction
from tests.recorded import scored, sources_of

FLOORS: Mapping[str, Mapping[str, float]] = {
    "seeds": {"exact": 0.93, "actor": 0.98, "period": 0.98, "lost": 0.005, "open": 0.03},
    "practice": {"exact": 0.97, "actor": 0.94, "period": 0.98, "lost": 0.005, "open": 0.03},
    "field": {"exact": 0.78, "actor": 0.95, "period": 0.97, "lost": 0.01, "open": 0.05},
}
REAL = os.environ.get("POLICY_TARGETS_REAL")


@cache
def scores_of(documents: str) -> Scores:
    async def extracting() -> list[tuple[Source, Extraction]]:
        return [(source, await extract(source, OfflineEngine())) for source in sources_of(documents)]

    return scored(documents, asyncio.run(extracting()))


@pytest.mark.parametrize("documents", FLOORS)
def test_the_rules_keep_what_they_reached(documents: str) -> None:
    scores, floors = scores_of(documents), FLOORS[documents]

    assert (scores.exact.f1 or 0) >= floors["exact"]
    assert (scores.metric_fields["actor"].share or 0) >= floors["actor"]
    assert (scores.metric_fields["period"].share or 0) >= floors["period"]
    assert scores.grounding.share == 1


@pytest.mark.parametrize("documents", FLOORS)
def test_the_rules_lose_no_figure_in_silence_and_leave_few_open(documents: str) -> None:
    scores, floors = scores_of(documents), FLOORS[documents]

    assert (scores.lost_in_silence.share or 0) <= floors["lost"]
    assert (scores.needlessly_open.share or 0) <= floors["open"]


def reports() -> Iterator[tuple[Path, dict[str, str]]]:
    """Whole reports of a folder that is no part of the project: `docs/NAME.txt`, and `heads.csv` with what was read by hand."""
    folder = Path(REAL or "")
    with (folder / "heads.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            yield folder / "docs" / f"{row['province']}.txt", row


@pytest.mark.skipif(not REAL, reason="POLICY_TARGETS_REAL names no folder of whole reports")
def test_a_whole_report_says_whose_it_is_and_when_it_was_given() -> None:
    wrong = []
    for path, row in reports():
        [source] = read_sources([str(path)])
        assert isinstance(source, Source)
        result = asyncio.run(extract(source, OfflineEngine()))
        told = json.loads(result.document.model_dump_json())
        segment = told["segments"][0]
        found = (told["title"], segment["actor"], segment["delivered"], str((segment["year"] or {}).get("value")))
        if len(told["segments"]) != 1 or found != (row["title"], row["actor"], row["delivered"], row["year"]):
            wrong.append((row["province"], found))

    assert wrong == []
