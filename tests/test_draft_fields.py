"""The rules of what a draft says beside values: who answers, who acts, what is repeated and why, the words of a target."""

from typing import Any

import pytest

from extractor.analysis import analyse, label
from extractor.assemble import Records, assemble
from extractor.assemble.heads import with_heads
from extractor.engines import Drafted
from extractor.outline.chunks import cut_chunks
from schemas.draft import ChunkDraft
from tests.test_model_engine import OUTPUT, SIGNED, WHOLE, answered

TEXT = (
    "青岭高新区签约项目20个\n\n"
    "青岭高新区力争全年签约项目20个(市投资局牵头,市财政局配合)。总投资12亿元的远航电池项目6月底前开工(市工信局负责)。\n"
)
METRIC = {"name": "签约项目数", "value": 20, "unit": "个", "comparator": "=", "measure": "level", "status": "target"}


def made(raw: str, draft: dict[str, Any]) -> Records:
    """Of a draft in which «20个#1» stands for the tag of the second hit with these words, «20个» for that of the first."""
    analysis = analyse(raw)
    tags: dict[str, str] = {}
    for index, hit in enumerate(analysis.hits):
        seen = sum(name.split("#")[0] == hit.text for name in tags)
        tags[f"{hit.text}#{seen}" if seen else hit.text] = label(index, hit)

    def tagged(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: tagged(value) for name, value in node.items()}
        if isinstance(node, list):
            return [tagged(item) for item in node]
        return tags.get(node, node) if isinstance(node, str) else node

    [chunk] = cut_chunks(analysis.outline, analysis.hits)
    drafted = [Drafted(chunk, ChunkDraft.model_validate(tagged(draft)), "llm")]
    return assemble(with_heads(analysis, drafted), drafted)


# who answers


def test_organs_charged_stand_on_every_kind_of_record_and_on_the_limit_that_they_share() -> None:
    organs = ["市投资局", "市财政局"]
    clause = [2]
    records = made(
        TEXT,
        {
            "metrics": [METRIC | {"figure": "20个#1", "deadline": "全年", "responsible": organs}],
            "goals": [
                {"statement": "签约项目20个", "category": "investment", "clauses": clause, "metrics": ["20个#1"], "deadlines": ["全年"], "responsible": organs}
            ],
            "projects": [{"name": "远航电池项目", "clauses": [2], "deadline": "6月底", "responsible": ["市工信局"]}],
        },
    )  # fmt: skip
    [metric], [goal], [project] = records.metrics, records.goals, records.projects

    assert metric.responsible == goal.responsible == tuple(organs)
    assert (project.responsible, project.department) == (("市工信局",), "市工信局")
    assert {limit.text.quote: limit.responsible for limit in records.deadlines} == {
        "全年": tuple(organs),
        "6月底前": ("市工信局",),
    }


def test_a_limit_that_records_of_several_organs_share_has_none_of_its_own() -> None:
    records = made(
        TEXT,
        {
            "metrics": [METRIC | {"figure": "20个#1", "deadline": "全年", "responsible": ["市投资局"]}],
            "projects": [{"name": "远航电池项目", "clauses": [2], "deadline": "全年", "responsible": ["市工信局"]}],
        },
    )

    assert [limit.responsible for limit in records.deadlines] == [()]


def test_a_limit_without_a_record_names_its_organs_itself() -> None:
    records = made(TEXT, {"deadlines": [{"time": "6月底", "responsible": ["市工信局", "市工信局", " "]}]})

    assert [limit.responsible for limit in records.deadlines] == [("市工信局",)]


def test_an_organ_that_the_text_does_not_hold_is_a_finding_and_not_kept() -> None:
    records = made(TEXT, {"metrics": [METRIC | {"figure": "20个", "responsible": ["市投资局", "省环保厅"]}]})
    [finding] = records.lost

    assert records.metrics[0].responsible == ("市投资局",)
    assert (finding.code, "省环保厅" in finding.message) == ("quote-not-found", True)


def test_two_statements_on_one_project_join_their_organs() -> None:
    project = {"name": "远航电池项目", "clauses": [2]}
    records = made(
        TEXT,
        {"projects": [project | {"responsible": ["市工信局"]}, project | {"responsible": ["市工信局", "市财政局"]}]},
    )

    assert [project.responsible for project in records.projects] == [("市工信局", "市财政局")]


# who acts


def test_an_actor_that_the_text_does_not_hold_leaves_the_segments_and_is_a_finding() -> None:
    records = made(TEXT, {"metrics": [METRIC | {"figure": "20个", "actor": "松岭县"}]})

    assert records.metrics[0].actor == records.segments[0].actor == "青岭高新区"
    assert [finding.code for finding in records.lost] == ["quote-not-found"]


def test_an_actor_below_the_segments_is_kept() -> None:
    raw = "青岭高新区召开会议。远航公司签约项目20个。\n"

    assert made(raw, {"metrics": [METRIC | {"figure": "20个", "actor": "远航公司"}]}).metrics[0].actor == "远航公司"


# what is said again


def roles(records: Records) -> list[tuple[str, str, str | None, str | None]]:
    return [(line.text, line.role, line.record, line.why) for line in records.figures if line.text == "20个"]


