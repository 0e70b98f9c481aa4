"""The rules of a run with a model: cache, limits, budget, estimate, progress, Ctrl-C. The endpoint is on this machine."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.commands.progress import clock, lines, standing
from extractor.errors import PolicyTargetsError, SettingsError, StoreError
from extractor.llm.prices import Price, price_of
from extractor.runs.budget import read_budget
from extractor.runs.gate import Expected, Gate
from extractor.runs.order import in_order
from extractor.runs.outage import FEW
from extractor.runs.pace import Limits, Pace
from extractor.runs.sending import Forecast
from extractor.runs.tally import Tally
from tests.endpoint import Body, Scripted, ScriptedEndpoint, called, completion, refused, serving, streamed
from tests.extracting import SIGNED, STORE, TEXT, WHOLE, WRONG

pytestmark = pytest.mark.usefixtures("alone")


def written(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"{TEXT}{name}\n", "utf8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def extract(endpoint: ScriptedEndpoint, *arguments: object) -> Result:
    fixed = ("--model", "small", "--base-url", endpoint.url, "--mode", "tools", "-o", "out")
    return run("extract", *(arguments or ("in",)), *fixed)


def rows(query: str) -> Sequence[Any]:
    with closing(sqlite3.connect(STORE)) as store:
        return store.execute(query).fetchall()


# cache


def test_the_same_request_is_answered_from_the_store() -> None:
    written("in/a.txt")
    with serving(called(WHOLE)) as endpoint:
        first, second = extract(endpoint), extract(endpoint)

    assert (first.exit_code, second.exit_code, len(endpoint.bodies)) == (0, 0, 1)
    assert "1 requests sent" in first.stderr
    assert "0 requests sent (0 of them again), 1 answered from the store" in second.stderr
    assert rows("SELECT state FROM runs") == [("finished",), ("finished",)]


def test_two_documents_that_say_the_same_pay_once() -> None:
    for name in ("in/a.txt", "in/b.txt"):
        written(name)
        Path(name).write_text(TEXT, "utf8")
    with serving(called(WHOLE)) as endpoint:
        assert extract(endpoint).exit_code == 0

    assert sorted(path.name for path in Path("out").iterdir()) == ["a.json", "b.json"]
    assert rows("SELECT count(*) FROM requests") == [(1,)]


def test_refresh_asks_anew() -> None:
    written("in/a.txt")
    with serving(called(WHOLE), called(WHOLE)) as endpoint:
        assert [extract(endpoint).exit_code, extract(endpoint, "in", "--refresh").exit_code] == [0, 0]

    assert len(endpoint.bodies) == 2


@pytest.mark.parametrize(
    "other",
    [
        ("--model", "large"),
        ("--mode", "json"),
        ("--base-url", "other"),
        ("POLICY_TARGETS_MAX_TOKENS", "900"),
        ("POLICY_TARGETS_TEMPERATURE", "0.2"),
        ("POLICY_TARGETS_REASONING_EFFORT", "low"),
        ("POLICY_TARGETS_EXTRA_BODY", '{"seed": 7}'),
    ],
)
def test_another_model_schema_parameter_or_address_is_another_request(
    other: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written("in/a.txt")
    said = completion({"content": json.dumps(WHOLE)})
    with serving(called(WHOLE)) as endpoint, serving(said if "json" in other else called(WHOLE)) as second:
        extract(endpoint)
        if other[0].startswith("--"):
            flags = () if "other" in other else other
        else:
            monkeypatch.setenv(*other)
            flags = ()
        fixed = ("--model", "small", "--mode", "tools", "--base-url", second.url)
        result = run("extract", "in", "-o", "out", *fixed, *flags)

    assert (result.exit_code, len(second.bodies)) == (0, 1)


def test_a_wrong_reply_is_never_an_answer_for_another_run() -> None:
    written("in/a.txt")
    with serving(called(WRONG), called(WHOLE), called(WHOLE)) as endpoint:
        extract(endpoint)
        again = extract(endpoint)

    assert again.exit_code == 0
    assert len(endpoint.bodies) == 3  # the wrong one is asked anew; it was right at once
    assert rows("SELECT rejected IS NULL FROM requests ORDER BY id") == [(0,), (1,), (1,)]


@pytest.mark.parametrize(
    "failure",
    [
        refused(400, "no"),
        Scripted(200, {"error": {"message": "out of order"}}),
        Scripted(200, b"<html>", {"Content-Type": "text/html"}),
        called('{"metrics": [', finish="length"),
        called("{}", finish="length"),
    ],
)
def test_a_failed_or_cut_reply_is_no_answer_for_another_run(failure: Any) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text("力争全年新签约项目20个。", "utf8")
    with serving(failure, called(WHOLE)) as endpoint:
        first, second = extract(endpoint), extract(endpoint)

    assert (first.exit_code, second.exit_code, len(endpoint.bodies)) == (3, 0, 2)


def test_only_the_failed_documents_are_asked_for_again() -> None:
    written("in/a.txt", "in/b.txt")

    def step(body: Body) -> Scripted:
        return refused(400, "no") if "in/b" in json.dumps(body) and len(endpoint.bodies) < 3 else called(WHOLE)(body)

    with serving(step, step, step) as endpoint:
        codes = [extract(endpoint).exit_code, extract(endpoint).exit_code]

    assert (codes, len(endpoint.bodies)) == ([3, 0], 3)


def test_cache_clear_forgets_replies_and_keeps_the_log() -> None:
    written("in/a.txt")
    with serving(called(WHOLE), called(WHOLE)) as endpoint:
        extract(endpoint)
        cleared = run("cache", "clear")
        extract(endpoint)

    assert "1 replies are forgotten" in cleared.stderr
    assert len(endpoint.bodies) == 2
    assert rows("SELECT count(*), sum(prompt_tokens) FROM requests") == [(2, 200)]


def test_neither_key_nor_what_is_secret_in_an_address_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0123456789")
    written("in/a.txt")
    with serving(called(WHOLE)) as endpoint:
        url = endpoint.url.replace("http://", "http://me:pw-very-secret@")
        result = run("extract", "in", "-o", "out", "--model", "small", "--mode", "tools", "--base-url", url)
    stored = b"".join(path.read_bytes() for path in Path().glob(f"{STORE}*"))

    assert result.exit_code == 0
    assert b"very-secret" not in stored
    assert endpoint.url.encode() in stored


def test_a_request_that_holds_the_key_is_never_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0123456789")
    Path("a.txt").write_text(f"{TEXT}密钥sk-very-secret-0123456789是10个。\n", "utf8")
    with serving() as endpoint:
        result = extract(endpoint, "a.txt")

    assert isinstance(result.exception, SettingsError)
    assert endpoint.bodies == []


# limits


class Time:
    """Passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def sent(pace: Pace, requests: int, tokens: int = 0) -> list[float]:
    async def sending() -> list[float]:
        return [await pace.turn(tokens) for _ in range(requests)]

    return asyncio.run(sending())


