"""The checks that hold a text against itself, with no record at all."""

import json
from pathlib import Path

import pytest

from extractor.checks import CHECKS, Material, run_checks
from extractor.recognise import find_in
from extractor.text.cleaning import clean
from schemas.document import Segment
from schemas.finding import Finding

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
PRACTICE = sorted((ROOT / "fixtures/practice/docs").glob("*.txt"))


def material_of(raw: str, published: str | None = None) -> Material:
    view = clean(raw)
    segments = (Segment(id="s1", start=0, end=len(raw), published=published),) if raw else ()
    return Material(raw, view, find_in(view), segments)


def findings(raw: str, published: str | None = None) -> tuple[Finding, ...]:
    return run_checks(material_of(raw, published))


def marked(raw: str, code: str) -> list[list[str]]:
    """Give the figures that the findings of one code stand on."""
    return [[raw[span.start : span.end] for span in finding.spans] for finding in findings(raw) if finding.code == code]


SUMS = [
    ("新增市场主体1280户,其中企业406户、个体工商户864户。", ["1280户", "406户", "864户"]),
    ("涉及高新区的项目共计17项,其中直管项目6项,过境项目10项。", ["17项", "6项", "10项"]),
    ("全年引进资金50亿元,其中内资45亿元、外资8亿元。", ["50亿元", "45亿元", "8亿元"]),
    ("全区完成投资30亿元,其中工业投资42亿元。", ["30亿元", "42亿元"]),
    ("共安排项目12项:续建项目4项、新开工项目7项、前期项目2项。", ["12项", "4项", "7项", "2项"]),
    ("企业880户、个体1455户,合计2435户。", ["2435户", "880户", "1455户"]),
    (
        (
            "共安排项目12项,总投资98.5亿元,年度计划投资27亿元。其中,续建项目4项,总投资39.2亿元,年度计划投资12.4亿元;"
            "新开工项目6项,总投资32.8亿元,年度计划投资12.4亿元;前期项目2项,总投资24.5亿元,年度计划投资2.2亿元。"
        ),
        ["98.5亿元", "39.2亿元", "32.8亿元", "24.5亿元"],
    ),
    ("治理河道工程总投资1.9亿元,年度计划投资9000亿元。", ["1.9亿元", "9000亿元"]),
    ("一、续建项目(3项)\n1.甲项目。总投资2亿元。\n2.乙项目。总投资3亿元。\n二、保障措施\n加强领导。", ["3项"]),
    (
        "续建项目2项,总投资6亿元。\n一、续建项目(2项)\n1.甲项目。总投资2亿元。\n2.乙项目。总投资3亿元。\n二、其他\n",
        ["6亿元", "2亿元", "3亿元"],
    ),
    ("规上工业企业120家,其中大型企业15家、中型企业45家、小型企业66家。", ["120家", "15家", "45家", "66家"]),
    (
        "农林牧渔业总产值55.2亿元,增长4.1%。其中,农业总产值30.6亿元,增长4.8%;林业总产值1.56亿元;牧业总产值20.1亿元;渔业总产值10.6亿元。",
        ["55.2亿元", "30.6亿元", "1.56亿元", "20.1亿元", "10.6亿元"],
    ),
    (
        "总投资285.75亿元,其中财政32.24亿元、融资0.6亿元、自筹251.9亿元。",
        ["285.75亿元", "32.24亿元", "0.6亿元", "251.9亿元"],
    ),
    (
        "安排项目126个,总投资1284.37亿元。按类别分:1.实施类项目41个,总投资286.45亿元。2.前期类项目27个,总投资641.7亿元。3.储备类项目58个,总投资383.22亿元。",
        ["1284.37亿元", "286.45亿元", "641.7亿元", "383.22亿元"],
    ),
    (
        "共安排项目126个。按类别分:1.实施类项目41个。2.前期类项目29个。3.储备类项目58个。",
        ["126个", "41个", "29个", "58个"],
    ),
    (
        "户籍总人口46.46万人,其中,城镇人口15.26万人,乡村人口31.20万人;男性人口24.85万人,女性人口22.61万人。",
        ["46.46万人", "24.85万人", "22.61万人"],
    ),
    (
        "实现农林牧渔业总产值69.93亿元,增加值37.90亿元。其中,农业产值7.09亿元;林业产值0.11亿元;牧业产值9.14亿元;渔业产值60.75亿元;农林牧渔服务业产值0.84亿元。",
        ["69.93亿元", "7.09亿元", "0.11亿元", "9.14亿元", "60.75亿元", "0.84亿元"],
    ),
    ("粮食总产量46695吨,增长0.98%。其中,夏粮产量7327吨;秋粮产量93368吨。", ["46695吨", "93368吨"]),
    (
        "共有98个项目集中开工,总投资120.14亿元。其中,产业项目有77项,总投资101.23亿元;民生项目31项,总投资18.91亿元。",
        ["98个", "77项", "31项"],
    ),
    ("政府债务余额191.3亿元,其中,一般债务54.5亿元,专项债务163.8亿元。", ["191.3亿元", "54.5亿元", "163.8亿元"]),
    ("共有27个项目,包含省重大项目14个,省优选项目4个,省补短板项目11个。", ["27个", "14个", "4个", "11个"]),
    ("项目分为三类共126个,分为实施类41个、前期类27个、储备类48个。", ["126个", "41个", "27个", "48个"]),
]
SUMS_THAT_FIT = [
    "安排项目126个,总投资1284.37亿元,计划投资110亿元。按类别分:1.实施类项目41个,总投资286.45亿元,计划投资62亿元。2.前期类项目27个,总投资614.7亿元,计划投资48亿元。3.储备类项目58个,总投资383.22亿元。",
    "330个重点项目总投资6002.8亿元,年度计划投资750.1亿元。其中:促开工项目100个,总投资1568亿元,年度计划投资350.1亿元;促竣工项目100个,总投资802.4亿元,年度计划投资400亿元。",
    "安排项目714个,年度计划完成投资803亿元。其中甲区项目303个,年度计划完成投资383.37亿元;乙区项目411个,年度计划完成投资419.13亿元。",
    "共安排项目126个。按类别分:1.实施类项目41个。2.前期类项目27个。3.储备类项目58个。",
    "共安排项目126个。按批次分:1.首批41个。2.第二批另行公布。",
    "上半年实现主营收入386亿元,固定资产投资64.57亿元,其中,甲区完成主营收入93.6亿元;完成固定资产投资15.9亿元。",
    "固定资产投资完成183.62亿元,位列四县一区第二。其中第三产业投资完成96.04亿元,位列四县一区第三;项目投资完成161.95亿元。",
    "新增铁路运营里程639公里、其中高铁370公里,新增高速公路2600公里、农村公路3000公里、通硬化路3.66万公里。",
    "新增营造林148万亩、其中南北山绿化工程43万亩,修复治理退化草原517万亩。",
    "新增企业100家,其中高新技术企业60家、规上企业55家。",
    "新增企业100家,其中工业企业60家、服务业企业37家。",
    "共安排项目100个,其中续建项目40个、新建项目50个。",
    "完成营业收入50亿元,其中工业投资60亿元。",
    "2019年新登记2335户,其中企业 880户,个体1455户。",
    "成功签约项目34个。其中,正式协议6个,10亿元项目3个,5亿元项目1个。",
    "全年新招引亿元以上项目75个,总投资283亿元,其中包括央企投资项目6个,投资10亿元以上项目5个。",
    "新开工项目35个,总投资105亿元,其中10亿元以上项目3个,分别是总投资30亿元的甲项目、11亿元的乙项目和10亿元的丙项目。",
    "新签约项目58个,其中10亿元以上项目30个、5亿元以上项目40个。",
    "固定资产投资完成148.6亿元,其中高技术产业投资增长21.7%,占固定资产投资的比重为43%。",
    "共安排项目12项,总投资96.5亿元。其中,续建项目4项,总投资39.2亿元;新开工项目6项,总投资32.8亿元;前期项目2项,总投资24.5亿元。",
    "完成投资100亿元,其中工业投资40亿元,新增就业2000人,培训120人。",
    "地区生产总值达到612.8亿元,其中第一产业增加值12.3亿元、第二产业增加值300.2亿元、第三产业增加值300.4亿元。",
    "聚集企业8000多家,其中世界500强项目31家,瞪羚企业89家。",
    "新增市场主体1280户,其中企业同比增加1406户。",
    "续建项目4项,新开工项目6项,前期项目2项。",
    "全年应开工项目90项,其中上半年应开工60项,目前实际开工55项(其中,提前开工4项)。",
    "年度计划投资80亿元。前三季度共完成投资60亿元,其中续建项目完成投资44亿元,占年度计划的76%,建成项目完成投资14亿元。",
    "全县生产总值30亿元。其中:第一产业8亿元;第二产业9亿元,其中工业7亿元、建筑业2亿元。第三产业13亿元。",
    "新增企业100家,其中高新技术企业20家。全区现有企业3000家。",
]


