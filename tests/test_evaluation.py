"""The rules of scoring, each by the smallest pair of documents that shows it."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.errors import SettingsError, SourceError
from extractor.evaluation import (
    Detection,
    Scores,
    Share,
    aligned,
    errors,
    evaluate_folders,
    field_table,
    score,
    table,
    total,
    without_gold,
)
from extractor.evaluation.fields import METRIC_FIELDS, PROJECT_FIELDS

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLD_FILES = sorted([*FIXTURES.glob("gold/*.json"), *FIXTURES.glob("practice/gold/*.json")])

Json = dict[str, Any]


def metric(start: int = 10, end: int = 14, /, **fields: Any) -> Json:
    normalized = {"value": fields.pop("value", 80), "value_max": None, "unit": fields.pop("unit", "批次")}
    defaults = {
        "id": f"m{start}",
        "name": "外出招商批次",
        "comparator": "=",
        "measure": "level",
        "status": "target",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "actor": "济源示范区",
    }
    return {"figure": {"start": start, "end": end}, "normalized": normalized, **defaults, **fields}


def project(name: str = "亿纬锂能储能电池项目", start: int = 0, end: int = 30, **fields: Any) -> Json:
    return {"id": name, "segment": "s1", "name": name, "evidence": [{"start": start, "end": end}], **fields}


def goal(start: int, end: int, **fields: Any) -> Json:
    return {"id": f"g{start}", "statement": "…", "evidence": [{"start": start, "end": end}], "metrics": [], **fields}


def deadline(start: int, end: int, /, **fields: Any) -> Json:
    dates = {"id": f"d{start}", "relation": "by", "start": None, "end": "2024-10-31"}
    return {**dates, "text": {"start": start, "end": end}, **fields}


def right(field: str, gold: Json, pred: Json) -> bool:
    [share] = [score({"metrics": [pred]}, {"metrics": [gold]}).metric_fields[field]]
    assert share.total == 1
    return share.right == 1


def project_right(field: str, gold: Json, pred: Json) -> bool:
    scores = score({"projects": [project(**pred)]}, {"projects": [project(**gold)]})
    return scores.project_fields[field] == Share(1, 1)


def write(folder: Path, stem: str, document: Json) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.json").write_text(json.dumps(document), "utf8")


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_gold_against_itself_is_perfect(path: Path) -> None:
    gold = json.loads(path.read_text("utf8"))
    found = [{"code": fault["code"], "records": [], "spans": [fault]} for fault in gold["planted"]]
    folder = FIXTURES.parent / "seeds" if path.parent.parent == FIXTURES else FIXTURES / "practice" / "docs"
    raw = (folder / gold["document"]["source"]).read_bytes().decode()

    pred = {**gold, "checks": found}
    scores = score(pred, gold, raw)

    certain = [sum(not record["doubtful"] for record in gold[part]) for part in ("metrics", "projects", "goals")]
    assert [scores.metrics.tp, scores.projects.tp, scores.goals.tp] == certain
    header, row, _ = table({"it": scores})
    assert dict(zip(header[1:], row[1:], strict=True)).get("targets exact") in {"1.000", "–"}
    assert set(row[1:]) <= {"1.000", "–"}
    assert set(field_table({"it": scores})[1][1:]) <= {"1.000", "–"}
    assert scores.grounding.share == 1
    assert errors(pred, gold, raw) == []


# matching


def test_a_doubtful_record_is_neither_rewarded_nor_punished() -> None:
    gold = {"metrics": [metric(10, 14, doubtful=True), metric(20, 24)]}

    assert score({"metrics": [metric(10, 14), metric(20, 24)]}, gold).metrics == Detection(1, 1, 1)
    assert score({"metrics": [metric(20, 24)]}, gold).metrics == Detection(1, 1, 1)
    assert score({"metrics": [metric(10, 14, status="actual")]}, gold).metrics == Detection(0, 0, 1)


def test_a_second_prediction_on_a_doubtful_record_is_extra() -> None:
    pred = {"metrics": [metric(10, 14), metric(10, 14)]}

    assert score(pred, {"metrics": [metric(10, 14, doubtful=True)]}).metrics == Detection(0, 1, 0)


def test_matching_is_one_to_one_and_the_largest_overlap_goes_first() -> None:
    gold = {"metrics": [metric(10, 20, name="甲产值"), metric(20, 30, name="乙产量")]}
    pred = {"metrics": [metric(18, 30, name="乙产量"), metric(12, 15, name="甲产值")]}

    scores = score(pred, gold)

    assert scores.metrics == Detection(2, 2, 2)
    assert scores.metric_fields["name"] == Share(2, 2)


def test_one_prediction_over_two_gold_figures_finds_one_and_a_tie_goes_to_the_first_that_is_listed() -> None:
    gold = {"metrics": [metric(10, 14, name="甲产值"), metric(14, 18, name="乙产量")]}

    scores = score({"metrics": [metric(10, 18, name="甲产值")]}, gold)

    assert scores.metrics == Detection(1, 1, 2)
    assert scores.metric_fields["name"] == Share(1, 1)


def test_figures_that_only_touch_do_not_match() -> None:
    assert score({"metrics": [metric(10, 14)]}, {"metrics": [metric(14, 18)]}).metrics == Detection(0, 1, 1)


def test_projects_need_a_like_name_and_the_same_segment_or_overlapping_evidence() -> None:
    def found(gold: Json, pred: Json) -> bool:
        return score({"projects": [pred]}, {"projects": [gold]}).projects.tp == 1

    assert found(project("储能电池生产项目"), project("储能电池项目", 90, 99))
    assert found(project("储能电池生产项目"), project("储能电池项目", 29, 40, segment="s2"))
    assert not found(project("储能电池生产项目"), project("储能电池项目", 90, 99, segment="s2"))
    assert not found(project("储能电池生产项目"), project("污水处理厂二期工程"))


def test_projects_that_share_their_evidence_go_to_the_nearer_name() -> None:
    first, second = project("高新区一期标准厂房项目", owner="甲"), project("高新区二期标准厂房项目", owner="乙")

    scores = score({"projects": [second, first]}, {"projects": [first, second]})

    assert scores.project_fields["owner"] == Share(2, 2)


def test_goals_match_from_30_percent_of_the_shorter_evidence() -> None:
    gold = {"goals": [goal(0, 100)]}

    assert score({"goals": [goal(70, 190)]}, gold).goals == Detection(1, 1, 1)
    assert score({"goals": [goal(71, 190)]}, gold).goals == Detection(0, 1, 1)
    assert score({"goals": [goal(97, 107)]}, gold).goals == Detection(1, 1, 1)


def test_goals_match_by_a_shared_metric() -> None:
    gold = {"metrics": [metric(10, 14, id="m1")], "goals": [goal(0, 20, metrics=["m1"])]}
    pred = {"metrics": [metric(10, 14, id="m7")], "goals": [goal(50, 60, metrics=["m7"])]}

    assert score(pred, gold).goals == Detection(1, 1, 1)
    assert score({**pred, "goals": [goal(50, 60, metrics=["m1"])]}, gold).goals == Detection(0, 1, 1)


def test_deadlines_match_by_their_text_and_are_compared_on_both_ends() -> None:
    gold = {"deadlines": [deadline(5, 10)]}

    scores = score({"deadlines": [deadline(5, 8, start="2024-10-01")]}, gold)

    assert scores.deadlines == Detection(1, 1, 1)
    assert scores.deadline_fields["end"] == Share(1, 1)
    assert scores.deadline_fields["start"] == Share(0, 1)


# what counts as right


@pytest.mark.parametrize(
    ("gold", "pred"),
    [
        ("外出招商批次", "外出招商的批次"),
        ("“三新”经济增加值(亿元)", "三新 经济增加值亿元"),
        ("规模以上工业增加值", "工业增加值"),
        ("新落地过10亿元项目数", "新落地10亿元项目数量"),
        ("高新技术产业产值占工业总产值的比重", "高新技术产业产值"),
        ("研发经费支出占GDP比重", "研发经费支出占地区生产总值的比例"),
        ("非化石能源消费占比", "非化石能源消费"),
        ("占厦门土地的比重", "占厦门土地比重"),
        ("甲乙丙丁戊己", "丙丁戊己庚辛"),  # Dice 0.6
    ],
)
def test_names_that_are_the_same(gold: str, pred: str) -> None:
    assert right("name", metric(name=gold), metric(name=pred))


@pytest.mark.parametrize(
    ("gold", "pred"),
    [
        ("工业总产值", "固定资产投资"),
        ("高新技术产业产值占工业总产值的比重", "固定资产投资占工业总产值的比重"),
        ("占厦门土地的比重", "工业投资占固定资产投资的比重"),
        ("工业总产值", "的"),
        ("外出招商批次", ""),
        ("甲乙丙丁戊己", "丙丁戊己庚辛壬"),  # Dice 0.55
    ],
)
def test_names_that_differ(gold: str, pred: str) -> None:
    assert not right("name", metric(name=gold), metric(name=pred))


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("2024-01-01", "2024-12-31"), ("2024-01-01", "2024-12-31"), True),
        (("2021-01-01", "2025-12-31"), (None, "2025-12-31"), True),
        (("2005-01-01", "2005-12-31"), ("2005-12-31", "2005-12-31"), True),
        (("2021-01-01", "2025-12-31"), ("2025-01-01", "2025-12-31"), False),
        (("2024-01-01", "2024-12-31"), ("2024-01-01", "2024-11-30"), False),
        ((None, "2024-12-31"), (None, "2025-12-31"), False),
        (None, None, True),
        (None, (None, None), True),
        (None, ("2024-01-01", "2024-12-31"), False),
        (None, (None, "2024-12-31"), False),
    ],
)
def test_periods_compare_by_their_end_and_by_a_start_that_both_state(
    one: Any, other: Any, same: Any, swapped: Any
) -> None:
    periods = [dict(zip(("start", "end"), ends, strict=True)) if ends else None for ends in (one, other)]
    gold, pred = reversed(periods) if swapped else periods

    assert right("period", metric(period=gold), metric(period=pred)) is same


def test_values_compare_normalised_with_unit_and_upper_end() -> None:
    assert right("value", metric(value=34e8), metric(value=34e8 + 1))
    assert right("value", metric(value=500 * 666.6667, unit="m2"), metric(value=333333.35, unit="m2"))
    assert not right("value", metric(value=34e8), metric(value=34e8 + 10))
    assert right("value", metric(unit="个百分点"), metric(unit="pp"))
    assert not right("value", metric(unit="个"), metric(unit="家"))
    assert not right("value", metric(), metric(normalized={"value": 80, "value_max": 90, "unit": "批次"}))


def test_gold_may_accept_other_readings() -> None:
    other = {"value": 3500000, "value_max": None, "unit": "m2"}
    gold = metric(value=3.5, unit="平方公里", accept={"measure": ["intensity"], "normalized": [other]})

    assert right("value", gold, metric(normalized=other))
    assert right("value", gold, metric(value=3.5, unit="平方公里"))
    assert right("measure", gold, metric(measure="intensity"))
    assert right("measure", gold, metric(measure="level"))
    assert not right("measure", gold, metric(measure="share"))
    named = metric(accept={"name": ["招商活动场次"], "actor": ["焦作"], "period": [None]})
    assert right("name", named, metric(name="招商活动场次"))
    assert right("actor", named, metric(actor="焦作市"))
    assert right("period", named, metric(period=None))
    assert not right("value", metric(normalized=other), gold)


def test_an_actor_may_be_inside_the_other() -> None:
    assert right("actor", metric(), metric(actor="济源"))
    assert not right("actor", metric(), metric(actor=None))
    assert not right("actor", metric(), metric(actor="焦作"))
    assert right("actor", metric(actor="市发展和改革委员会"), metric(actor="市发展改革委员会"))
    assert right("actor", metric(actor=None), metric(actor=None))


WRONG: dict[str, Json] = {
    "value": {"value": 81},
    "comparator": {"comparator": ">="},
    "measure": {"measure": "growth"},
    "status": {"status": "actual"},
    "period": {"period": None},
    "name": {"name": "工业总产值"},
    "actor": {"actor": "焦作"},
}


@pytest.mark.parametrize("field", WRONG)
def test_exact_needs_all_six_and_full_the_actor_too(field: str) -> None:
    scores = score({"metrics": [metric(**WRONG[field])]}, {"metrics": [metric()]})

    assert {each.name for each in METRIC_FIELDS if not scores.metric_fields[each.name].right} == {field}
    assert scores.metrics == Detection(1, 1, 1)
    assert scores.exact.tp == (field == "actor")
    assert scores.full.tp == 0
    assert score({"metrics": [metric()]}, {"metrics": [metric()]}).full == Detection(1, 1, 1)
    assert scores.targets_exact == scores.exact


def test_targets_are_pairs_and_single_records_in_which_either_side_is_a_target() -> None:
    actual = {"status": "actual"}
    gold = {
        "metrics": [metric(0, 4), metric(10, 14), metric(20, 24, **actual), metric(30, 34), metric(40, 44, **actual)]
    }
    pred = {
        "metrics": [metric(0, 4), metric(10, 14, **actual), metric(20, 24), metric(50, 54), metric(60, 64, **actual)]
    }

    scores = score(pred, gold)

    assert scores.metrics == Detection(3, 5, 5)
    assert scores.targets == Detection(3, 4, 4)
    assert scores.targets_exact == Detection(1, 4, 4)


# projects


def test_a_project_deadline_is_a_date_in_gold_and_an_id_in_an_extraction() -> None:
    gold = {"projects": [project(target_deadline="2024-10-31")]}
    pred = {"projects": [project(deadline="d5")], "deadlines": [deadline(5, 10)]}

    assert score(pred, gold).project_fields["deadline_end"] == Share(1, 1)
    assert project_right("deadline_end", {"target_deadline": "2024-10-31"}, {"target_deadline": "2024-10-31"})
    assert not score({**pred, "deadlines": []}, gold).project_fields["deadline_end"].right
    assert project_right("deadline_end", {}, {"deadline": None})


def test_investments_compare_normalised() -> None:
    yuan = {"total_investment": {"normalized": {"value": 1.7e9, "value_max": None, "unit": "CNY"}}}
    dollars = {"total_investment": {"normalized": {"value": 1.7e9, "value_max": None, "unit": "USD"}}}

    assert project_right("total_investment", yuan, yuan)
    assert not project_right("total_investment", yuan, dollars)
    assert not project_right("total_investment", yuan, {"total_investment": None})


def test_every_project_field_is_told_apart() -> None:
    money = {"normalized": {"value": 1, "value_max": None, "unit": "CNY"}}
    for each in PROJECT_FIELDS:
        key = "target_deadline" if each.name == "deadline_end" else each.name
        value = money if each.name.endswith("investment") else "甲"
        assert not project_right(each.name, {key: value}, {})
        assert project_right(each.name, {key: value}, {key: value})


# grounding, ledger, planted faults


def test_every_quote_must_equal_the_raw_slice() -> None:
    pred = {
        "metrics": [metric(0, 2) | {"figure": {"start": 0, "end": 2, "quote": "80"}}],
        "deadlines": [deadline(0, 2) | {"text": {"start": 2, "end": 4, "quote": "批次"}}],
        "figures": [{"start": 0, "end": 4, "text": "81批次", "role": "metric"}],
    }

    assert score(pred, {}, "80批次").grounding == Share(2, 3)
    assert score(pred, {}).grounding.share is None
    assert [line for line in errors(pred, {}, "80批次") if line.startswith("quote wrong")] == [
        "quote wrong 0-4: «81批次», but the text has «80批次»"
    ]


def test_the_ledger_share_counts_explained_figures() -> None:
    pred = {"figures": [{"role": "metric"}, {"role": "time"}, {"role": "unexplained"}]}

    assert score(pred, {}).ledger == Share(2, 3)


def line(start: int, end: int, role: str, record: str | None = None, kind: str = "count") -> Json:
    return {"id": f"f{start}", "start": start, "end": end, "role": role, "record": record, "kind": kind}


def test_a_figure_that_matters_is_lost_in_silence_where_the_ledger_has_no_record_for_it_and_does_not_leave_it_open() -> (
    None
):
    lines = [
        line(10, 14, "metric", "m1"),
        line(20, 24, "context"),
        line(30, 34, "unexplained"),
        line(40, 44, "repeat", "m1"),
        line(50, 53, "context"),
        line(53, 56, "unexplained"),  # one figure of gold over two of the ledger: one that is open is enough
        line(60, 64, "time", kind="time"),
        line(70, 74, "boilerplate"),
    ]
    gold = {
        "metrics": [metric(at, at + 4) for at in (10, 20, 30, 40, 70, 80)] + [metric(50, 56)],
        "deadlines": [deadline(60, 66)],
    }

    truth = score({"figures": lines}, gold)

    assert truth.lost_in_silence == Share(4, 8)  # in context, as a time, as boilerplate, and 80-84 that has no line
    assert truth.needlessly_open == Share(0, 0)


def test_the_sums_and_capacities_of_a_project_matter_too_and_doubtful_records_do_not() -> None:
    def of(start: int) -> Json:
        return {"figure": {"start": start, "end": start + 4}}

    gold = {
        "metrics": [metric(40, 44, doubtful=True)],
        "projects": [
            project(total_investment=of(10), annual_investment=of(20), capacity=[of(30)]),
            project(total_investment=of(50), doubtful=True),
        ],
    }
    lines = [line(at, at + 4, "qualifier") for at in (10, 20, 30, 40, 50)]

    truth = score({"figures": lines}, gold)

    assert truth.lost_in_silence == Share(3, 3)
    assert truth.needlessly_open == Share(0, 1)  # what a doubtful metric stands on is neither


def test_needlessly_open_is_what_no_record_of_gold_wants_and_the_ledger_leaves_open_times_and_ordinals_aside() -> None:
    lines = [
        line(0, 4, "unexplained"),
        line(10, 14, "context"),
        line(20, 24, "unexplained", kind="time"),
        line(30, 31, "ordinal", kind="ordinal"),
        line(40, 44, "unexplained"),
    ]

    truth = score({"figures": lines}, {"metrics": [metric(40, 44)]})

    assert truth.needlessly_open == Share(1, 2)
    assert truth.lost_in_silence == Share(0, 1)


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ({"code": "sum-mismatch", "spans": [{"start": 19, "end": 25}]}, True),
        ({"code": "sum-mismatch", "records": ["g12"]}, True),
        ({"code": "share-mismatch", "spans": [{"start": 10, "end": 20}]}, False),
        ({"code": "sum-mismatch", "spans": [{"start": 20, "end": 25}], "records": ["g40", "gone"]}, False),
    ],
)
def test_a_planted_fault_is_found_by_code_and_place(check: Json, found: Any) -> None:
    pred = {"goals": [goal(12, 16), goal(40, 44)], "checks": [check]}
    gold = {"planted": [{"code": "sum-mismatch", "start": 10, "end": 20}]}

    assert score(pred, gold).planted == Share(int(found), 1)


# folders, sums, reports


def test_totals_are_sums_of_counts() -> None:
    one = score({"metrics": [metric()]}, {"metrics": [metric()]})
    three = score({}, {"metrics": [metric(0, 4), metric(10, 14), metric(20, 24)]})

    both = total([one, three])

    assert both.metrics == Detection(1, 1, 4)
    assert both.metrics.recall == 0.25
    assert both.metric_fields["value"] == Share(1, 1)
    assert both.missing == 1
    assert total([]) == Scores()


def test_nothing_to_score_is_no_number_but_only_wrong_ones_are_zero() -> None:
    assert Detection().f1 is None
    assert Detection(0, 3, 0).f1 == 0
    assert Detection(0, 0, 3).precision is None


def test_a_gold_without_prediction_is_named_and_all_missed(tmp_path: Path) -> None:
    gold = {"metrics": [metric(), metric(20, 24, doubtful=True)]}
    for stem in ("a", "b"):
        write(tmp_path / "gold", stem, gold)
    write(tmp_path / "pred" / "below", "a", gold)
    write(tmp_path / "pred", "c", gold)
    (tmp_path / "gold" / "figures.jsonl").write_text("{}\n{}\n", "utf8")
    (tmp_path / "gold" / "README.md").write_text("gold", "utf8")

    results = evaluate_folders(tmp_path / "pred", tmp_path / "gold")

    assert {stem: scores.metrics for stem, scores in results.items()} == {
        "a": Detection(1, 1, 1),
        "b": Detection(0, 0, 1),
    }
    assert [row[0] for row in table(results)] == ["document", "a", "b (no prediction)", "total of 2"]
    assert without_gold(tmp_path / "pred", tmp_path / "gold") == ["c"]


def test_the_raw_text_is_the_seed_with_the_bytes_of_the_document(tmp_path: Path) -> None:
    raw = "全年力争外出招商\r\n80批次以上,确保工业总产值增长5%。"
    data = raw.encode("gb18030")
    quoted = metric(10, 14) | {"figure": {"start": 10, "end": 14, "quote": "80批次"}}
    write(tmp_path / "gold", "a", {"document": {"id": f"sha256:{sha256(data).hexdigest()}"}})
    write(tmp_path / "pred", "a", {"metrics": [quoted]})
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "renamed.txt").write_bytes(data)

    def share(seeds: Path | None) -> float | None:
        return evaluate_folders(tmp_path / "pred", tmp_path / "gold", seeds)["a"].grounding.share

    assert share(tmp_path / "seeds") == 1
    assert share(tmp_path / "pred") is None
    assert share(None) is None


def test_folders_that_cannot_be_scored_say_why(tmp_path: Path) -> None:
    write(tmp_path / "gold", "a", {"metrics": []})
    with pytest.raises(SettingsError, match="not a folder"):
        evaluate_folders(tmp_path / "nowhere", tmp_path / "gold")
    with pytest.raises(SettingsError, match="not a folder"):
        evaluate_folders(tmp_path / "gold", tmp_path / "gold", tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="no gold"):
        evaluate_folders(tmp_path / "gold", tmp_path / "empty")
    write(tmp_path / "gold" / "below", "a", {"metrics": []})
    with pytest.raises(SettingsError, match="one stem"):
        evaluate_folders(tmp_path / "empty", tmp_path / "gold")
    for text in ("[]", "{"):
        (tmp_path / "empty" / "a.json").write_text(text, "utf8")
        with pytest.raises(SourceError):
            evaluate_folders(tmp_path / "empty", tmp_path / "empty")


def test_each_mistake_is_one_line_with_its_place() -> None:
    raw = "一季度力争外出招商80批次以上,\n全年100批次,签约40个。"
    gold = {"metrics": [metric(9, 13), metric(19, 24, value=100), metric(27, 30, doubtful=True)]}
    pred = {"metrics": [metric(9, 13, value=81, period=None), metric(0, 3, name="季度")]}

    wrong, missed, extra = errors(pred, gold, raw)

    assert wrong == (
        "metric wrong m9/m9 外出招商批次 80 批次 (target): value 80 批次 → 81 批次; "
        "period 2024-01-01/2024-12-31 → null | …一季度力争外出招商【80批次】以上, 全年100批次,签约40个。…"
    )
    assert missed.startswith("metric missed m19 外出招商批次 100 批次 (target) | …")
    assert "全年【100批次】,签约" in missed
    assert extra == "metric extra m0 季度 80 批次 (target) | …【一季度】力争外出招商80批次以上, 全年100批…"


def test_columns_stand_under_each_other() -> None:
    assert aligned([("济源", "F1"), ("a", "0.5")]) == "济源   F1\na     0.5"


def test_the_command_line_prints_tables_json_and_mistakes(tmp_path: Path) -> None:
    write(tmp_path / "gold", "a", {"metrics": [metric()]})
    write(tmp_path / "pred", "a", {"metrics": [metric(), metric(50, 54)]})
    write(tmp_path / "pred", "b", {"metrics": []})
    folders = ["evaluate", str(tmp_path / "pred"), str(tmp_path / "gold")]

    plain = CliRunner().invoke(app, [*folders, "--errors"])
    as_json = CliRunner().invoke(app, [*folders, "--json"])
    wrong = CliRunner().invoke(app, ["evaluate", str(tmp_path), "nowhere"])

    assert "a: metric extra m50" in plain.stdout
    assert "no gold for b" in plain.stderr
    assert json.loads(as_json.stdout)["total"]["metrics"]["precision"] == 0.5
    assert isinstance(wrong.exception, SettingsError)
    assert wrong.stdout == ""


def test_what_a_reviewer_rejected_is_neither_gold_nor_a_prediction() -> None:
    rejected = metric(20, 24, review="rejected")
    scores = score({"metrics": [metric(), rejected]}, {"metrics": [metric(review="accepted"), rejected]})

    assert scores.metrics == Detection(tp=1, pred=1, gold=1)
    assert score({"metrics": [metric(20, 24)]}, {"metrics": [rejected]}).metrics == Detection(0, 1, 0)


@pytest.fixture
def two_runs(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A run that reads one value wrong and misses a goal, one that finds a metric too many, and their gold."""
    gold = {"metrics": [metric(), metric(30, 34, name="到位内资")], "goals": [goal(0, 20)]}
    runs = {
        "gold": gold,
        "rules": {"metrics": [metric(), metric(30, 34, name="到位内资", value=8)], "goals": []},
        "model": {"metrics": [*gold["metrics"], metric(50, 54, name="开工数")], "goals": [goal(0, 20)]},
    }
    for name, content in runs.items():
        write(tmp_path / name, "a", content)
    return tmp_path / "rules", tmp_path / "model", tmp_path / "gold"


