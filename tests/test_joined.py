"""A file of several documents is read as its parts are: heads, years and actors do not run over."""

import json

import pytest

from extractor.evaluation import Scores, score, total
from tests.joined import joined
from tests.offline import run
from tests.recorded import gold_of, sources_of

# field's documents are cut, some without a title: where one of them begins nothing tells
NEAR = {"practice": 0.02, "written": 0.02, "field": 0.12}


@pytest.mark.parametrize("documents", NEAR)
def test_several_documents_in_one_file_score_as_they_do_apart(documents: str) -> None:
    raw, gold = joined(documents)
    together = score(json.loads(run(raw).model_dump_json()), gold, raw)
    apart = total(
        score(json.loads(run(source.raw).model_dump_json()), gold_of(documents, source), source.raw)
        for source in sources_of(documents)
    )

    for part in ("metrics", "exact"):
        assert share(together, part) >= share(apart, part) - NEAR[documents]
    assert together.lost_in_silence.share == pytest.approx(apart.lost_in_silence.share, abs=0.01)


def share(scores: Scores, part: str) -> float:
    return getattr(scores, part).f1 or 0.0