@pytest.mark.parametrize("named", [{"repeats": "20个#1"}, {}], ids=["named", "found by its value"])
def test_a_figure_said_again_has_the_record_that_it_repeats(named: dict[str, str]) -> None:
    draft = {
        "metrics": [METRIC | {"figure": "20个#1"}],
        "others": [{"figures": ["20个"], "role": "repeat", "why": "标题"} | named],
    }
    records = made(TEXT, draft)

    assert roles(records) == [("20个", "repeat", "m1", "标题"), ("20个", "metric", "m1", None)]


def test_a_figure_of_a_project_may_be_said_again_too() -> None:
    raw = "远航电池项目总投资12亿元。青岭高新区的远航电池项目,投资12亿元。\n"
    draft = {
        "projects": [{"name": "远航电池项目", "clauses": [0], "total_investment": "12亿元"}],
        "others": [{"figures": ["12亿元#1"], "role": "repeat", "repeats": "12亿元"}],
    }

    assert [(line.role, line.record) for line in made(raw, draft).figures] == [("project", "p1"), ("repeat", "p1")]


def test_a_repetition_of_nothing_explains_nothing() -> None:
    draft = {"others": [{"figures": ["20个"], "role": "repeat"}]}

    assert [role for _, role, _, _ in roles(made(TEXT, draft))] == ["unexplained", "unexplained"]


def test_the_reason_of_a_role_stands_in_the_ledger() -> None:
    draft = {"others": [{"figures": ["20个"], "role": "context", "why": "旧值"}]}

    assert roles(made(TEXT, draft))[0] == ("20个", "context", None, "旧值")


# values


@pytest.mark.parametrize(
    ("measure", "value", "told"),
    [("growth", -0.7, (0.7, "down")), ("change", -0.7, (0.7, "down")), ("level", -0.7, (-0.7, None))],
)
def test_a_change_is_kept_without_its_sign_and_goes_down(measure: str, value: float, told: tuple[float, str]) -> None:
    metric = METRIC | {"figure": "-0.7%", "value": value, "unit": "%", "measure": measure, "status": "actual"}
    [kept] = made("青岭高新区税收增幅-0.7%。\n", {"metrics": [metric]}).metrics

    assert (float(kept.value), kept.direction) == told


def test_the_parts_of_a_ratio_are_shares_each_in_its_place() -> None:
    raw = "青岭高新区增加值占59.9%,三次产业比为9.4:59.9:30.7。\n"
    parts = ["9.4", "59.9", "30.7"]
    metrics = [METRIC | {"figure": part, "value": float(part), "unit": "%", "measure": "share"} for part in parts]
    records = made(raw, {"metrics": metrics})

    assert [metric.figure.quote for metric in records.metrics] == parts
    assert records.metrics[1].figure.start == raw.rindex("59.9")
    assert records.lost == ()


def test_a_quoted_number_is_not_found_inside_a_longer_one() -> None:
    records = made("青岭高新区去年签约项目120个。\n", {"metrics": [METRIC | {"figure": "20"}]})

    assert (records.metrics, len(records.lost)) == ((), 1)


# the words of a target


@pytest.mark.parametrize(
    ("raw", "figure", "wording"),
    [
        ("青岭高新区力争全年增长8%左右。", "8%", ("力争", "左右")),
        ("青岭高新区确保完成投资20亿元以上。", "20亿元", ("确保", "以上")),
        ("青岭高新区努力确保签约项目不低于20个。", "20个", ("努力", "确保", "不低于")),
        ("青岭高新区力争税收增长5%,投资完成20亿元。", "20亿元", ("力争",)),
        ("青岭高新区力争税收增长5%;投资完成20亿元。", "20亿元", ()),
        ("青岭高新区确保税收增长5%,力争投资超20亿元。", "20亿元", ("力争", "超")),
    ],
)
def test_the_words_that_make_a_target_firm_or_soft_are_read_from_the_text(
    raw: str, figure: str, wording: tuple[str, ...]
) -> None:
    assert made(raw, {"metrics": [METRIC | {"figure": figure}]}).metrics[0].wording == wording


def test_a_result_has_no_such_words() -> None:
    raw = "青岭高新区确保完成投资20亿元以上。"

    assert made(raw, {"metrics": [METRIC | {"figure": "20亿元", "status": "actual"}]}).metrics[0].wording == ()


# through the engine


def test_a_duration_with_a_tag_is_a_limit_without_dates() -> None:
    raw = "青岭高新区签约项目20个,工期3年。\n"
    draft = {"projects": [{"name": "项目", "clauses": [0], "deadline": "3年"}]}
    [limit] = made(raw, draft).deadlines

    assert (limit.text.quote, limit.start, limit.end) == ("3年", None, None)


def test_a_repetition_that_a_model_names_needs_no_second_request() -> None:
    again = {"figures": ["f6"], "role": "repeat", "repeats": "f7"}
    result, bodies = answered(WHOLE | {"metrics": [OUTPUT, SIGNED], "others": [again]})

    assert len(bodies) == 1
    assert {figure.text: (figure.role, figure.record) for figure in result.figures}["亿元"] == ("repeat", "m2")
