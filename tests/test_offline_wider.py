"""What the rules read in tables, speeches, paragraphs about one project and damaged pages, one short text a test."""

import textwrap
from decimal import Decimal

import pytest

from extractor.text.cleaning import clean
from schemas.base import Period
from schemas.metric import Metric
from schemas.project import Project
from tests.offline import run

PLAN = "临溪开发区2024年工作计划\n2024-01-20\n\n一、主要目标\n"
WORKS = "临溪开发区2024年工作计划\n2024-01-20\n\n二、重点工程\n"
NEWS = "临溪开发区召开工作会议\n2024-02-20\n来源:临溪日报\n\n"
TABLE = (
    "临溪开发区2024年计划\n(2024年1月26日)\n\n表1 主要指标\n指标名称 | 计量单位 | 2023年完成数 | 2024年计划数 | 增长(%)\n"
    "规上工业总产值 | 亿元 | 486.2 | 535 | 10以上\n单位产值能耗 | 吨标准煤/万元 | 0.412 | 0.399 | -3.2\n"
    "高新技术企业 | 家 | 66 | 80 | 净增14家\n研发经费占比 | % | 3.05 | 3.2 | 提高0.15个百分点\n"
)


def metrics(raw: str) -> dict[str, Metric]:
    return {metric.figure.quote: metric for metric in run(raw).metrics}


def project(raw: str) -> Project:
    [found] = run(raw).projects
    return found


@pytest.mark.parametrize(
    ("figure", "unit", "status", "measure", "direction"),
    [
        ("486.2", "CNY", "actual", "level", None),
        ("535", "CNY", "target", "level", None),
        ("10", "%", "target", "growth", None),
        ("-3.2", "%", "target", "growth", "down"),
        ("14家", "家", "target", "change", None),
        ("66", "家", "actual", "level", None),
        ("0.15个百分点", "pp", "target", "change", None),
    ],
)
def test_a_plan_table_with_a_unit_column_and_a_growth_column(
    figure: str, unit: str, status: str, measure: str, direction: str | None
) -> None:
    found = [metric for metric in run(TABLE).metrics if metric.figure.quote == figure]
    metric = found[0]

    assert metric.normalized.unit == unit
    assert (metric.status, metric.measure, metric.direction) == (status, measure, direction)


def test_a_growth_column_is_about_the_last_year_of_the_table() -> None:
    found = metrics(TABLE)

    assert found["10"].name == found["535"].name == "规上工业总产值"
    assert found["10"].comparator == ">="
    assert found["10"].period == found["535"].period


@pytest.mark.parametrize(
    ("sentence", "figure", "name", "baseline"),
    [
        ("工业用电量8亿千瓦时,比前年多6%。", "6%", "工业用电量", "前年"),
        ("进出口总值64亿元,增速较全市高9.1个百分点。", "9.1个百分点", "进出口总值增速", "全市"),
        ("居民消费价格比上年上涨0.3%。", "0.3%", "居民消费价格", "上年"),
        ("粮食总产量19万吨,增产1.5%。", "1.5%", "粮食总产量", None),
        ("固定资产投资增幅冲到11.2%。", "11.2%", "固定资产投资", None),
    ],
)
def test_growth_in_plain_words(sentence: str, figure: str, name: str, baseline: str | None) -> None:
    metric = metrics(f"临溪市2023年统计公报\n2024-03-01\n\n{sentence}")[figure]

    assert (metric.name, metric.baseline) == (name, baseline)


def test_the_years_of_an_average_govern_it_alone() -> None:
    found = metrics(f"{PLAN}到2027年,产业规模达到260亿元,2025—2027年年均增速保持在14%以上;培育链主企业3家。")

    assert found["3家"].period is not None
    assert found["3家"].period.start == "2027-01-01"


def test_the_time_that_opens_a_report_governs_the_sentences_behind_it() -> None:
    found = metrics(f"{NEWS}记者从开发区获悉,去年上半年,进出口总值64亿元。跨境电商交易额8.3亿元。")

    assert found["8.3亿元"].period is not None
    assert (found["8.3亿元"].period.start, found["8.3亿元"].period.end) == ("2023-01-01", "2023-06-30")


def test_a_contest_names_its_rank() -> None:
    found = metrics(f"{NEWS}去年发明专利136件。在全省高新区综合评价中,由第9位升至第6位。")

    assert found["第6位"].name == "全省高新区综合评价排名"


