"""The rules of the model engine, against a scripted endpoint on this machine. The replies are written by hand."""

import asyncio
import re
from collections.abc import Callable
from hashlib import sha256
from threading import Barrier
from typing import Any

import pytest
from pydantic import SecretStr

from extractor.analysis import analyse
from extractor.engines.model import ModelEngine
from extractor.llm.client import Client, Endpoint
from extractor.outline.chunks import cut_chunks
from extractor.pipeline import extract
from extractor.reading import Source
from prompts import EXTRACT, read_prompt, run_digest
from schemas import Extraction
from schemas.base import Period
from schemas.document import FollowUps
from schemas.metric import Metric
from tests.endpoint import Body, Scripted, ScriptedEndpoint, called, refused, serving

# [2]<t3>2023年</t3> [3]…<f4>310亿元</f4>。 [4]力争<t5>全年</t5>新签约<f6>亿元</f6>以上项目<f7>20个</f7>。 [5]总投资<f8>12亿元</f8>的…<t9>6月底</t9>前开工。
TEXT = (
    "青岭高新区召开2024年工作会议\n2024-02-20\n"
    "2023年,规上工业总产值完成310亿元。\n力争全年新签约亿元以上项目20个。总投资12亿元的远航电池项目6月底前开工。\n"
)
OUTPUT = {"figure": "f4", "name": "规上工业总产值", "value": 310, "unit": "亿元", "comparator": "=", "measure": "level", "status": "actual", "period": "2023-01-01/2023-12-31"}  # fmt: skip
SIGNED = {"figure": "f7", "name": "新签约亿元以上项目数", "value": 20, "unit": "个", "comparator": "=", "measure": "level", "status": "target", "period": "2024-01-01/2024-12-31", "deadline": "t5"}  # fmt: skip
GOAL = {"statement": "全年新签约亿元以上项目20个", "category": "investment", "clauses": [4], "metrics": ["f7"], "deadlines": ["t5"]}  # fmt: skip
PROJECT = {"name": "远航电池项目", "stage": "planned", "target_stage": "starting", "deadline": "t9", "total_investment": "f8", "clauses": [5]}  # fmt: skip
CLASS = {"figures": ["f6"], "role": "qualifier"}
WHOLE: Body = {"metrics": [OUTPUT, SIGNED], "goals": [GOAL], "projects": [PROJECT], "others": [CLASS]}

SECTIONS = ("一、总体要求", "二、主要目标")
LONG = (
    f"青岭高新区2024年工作要点\n{SECTIONS[0]}\n" + "抓好产业发展。" * 300 + "远航电池项目总投资12亿元。\n"
    f"{SECTIONS[1]}\n" + "抓好科技创新。" * 300 + "远航电池项目6月底前开工。\n"
)


def run(endpoint: ScriptedEndpoint, raw: str = TEXT, **options: Any) -> Extraction:
    async def no_pause(_: float) -> None:
        pass

    async def running() -> Extraction:
        digest = f"sha256:{sha256(raw.encode()).hexdigest()}"
        source = Source("a.txt", "a", digest, raw, "utf-8", None, None, None, "Hans")
        given = Endpoint(base_url=endpoint.url, model="small", api_key=SecretStr("none"), **{"mode": "tools"} | options)
        async with Client(given, sleep=no_pause) as client:
            return await extract(source, ModelEngine(client))

    return asyncio.run(running())


def answered(*replies: Any, raw: str = TEXT, **options: Any) -> tuple[Extraction, list[Body]]:
    """What comes of these replies, one a request, and the requests; every reply is used."""
    with serving(*(called(reply) if isinstance(reply, dict | str) else reply for reply in replies)) as endpoint:
        result = run(endpoint, raw, **options)
    assert len(endpoint.bodies) == len(replies)
    return result, endpoint.bodies


def asked(body: Body) -> str:
    """The chunk as the model was shown it."""
    return next(message["content"] for message in body["messages"] if message["role"] == "user")


