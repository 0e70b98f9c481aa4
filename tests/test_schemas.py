"""The rules that the contract's models keep by themselves."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from extractor.commands.schema import schema_text
from schemas import Extraction
from schemas.base import Period, Quote, Span, as_json_number, quote
from schemas.deadline import Deadline
from schemas.document import Document, Run
from schemas.draft import ChunkDraft, HeadDraft, MetricDraft, Refused
from schemas.figure import Normalized
from schemas.goal import Goal
from schemas.vocabulary import Measure

PUBLISHED = Path(__file__).parent.parent / "schemas/policy-targets-1.schema.json"
TEXT = "青岭高新区全年新签约项目20个。"
EVIDENCE = quote(TEXT, 0, len(TEXT))
DRAFT = {"figure": "f1", "name": "新签约项目数", "value": 20, "unit": "个", "comparator": "=", "measure": "level", "status": "target"}  # fmt: skip


def goal(**other: Any) -> Goal:
    fields = {"id": "g1", "segment": "s1", "statement": TEXT, "category": "investment", "evidence": (EVIDENCE,)}
    return Goal(**{**fields, "origin": "rules", **other})


def deadline(**other: Any) -> Deadline:
    fields = {"id": "d1", "segment": "s1", "text": quote(TEXT, 5, 7), "relation": "during", "precision": "year"}
    return Deadline(**{**fields, "evidence": (EVIDENCE,), "origin": "rules", **other})


def extraction(**records: Any) -> Extraction:
    document = Document(
        id="sha256:" + "0" * 64, source="a.txt", script="Hans", encoding="utf-8", length=len(TEXT), segments=()
    )
    run = Run(engine="offline", started="2024-03-02T08:00:00Z", seconds=0, figures_explained=1)
    return Extraction(document=document, run=run, **records)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_runs_forward_from_inside_the_text(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        Span(start=start, end=end)


def test_half_open_spans_that_touch_do_not_overlap() -> None:
    assert Span(start=0, end=3).overlaps(Span(start=2, end=4))
    assert not Span(start=0, end=3).overlaps(Span(start=3, end=4))


def test_a_quote_is_as_long_as_its_span() -> None:
    with pytest.raises(ValidationError, match="2 characters"):
        Quote(start=0, end=3, quote="青岭")


def test_a_quote_counts_code_points_not_bytes_or_halves() -> None:
    assert quote("𠮷岭5个", 0, 2).quote == "𠮷岭"


@pytest.mark.parametrize(
    "record", [EVIDENCE, goal(), deadline(), extraction()], ids=lambda record: type(record).__name__
)
def test_records_are_frozen_and_refuse_what_they_do_not_know(record: Any) -> None:
    field = next(iter(type(record).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, field, getattr(record, field))
    with pytest.raises(ValidationError, match="Extra inputs"):
        type(record).model_validate(dict(record) | {"colour": "red"})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2207.96", "2207.96"),
        ("220796000000", "220796000000"),
        ("220796000000.00", "220796000000"),
        ("80", "80"),
        ("8E+1", "80"),
        ("0.1", "0.1"),
        ("66.67", "66.67"),
        ("1234567890123456789", "1234567890123456789"),
    ],
)
def test_numbers_are_written_as_plain_json_numbers_and_stay_exact(value: str, written: str) -> None:
    text = Normalized(value=Decimal(value), unit="CNY").model_dump_json()

    assert text == f'{{"value":{written},"value_max":null,"unit":"CNY"}}'


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
@settings(deadline=None)
def test_a_number_survives_the_way_through_json(value: Decimal) -> None:
    sent = Normalized(value=value, unit="CNY")

    assert Normalized.model_validate_json(sent.model_dump_json()).value == value
    assert Decimal(str(as_json_number(value))) == value


@pytest.mark.parametrize("day", ["2024", "2024-2-3", "2024年2月", "20240203", "2024-02-03T00:00"])
def test_days_are_written_in_full(day: str) -> None:
    with pytest.raises(ValidationError):
        Period(end=day)


def test_a_day_that_the_calendar_does_not_know_is_kept_for_the_checks() -> None:
    assert Period(end="2024-02-30").end == "2024-02-30"


def test_no_two_records_carry_one_id() -> None:
    with pytest.raises(ValidationError, match="one id"):
        extraction(goals=(goal(), goal()))
    with pytest.raises(ValidationError, match="one id"):
        extraction(goals=(goal(id="x1"),), deadlines=(deadline(id="x1"),))
    assert len(extraction(goals=(goal(), goal(id="g2"))).goals) == 2


def test_the_contract_names_its_version_first_and_takes_its_own_json() -> None:
    whole = extraction(goals=(goal(),), deadlines=(deadline(),))
    text = whole.model_dump_json()

    assert next(iter(json.loads(text).items())) == ("schema", "policy-targets/1")
    assert Extraction.model_validate_json(text) == whole


def test_another_version_is_refused() -> None:
    with pytest.raises(ValidationError):
        Extraction.model_validate(extraction().model_dump() | {"schema": "policy-targets/2"})


def test_the_published_schema_is_the_one_that_the_models_make() -> None:
    assert PUBLISHED.read_text("utf8") == schema_text()


def test_a_draft_without_a_context_is_held_against_its_shape_alone() -> None:
    assert ChunkDraft.model_validate({"metrics": [DRAFT | {"figure": "f99"}]}).metrics[0].figure == "f99"
    with pytest.raises(ValidationError):
        ChunkDraft.model_validate({"metrics": [DRAFT | {"comparator": "≥"}]})


def test_a_record_that_does_not_fit_is_put_aside_with_a_line_on_each_field_and_the_others_stay() -> None:
    refused: list[Refused] = []
    reply = {"metrics": [DRAFT, DRAFT | {"comparator": "≥", "value": "many"}], "goals": [{"statement": "x"}]}
    draft = ChunkDraft.model_validate(reply, context={"refused": refused})

    assert [len(part) for part in (draft.metrics, draft.goals)] == [1, 0]
    assert [(item.part, item.number) for item in refused] == [("metrics", 1), ("goals", 0)]
    assert [line.split(":")[0] for line in refused[0].problems] == ["value", "comparator"]
    assert refused[1].record == {"statement": "x"}


@pytest.mark.parametrize("reply", [{"metrics": "many"}, {"metrics": {"figure": "f1"}}, [], "x"])
def test_a_reply_that_is_no_draft_at_all_is_refused_whole(reply: object) -> None:
    refused: list[Refused] = []
    with pytest.raises(ValidationError):
        ChunkDraft.model_validate(reply, context={"refused": refused})

    assert refused == []


@pytest.mark.parametrize("blank", ["", " ", "null", "None", None])
def test_what_a_model_leaves_blank_is_left_out(blank: str | None) -> None:
    metric = MetricDraft.model_validate(DRAFT | {"direction": blank, "deadline": blank, "period": blank})

    assert (metric.direction, metric.deadline, metric.period) == (None, None, None)


def test_what_a_model_adds_of_its_own_is_ignored() -> None:
    assert MetricDraft.model_validate(DRAFT | {"remark": "sure"}) == MetricDraft.model_validate(DRAFT)


@pytest.mark.parametrize("period", ["2024-01-01/2024-12-31", "/2024-12-31", "2024-01-01/", "/"])
def test_a_period_of_a_draft_is_open_at_either_end(period: str) -> None:
    assert MetricDraft(**DRAFT, period=period).period == period


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("2024", "2024-01-01/2024-12-31"),
        ("2021/2025", "2021-01-01/2025-12-31"),
        ("2024-02", "2024-02-01/2024-02-29"),
        ("2024-01/2024-06", "2024-01-01/2024-06-30"),
        ("2024-05-31", "2024-05-31/2024-05-31"),
        ("2024-01-01/2024-04-20", "2024-01-01/2024-04-20"),
        ("/2025", "/2025-12-31"),
        ("2024-03/", "2024-03-01/"),
    ],
)
def test_a_period_may_name_years_or_months_and_is_kept_in_days_and_written_short_again(short: str, whole: str) -> None:
    metric = MetricDraft(**DRAFT, period=short)

    assert metric.period == whole
    assert MetricDraft.model_validate_json(metric.model_dump_json()) == metric
    assert json.loads(metric.model_dump_json())["period"] in (short, whole)


@pytest.mark.parametrize("period", ["2024年", "24-01-01", "2024-1", "2024-01-01/2024-12-31/", "上半年"])
def test_a_period_of_a_draft_in_other_words_is_refused(period: str) -> None:
    with pytest.raises(ValidationError):
        MetricDraft(**DRAFT, period=period)


@pytest.mark.parametrize("period", ["2024-13", "2024-02-30/2024-02-31", "0000"])
def test_an_impossible_period_is_kept_for_the_check_that_reports_it(period: str) -> None:
    assert MetricDraft(**DRAFT, period=period).period


@given(st.dates(), st.dates())
def test_every_period_of_days_survives_being_written_short(start: date, end: date) -> None:
    period = f"{start.isoformat()}/{end.isoformat()}"
    metric = MetricDraft(**DRAFT, period=period)

    assert MetricDraft.model_validate_json(metric.model_dump_json()).period == period


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024年3月5日", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024年3月", "2024-03"),
        ("2024", "2024"),
        ("去年", None),
        ("", None),
    ],
)
def test_a_date_of_a_head_is_read_in_any_writing_and_what_is_none_is_left_out(written: str, read: str | None) -> None:
    assert HeadDraft(segment="s1", published=written).published == read


@pytest.mark.parametrize(("written", "read"), [(2024, 2024), ("2024年", 2024), ("今年", None), (24, None)])
def test_a_year_of_a_head_is_read_in_any_writing(written: object, read: int | None) -> None:
    assert HeadDraft.model_validate({"segment": "s1", "year": written}).year == read


def test_a_limit_may_be_written_as_its_bare_tag() -> None:
    draft = ChunkDraft.model_validate({"deadlines": ["t3", {"time": "t4", "responsible": ["市工信局"]}]})

    assert [(limit.time, limit.responsible) for limit in draft.deadlines] == [("t3", ()), ("t4", ("市工信局",))]


def test_the_shape_that_a_model_is_shown_is_lean_and_holds_every_choice() -> None:
    shape = ChunkDraft.model_json_schema()
    text = json.dumps(shape)

    assert '"default"' not in text
    assert '"null"' not in text
    assert [part for part in shape["$defs"].values() if "title" in part or "description" in part] == []
    assert "department" not in shape["$defs"]["ProjectDraft"]["properties"]
    assert shape["$defs"]["MetricDraft"]["properties"]["measure"]["enum"] == list(get_args(get_args(Measure)[0]))
    assert set(shape["$defs"]["ProjectDraft"]["required"]) == {"name", "clauses"}