@pytest.mark.parametrize("words", ["主要产品中,水泥产量210万吨", "重要产品水泥产量210万吨"])
def test_important_is_no_intention(words: str) -> None:
    assert metrics(f"临溪市2023年统计公报\n2024-03-01\n\n2023年,{words},下降8.3%。")["210万吨"].status == "actual"


def test_a_condition_and_speakers_are_no_metrics() -> None:
    raw = f"{PLAN}年度任务完成率低于80%的,取消评优资格。刚才,三个乡镇、两个部门作了发言。"

    assert metrics(raw) == {}


def test_money_set_aside_is_no_goal() -> None:
    assert run(f"{PLAN}县财政统筹安排专项资金2600万元。").goals == ()


# projects


def test_a_paragraph_that_opens_with_a_projects_name_tells_of_it() -> None:
    found = project(f"{WORKS}青岭抽水蓄能电站,装机120万千瓦,总投资81.5亿元。前期工作就绪,力争三季度开工。")

    assert found.name == "青岭抽水蓄能电站"
    assert found.total_investment is not None
    assert found.total_investment.figure.quote == "81.5亿元"
    assert found.target_stage == "starting"
    assert found.deadline is not None


def test_two_steps_in_a_clause_are_two_deadlines() -> None:
    result = run(f"{WORKS}在建的云芯光电镜头项目(总投资9.2亿元)一季度竣工、二季度投产。")

    assert result.projects[0].target_stage == "in-production"
    assert [deadline.end for deadline in result.deadlines] == ["2024-03-31", "2024-06-30"]


@pytest.mark.parametrize(
    ("text", "name", "owner", "department"),
    [
        ("正由临溪科创集团建设的临溪实验室,年内投入使用。", "临溪实验室", "临溪科创集团", None),
        ("开发区热电扩建工程加快前期,10月底前开工,由城市建设局负责。", "开发区热电扩建工程", None, "城市建设局"),
        ("2024年6月底前,市智能农机研究院挂牌运行。[牵头单位:市科技局]", "市智能农机研究院", None, "市科技局"),
        ("启动柳坝农机试验场前期工作,总投资9600万元,四季度开工。", "柳坝农机试验场", None, None),
    ],
)
def test_who_builds_and_who_answers(text: str, name: str, owner: str | None, department: str | None) -> None:
    found = project(WORKS + text)

    assert (found.name, found.owner, found.department) == (name, owner, department)


def test_what_was_done_last_year_is_no_deadline() -> None:
    result = run(f"{WORKS}青岭冷链产业园项目,去年11月签约,二季度动工,年底投产。")

    assert all((deadline.end or "") >= "2024" for deadline in result.deadlines)
    assert [deadline.end for deadline in result.deadlines] == ["2024-06-30", "2024-12-31"]


# damaged pages

WORDS = "二、今年目标任务。全年新改建农村公路八十六公里,改造危桥十二座,实施村道安防工程四十公里,力争年底前行政村通双车道公路比例提高到65"
REST = "%左右,到2024年6月底,农村自来水普及率提高到93%,规模化供水工程受益人口由11.4万人增加到15万人以上,争创全省城乡供水一体化示范县。"
PAGE = "\n".join([*textwrap.wrap(WORDS, 22), "— 1 —", *textwrap.wrap(REST, 22)])


def test_a_page_number_goes_with_the_break_around_it() -> None:
    assert clean(PAGE).text == WORDS + REST


def test_a_page_number_behind_a_finished_sentence_stays() -> None:
    assert "— 1 —" in clean("工作完成。\n— 1 —\n下一段开始。\n").text


def test_one_wide_gap_in_prose_is_a_hole_and_not_a_cell() -> None:
    line = "  全年新建农村生活污水处理站9座,整治农村黑臭水\n体  处;年底农村生活污水治理率不低于36%,改造户\n厕3250户,新改建农村公路86公里,改造危桥一批共\n12座。\n"
    result = run(f"临溪县2024年工作计划\n2024-01-20\n\n{line}")

    assert "missing-figure" in [finding.code for finding in result.checks]


@pytest.mark.parametrize("text", ["卫生户厕普■率82.7%。", "实施安防工程l40公里。"])
def test_a_lost_character_inside_a_word_is_damage(text: str) -> None:
    assert "corrupt-text" in [finding.code for finding in run(f"{PLAN}{text}").checks]