@pytest.mark.parametrize(("raw", "figures"), SUMS)
def test_parts_that_miss_their_whole_are_a_sum_mismatch(raw: str, figures: list[str]) -> None:
    assert marked(raw, "sum-mismatch") == [sorted(figures, key=raw.index)] or marked(raw, "sum-mismatch") == [figures]


TABLES = [
    ("项目 | 个数 | 投资 |\n甲 | 3 | 5.5 |\n乙 | 4 | 6.5 |\n合计 | 7 | 13 |", ["5.5", "6.5", "13"]),
    ("| 项目 | 个数 | 投资 |\n|---|---|---|\n| 合计 | 8 | 12 |\n| 甲 | 3 | 5.5 |\n| 乙 | 4 | 6.5 |", ["8", "3", "4"]),
    ("项目\t个数\t投资\n甲\t3\t5.5\n乙\t4\t6.5\n合计\t8\t12", ["3", "4", "8"]),
    ("地区\t合计\t城镇\t农村\n甲\t3\t1\t2\n乙\t5\t2\t3\n丙\t9\t4\t5\n丁\t8\t4\t5", ["8", "4", "5"]),
]
TABLES_THAT_FIT = [
    "项目 | 个数 | 投资 |\n甲 | 3 | 5.5 |\n乙 | 4 | 6.5 |\n合计 | 7 | 12 |",
    "项目 | 个数 | 增长(%) |\n甲 | 3 | 5.5 |\n乙 | 4 | 6.5 |\n合计 | 7 | 6 |",  # rates make no sum
    "项目 | 个数 | 投资 |\n甲 | 3 | 5.5 |\n其中:丙 | 1 | 2 |\n乙 | 4 | 6.5 |\n合计 | 7 | 13 |",
    "项目 | 人口 | 户数 |\n甲 | 3 | 5 |\n乙 | 4 | 6 |\n合计 | 9 | 14 |",  # no column shows that the total is one of these rows
    "地区\t合计\t城镇\t农村\n甲\t3\t1\t1\n乙\t5\t2\t2\n丙\t9\t4\t5",  # nor that these cells make it
]


