"""The rules of what is sent back to a model: real contradictions alone, for a needless question costs a right answer."""

import re
from typing import Any

import pytest

from extractor.analysis import analyse, label
from extractor.engines.judging import problems
from extractor.engines.readings import CUES
from extractor.outline.chunks import cut_chunks
from extractor.teaching.learning import exercises
from prompts import EXTRACT, read_prompt
from schemas.draft import ChunkDraft
from tests.endpoint import Body
from tests.teaching import taught
from tests.test_model_engine import OUTPUT, SIGNED, WHOLE, answered, asked, metric_at, settled

LEVEL = {"name": "投资", "comparator": "=", "measure": "level", "status": "target"}


def asked_of(raw: str, figure: str, **said: Any) -> tuple[str, ...]:
    """What would be sent back of one metric whose figure is the hit with these words, or is quoted so."""
    analysis = analyse(raw)
    [chunk] = cut_chunks(analysis.outline, analysis.hits)
    tags = {hit.text: label(index, hit) for index, hit in enumerate(analysis.hits) if hit.role in (None, "time")}
    if "deadline" in said:
        said["deadline"] = tags[said["deadline"]]
    metric = LEVEL | {"figure": tags.get(figure, figure)} | said
    found = problems(analysis, chunk, ChunkDraft.model_validate({"metrics": [metric]}))
    return tuple(message for problem in found for message in problem.messages)


@pytest.mark.parametrize(
    ("raw", "figure", "value", "unit"),
    [
        ("项目投资5000万。", "5000万", 5000, "万元"),
        ("完成投资150万。", "150万", 150, "万元"),
        ("完成投资150万元。", "150万元", 1500000, "元"),
        ("人均收入四万二千元。", "四万二千元", 42000, "元"),
        ("收购价12.5元/公斤。", "12.5元/公斤", 12.5, "元"),
        ("收购价12.5元/公斤。", "12.5元/公斤", 12.5, "元/公斤"),
        ("产值达到 1 20亿元。", "20亿元", 120, "亿元"),
        ("人均产值(万元)4.\n83 7.95。", "4.\n83", 4.83, "万元"),
        ("新增装机20万千瓦。", "20万千瓦", 200, "兆瓦"),
        ("新开72个教学班。", "72个", 72, "个教学班"),
        ("配比3:1。", "3:1", 3, ":1"),
        ("建成智算中心500P算力。", "500P", 500, "P"),
        ("算力规模500P,居前列。", "500P", 500, "P"),
        ("三次产业比为9.4:59.9:30.7。", "59.9", 59.9, "%"),
        ("进出口下降-0.7%。", "-0.7%", 0.7, "%"),
        ("增幅-0.7%。", "-0.7%", -0.7, "%"),
    ],
)
def test_a_reading_that_the_text_bears_is_not_asked_about(raw: str, figure: str, value: float, unit: str) -> None:
    assert asked_of(raw, figure, value=value, unit=unit) == ()


@pytest.mark.parametrize(
    ("raw", "figure", "value", "unit"),
    [
        ("完成投资34亿元。", "34亿元", 34, "万元"),
        ("完成投资34亿元。", "34亿元", 34, "元"),
        ("完成投资34亿元。", "34亿元", 43, "亿元"),
        ("提高2个百分点。", "2个百分点", 2, "%"),
        ("投资5000万。", "5000万", 5000, "亿元"),
        ("人均收入四万二千元。", "四万二千元", 42, "元"),
        ("装机20万千瓦。", "20万千瓦", 20, "千瓦"),
    ],
)
def test_another_number_scale_or_unit_is_asked_about(raw: str, figure: str, value: float, unit: str) -> None:
    assert [message.split(":")[0] for message in asked_of(raw, figure, value=value, unit=unit)] == ["value、unit"]


@pytest.mark.parametrize(
    ("raw", "figure", "comparator"),
    [
        ("产值迈上100亿元台阶。", "100亿元", "="),
        ("产值跨越100亿元。", "100亿元", ">="),
        ("产值逾100亿元。", "100亿元", "="),
        ("产值超过100亿元以上。", "100亿元", ">="),
    ],
)
def test_a_comparator_is_asked_for_only_by_words_that_the_prompt_lists(raw: str, figure: str, comparator: str) -> None:
    assert asked_of(raw, figure, value=100, unit="亿元", comparator=comparator) == ()


@pytest.mark.parametrize(
    ("raw", "told"),
    [("产值超过100亿元。", ">"), ("产值100亿元以上。", ">="), ("产值近100亿元。", "~"), ("产值不足100亿元。", "<")],
)
def test_a_comparator_that_the_prompt_lists_is_asked_for(raw: str, told: str) -> None:
    [message] = asked_of(raw, "100亿元", value=100, unit="亿元")

    assert message.endswith(f"应是 {told}")