def test_requests_a_minute_are_spaced_evenly() -> None:
    time = Time()
    left = sent(Pace(Limits(requests_per_minute=30), time.clock, time.sleep), 4)

    assert [at - left[0] for at in left] == pytest.approx([0, 2, 4, 6])


def test_tokens_a_minute_count_what_was_really_used() -> None:
    time = Time()
    pace = Pace(Limits(tokens_per_minute=6000), time.clock, time.sleep)
    [first] = sent(pace, 1, tokens=1000)
    pace.used(1000, 300)
    [second] = sent(pace, 1, tokens=1000)

    assert second - first == pytest.approx(3)


def test_nothing_waits_where_nothing_limits() -> None:
    time = Time()

    assert len(set(sent(Pace(Limits(), time.clock, time.sleep), 50))) == 1


@pytest.mark.parametrize("asked", [7.0, 500.0])
def test_what_retry_after_asks_for_holds_for_all_up_to_a_minute(asked: float) -> None:
    time = Time()
    pace = Pace(Limits(), time.clock, time.sleep)
    [first] = sent(pace, 1)
    pace.refused(first, asked)
    [second] = sent(pace, 1)

    assert second - first == pytest.approx(min(asked, 60))


@pytest.mark.parametrize("allowed", [2.0, 10.0, 40.0])
def test_the_pace_of_the_endpoint_is_found_and_kept(allowed: float) -> None:
    """Against an endpoint that takes `allowed` requests a second, refusals become rare and the pace stays near."""
    time = Time()
    pace = Pace(Limits(), time.clock, time.sleep)
    bucket, filled = allowed, time.now
    refusals: list[float] = []
    taken: list[float] = []

    async def drive() -> None:
        nonlocal bucket, filled
        while time.now < 100 + 300:
            left = await pace.turn(0)
            bucket, filled = min(allowed, bucket + (time.now - filled) * allowed), time.now
            if bucket >= 1:
                bucket -= 1
                taken.append(time.now)
                pace.took()
            else:
                refusals.append(time.now)
                pace.refused(left, None)
            time.now += 0.001  # sending takes a moment

    asyncio.run(drive())
    late = [at for at in taken if at > 200]
    assert len(late) / 200 >= 0.75 * allowed
    assert sum(at > 200 for at in refusals) <= 0.05 * len(late) + 5