@pytest.mark.parametrize(("raw", "cells"), TABLES)
def test_a_total_that_its_cells_do_not_make_is_a_sum_mismatch(raw: str, cells: list[str]) -> None:
    [found] = marked(raw, "sum-mismatch")
    assert sorted(found) == sorted(cells)


@pytest.mark.parametrize("raw", TABLES_THAT_FIT)
def test_a_table_that_adds_up_or_may_not_be_meant_to_is_no_finding(raw: str) -> None:
    assert marked(raw, "sum-mismatch") == []


def test_a_sum_ten_thousand_times_its_neighbours_in_a_county_is_a_contradiction() -> None:
    raw = "全县固定资产投资86240亿元,工业投资5.2亿元,技改投资1.1亿元,民间投资3亿元。"

    def found(actor: str, text: str = raw) -> list[str]:
        view = clean(text)
        segment = Segment(id="s1", start=0, end=len(text), actor=actor)
        return [finding.code for finding in run_checks(Material(text, view, find_in(view), (segment,)))]

    assert found("甲县") == ["contradiction"]
    assert found("甲省") == []  # whose sums may be so large
    assert found("甲县", raw.replace("全县", "全国")) == []
    assert found("甲县", raw.replace("86240亿元", "86240万元")) == []


@pytest.mark.parametrize("raw", SUMS_THAT_FIT)
def test_parts_that_fit_or_leave_a_rest_are_no_finding(raw: str) -> None:
    assert findings(raw) == ()