def settled(result: Extraction) -> tuple[int, int, int]:
    """How many second requests there were, what they asked, and how much of that they settled."""
    spent = result.run.follow_ups
    assert spent
    return spent.requests, spent.asked, spent.settled


def codes(result: Extraction) -> list[str]:
    return [finding.code for finding in result.checks]


def metric_at(result: Extraction, figure: str) -> Metric:
    [found] = [metric for metric in result.metrics if metric.figure.quote == figure]
    return found


# one reply


def test_ids_become_records_with_their_places_in_the_text() -> None:
    result, _ = answered(WHOLE)
    signed = metric_at(result, "20个")

    assert (signed.value, signed.unit, signed.origin) == (20, "个", "llm")
    assert TEXT[signed.figure.start : signed.figure.end] == "20个"
    assert [part.quote for part in signed.evidence] == ["力争全年新签约亿元以上项目20个"]
    assert [goal.metrics for goal in result.goals] == [(signed.id,)]
    assert signed.goal == result.goals[0].id
    assert (result.run.engine, result.run.model, result.run.complete) == ("llm", "small", True)
    assert result.run.prompt == run_digest()
    assert result.run.follow_ups is None


def test_a_project_has_its_investment_and_a_deadline_that_names_it() -> None:
    result, _ = answered(WHOLE)
    [project] = result.projects
    deadlines = {deadline.id: deadline for deadline in result.deadlines}

    assert project.total_investment
    assert project.total_investment.figure.quote == "12亿元"
    assert project.deadline
    assert deadlines[project.deadline].end == "2024-06-30"
    assert deadlines[project.deadline].applies_to == (project.id,)


def test_every_hit_that_the_model_explained_is_explained_in_the_ledger() -> None:
    result, _ = answered(WHOLE)

    assert {figure.text: figure.role for figure in result.figures} == {
        "2024年": "time",
        "2024-02-20": "time",
        "2023年": "time",
        "310亿元": "metric",
        "全年": "deadline",
        "亿元": "qualifier",
        "20个": "metric",
        "12亿元": "project",
        "6月底": "deadline",
    }
    assert result.run.figures_explained == 1


def test_the_same_value_in_other_words_keeps_the_words_of_the_text() -> None:
    result, _ = answered(WHOLE | {"metrics": [OUTPUT | {"value": 31000000000, "unit": "元"}, SIGNED]})

    assert (metric_at(result, "310亿元").value, metric_at(result, "310亿元").unit) == (310, "亿元")


def test_a_metric_belongs_to_the_first_goal_that_claims_it() -> None:
    result, _ = answered(WHOLE | {"goals": [GOAL, GOAL | {"statement": "项目签约", "metrics": ["f7", "f7"]}]})
    first, second = result.goals

    assert (metric_at(result, "20个").goal, len(first.metrics), second.metrics) == (first.id, 1, ())


def test_an_actor_that_the_model_names_is_the_segments_and_its_records() -> None:
    result, _ = answered(WHOLE | {"segments": [{"segment": "s1", "actor": "青岭市高新区"}]})

    assert {segment.actor for segment in result.document.segments} == {"青岭市高新区"}
    assert {metric.actor for metric in result.metrics} == {"青岭市高新区"}


# what is wrong goes back once


def test_an_unknown_tag_goes_back_once_and_the_second_word_counts() -> None:
    wrong = WHOLE | {"metrics": [OUTPUT | {"figure": "f99"}, SIGNED]}
    result, bodies = answered(wrong, WHOLE)

    assert '"figure":"f99"' in asked(bodies[1])
    assert "figure: 本段没有这个数字标签" in asked(bodies[1])
    assert metric_at(result, "310亿元").value == 310
    assert [metric.figure.quote for metric in result.metrics] == ["310亿元", "20个"]
    assert "quote-not-found" not in codes(result)
    assert (result.run.calls, result.run.retries) == (2, 0)
    assert settled(result) == (1, 2, 2)  # the tag, and the figure that it left open