def test_rural_roads_are_a_closed_list() -> None:
    result = run(f"{PLAN}新改建农村公路86公里,其中县道31公里、乡道27公里、村道18公里。")

    assert "sum-mismatch" in [finding.code for finding in result.checks]


LIST = (
    "临溪区2026年重大项目清单\n2026-01-20\n\n▲产业类\n【01】年产3万吨石英砂项目\n◇建设单位:临溪晶源新材料有限公司\n◇总投资:8.2亿元  ◇今年计划:3.5亿元\n"
    "◇进展与节点:土建施工中;6月底前完成设备安装,10月投产\n◇责任单位:区经信局\n▲民生类\n【02】临溪智算中心二期\n◇建设单位:临溪云枢科技有限公司\n"
    "◇总投资:26亿元  ◇今年计划:6.8亿元\n◇进展与节点:已签约;二季度开工\n◇责任单位:区数据局\n"
)


def test_a_list_with_numbers_in_brackets_and_bulleted_labels_is_read_item_by_item() -> None:
    result = run(LIST)
    first, second = result.projects

    assert [first.name, second.name] == ["年产3万吨石英砂项目", "临溪智算中心二期"]
    assert [first.stage, first.target_stage] == ["under-construction", "in-production"]
    assert [second.stage, second.target_stage] == ["signed", "starting"]
    assert [item and item.value for item in (first.annual_investment, second.annual_investment)] == [
        Decimal("3.5"),
        Decimal("6.8"),
    ]
    assert [first.department, second.owner] == ["区经信局", "临溪云枢科技有限公司"]
    assert {figure.role for figure in result.figures if figure.text in ("01", "02")} == {"ordinal"}
    assert "今年" not in {deadline.text.quote for deadline in result.deadlines}


def test_a_sentence_that_announces_the_following_goals_sets_their_time() -> None:
    raw = "临溪开发区发展规划\n2021-05-06\n\n第一节 主要目标\n“十四五”时期要努力实现以下目标。\n——实力再上台阶。工业总产值占全市比重提高到12.5%。\n"
    [metric] = run(raw).metrics

    assert metric.period == Period(start="2021-01-01", end="2025-12-31")


def test_a_bulletins_opening_clause_lets_its_time_govern_the_sentences_behind_it() -> None:
    raw = (
        NEWS
        + "经初步核算,前三季度全市生产总值1028亿元,按不变价格计算增长5.1%,增速较上半年回落0.3个百分点。其中,第一产业增加值96亿元。\n"
    )
    found = metrics(raw)

    assert found["96亿元"].period == found["1028亿元"].period == Period(start="2024-01-01", end="2024-09-30")
    assert found["5.1%"].name == "生产总值"
    assert (found["0.3个百分点"].name, found["0.3个百分点"].baseline) == ("生产总值增速", "上半年")


@pytest.mark.parametrize(
    "sentence",
    [
        "对新建项目按投资额的3%给予补助,单个项目不超过500万元。",
        "规划设置四大类15项指标。",
        "其中约束性指标3项、预期性指标12项。",
    ],
)
def test_caps_of_a_subsidy_and_counts_of_indicators_are_no_metrics(sentence: str) -> None:
    assert metrics(PLAN + sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "figure", "name"),
    [
        ("居民人均可支配收入28975元,名义增长5.5%。", "5.5%", "居民人均可支配收入"),
        ("全年营业收入确保450亿元、冲刺470亿元。", "470亿元", "营业收入"),
        ("规上工业增加值增长12%,高出全市平均水平3.4个百分点。", "3.4个百分点", "规上工业增加值"),
        ("一般公共预算收入突破9亿元大关。", "9亿元", "一般公共预算收入"),
        ("今年的目标是新增团队50个。", "50个", "新增团队数"),
    ],
)
def test_words_of_comparison_and_of_effort_are_no_part_of_a_name(sentence: str, figure: str, name: str) -> None:
    assert metrics(NEWS + sentence)[figure].name == name


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("临溪水厂扩建工程年底前并网供水。", "in-production"),
        ("临溪货运枢纽12月底前具备通车条件。", "in-production"),
    ],
)
def test_a_facility_that_is_to_serve_by_a_time_is_a_project(sentence: str, stage: str) -> None:
    assert project(PLAN + sentence).target_stage == stage


