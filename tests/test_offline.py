"""What the rules read without a model, one short text a row."""

from typing import Any

import pytest

from schemas.metric import Metric
from schemas.project import Project
from tests.offline import run

PLAN = "青岭高新区2024年工作要点\n2024-02-20\n\n一、主要目标\n"
NEWS = "青岭高新区召开工作会议\n2024-02-20\n来源:青岭日报\n\n"
REVIEW = "青岭高新区2023年工作总结\n2024-01-10\n一、2023年工作回顾\n"
YEAR = ("2024-01-01", "2024-12-31")


def metric_of(raw: str, figure: str) -> Metric:
    [found] = [metric for metric in run(raw).metrics if metric.figure.quote == figure]
    return found


def project_of(raw: str, name: str) -> Project:
    [found] = [project for project in run(raw).projects if project.name == name]
    return found


def roles(raw: str) -> dict[str, str]:
    return {figure.text: figure.role for figure in run(raw).figures}


def same(record: Any, expected: dict[str, Any]) -> bool:
    return {name: getattr(record, name) for name in expected} == expected


# metrics

METRICS: list[tuple[str, str, dict[str, Any]]] = [
    ("规上工业总产值增长6%以上。", "6%", {"name": "规上工业总产值", "value": 6, "unit": "%", "comparator": ">=", "measure": "growth"}),
    ("固定资产投资突破120亿元。", "120亿元", {"name": "固定资产投资", "value": 120, "unit": "亿元", "comparator": ">", "measure": "level"}),
    ("城镇调查失业率控制在5.5%以内。", "5.5%", {"name": "城镇调查失业率", "comparator": "<=", "measure": "share"}),
    ("进出口额约12亿元。", "12亿元", {"name": "进出口额", "comparator": "~", "measure": "level"}),
    ("安全事故不到3起。", "3起", {"comparator": "<", "value": 3}),
    ("接待客商近百批次。", "百批次", {"name": "接待客商批次", "value": 100, "unit": "批次", "comparator": "~"}),
    ("新建充电桩8—10座。", "8—10座", {"name": "新建充电桩数", "value": 8, "value_max": 10, "comparator": "range"}),
    ("新增高新技术企业30家以上。", "30家", {"name": "新增高新技术企业数", "value": 30, "measure": "level"}),
    ("净增市场主体1200户。", "1200户", {"value": 1200, "measure": "change"}),
    ("力争新引进过5亿元企业6家以上。", "6家", {"name": "新引进过5亿元企业数", "comparator": ">=", "status": "target"}),
    ("新能源产业占规上工业总产值比重提高2个百分点。", "2个百分点", {"value": 2, "measure": "change"}),
    ("主要污染物排放量下降3%。", "3%", {"name": "主要污染物排放量", "value": 3, "measure": "growth", "direction": "down"}),
    ("PM2.5浓度降至35微克/立方米以下。", "35微克/立方米", {"name": "PM2.5浓度", "measure": "intensity", "direction": "down"}),
    ("每万人口发明专利拥有量达到18件。", "18件", {"name": "每万人口发明专利拥有量", "measure": "intensity"}),
    ("研发投入强度不低于3.1%。", "3.1%", {"name": "研发投入强度", "measure": "share", "comparator": ">="}),
    ("力争综合排名前移3位。", "3位", {"value": 3, "measure": "change"}),
    ("力争综合排名进入全省前10名。", "10名", {"value": 10, "comparator": "<=", "measure": "rank"}),
    ("数字经济企业占比达到三成。", "三成", {"value": 30, "unit": "%", "measure": "share"}),
    ("财政收入较2020年翻一番。", "一番", {"name": "财政收入", "value": 1, "measure": "growth", "baseline": "2020年"}),
    ("技术合同成交额达到百亿元。", "百亿元", {"value": 100, "unit": "亿元", "name": "技术合同成交额"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "figure", "expected"), METRICS, ids=[row[0] for row in METRICS])
def test_a_target_of_a_plan_is_read_with_name_value_comparator_and_measure(
    sentence: str, figure: str, expected: dict[str, Any]
) -> None:
    metric = metric_of(PLAN + sentence, figure)

    assert same(metric, expected), metric
    assert (metric.status, metric.period and (metric.period.start, metric.period.end)) == ("target", YEAR)
    assert (metric.actor, metric.origin) == ("青岭高新区", "rules")


@pytest.mark.parametrize(
    ("raw", "figure", "status", "start", "end"),
    [
        (REVIEW + "规上工业总产值完成310亿元。", "310亿元", "actual", "2023-01-01", "2023-12-31"),
        (NEWS + "2023年,规上工业增加值同比下降1.2%。", "1.2%", "actual", "2023-01-01", "2023-12-31"),
        (NEWS + "去年签约项目22个。", "22个", "actual", "2023-01-01", "2023-12-31"),
        (NEWS + "截至1月底,入库税收2亿元。", "2亿元", "actual", "2024-01-31", "2024-01-31"),
        (NEWS + "上半年,新签约项目12个。", "12个", "actual", "2024-01-01", "2024-06-30"),
        (NEWS + "预计一季度进出口额达到12亿元。", "12亿元", "expected", "2024-01-01", "2024-03-31"),
        (NEWS + "预计一季度进出口额达到12亿元,同比增长8%。", "8%", "expected", "2024-01-01", "2024-03-31"),
        (NEWS + "力争全年新签约项目20个。", "20个", "target", *YEAR),
        (NEWS + "10月底前完成老旧厂房改造9处。", "9处", "target", "2024-10-31", "2024-10-31"),
        (NEWS + "到2025年,规上工业总产值达到400亿元。", "400亿元", "target", "2025-01-01", "2025-12-31"),
        (NEWS + "“十四五”期间新建人才公寓800套。", "800套", "target", "2021-01-01", "2025-12-31"),
        (REVIEW + "招商成效明显。\n二、2024年工作打算\n力争新签约项目25个。", "25个", "target", *YEAR),
    ],
)
def test_status_and_period_follow_from_cue_time_section_and_publication(
    raw: str, figure: str, status: str, start: str, end: str
) -> None:
    metric = metric_of(raw, figure)

    assert metric.period is not None
    assert (metric.status, metric.period.start, metric.period.end) == (status, start, end)


def test_a_list_under_one_predicate_is_split_and_each_figure_has_its_own_subject() -> None:
    found = run(REVIEW + "税收、就业、外贸分别完成年度任务的105%、98%和120%。").metrics

    assert [metric.value for metric in found] == [105, 98, 120]
    assert [name in metric.name for name, metric in zip(("税收", "就业", "外贸"), found, strict=True)] == [True] * 3
    assert {metric.measure for metric in found} == {"share"}


def test_a_growth_behind_an_amount_has_the_name_of_the_amount() -> None:
    amount, growth = run(REVIEW + "规上工业总产值完成310亿元,同比增长6.5%。").metrics

    assert (amount.name, amount.measure) == (growth.name, "level")
    assert (growth.measure, growth.baseline) == ("growth", "同比")


def test_the_evidence_of_a_figure_without_a_subject_reaches_back_to_it() -> None:
    metric = metric_of(REVIEW + "会议认为,规上工业总产值完成310亿元,同比增长6.5%。", "6.5%")

    assert [part.quote for part in metric.evidence] == ["规上工业总产值完成310亿元,同比增长6.5%"]


# goals and deadlines


def test_target_metrics_of_one_semicolon_group_are_one_goal() -> None:
    result = run(PLAN + "税收增长6%,投资增长8%;新引进企业20家。")

    assert [len(goal.metrics) for goal in result.goals] == [2, 1]
    assert [goal.statement for goal in result.goals] == ["税收增长6%,投资增长8%", "新引进企业20家"]


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("加快打造新材料产业高地。", "加快打造新材料产业高地"),
        ("创建国家级绿色园区。", "创建国家级绿色园区"),
        ("力争跻身全省开发区前列。", "力争跻身全省开发区前列"),
    ],
)
def test_an_outcome_in_words_is_a_goal_without_metrics(sentence: str, statement: str) -> None:
    [goal] = run(PLAN + sentence).goals

    assert (goal.statement, goal.metrics) == (statement, ())