SHARES = [
    ("实现营收2207.96亿元,其中数字经济占85%,总体规模为1676.77亿元。", ["2207.96亿元", "1676.77亿元", "85%"]),
    ("总投资100亿元,其中工业投资60亿元,占比75%。", ["100亿元", "60亿元", "75%"]),
    ("年度计划投资372.8亿元,截至7月底完成投资265.4亿元,占年度计划的81.2%。", ["372.8亿元", "265.4亿元", "81.2%"]),
    (
        "全社会固定资产投资178.75亿元。第三产业投资134.15亿元,占全社会固定资产投资的57%。",
        ["178.75亿元", "134.15亿元", "57%"],
    ),
    (
        "完成到位资金120.44亿元,同比增长29%,完成下达任务数132.63亿元的98.8%。",
        ["132.63亿元", "120.44亿元", "98.8%"],
    ),
    (
        "全市生产总值1151.5亿元,增长6.1%。其中,第一产业增加值50.7亿元,增长1.3%,占生产总值的比重为8.4%。",
        ["1151.5亿元", "50.7亿元", "8.4%"],
    ),
    ("完成投资18.48亿元,占年度计划28.36亿元的54%。", ["28.36亿元", "18.48亿元", "54%"]),
    ("累计完成24627万元,完成年初预算数60999万元的50.4%。", ["60999万元", "24627万元", "50.4%"]),
    ("计划新开工项目270项,实际已开工129项,开工率达57%。", ["270项", "129项", "57%"]),
    ("124个新建项目已开工122个,开工率为 88.4%。", ["124个", "122个", "88.4%"]),
]
SHARES_THAT_FIT = [
    "全市生产总值1151.5亿元,增长6.1%。其中,第一产业增加值50.7亿元,增长1.3%,占生产总值的比重为4.4%。",
    "全社会固定资产投资178.75亿元。第三产业投资134.15亿元,占全社会固定资产投资的75%。",
    "完成到位资金120.44亿元,同比增长29%,完成下达任务数132.63亿元的90.8%。",
    "完成投资18.48亿元,占年度计划28.36亿元的65.2%。",
    "计划新开工项目270项,实际已开工129项,开工率达47%。",
    "共有27个项目列入名单,总投资785.5亿元;新开工项目16个,占全市的五分之一,开工率76.2%。",
    "市重点项目年度计划投资258.08亿元。\n各企业开工52项,完成投资90.5亿元,完成年度投资计划的69%。",
    "新开工项目完成投资43.4亿元,完成年度投资计划的16.4%。省级重点项目年度计划投资88.5亿元。",
    "实现营收2207.96亿元,其中数字经济占85%,总体规模为1876.77亿元。",
    "总投资100亿元,其中工业投资60亿元,占全市工业投资的35%。",
    "年度计划投资372.8亿元,截至7月底完成投资265.4亿元,占年度计划的71.2%。",
    "全市项目完成投资265.4亿元,占年度计划的71.2%。确保全年完成投资400亿元以上。",
    "上半年,街道完成财政收入1.32亿元,同比增长5.6%,完成全年任务的54.1%。确保全年财政收入完成2.44亿元。",
    "以占厦门不到1%的土地,实现了厦门近43%的工业总产值,其中高技术产业产值占规上工业总产值比重达82%以上。",
]


@pytest.mark.parametrize(("raw", "figures"), SHARES)
def test_a_part_that_is_not_its_share_of_the_whole_is_a_share_mismatch(raw: str, figures: list[str]) -> None:
    assert marked(raw, "share-mismatch") == [figures]


@pytest.mark.parametrize("raw", SHARES_THAT_FIT)
def test_a_share_that_fits_or_whose_whole_is_unknown_is_no_finding(raw: str) -> None:
    assert findings(raw) == ()


CONTRADICTIONS = [
    ("某公司年产200吨冷轧精密带钢项目,建设规模为年产200万吨冷轧精密带钢。", ["200吨", "200万吨"]),
    ("云岫轴承智造项目总投资17亿元。会议听取了汇报。云岫轴承智造项目总投资71亿元。", ["17亿元", "71亿元"]),
    (
        "年产3万吨石英砂项目\n建设单位:望湖新材料有限公司\n规模内容:新建生产线4条,达产后年产石英砂30万吨",
        ["3万吨", "30万吨"],
    ),
    (
        "2024年,全区规上工业总产值力争突破680亿元。会议强调要抓好落实。确保2024年规上工业总产值突破860亿元。",
        ["680亿元", "860亿元"],
    ),
]
NO_CONTRADICTIONS = [
    "某公司年产100万线系统及终端项目,建设规模为年产100万线系统及终端。",
    "处理能力由日处理4万吨污水扩至日处理7万吨污水。",
    "2024年,全区规上工业总产值力争突破680亿元。到2025年,规上工业总产值力争突破860亿元。",
    "2024年规上工业总产值力争突破680亿元。2024年规上工业总产值力争增长11%。",
    "2024年东区:规上工业总产值目标680亿元。西区:规上工业总产值目标860亿元。",
    "2023年规上工业总产值完成612亿元。2023年规上工业总产值目标为600亿元以上。",
]