def compare(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["compare", *map(str, arguments)])
    assert result.exit_code == 0
    return result.stdout


def test_two_runs_are_compared_score_by_score_and_document_by_document(two_runs: tuple[Path, Path, Path]) -> None:
    told = [line.split() for line in compare(*two_runs).splitlines()]

    assert ["score", "rules", "model", "difference"] in told
    assert ["metrics", "exact", "0.500", "0.800", "+0.300"] in told
    assert ["goals", "F1", "0.000", "1.000", "+1.000"] in told
    assert ["goals", "R", "0.000", "1.000", "+1.000"] in told
    assert ["planted", "–", "–", "–"] in told
    assert ["a", "0.500", "0.800", "0.500", "0.800"] in told


def test_of_the_mistakes_only_those_that_one_run_alone_makes_are_listed(two_runs: tuple[Path, Path, Path]) -> None:
    rules, _, gold = two_runs
    lines = [line for line in compare(*two_runs, "--errors").splitlines() if line.startswith("a: only")]

    assert [line.split(":")[1] for line in lines] == [" only rules", " only rules", " only model"]
    assert "到位内资" in lines[0]
    assert "goal missed" in lines[1]
    assert "metric extra m50 开工数" in lines[2]
    assert not [line for line in compare(rules, rules, gold, "--errors").splitlines() if line.startswith("a: only")]


def test_ids_that_differ_between_runs_make_no_difference(two_runs: tuple[Path, Path, Path]) -> None:
    rules, _, gold = two_runs
    again = rules.parent / "again"
    again.mkdir()
    text = (rules / "a.json").read_text("utf8").replace('"m30"', '"m7"')
    (again / "a.json").write_text(text, "utf8")

    assert "a: only" not in compare(rules, again, gold, "--errors")


def test_without_gold_the_first_run_stands_for_it(two_runs: tuple[Path, Path, Path]) -> None:
    rules, model, _ = two_runs

    assert compare(rules, model) == CliRunner().invoke(app, ["evaluate", str(model), str(rules)]).stdout


def test_a_comparison_as_json_holds_the_scores_of_both_runs(two_runs: tuple[Path, Path, Path]) -> None:
    told = json.loads(compare(*two_runs, "--json"))

    assert list(told) == ["rules", "model"]
    assert told["model"]["total"]["metrics"]["pred"] == 3
    assert told["rules"]["documents"]["a"]["goals"]["tp"] == 0
