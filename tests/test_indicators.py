"""Names that plans and reports share have one code, and no other name has it."""

from collections import Counter
from importlib.resources import files

import pytest

from extractor.assemble.indicators import by_name, indicator_of

SAME = {
    "全市规模以上工业增加值增速": "industrial-value-added-above-scale",
    "规上工业增加值": "industrial-value-added-above-scale",
    "地区生产总值年均增速": "gdp",
    "GDP": "gdp",
    "细颗粒物(PM2.5)平均浓度": "pm25",
    "PM2.5平均浓度": "pm25",
    "我县城镇新增就业人数": "urban-jobs-created",
    "进出口": "trade",
    "实际利用外资": "foreign-capital-used",
}
OTHERS = (
    "高新区地区生产总值占全市比重",
    "签约项目数",
    "工业增加值率",
    "单位地区生产总值能耗降低率",
    "新增规上工业企业数",
    "人口",
    "",
)


@pytest.mark.parametrize("name", SAME)
def test_a_known_name_has_the_code_of_what_it_measures(name: str) -> None:
    assert indicator_of(name) == SAME[name]


@pytest.mark.parametrize("name", OTHERS)
def test_a_name_that_only_holds_a_known_one_has_none(name: str) -> None:
    assert indicator_of(name) is None


def test_no_name_means_two_indicators_and_every_one_can_be_found() -> None:
    lines = files("extractor").joinpath("tables/indicators.tsv").read_text("utf8").splitlines()
    names = Counter(name for line in lines if not line.startswith("#") for name in line.split("\t")[1:])

    assert [name for name, times in names.items() if times > 1] == []
    assert all(indicator_of(name) == code for name, code in by_name().items())