@pytest.mark.parametrize(
    "sentence", ["加强理论学习。", "召开项目推进会议。", "去年获评国家级绿色园区。", "初步形成新材料产业高地。"]
)
def test_an_activity_or_a_past_result_is_no_goal(sentence: str) -> None:
    assert run(NEWS + sentence).goals == ()


@pytest.mark.parametrize(
    ("sentence", "text", "relation", "start", "end", "precision"),
    [
        ("10月底前完成厂房改造9处。", "10月底前", "by", None, "2024-10-31", "month"),
        ("力争全年新签约项目20个。", "全年", "during", *YEAR, "year"),
        ("一季度力争新签约项目5个。", "一季度", "during", "2024-01-01", "2024-03-31", "quarter"),
        ("到2025年,税收达到40亿元。", "到2025年", "by", None, "2025-12-31", "year"),
        ("7月底前出台实施细则。", "7月底前", "by", None, "2024-07-31", "month"),
    ],
)
def test_the_time_of_a_commitment_is_a_deadline(
    sentence: str, text: str, relation: str, start: str | None, end: str, precision: str
) -> None:
    [deadline] = run(NEWS + sentence).deadlines

    assert deadline.text.quote == text
    assert (deadline.relation, deadline.start, deadline.end, deadline.precision) == (relation, start, end, precision)


def test_one_time_over_a_list_is_one_deadline_of_all_its_records() -> None:
    result = run(NEWS + "力争全年税收增长6%,新引进企业20家。")
    [deadline] = result.deadlines

    assert set(deadline.applies_to) == {"m1", "m2", "g1"}


@pytest.mark.parametrize("sentence", ["2023年税收完成12亿元。", "截至1月底签约项目3个。", "要尽快见到成效。"])
def test_times_of_past_results_and_soon_are_no_deadlines(sentence: str) -> None:
    assert run(NEWS + sentence).deadlines == ()


# projects

