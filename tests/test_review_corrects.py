"""Whatever an engine gets wrong can be put right at the desk: corrected records score as their gold does."""

import json
from pathlib import Path

import pytest

from extractor.evaluation.scores import score
from extractor.reading import Source, read_sources
from extractor.review.desk import Desk
from extractor.store import open_store
from tests.correcting import correct
from tests.reviewing import keep

PRACTICE = Path(__file__).parents[1] / "fixtures/practice"
SOURCES = [source for source in read_sources([str(PRACTICE / "docs")]) if isinstance(source, Source)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.output_stem)
def test_every_record_can_be_made_what_its_gold_says(source: Source, tmp_path: Path) -> None:
    gold = json.loads((PRACTICE / "gold" / f"{source.output_stem}.json").read_bytes())
    with open_store(str(tmp_path / "s.db")) as store:
        keep(store, source)
        desk = Desk(store)
        done = correct(desk, source.id, gold)
        corrected = desk.open(source.id).extraction

    reached = score(corrected.model_dump(mode="json"), gold, source.raw)

    assert done["edit"]
    assert [part.f1 for part in (reached.exact, reached.projects, reached.deadlines, reached.goals)] == [1, 1, 1, 1]
    assert reached.grounding.share == 1
    assert not [finding for finding in corrected.checks if finding.code in ("quote-not-found", "figure-not-in-text")]