@pytest.mark.parametrize("figure", ["t3", "t4", "f3"])
def test_a_time_or_a_mistaken_tag_is_no_figure_of_a_metric(figure: str) -> None:
    wrong = WHOLE | {"metrics": [OUTPUT | {"figure": figure}, SIGNED]}
    result, bodies = answered(wrong, {"others": [{"figures": ["f4"], "role": "context"}]})

    assert "figure: 本段没有这个数字标签" in asked(bodies[1])
    assert any(repr(figure) in finding.message for finding in result.checks if finding.code == "quote-not-found")
    assert [metric.figure.quote for metric in result.metrics] == ["20个"]
    assert settled(result) == (1, 2, 1)
    assert {figure.text: figure.role for figure in result.figures}["2023年"] == "time"


@pytest.mark.parametrize("tag", ["t99", "f7", "t0", "6月底"])
def test_a_deadline_that_names_no_time_of_the_text_is_a_finding(tag: str) -> None:
    wrong = WHOLE | {"metrics": [OUTPUT, SIGNED | {"deadline": tag}], "goals": []}
    result, bodies = answered(wrong, wrong)

    assert f"deadline: {tag}: 本段没有这个时间标签" in asked(bodies[1])
    [finding] = [finding for finding in result.checks if finding.code == "quote-not-found"]
    assert repr(tag) in finding.message
    assert [deadline.text.quote for deadline in result.deadlines] == ["6月底前"]


def test_an_unknown_tag_that_stays_is_a_finding_and_the_rest_is_kept() -> None:
    wrong = WHOLE | {"metrics": [OUTPUT | {"figure": "f99"}, SIGNED]}
    result, _ = answered(wrong, wrong)

    [finding] = [finding for finding in result.checks if finding.code == "quote-not-found"]
    assert "f99" in finding.message
    assert [metric.figure.quote for metric in result.metrics] == ["20个"]
    assert {figure.text: figure.role for figure in result.figures}["310亿元"] == "unexplained"
    assert result.run.complete
    assert settled(result) == (1, 2, 0)


def test_a_value_that_differs_from_the_text_goes_back_and_then_is_a_finding() -> None:
    wrong = WHOLE | {"metrics": [OUTPUT | {"unit": "万元"}, SIGNED]}
    result, bodies = answered(wrong, wrong)

    assert "value、unit: 原文是「310亿元」,你写的是 310万元" in asked(bodies[1])
    [finding] = [finding for finding in result.checks if finding.code == "value-mismatch"]
    assert finding.records == (metric_at(result, "310亿元").id,)
    assert metric_at(result, "310亿元").unit == "万元"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"goals": [GOAL | {"clauses": [77]}]}, "clauses: 本段没有句段 77"),
        ({"projects": [PROJECT | {"clauses": [77]}]}, "clauses: 本段没有句段 77"),
        ({"projects": [PROJECT | {"clauses": []}]}, "clauses: 要写依据的句段编号"),
        ({"projects": [PROJECT | {"annual_investment": "f99"}]}, "annual_investment: f99: 本段没有这个数字标签"),
        ({"projects": [PROJECT | {"deadline": "f8"}]}, "deadline: f8: 本段没有这个时间标签"),
        ({"goals": [GOAL | {"deadlines": ["t88"]}]}, "deadline: t88: 本段没有这个时间标签"),
        ({"goals": [GOAL | {"metrics": ["f7", "f8"]}]}, "metrics: f8 不在你给的指标里"),
        (
            {"metrics": [OUTPUT, SIGNED | {"name": "新签约项目数同比"}]},
            "name: 「新签约项目数同比」里不应有增长、同比等词",
        ),
    ],
)
def test_whatever_a_chunk_does_not_hold_is_named_in_what_goes_back(wrong: Body, told: str) -> None:
    result, bodies = answered(WHOLE | wrong, WHOLE)

    assert told in asked(bodies[1])
    assert len(result.metrics) == 2
    assert settled(result) == (1, 1, 1)
    assert result == answered(WHOLE, raw=TEXT)[0].model_copy(update={"run": result.run})