@pytest.mark.parametrize("sign", [sign for sign in CUES if sign != "range"])
def test_every_word_that_a_comparator_is_asked_for_by_stands_in_the_prompt(sign: str) -> None:
    [listed] = re.findall(r"^- comparator:(.*)$", read_prompt(EXTRACT).text, re.MULTILINE)
    by_sign = {mark: words for words, mark in re.findall(r"([^;]*?) ?`([^`]+)`", listed)}

    assert all(word in by_sign[sign] for word in CUES[sign].pattern.split("|"))  # type: ignore[index]


@pytest.mark.parametrize(
    "name", ["经济增长", "地区生产总值增长率", "工业增加值年均增速", "“稳增长”项目数", "人口自然增长率", "增长极项目数"]
)
def test_a_proper_name_may_hold_the_word_growth(name: str) -> None:
    assert asked_of("签约项目20个。", "20个", value=20, unit="个", name=name) == ()


@pytest.mark.parametrize("name", ["税收同比", "税收同比增长", "工业总产值增长", "税收较上年增速"])
def test_a_name_that_ends_in_a_comparison_is_asked_about(name: str) -> None:
    assert len(asked_of("签约项目20个。", "20个", value=20, unit="个", name=name)) == 1


@pytest.mark.parametrize(
    ("raw", "deadline"),
    [
        ("项目投资20亿元,工期3年。", "3年"),
        ("三年内完成投资20亿元。", "三年"),
        ("两年攻坚,完成投资20亿元。", "两年"),
    ],
)
def test_every_time_that_is_shown_with_a_tag_may_be_a_deadline(raw: str, deadline: str) -> None:
    assert asked_of(raw, "20亿元", value=20, unit="亿元", deadline=deadline) == ()


def test_a_year_to_compare_with_sets_no_period() -> None:
    raw = "按2010年价格计算完成投资20亿元。"

    assert asked_of(raw, "20亿元", value=20, unit="亿元", period="2015") == ()


@pytest.mark.parametrize("documents", ["seeds", "practice", "field"])
def test_nothing_is_asked_about_the_right_answers_to_our_documents(documents: str) -> None:
    asked_about = [
        (document.document, problem.messages)
        for document in taught(documents, "corrected")
        for exercise in exercises(document.raw, document.extraction)
        for problem in problems(exercise.excerpt.analysis, exercise.excerpt.chunk, exercise.draft)
    ]

    assert asked_about == []


# the second word


def second(wrong: Body, mended: Body) -> tuple[Any, list[Body]]:
    return answered(WHOLE | {"metrics": [OUTPUT | wrong, SIGNED]}, {"metrics": [OUTPUT | mended]})


def test_a_second_answer_with_more_wrong_than_the_first_does_not_replace_it() -> None:
    result, _ = second({"name": "工业总产值同比"}, {"value": 99, "unit": "个", "deadline": "t99"})

    assert metric_at(result, "310亿元").name == "工业总产值同比"
    assert settled(result) == (1, 1, 0)


def test_a_second_answer_with_the_same_wrong_does_not_replace_the_first() -> None:
    result, _ = second({"unit": "万元"}, {"unit": "万元", "name": "产值"})

    assert metric_at(result, "310亿元").name == "规上工业总产值"


def test_a_second_answer_as_good_as_the_first_counts_where_what_was_asked_about_is_mended() -> None:
    result, _ = second({"unit": "万元"}, {"name": "工业总产值同比"})

    assert (metric_at(result, "310亿元").unit, metric_at(result, "310亿元").name) == ("亿元", "工业总产值同比")


def test_a_metric_asked_about_for_its_name_alone_cannot_be_taken_back() -> None:
    wrong = WHOLE | {"metrics": [OUTPUT | {"name": "工业总产值同比"}, SIGNED]}
    result, _ = answered(wrong, {"others": [{"figures": ["f4"], "role": "context"}]})

    assert metric_at(result, "310亿元").name == "工业总产值同比"


def test_a_worse_goal_or_project_does_not_replace_the_first() -> None:
    goal = WHOLE["goals"][0] | {"deadlines": ["t88"]}
    result, bodies = answered(
        WHOLE | {"goals": [goal]}, {"goals": [goal | {"clauses": [77], "metrics": ["f7"], "statement": "另一句"}]}
    )

    assert "t88" in asked(bodies[1])
    assert [goal.statement for goal in result.goals] == ["全年新签约亿元以上项目20个"]
