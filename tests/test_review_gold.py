"""The rules of gold out of reviewed documents: what it holds, and that evaluate takes it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.review.desk import Desk
from tests.spreadsheets import TEXT, desk_of, metric, only_source, run

pytestmark = pytest.mark.usefixtures("alone")

FIXTURES = Path(__file__).parent.parent / "fixtures"
SEEDS = Path(__file__).parent.parent / "seeds"
WHOLE = ("metrics", "exact", "projects", "deadlines", "goals")


def extracted(path: Path) -> str:
    assert run("extract", path, "--engine", "offline", "--store", "s.db", "-o", "out").exit_code == 0
    return only_source(path).id


@pytest.fixture
def document(alone: None) -> str:  # noqa: ARG001  # in the test's own folder
    Path("points.txt").write_text(TEXT, "utf8")
    return extracted(Path("points.txt"))


@pytest.fixture
def desk(document: str) -> Iterator[Desk]:  # noqa: ARG001  # it makes the store
    with desk_of(Path("s.db")) as opened:
        yield opened


def accept_all(desk: Desk, document: str, *, but: int = 0) -> None:
    sheet = desk.open(document)
    for key, record in list(sheet.records.items())[but:]:
        if record.review == "unreviewed":
            desk.decide(document, key, "accept", sheet.version(key), "ann")


def scores() -> Any:
    result = run("evaluate", "out", "gold", "--seeds", "gold/docs", "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["total"]


def gold(*arguments: str) -> Any:
    result = run("review", "gold", "gold", "--store", "s.db", *arguments)
    assert result.exit_code == 0
    return result


def test_an_extraction_that_was_accepted_whole_is_its_own_gold(desk: Desk, document: str) -> None:
    accept_all(desk, document)
    gold()

    found = scores()

    assert {part: found[part]["f1"] for part in WHOLE} == dict.fromkeys(WHOLE, 1.0)
    assert found["targets_exact"]["f1"] == 1.0
    assert found["grounding"]["share"] == 1.0
    assert all(
        one["share"] == 1.0 for part in ("metric", "project", "deadline") for one in found[f"{part}_fields"].values()
    )


def test_what_was_corrected_or_rejected_costs_the_extraction_its_score(desk: Desk, document: str) -> None:
    desk.decide(document, metric(desk.open(document), "15家")[0], "edit", 0, "ann", {"value": "16"})
    desk.decide(document, metric(desk.open(document), "34亿元")[0], "reject", 0, "ann")
    accept_all(desk, document)
    gold()

    found = scores()

    assert found["metrics"]["recall"] == 1.0
    assert found["metrics"]["precision"] < 1.0
    assert found["exact"]["tp"] == found["metrics"]["tp"] - 1
    told = json.loads(Path("gold/points.json").read_text("utf8"))
    assert "34亿元" not in [one["figure"]["quote"] for one in told["metrics"]]


def test_gold_has_the_shape_of_the_gold_that_was_made_by_hand(desk: Desk, document: str) -> None:
    accept_all(desk, document)
    gold()
    ours = json.loads(Path("gold/points.json").read_text("utf8"))
    theirs = json.loads((FIXTURES / "practice/gold").glob("*.json").__next__().read_text("utf8"))

    assert ours.keys() >= theirs.keys() - {"figures"}
    assert ours["document"].keys() >= theirs["document"].keys()
    for file in sorted(FIXTURES.glob("*/gold/*.json")):
        whole = json.loads(file.read_text("utf8"))
        for part in ("goals", "metrics", "projects", "deadlines"):
            for record in whole[part]:
                assert record.keys() - {"accept", "deadline", "milestones"} <= ours[part][0].keys(), (file, part)


def test_a_document_of_which_only_a_part_was_reviewed_is_left_out(desk: Desk, document: str) -> None:
    accept_all(desk, document, but=1)

    result = gold()

    assert "1 reviewed documents are left out" in result.stderr
    assert not list(Path().glob("gold/*.json"))


def test_what_nobody_reviewed_is_doubtful_and_neither_rewarded_nor_punished(desk: Desk, document: str) -> None:
    key, _ = metric(desk.open(document), "15家")
    desk.decide(document, key, "edit", 0, "ann", {"value": "16"})

    result = gold("--partly")

    found = scores()
    assert "1 documents have records that nobody reviewed" in result.stderr
    assert (found["metrics"]["tp"], found["metrics"]["pred"], found["exact"]["tp"]) == (1, 1, 0)
    assert (found["goals"]["gold"], found["goals"]["pred"]) == (0, 0)


def test_documents_that_nobody_decided_about_are_no_gold(desk: Desk, document: str) -> None:
    assert desk.open(document)

    assert "0 documents" in gold("--partly").stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "big5"])
def test_the_text_is_written_byte_for_byte_as_it_was_read(encoding: str) -> None:
    text = TEXT if encoding != "big5" else "2024年工作要點\r\n力爭實現工業總產值120億元以上,增長8%。新增企業15家。\r\n"
    data = text.encode(encoding)
    Path("old.txt").write_bytes(data)
    document = extracted(Path("old.txt"))
    with desk_of(Path("s.db")) as desk:
        accept_all(desk, document)
    gold()

    assert Path("gold/docs/old.txt").read_bytes() == data
    assert scores()["grounding"]["share"] == 1.0


def test_the_text_of_a_page_is_written_as_it_was_understood_and_that_is_said() -> None:
    lines = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    Path("page.html").write_text(f"<html><body><article>{lines}</article></body></html>", "utf8")
    document = extracted(Path("page.html"))
    with desk_of(Path("s.db")) as desk:
        accept_all(desk, document)
        raw = desk.open(document).raw

    result = gold()

    assert "1 texts are not the files they were read from" in result.stderr
    assert Path("gold/docs/page.txt").read_text("utf8") == raw
    assert (
        json.loads(Path("gold/page.json").read_text("utf8"))["document"]["id"]
        == only_source(Path("gold/docs/page.txt")).id
    )
    assert scores()["metrics"]["f1"] == 1.0


def test_documents_of_one_name_do_not_overwrite_each_other() -> None:
    for folder, text in (("a", TEXT), ("b", TEXT.replace("15家", "17家"))):
        Path(folder).mkdir()
        Path(folder, "points.txt").write_text(text, "utf8")
        document = extracted(Path(folder, "points.txt"))
        with desk_of(Path("s.db")) as desk:
            accept_all(desk, document)
    gold()

    assert len(list(Path("gold").glob("*.json"))) == len(list(Path("gold/docs").iterdir())) == 2


@pytest.mark.parametrize("name", ["000_f02715dd0bc5e6cc.txt", "004_3fec20171efde8a6.txt"])
def test_a_long_document_that_was_accepted_whole_is_its_own_gold_too(name: str) -> None:
    document = extracted(SEEDS / name)
    with desk_of(Path("s.db")) as desk:
        sheet = desk.open(document)
        from extractor.review.deciding import decided

        rows = [[decision] for key in sheet.records if (decision := decided(sheet, key, "accept", 0, "ann"))]
        assert desk.save_all(rows) == [None] * len(rows)
    gold()

    found = scores()

    assert {found[part]["f1"] for part in WHOLE} <= {1.0, None}
    assert found["grounding"]["share"] == 1.0