def test_a_429_is_waited_out_and_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_TRIES", "1")
    written("in/a.txt")
    busy = refused(429, "slow down", Retry_After="0.01")
    with serving(busy, busy, called(WHOLE)) as endpoint:
        result = extract(endpoint)

    assert (result.exit_code, len(endpoint.bodies)) == (0, 3)
    assert rows("SELECT retries, error FROM requests") == [(2, None)]


@pytest.mark.parametrize(
    "gone",
    [
        Scripted(429, {"error": {"message": "no money", "type": "x", "code": "insufficient_quota"}}),
        Scripted(429, {"error": {"message": "您的账户已欠费", "code": "1113"}}),
        Scripted(402, {"error": {"message": "Insufficient Balance"}}),
    ],
)
def test_an_account_in_arrears_stops_the_run_in_one_line_and_the_same_command_goes_on(gone: Scripted) -> None:
    written("in/a.txt", "in/b.txt", "in/c.txt")
    with serving(called(WHOLE), gone, *[called(WHOLE)] * 2) as endpoint:
        first = extract(endpoint, "in", "--concurrency", "1")
        sent = len(endpoint.bodies)
        second = extract(endpoint, "in", "--concurrency", "1")

    assert (first.exit_code, second.exit_code) == (3, 0)
    assert first.stderr.count("in arrears") == 1
    assert "2 documents are left" in first.stderr
    assert "the same command goes on from here" in first.stderr
    assert (sent, len(endpoint.bodies)) == (2, 4)
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.json", "b.json", "c.json"]


# an endpoint that is not there


def test_an_endpoint_that_is_not_there_ends_the_run_and_the_same_command_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POLICY_TARGETS_TRIES", "1")
    written(*(f"in/{name}.txt" for name in "abcdefghi"))
    with serving() as endpoint:
        port = int(endpoint.url.split(":")[2].split("/")[0])
    first = extract(endpoint, "in", "--concurrency", "1")
    waiting = len(list(Path("out").glob("*.json")))
    with serving(*[called(WHOLE)] * 9, port=port) as again:
        second = extract(again, "in", "--concurrency", "1")

    assert (first.exit_code, second.exit_code) == (3, 0)
    assert first.stderr.count("stopped: cannot reach the endpoint") == 1
    assert "the same command goes on from here" in first.stderr
    assert waiting <= FEW
    assert len(again.bodies) == 9
    assert "taken up again" in second.stderr
    made = [json.loads(path.read_text("utf8")) for path in Path("out").glob("*.json")]
    assert [(len(made), page["run"]["engine"], page["run"]["complete"]) for page in made] == [(9, "llm", True)] * 9
    assert rows("SELECT state FROM runs") == [("finished",)]