def test_a_period_against_the_year_of_its_clause_goes_back() -> None:
    raw = "青岭高新区2024年签约项目20个。\n"
    draft = {"figure": "f2", "name": "签约项目数", "value": 20, "unit": "个", "comparator": "=", "measure": "level", "status": "actual", "period": "2023-01-01/2023-12-31"}  # fmt: skip
    result, bodies = answered({"metrics": [draft]}, {"metrics": [draft | {"period": "2024-01-01/2024-12-31"}]}, raw=raw)

    assert "period: 句中写的是2024年,你写的是 2023-01-01/2023-12-31" in asked(bodies[1])
    assert result.metrics[0].period == Period(start="2024-01-01", end="2024-12-31")


def test_only_what_is_wrong_goes_back_with_just_its_sentences() -> None:
    wrong = WHOLE | {"metrics": [OUTPUT | {"unit": "万元"}, SIGNED]}
    _, bodies = answered(wrong, WHOLE)
    question = asked(bodies[1])

    assert "310亿元" in question
    assert "20个" not in question
    assert "远航电池" not in question
    assert [message["role"] for message in bodies[1]["messages"]] == ["system", "user"]
    assert bodies[1]["messages"][0] == bodies[0]["messages"][0]


def test_a_record_that_fits_no_schema_goes_back_alone() -> None:
    misfit = WHOLE | {"metrics": [OUTPUT, SIGNED | {"comparator": "≥"}], "goals": [GOAL | {"category": "招商"}]}
    result, bodies = answered(misfit, {"metrics": [SIGNED], "goals": [GOAL]})

    assert "comparator: Input should be '='" in asked(bodies[1])
    assert "category: Input should be 'economy'" in asked(bodies[1])
    assert result == answered(WHOLE)[0].model_copy(update={"run": result.run})


def test_a_metric_that_the_second_reply_takes_back_is_gone() -> None:
    extra = {"figure": "f6", "name": "亿元以上项目数", "value": 10000, "unit": "元", "comparator": "=", "measure": "level", "status": "target"}  # fmt: skip
    result, _ = answered(WHOLE | {"metrics": [OUTPUT, SIGNED, extra], "others": []}, {"others": [CLASS]})

    assert [metric.figure.quote for metric in result.metrics] == ["310亿元", "20个"]
    assert {figure.text: figure.role for figure in result.figures}["亿元"] == "qualifier"


def test_a_comparator_against_the_words_of_the_text_goes_back() -> None:
    raw = "青岭高新区力争签约项目20个以上。\n"
    draft = {"figure": "f1", "name": "签约项目数", "value": 20, "unit": "个", "comparator": "=", "measure": "level", "status": "target"}  # fmt: skip
    result, bodies = answered({"metrics": [draft]}, {"metrics": [draft | {"comparator": ">="}]}, raw=raw)

    assert "comparator: 「20个以上」应是 >=" in asked(bodies[1])
    assert result.metrics[0].comparator == ">="


# hits that nobody answered for


def test_unanswered_hits_go_into_one_second_request_with_just_their_sentences() -> None:
    first = {"metrics": [SIGNED], "goals": [GOAL], "others": [CLASS]}
    result, bodies = answered(first, {"metrics": [OUTPUT], "projects": [PROJECT]})
    question = asked(bodies[1])

    assert "这些数字标签还没有交代:f4、f8" in question
    assert "310亿元" in question
    assert "12亿元" in question
    assert "20个" not in question
    assert result.run.figures_explained == 1
    assert (result.run.calls, result.run.retries) == (2, 0)
    assert settled(result) == (1, 2, 2)


