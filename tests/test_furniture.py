"""What of a page is left out of its document, why, and what goes on behind it."""

import pytest

from extractor.analysis import analyse
from extractor.outline.furniture import mark_furniture
from extractor.outline.unread import findings_left_out
from extractor.text.lines import read_lines

PROSE = "会议要求,各部门抓好招商引资、项目建设、科技创新等工作,全年新引进项目12个,到位资金30亿元。"
MORE = "下一步,全区将紧盯目标不放松,抓好项目落地、企业服务和要素保障,确保全年完成投资40亿元。"


def marks(text: str) -> dict[str, str | None]:
    return {line.text: line.left_out for line in mark_furniture(read_lines(text))}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("首页 > 新闻中心 > 正文", "navigation"),
        ("您当前所在位置:首页 > 要闻", "navigation"),
        ("国家发改委|政务公开|政务服务网", "navigation"),
        ("第03版:要闻", "navigation"),
        ("【字号:大 中 小】 打印 关闭", "tools"),
        ("分享到: 微信 微博 QQ空间", "tools"),
        ("上一篇:青岭经开区签约项目12个", "tools"),
        ("扫一扫在手机打开当前页", "tools"),
        ("发布时间:2024-02-22 08:31 来源:青岭融媒 阅读:3215次", "source"),
        ("2026-02-02 09:20 来源:青岭网", "source"),
        ("责任编辑:林某", "source"),
        ("索引号 | 001/2023-7 | 公开方式 | 主动公开 |", "metadata"),
        ("【发布机构】 青岭市人民政府", "metadata"),
        ("主办单位:青岭市人民政府办公室 网站标识码:3500000099", "notice"),
        ("青ICP备00012345号-1", "notice"),
        ("新闻热线:0599-8800000", "notice"),
        ("市长林某作政府工作报告。本报记者 苏某摄", "caption"),
    ],
)
def test_a_line_of_the_page_is_left_out_with_its_reason_and_takes_no_neighbour_along(line: str, why: str) -> None:
    found = marks(f"青岭高新区召开招商引资工作会议\n{line}\n{PROSE}\n{MORE}\n")

    assert found.pop(line) == why
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    "line",
    [
        "本月底前完成改造3处",
        "指标 | 单位 | 2025年 | 属性",
        "52 约束性 城市空气质量达标比例(%) 71.4 >",
        "序号 | 实事名称 | 推进举措及时间安排 | 责任单位 |",
        "融入统一大市场。坚持“五统一、一开放”,着力打击侵权假冒,破除地方保护,新增企业12家,培育龙头3家。",
        "最新目标是新开工项目12个",
        "热门景区接待游客120万人次",
        "一、主要目标",
        "(市发展改革委牵头,市财政局配合)",
        "名称 | 总投资 | 责任部门",
    ],
)
def test_what_only_looks_like_furniture_stays(line: str) -> None:
    assert marks(f"青岭高新区召开招商引资工作会议\n{PROSE}\n{line}\n{MORE}\n")[line] is None


@pytest.mark.parametrize(
    ("behind", "reason"),
    [
        (f"青岭县2024年工作总结\n{PROSE}", "a title with prose below"),
        (f"{PROSE}", "prose"),
        ("第一产业 | 31.2 | 4.1\n第二产业 | 198.6 | 10.3", "a table"),
        (f"青岭县召开项目推进会议\n2024-05-06 来源:青岭网\n{PROSE}", "a title with a dateline"),
        (f"青岭县前三季度工作汇报\n各位委员,大家上午好!\n{PROSE}", "a title with a salutation"),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)
def test_a_block_of_links_ends_where_the_text_goes_on(behind: str, reason: str) -> None:
    links = ["相关阅读", "云岫高新区新增企业20家", "· 临江一季度集中开工项目36个 [2024-02-21]"]
    found = marks("\n".join((PROSE, *links, behind)))

    assert [found[line] for line in links] == ["links"] * 3, reason
    assert [line for line in behind.split("\n") if found[line] not in (None, "source")] == []


def test_a_label_of_links_at_the_very_top_hides_nothing_of_the_text() -> None:
    found = marks(f"- 相关推荐\n青岭区前三季度重点工作进展汇报\n各位委员,大家上午好!\n{PROSE}\n{MORE}\n")

    assert {line: why for line, why in found.items() if why} == {"- 相关推荐": "links"}


def test_a_menu_above_the_title_is_left_out_and_the_title_is_not() -> None:
    menu = ["新闻中心", "政务公开", "|", "信息公开", "互动交流", "招商指南", "部门"]
    found = marks("\n".join((*menu, "青岭高新区召开会议", "发布日期:2024-05-06", PROSE)))

    assert {found[line] for line in menu} == {"navigation"}
    assert found["青岭高新区召开会议"] is None


def test_a_key_of_metadata_takes_its_value_from_the_line_below_but_not_the_title() -> None:
    found = marks(
        "索 引 号:\n3301/2021-12\n标  题:\n青岭省人民政府办公厅关于加强评价工作的意见\n主 题 词:\n青岭省人民政府办公厅关于加强\n评价工作的意见\n"
        + PROSE
    )

    assert found["3301/2021-12"] == found["青岭省人民政府办公厅关于加强评价工作的意见"] == "metadata"
    assert found["青岭省人民政府办公厅关于加强"] is None


def test_where_nothing_would_remain_blocks_are_given_back() -> None:
    found = marks("相关阅读\n云岫高新区新增企业20家\n临江经开区开工12个项目\n")

    assert found == {"相关阅读": None, "云岫高新区新增企业20家": None, "临江经开区开工12个项目": None}


def told(raw: str) -> list[tuple[str, str]]:
    analysis = analyse(raw)
    findings = findings_left_out(analysis.view, analysis.hits, analysis.outline)
    return [(raw[finding.spans[0].start : finding.spans[0].end], finding.message) for finding in findings]


def test_links_that_hold_prose_are_told_with_their_place() -> None:
    links = f"相关阅读\n• 云岫高新区新增企业20家\n• {MORE}"

    [(words, message)] = told(f"青岭高新区召开会议\n{PROSE}\n{links}\n")

    assert words == links
    assert message == "Left out as a part of the page, yet it holds prose."


def test_a_few_headlines_with_figures_are_no_finding_and_many_are() -> None:
    page = f"青岭高新区召开会议\n{PROSE}\n相关阅读\n"

    assert told(page + "• 新增企业20家\n• 开工项目3个\n• 力争全年增长8%\n") == []
    assert len(told(page + "• 新增企业20家\n• 开工项目3个\n• 力争全年增长8%\n• 到位资金9亿元\n")) == 1


def test_notices_dates_and_numbers_of_the_page_are_no_finding() -> None:
    assert (
        told(
            f"青岭高新区召开会议\n2024-05-06 08:12 来源:青岭网 浏览:1238次 字号:大 中 小\n{PROSE}\n版权与免责声明:\n"
            "①凡本站注明稿件来源为青岭网的所有文字、图片,版权均属本站所有,未经授权不得转载、链接、转贴。请在30日内联系。电话:010-68000000\n"
        )
        == []
    )


def test_a_document_that_lost_its_line_breaks_is_no_notice() -> None:
    prose = "全县完成固定资产投资65亿元,同比增长6%。" * 60

    assert analyse(f"2024年工作总结 {prose} 版权所有:某某网 未经授权不得转载").outline.left_out == ()