@pytest.mark.parametrize(("raw", "figures"), CONTRADICTIONS)
def test_one_quantity_with_two_values_is_a_contradiction(raw: str, figures: list[str]) -> None:
    assert marked(raw, "contradiction") == [figures]


@pytest.mark.parametrize("raw", NO_CONTRADICTIONS)
def test_another_year_measure_or_enlargement_is_no_contradiction(raw: str) -> None:
    assert marked(raw, "contradiction") == []


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("确保2月30日前完成招标。", "2月30日"),
        ("2024年11月31日前建成投用。", "2024年11月31日"),
        ("4月31日开工。", "4月31日"),
        ("于13月底前完成。", "13月"),
        ("公布日期2023.02.29。", "2023.02.29"),
        ("2023年2月29日印发。", "2023年2月29日"),
        ("二〇二三年二月三十日印发。", "二〇二三年二月三十日"),
        ("截至8月1日25时,完成登记。", "日25时"),
        ("五季度完成验收。", "五季度"),
        ("发展规划(2025-2021年)。", "2025-2021年"),
    ],
)
def test_a_time_that_does_not_exist_is_impossible(raw: str, place: str) -> None:
    [[found]] = marked(raw, "date-impossible")
    assert found in place or place in found


@pytest.mark.parametrize(
    "raw",
    [
        "2024年2月29日印发。",
        "2月29日前完成。",
        "12月31日24时前完成。",
        "工期36个月。",
        "二〇〇八年三月七日。",
        "2021-2025年。",
        "2024-02-22 08:31发布。",
        "电话:0577-00001234,67981105。",
        "11月15日至次年3月15日。",
        "13月龄婴儿。",
        "十一月三十日前完成。",
    ],
)
def test_a_time_that_exists_is_no_finding(raw: str) -> None:
    assert marked(raw, "date-impossible") == []


def test_a_limit_before_publication_is_a_period_mismatch() -> None:
    raw = "加快项目建设,确保2022年底前建成投用。"

    assert [finding.code for finding in findings(raw, "2024-02-08")] == ["period-mismatch"]
    assert findings(raw, "2022-02-08") == ()
    assert findings("该项目已于2022年底前建成投用。", "2024-02-08") == ()


HOLES = [
    ("高新区重点在建项目 个,目前已全部复工。", " 个"),
    ("项目总投资  亿元,用地212亩。", "  亿元"),
    ("地区生产总值增长  %,财政收入增长3%。", "  %"),
    ("固定资产投资增长%,财政收入增长3%。", "%"),
    ("一季度完成 万元,同比增长5%。", " 万元"),
    ("投产率达到XX%以上。", "XX%"),
    ("新建标准厂房__个。", "__个"),
    ("总投资×亿元。", "×亿元"),
    ("全年力争新增规上企业( )家。", "( )家"),
    ("占比提高个百分点。", "个百分点"),
    ("项目总投资亿元,用地212亩。", "亿元"),
    ("2024年 月底前完成。", " 月"),
    ("计划生育率达到.%,居全市首位。", ".%"),
]


@pytest.mark.parametrize(("raw", "hole"), HOLES)
def test_a_hole_where_a_figure_belongs_is_found(raw: str, hole: str) -> None:
    assert marked(raw, "missing-figure") == [[hole]]


@pytest.mark.parametrize(
    "raw",
    [
        "产值超亿元,实现一家突破。",
        "新签约亿元以上项目58个。",
        "来源:网 日期:2023-09-05 点击:次",
        "指标 | 单位 | 增长% |",
        "单位:%,亿元",
        "某某服务业增加值占比达到两成,创建一 家、两 个。",
        "建 设 国 家 级 园 区,打 造 专 家 。",
        "XX高新区召开会议,XX街道、XX项目、XX人民政府。",
        "颍泊热电2×350兆瓦机组。",
        "若干个百分点,几个百分点,10个百分点。",
        "面向全体会员 个人、企业均可报名",
        "每户,每人,按户,到家,到位。",
    ],
)
def test_a_unit_that_needs_no_figure_is_no_hole(raw: str) -> None:
    assert marked(raw, "missing-figure") == []


@pytest.mark.parametrize(
    ("raw", "damage"),
    [
        ("平?jīng)龉I(yè)園區(qū)", "?jīng)龉I(yè)"),
        ("工业总产\ufffd\ufffd完成34亿元", "\ufffd\ufffd"),
        ("力争锟斤拷完成", "锟斤拷"),
        ("完成投资Ã¤亿元", "Ã¤"),
        ("工业总?值完成34亿元", "?"),
        ("工业总??完成34亿元", "??"),
        ("项目■■完成", "■■"),
        ("完成口口亿元", "口口"),
        ("投资\ue123万元", "\ue123"),
        ("总投资1O亿元", "1O"),
    ],
)
def test_damaged_characters_are_found(raw: str, damage: str) -> None:
    assert marked(raw, "corrupt-text") == [[damage]]


