"""The rules of `--batch`, against a server on this machine that speaks OpenAI's batch endpoints."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.errors import EndpointError, SettingsError
from extractor.llm.reply_modes import remember_mode
from tests.batch_endpoint import BatchEndpoint, batching
from tests.endpoint import Body, Scripted, called, refused, said
from tests.extracting import STORE, TEXT, WHOLE, WRONG


@pytest.fixture(autouse=True)
def _three_documents(alone: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - asked for what it does
    monkeypatch.setenv("POLICY_TARGETS_BATCH_POLL", "0.02")
    for name in "abc":
        Path("in").mkdir(exist_ok=True)
        Path(f"in/{name}.txt").write_text(f"{TEXT}{name}\n", "utf8")


def arguments(endpoint: BatchEndpoint, *more: str) -> list[str]:
    return ["extract", "in", "-o", "out", "--batch", "--model", "small", "--base-url", endpoint.url, *more]


def extract(endpoint: BatchEndpoint, *more: str) -> Result:
    return CliRunner().invoke(app, arguments(endpoint, *more))


def rows(query: str) -> Sequence[Any]:
    with closing(sqlite3.connect(STORE)) as store:
        return store.execute(query).fetchall()


def files() -> list[str]:
    return sorted(path.name for path in Path("out").glob("*.json"))


def test_all_requests_leave_as_one_job_and_its_replies_become_results() -> None:
    with batching(called(WHOLE)) as endpoint:
        result = extract(endpoint)

    assert result.exit_code == 0, result.stderr
    assert [len(job) for job in endpoint.jobs] == [3]
    assert files() == ["a.json", "b.json", "c.json"]
    assert rows("SELECT state, requests FROM batches") == [("completed", 3)]
    assert "300 tokens in, 30 out" in result.stderr
    assert result.stderr.count("in/a.txt") == 1


def test_a_job_asks_what_would_have_been_asked_directly() -> None:
    with batching(called(WHOLE)) as endpoint:
        extract(endpoint)
        again = CliRunner().invoke(app, [part for part in arguments(endpoint, "--mode", "tools") if part != "--batch"])

    assert again.exit_code == 0
    assert "0 requests sent (0 of them again), 3 answered from the store" in again.stderr


def test_a_job_is_asked_in_the_mode_that_a_doctor_found() -> None:
    with batching(lambda _: said(json.dumps(WHOLE))) as endpoint:
        remember_mode(endpoint.url, "small", "json")
        result = extract(endpoint)

    assert result.exit_code == 0
    assert [body["response_format"] for body in endpoint.jobs[0]] == [{"type": "json_object"}] * 3


def about_b(body: Body) -> bool:
    return "]b" in body["messages"][1]["content"]


def test_what_is_sent_back_makes_a_second_smaller_job() -> None:
    def answer(body: Body) -> Scripted:
        first = len(body["messages"]) == 2 and about_b(body)
        return called(WRONG if first else WHOLE)(body)

    with batching(answer) as endpoint:
        result = extract(endpoint)

    assert result.exit_code == 0
    assert [len(job) for job in endpoint.jobs] == [3, 1]
    assert files() == ["a.json", "b.json", "c.json"]


def test_a_request_that_fails_in_two_jobs_is_left_to_the_rules() -> None:
    def answer(body: Body) -> Scripted:
        return refused(500, "broken") if about_b(body) else called(WHOLE)(body)

    with batching(answer) as endpoint:
        result = extract(endpoint)

    assert result.exit_code == 3
    assert [len(job) for job in endpoint.jobs] == [3, 1]
    assert "in/b.txt: chunk c1" in result.stderr
    assert files() == ["a.json", "b.json", "c.json"]


def test_a_job_that_brings_nothing_ends_the_run_instead_of_asking_for_ever() -> None:
    with batching(called(WHOLE)) as endpoint:
        endpoint.end = "failed"
        result = extract(endpoint)

    assert isinstance(result.exception, EndpointError)
    assert len(endpoint.jobs) == 1


def test_a_refused_job_is_told_and_the_same_command_submits_it_again() -> None:
    with batching(called(WHOLE)) as endpoint:
        endpoint.refuse = 1
        first, second = extract(endpoint), extract(endpoint)

    assert "no batches today" in str(first.exception)
    assert (second.exit_code, len(endpoint.jobs)) == (0, 1)


def start(endpoint: BatchEndpoint) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "extractor.cli", *arguments(endpoint)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_job(endpoint: BatchEndpoint) -> None:
    until = time.monotonic() + 30
    while not endpoint.jobs and time.monotonic() < until:
        time.sleep(0.005)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_ends_while_its_job_is_at_work_takes_it_up_again_days_later(how: signal.Signals) -> None:
    with batching(called(WHOLE), looks=10**6) as endpoint:
        with start(endpoint) as process:
            wait_for_job(endpoint)
            process.send_signal(how)
            process.communicate(timeout=30)
        endpoint.looks = 0
        result = extract(endpoint)

    assert process.returncode == (130 if how is signal.SIGINT else -signal.SIGKILL)
    assert (result.exit_code, len(endpoint.jobs)) == (0, 1)
    assert files() == ["a.json", "b.json", "c.json"]


def test_a_job_whose_name_was_lost_is_found_by_its_mark() -> None:
    with batching(called(WHOLE), looks=10**6) as endpoint:
        with start(endpoint) as process:
            wait_for_job(endpoint)
            process.kill()
            process.communicate(timeout=30)
        with closing(sqlite3.connect(STORE)) as store:
            store.execute("UPDATE batches SET remote = NULL, state = 'sending'")
            store.commit()
        endpoint.looks = 0
        result = extract(endpoint)

    assert (result.exit_code, len(endpoint.jobs)) == (0, 1)


def test_a_budget_that_the_job_could_pass_sends_nothing() -> None:
    with batching(called(WHOLE)) as endpoint:
        result = extract(endpoint, "--budget", "1000")

    assert (result.exit_code, endpoint.jobs) == (3, [])
    assert "could pass the budget of 1,000 tokens" in result.stderr


@pytest.mark.parametrize("more", [("--record", "tape"), ("--replay", "tape"), ("-",)])
def test_what_can_be_gone_over_only_once_goes_into_no_job(more: tuple[str, ...]) -> None:
    with batching(called(WHOLE)) as endpoint:
        result = extract(endpoint, *more)

    assert isinstance(result.exception, SettingsError)
    assert "--batch" in str(result.exception)
