"""Which time holds where, and what set it."""

import pytest

from extractor.analysis import Analysis, analyse
from extractor.outline import Scope
from schemas.base import Period
from schemas.document import Year
from tests.offline import run

REPORT = "某市政府工作报告\n(2026年1月20日)\n"
NEWS = "某某高新区经济运行情况\n发布日期:2024-07-18\n"
YEAR_2025 = ("2025-01-01", "2025-12-31")
YEAR_2026 = ("2026-01-01", "2026-12-31")
FIVE_YEARS = ("2021-01-01", "2025-12-31")


def scopes_at(raw: str, words: str) -> tuple[Scope, ...]:
    analysis = analyse(raw)
    return scopes_of(analysis, analysis.view.text.index(words))


def scopes_of(analysis: Analysis, offset: int) -> tuple[Scope, ...]:
    clause = analysis.outline.clause_at(offset)
    assert clause
    return analysis.outline.scopes.at(clause.number, offset)


def days(raw: str, words: str) -> tuple[str | None, str | None] | None:
    """The days that a time expression names in its document."""
    analysis = analyse(raw)
    for index, hit in enumerate(analysis.hits):
        if hit.time and analysis.view.text[hit.clean_outer_start : hit.clean_outer_end] == words:
            interval = analysis.interval(index)
            return (interval.start, interval.end) if interval else None
    raise AssertionError(f"no time {words!r}")


def period(raw: str, figure: str) -> tuple[str | None, str | None]:
    [found] = [metric for metric in run(raw).metrics if metric.figure.quote == figure]
    return (found.period.start, found.period.end) if found.period else (None, None)


def status(raw: str, figure: str) -> str:
    [found] = [metric for metric in run(raw).metrics if metric.figure.quote == figure]
    return found.status


def test_a_chain_tells_for_each_scope_what_set_it_and_how_far_it_reaches() -> None:
    raw = "某市2025年工作总结\n一、上半年工作\n一季度,新增企业30家,其中3月新增10家。"

    chain = scopes_at(raw, "10家")

    assert [(scope.source, scope.reach) for scope in chain] == [
        ("stated", "sentence"),
        ("lead", "paragraph"),
        ("heading", "section"),
        ("title", "document"),
    ]
    assert [scope.interval.end for scope in chain] == ["2025-03-31", "2025-03-31", "2025-06-30", "2025-12-31"]


def test_a_scope_points_to_the_words_that_set_it() -> None:
    raw = "一、2025年上半年工作\n新增企业30家。"
    [section] = scopes_at(raw, "30家")
    assert section.words is not None

    assert raw[slice(*section.words)] == "2025年上半年"


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("某市2023年国民经济和社会发展统计公报\n全年新增就业5万人。", Year(value=2023, source="title")),
        ("某市新闻\n发布日期:2024-07-18\n全年新增就业5万人。", Year(value=2024, source="published")),
        (
            "同志们:\n一、过去的工作\n成绩来之不易。\n二、2026年主要工作\n新增就业5万人。",
            Year(value=2026, source="heading"),
        ),
        ("经开区2024年实现GDP86.7亿元;全年新增就业5万人。", Year(value=2024, source="lead")),
    ],
)
def test_the_year_of_a_document_says_what_told_it(raw: str, year: Year) -> None:
    [anchor] = analyse(raw).outline.scopes.anchors

    assert anchor.source == year


@pytest.mark.parametrize(
    "raw",
    [
        "全年新增就业5万人。成绩很大。人人努力。2012年、2012年、2012年都做过。",
        "根据2012年的通知,全年新增就业5万人。",
        "全年新增就业5万人,比2010年多1万人。",
        "全年新增就业5万人,按2010年价格计算。",
        "全年新增就业5万人(2017年新增3万人)。",
        "按照《2023年工作要点》,全年新增就业5万人。",
        "展望2035年远景目标,全年新增就业5万人。",
    ],
)
def test_without_a_year_of_its_own_a_document_gets_none_from_afar(raw: str) -> None:
    assert period(raw, "5万人") == (None, None)


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("去年外贸进出口10亿元,从2005年的2亿元增加到10亿元以上,其中民企出口6亿元。", "6亿元"),
        ("去年进出口达到20亿元,是2015年的2.5倍,其中民企出口6亿元。", "6亿元"),
        ("去年进出口增长8%(2017年同期增长3%),民企出口6亿元。", "6亿元"),
        ("去年该平台进展顺利,2016年立项,完成投资6亿元。", "6亿元"),
        ("去年按“十三五”规划,完成投资6亿元。", "6亿元"),
        ("去年实现“2020年签约、当年投产”,完成投资6亿元。", "6亿元"),
        ("去年GDP完成22亿元,比2010年翻一番,完成投资6亿元。", "6亿元"),
    ],
)
def test_comparisons_names_and_history_leave_the_time_of_what_follows_alone(sentence: str, figure: str) -> None:
    assert period(NEWS + sentence, figure) == ("2023-01-01", "2023-12-31")


