"""The rules of the panels: what binds whom until when, and which result is held against which target."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from extractor.review.desk import Desk
from extractor.review.panels import Narrowing, Overview, of_document
from extractor.review.panels.comparing import Comparison, Series, compare
from extractor.review.panels.standing import Standing, written
from extractor.review.panels.timeline import Timeline, timeline
from extractor.review.web import make_app
from extractor.review.web.panel_views import page_of, scale_of, times
from extractor.review.web.words_panels import PANEL_WORDS
from extractor.store import open_store
from schemas.base import Period, Quote, quote
from schemas.deadline import Deadline
from schemas.figure import Normalized
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Milestone, Project
from tests.reviewing import OPEN, keep, listening, read_text

FIRST = """临江市2024年政府工作报告
发布时间:2024-01-15
一、2023年工作回顾
2023年,临江市规上工业总产值完成112亿元,地区生产总值增长6.1%,PM2.5平均浓度38微克/立方米。
二、2024年工作目标
2024年,临江市力争规上工业总产值达到120亿元以上,地区生产总值增长7%以上,PM2.5平均浓度控制在36微克/立方米以下。
推进明远智能装备产业园项目建设,总投资5亿元,10月底前竣工。各单位每月5日前报送进度。
"""
SECOND = """临江市2025年政府工作报告
发布时间:2025-01-16
一、2024年工作回顾
2024年,临江市规上工业总产值完成125亿元,地区生产总值增长6.6%,PM2.5平均浓度35微克/立方米。
"""

# records made by hand


def said(**values: Any) -> Metric:
    """A metric: «规上工业总产值 120 亿元» is the target of 临江市 for 2024 unless told otherwise."""
    value = Decimal(str(values.pop("value", 120)))
    unit = values.pop("unit", "亿元")
    high = values.pop("high", None)
    base = {"亿元": ("CNY", 10**8), "万元": ("CNY", 10**4)}.get(unit, (unit, 1))
    year = values.pop("year", "2024")
    at = values.pop("at", 0)
    figure = Quote(start=at, end=at + 1, quote="x")
    given: dict[str, Any] = {
        "id": f"m{at}",
        "segment": "s1",
        "name": "规上工业总产值",
        "figure": figure,
        "value": value,
        "value_max": high,
        "unit": unit,
        "normalized": Normalized(
            value=value * base[1], value_max=None if high is None else Decimal(high) * base[1], unit=base[0]
        ),
        "comparator": "range" if high else "=",
        "measure": "level",
        "status": "target",
        "period": Period(start=f"{year}-01-01", end=f"{year}-12-31"),
        "actor": "临江市",
        "evidence": (figure,),
        "origin": "rules",
    }
    return Metric(**given | values)


def held(*metrics: Metric, documents: tuple[str, ...] = ()) -> tuple[Series, ...]:
    names = documents or ("a",) * len(metrics)
    return compare(
        Standing(name, f"{name}.txt", None, f"metric-{number}-{number + 1}", metric)
        for number, (name, metric) in enumerate(zip(names, metrics, strict=True))
    )


def only(*metrics: Metric, documents: tuple[str, ...] = ()) -> Comparison:
    [series] = [one for one in held(*metrics, documents=documents) if one.comparisons]
    [found] = series.comparisons
    return found


def none_paired(*metrics: Metric, documents: tuple[str, ...] = ()) -> bool:
    found = held(*metrics, documents=documents)
    assert sum(len(one.alone) for one in found) == len(metrics), "what is not paired is listed"
    return not any(one.comparisons for one in found)


def test_a_target_is_held_against_the_result_of_its_time_and_the_year_before() -> None:
    found = only(
        said(comparator=">="),
        said(at=5, status="actual", value=125),
        said(at=9, status="actual", value=112, year="2023"),
        documents=("a", "b", "a"),
    )

    assert found.result is not None
    assert found.before is not None
    assert (found.result.metric.value, found.before.metric.value) == (125, 112)
    assert (round(found.share or 0, 1), found.gap, found.met) == (Decimal("104.2"), 5 * 10**8, True)


def test_units_of_one_kind_are_compared_and_drawn_on_one_scale() -> None:
    [series] = held(said(value=1.2), said(at=5, status="actual", value=12500, unit="万元"))

    assert series.comparisons[0].gap == 5_000_000
    assert scale_of(series) == (10**8, "亿元")


APART = {
    "another name": {"name": "工业投资"},
    "another unit": {"unit": "万吨"},
    "another measure": {"measure": "growth", "unit": "%"},
    "another actor": {"actor": "望川市"},
    "two years apart": {"year": "2022"},
    "a later year": {"year": "2025"},
    "no period": {"period": None},
    "an open period": {"period": Period(start=None, end="2024-12-31")},
    "another indicator code": {"indicator": "gdp"},
    "the whole country's": {"name": "全国规上工业总产值"},
}


@pytest.mark.parametrize("other", APART)
def test_what_differs_is_not_paired(other: str) -> None:
    assert none_paired(said(), said(at=5, **{"status": "actual", "value": 125, **APART[other]}))


ALIKE = {
    "the place before the name": {"name": "全市规模以上工业总产值"},
    "the actor before the name": {"name": "临江市规上工业总产值"},
    "the place's government": {"actor": "临江市人民政府"},
    "the last day of the year": {"period": Period(start="2024-12-31", end="2024-12-31")},
}


@pytest.mark.parametrize("other", ALIKE)
def test_one_thing_said_in_other_words_is_paired(other: str) -> None:
    assert only(said(), said(at=5, **{"status": "actual", "value": 125, **ALIKE[other]})).result


def test_the_whole_city_is_not_its_zone() -> None:
    zone = {"actor": "临江高新区"}

    assert none_paired(said(**zone), said(at=5, status="actual", name="全市规上工业总产值", **zone))


def test_an_indicator_code_pairs_two_names() -> None:
    assert only(said(indicator="o1"), said(at=5, status="actual", name="规上工业产值", indicator="o1")).result


@pytest.mark.parametrize("actor", ["高新区", "XX高新区", "示范区", "招商局", "全市", None])
def test_an_actor_that_any_document_may_mean_is_the_same_only_in_one_segment(actor: str | None) -> None:
    target, result = said(actor=actor), said(at=5, status="actual", actor=actor)

    assert only(target, result).result
    assert none_paired(target, result, documents=("a", "b"))
    assert none_paired(target, result.model_copy(update={"segment": "s2"}))


@pytest.mark.parametrize("actor", ["临江市", "临江高新区", "临江市商务局", "临江经济技术开发区"])
def test_a_place_is_the_same_in_every_document(actor: str) -> None:
    assert only(said(actor=actor), said(at=5, status="actual", actor=actor), documents=("a", "b")).result


def test_a_district_that_several_cities_have_is_the_same_only_with_one_publisher() -> None:
    target, result = said(actor="新城区"), said(at=5, status="actual", actor="鼓楼区")
    result, target = (one.model_copy(update={"actor": "鼓楼区"}) for one in (result, target))

    def paired(*publishers: str | None) -> bool:
        lines = zip("ab", publishers, (target, result), strict=True)
        return any(one.comparisons for one in compare(Standing(d, d, who, "metric-0-1", m) for d, who, m in lines))

    assert paired("鼓楼报", "鼓楼报")
    assert not paired("鼓楼报", "日报")
    assert not paired(None, None)


def test_a_part_of_the_targets_year_is_told_as_so_far_and_decides_nothing() -> None:
    half = Period(start="2024-01-01", end="2024-06-30")
    found = only(said(comparator=">="), said(at=5, status="actual", value=63, period=half))

    assert found.so_far is not None
    assert (found.result, found.share, found.gap, found.met) == (None, None, None, None)


def test_a_month_alone_is_no_part_of_the_year_so_far() -> None:
    month = Period(start="2024-09-01", end="2024-09-30")

    assert none_paired(said(), said(at=5, status="actual", period=month))


def test_the_row_of_a_table_sets_years_that_are_far_apart_side_by_side() -> None:
    row = quote("总产值 80 120", 0, 10)
    target, base = said(year="2025", evidence=(row,)), said(at=5, status="actual", year="2020", value=80)

    assert none_paired(target, base)
    found = only(target, base.model_copy(update={"evidence": (row,)}))
    assert found.before is not None
    assert found.before.metric.value == 80


def test_january_and_february_are_compared_over_a_leap_year() -> None:
    two = Period(start="2025-01-01", end="2025-02-28")
    leap = Period(start="2024-01-01", end="2024-02-29")

    assert only(said(period=two), said(at=5, status="actual", period=leap)).before


def test_an_estimate_stands_for_the_year_before_where_no_result_does() -> None:
    estimate = said(at=5, status="expected", year="2023", value=110)

    found = only(said(), estimate)
    assert found.before is not None
    assert found.before.metric.status == "expected"
    [series] = held(said(), estimate, said(at=9, status="actual", year="2023", value=112))
    of_estimate, of_target = series.comparisons
    assert of_estimate.result is of_target.before
    assert of_target.before is not None
    assert of_target.before.metric.value == 112


def test_two_targets_for_one_time_are_two_comparisons_and_a_repeated_one_is_one_with_two_places() -> None:
    [series] = held(
        said(comparator=">="), said(at=3, value=130), said(at=4, comparator=">="), said(at=5, status="actual")
    )

    assert [len(one.target.places) for one in series.comparisons] == [2, 1]
    assert len(series.points) == 3


def test_results_that_contradict_each_other_are_both_shown() -> None:
    [series] = held(said(), said(at=5, status="actual", value=125), said(at=9, status="actual", value=12.5))

    assert [one.result and one.result.metric.value for one in series.comparisons] == [125, Decimal("12.5")]


GROWTH = {"measure": "growth", "unit": "%", "name": "单位能耗"}
FALL = GROWTH | {"direction": "down"}
MET: dict[str, tuple[dict[str, Any], dict[str, Any], bool | None]] = {
    "a floor that is passed": ({"comparator": ">="}, {"value": 120}, True),
    "a floor that must be passed": ({"comparator": ">"}, {"value": 120}, False),
    "a result above an amount that is above the floor": ({"comparator": ">"}, {"comparator": ">", "value": 120}, True),
    "a result above an amount below the floor": ({"comparator": ">="}, {"comparator": ">", "value": 110}, None),
    "a ceiling that is kept": ({"comparator": "<="}, {"value": 110}, True),
    "a ceiling that is broken": ({"comparator": "<="}, {"value": 130}, False),
    "a plain amount that is passed, good or bad": ({}, {"value": 130}, None),
    "a plain amount to the point": ({}, {"value": 120}, True),
    "about": ({"comparator": "~"}, {"value": 120}, None),
    "a range": ({"value": 110, "high": 130}, {"value": 120}, True),
    "above a range": ({"value": 110, "high": 130}, {"value": 140}, None),
    "a greater fall": (FALL | {"comparator": ">=", "value": 3}, FALL | {"value": 3.5}, True),
    "a smaller fall": (FALL | {"comparator": ">=", "value": 3}, FALL | {"value": 2}, False),
    "a rise for a fall": (FALL | {"comparator": ">=", "value": 3}, GROWTH | {"value": 5}, False),
    "a fall for a rise": (GROWTH | {"comparator": ">=", "value": 3}, FALL | {"value": 5}, False),
}


@pytest.mark.parametrize("case", MET)
def test_a_target_is_met_or_not_only_where_its_words_decide_it(case: str) -> None:
    target, result, met = MET[case]

    assert only(said(**target), said(at=5, status="actual", **result)).met is met


NO_SHARE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "growth": (GROWTH, GROWTH),
    "a ceiling": ({"comparator": "<="}, {}),
    "a range": ({"value": 100, "high": 130}, {}),
    "a rank": ({"measure": "rank", "unit": "位"}, {"measure": "rank", "unit": "位"}),
    "nothing": ({"value": 0}, {}),
    "more than something": ({}, {"comparator": ">"}),
}


@pytest.mark.parametrize("case", NO_SHARE)
def test_no_share_is_told_of(case: str) -> None:
    target, result = NO_SHARE[case]

    assert only(said(**target), said(at=5, status="actual", **result)).share is None


def test_amounts_are_written_with_signs_for_words() -> None:
    assert written(said(comparator=">=", value=12000)) == "≥ 12,000 亿元"
    assert written(said(**GROWTH, value=7, high=9)) == "+7–9%"
    assert written(said(**FALL, value="13.50", comparator=">=")) == "↓ ≥ 13.5%"


# the timeline


def limit(**values: Any) -> Deadline:
    words = Quote(start=0, end=2, quote="年内")
    given: dict[str, Any] = {
        "id": "d1",
        "segment": "s1",
        "text": words,
        "relation": "during",
        "start": "2024-01-01",
        "end": "2024-12-31",
        "precision": "year",
        "evidence": (words,),
        "origin": "rules",
    }
    return Deadline(**given | values)


def project(**values: Any) -> Project:
    given: dict[str, Any] = {"id": "p1", "segment": "s1", "name": "明远产业园", "evidence": (), "origin": "rules"}
    return Project(**given | values)


def along(*records: Any) -> Timeline:
    kinds = {Deadline: "deadline", Metric: "metric", Goal: "goal", Project: "project"}
    return timeline(
        Standing("a", "a.txt", None, f"{kinds[type(record)]}-{number}-{number + 1}", record)
        for number, record in enumerate(records)
    )


def test_each_record_that_a_deadline_binds_is_an_item_with_its_amount() -> None:
    goal = Goal(id="g1", segment="s1", statement="总产值破百亿", category="economy", evidence=(), origin="rules")

    found = along(goal, said(comparator=">="), project(), limit(applies_to=("g1", "m0", "p1"))).items

    assert [(item.kind, item.label) for item in found] == [
        ("goal", "总产值破百亿"),
        ("metric", "规上工业总产值 ≥ 120 亿元"),
        ("project", "明远产业园"),
    ]
    assert {item.words for item in found} == {"年内"}
    assert found[1].key == "metric-1-2"
    assert found[1].deadline == "deadline-3-4"


def test_a_project_is_bound_by_its_own_deadline_and_by_those_of_its_milestones() -> None:
    steps = (Milestone(text="开工", deadline="d1"), Milestone(text="投产", deadline="d2"))

    found = along(
        project(deadline="d2", milestones=steps, target_stage="in-production"),
        limit(id="d2", end="2025-12-31"),
        limit(id="d1", end="2024-03-31"),
    ).items

    assert [(item.end, item.label) for item in found] == [
        ("2024-03-31", "明远产业园:开工"),
        ("2025-12-31", "明远产业园:投产"),
    ]
    assert found[0].status == "in-production"


def test_items_stand_by_their_end_and_what_has_none_by_its_start() -> None:
    found = along(
        limit(id="d1", relation="from", start="2024-07-01", end=None),
        limit(id="d2", relation="by", start=None, end="2024-03-15"),
        limit(id="d3", start="2021-01-01", end="2025-12-31"),
    ).items

    assert [(item.start, item.end, item.year, item.quarter) for item in found] == [
        (None, "2024-03-15", "2024", 1),
        ("2024-07-01", None, "2024", 3),
        ("2021-01-01", "2025-12-31", "2025", 4),
    ]


def test_a_recurring_duty_is_listed_apart() -> None:
    found = along(limit(relation="by", start=None, end=None))

    assert found.items == ()
    assert [item.kind for item in found.recurring] == ["deadline"]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-01-01", "2024-12-31", "2024"),
        ("2021-01-01", "2025-12-31", "2021–2025"),
        ("2024-01-01", "2024-06-30", "2024-01–2024-06"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-03-15", "2024-03-15", "2024-03-15"),
        (None, "2024-10-31", "… – 2024-10-31"),
        ("2024-07-01", None, "2024-07-01 – …"),
        (None, None, ""),
    ],
)
def test_a_time_is_told_in_as_few_signs_as_it_needs(start: str | None, end: str | None, words: str) -> None:
    assert times(start, end) == words


def test_a_page_past_the_end_is_the_last_one() -> None:
    assert (page_of("abcde", 9, 2).items, page_of("abcde", 9, 2).number) == ("e", 3)
    assert page_of("", 1, 2).last == 1


# the pages


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "s.db")) as store:
        for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
            keep(store, read_text(tmp_path, text, name))
        found = Desk(store)
        found.refresh()
        yield found


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(make_app(desk, OPEN), base_url="http://127.0.0.1") as opened:
        yield opened


def document_of(desk: Desk, source: str) -> str:
    return Overview(desk).panels(Narrowing(source=source)).timeline.items[0].document


def test_a_target_in_one_document_meets_its_result_in_another(desk: Desk) -> None:
    found = {one.name: one.comparisons for one in Overview(desk).panels(Narrowing()).series if one.comparisons}

    [output] = [one for one in found["规上工业总产值"] if one.result]
    assert output.result is not None
    assert output.target.places[0].document != output.result.places[0].document
    assert [one.met for one in found["地区生产总值"] if one.result] == [False]
    assert [one.met for one in found["PM2.5平均浓度"] if one.result] == [True]


def test_a_rejected_record_is_in_no_panel(desk: Desk) -> None:
    document = document_of(desk, "first")
    key = next(item.key for item in of_document(desk, document).timeline.items if "≥ 120" in item.label)
    desk.decide(document, key, "reject", 0, "ann")
    desk.refresh()

    for shown in (of_document(desk, document), Overview(desk).panels(Narrowing())):
        assert key not in {item.key for item in shown.timeline.items}
        places = {p.key for one in shown.series for c in one.comparisons for p in c.target.places}
        assert key not in places


def test_a_decision_shows_in_the_overview_at_once(desk: Desk) -> None:
    overview = Overview(desk)
    document = document_of(desk, "first")
    key = next(item.key for item in overview.panels(Narrowing()).timeline.items if "≥ 120" in item.label)

    desk.decide(document, key, "edit", 0, "ann", {"value": "130"})
    desk.refresh()

    [item] = [one for one in overview.panels(Narrowing()).timeline.items if one.key == key]
    assert item.label == "规上工业总产值 ≥ 130 亿元"


def test_more_records_than_a_page_is_made_of_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.review.panels.MOST", 3)

    for narrowing in (Narrowing(), Narrowing(source="first")):
        shown = Overview(desk).panels(narrowing)
        assert shown.cut
        assert sum(len(one.alone) + len(one.points) for one in shown.series) <= 3


def test_the_store_is_narrowed_by_actor_source_name_and_year(desk: Desk) -> None:
    def count(**given: str) -> tuple[int, int]:
        shown = Overview(desk).panels(Narrowing(**given))
        return len(shown.timeline.items), len(shown.series)

    items, series = count()
    assert count(actor="望川") == count(source="third") == count(name="没有") == count(year="1999") == (0, 0)
    assert count(actor="临江")[1] == series
    assert count(source="second")[0] == 0
    assert count(name="pm2.5") == (2, 1)  # the goal names it too
    assert count(year="2024")[0] == items


def test_every_item_is_linked_to_its_place_in_the_document(client: TestClient, desk: Desk) -> None:
    document = document_of(desk, "first")
    shown = of_document(desk, document)

    for page in (client.get(f"/documents/{document}/panels").text, client.get("/panels").text):
        for item in (*shown.timeline.items, *shown.timeline.recurring):
            assert f'href="/documents/{document}#{item.key}"' in page


def test_what_the_charts_show_stands_in_tables_too(client: TestClient) -> None:
    page = client.get("/panels").text
    drawn = json.loads(re.search(r'id="panels-data">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    tables = " ".join(re.findall(r"<table>.*?</table>", page, re.DOTALL))

    bars = [bar for year in drawn["years"].values() for bar in year] + [
        b for card in drawn["cards"] for b in card["bars"]
    ]
    assert bars
    assert drawn["shares"]
    assert all(bar["href"] in tables for bar in [*bars, *drawn["shares"]])
    assert page.count("<canvas") == page.count('role="img"')


def test_a_page_carries_no_script_and_no_style_of_its_own(client: TestClient) -> None:
    page = client.get("/panels").text

    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    assert set(re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page)) == {
        '<script type="application/json" id="panels-data">'
    }
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_text_from_documents_and_visitors_is_escaped(client: TestClient, desk: Desk) -> None:
    document = document_of(desk, "first")
    key = next(item.key for item in of_document(desk, document).timeline.items if "≥ 120" in item.label)
    bad = "</script><script>alert(1)</script>"
    desk.decide(document, key, "edit", 0, "ann", {"name": bad})

    for page in (
        client.get(f"/documents/{document}/panels").text,
        client.get("/panels").text,
        client.get("/panels", params={"actor": bad, "source": bad, "name": bad}).text,
    ):
        assert "<script>alert" not in page
    assert bad in {item.label.partition(" ")[0] for item in of_document(desk, document).timeline.items}


def test_what_is_not_there_is_not_found_and_an_empty_answer_is_a_page(client: TestClient) -> None:
    assert client.get("/documents/sha256:" + "0" * 64 + "/panels").status_code == 404
    assert client.get("/panels", params={"actor": "没有"}).status_code == 200
    assert client.get("/panels", params={"t": 99, "c": 99, "u": 99}).status_code == 200
    assert client.get("/panels", params={"t": 0}).status_code == 422


def test_the_pages_speak_both_languages(client: TestClient) -> None:
    assert "时限时间线" in client.get("/panels", headers={"accept-language": "zh-CN"}).text
    assert "Timeline of deadlines" in client.get("/panels", headers={"accept-language": "en"}).text
    assert all(len(words) == 2 and all(words) for words in PANEL_WORDS.values())


def test_the_library_is_the_one_whose_hash_stands_beside_it() -> None:
    vendor = files("extractor.review.web") / "static" / "vendor"
    script = (vendor / "chart.umd.min.js").read_bytes()

    assert hashlib.sha256(script).hexdigest() in (vendor / "README.md").read_text("utf8")
    assert b"eval(" not in script
    assert b"new Function" not in script


# in a browser

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def page(desk: Desk) -> Iterator[Any]:
    """The store's panels under the pages' strict policy; what goes wrong in them fails the test."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no chromium here")
    wrong: list[str] = []

    def strictly(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": POLICY})

    with listening(make_app(desk, OPEN)) as client, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_context(locale="zh-CN", viewport={"width": 768, "height": 1024}).new_page()
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None)
        opened.route("**/panels*", strictly)
        opened.goto(f"{client.base_url}/panels")
        opened.wait_for_function("window.Chart && Chart.getChart(document.querySelector('canvas'))")
        yield opened
        browser.close()
    assert wrong == []


def test_every_chart_is_drawn_and_fits_a_tablet_in_either_scheme(page: Any) -> None:
    drawn = "[...document.querySelectorAll('canvas')].every((one) => Chart.getChart(one)?.width > 100)"
    assert page.evaluate(drawn)
    page.emulate_media(color_scheme="dark")

    assert page.evaluate(drawn)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_bar_leads_to_its_record(page: Any) -> None:
    bar = page.evaluate(
        "(() => { const one = Chart.getChart(document.querySelector('canvas[data-year]')); const at = one.canvas"
        ".getBoundingClientRect(); const bar = one.getDatasetMeta(0).data[0]; return [at.x + bar.x - 4, at.y + bar.y]; })()"
    )
    page.mouse.click(*bar)
    page.wait_for_url("**/documents/sha256:*#*-*-*")
