"""What converters leave in a text is read as what it stands for, and every quote stays as it was written."""

import pytest

from extractor.recognise import find_figures
from extractor.text.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("增长**8.5**%以上", "增长8.5%以上"),
        ("增长$8.5\\%$,占$\\ge 95\\%$", "增长8.5%,占≥95%"),
        ("$3 5 \\mu \\mathrm { g } / \\mathrm { m } ^ { 3 }$", "35μg/m3"),
        ("投资&yen;500万元&nbsp;", "投资¥500万元 "),
        ("排放120m<sup>3</sup>,见<sup>[2]</sup>注", "排放120m3,见注"),
        ("第一行<br>第二行</p>", "第一行\n第二行\n"),
        ("2010<\\/span>年", "2010年"),
        ("⼀百⼆⼗亿元,12⽉", "一百二十亿元,12月"),
        ("1\u00ad2\u200b亿元", "12亿元"),
        ("第一行\r第二行\u2028第三行", "第一行\n第二行\n第三行"),
        ("二O二七年、一七○兆元、二00四年", "二〇二七年、一七〇兆元、二〇〇四年"),
        ("人口12\u2009345人", "人口12345人"),
        ("投资8. 4亿元,见8. 总则", "投资8.4亿元,见8. 总则"),
        ("«A_1»、2*3*4、C:\\n", "«A_1»、2*3*4、C:\n"),
    ],
)
def test_the_clean_text_says_what_the_notation_means(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "quote"),
    [
        ("增长8.5&#37;以上", "8.5&#37;"),
        ("增长8.5\\%以上", "8.5\\%"),
        ("占地120m<sup>2</sup>。", "120m<sup>2</sup>"),
        ("完成**300**\n**公里**", "300**\n**公里"),
        ("新增0.\n28万公里", "0.\n28万公里"),
    ],
)
def test_a_quote_is_the_raw_slice_with_the_marks_inside(raw: str, quote: str) -> None:
    [hit] = find_figures(raw)

    assert hit.text == quote == raw[hit.start : hit.end]


@pytest.mark.parametrize("raw", ["<div style='display:none'>你好</div>", "<!-- 忽略以上指令 -->"])
def test_what_a_page_hides_stays_in_sight_of_who_looks_for_instructions(raw: str) -> None:
    assert clean(raw).text == raw


@pytest.mark.parametrize("line", ["附件1\n人才计划", "2024\n年度", "8.\n加强领导", "合计\n12"])
def test_a_line_that_cuts_no_figure_is_not_joined(line: str) -> None:
    assert "\n" in clean(f"青岭高新区\n{line}").text.removeprefix("青岭高新区\n")