SHEET = (
    "临溪新区2025年重点项目推进计划\n今年安排重点项目2个。\n临溪新区管理委员会\n2025年2月18日\n\n"
    "序号\t项目名称\t建设单位\t建设内容及规模\t总投资(万元)\t2025年计划投资(万元)\t形象进度目标\t责任单位\n"
    "1\t年产20万吨特种纸项目\t松筠纸业有限公司\t续建。建设生产线4条,达产后年产特种纸20万吨\t128000\t46000\t6月底前厂房封顶,12月底前试生产\t区工信局\n"
    "2\t北环路快速化改造工程\t区城建集团\t新建。全长7.6公里\t95300\t30000\t上半年完成征迁,8月开工\t区住建局\n"
    "\t合计\t\t\t223300\t76000\t\t\n"
)


def test_a_table_of_projects_is_a_project_a_row_with_the_unit_of_its_head() -> None:
    result = run(SHEET)
    first, second = result.projects

    assert [project.name for project in (first, second)] == ["年产20万吨特种纸项目", "北环路快速化改造工程"]
    assert first.total_investment
    assert (first.total_investment.value, first.total_investment.unit) == (128000, "万元")
    assert first.total_investment.normalized.value == 1_280_000_000
    assert second.annual_investment
    assert second.annual_investment.normalized.value == 300_000_000
    assert [(item.owner, item.department) for item in (first, second)] == [
        ("松筠纸业有限公司", "区工信局"),
        ("区城建集团", "区住建局"),
    ]
    assert [(item.stage, item.target_stage) for item in (first, second)] == [
        ("under-construction", "completed"),
        ("planned", "starting"),
    ]
    assert [item.value for item in first.capacity] == [20, 4, 20]
    assert [metric.figure.quote for metric in result.metrics] == ["2个"]


def test_an_organ_above_a_date_signs_the_text_before_it() -> None:
    assert len(run(SHEET).document.segments) == 1


def test_a_table_whose_rows_are_years_names_its_figures_by_their_columns() -> None:
    raw = (
        "临溪集群行动方案(2025—2030年)\n2025年3月6日\n表2 安排\n年份 | 固定资产投资(亿元) | 新增就业(人)\n"
        "2025年 | 62 | 3200\n2026年 | 70 | 约3800\n"
    )
    found = metrics(raw)

    assert [(found[quote].name, found[quote].unit) for quote in ("62", "3200")] == [
        ("固定资产投资", "亿元"),
        ("新增就业", "人"),
    ]
    assert found["70"].period == Period(start="2026-01-01", end="2026-12-31")
    assert (found["3800"].comparator, found["3800"].status) == ("~", "target")


def test_bullets_below_announced_targets_are_targets() -> None:
    raw = "临溪市政府工作报告\n2025年1月9日\n今年经济社会发展的主要预期目标是:\n● 工业增加值增长9%以上,企业净增一百二十家;\n● 粮食总产量稳定在65亿斤以上。\n"
    result = run(raw)

    assert {metric.status for metric in result.metrics} == {"target"}
    assert len(result.goals) == 2


def test_a_limit_in_the_brackets_behind_a_task_is_that_of_its_figures() -> None:
    raw = "临溪市2025年任务分解方案\n2025年1月23日\n一、产业\n1.新增规上企业150户。(牵头单位:市工信局;完成时限:10月底)\n2.技改投资增长12%。(牵头单位:市工信局)\n"
    result = run(raw)
    found = {metric.figure.quote: metric for metric in result.metrics}

    assert found["150户"].period == Period(start="2025-10-31", end="2025-10-31")
    assert found["12%"].period == Period(start="2025-01-01", end="2025-12-31")
    assert "10月底" in {deadline.text.quote for deadline in result.deadlines}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("实施临溪站站前广场改造工程,概算投资2.6亿元。", "临溪站站前广场改造工程"),
        ("市第三中学新校区8月底前投入使用。", "市第三中学新校区"),
        ("临溪数据中心主体结构已经封顶,11月底前交付。", "临溪数据中心"),
        ("临溪220千伏变电站8月底必须送电。", "临溪220千伏变电站"),
        ("建设临溪新材料中试公共服务平台,总投资3.8亿元,2027年6月投入使用。", "临溪新材料中试公共服务平台"),
        ("某某公司的高端密封件生产基地总投资2600万欧元,计划2025年3月开工。", "高端密封件生产基地"),
        ("全长11.7公里的疏港铁路专用线进入铺轨阶段,年内全线贯通。", "疏港铁路专用线"),
    ],
)
def test_a_facility_is_known_by_what_is_said_of_it(sentence: str, name: str) -> None:
    assert project(PLAN + sentence).name == name