def test_from_the_second_reply_only_what_was_asked_for_is_taken() -> None:
    first = {"metrics": [SIGNED], "goals": [GOAL], "projects": [PROJECT]}
    extra = {"metrics": [OUTPUT, SIGNED | {"name": "项目数"}], "goals": [GOAL], "others": [CLASS]}
    result, _ = answered(first, extra)

    assert [(metric.figure.quote, metric.name) for metric in result.metrics] == [
        ("310亿元", "规上工业总产值"),
        ("20个", "新签约亿元以上项目数"),
    ]
    assert len(result.goals) == 1


def test_what_stays_open_after_the_second_request_is_unexplained() -> None:
    result, bodies = answered({"metrics": [OUTPUT, SIGNED], "goals": [GOAL], "projects": [PROJECT]}, {})
    still_open = [figure.text for figure in result.figures if figure.role == "unexplained"]

    assert len(bodies) == 2
    assert still_open == ["亿元"]
    assert "unexplained-figure" in codes(result)


def test_a_second_request_that_fails_costs_nothing_of_the_first() -> None:
    result, _ = answered({"metrics": [SIGNED], "goals": [GOAL], "others": [CLASS]}, refused(400, "no"))

    assert [metric.figure.quote for metric in result.metrics] == ["20个"]
    assert result.run.complete


def test_without_re_asks_nothing_is_sent_back() -> None:
    result, bodies = answered({"metrics": [OUTPUT | {"unit": "万元"}]}, reasks=0)

    assert len(bodies) == 1
    assert {"value-mismatch", "unexplained-figure"} <= set(codes(result))


def test_no_second_request_is_made_where_all_is_answered() -> None:
    assert len(answered(WHOLE)[1]) == 1


# figures without a tag


def test_a_figure_quoted_word_for_word_is_found_and_not_asked_for_again() -> None:
    result, bodies = answered(WHOLE | {"metrics": [OUTPUT | {"figure": "310亿元"}, SIGNED]})

    assert len(bodies) == 1
    assert metric_at(result, "310亿元").figure.start == TEXT.index("310亿元")
    assert {figure.text: figure.role for figure in result.figures}["310亿元"] == "metric"


def test_a_figure_that_the_recogniser_missed_is_quoted_and_stands_in_the_text() -> None:
    raw = "青岭高新区力争签约项目若干,新设研究院甲所。\n"
    draft = {"figure": "甲所", "name": "新设研究院数", "value": 1, "unit": "所", "comparator": "=", "measure": "level", "status": "target"}  # fmt: skip
    result, _ = answered({"metrics": [draft]}, raw=raw)

    [metric] = result.metrics
    assert raw[metric.figure.start : metric.figure.end] == metric.figure.quote == "甲所"
    assert "figure-not-in-text" in codes(result)


def test_a_quote_that_the_text_does_not_hold_is_a_finding_never_a_near_match() -> None:
    quoted = {"metrics": [OUTPUT | {"figure": "311亿元", "value": 311}, SIGNED]}
    result, _ = answered(WHOLE | quoted, {"others": [{"figures": ["f4"], "role": "context"}]})

    assert [metric.figure.quote for metric in result.metrics] == ["20个"]
    assert any("311亿元" in finding.message for finding in result.checks if finding.code == "quote-not-found")


# failures


@pytest.mark.parametrize(
    "reply",
    [
        refused(400, "no such model"),
        refused(401, "wrong key"),
        Scripted(200, b"<html>busy</html>"),
    ],
    ids=["refused", "key", "no json"],
)
def test_a_chunk_that_the_model_fails_on_is_answered_by_the_rules_and_named(reply: Any) -> None:
    result, _ = answered(reply)

    assert {metric.origin for metric in result.metrics} == {"rules"}
    assert {20, 310} <= {metric.value for metric in result.metrics}
    assert not result.run.complete
    assert [failure.split(":")[0] for failure in result.run.failed_chunks] == ["c1"]