def test_the_year_of_one_figure_is_not_that_of_the_next() -> None:
    raw = REPORT + "这五年,生产总值从2020年的2万亿元增加到2025年的3万亿元,工业增加值年均增长7%。"

    assert period(raw, "3万亿元") == YEAR_2025
    assert period(raw, "7%") == FIVE_YEARS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("一年来", YEAR_2025),
        ("过去一年", YEAR_2025),
        ("去年", YEAR_2025),
        ("五年来", FIVE_YEARS),
        ("这五年", FIVE_YEARS),
        ("过去五年", FIVE_YEARS),
        ("近三年", ("2023-01-01", "2025-12-31")),
        ("今后五年", ("2026-01-01", "2030-12-31")),
        ("今年", YEAR_2026),
    ],
)
def test_a_report_of_january_looks_back_on_the_years_that_are_over(words: str, expected: tuple[str, str]) -> None:
    assert days(f"{REPORT}{words},新增企业30家。", words) == expected


def test_a_text_of_july_counts_its_own_year_in() -> None:
    assert days(NEWS + "近三年,新增企业30家。", "近三年") == ("2022-01-01", "2024-12-31")


def test_five_years_in_a_section_of_five_years_are_these() -> None:
    raw = REPORT + "二、“十五五”时期主要目标\n五年新增就业10万人。"

    assert period(raw, "10万人") == ("2026-01-01", "2030-12-31")
    assert [item.text.quote for item in run(raw).deadlines] == ["五年"]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("一、2025年工作回顾\n新增企业30家。", YEAR_2025),
        ("二、2026年主要工作\n(一)抓产业\n新增企业30家。", YEAR_2026),
        ("一、“十四五”时期工作回顾\n新增企业30家。", FIVE_YEARS),
        ("“十四五”时期发展成就回顾\n\n新增企业30家。", FIVE_YEARS),
        ("一、工作回顾\n2025年是收官之年。\n新增企业30家。", YEAR_2025),
        ("一、工作安排\n今年经济社会发展主要预期目标是:\n新增企业30家。", YEAR_2026),
        ("一、发展成就和目标任务\n过去五年极不平凡。\n新增企业30家。\n", FIVE_YEARS),
    ],
)
def test_a_section_has_the_time_of_its_heading_or_of_the_words_that_open_it(
    section: str, expected: tuple[str, str]
) -> None:
    assert period(REPORT + section, "30家") == expected


def test_a_heading_with_two_times_gives_none_and_the_opening_words_decide() -> None:
    raw = (
        REPORT
        + "一、“十四五”时期和2025年工作回顾\n过去五年极不平凡。\n新增企业30家。\n刚刚过去的2025年,进展很大。\n新增企业10家。"
    )

    assert (period(raw, "30家"), period(raw, "10家")) == (FIVE_YEARS, YEAR_2025)


def test_a_heading_gives_a_period_and_is_no_deadline() -> None:
    result = run(REPORT + "二、2026年主要工作\n新增企业30家以上。")

    assert (result.metrics[0].status, result.metrics[0].period) == (
        "target",
        Period(start=YEAR_2026[0], end=YEAR_2026[1]),
    )
    assert result.deadlines == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("高速公路里程达到6200公里", YEAR_2025),
        ("高速公路里程突破6200公里", YEAR_2025),
        ("从5000公里增加到6200公里", YEAR_2025),
        ("新建高速公路6200公里", FIVE_YEARS),
        ("累计建成高速公路6200公里", FIVE_YEARS),
        ("高速公路里程稳定在6200公里", FIVE_YEARS),
    ],
)
def test_of_several_years_a_level_is_that_of_the_last_and_a_flow_that_of_all(
    words: str, expected: tuple[str, str]
) -> None:
    assert period(f"{REPORT}这五年,{words}。", "6200公里") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("今年以来", ("2024-01-01", "2024-07-18")),
        ("1月以来", ("2024-01-01", "2024-07-18")),
        ("开年以来", ("2024-01-01", "2024-07-18")),
        ("上半年", ("2024-01-01", "2024-06-30")),
        ("截至6月底", ("2024-06-30", "2024-06-30")),
        ("1—6月", ("2024-01-01", "2024-06-30")),
    ],
)
def test_a_time_since_ends_with_the_day_of_the_document(words: str, expected: tuple[str, str]) -> None:
    assert period(f"{NEWS}{words},新增企业30家。", "30家") == expected


def test_since_the_start_of_a_year_whose_day_is_unknown_is_the_whole_year() -> None:
    assert days("某区2024年工作情况汇报\n今年以来,新增企业30家。", "今年以来") == ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("三年内", ("2024-01-01", "2026-12-31")),
        ("两年内", ("2024-01-01", "2025-12-31")),
        ("3个月内", ("2024-07-18", "2024-10-18")),
    ],
)
def test_a_duration_is_one_deadline_counted_from_the_document(words: str, expected: tuple[str, str]) -> None:
    [found] = run(f"{NEWS}力争{words}培育企业30家。").deadlines

    assert (found.text.quote, found.relation, (found.start, found.end)) == (words, "during", expected)