@pytest.mark.parametrize(
    "raw",
    [
        "質(zhì)量標桿企業(yè)2家",
        "怎么办?我们要抓落实。什么是高质量?答案在一线。",
        "口口声声,口口相传",
        "建筑规模10GWh(含储能)、H.264(km)",
        "□是 □否 ■已完成",
        "PM2.5浓度35μg/m³,CO2排放",
        "café、naïve、Ökostrom",
    ],
)
def test_whole_characters_are_no_finding(raw: str) -> None:
    assert marked(raw, "corrupt-text") == []


def test_a_damage_that_comes_again_is_one_finding_with_all_its_places() -> None:
    raw = "平?jīng)龉I(yè)園區(qū)建成。全體干部努力。平?jīng)龉I(yè)園區(qū)投產。"

    assert marked(raw, "corrupt-text") == [["?jīng)龉I(yè)", "?jīng)龉I(yè)"]]


def test_a_question_mark_in_front_of_a_cells_digits_is_damage() -> None:
    assert marked("城镇登记失业率(%) 4.02 ?28 预期性", "corrupt-text") == [["?"]]


def test_a_text_without_its_years_is_one_finding_with_all_its_places() -> None:
    raw = "盘点上半得失,谋划下半重点。今是全面发力之年,确保圆满兑现今的全部任务,项目内有望开工。立项已过关,内有望破土动工。"

    assert marked(raw, "corrupt-text") == [["上半", "下半", "今", "今", "内"]]


def test_years_without_their_digits_are_found_too() -> None:
    raw = "全县产值比年提高一成。年,全县再上台阶。今后年,是关键时期,实现年远景目标。"

    assert marked(raw, "corrupt-text") == [["年", "年", "年", "年"]]


@pytest.mark.parametrize(
    "raw",
    [
        "上半年完成投资5亿元,下半年再接再厉。",
        "上半场落后,下半场追赶,上半身着装整齐。",
        "截至今,至今的成绩;当今的世界,如今是信息之年。",
        "今后的工作,今天的任务,今冬明春。",
        "谋划上半工作。",  # once may be a slip of the pen
    ],
)
def test_a_text_with_its_years_is_no_finding(raw: str) -> None:
    assert marked(raw, "corrupt-text") == []


def test_damage_within_three_characters_is_one_finding() -> None:
    assert marked("总\ufffd产\ufffd\ufffd值", "corrupt-text") == [["\ufffd产\ufffd\ufffd"]]


def test_a_text_that_ends_in_the_middle_of_a_figure() -> None:
    assert marked("加工业6个,占新增大项目的85\n", "unexplained-figure") == [["85"]]
    assert marked("加工业6个,占新增大项目的85%\n", "unexplained-figure") == []
    assert marked("加工业6个。联系电话85", "unexplained-figure") == []


def test_an_empty_text_has_no_findings() -> None:
    assert findings("") == ()


def test_the_tuple_of_checks_holds_each_check_once() -> None:
    assert len(CHECKS) == len(set(CHECKS))


KNOWN = {
    "001_5fdc302170858bd9": ["missing-figure"],
    "003_f5c1a1eee23ab8f7": ["corrupt-text"],
    "004_3fec20171efde8a6": ["contradiction"],
    "pasted-documents": ["sum-mismatch"],
}


@pytest.mark.parametrize("path", [*SEEDS, *PRACTICE], ids=lambda path: path.stem)
def test_the_documents_that_we_know_show_their_faults_and_no_other(path: Path) -> None:
    raw = path.read_text("utf8")

    assert sorted({finding.code for finding in findings(raw)}) == KNOWN.get(path.stem, [])


@pytest.mark.parametrize("path", PRACTICE, ids=lambda path: path.stem)
def test_planted_faults_are_found(path: Path) -> None:
    gold = json.loads((ROOT / "fixtures/practice/gold" / f"{path.stem}.json").read_text("utf8"))
    found = findings(path.read_text("utf8"))

    for fault in gold["planted"]:
        assert any(
            finding.code == fault["code"] and span.start < fault["end"] and fault["start"] < span.end
            for finding in found
            for span in finding.spans
        ), fault
