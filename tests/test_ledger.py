"""The ledger: each figure with its role, and the reason of every role that no record has."""

import pytest

from extractor.analysis import analyse
from extractor.assemble import assemble
from extractor.engines import Drafted
from extractor.outline.chunks import cut_chunks
from extractor.review.ledger import ledger as overlaid
from schemas.draft import ChunkDraft, MetricDraft, RoleDraft
from schemas.figure import Figure
from schemas.metric import Metric
from tests.offline import run
from tests.test_offline import NEWS


def figure(sentence: str, text: str) -> Figure:
    [found] = [line for line in run(NEWS + sentence).figures if line.text == text]
    return found


@pytest.mark.parametrize(
    ("sentence", "text", "role", "why"),
    [
        ("对首次上规企业给予最高20万元奖励。", "20万元", "context", "补贴标准:给予"),
        ("按设备投资额的10%给予补助。", "10%", "context", "补贴标准:按"),
        ("单个项目最高补助不超过500万元。", "500万元", "context", "补贴标准:补助"),
        ("逾期的处以3万元罚款。", "3万元", "context", "处罚:处以"),
        ("企业由86家增加到273家。", "86家", "context", "旧值:由…增加到"),
        ("城乡居民收入比从1.80缩小至1.76。", "1.80", "context", "旧值:从…缩小至"),
        ("推动4条赛道提质。", "4条", "slogan", "列举的合计:赛道"),
        ("新签约亿元以上项目20个。", "亿元", "qualifier", "门槛:亿元以上"),
        ("建成750千伏输变电工程2个。", "750千伏", "qualifier", "规格:750千伏"),
        ("大会应出席代表486名。", "486名", "context", "会议:应出席"),
        ("列入331国道改造计划。", "331", "identifier", "道路编号"),
        ("咨询电话010-12345678。", "010-12345678", "identifier", "电话"),
        ("按上级文件(青政发〔2023〕5号)执行。", "青政发〔2023〕5号", "identifier", "文号"),
        ("深化“三个一批”改革。", "三个", "slogan", "口号:引号内"),
        ("税收在全市16个县区中居第3位。", "16个", "context", "比较范围:县区中居"),
        ("2023年税收完成12亿元。", "2023年", "time", "时间"),
    ],
)
def test_a_role_that_no_record_has_comes_with_its_reason(sentence: str, text: str, role: str, why: str) -> None:
    line = figure(sentence, text)

    assert (line.role, line.why, line.record) == (role, why, None)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("共发放补助资金7000万元。", "7000万元"),  # what was paid out in all is a result
        ("为60名学生发放助学补贴。", "60名"),  # the people are counted, the subsidy is not
        ("以旧换新补贴拉动消费215亿元。", "215亿元"),
        ("解决986万农村人口饮水安全问题。", "986万"),
        ("累计贯通69公里岸线。", "69公里"),
        ("筹措2.29亿元实施惠民工程。", "2.29亿元"),
        ("地区生产总值迈上4万亿元新台阶。", "4万亿元"),
        ("新建幼儿园200所以上。", "200所"),
        ("城乡居民收入倍差缩小至2.12。", "2.12"),
        ("固定资产投资同比增长12.7%,位列四县一区第二。", "第二"),
        ("平均受教育年限从2020年的9.6年提升至10.2年。", "10.2年"),
        ("带动万名青年就业。", "万名"),
    ],
)
def test_what_only_looks_like_a_subsidy_a_threshold_or_a_catchword_is_a_metric(sentence: str, text: str) -> None:
    assert figure(sentence, text).role == "metric"


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("会同有关方面印发6文。", "6"),  # a number without a unit
        ("推出111项首创举措。", "111项"),  # counted, or only summed up?
        ("关停日产2500吨熟料生产线。", "2500吨"),  # a size inside a name, or an amount?
        ("提出“产值突破1000亿元”的口号。", "1000亿元"),  # an amount in quotes may be a target
    ],
)
def test_a_figure_that_no_rule_can_place_stays_open(sentence: str, text: str) -> None:
    line = figure(sentence, text)

    assert (line.role, line.why) == ("unexplained", None)


def test_a_model_gives_no_reason_but_its_judgement() -> None:
    analysis = analyse(NEWS + "全国共有178个高新区。")
    [chunk] = cut_chunks(analysis.outline, analysis.hits)
    [index] = [index for index in chunk.hits if analysis.hits[index].text == "178个"]
    others = (RoleDraft(figures=(f"f{index + 1}",), role="context"),)

    line = assemble(analysis, [Drafted(chunk, ChunkDraft(others=others), "llm")]).figures[index]

    assert (line.role, line.why) == ("context", "模型判断")


PAGE = "首页 | 政务公开\n云澜高新区召开经济工作会议\n发布时间:2024-02-22\n全年实现税收12亿元。\n"
RELATED = "相关阅读:\n云澜高新区去年招商500亿元\n邻区上半年签约300亿元\n"


