"""The rules of `policy-targets review`: what it serves to whom, and what it prints of the log."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.commands.review import Door, listening
from extractor.errors import SettingsError, StoreError
from extractor.review.desk import Desk
from extractor.store import open_store

TEXT = "高新区2024年力争新增高新技术企业15家,总投资5亿元。\n"

pytestmark = pytest.mark.usefixtures("alone")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """With one document and one decision, whose name and reason try to speak to the terminal."""
    (tmp_path / "要点\x1b[2J.txt").write_text(TEXT, "utf8")
    file = tmp_path / "s.db"
    assert run("extract", tmp_path / "要点\x1b[2J.txt", "--engine", "offline", "--store", file).exit_code == 0
    with open_store(str(file)) as opened:
        desk = Desk(opened)
        desk.refresh()
        document = json.loads(run("runs", "--store", file, "--json").stdout)
        assert document["documents"] == 1
        [summary] = opened.read(lambda connection: list(connection.exec_driver_sql("SELECT document FROM summaries")))
        sheet = desk.open(summary[0])
        key = next(key for key in sheet.records if key.startswith("metric"))
        desk.decide(summary[0], key, "edit", 0, "ann", {"name": "新增企业"}, "too\x1b[31m short")
    return file


@contextmanager
def served(*arguments: object, **environment: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The command as a user starts it, and its address."""
    command = [sys.executable, "-m", "extractor.cli", "review", *map(str, arguments), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | environment)
    assert process.stderr is not None
    try:
        found = re.search(r"http://\S+", process.stderr.readline())
        assert found
        yield found[0], process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_a_store_is_served_until_ctrl_c_which_is_no_failure(store: Path) -> None:
    with served(store) as (address, process):
        with urlopen(f"{address}api/openapi.json", timeout=10) as reply:
            assert reply.status == 200
            assert "server" not in {name.lower() for name in reply.headers}
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=10) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_commands_name_is_the_command_and_anything_else_the_store() -> None:
    assert isinstance(run("review", "log").exception, StoreError)
    assert "policy-targets.db" in str(run("review", "log").exception)
    assert "there is no store" in str(run("review", "other.db").exception)
    assert str(run("review", "./log").exception).startswith("log: there is no store")
    assert "policy-targets.db" in str(run("review").exception)
    assert "serve" in run("review", "--help").stdout


def test_a_store_that_is_not_there_is_not_made_and_the_way_to_one_is_told(tmp_path: Path) -> None:
    result = run("review", "other.db")

    assert "extract DIR --store other.db" in str(result.exception)
    assert not (tmp_path / "other.db").exists()


def test_an_address_that_others_can_reach_needs_a_token(store: Path) -> None:
    result = run("review", store, "--host", "0.0.0.0")

    assert isinstance(result.exception, SettingsError)
    assert "POLICY_TARGETS_TOKEN" in str(result.exception)


def test_a_port_that_is_taken_is_told_in_one_line(store: Path) -> None:
    with served(store) as (address, _):
        port = address.rstrip("/").rpartition(":")[2]
        result = run("review", store, "--port", port)

    assert isinstance(result.exception, SettingsError)
    assert port in str(result.exception)


def test_the_log_says_when_who_what_and_why_and_does_not_obey_the_document(store: Path) -> None:
    result = run("review", "log", store)

    [line] = result.stdout.splitlines()
    assert " ann " in line
    assert "edit" in line
    assert '→ "新增企业"' in line
    assert line.endswith("(too\\x1b[31m short)")
    assert "要点\\x1b[2J.txt" in line
    assert "\x1b" not in line


def test_the_log_as_json_is_one_correction_a_line(store: Path) -> None:
    [line] = run("review", "log", store, "--json").stdout.splitlines()

    said = json.loads(line)
    assert (said["reviewer"], said["action"], said["version"]) == ("ann", "edit", 1)
    assert said["source"].endswith("要点\x1b[2J.txt")


def test_the_log_can_be_narrowed_to_a_document(store: Path) -> None:
    document = json.loads(run("review", "log", store, "--json").stdout)["document"]

    assert len(run("review", "log", store, "--document", document).stdout.splitlines()) == 1
    assert run("review", "log", store, "--document", "other").stdout == ""


def test_an_answer_in_two_pieces_does_not_wait_for_the_first_to_be_acknowledged() -> None:
    """40 ms for each request otherwise: the event loop sees to it only for sockets that it makes itself."""
    with listening(Door("127.0.0.1", 0)) as [listener], socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