LIST = (
    "青岭高新区关于下达2024年重点项目投资计划的通知\n2024-02-20\n各部门:现将计划印发给你们。\n一、续建项目\n"
    "1.星河新材料有限公司年产8万吨碳纤维项目。总投资15亿元,年度计划投资3亿元,建设厂房6万平方米。9月底前竣工投产。责任部门:经济发展局\n"
    "2.远航大道改造工程。总投资2.4亿元,12月底前建成通车。责任部门:住建局\n二、新开工项目\n"
    "3.云海数据中心项目。建设规模1万个机架,总投资8亿元。业主单位:云海科技集团。3月底前开工,年底前完成主体封顶。\n"
)


def test_the_items_of_a_project_list_are_projects_with_their_money_owner_and_department() -> None:
    plant, road, centre = run(LIST).projects

    assert same(plant, {"owner": "星河新材料有限公司", "department": "经济发展局", "stage": "under-construction"})
    assert same(road, {"name": "远航大道改造工程", "department": "住建局", "annual_investment": None})
    assert same(centre, {"name": "云海数据中心项目", "owner": "云海科技集团", "stage": "planned"})
    assert [
        project.total_investment and float(project.total_investment.value) for project in (plant, road, centre)
    ] == [
        15,
        2.4,
        8,
    ]
    assert plant.annual_investment
    assert plant.annual_investment.normalized.value == 300_000_000


def test_the_size_of_a_listed_project_is_its_capacity_with_what_it_counts() -> None:
    plant, _, centre = run(LIST).projects

    assert [(item.value, item.unit, item.of) for item in plant.capacity] == [
        (8, "万吨", "碳纤维 每年"),
        (6, "万平方米", "建设厂房"),
    ]
    assert [(item.value, item.of) for item in centre.capacity] == [(1, "机架")]


def test_a_listed_project_has_the_stage_it_is_committed_to_with_its_deadline_and_milestones() -> None:
    result = run(LIST)
    deadlines = {deadline.id: deadline for deadline in result.deadlines}
    plant, _, centre = result.projects

    assert (plant.target_stage, plant.deadline and deadlines[plant.deadline].end) == ("in-production", "2024-09-30")
    assert (centre.target_stage, centre.deadline and deadlines[centre.deadline].end) == ("starting", "2024-03-31")
    assert [(step.text, step.deadline and deadlines[step.deadline].text.quote) for step in centre.milestones] == [
        ("开工", "3月底前"),
        ("完成主体封顶", "年底前"),
    ]


def test_the_figures_of_a_project_are_no_metrics() -> None:
    result = run(LIST)

    assert result.metrics == ()
    assert {figure.role for figure in result.figures if figure.kind in ("money", "area", "weight")} == {"project"}


@pytest.mark.parametrize(
    ("sentence", "name", "stage", "target"),
    [
        ("远航电池项目6月底前开工。", "远航电池项目", "planned", "starting"),
        ("星河新材料项目建成投产。", "星河新材料项目", None, "in-production"),
        ("青岭科创中心10月底前投入使用。", "青岭科创中心", None, "in-production"),
        ("加快推进云海数据中心项目建设。", "云海数据中心项目", "under-construction", None),
        ("推进远航大道、云海路等工程建设。", "云海路工程", "under-construction", None),
    ],
)
def test_a_named_project_of_the_prose_has_the_stage_that_the_text_says(
    sentence: str, name: str, stage: str | None, target: str | None
) -> None:
    project = project_of(NEWS + sentence, name)

    assert (project.stage, project.target_stage) == (stage, target)


def test_the_money_before_a_projects_name_is_its_investment() -> None:
    project = project_of(NEWS + "总投资12亿元的远航电池项目3月底前竣工投产。", "远航电池项目")

    assert project.total_investment
    assert project.total_investment.normalized.value == 1_200_000_000


@pytest.mark.parametrize("sentence", ["推进重点项目建设。", "亿元以上项目开工20个。", "加快招商引资项目落地。"])
def test_a_class_of_projects_is_no_project(sentence: str) -> None:
    assert run(NEWS + sentence).projects == ()


# roles


@pytest.mark.parametrize(
    ("sentence", "figure", "role"),
    [
        ("新签约亿元以上项目20个。", "亿元", "qualifier"),
        ("力争新引进过5亿元企业6家以上。", "5亿元", "qualifier"),
        ("对首次上规企业给予最高20万元奖励。", "20万元", "context"),
        ("实施十项行动。", "十项", "slogan"),
        ("推动4条赛道提质。", "4条", "slogan"),
        ("按上级文件(青政发〔2023〕5号)执行。", "青政发〔2023〕5号", "identifier"),
        ("咨询电话010-12345678。", "010-12345678", "identifier"),
        ("2023年税收完成12亿元。", "2023年", "time"),
        ("力争全年税收完成12亿元。", "全年", "deadline"),
    ],
)
def test_a_figure_that_is_no_metric_says_what_it_is(sentence: str, figure: str, role: str) -> None:
    assert roles(NEWS + sentence)[figure] == role


def test_the_rules_leave_no_figure_of_a_plain_plan_unexplained() -> None:
    text = PLAN + "".join(sentence for sentence, _, _ in METRICS)

    assert run(text).run.figures_explained == 1
