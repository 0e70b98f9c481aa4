"""The rules of the reviewers' loop: decisions are kept for ever and outlive every run."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from extractor.errors import StaleRecord, StoreError, Unknown, WrongValues
from extractor.reading import Source
from extractor.review.desk import Desk
from extractor.review.keys import figure_key, kind_of
from extractor.review.sheet import Sheet
from extractor.store import Store, open_store
from extractor.store.summaries import Filter, Wanted
from schemas.metric import Metric
from tests.reviewing import TEXT, extracted, keep, read_text


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return read_text(tmp_path, TEXT)


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    with open_store(where) as opened:
        yield opened


@pytest.fixture
def desk(store: Store, source: Source) -> Desk:
    keep(store, source)
    return Desk(store)


def metric(sheet: Sheet, quote: str) -> tuple[str, Metric]:
    return next((k, r) for k, r in sheet.records.items() if isinstance(r, Metric) and r.figure.quote == quote)


def test_a_document_that_nobody_touched_is_what_its_run_said(desk: Desk, source: Source) -> None:
    made = extracted(source)

    shown = desk.open(source.id).extraction

    assert shown.model_copy(update={"run": made.run}) == made


def test_an_edited_record_says_what_the_reviewer_said_and_the_log_says_what_it_said_before(
    desk: Desk, source: Source
) -> None:
    key, before = metric(desk.open(source.id), "15家")

    sheet = desk.decide(
        source.id, key, "edit", 0, "ann", {"name": "高新技术企业新增数", "period.end": "2024-06-30"}, "name"
    )

    after = sheet.records[key]
    assert isinstance(after, Metric)
    assert (after.name, after.review, after.origin) == ("高新技术企业新增数", "corrected", "reviewer")
    assert after.period is not None
    assert after.period.end == "2024-06-30"
    [line] = desk.log()
    said = {change.field: (change.before, change.after) for change in line.changes}
    assert said["name"] == (before.name, "高新技术企业新增数")
    assert (line.reviewer, line.reason, line.version) == ("ann", "name", 1)


def test_a_save_of_what_somebody_else_saved_since_is_refused_and_changes_nothing(desk: Desk, source: Source) -> None:
    key, _ = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "edit", 0, "ann", {"value": "16"})

    with pytest.raises(StaleRecord):
        desk.decide(source.id, key, "edit", 0, "bob", {"value": "17"})

    assert metric(desk.open(source.id), "15家")[1].value == 16
    assert len(desk.log()) == 1


def test_two_saves_of_one_version_cannot_both_stand_in_the_log(desk: Desk, source: Source) -> None:
    """The check at the desk is a courtesy; the database is what holds when two processes save at once."""
    from extractor.review.deciding import decided
    from extractor.store import corrections

    sheet = desk.open(source.id)
    key, _ = metric(sheet, "15家")
    both = [decided(sheet, key, "edit", 0, who, {"value": value}) for who, value in (("ann", "16"), ("bob", "17"))]
    desk.store.post(lambda connection: corrections.save(connection, [both[0]])).result()  # type: ignore[arg-type]

    with pytest.raises(StaleRecord):
        desk.store.post(lambda connection: corrections.save(connection, [both[1]])).result()  # type: ignore[arg-type]


def test_the_log_can_be_neither_changed_nor_shortened(desk: Desk, source: Source) -> None:
    key, _ = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "accept", 0, "ann")

    for statement in ("DELETE FROM corrections", "UPDATE corrections SET reviewer = 'eve'", "DELETE FROM reviewed"):
        with pytest.raises(StoreError, match="kept for ever"):
            desk.store.post(lambda connection, said=statement: connection.execute(text(said))).result()


def test_decisions_outlive_a_new_run_in_which_records_have_other_ids(desk: Desk, store: Store, source: Source) -> None:
    sheet = desk.open(source.id)
    edited, _ = metric(sheet, "15家")
    rejected, _ = metric(sheet, "12个")
    accepted, _ = metric(sheet, "120亿元")
    desk.decide(source.id, edited, "edit", 0, "ann", {"value": "16"})
    desk.decide(source.id, rejected, "reject", 0, "ann")
    desk.decide(source.id, accepted, "accept", 0, "ann")
    at = source.raw.index("20万元")
    _, added = desk.add(source.id, "metric", at, at + 4, "ann", {"name": "最高奖励"})

    again = extracted(source)
    other = {record.id: f"m{40 - number}" for number, record in enumerate(again.metrics)}
    keep(
        store,
        source,
        again.model_copy(
            update={
                "metrics": tuple(
                    record.model_copy(update={"id": other[record.id]}) for record in reversed(again.metrics)
                ),
                "goals": tuple(
                    goal.model_copy(update={"metrics": tuple(other[name] for name in goal.metrics)})
                    for goal in again.goals
                ),
                "deadlines": tuple(
                    limit.model_copy(update={"applies_to": tuple(other.get(name, name) for name in limit.applies_to)})
                    for limit in again.deadlines
                ),
            }
        ),
    )

    now = desk.open(source.id).records
    assert (now[edited].value, now[edited].review) == (16, "corrected")  # type: ignore[union-attr]
    assert [now[key].review for key in (rejected, accepted, added)] == ["rejected", "accepted", "added"]


def test_an_accepted_record_stands_where_a_new_run_does_not_give_it_and_that_is_a_finding(
    desk: Desk, store: Store, source: Source
) -> None:
    key, record = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "accept", 0, "ann")
    again = extracted(source)
    keep(store, source, again.model_copy(update={"metrics": tuple(m for m in again.metrics if m.id != record.id)}))

    sheet = desk.open(source.id)

    kept = sheet.records[key]
    assert (kept.review, kept.figure.quote) == ("accepted", "15家")  # type: ignore[union-attr]
    [finding] = [one for one in sheet.extraction.checks if one.code == "review-differs"]
    assert finding.records == (kept.id,)
    assert not finding.settled


def test_what_a_new_run_says_otherwise_than_a_correction_is_a_finding_until_the_reviewer_has_seen_it(
    desk: Desk, store: Store, source: Source
) -> None:
    key, record = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "edit", 0, "ann", {"name": "新增企业数"})
    again = extracted(source)
    changed = tuple(m.model_copy(update={"name": "全新的名"}) if m.id == record.id else m for m in again.metrics)
    keep(store, source, again.model_copy(update={"metrics": changed}))

    [finding] = [one for one in desk.open(source.id).extraction.checks if one.code == "review-differs"]
    assert finding.severity == "warning"
    assert "全新的名" in finding.message
    sheet = desk.decide(source.id, key, "accept", 1, "ann")
    assert not [one for one in sheet.extraction.checks if one.code == "review-differs"]
    assert sheet.records[key].name == "新增企业数"  # type: ignore[union-attr]


def test_a_run_that_repeats_the_mistake_that_was_corrected_is_only_a_note(
    desk: Desk, store: Store, source: Source
) -> None:
    key, _ = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "edit", 0, "ann", {"name": "新增企业数"})
    keep(store, source, extracted(source))

    [finding] = [one for one in desk.open(source.id).extraction.checks if one.code == "review-differs"]

    assert finding.severity == "info"


def test_undo_takes_back_the_reviewers_own_last_save_and_stays_in_the_log(desk: Desk, source: Source) -> None:
    key, before = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "edit", 0, "ann", {"value": "16"})
    other, _ = metric(desk.open(source.id), "12个")
    desk.decide(source.id, other, "accept", 0, "bob")

    sheet, undone = desk.undo(source.id, "ann")

    assert undone == key
    assert sheet.records[key] == before
    assert [line.action for line in desk.log()] == ["edit", "accept", "undo"]
    assert desk.undo(source.id, "ann")[1] is None


def test_the_rest_is_accepted_at_once_and_taken_back_at_once(desk: Desk, source: Source) -> None:
    key, _ = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "reject", 0, "ann")

    sheet = desk.accept_rest(source.id, "ann")

    reviews = {record.review for other, record in sheet.records.items() if other != key}
    assert reviews == {"accepted"}
    assert sheet.records[key].review == "rejected"
    sheet, _ = desk.undo(source.id, "ann")
    assert {record.review for other, record in sheet.records.items() if other != key} == {"unreviewed"}
    assert sheet.records[key].review == "rejected"


def test_nobody_undoes_what_somebody_else_has_built_on(desk: Desk, source: Source) -> None:
    key, _ = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "edit", 0, "ann", {"value": "16"})
    desk.decide(source.id, key, "edit", 1, "bob", {"value": "17"})

    with pytest.raises(StaleRecord):
        desk.undo(source.id, "ann")


def test_selected_text_becomes_a_record_with_what_the_recogniser_reads_in_it(desk: Desk, source: Source) -> None:
    start = source.raw.index("最高20万元")

    sheet, key = desk.add(source.id, "metric", start, start + 6, "ann", {"name": "认定奖励上限"})

    record = sheet.records[key]
    assert isinstance(record, Metric)
    assert (record.value, record.unit, record.normalized.value) == (20, "万元", 200_000)
    assert (record.name, record.review, record.origin) == ("认定奖励上限", "added", "reviewer")
    assert source.raw[record.figure.start : record.figure.end] == record.figure.quote == "20万元"
    [line] = [figure for figure in sheet.extraction.figures if figure.text == "20万元"]
    assert (line.role, line.record) == ("metric", record.id)


def test_an_added_record_that_is_undone_is_gone_and_its_figure_is_what_it_was(desk: Desk, source: Source) -> None:
    before = desk.open(source.id).extraction
    start = source.raw.index("最高20万元")
    _, key = desk.add(source.id, "metric", start, start + 6, "ann")

    sheet, _ = desk.undo(source.id, "ann")

    assert key not in sheet.records
    assert sheet.extraction.figures == before.figures


def test_text_without_a_figure_makes_no_metric_and_a_figure_makes_no_second_one(desk: Desk, source: Source) -> None:
    start = source.raw.index("智能装备")
    with pytest.raises(WrongValues, match="no figure with a value"):
        desk.add(source.id, "metric", start, start + 4, "ann")

    held = source.raw.index("15家")
    with pytest.raises(WrongValues, match="holds this figure already"):
        desk.add(source.id, "metric", held, held + 3, "ann")


def test_the_figure_of_a_rejected_metric_calls_for_a_role_and_takes_one(desk: Desk, source: Source) -> None:
    key, record = metric(desk.open(source.id), "12个")
    sheet = desk.decide(source.id, key, "reject", 0, "ann")
    [line] = [figure for figure in sheet.extraction.figures if figure.start == record.figure.start]
    assert line.role == "unexplained"
    assert "unexplained-figure" in {finding.code for finding in sheet.open_findings()}

    sheet = desk.decide(source.id, figure_key(line), "edit", 0, "ann", {"role": "context"})

    [line] = [figure for figure in sheet.extraction.figures if figure.start == record.figure.start]
    assert (line.role, line.why) == ("context", "人工判定")
    assert "unexplained-figure" not in {finding.code for finding in sheet.open_findings()}


def test_a_rejected_record_is_named_by_no_other(desk: Desk, source: Source) -> None:
    sheet = desk.open(source.id)
    goals = {key: record for key, record in sheet.records.items() if kind_of(key) == "goal"}
    for key in goals:
        sheet = desk.decide(source.id, key, "reject", 0, "ann")

    assert goals
    assert all(record.goal is None for record in sheet.extraction.metrics)
    named = {name for limit in sheet.extraction.deadlines for name in limit.applies_to}
    assert not named & {record.id for record in goals.values()}


WRONG = {
    "value": ("viel", "number"),
    "comparator": ("=>", "one of"),
    "period.end": ("2024-02-30", "date"),
    "name": ("  ", "needed"),
    "goal": ("goal-1-2", "no record"),
    "figure": ("x", "no field"),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_value_that_the_codebook_does_not_know_is_refused_by_field(desk: Desk, source: Source, field: str) -> None:
    key, _ = metric(desk.open(source.id), "15家")
    typed, told = WRONG[field]

    with pytest.raises(WrongValues) as refused:
        desk.decide(source.id, key, "edit", 0, "ann", {field: typed})

    assert told in refused.value.problems[field]
    assert desk.log() == []


def test_a_changed_value_is_normalised_and_held_against_the_text_again(desk: Desk, source: Source) -> None:
    key, _ = metric(desk.open(source.id), "120亿元")

    sheet = desk.decide(source.id, key, "edit", 0, "ann", {"value": "1,200"})

    record = sheet.records[key]
    assert isinstance(record, Metric)
    assert record.normalized.value == 120_000_000_000
    assert "value-mismatch" in {finding.code for finding in sheet.open_findings()}
    sheet = desk.decide(source.id, key, "accept", 1, "ann")
    assert sheet.records[key].review == "corrected"
    assert "value-mismatch" not in {finding.code for finding in sheet.open_findings()}
    assert "value-mismatch" in {finding.code for finding in sheet.extraction.checks}


def test_an_edit_that_changes_nothing_is_not_saved(desk: Desk, source: Source) -> None:
    key, record = metric(desk.open(source.id), "15家")

    desk.decide(source.id, key, "edit", 0, "ann", {"name": record.name, "value": "15"})

    assert desk.log() == []


def test_what_is_not_there_cannot_be_decided_about(desk: Desk, source: Source) -> None:
    with pytest.raises(Unknown):
        desk.decide(source.id, "metric-1-2", "accept", 0, "ann")
    with pytest.raises(Unknown):
        desk.open("sha256:" + "0" * 64)


def test_the_queue_counts_what_is_open_and_what_is_reviewed(desk: Desk, source: Source) -> None:
    desk.refresh()
    [before] = desk.page(Wanted())
    key, _ = metric(desk.open(source.id), "15家")
    desk.decide(source.id, key, "edit", 0, "ann", {"value": "99"})

    assert desk.refresh() == 1
    [after] = desk.page(Wanted(code="value-mismatch"))

    assert (before.reviewed, after.reviewed) == (0, 1)
    assert after.errors == before.errors + 1
    assert desk.page(Wanted(search="100%")) == []
    assert desk.totals(Wanted())["reviewed"] == 1
    found, number = desk.records(Filter(kind="metric", review="corrected"))
    assert number == len(found) == 1
    assert '"value": 99' in found[0].content


def test_two_servers_bring_one_store_up_to_date_at_once(desk: Desk, where: str, source: Source) -> None:
    key, _ = metric(desk.open(source.id), "15家")
    with open_store(where) as other, ThreadPoolExecutor(4) as pool:
        desks = [desk, Desk(other)]
        for version in range(6):
            desk.decide(source.id, key, "edit", version, "ann", {"value": str(20 + version)})
            for waiting in [pool.submit(one.refresh) for one in desks * 2]:
                waiting.result()

    [line] = desk.page(Wanted())
    assert line.reviewed == 1
