"""Times that hang on the month or quarter of the document: the dates that they name, and where they stay open."""

from datetime import date

import pytest

from extractor.analysis import analyse
from extractor.recognise import find_figures

MAY = date(2024, 5, 7)
DECEMBER = date(2024, 12, 5)
JANUARY = date(2025, 1, 5)


@pytest.mark.parametrize(
    ("text", "outer", "reference", "start", "end", "relation"),
    [
        ("本月", "本月", MAY, "2024-05-01", "2024-05-31", "during"),
        ("本月底", "本月底", MAY, "2024-05-31", "2024-05-31", "by"),
        ("这个月底前", "这个月底前", MAY, None, "2024-05-31", "by"),
        ("月底前", "月底前", MAY, None, "2024-05-31", "by"),
        ("本月15日前", "本月15日前", MAY, None, "2024-05-15", "by"),
        ("本月下旬", "本月下旬", date(2024, 2, 3), "2024-02-21", "2024-02-29", "during"),
        ("上月", "上月", JANUARY, "2024-12-01", "2024-12-31", "during"),
        ("上月底", "上月底", MAY, "2024-04-30", "2024-04-30", "by"),
        ("下个月", "下个月", DECEMBER, "2025-01-01", "2025-01-31", "during"),
        ("下月初", "下月初", MAY, "2024-06-01", "2024-06-10", "during"),
        ("下月起", "下月起", DECEMBER, "2025-01-01", None, "from"),
        ("下月5日前", "下月5日前", DECEMBER, None, "2025-01-05", "by"),
        ("本季度", "本季度", MAY, "2024-04-01", "2024-06-30", "during"),
        ("本季度末前", "本季度末前", MAY, None, "2024-06-30", "by"),
        ("季度末", "季度末", MAY, "2024-06-30", "2024-06-30", "by"),
        ("这个季度", "这个季度", DECEMBER, "2024-10-01", "2024-12-31", "during"),
        ("上季度", "上季度", JANUARY, "2024-10-01", "2024-12-31", "during"),
        ("下个季度", "下个季度", DECEMBER, "2025-01-01", "2025-03-31", "during"),
    ],
)
def test_a_month_or_quarter_hangs_on_a_whole_date(
    text: str, outer: str, reference: date, start: str | None, end: str | None, relation: str
) -> None:
    [hit] = find_figures(text, reference=reference)

    assert hit.time
    assert hit.period
    assert (text[hit.outer_start : hit.outer_end], hit.time.relation) == (outer, relation)
    assert (hit.period.start, hit.period.end, hit.period.impossible) == (start, end, False)


def test_a_day_that_its_month_does_not_have_is_marked_and_named_by_no_date() -> None:
    [hit] = find_figures("本月31日前", reference=date(2024, 6, 3))

    assert hit.period
    assert (hit.period.end, hit.period.impossible) == (None, True)


@pytest.mark.parametrize("text", ["本月底", "季度末", "下季度", "上月"])
def test_a_year_is_not_enough(text: str) -> None:
    [hit] = find_figures(text, reference=2024)

    assert hit.period
    assert (hit.period.start, hit.period.end) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "2025年中央预算",
        "今年中国经济",
        "去年中考",
        "年中国",
        "全年中,",
        "三年中,",
        "本月刊",
        "2025底层",
        "岁末年关",
        "以上月份",
    ],
)
def test_words_that_only_look_like_a_limit_are_none(text: str) -> None:
    assert [hit.text for hit in find_figures(text, reference=MAY) if hit.time and hit.time.point] == []


def published(sentence: str, day: str = "2024-05-07") -> dict[str, tuple[str | None, str | None]]:
    """The interval of each time of a sentence in a document that was published on `day`."""
    analysis = analyse(f"青岭高新区召开会议\n{day}\n{sentence}\n")
    found = zip(analysis.hits, analysis.outline.intervals, strict=True)
    return {hit.text: (at.start, at.end) for hit, at in found if at and hit.text != day}


def test_a_document_with_its_day_of_publication_settles_its_months_and_quarters() -> None:
    assert published("本月底前完成改造3处,下月起试运行,比上季度多5家。") == {
        "本月底": (None, "2024-05-31"),
        "下月": ("2024-06-01", None),
        "上季度": ("2024-01-01", "2024-03-31"),
    }


def test_a_month_of_publication_is_no_day() -> None:
    assert published("力争本月底前完成改造3处。", day="2024年5月")["本月底"] == (None, None)


def test_the_end_of_a_month_is_that_of_the_month_that_the_sentence_named() -> None:
    """Which one it is nobody resolves yet; that of the publication would be wrong."""
    assert published("月底前完成改造3处。")["月底"] == (None, "2024-05-31")
    assert published("力争10月开工建设,月底前完成改造3处。")["月底"] == (None, None)


def test_what_recurs_and_what_counts_from_an_event_stays_open() -> None:
    assert published("各部门于每月5日前报上月完成情况。")["上月"] == (None, None)
    assert published("当月新增企业5家。")["当月"] == (None, None)
    assert published("自受理之日起3个月内办结。")["3个月"] == (None, None)
    assert published("15日,示范区新增企业5家。")["15日"] == (None, None)


def test_a_month_of_the_publication_says_no_year_for_what_follows() -> None:
    assert published("上月新增5家,10月底前再新增5家。", day="2024-01-05")["10月底"] == (None, "2024-10-31")