def test_a_reply_that_was_cut_off_is_asked_for_again_in_halves() -> None:
    def reply(body: Body) -> Scripted:
        whole = asked(body)
        if all(section in whole for section in SECTIONS):
            return called('{"metrics": [', finish="length")(body)
        return called({"goals": [], "projects": []})(body)

    raw = "".join(f"{section}\n{'要扎实做好各项工作。' * 8}\n" for section in SECTIONS)
    result, bodies = answered(reply, reply, reply, raw=raw)

    assert result.run.complete
    assert result.run.calls == 3
    assert [SECTIONS[0] in asked(body) for body in bodies].count(True) == 2


def test_a_reply_that_stays_shapeless_is_answered_by_the_rules() -> None:
    result, _ = answered('{"metrics": "many"}', '{"metrics": "many"}')

    assert not result.run.complete
    assert {metric.origin for metric in result.metrics} == {"rules"}
    assert (result.run.calls, result.run.retries, result.run.prompt_tokens) == (2, 1, 200)


def test_one_failed_chunk_takes_nothing_from_the_others() -> None:
    def reply(body: Body) -> Scripted:
        if SECTIONS[0] in asked(body):
            return refused(400, "no")
        return called({"projects": [], "goals": []})(body)

    result, _ = answered(reply, reply, raw=LONG)

    assert [failure.split(":")[0] for failure in result.run.failed_chunks] == ["c1"]
    assert "400" in result.run.failed_chunks[0]


# several chunks


def by_section(first: Body, second: Body) -> Callable[[Body], Scripted]:
    return lambda body: called(first if SECTIONS[0] in asked(body) else second)(body)


def long_replies() -> Callable[[Body], Scripted]:
    analysis = analyse(LONG)
    one, two = cut_chunks(analysis.outline, analysis.hits)
    project = {"name": "远航电池项目", "clauses": [one.sentences[-1].clauses[-1]], "total_investment": "f3"}
    again = {"name": "远航 电池项目", "clauses": [two.sentences[-1].clauses[-1]], "target_stage": "starting", "deadline": "t5"}  # fmt: skip
    return by_section({"projects": [project]}, {"projects": [again]})


SECTION = """2025年重点项目
一、在建项目(括号内依次为总投资、年度投资,单位:亿元)
远航电池项目(12、3.5),年内竣工。
二、其他
北环路改造(4、1)。
"""


def test_a_bare_sum_has_the_unit_that_its_section_announces_and_is_never_lost() -> None:
    first = {"name": "远航电池项目", "clauses": [2], "total_investment": "f3", "annual_investment": "f4"}
    second = {"name": "北环路改造", "clauses": [5], "total_investment": "f7"}
    result, _ = answered({"projects": [first, second]}, raw=SECTION, reasks=0)

    battery, road = result.projects
    assert battery.total_investment
    assert (battery.total_investment.value, battery.total_investment.unit) == (12, "亿元")
    assert battery.annual_investment
    assert battery.annual_investment.normalized.value == 350_000_000
    assert road.total_investment
    assert (road.total_investment.figure.quote, road.total_investment.unit) == ("4", "")


def test_the_same_project_in_two_chunks_is_one_record() -> None:
    reply = long_replies()
    result, _ = answered(reply, reply, raw=LONG)
    [project] = result.projects

    assert project.total_investment
    assert (project.total_investment.value, project.target_stage) == (12, "starting")
    assert [part.quote for part in project.evidence] == ["远航电池项目总投资12亿元", "远航电池项目6月底前开工"]
    assert [deadline.applies_to for deadline in result.deadlines] == [(project.id,)]


def test_a_tag_of_another_chunk_is_a_finding() -> None:
    clause = cut_chunks(analyse(LONG).outline, analyse(LONG).hits)[0].sentences[-1].clauses[-1]
    project = {"name": "远航电池项目", "clauses": [clause], "total_investment": "f3", "deadline": "t5"}
    reply = by_section({"projects": [project]}, {})
    result, _ = answered(reply, reply, reply, raw=LONG)

    [finding] = [finding for finding in result.checks if finding.code == "quote-not-found"]
    assert "'t5'" in finding.message
    assert result.deadlines == ()


