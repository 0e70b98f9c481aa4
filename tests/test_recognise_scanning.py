"""A pattern that is tried only near a hint finds what it would find if it were tried everywhere."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.recognise import identifiers, list_marks, not_a_figure, shares, time_patterns
from extractor.recognise.time_points import point_time
from extractor.text.scanning import LineStart, Near

NEAR = {
    name: found
    for module in (identifiers, list_marks, not_a_figure, shares, time_patterns)
    for name, found in vars(module).items()
    if isinstance(found, Near)
}
NEAR |= {f"MARKS {index}": mark for index, mark in enumerate(list_marks.MARKS) if isinstance(mark, Near)}
PIECES = [
    *"0123456789.,、-—~/:∶+@#()“”。;! \n年月日号季度半初末底前后今明去上下中旬第届次大期代名位强件家个项亿万千百十一二三四五六七八九两零〇成分番过占超",
    *(
        "分之",
        "世纪",
        "等奖",
        "阶段",
        "一半",
        "半数",
        "过半",
        "半年",
        "以内",
        "以来",
        "近",
        "未来",
        "每",
        "万元",
        "十四五",
        "“十五”",
        "个五年",
    ),
    *(
        "2024",
        "2024.03",
        "12:30",
        "GB/T",
        "PM2.5",
        "5G",
        "工程",
        "战略",
        "热线",
        "报警",
        "世界500强",
        "一是",
        "附件1",
        "表2",
    ),
]


@pytest.mark.parametrize("near", NEAR.values(), ids=NEAR.keys())
@settings(max_examples=150, deadline=None)
@given(words=st.lists(st.sampled_from(PIECES), max_size=14))
def test_a_hint_costs_no_match(near: Near, words: list[str]) -> None:
    text = "".join(words)

    spans = [match.span() for match in near.finditer(text) if means_something(match)]

    assert spans == [match.span() for match in near.pattern.finditer(text) if means_something(match)]


def means_something(match: re.Match[str]) -> bool:
    """Every part of a point in time may be left out: «末» alone is none."""
    return bool(match.group()) and (
        match.re is not time_patterns.POINT.pattern or point_time(match.groups()) is not None
    )


@settings(deadline=None)
@given(st.text(alphabet="\n 12.a", max_size=30))
def test_a_line_is_found_at_the_start_of_the_text_and_behind_breaks(text: str) -> None:
    found = [match.span("mark") for match in LineStart(r" {0,3}(?P<mark>[0-9]\.)").finditer(text)]

    assert found == [match.span("mark") for match in re.finditer(r"(?m:^) {0,3}(?P<mark>[0-9]\.)", text)]