def test_a_short_outage_ends_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_TRIES", "1")
    written(*(f"in/{name}.txt" for name in "abcdef"))
    down, up = refused(503), called(WHOLE)
    with serving(down, down, up, down, down, up) as endpoint:
        result = extract(endpoint, "in", "--concurrency", "1")

    assert (result.exit_code, len(endpoint.bodies)) == (3, 6)
    assert "stopped" not in result.stderr


def test_replies_from_the_store_do_not_hide_that_nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_TRIES", "1")
    written(*(f"in/{name}.txt" for name in "aceg"))
    with serving(*[called(WHOLE)] * 4) as endpoint:
        extract(endpoint)
    written(*(f"in/{name}.txt" for name in "bdfhij"))
    result = extract(endpoint, "in", "--concurrency", "1")

    assert result.exit_code == 3
    assert result.stderr.count("stopped: cannot reach the endpoint") == 1


@pytest.mark.parametrize(
    "step",
    [refused(401, "wrong key"), refused(502, "bad gateway"), Scripted(200, b"<html>", {"Content-Type": "text/html"})],
)
def test_whoever_answers_no_request_ends_the_run(step: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_TRIES", "1")
    written(*(f"in/{name}.txt" for name in "abcdefghi"))
    with serving(*[step] * 9) as endpoint:
        result = extract(endpoint, "in", "--concurrency", "1")

    assert (result.exit_code, len(endpoint.bodies)) == (3, FEW)
    assert result.stderr.count("stopped: ") == 1


def test_a_reply_that_came_as_a_stream_is_stored_and_counted_like_any_other() -> None:
    written("in/a.txt")
    call = {
        "index": 0,
        "id": "1",
        "type": "function",
        "function": {"name": "ChunkDraft", "arguments": json.dumps(WHOLE)},
    }
    with serving(streamed({"tool_calls": [call]}, finish="tool_calls")) as endpoint:
        codes = [extract(endpoint).exit_code, extract(endpoint).exit_code]

    assert (codes, len(endpoint.bodies)) == ([0, 0], 1)
    assert rows("SELECT prompt_tokens, completion_tokens, rejected FROM requests") == [(100, 10, None)]


@pytest.mark.parametrize(
    "step", [completion({"content": "I'm sorry, but I can't help."}), completion({"content": ""}, "content_filter")]
)
def test_a_refusal_is_no_answer_for_another_run(step: Scripted) -> None:
    written("in/a.txt")
    with serving(step, called(WHOLE)) as endpoint:
        codes = [extract(endpoint).exit_code, extract(endpoint).exit_code]

    assert (codes, len(endpoint.bodies)) == ([3, 0], 2)


def test_a_refused_parameter_is_remembered_for_the_next_run() -> None:
    written("in/a.txt")

    def strict(body: Body) -> Scripted:
        return refused(400, "temperature is not supported") if "temperature" in body else called(WHOLE)(body)

    with serving(*[strict] * 4) as endpoint:
        extract(endpoint)
        extract(endpoint, "in", "--refresh")

    assert ["temperature" in body for body in endpoint.bodies] == [True, False, False]


# budget


@pytest.mark.parametrize(
    ("said", "limit"),
    [("200000", 200_000), ("200k", 200_000), ("1.5M tokens", 1_500_000), ("5 USD", 5), ("$0.5", 0.5), ("1_000", 1000)],
)
def test_a_budget_is_tokens_or_money(said: str, limit: float) -> None:
    budget = read_budget(said, Price(input=1, output=2), "small")

    assert budget
    assert budget.limit == limit
    assert (budget.price is None) is ("USD" not in said and "$" not in said)


@pytest.mark.parametrize(
    ("said", "price", "told"),
    [
        ("much", None, "write tokens"),
        ("5 USD", None, "price of small is not known"),
        ("5 EUR", Price(input=1, output=1), "is in USD"),
    ],
)
def test_a_budget_that_cannot_be_kept_is_a_wrong_setting(said: str, price: Price | None, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_budget(said, price, "small")


def dear(body: Body) -> Scripted:
    """A reply that costs what such a request costs."""
    reply = called(WHOLE)(body)
    return Scripted(200, reply.payload | {"usage": {"prompt_tokens": 6000, "completion_tokens": 10}})


@pytest.mark.parametrize("budget", ["0", "10k", "40k", "60k"])
def test_a_budget_is_never_passed_and_a_larger_one_goes_on(budget: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_MAX_TOKENS", "10")
    written(*(f"in/{name}.txt" for name in "abcdefgh"))
    with serving(*[dear] * 8) as endpoint:
        stopped = extract(endpoint, "in", "--budget", budget)
        paid = len(endpoint.bodies)
        goes_on = extract(endpoint)

    assert stopped.exit_code == (0 if paid == 8 else 3)
    assert paid * 6010 <= int(budget.rstrip("k")) * 1000 < (paid + 2) * 9000
    assert (goes_on.exit_code, len(endpoint.bodies)) == (0, 8)
    assert len(list(Path("out").iterdir())) == 8
    assert ("the same command goes on from here" in stopped.stderr) is (paid < 8)
    assert rows("SELECT state FROM runs")[0] == ("finished",)


def test_a_budget_counts_what_the_run_paid_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_MAX_TOKENS", "10")
    written(*(f"in/{name}.txt" for name in "abcdefgh"))
    with serving(*[dear] * 8) as endpoint:
        for _ in range(3):
            assert extract(endpoint, "in", "--budget", "30k").exit_code == 3

    assert 0 < len(endpoint.bodies) * 6010 <= 30_000


def test_who_waits_at_the_gate_goes_in_when_there_is_room_again() -> None:
    async def passing() -> list[str]:
        gate = Gate(read_budget("100", None, None))
        order: list[str] = []

        async def one(name: str, used: int) -> None:
            await gate.enter(Expected(60, 0))
            order.append(name)
            await asyncio.sleep(0)
            await gate.leave(Expected(60, 0), (used, 0))

        await asyncio.gather(one("first", 30), one("second", 30))
        with pytest.raises(PolicyTargetsError, match="budget of 100 tokens"):
            await gate.enter(Expected(60, 0))
        return order

    assert asyncio.run(passing()) == ["first", "second"]


# prices and estimates


def test_a_price_of_the_users_own_comes_first() -> None:
    own = Price(input=1, output=1, currency="CNY")

    assert price_of("gpt-4o", {"gpt-4o": own}) == own
    assert price_of("gpt-4o-2024-11-20", {}) == price_of("gpt-4o", {})
    assert price_of("gpt-4o-mini-2024-07-18", {}) == price_of("gpt-4o-mini", {})
    assert price_of("nobody-knows", {}) is None
    assert price_of(None, {}) is None


def test_the_cost_stands_in_the_document_in_the_run_and_in_the_last_word() -> None:
    Path("policy-targets.toml").write_text('[prices.small]\ninput = 1000\noutput = 10000\ncurrency = "CNY"\n')
    written("in/a.txt")
    with serving(called(WHOLE)) as endpoint:
        result = extract(endpoint)
    shown = json.loads(run("runs", "show", "1", "--json").stdout)

    assert json.loads(Path("out/a.json").read_text("utf8"))["run"]["cost"] == 0.2
    assert (shown["cost"], shown["currency"]) == (0.2, "CNY")
    assert "100 tokens in, 10 out; 0.2000 CNY" in result.stderr


def test_an_estimate_asks_nobody_and_names_requests_tokens_and_money() -> None:
    written("in/a.txt", "in/b.txt")
    found = json.loads(run("estimate", "in", "--model", "gpt-5-mini", "--json").stdout)

    assert found["requests"] == 2
    assert found["prompt_tokens"] > 2 * 5000
    assert found["completion_tokens"] > 0
    assert found["cost"] == pytest.approx(
        (found["prompt_tokens"] * 0.25 + found["completion_tokens"] * 2) / 1e6, abs=1e-6
    )
    assert not Path(STORE).exists()


def test_an_estimate_says_what_counted_the_tokens() -> None:
    written("in/a.txt")

    assert "approximated" in run("estimate", "in", "--model", "qwen3").stderr


# runs


def test_runs_are_listed_shown_and_compared() -> None:
    written("in/a.txt")
    better = {"metrics": [SIGNED | {"name": "新签约项目数"}]}
    with serving(called(WHOLE), called(better)) as endpoint:
        extract(endpoint)
        extract(endpoint, "in", "--refresh")
    listed, shown = run("runs"), run("runs", "show", 2)
    compared, same = run("runs", "diff", 1, 2), run("runs", "diff", 1, 1)

    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["run", "1", "2"]
    assert "finished" in shown.stdout
    assert compared.stdout == "~ in/a.txt: metric 新签约项目数 «20个» (name: 签约目标 → 新签约项目数)\n"
    assert (compared.exit_code, same.exit_code, same.stdout) == (1, 0, "")


def test_records_that_came_and_went_are_told_apart() -> None:
    written("in/a.txt")
    with serving(called(WHOLE), called({"others": [{"figures": ["f2"], "role": "context"}]})) as endpoint:
        extract(endpoint)
        extract(endpoint, "in", "--refresh")

    assert run("runs", "diff", 1, 2).stdout == "- in/a.txt: metric 签约目标 «20个»\n"
    assert run("runs", "diff", 2, 1).stdout == "+ in/a.txt: metric 签约目标 «20个»\n"
    changes = [json.loads(line)["change"] for line in run("runs", "diff", 2, 1, "--json").stdout.splitlines()]
    assert changes == ["added"]


def test_a_run_or_store_that_is_not_there_is_told() -> None:
    missing = run("runs")
    assert isinstance(missing.exception, StoreError)
    assert "there is no store" in str(missing.exception)
    written("in/a.txt")
    run("extract", "in", "--engine", "offline", "--store", STORE)

    assert "there is no run 9" in str(run("runs", "show", 9).exception)


def test_the_rules_keep_their_results_where_they_are_told_to() -> None:
    written("in/a.txt")
    plain = run("extract", "in", "--engine", "offline")
    assert not Path(STORE).exists()
    kept = run("extract", "in", "--engine", "offline", "--store", "kept.db")

    assert (plain.exit_code, kept.exit_code) == (0, 0)
    assert len(run("runs", "--store", "kept.db").stdout.splitlines()) == 2


# resume


def test_a_document_that_is_done_is_not_made_again_and_its_missing_file_is_written() -> None:
    written("in/a.txt", "in/b.txt")
    with serving(called(WHOLE), called(WHOLE)) as endpoint:
        extract(endpoint)
        files = {path.name: path.read_bytes() for path in Path("out").iterdir()}
        with closing(sqlite3.connect(STORE)) as store:
            store.execute("UPDATE runs SET state = 'open'")
            store.execute("DELETE FROM requests")
            store.commit()
        for path in Path("out").iterdir():
            path.unlink()
        result = extract(endpoint)

    assert (result.exit_code, len(endpoint.bodies)) == (0, 2)
    assert "run 1 (taken up again; 0 tokens paid before)" in result.stderr
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == files


def test_stdout_holds_what_was_done_before_too() -> None:
    written("in/a.txt", "in/b.txt")
    with serving(called(WHOLE), called(WHOLE)) as endpoint:
        fixed = ("--model", "small", "--base-url", endpoint.url, "--mode", "tools")
        first = run("extract", "in", *fixed)
        with closing(sqlite3.connect(STORE)) as store:
            store.execute("UPDATE runs SET state = 'open'")
            store.execute("DELETE FROM results WHERE source = 'in/b.txt'")
            store.commit()
        second = run("extract", "in", *fixed)

    names = [json.loads(line)["document"]["source"] for line in second.stdout.splitlines()]
    assert names == ["in/a.txt", "in/b.txt"]
    assert first.stdout.splitlines()[0] == second.stdout.splitlines()[0]


def test_ctrl_c_finishes_what_is_in_flight_stores_it_and_says_how_to_go_on() -> None:
    written(*(f"in/{name}.txt" for name in "abcdefghijkl"))
    asked = Event()

    def slow(body: Body) -> Scripted:
        asked.set()
        time.sleep(0.5)
        return called(WHOLE)(body)

    with serving(*[slow] * 12) as endpoint:
        fixed = ["--model", "small", "--base-url", endpoint.url, "--mode", "tools", "-o", "out", "--concurrency", "2"]
        command = [sys.executable, "-m", "extractor.cli", "extract", "in", *fixed]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert asked.wait(30)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=30)
        in_flight = len(endpoint.bodies)
        files = len(list(Path("out").iterdir()))
        after = extract(endpoint, "in", "--concurrency", "2")

    assert process.returncode == 130
    assert "the same command goes on from here" in told
    assert "Traceback" not in told
    assert in_flight < 12
    assert files == in_flight
    assert (after.exit_code, len(endpoint.bodies)) == (0, 12)
    assert rows("SELECT count(*) FROM results") == [(12,)]


# order and memory


def test_a_slow_one_at_the_head_keeps_nobody_from_being_begun() -> None:
    begun: list[int] = []

    async def work(number: int) -> int:
        begun.append(number)
        await asyncio.sleep(0.2 if number == 0 else 0)
        return number

    async def collect() -> list[int]:
        return [done async for done in in_order(range(20), work, at_once=2, waiting=10)]

    assert asyncio.run(collect()) == list(range(20))


def test_no_more_than_asked_are_held() -> None:
    taken: list[int] = []
    release = asyncio.Event()

    def items() -> Any:
        for number in range(100):
            taken.append(number)
            yield number

    async def work(number: int) -> int:
        if number == 0:
            await release.wait()
        return number

    async def collect() -> None:
        found = in_order(items(), work, at_once=3, waiting=8)
        first = asyncio.ensure_future(anext(found))
        await asyncio.sleep(0.05)
        assert len(taken) <= 9
        release.set()
        assert await first == 0
        await found.aclose()

    asyncio.run(collect())


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_rules_in_other_processes_say_the_same_in_the_same_order(jobs: int) -> None:
    written(*(f"in/{name}.txt" for name in "dbca"))
    result = run("extract", "in", "--engine", "offline", "--jobs", jobs)
    found = [json.loads(line) for line in result.stdout.splitlines()]

    assert [item["document"]["source"] for item in found] == [f"in/{name}.txt" for name in "abcd"]
    assert {metric["value"] for item in found for metric in item["metrics"]} == {20}


# progress


def test_progress_says_documents_figures_flight_tokens_cost_and_time() -> None:
    tally = Tally(Price(input=10, output=10), documents=50, figures=1234, in_flight=8, sent=60)
    tally.paid(90_000, 10_000)

    told = standing(tally, 200, 30.0)
    assert told == "50 of 200 documents, 1,234 figures, 8 in flight, 100,000 tokens, 1.0000 USD, 0:01:30 left"
    assert clock(3725) == "1:02:05"


def test_a_log_gets_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    async def a_while() -> None:
        showing = asyncio.create_task(lines(Tally(documents=1), 2, 0.01))
        await asyncio.sleep(0.1)
        showing.cancel()

    asyncio.run(a_while())
    told = capsys.readouterr().err.splitlines()
    assert len(told) > 1
    assert all(line.startswith("policy-targets: 1 of 2 documents, 0 figures, ") for line in told)


def test_what_a_request_may_use_is_learnt_from_those_before_it() -> None:
    forecast = Forecast()
    forecast.learn(1000, (2000, 500))
    forecast.learn(1000, (1000, 100))

    assert forecast.of({}, 1000) == Expected(2500, 781)  # the dearest of them, and a quarter more of each
    assert forecast.of({"max_tokens": 40}, 1000) == Expected(2500, 40)
