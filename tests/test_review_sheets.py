"""The rules of the reviewers' spreadsheets: what goes out, what comes back, and what is refused on the way."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from extractor.errors import SettingsError, StaleRecord, Unknown, WorkbookError
from extractor.review.desk import Desk
from extractor.review.keys import figure_key, kind_of
from extractor.review.workbook.cells import CUT, LONGEST
from extractor.review.workbook.context import context
from extractor.review.workbook.guarding import MOST_BYTES
from extractor.review.workbook.reading import read_rows
from extractor.review.workbook.rows import rows
from extractor.review.workbook.writing import Book
from schemas.goal import Goal
from schemas.project import Project
from tests.reviewing import extracted, keep
from tests.spreadsheets import TEXT, Typed, desk_of, metric, only_source, run

pytestmark = pytest.mark.usefixtures("alone")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one document, and its spreadsheet."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "points.txt").write_text(TEXT, "utf8")
    read = ("extract", folder / "points.txt", "--engine", "offline", "--store", folder / "s.db", "-o", folder / "out")
    assert run(*read).exit_code == 0
    assert run("review", "export", folder / "x.xlsx", "--store", folder / "s.db").exit_code == 0
    return folder


@pytest.fixture
def source(made: Path, alone: None) -> str:  # noqa: ARG001  # both are copied into the test's own folder
    """The id of the one document in the store."""
    for name in ("points.txt", "s.db", "x.xlsx"):
        shutil.copy(made / name, name)
    return only_source(Path("points.txt")).id


@pytest.fixture
def desk(source: str) -> Iterator[Desk]:  # noqa: ARG001  # it makes the store
    with desk_of(Path("s.db")) as opened:
        yield opened


@pytest.fixture
def sheet(source: str) -> Typed:  # noqa: ARG001
    return Typed(Path("x.xlsx"))


def exported(*arguments: str) -> Typed:
    result = run("review", "export", "x.xlsx", "--store", "s.db", "--overwrite", *arguments)
    assert result.exit_code == 0, result.stderr
    return Typed(Path("x.xlsx"))


def taken_in(*arguments: str) -> Any:
    return run("review", "import", "x.xlsx", "--store", "s.db", "--reviewer", "ann", *arguments)


# going out


def test_a_row_shows_a_record_with_its_sentence_its_evidence_and_its_findings(desk: Desk, source: str) -> None:
    key, _ = metric(desk.open(source), "15家")
    desk.decide(source, key, "edit", 0, "bob", {"value": "16"})

    [row] = [row for row in exported().rows("metrics") if row["record"] == key]

    assert row["context"] == "新引进亿元以上项目12个,新增高新技术企业【15家】。"
    assert (row["value"], row["unit"], row["status"], row["review"]) == (16, "家", "target", "corrected")
    assert row["findings"].startswith("error value-mismatch: ")
    assert (row["document"], row["version"]) == (source, 1)
    assert row["source"].endswith("points.txt")
    assert "新增高新技术企业15家" in row["evidence"]


def test_the_head_is_frozen_choices_drop_down_and_the_machines_columns_are_hidden(sheet: Typed) -> None:
    tab = sheet.workbook["metrics"]
    names = sheet.names("metrics")
    lists = {str(rule.sqref): rule.formula1 for rule in tab.data_validations.dataValidation}
    letter = tab.cell(1, names["comparator"]).column_letter
    where, _, cells = lists[f"{letter}3:{letter}{tab.max_row}"].partition("!")
    choices = [cell.value for [cell] in sheet.workbook[where][cells.replace("$", "")]]

    assert tab.freeze_panes == "A3"
    assert choices == ["=", ">=", ">", "<=", "<", "~", "range"]
    assert tab.auto_filter.ref.startswith("A2:")
    assert tab.column_dimensions["A"].hidden
    assert tab.cell(2, names["name"]).value == "名称"
    assert sheet.workbook.sheetnames == [
        "goals", "metrics", "projects", "deadlines", "figures", "findings", "legend",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(A1)", "\uff1d1"])
def test_a_cell_that_looks_like_a_formula_is_text_and_comes_back_unchanged(desk: Desk, source: str, name: str) -> None:
    key, _ = metric(desk.open(source), "15家")
    desk.decide(source, key, "edit", 0, "ann", {"name": name})

    cell = exported().cell("metrics", key, "name")

    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)
    assert "0 saved, the others unchanged" in taken_in().stderr


def test_the_comparator_equals_is_no_formula_either(sheet: Typed, desk: Desk, source: str) -> None:
    key, record = metric(desk.open(source), "8%")

    assert record.comparator == "="
    assert sheet.cell("metrics", key, "comparator").data_type == "s"


def test_characters_that_a_spreadsheet_forbids_are_shown_as_such_and_are_no_change(tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_text(TEXT, "utf8")
    read = only_source(file)
    whole = extracted(read)
    odd = tuple(one.model_copy(update={"name": "企\x07业_x0041_\ufffe数"}) for one in whole.metrics)
    assert run("extract", file, "--engine", "offline", "--store", "s.db", "-o", "out").exit_code == 0
    with desk_of(Path("s.db")) as desk:
        keep(desk.store, read, whole.model_copy(update={"metrics": odd}))

    assert {row["name"] for row in exported().rows("metrics")} == {"企\ufffd业_x005F_x0041_\ufffd数"}
    assert "0 saved, the others unchanged" in taken_in().stderr


def test_a_text_that_is_too_long_for_a_cell_is_cut_with_a_mark_and_never_saved(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(TEXT, "utf8")
    read = only_source(file)
    whole = extracted(read)
    long = whole.goals[0].model_copy(update={"statement": "长" * (LONGEST + 1)})
    assert run("extract", file, "--engine", "offline", "--store", "s.db", "-o", "out").exit_code == 0
    with desk_of(Path("s.db")) as desk:
        keep(desk.store, read, whole.model_copy(update={"goals": (long, *whole.goals[1:])}))
    sheet = exported()
    [row] = [row for row in sheet.rows("goals") if row["statement"].startswith("长")]
    assert len(row["statement"]) == LONGEST
    assert row["statement"].endswith(CUT)
    assert taken_in().exit_code == 0

    address = sheet.type("goals", row["record"], statement=row["statement"][:100])
    sheet.save()

    result = taken_in()
    assert result.exit_code == 1
    assert f"{address}: the text is too long for a cell" in result.stderr


def test_only_the_documents_that_are_named_or_found_go_out(source: str) -> None:
    run("extract", SEEDS / "000_f02715dd0bc5e6cc.txt", "--engine", "offline", "--store", "s.db", "-o", "out")

    assert {row["document"] for row in exported("--document", source).rows("metrics")} == {source}
    assert {row["document"] for row in exported("--search", "济源").rows("metrics")} != {source}
    assert len({row["document"] for row in exported().rows("metrics")}) == 2
    missing = run("review", "export", "y.xlsx", "--store", "s.db", "--document", "nobody")
    assert isinstance(missing.exception, Unknown)


@pytest.mark.usefixtures("sheet")
def test_a_file_that_is_there_is_replaced_only_when_that_is_said() -> None:
    result = run("review", "export", "x.xlsx", "--store", "s.db")

    assert isinstance(result.exception, SettingsError)
    assert "--overwrite" in str(result.exception)
    assert isinstance(run("review", "export", "x.csv", "--store", "s.db").exception, SettingsError)


def test_a_tab_that_is_full_goes_on_in_another_and_both_are_read(desk: Desk, source: str) -> None:
    book = Book(most_rows=4)
    for kind, cells in rows(desk.leaf(source)):
        book.add(kind, cells)
    book.save(Path("x.xlsx"))

    read = list(read_rows(Path("x.xlsx")))

    assert {row.tab for row in read if row.tab.startswith("metrics")} >= {"metrics", "metrics 2"}
    assert len(read) == sum(1 for _ in rows(desk.leaf(source)))
    last = next(row for row in read if row.tab == "metrics 2")
    assert last.at("record") == "'metrics 2'!B3"


def test_what_is_only_read_says_the_same_as_what_can_be_changed(desk: Desk, source: str) -> None:
    for _ in range(2):
        leaf, sheet = desk.leaf(source), desk.open(source)
        assert {key: portable for key, _, portable in leaf.records()} == {
            key: sheet.current(key) for key in sheet.records
        }
        key, _ = metric(sheet, "15家")
        desk.decide(source, key, "edit", sheet.version(key), "ann", {"value": "16"})


def test_the_sentence_around_a_place_is_marked_and_bounded() -> None:
    raw = "前一句。目标是15家,\n后一行"

    assert context(raw, 7, 10) == "目标是【15家】,"
    assert context("长" * 1000, 500, 501).startswith("…长")
    assert len(context("长" * 1000, 500, 501)) < 400


# coming back


@pytest.mark.usefixtures("source")
def test_a_file_that_nobody_typed_into_changes_nothing() -> None:
    assert run("extract", SEEDS, "--engine", "offline", "--store", "s.db", "-o", "out").exit_code == 0
    exported()

    result = taken_in()

    assert result.exit_code == 0
    assert "0 saved, the others unchanged" in result.stderr
    assert run("review", "log", "s.db").stdout == ""


def test_what_was_typed_is_a_correction_signed_with_its_reason(sheet: Typed, desk: Desk, source: str) -> None:
    key, before = metric(desk.open(source), "15家")
    address = sheet.type("metrics", key, reason="见附件", name="高新技术企业新增数")
    sheet.save()

    result = taken_in()

    assert result.exit_code == 0
    assert f"{address} name: «{before.name}» → «高新技术企业新增数»" in result.stdout
    assert "1 saved" in result.stderr
    [line] = desk.log()
    assert (line.reviewer, line.action, line.reason, line.version) == ("ann", "edit", "见附件", 1)
    assert metric(desk.open(source), "15家")[1].name == "高新技术企业新增数"


def test_a_decision_is_taken_from_its_column_and_goes_with_a_change(sheet: Typed, desk: Desk, source: str) -> None:
    before = desk.open(source)
    accepted, rejected, both = (metric(before, quote)[0] for quote in ("15家", "12个", "120亿元"))
    sheet.type("metrics", accepted, decision="accept")
    sheet.type("metrics", rejected, decision="reject")
    sheet.type("metrics", both, comparator=">", decision="accept")
    sheet.save()

    assert taken_in().exit_code == 0

    now = desk.open(source).records
    assert [now[key].review for key in (accepted, rejected, both)] == ["accepted", "rejected", "corrected"]
    assert now[both].comparator == ">"  # type: ignore[union-attr]
    assert sorted(line.action for line in desk.log()) == ["accept", "accept", "edit", "reject"]


def test_a_dry_run_shows_the_same_and_saves_nothing(sheet: Typed, desk: Desk, source: str) -> None:
    key, _ = metric(desk.open(source), "15家")
    address = sheet.type("metrics", key, value=16)
    sheet.type("metrics", metric(desk.open(source), "12个")[0], value="viele")
    sheet.save()

    dry = taken_in("--dry-run")

    assert f"{address} value: «15» → «16»" in dry.stdout
    assert "1 would be saved, 1 refused" in dry.stderr
    assert desk.log() == []
    wet = taken_in()
    assert (wet.stdout, wet.exit_code) == (dry.stdout, dry.exit_code)


def test_a_row_that_somebody_saved_since_is_refused_with_both_values_and_the_others_go_on(
    sheet: Typed, desk: Desk, source: str
) -> None:
    stale, fresh = (metric(desk.open(source), quote)[0] for quote in ("15家", "12个"))
    desk.decide(source, stale, "edit", 0, "bob", {"value": "17"})
    address = sheet.type("metrics", stale, value=16)
    sheet.type("metrics", fresh, value=13)
    sheet.save()

    result = taken_in()

    assert result.exit_code == 1
    assert (
        f"{address}: the record was saved by bob since (version 0 was exported, 1 stands); «16» here, «17»"
        in result.stderr
    )
    assert [record.value for record in (metric(desk.open(source), q)[1] for q in ("15家", "12个"))] == [17, 13]


def test_what_was_imported_before_is_said_to_be_saved_already(sheet: Typed, desk: Desk, source: str) -> None:
    edited, accepted = (metric(desk.open(source), quote)[0] for quote in ("15家", "12个"))
    sheet.type("metrics", edited, value=16, reason="见附件")
    sheet.type("metrics", accepted, decision="accept")
    sheet.save()
    assert "2 saved" in taken_in().stderr

    again = taken_in()

    assert again.exit_code == 0
    assert "0 saved, 2 already saved, the others unchanged" in again.stderr
    assert len(desk.log()) == 2


def test_a_record_that_a_newer_run_reads_otherwise_is_not_set_back_to_what_was_exported(
    sheet: Typed, desk: Desk, source: str
) -> None:
    key, record = metric(desk.open(source), "15家")
    read = only_source(Path("points.txt"))
    whole = extracted(read)
    renamed = tuple(m.model_copy(update={"name": "全新的名"}) if m.id == record.id else m for m in whole.metrics)
    keep(desk.store, read, whole.model_copy(update={"metrics": renamed}))
    assert "0 saved, the others unchanged" in taken_in().stderr
    sheet.type("metrics", key, value=16)
    sheet.save()

    result = taken_in()

    assert result.exit_code == 1
    assert "a newer run reads this record otherwise" in result.stderr
    assert desk.log() == []


WRONG = {
    "value": ("viele", "a number is needed"),
    "comparator": ("≥", "one of: =, >="),
    "period_end": ("2024-02-30", "a date is needed"),
    "name": (None, "a value is needed"),
    "goal": ("goal-1-2", "no record goal-1-2"),
    "decision": ("maybe", "one of: accept, reject"),
    "measure": (True, "text, a number or a date is needed"),
    "value_max": (20, "a range has two values"),
    "unit": ("=1+1", "a formula is not read"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_bad_cell_is_told_by_its_address_and_nothing_of_its_row_is_saved(
    sheet: Typed, desk: Desk, source: str, name: str
) -> None:
    typed, told = WRONG[name]
    key, _ = metric(desk.open(source), "15家")
    sheet.type("metrics", key, baseline="同比")
    address = sheet.type("metrics", key, **{name: typed})
    sheet.type("metrics", metric(desk.open(source), "12个")[0], value=13)
    sheet.save()

    result = taken_in()

    assert result.exit_code == 1
    assert f"{address}: {told}" in result.stderr
    assert "1 saved, 1 refused" in result.stderr
    assert metric(desk.open(source), "15家")[1].baseline is None


def test_every_bad_cell_of_a_row_is_told(sheet: Typed, desk: Desk, source: str) -> None:
    key, _ = metric(desk.open(source), "15家")
    first, second = sheet.type("metrics", key, value="x"), sheet.type("metrics", key, status="later")
    sheet.save()

    result = taken_in()

    assert f"{first}: " in result.stderr
    assert f"{second}: " in result.stderr


def test_the_spreadsheets_own_dates_and_numbers_are_taken(sheet: Typed, desk: Desk, source: str) -> None:
    key, _ = metric(desk.open(source), "15家")
    sheet.type("metrics", key, period_start=datetime(2024, 1, 31), period_end="2024年6月30日", value="\uff11,600.50")  # noqa: DTZ001
    sheet.save()

    assert taken_in().exit_code == 0

    record = metric(desk.open(source), "15家")[1]
    assert record.period is not None
    assert (record.period.start, record.period.end, float(record.value)) == ("2024-01-31", "2024-06-30", 1600.5)


def test_columns_may_be_moved_and_one_that_is_gone_is_not_changed(sheet: Typed, desk: Desk, source: str) -> None:
    key, before = metric(desk.open(source), "15家")
    tab = sheet.workbook["metrics"]
    letter = tab.cell(1, sheet.names("metrics")["name"]).column_letter
    tab.move_range(f"{letter}1:{letter}{tab.max_row}", cols=60)
    tab.delete_cols(sheet.names("metrics")["unit"])
    address = sheet.type("metrics", key, name="新名")
    sheet.save()

    result = taken_in()

    assert f"{address} name:" in result.stdout
    assert result.exit_code == 0
    record = metric(desk.open(source), "15家")[1]
    assert (record.name, record.unit) == ("新名", before.unit)


def test_a_tab_whose_rows_cannot_be_told_apart_is_refused_whole(sheet: Typed) -> None:
    sheet.workbook["metrics"].delete_cols(sheet.names("metrics")["version"])
    sheet.save()

    result = taken_in()

    assert result.exit_code == 1
    assert "metrics!A1: the first row names no column version" in result.stderr


def test_a_row_that_a_person_added_is_told(sheet: Typed) -> None:
    tab = sheet.workbook["metrics"]
    row = tab.max_row + 1
    tab.cell(row, sheet.names("metrics")["name"]).value = "新的指标"
    sheet.save()

    result = taken_in()

    assert result.exit_code == 1
    assert f"metrics!B{row}: no document and no record: new records are added on the review page" in result.stderr


def test_one_record_in_two_rows_is_changed_once(sheet: Typed, desk: Desk, source: str) -> None:
    key, _ = metric(desk.open(source), "15家")
    sheet.type("metrics", key, value=16)
    tab = sheet.workbook["metrics"]
    number = sheet.cell("metrics", key, "value").row
    tab.append([cell.value for cell in tab[number]])
    tab.cell(tab.max_row, sheet.names("metrics")["value"]).value = 17
    sheet.save()

    result = taken_in()

    assert "1 saved, 1 refused" in result.stderr
    assert f"metrics!B{tab.max_row}: the record was changed above, at metrics!B{number}" in result.stderr


def test_rejecting_and_changing_at_once_is_refused_and_so_is_a_lone_reason(
    sheet: Typed, desk: Desk, source: str
) -> None:
    sheet.type("metrics", metric(desk.open(source), "15家")[0], value=16, decision="reject")
    sheet.type("metrics", metric(desk.open(source), "12个")[0], reason="?")
    sheet.save()

    result = taken_in()

    assert "either it is rejected or it is changed" in result.stderr
    assert "a reason without a change or a decision" in result.stderr
    assert desk.log() == []


def test_a_goal_that_goes_does_not_make_the_changes_of_its_metrics_stale(sheet: Typed, desk: Desk, source: str) -> None:
    before = desk.open(source)
    key, record = next((k, r) for k, r in before.records.items() if getattr(r, "goal", None))
    goal = next(k for k, r in before.records.items() if isinstance(r, Goal) and r.id == record.goal)  # type: ignore[union-attr]
    sheet.type("goals", goal, decision="reject")
    sheet.type("metrics", key, name="新名")
    sheet.save()

    result = taken_in()

    assert result.exit_code == 0, result.stderr
    assert desk.open(source).records[key].name == "新名"  # type: ignore[union-attr]


def test_a_reference_is_shown_with_what_it_stands_for_and_typed_as_a_key(sheet: Typed, desk: Desk, source: str) -> None:
    before = desk.open(source)
    key, record = next((k, r) for k, r in before.records.items() if getattr(r, "goal", None))
    shown = sheet.cell("metrics", key, "goal").value
    assert shown.startswith("goal-")
    assert " «" in shown
    sheet.type("metrics", key, goal=None)
    other = metric(before, "34亿元")[0]
    sheet.type("metrics", other, goal=shown)
    sheet.save()

    assert taken_in().exit_code == 0

    now = desk.open(source).records
    assert now[key].goal is None  # type: ignore[union-attr]
    assert now[other].goal == record.goal  # type: ignore[union-attr]


def test_the_figures_of_a_project_are_named_and_one_can_be_taken_away(sheet: Typed, desk: Desk, source: str) -> None:
    key, before = next((k, r) for k, r in desk.open(source).records.items() if isinstance(r, Project))
    assert before.capacity
    assert "«5亿元»" in sheet.cell("projects", key, "total_investment").value
    sheet.type("projects", key, total_investment=None, department="经发局")
    sheet.save()

    assert taken_in().exit_code == 0

    after = desk.open(source).records[key]
    assert isinstance(after, Project)
    assert (after.total_investment, after.department, after.capacity) == (None, "经发局", before.capacity)


def test_capacities_and_milestones_are_one_a_line_and_those_that_stay_are_what_they_were(
    sheet: Typed, desk: Desk, source: str
) -> None:
    key, before = next((k, r) for k, r in desk.open(source).records.items() if isinstance(r, Project))
    limit = next(k for k in desk.open(source).records if kind_of(k) == "deadline")
    line = sheet.cell("projects", key, "capacity").value
    money = sheet.cell("projects", key, "total_investment").value
    sheet.type("projects", key, capacity=f"{line}\n{money} | 备用金", milestones=f"开工\n竣工 | {limit} «随便»")
    sheet.save()

    assert taken_in().exit_code == 0

    after = desk.open(source).records[key]
    assert isinstance(after, Project)
    assert isinstance(before, Project)
    assert after.capacity[:-1] == before.capacity
    assert (after.capacity[-1].value, after.capacity[-1].of) == (5, "备用金")
    assert [(one.text, one.deadline is not None) for one in after.milestones] == [("开工", False), ("竣工", True)]
    exported()
    assert "0 saved, the others unchanged" in taken_in().stderr


def test_an_unexplained_figure_is_given_a_role_and_a_finding_of_the_text_is_settled(
    desk: Desk, source: str, tmp_path: Path
) -> None:
    key, record = metric(desk.open(source), "12个")
    desk.decide(source, key, "reject", 0, "ann")
    hole = tmp_path / "hole.txt"
    hole.write_text("2024年工作总结\n全年重点在建项目 个,完成投资34亿元。\n", "utf8")
    run("extract", hole, "--engine", "offline", "--store", "s.db", "-o", "out")
    sheet = exported()
    line = next(one for one in desk.open(source).extraction.figures if one.start == record.figure.start)
    sheet.type("figures", figure_key(line), role="context")
    [finding] = [row for row in sheet.rows("findings") if "missing-figure" in row["record"]]
    sheet.type("findings", finding["record"], decision="accept")
    sheet.save()

    result = taken_in()

    assert result.exit_code == 0, result.stderr
    assert "2 saved" in result.stderr
    assert next(one for one in desk.open(source).extraction.figures if one.id == line.id).role == "context"
    assert not [f for f in desk.open(finding["document"]).open_findings() if f.code == "missing-figure"]


# files that are none


def declared_entities(parts: dict[str, bytes]) -> dict[str, bytes]:
    bomb = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    head, _, rest = sheet.partition(b"<worksheet")
    return parts | {"xl/worksheets/sheet1.xml": head + bomb + b"<worksheet" + rest}


def vast_part(parts: dict[str, bytes]) -> dict[str, bytes]:
    return parts | {"xl/styles.xml": b" " * (17 * 2**20)}


def damaged_sheet(parts: dict[str, bytes]) -> dict[str, bytes]:
    sheet = parts["xl/worksheets/sheet1.xml"]
    return parts | {"xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]}


def no_workbook(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in parts.items() if name != "xl/workbook.xml"}


@pytest.mark.usefixtures("sheet")
@pytest.mark.parametrize("change", [declared_entities, vast_part, damaged_sheet, no_workbook])
def test_a_harmful_or_damaged_file_is_one_line_and_nothing_is_saved(
    change: Callable[[dict[str, bytes]], dict[str, bytes]],
) -> None:
    with zipfile.ZipFile("x.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile("x.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in change(parts).items():
            archive.writestr(name, data)

    result = taken_in()

    assert isinstance(result.exception, WorkbookError)
    assert "\n" not in str(result.exception)


@pytest.mark.usefixtures("source")
def test_what_is_no_spreadsheet_or_not_there_is_one_line() -> None:
    Path("x.xlsx").write_text("no zip", "utf8")
    assert isinstance(taken_in().exception, WorkbookError)
    Path("x.xlsx").unlink()
    assert isinstance(taken_in().exception, WorkbookError)


@pytest.mark.usefixtures("source")
def test_a_file_too_large_to_be_one_is_not_opened() -> None:
    with Path("x.xlsx").open("wb") as file:
        file.truncate(MOST_BYTES + 1)

    result = taken_in()

    assert isinstance(result.exception, WorkbookError)
    assert "the limit is" in str(result.exception)


@pytest.mark.usefixtures("source")
def test_tabs_that_are_not_ours_are_left_alone() -> None:
    workbook = Workbook()
    workbook.active.append(["document", "record"])
    workbook.save("x.xlsx")

    assert "0 rows: 0 saved" in taken_in().stderr


def test_of_two_imports_at_once_each_record_is_saved_by_one(desk: Desk, source: str) -> None:
    """Both held the file against the same state; what the database refuses is told by its address."""
    from extractor.review.deciding import decided

    before = desk.open(source)
    key, _ = metric(before, "15家")
    one, other = (
        decided(before, key, "edit", 0, who, {"value": value}) for who, value in (("ann", "16"), ("bob", "17"))
    )
    assert one is not None
    assert other is not None
    free = decided(before, metric(before, "12个")[0], "accept", 0, "bob")
    assert free is not None

    first, second, third = desk.save_all([[one], [other], [free]])

    assert (first, third) == (None, None)
    assert isinstance(second, StaleRecord)
    assert kind_of(key) == "metric"
    assert metric(desk.open(source), "15家")[1].value == 16


def test_an_exported_file_opens_as_a_workbook_with_a_legend(sheet: Typed) -> None:
    legend = load_workbook(sheet.file, read_only=True)["legend"]

    told = {row[0]: row[1] for row in legend.iter_rows(values_only=True) if row[0]}

    assert "accept" in told["decision"]