def test_figures_around_the_text_are_boilerplate_and_count_for_nothing_in_the_share_explained() -> None:
    analysis = analyse(PAGE + RELATED)
    lines = run(PAGE + RELATED)
    outside = [
        line
        for line, hit in zip(lines.figures, analysis.hits, strict=True)
        if hit.role is None and analysis.outline.clause_at(hit.clean_start) is None
    ]

    assert outside
    assert {(line.role, line.why) for line in outside} == {("boilerplate", "正文之外")}
    body = [line for line in lines.figures if line.role != "boilerplate"]
    explained = sum(line.role != "unexplained" for line in body)
    assert lines.run.figures_explained == round(explained / len(body), 4)


HEADED = "云澜高新区42个项目签约总额183亿元\n6月29日,云澜高新区举行集中签约仪式,42个项目签约总额183亿元,涉及智能制造等领域。\n"


def test_a_headline_that_says_a_metric_again_repeats_it() -> None:
    result = run(HEADED)
    [metric] = [metric for metric in result.metrics if metric.figure.quote == "183亿元"]
    first, second = (line for line in result.figures if line.text == "183亿元")

    assert (first.role, first.record, first.why) == ("repeat", metric.id, f"重复:{metric.id}")
    assert (second.role, second.record) == ("metric", metric.id)


@pytest.mark.parametrize(
    "sentence",
    [
        "工业投资增长8%。\n服务业投资增长8%。",  # two indicators
        "2023年工业投资增长8%。\n2024年工业投资增长8%。",  # two years
        "到2025年税收达到8亿元以上。\n到2025年税收不到8亿元的退出。",  # two sides of one value
    ],
)
def test_one_value_said_of_two_things_is_no_repeat(sentence: str) -> None:
    assert [line.text for line in run(NEWS + sentence).figures if line.role == "repeat"] == []


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        ("国际会展中心三季度交付使用。", "三季度"),
        ("年内还将有18个项目陆续动工。", "年内"),
        ("确保枢纽2026年底与高铁同步投用。", "2026年底"),
        ("到2030年,全面建成知名的新材料产业集群。", "到2030年"),
    ],
)
def test_a_time_that_binds_a_step_or_an_aim_is_a_deadline(sentence: str, limit: str) -> None:
    assert limit in [deadline.text.quote for deadline in run(NEWS + sentence).deadlines]


@pytest.mark.parametrize(
    "sentence", ["2023年,已建成标准厂房20万平方米。", "督查结果作为年终考核的依据。", "“当年签约、当年开工”蔚然成风。"]
)
def test_a_time_of_what_has_happened_or_inside_a_name_is_none(sentence: str) -> None:
    assert run(NEWS + sentence).deadlines == ()


def test_the_number_of_an_item_before_a_month_is_no_part_of_the_limit() -> None:
    [limit] = run(NEWS + "责任分工: 1.3月底前完成方案编制。").deadlines

    assert limit.text.quote == "3月底前"


def with_repeat() -> tuple[tuple[Figure, ...], Metric]:
    result = run(HEADED)
    [metric] = [metric for metric in result.metrics if metric.figure.quote == "183亿元"]
    return result.figures, metric


def test_a_repeat_stands_while_the_record_that_it_repeats_does() -> None:
    figures, metric = with_repeat()
    rejected = metric.model_copy(update={"review": "rejected"})

    [kept, *_] = (line for line in overlaid(figures, [metric], {}) if line.text == "183亿元")
    [gone, *_] = (line for line in overlaid(figures, [rejected], {}) if line.text == "183亿元")

    assert (kept.role, kept.record, kept.why) == ("repeat", metric.id, f"重复:{metric.id}")
    assert (gone.role, gone.record, gone.why) == ("unexplained", None, None)


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        ("项目二期将于明年6月动工。", "明年6月"),
        ("明远智能装备项目上半年开工、年内完成投资1.8亿元。", "年内"),
    ],
)
def test_a_limit_behind_an_intention_or_on_a_sum_to_be_spent_is_a_deadline(sentence: str, limit: str) -> None:
    assert limit in [deadline.text.quote for deadline in run(NEWS + sentence).deadlines]


def test_the_parts_of_a_ratio_are_open_until_they_are_metrics() -> None:
    analysis = analyse(NEWS + "三次产业结构为9.4:59.9:30.7。")
    [chunk] = cut_chunks(analysis.outline, analysis.hits)
    parts = [
        MetricDraft(figure=part, name=f"第{name}产业占比", value=part, unit="%", comparator="=", measure="share", status="actual")
        for part, name in (("9.4", "一"), ("59.9", "二"), ("30.7", "三"))
    ]  # fmt: skip

    def lines(*metrics: MetricDraft) -> list[tuple[str, str | None]]:
        figures = assemble(analysis, [Drafted(chunk, ChunkDraft(metrics=metrics), "llm")]).figures
        return [(each.role, each.record) for each in figures if each.text in ("9.4", "59.9", "30.7")]

    assert lines() == [("unexplained", None)] * 3
    assert lines(*parts) == [("metric", "m1"), ("metric", "m2"), ("metric", "m3")]