def test_chunks_are_asked_side_by_side() -> None:
    together = Barrier(2, timeout=10)  # a reply leaves only when both requests are there
    reply = long_replies()

    def step(body: Body) -> Scripted:
        together.wait()
        return reply(body)

    result, _ = answered(step, step, raw=LONG)

    assert result.run.complete


def test_the_fixed_part_stands_first_and_is_the_same_in_every_request() -> None:
    reply = long_replies()
    _, bodies = answered(reply, reply, raw=LONG)
    first, second = (body["messages"][0] for body in bodies)

    assert first == second
    assert first["role"] == "system"
    assert first["content"] == read_prompt(EXTRACT).text
    assert bodies[0]["tools"] == bodies[1]["tools"]
    assert {SECTIONS[0] in asked(body) for body in bodies} == {True, False}


def test_the_tokens_of_all_requests_are_counted() -> None:
    reply = long_replies()
    result, _ = answered(reply, reply, raw=LONG)

    assert (result.run.calls, result.run.prompt_tokens, result.run.completion_tokens) == (2, 200, 20)


def test_the_tokens_of_re_asks_are_counted_even_where_the_last_reply_stays_wrong() -> None:
    wrong = WHOLE | {"metrics": [OUTPUT | {"unit": "万元"}, SIGNED]}
    result, bodies = answered(wrong, wrong)

    assert result.run.calls == len(bodies) == 2
    assert result.run.prompt_tokens == 200
    assert result.run.follow_ups == FollowUps(requests=1, prompt_tokens=100, completion_tokens=10, asked=1, settled=0)


def test_a_document_that_holds_template_braces_is_sent_as_it_stands() -> None:
    raw = "青岭高新区力争签约项目20个{{ system }}{% raw %}<f>[]。\n"
    _, bodies = answered({"others": [{"figures": ["f1"], "role": "context"}]}, raw=raw)

    assert "{{ system }}{% raw %}〈f〉〔〕" in asked(bodies[0])


def test_a_goal_that_two_chunks_state_is_one_record_with_both_places() -> None:
    def stated(body: Body) -> Scripted:
        clause = max(map(int, re.findall(r"\[(\d+)\]", asked(body))))
        figures = re.findall(r"<(f\d+)>", asked(body))
        aim = {"statement": "建成远航电池项目。", "category": "industry", "clauses": [clause]}
        return called({"goals": [aim], "others": [{"figures": figures, "role": "context"}] if figures else []})(body)

    result, _ = answered(stated, stated, raw=LONG)
    [goal] = result.goals

    assert [part.quote for part in goal.evidence] == ["远航电池项目总投资12亿元", "远航电池项目6月底前开工"]


@pytest.mark.parametrize("times", [1, 4, 12])
def test_recall_does_not_fall_with_length(times: int) -> None:
    """A model that makes a metric of every figure that it is shown: each is shown once, in one chunk, at any length."""
    section = "力争全年新签约项目20个,新开工项目15个。抓好产业发展。" * 20
    raw = "青岭高新区2024年工作要点\n" + "".join(
        f"{number}、推进\n{section}\n" for number in "一二三四五六七八九十百千"[:times]
    )
    shown: list[str] = []

    def reply(body: Body) -> Scripted:
        tags = re.findall(r"<(f\d+)>(\d+)个", asked(body))
        shown.extend(tag for tag, _ in tags)
        return called({"metrics": [SIGNED | {"figure": tag, "value": value, "deadline": None} for tag, value in tags]})(
            body
        )

    analysis = analyse(raw)
    chunks = cut_chunks(analysis.outline, analysis.hits)
    result, _ = answered(*[reply] * len(chunks), raw=raw)
    open_hits = [index for index, hit in enumerate(analysis.hits) if hit.role is None]

    assert len(chunks) >= times / 2
    assert len(shown) == len(set(shown)) == len(open_hits) == 40 * times
    assert len(result.metrics) == 40 * times
    assert result.run.figures_explained == 1
