"""The head of a document: title, issuer, actor, dates, number, from all that tells them."""

import pytest

from extractor.analysis import analyse
from extractor.outline import Part, Stated

BODY = (
    "会议要求,各部门抓好招商引资、项目建设、科技创新等工作,新引进项目12个,到位资金30亿元。\n"
    "要进一步压实工作责任,强化要素保障,优化服务环境,推动各项工作落到实处、取得实效。\n"
)


def head(raw: str, stated: Stated | None = None) -> Part:
    [part] = analyse(raw + BODY, stated=stated).outline.parts
    return part


NOTICE = "青岭市人民政府关于印发工业发展规划的通知\n青政发〔2023〕5号\n"
REPORT = "2026年青岭县政府工作报告\n——2026年1月19日在青岭县第十三届人民代表大会第四次会议上\n"


@pytest.mark.parametrize(
    ("raw", "actor"),
    [
        pytest.param(NOTICE, "青岭市", id="who signs in the title"),
        pytest.param(
            "科技部、云渚市人民政府关于印发行动方案的通知\n", "科技部、云渚市", id="who signs together acts together"
        ),
        pytest.param(REPORT, "青岭县", id="the place of a report's title"),
        pytest.param(
            "政府工作报告\n——2026年1月19日在青岭县第十三届人民代表大会第四次会议上\n",
            "青岭县",
            id="the parliament that hears it",
        ),
        pytest.param(
            "政府工作报告\n各位代表:\n现在,我代表青岭县人民政府,向大会报告工作。\n", "青岭县", id="for whom it is given"
        ),
        pytest.param("政府工作报告\n青岭县人民政府县长 林某某\n各位代表:\n", "青岭县", id="the office of the speaker"),
        pytest.param(
            "青岭经开区:42个项目集体签约\n6月29日,经开区召开签约会。\n", "青岭经开区", id="the zone of a headline"
        ),
        pytest.param(
            "1-8月青岭县固定资产投资稳中向好\n发布日期:2018-09-20\n", "青岭县", id="a headline that opens with months"
        ),
        pytest.param(
            "索引号 | 0014/2023-7 | 公开方式 | 主动公开 |\n发布机构 | 青岭县人民政府 | 发文日期 | 2023-07-11 |\n",
            "青岭县",
            id="the organ of the page's own table",
        ),
        pytest.param("发布单位 | 区政府 | 发文日期 | 2023-07-11 |\n", "区政府", id="an organ known by its grade alone"),
        pytest.param(
            "同志们:\n我区经济稳步上扬,全区上下齐心苦干,全区投资增长。全区生产总值增长。\n",
            "全区",
            id="what it calls its own",
        ),
        pytest.param("按照市里要求,第四季度县里抓好落实。\n", None, id="fragments are nobody"),
    ],
)
def test_whose_document_it_is(raw: str, actor: str | None) -> None:
    assert head(raw).actor == actor


@pytest.mark.parametrize(
    ("raw", "published"),
    [
        ("青岭县召开会议\n发布时间:2024-02-22 08:31 来源:青岭融媒\n", "2024-02-22"),
        ("青岭县召开会议\n发表时间:\n2026-02-09 09:45:30\n来源:\n青岭日报\n", "2026-02-09"),
        ("青岭县召开会议\n2004年12月02日08:44 青岭新闻网\n", "2004-12-02"),
        ("青岭县召开会议\ndate: 2024-02-22\n", "2024-02-22"),
        ("成文日期: | 2022-07-14 | 发布日期: | 2022-07-20 |\n青岭县召开会议\n", "2022-07-20"),
        ("成文日期: | 2022-07-14 |\n青岭县召开会议\n", "2022-07-14"),
        ("青岭县召开会议\n(2022年7月14日)\n", "2022-07-14"),
        (REPORT, "2026-01-19"),
        (REPORT + "来源:青岭日报\n时间:2026-01-27\n", "2026-01-27"),
        ("青岭县召开会议\n5月底前完成改造3处。\n", None),
        ("青岭县召开会议\n2024年1-8月完成投资3亿元。\n", None),
    ],
)
def test_when_it_was_published(raw: str, published: str | None) -> None:
    assert head(raw).published == published


@pytest.mark.parametrize(
    ("raw", "delivered"),
    [
        (REPORT, "2026-01-19"),
        ("政府工作报告\n2026年1月27日在青岭县第十四届人民代表大会第四次会议上 县长 林某某\n", "2026-01-27"),
        ("在全县经济工作会议上的讲话(2023年1月5日)\n", "2023-01-05"),
        (NOTICE, None),
    ],
)
def test_when_it_was_delivered(raw: str, delivered: str | None) -> None:
    assert head(raw).delivered == delivered


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (NOTICE, "青岭市人民政府关于印发工业发展规划的通知"),
        ("青岭市人民政府办公室关于下达投资项目安排的通知 | |\n发布日期:2023-10-19\n", "青岭市人民政府办公室关于下达投资项目安排的通知"),
        ("标  题:\n青岭省人民政府关于加强评价工作的意见\n发布日期:\n2021年02月26日\n青岭省人民政府关于加强\n评价工作的意见\n", "青岭省人民政府关于加强评价工作的意见"),
        ("下半年经济运行推进会议上的讲话 坚定信心 铆足劲头 同志们:这次会议很重要,要抓好落实,确保完成全年任务。\n", "下半年经济运行推进会议上的讲话"),
        ("本报讯 眼下,新区在建骨干项目增至46个,推进延续了又快又稳的好态势,各部门抓紧抓实。\n", None),
    ],
)  # fmt: skip
def test_its_title(raw: str, title: str | None) -> None:
    assert head(raw).title == title


def test_its_issuer_and_number() -> None:
    part = head(
        "发文机关:\n青岭省人民政府办公厅\n发文字号:\n青政办发〔2021〕12号\n青岭省人民政府办公厅关于加强评价工作的意见\n"
    )

    assert (part.issuer, part.doc_number) == ("青岭省人民政府办公厅", "青政办发〔2021〕12号")


def test_a_known_place_has_its_code_and_an_invented_one_its_grade() -> None:
    known, invented = head("上海市人民政府关于印发规划的通知\n").region, head(NOTICE).region

    assert known
    assert (known.code, known.name, known.level) == ("310000", "上海市", "province")
    assert invented
    assert (invented.code, invented.name, invented.level) == (None, "青岭市", "city")


def test_what_the_file_says_of_itself_counts_where_its_text_is_silent() -> None:
    stated = Stated(title="县里抓好招商引资_新闻中心_某某网", published="2023-05-06", name="上海市")

    silent, told = head("", stated), head(NOTICE + "2023-03-05\n", stated)

    assert (silent.title, silent.published, silent.actor) == ("县里抓好招商引资", "2023-05-06", "上海市")
    assert (told.published, told.actor) == ("2023-03-05", "青岭市")