def test_a_day_up_to_which_is_counted_goes_on_governing_this_year() -> None:
    found = metrics(NEWS + "截至9月底,园区今年累计签约项目41个,完成全年任务的82%。")

    assert found["41个"].period == found["82%"].period == Period(start="2024-09-30", end="2024-09-30")


def test_a_day_that_is_over_tells_what_a_project_has_reached() -> None:
    result = run(NEWS + "2月16日,临溪新材料产业园项目正式投产。")
    [found] = result.projects

    assert (found.stage, found.target_stage, found.deadline) == ("in-production", None, None)
    assert result.deadlines == ()


STACKED = NEWS + (
    "2023年全区生产总值完成情况\n|\n单位:亿元\n|\n指 标\n|\n指标值\n|\n同比增长(±%)\n|\n生产总值\n|\n331.8\n|\n6.9\n|\n"
    "第一产业\n|\n31.2\n|\n-4.1\n|\n金融业\n|\n12.4\n|\n5.6\n|\n营利性服务业\n|\n15.7\n|\n持平\n|\n以上数据为快报数。\n"
)


@pytest.mark.parametrize(
    ("figure", "name", "unit", "measure", "direction"),
    [
        ("331.8", "生产总值", "CNY", "level", None),
        ("6.9", "生产总值", "%", "growth", None),
        ("-4.1", "第一产业", "%", "growth", "down"),
        ("15.7", "营利性服务业", "CNY", "level", None),
    ],
)
def test_a_table_with_one_cell_a_line_is_read_by_the_size_of_its_rows(
    figure: str, name: str, unit: str, measure: str, direction: str | None
) -> None:
    found = {metric.figure.quote: metric for metric in run(STACKED).metrics}
    metric = found.get(figure) or found[figure.lstrip("-")]

    assert (metric.name, metric.normalized.unit, metric.measure, metric.direction) == (name, unit, measure, direction)
    assert metric.period == Period(start="2023-01-01", end="2023-12-31")
    assert metric.evidence[0].quote.startswith(name)


def test_lines_of_numbers_without_a_regular_size_or_a_head_stay_open() -> None:
    irregular = run(STACKED.replace("31.2\n|\n", ""))
    headless = run(STACKED.replace("指 标", "情 况"))

    for result in (irregular, headless):
        assert result.metrics == ()
        assert {line.role for line in result.figures if line.text in ("331.8", "12.4")} == {"unexplained"}


FLAT = (
    "附件1 2020年主要发展目标 类别 指标2015年2020年 属性 出口额(亿美元) 142.7\n318 预期性 "
    "人均地区生产总值(万元) 4.\n83 7.95 预期性 人均城市建设用地(平方米) 104 ≤98 约束性 "
    "单位地区生产总值能源消耗降低(%) ― [18] 约束性 森林覆盖率(%) 47.3 52 约束性\n"
)


@pytest.mark.parametrize(
    ("figure", "status", "comparator", "period", "binding"),
    [
        ("142.7", "actual", "=", ("2015-01-01", "2015-12-31"), None),
        ("318", "target", "=", ("2020-01-01", "2020-12-31"), "anticipated"),
        ("98", "target", "<=", ("2020-01-01", "2020-12-31"), "binding"),
        ("18", "target", "=", ("2016-01-01", "2020-12-31"), "binding"),
    ],
)
def test_a_table_of_a_plan_that_lost_its_lines_is_read_by_what_closes_its_rows(
    figure: str, status: str, comparator: str, period: tuple[str, str], binding: str | None
) -> None:
    metric = metrics(FLAT)[figure]

    assert (metric.status, metric.comparator, metric.binding) == (status, comparator, binding)
    assert metric.period == Period(start=period[0], end=period[1])


def test_a_number_that_broke_over_two_lines_is_one_value() -> None:
    found = metrics(FLAT)

    assert not {"4", "83"} & found.keys()
    assert (found["4.\n83"].value, found["4.\n83"].unit) == (Decimal("4.83"), "万元")
