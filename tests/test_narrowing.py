"""The rules of the schema of one request, where the server decodes by it."""

import json
from typing import Any

import pytest

from extractor.analysis import analyse
from extractor.engines.narrowing import narrowed
from extractor.engines.outlining import narrowed_lines
from extractor.outline.chunks import cut_chunks
from extractor.text.lines import read_lines
from schemas.draft import ChunkDraft
from schemas.outline_draft import OutlineDraft
from tests.endpoint import Body, said
from tests.test_model_engine import TEXT, WHOLE, answered

TAGS = ["f4", "f6", "f7", "f8"]
TIMES = ["t1", "t2", "t3", "t5", "t9"]


def narrow(raw: str) -> dict[str, Any]:
    analysis = analyse(raw)
    return narrowed(analysis, cut_chunks(analysis.outline, analysis.hits)[0], ChunkDraft.model_json_schema())


def fields(schema: dict[str, Any], part: str) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][part]["properties"]
    return found


def test_only_the_tags_and_clauses_of_the_chunk_can_be_written() -> None:
    schema = narrow(TEXT)

    assert fields(schema, "MetricDraft")["figure"] == {"enum": TAGS}
    assert fields(schema, "MetricDraft")["deadline"] == {"enum": TIMES}
    assert fields(schema, "ProjectDraft")["total_investment"] == {"enum": TAGS}
    assert fields(schema, "GoalDraft")["clauses"]["items"] == {"enum": [0, 1, 2, 3, 4, 5]}
    assert fields(schema, "HeadDraft")["segment"] == {"enum": ["s1"]}


def test_no_list_can_grow_beyond_what_the_chunk_holds() -> None:
    schema = narrow(TEXT)

    assert schema["properties"]["metrics"]["maxItems"] == len(TAGS)
    assert all("maxItems" in part for part in schema["properties"].values())


def test_the_parts_of_a_ratio_have_tags_of_their_own() -> None:
    schema = narrow("青岭高新区三次产业比为9.4:59.9:30.7,签约20个。\n")

    assert fields(schema, "MetricDraft")["figure"] == {"enum": ["f1", "f2", "f3", "f4"]}


def test_limits_roles_and_reasons_are_bounded_too() -> None:
    schema = narrow(TEXT)

    assert fields(schema, "LimitDraft")["time"] == {"enum": TIMES}
    assert fields(schema, "RoleDraft")["repeats"] == {"enum": TAGS}
    assert fields(schema, "RoleDraft")["why"]["maxLength"] > 0
    assert all("maxItems" in fields(schema, part)["responsible"] for part in ("MetricDraft", "GoalDraft", "LimitDraft"))


def test_everything_else_of_the_schema_stays() -> None:
    schema, shared = narrow(TEXT), ChunkDraft.model_json_schema()

    assert fields(schema, "MetricDraft")["measure"] == shared["$defs"]["MetricDraft"]["properties"]["measure"]
    assert schema["$defs"].keys() == shared["$defs"].keys()
    assert [part["required"] for part in schema["$defs"].values()] == [
        part["required"] for part in shared["$defs"].values()
    ]
    assert "enum" not in shared["$defs"]["MetricDraft"]["properties"]["figure"]


def test_a_chunk_without_figures_or_times_leaves_no_empty_choice() -> None:
    assert '"enum": []' not in json.dumps(narrow("青岭高新区打造全省新能源产业高地。\n"))


def test_the_lines_of_an_outline_are_bounded_by_those_of_the_file() -> None:
    lines = read_lines(analyse(TEXT).view.text)
    schema = narrowed_lines(lines, OutlineDraft.model_json_schema())

    assert fields(schema, "SegmentDraft")["last"] == {"type": "integer", "minimum": 0, "maximum": len(lines) - 1}
    assert schema["properties"]["segments"]["maxItems"] == len(lines)


@pytest.mark.parametrize("mode", ["json-schema", "json", "md-json"])
def test_it_is_used_in_json_schema_mode_alone(mode: str) -> None:
    reply = json.dumps(WHOLE, ensure_ascii=False)
    text = f"```json\n{reply}\n```" if mode == "md-json" else reply
    result, bodies = answered(said(text), mode=mode)

    assert len(result.metrics) == 2
    assert ('"enum": ["f4"' in json.dumps(bodies[0])) == (mode == "json-schema")


def test_in_json_schema_mode_the_schema_is_all_that_differs_between_requests() -> None:
    first: list[Body] = answered(said(json.dumps(WHOLE)), mode="json-schema")[1]
    again: list[Body] = answered(said(json.dumps(WHOLE)), mode="json-schema")[1]

    assert first == again
    assert first[0]["messages"][0]["content"] == answered(WHOLE)[1][0]["messages"][0]["content"]
