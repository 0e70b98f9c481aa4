"""Numerals against their own writing, and against cn2an where that accepts the string."""

from decimal import Decimal

import cn2an
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from extractor.recognise import find_figures
from extractor.recognise.numerals import parse

DIGITS = "零一二三四五六七八九"
NUMBERS = st.integers(1, 10**12 - 1)


def group_in_chinese(number: int) -> str:
    """Write a number below 10000, without leading zeros."""
    written, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return written


def in_chinese(number: int) -> str:
    """Write 1 to 10**12 - 1 as a careful writer does: 10500 is 一万零五百."""
    written = ""
    for place, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // place % 10_000
        if group:
            written += ("零" if written and group < 1000 else "") + group_in_chinese(group) + name
    return written.removeprefix("一") if written.startswith("一十") else written


@settings(deadline=None)
@given(NUMBERS)
def test_a_number_written_in_chinese_reads_as_itself(number: int) -> None:
    assert parse(in_chinese(number)) == number


@settings(deadline=None)
@given(NUMBERS)
def test_grouped_digits_read_as_the_number(number: int) -> None:
    assert parse(f"{number:,}") == number
    [hit] = find_figures(f"完成{number:,}户")
    assert hit.value == number


@settings(deadline=None)
@given(
    st.decimals(0, 99999, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12), ("千万", 10**7)])
)
def test_a_scale_multiplies_exactly(number: Decimal, scale: tuple[str, int]) -> None:
    assert parse(f"{number}{scale[0]}") == number * scale[1]


@settings(deadline=None)
@given(st.integers(1000, 2999))
def test_a_year_digit_by_digit_reads_as_itself(year: int) -> None:
    assert parse("".join(DIGITS[int(digit)] for digit in str(year))) == year


@settings(deadline=None)
@given(NUMBERS)
def test_a_count_in_chinese_has_its_value_in_base_units(number: int) -> None:
    [hit] = find_figures(f"总计{in_chinese(number)}吨") if number > 9 else find_figures(f"总计{number}吨")

    assert hit.base
    assert hit.base.value == number * 1000


@settings(deadline=None)
@given(NUMBERS, st.sampled_from(["low", "up"]))
def test_cn2an_writes_what_we_read(number: int, mode: str) -> None:
    written = cn2an.an2cn(str(number), mode)

    assert parse(written) == cn2an.cn2an(written, "strict") == number


@settings(deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["百", "千", "万", "亿", "百万", "千万"]))
def test_cn2an_reads_mixed_numbers_as_we_do(number: int, scale: str) -> None:

    try:
        read = cn2an.cn2an(f"{number}{scale}", "smart")
    except ValueError:
        reject()  # it knows no 10百万
    assert parse(f"{number}{scale}") == read


@settings(deadline=None)
@given(st.decimals(0, 999, places=2))
def test_cn2an_writes_decimals_as_we_read_them(number: Decimal) -> None:

    assert parse(cn2an.an2cn(str(number))) == number