def test_a_duration_from_a_start_that_is_named_is_one_deadline() -> None:
    result = run("自2012年起5年内,确保建成产业园区6个。")
    [found] = result.deadlines

    assert (found.text.quote, found.start, found.end) == ("5年内", "2012-01-01", "2016-12-31")
    assert result.metrics[0].period == Period(start="2012-01-01", end="2016-12-31")


def test_a_duration_from_an_event_stays_open() -> None:
    assert days(NEWS + "自受理之日起3个月内办结。", "3个月内") == (None, None)


def test_a_limit_whose_year_nothing_tells_is_a_deadline_without_dates() -> None:
    [found] = run("力争年内新增企业30家。").deadlines

    assert (found.text.quote, found.start, found.end) == ("年内", None, None)


def test_the_figures_of_a_ceremony_have_its_day() -> None:
    raw = NEWS + "7月12日,全区重大项目集中开工仪式举行。本次开工的项目共18个。上半年,全区新增企业30家。"

    assert period(raw, "18个") == ("2024-07-12", "2024-07-12")
    assert period(raw, "30家") == ("2024-01-01", "2024-06-30")


def test_a_row_of_a_task_table_takes_the_year_of_its_limits() -> None:
    raw = "民生项目安排\n发布日期:2023-07-11\n1 | 增设助餐座位560个。 | 4月底前增设120个;10月底前完成560个座位。 | 民政局 |\n"
    found = run(raw).metrics

    assert [(item.status, item.period and item.period.end) for item in found] == [
        ("target", "2023-12-31"),
        ("target", "2023-04-30"),
        ("target", "2023-10-31"),
    ]


def test_a_caption_tells_the_year_of_a_bulletin() -> None:
    raw = "据初步核算,全年生产总值实现331.8亿元。\n2023年全区生产总值完成情况\n"

    assert period(raw, "331.8亿元") == ("2023-01-01", "2023-12-31")


def test_a_meeting_that_sums_a_year_up_is_about_that_year() -> None:
    raw = "3月29日,高新区召开2017年度总结表彰大会,部署2018年目标。\n全年生产总值增长12%。"

    assert period(raw, "12%") == ("2017-01-01", "2017-12-31")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("预计全年完成投资60亿元,增长5%。", "expected"),
        ("预计上半年增长3%;固定资产投资完成60亿元,同比增长5%。", "actual"),
        ("项目悉数投产后每年可实现产值60亿元,增长5%。", "expected"),
        ("围绕“强链条、优存量”目标,走访企业60家,投资增长5%。", "actual"),
        ("完成了年初确定的目标任务,新签项目60个,投资增长5%。", "actual"),
        ("召开冲刺全年目标大会,上半年投资增长5%。", "actual"),
        ("全区还将推动项目建设,投资增长5%。", "target"),
        ("力争投资同比增长5%。", "target"),
        ("助学资金增加到2023年的60亿元,增长5%。", "actual"),
    ],
)
def test_a_cue_of_status_reaches_as_far_as_it_says(sentence: str, expected: str) -> None:
    assert status(NEWS + sentence, "5%") == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("一、2025年工作回顾\n坚持稳预期,生产总值增长5%。", "actual"),
        ("一、2025年工作回顾\n争取政策资金,物价涨幅控制在5%以内。", "actual"),
        ("三、2026年主要工作\n(一)夯实农业基础\n投资增长5%。", "target"),
        ("三、2026年主要工作\n(一)在创新上取得新突破\n投资增长5%。", "target"),
        ("三、全力抓好重点产业\n今年,投资增长5%。", "target"),
    ],
)
def test_review_and_plan_parts_are_known_by_their_heads_and_their_years(section: str, expected: str) -> None:
    assert status(REPORT + section, "5%") == expected


def test_a_plan_that_is_laid_before_the_meeting_sets_the_years_of_what_is_told_of_it() -> None:
    raw = REPORT + (
        "二、目标任务和2026年安排\n省政府编制了《某省国民经济和社会发展第十五个五年规划纲要(草案)》,提请大会审议。\n"
        "《纲要》提出,生产总值年均增长5%。\n今年是开局之年。\n生产总值增长6%。"
    )

    assert (period(raw, "5%"), period(raw, "6%")) == (("2026-01-01", "2030-12-31"), YEAR_2026)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2025年,生产总值达到60亿元,年均增长5%。", FIVE_YEARS),
        ("2025年,生产总值达到60亿元,增长5%。", YEAR_2025),
    ],
)
def test_a_yearly_average_is_of_the_years_that_end_with_the_one_named(sentence: str, expected: tuple[str, str]) -> None:
    assert period(f"{REPORT}一、“十四五”时期工作回顾\n{sentence}", "5%") == expected


@pytest.mark.parametrize("opening", ["各位代表!过去五年极不平凡。", "各位代表!2025年是收官之年。五年来,我们不懈奋斗。"])
def test_a_greeting_or_another_sentence_may_stand_before_the_five_years_of_a_section(opening: str) -> None:
    raw = f"{REPORT}一、工作回顾\n{opening}\n(一)抓产业\n生产总值年均增长5%。"

    assert period(raw, "5%") == FIVE_YEARS
