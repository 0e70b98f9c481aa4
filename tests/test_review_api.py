"""The rules of the JSON interface: what was found and decided, decisions, new documents."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.commands.schema import schema_text
from extractor.reading import Source
from extractor.review.desk import Desk
from extractor.review.web import make_app
from extractor.review.web.access import Setup
from extractor.review.web.door import UPLOAD
from extractor.review.web.shapes import State, WorstSeverity
from extractor.settings import Settings, load_settings
from extractor.store import Store, open_store, runs, summaries
from schemas.document import Extraction
from tests.endpoint import called, serving
from tests.extracting import TEXT as MODEL_TEXT
from tests.extracting import WHOLE
from tests.reviewing import HERE, OPEN, TEXT, listening, stored

pytestmark = pytest.mark.usefixtures("alone")
HOSTILE = "<script>alert(1)</script>\x1b[2J 高新区2024年力争新增<b>企业</b>15家。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "s.db")) as opened:
        yield opened


@pytest.fixture
def source(store: Store) -> Source:
    return stored(store)


@pytest.fixture
def client(store: Store) -> TestClient:
    return over(store)


def over(store: Store, settings: Settings | None = None) -> TestClient:
    setup = Setup("ann", settings=settings) if settings else OPEN
    return TestClient(make_app(Desk(store), setup), base_url=HERE, raise_server_exceptions=True)


def got(client: TestClient, path: str, expected: int = 200, **query: Any) -> Any:
    reply = client.get(f"/api/{path}", params=query)
    assert reply.status_code == expected, reply.text
    return reply.json()


def act(client: Any, source: Source, action: str, **what: Any) -> Response:
    reply: Response = client.post(f"/api/documents/{source.id}/decisions", json={"action": action} | what)
    return reply


def metric(client: TestClient, quote: str = "15家") -> str:
    found = got(client, "records", kind="metric")["items"]
    return next(str(one["key"]) for one in found if one["record"]["figure"]["quote"] == quote)


# what was found


def test_the_queue_is_a_page_of_documents_at_a_glance(client: TestClient, store: Store, source: Source) -> None:
    stored(store, "青岭高新区力争全年新签约项目20个。", "other.txt")

    found = got(client, "documents")

    assert (found["total"], found["page"], found["size"], len(found["items"])) == (2, 1, 50, 2)
    [one] = got(client, "documents", search="POINTS")["items"]
    assert (one["id"], one["source"], one["reviewed"]) == (source.id, "points.txt", 0)
    assert isinstance(one["codes"], list)
    assert [len(got(client, "documents", size=1, page=number)["items"]) for number in (1, 2, 3)] == [1, 1, 0]


def test_the_queue_can_be_narrowed_by_finding_and_by_progress(client: TestClient, source: Source) -> None:
    act(client, source, "edit", record=metric(client), version=0, values={"value": 99})

    assert got(client, "documents", severity="error", state="begun", code="value-mismatch")["total"] == 1
    assert got(client, "documents", state="untouched")["total"] == 0
    assert got(client, "documents", severity="none")["total"] == 0


def test_the_filters_are_those_that_the_store_knows() -> None:
    assert set(get_args(State)) == set(summaries.STATES)
    assert set(get_args(WorstSeverity)) == set(summaries.SEVERITIES)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("documents", {"severity": "fatal"}), ("documents", {"state": "lost"}), ("documents", {"code": "nix"}),
        ("documents", {"size": 1001}), ("documents", {"size": 0}), ("documents", {"page": 0}), ("documents", {"page": "x"}),
        ("documents", {"page": 10**30}), ("documents", {"search": "a\0b"}), ("documents", {"search": "a" * 201}),
        ("records", {"kind": "figure"}), ("records", {"status": "done"}), ("records", {"review": "x"}),
        ("records", {"due_before": "2024-02-30"}), ("records", {"due_before": "1700000000"}), ("records", {"actor": "\0"}),
    ],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_refused_by_name(client: TestClient, path: str, query: dict[str, Any]) -> None:
    told = got(client, path, 422, **query)

    assert list(told) == ["error", "problems"]
    assert list(told["problems"]) == list(query)


def test_a_document_is_the_output_contract_with_decisions_laid_over_it(client: TestClient, source: Source) -> None:
    act(client, source, "edit", record=metric(client), version=0, values={"name": "新增高企"})

    found = client.get(f"/api/documents/{source.id}").text

    extraction = Extraction.model_validate_json(found)
    assert "新增高企" in {record.name for record in extraction.metrics if record.review == "corrected"}
    assert found == extraction.model_dump_json()


def test_a_document_that_has_not_changed_is_not_sent_again_and_one_that_has_is(
    client: TestClient, source: Source
) -> None:
    def status(tag: str) -> int:
        return client.get(f"/api/documents/{source.id}", headers={"If-None-Match": tag}).status_code

    tag = client.get(f"/api/documents/{source.id}").headers["ETag"]
    assert status(f'"x", {tag}') == 304

    act(client, source, "accept", record=metric(client), version=0)
    assert status(tag) == 200


@pytest.mark.parametrize("document", ["x", "sha256:" + "0" * 64, "sha256:" + "G" * 64, "%00", "a%2F..%2Fb", "é", "sha256:" + "0" * 65])  # fmt: skip
@pytest.mark.parametrize("part", ["", "/text", "/log"])
def test_a_document_that_is_not_there_is_told_in_a_sentence(client: TestClient, document: str, part: str) -> None:
    assert set(got(client, f"documents/{document}{part}", 404)) == {"error"}


def test_the_text_is_the_raw_text_and_never_a_page(client: TestClient, store: Store) -> None:
    source = stored(store, HOSTILE, "a.txt")

    reply = client.get(f"/api/documents/{source.id}/text")

    assert reply.text == HOSTILE
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_hostile_text_is_data_in_json_and_nothing_that_a_terminal_obeys(client: TestClient, store: Store) -> None:
    source = stored(store, HOSTILE, "<img src=x>\x1b[2J.txt")

    reply = client.get("/api/documents")
    assert "\x1b" not in reply.text
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.json()["items"][0]["source"] == "<img src=x>[2J.txt"
    assert "\x1b" not in client.get(f"/api/documents/{source.id}").text
    assert "\x1b" not in client.get("/api/records").text


def test_records_are_found_over_all_documents_by_what_they_say(
    client: TestClient, store: Store, source: Source
) -> None:
    stored(store, "青岭高新区力争2025年新签约项目20个。", "other.txt")

    metrics = got(client, "records", kind="metric", status="target")
    assert {one["source"] for one in metrics["items"]} == {"points.txt", "other.txt"}
    assert metrics["total"] == len(metrics["items"])
    [one] = got(client, "records", kind="metric", size=1, page=2)["items"]
    assert set(one) == {"document", "source", "key", "record"}
    assert {one["source"] for one in got(client, "records", due_before="2025-01-01")["items"]} == {"points.txt"}
    assert got(client, "records", document=source.id, kind="project")["total"] == 1
    assert got(client, "records", actor="没有这个")["total"] == 0
    named = next(item["record"]["actor"] for item in metrics["items"])
    assert got(client, "records", actor=named)["total"] >= 1


def test_the_index_knows_a_decision_at_once(client: TestClient, source: Source) -> None:
    assert got(client, "records", review="corrected")["total"] == 0

    act(client, source, "edit", record=metric(client), version=0, values={"value": "16"})

    [one] = got(client, "records", review="corrected")["items"]
    assert one["record"]["value"] == 16


# decisions


def test_a_decision_answers_with_the_record_as_it_stands(client: TestClient, source: Source) -> None:
    key = metric(client)

    edited = act(client, source, "edit", record=key, version=0, values={"value": "16"}, reason="why").json()
    accepted = act(client, source, "accept", record=key, version=1, reviewer="bob\n").json()
    undone = act(client, source, "undo", reviewer="bob").json()

    assert (edited["key"], edited["version"], edited["record"]["value"]) == (key, 1, 16)
    assert (accepted["version"], accepted["record"]["review"]) == (2, "accepted")
    assert (undone["key"], undone["version"], undone["record"]["review"]) == (key, 3, "corrected")
    log = got(client, f"documents/{source.id}/log")["items"]
    assert [(one["action"], one["reviewer"], one["reason"]) for one in log] == [
        ("edit", "ann", "why"), ("accept", "bob", None), ("undo", "bob", None),
    ]  # fmt: skip


def test_nothing_to_undo_is_no_error(client: TestClient, source: Source) -> None:
    assert act(client, source, "undo").json() == {"key": None, "version": 0, "record": None}


def test_a_record_is_added_from_a_part_of_the_text(client: TestClient, source: Source) -> None:
    start = source.raw.index("最高20万元")

    added = act(client, source, "add", kind="metric", start=start, end=start + 6, values={"name": "奖励上限"})

    assert added.status_code == 200
    assert (added.json()["record"]["name"], added.json()["record"]["review"]) == ("奖励上限", "added")
    assert got(client, "records", review="added")["total"] == 1


def test_a_save_of_what_was_saved_since_is_told_what_stands_beside_what_was_wanted(
    client: TestClient, source: Source
) -> None:
    key = metric(client)
    act(client, source, "edit", record=key, version=0, values={"value": "16"})

    reply = act(client, source, "edit", record=key, version=0, values={"value": "17"})

    assert reply.status_code == 409
    told = reply.json()
    assert (told["standing"]["key"], told["standing"]["version"], told["standing"]["record"]["value"]) == (key, 1, 16)
    assert told["wanted"]["values"] == {"value": "17"}
    assert "since" in told["error"]


def test_of_many_saves_at_once_one_wins_each_version_and_the_others_are_told(store: Store, source: Source) -> None:
    """Twenty reviewers over a real server: each tries again with the version that it is told, until it is in."""
    app = make_app(Desk(store), OPEN)

    with listening(app) as client:
        key = next(key for key in Desk(store).open(source.id).records if key.startswith("metric"))

        def save(number: int) -> int:
            version = tries = 0
            while tries < 100:
                tries += 1
                what = {"record": key, "version": version, "values": {"name": f"n{number}"}, "reviewer": f"r{number}"}
                reply = act(client, source, "edit", **what)
                if reply.status_code == 200:
                    return tries
                assert reply.status_code == 409
                version = reply.json()["standing"]["version"]
            raise AssertionError("never came in")

        with ThreadPoolExecutor(20) as pool:
            tries = list(pool.map(save, range(20)))

    log = Desk(store).log()
    assert [one.version for one in log] == list(range(1, 21))
    assert {one.reviewer for one in log} == {f"r{number}" for number in range(20)}
    assert sum(tries) > 20


def test_twenty_saves_of_one_version_are_one_save_and_nineteen_conflicts(store: Store, source: Source) -> None:
    with listening(make_app(Desk(store), OPEN)) as client, ThreadPoolExecutor(20) as pool:
        key = next(key for key in Desk(store).open(source.id).records if key.startswith("metric"))
        saves = [
            pool.submit(act, client, source, "edit", record=key, version=0, values={"name": f"n{number}"})
            for number in range(20)
        ]
        statuses = sorted(save.result().status_code for save in saves)

    assert statuses == [200] + [409] * 19
    assert len(Desk(store).log()) == 1


@pytest.mark.parametrize(
    ("action", "what", "field"),
    [
        ("edit", {"version": 0}, "record"), ("accept", {"record": "metric-1-2"}, "version"), ("add", {"kind": "metric"}, "start"),
        ("add", {"kind": "figure", "start": 1, "end": 2}, "kind"), ("add", {"kind": "metric", "start": 9, "end": 3}, "text"),
        ("add", {"kind": "metric", "start": 0, "end": 10**9}, "text"), ("drop", {}, "action"), ("accept", {"versions": 0}, "versions"),
        ("undo", {"reason": "x" * 2001}, "reason"),
    ],
)  # fmt: skip
def test_a_decision_that_lacks_something_is_told_which(
    client: TestClient, source: Source, action: str, what: dict[str, Any], field: str
) -> None:
    reply = act(client, source, action, **what)

    assert reply.status_code == 422
    assert field in reply.json()["problems"]


def test_wrong_values_are_told_by_field_and_an_unknown_record_is_unknown(client: TestClient, source: Source) -> None:
    wrong = act(client, source, "edit", record=metric(client), version=0, values={"value": "viel", "unit": "家"})
    assert wrong.status_code == 422
    assert list(wrong.json()["problems"]) == ["value"]

    assert act(client, source, "accept", record="metric-1-2", version=0).status_code == 404
    assert got(client, f"documents/{source.id}/log")["items"] == []


@pytest.mark.parametrize("value", ["abc", "1e999999", "NaN", "Infinity", {"a": 1}, [1], True, 10**40, "9" * 99, -1])
@pytest.mark.parametrize("field", ["total_investment", "capacity"])
def test_a_quantity_that_is_none_is_told_at_its_field(
    client: TestClient, source: Source, field: str, value: Any
) -> None:
    figure = next(one for one in got(client, f"documents/{source.id}")["figures"] if one["text"] == "5亿元")
    quantity = {"figure": f"figure-{figure['start']}-{figure['end']}", "value": value, "unit": "亿元"}
    [project] = got(client, "records", kind="project")["items"]
    values = {field: [quantity] if field == "capacity" else quantity}

    reply = act(client, source, "edit", record=project["key"], version=0, values=values)

    assert reply.status_code == (200 if value == -1 else 422), reply.text
    if value != -1:
        assert list(reply.json()["problems"]) == [field]


@pytest.mark.parametrize("part", ["values", "field", "reason", "record", "reviewer", "kind"])
@pytest.mark.parametrize("char", ["\0", "\x1b", "\ud800"])
def test_what_no_database_keeps_is_refused_before_it_comes_to_one(
    client: TestClient, source: Source, part: str, char: str
) -> None:
    body: dict[str, Any] = {"action": "edit", "record": metric(client), "version": 0, "values": {"unit": "户"}}
    match part:
        case "values":
            body["values"] = {"name": f"a{char}b"}
        case "field":
            body["values"] = {f"a{char}b": {f"c{char}": char}}
        case _:
            body[part] = f"a{char}b"

    reply = client.post(
        f"/api/documents/{source.id}/decisions", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )

    taken = part == "reviewer" and reply.status_code == 200
    assert taken or reply.status_code in (404, 422), reply.text
    assert [one["reviewer"] for one in got(client, f"documents/{source.id}/log")["items"]] == ["ab"] * taken


def test_a_conflict_about_what_is_no_number_is_told_all_the_same(client: TestClient, source: Source) -> None:
    key = metric(client)
    act(client, source, "accept", record=key, version=0)
    body = {"action": "edit", "record": key, "version": 0, "values": {"value": float("nan")}}

    reply = client.post(
        f"/api/documents/{source.id}/decisions", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )

    assert reply.status_code == 409
    assert reply.json()["wanted"]["values"] == {"value": None}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["metric-1-2", "1e999", "2024-01-01", "=", "家"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(["figure", "of", "value"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
NAMES = ["name", "value", "value_max", "unit", "comparator", "period.end", "goal", "indicator", "total_investment", "capacity", "deadline", "applies_to", "role", "start"]  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_whatever_is_sent_as_values_is_taken_or_refused_and_never_breaks_anything(
    store: Store, source: Source, data: st.DataObject
) -> None:
    client = over(store)
    sheet = Desk(store).open(source.id)
    key = data.draw(st.sampled_from([*sheet.records, "figure-0-1", "finding-0-1-x", "metric", ""]))
    values = data.draw(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=3))
    body = {"action": "edit", "record": key, "version": sheet.version(key), "values": values}

    reply = client.post(
        f"/api/documents/{source.id}/decisions", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )

    assert reply.status_code in (200, 404, 422), reply.text
    assert got(client, f"documents/{source.id}")["schema"] == "policy-targets/1"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"), (b"{", "application/json"), (b"[" * 100_000, "application/json"), (b"\xff", "application/json"),
        (b'{"action": "\\ud800"}', "application/json"), (b"null", "application/json"), (b'{"action": "undo"}', "text/plain"),
        (b'{"action": "undo"}', ""), (b"action=undo", "application/x-www-form-urlencoded"), (b"x", "multipart/form-data"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_is_refused_in_json(client: TestClient, source: Source, body: bytes, kind: str) -> None:
    for path in (f"/api/documents/{source.id}/decisions", "/api/documents"):
        reply = client.post(path, content=body, headers={"Content-Type": kind} if kind else {})

        assert reply.status_code in (400, 422), reply.text
        assert isinstance(reply.json()["error"], str)


# new documents


def test_a_text_that_is_sent_is_extracted_and_kept_as_a_run_of_its_own(client: TestClient, store: Store) -> None:
    reply = client.post("/api/documents", json={"name": "要点.txt", "text": TEXT})

    assert reply.status_code == 201
    document = Extraction.model_validate_json(reply.text).document
    assert document.source == "要点.txt"
    assert reply.headers["Location"] == f"/api/documents/{document.id}"
    assert client.get(reply.headers["Location"]).text == reply.text
    [run] = store.read(runs.all_runs)
    assert (run.state, run.engine, run.documents) == ("finished", "offline", 1)
    assert run.sources == (f"要点.txt ({document.id[7:19]})",)
    assert got(client, "documents")["total"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_a_file_that_is_sent_is_read_as_on_the_command_line(client: TestClient, encoding: str) -> None:
    text = TEXT if encoding != "big5" else "高雄科學園區2024年力爭實現工業總產值120億元以上,新增企業15家。" * 5
    files = {"file": ("C:\\plans\\2024.txt", text.encode(encoding), "application/pdf")}

    reply = client.post("/api/documents", files=files)

    assert reply.status_code == 201
    assert reply.json()["document"]["source"] == "2024.txt"
    assert client.get(f"{reply.headers['Location']}/text").text == text


def test_a_page_that_is_sent_is_read_for_its_main_text(client: TestClient) -> None:
    page = f"<html><head><title>要点</title></head><body><script>alert(1)</script><p>{TEXT}</p></body></html>"

    reply = client.post("/api/documents", files={"file": ("a.html", page.encode())}, data={"engine": "offline"})

    assert reply.json()["document"]["title"] == "要点"
    assert "<" not in client.get(f"{reply.headers['Location']}/text").text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("..\\..\\boot.txt", "boot.txt"), ("/abs/a.txt", "a.txt"), ("..", "text.txt"), ("", "text.txt"),
        ("a/", "text.txt"), ("a\x00b\x1b[2J\n.txt", "ab[2J.txt"), ("x" * 300, "x" * 200), ("<b>.txt", "<b>.txt"),
    ],
)  # fmt: skip
def test_of_a_name_that_is_sent_only_the_name_is_kept(client: TestClient, name: str, kept: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))

    reply = client.post("/api/documents", json={"name": name, "text": TEXT})

    assert reply.json()["document"]["source"] == kept
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [("a.txt", "a\0b", "binary"), ("a.txt", " \n", "empty"), ("a.pdf", "x", ".pdf"), ("a.html", "<html></html>", "no text")],
)  # fmt: skip
def test_what_cannot_be_read_as_text_is_refused_with_its_reason(
    client: TestClient, store: Store, name: str, text: str, told: str
) -> None:
    reply = client.post("/api/documents", json={"name": name, "text": text})

    assert reply.status_code == 422
    assert told in reply.json()["error"]
    assert store.read(runs.all_runs) == []


def test_a_text_that_is_too_long_is_refused_before_or_after_it_is_read(store: Store) -> None:
    short = over(store, load_settings(max_chars=100))
    assert "too long" in short.post("/api/documents", json={"name": "a", "text": TEXT * 9}).json()["error"]

    client = over(store)
    too_much = client.post("/api/documents", content=b"x" * (UPLOAD + 1), headers={"Content-Type": "application/json"})
    assert too_much.status_code == 413
    assert "40 MB" in too_much.json()["error"]
    piece = b"x" * (2**20)
    unsaid = client.post(
        "/api/documents", content=(piece for _ in range(41)), headers={"Content-Type": "application/json"}
    )
    assert (unsaid.status_code, unsaid.json()) == (413, too_much.json())


def test_a_document_that_is_sent_again_keeps_what_was_decided_about_it(client: TestClient, source: Source) -> None:
    act(client, source, "edit", record=metric(client), version=0, values={"name": "新增高企"})

    again = client.post("/api/documents", json={"name": "points.txt", "text": TEXT})

    assert again.status_code == 201
    assert "新增高企" in again.text


def test_without_a_model_the_rules_are_all_that_can_be_asked(client: TestClient, store: Store) -> None:
    reply = client.post("/api/documents", json={"name": "a.txt", "text": TEXT, "engine": "model"})

    assert reply.status_code == 409
    assert "no model is configured" in reply.json()["error"]
    assert client.post("/api/documents", json={"name": "a", "text": TEXT, "engine": "x"}).status_code == 422
    assert client.post("/api/documents", files={"file": ("a", b"x")}, data={"engine": "x"}).status_code == 422
    assert client.post("/api/documents", files={"text": ("a", b"x")}).status_code == 422
    assert store.read(runs.all_runs) == []


def test_with_a_model_it_is_asked_and_what_it_said_is_paid_for_once(store: Store) -> None:
    text = {"name": "a.txt", "text": MODEL_TEXT, "engine": "model"}
    with serving(called(WHOLE)) as endpoint:
        client = over(store, load_settings(model="small", base_url=endpoint.url, mode="tools"))
        first, second = (client.post("/api/documents", json=text) for _ in range(2))

    assert first.status_code == second.status_code == 201
    assert first.json()["run"]["engine"] == "llm"
    assert [one["name"] for one in first.json()["metrics"]] == ["签约目标"]
    assert len(endpoint.bodies) == 1
    assert second.json()["metrics"] == first.json()["metrics"]


def test_a_key_that_is_wrong_is_not_told_to_the_visitor(store: Store) -> None:
    missing = load_settings(model="small")

    reply = over(store, missing).post("/api/documents", json={"name": "a", "text": TEXT, "engine": "model"})

    assert reply.status_code == 409
    assert isinstance(reply.json()["error"], str)


# the description


def test_the_interface_describes_itself_and_its_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    described = got(client, "openapi.json")
    page = client.get("/api/docs")

    assert set(described["paths"]) == {
        "/api/documents",
        "/api/documents/{document}",
        "/api/documents/{document}/text",
        "/api/documents/{document}/log",
        "/api/documents/{document}/decisions",
        "/api/records",
    }
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "due_before" in page.text
    assert re.findall(r'<script src="/static/\w+\.js" defer>', page.text) == re.findall(r"<script[^>]*>", page.text)
    assert not re.search(r"https?://|style=|\son\w+=", page.text)
    assert "数据接口" in client.get("/api/docs", headers={"Accept-Language": "zh"}).text


def test_a_document_is_described_by_the_published_contract(client: TestClient) -> None:
    described = got(client, "openapi.json")["components"]["schemas"]["Extraction"]

    assert set(described["properties"]) == set(json.loads(schema_text())["properties"])


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_what_is_not_offered_is_refused_in_json(client: TestClient, method: str) -> None:
    for path in ("/api/nothing", "/api/documents/x/y/z", "/api/"):
        assert client.request(method, path).json().keys() == {"error"}
    assert client.delete("/api/documents").status_code == 404


def test_a_store_that_fails_says_so_without_saying_where_it_is(client: TestClient, store: Store) -> None:
    store.post(lambda connection: connection.exec_driver_sql("DROP TABLE records")).result()

    reply = client.get("/api/records")

    assert reply.status_code == 503
    assert reply.json() == {"error": "the store cannot be read or written at the moment"}
