"""The rules of recording and replaying, over real HTTP and then with the server down."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel, SecretStr

from extractor.errors import EndpointError, ReplayMiss, SettingsError
from extractor.llm.client import Answer, Client, Endpoint
from extractor.llm.replay import Recorder, Replayer, body_hash
from tests.endpoint import Scripted, ScriptedEndpoint, called, refused, said, serving

KEY = SecretStr("sk-very-secret-0123456789")
NOWHERE = "http://127.0.0.1:9/v1"


class Figure(BaseModel):
    value: int


def prompt(text: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": "Find\nthe\nfigure."}, {"role": "user", "content": text}]


def ask(url: str, transport: httpx2.AsyncBaseTransport, text: str = "新增项目10个。") -> Answer[Figure]:
    async def no_pause(_: float) -> None:
        pass

    async def asking() -> Answer[Figure]:
        endpoint = Endpoint(base_url=url, model="small", api_key=KEY)
        async with Client(endpoint, transport=transport, sleep=no_pause) as client:
            return await client.ask(prompt(text), Figure)

    return asyncio.run(asking())


def record(
    endpoint: ScriptedEndpoint, folder: Path, text: str = "新增项目10个。", key: SecretStr = KEY
) -> Answer[Figure]:
    return ask(endpoint.url, Recorder(folder, key=key), text)


def without_time(answer: Answer[Figure]) -> dict[str, Any]:
    return asdict(answer) | {"seconds": 0, "retries": 0}


def test_what_was_recorded_is_replayed_with_the_server_down(tmp_path: Path) -> None:
    with serving(refused(500), called({"value": "many"}), called({"value": 10})) as endpoint:
        live = record(endpoint, tmp_path)
    replayer = Replayer(tmp_path)

    again = ask(NOWHERE, replayer)

    assert without_time(again) == without_time(live)
    assert (live.retries, again.retries, again.reasks) == (1, 0, 1)
    assert replayer.unused() == ()


def test_a_recording_is_readable_and_holds_no_header_or_host(tmp_path: Path) -> None:
    with serving(called({"value": 10})) as endpoint:
        record(endpoint, tmp_path)

    [path] = tmp_path.iterdir()
    text = path.read_text("utf8")
    recording = json.loads(text)
    assert list(recording) == ["path", "sent", "status", "reply"]
    assert (recording["path"], recording["status"]) == ("/chat/completions", 200)
    assert recording["sent"] == endpoint.bodies[0]
    assert path.stem == body_hash(recording["sent"])
    assert "新增项目10个。" in text
    assert KEY.get_secret_value() not in text
    assert "127.0.0.1" not in text


def test_only_what_succeeded_is_recorded(tmp_path: Path) -> None:
    for failure in (refused(402), Scripted(200, b"<html>", {"Content-Type": "text/html"})):
        with serving(failure) as endpoint, pytest.raises(EndpointError):
            record(endpoint, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_changed_prompt_is_a_miss_that_shows_what_changed(tmp_path: Path) -> None:
    with serving(called({"value": 10}), called({"value": 3})) as endpoint:
        record(endpoint, tmp_path / "a", "新增项目10个。")
        record(endpoint, tmp_path / "b", "A wholly different text\nof two lines, without figures.")

    with pytest.raises(ReplayMiss) as caught:
        ask(NOWHERE, Replayer(tmp_path), "新增项目11个。")

    lines = str(caught.value).splitlines()
    assert lines[0].startswith("POST /chat/completions was never recorded in")
    assert lines[1].startswith("--- a/")
    assert any(line.startswith("-") and "新增项目10个。" in line for line in lines)
    assert any(line.startswith("+") and "新增项目11个。" in line for line in lines)
    assert len(lines) <= 42
    assert caught.value.__cause__ is None


def test_a_miss_is_asked_once_and_never_a_reason_to_change_the_mode(tmp_path: Path) -> None:
    class Counted(Replayer):
        asked = 0

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            self.asked += 1
            return await super().handle_async_request(request)

    replayer = Counted(tmp_path)

    with pytest.raises(ReplayMiss, match="there are no recordings"):
        ask(NOWHERE, replayer)

    assert replayer.asked == 1


def test_a_long_diff_is_cut(tmp_path: Path) -> None:
    with serving(called({"value": 10})) as endpoint:
        record(endpoint, tmp_path, "\n".join(f"line {number}" for number in range(500)))

    with pytest.raises(ReplayMiss) as caught:
        ask(NOWHERE, Replayer(tmp_path), "\n".join(f"row {number} {'x' * 500}" for number in range(500)))

    lines = str(caught.value).splitlines()
    assert len(lines) == 42
    assert lines[-1] == "…"
    assert max(map(len, lines)) <= 241


def test_a_request_that_holds_the_key_is_never_sent(tmp_path: Path) -> None:
    with serving(called({"value": 10})) as endpoint, pytest.raises(SettingsError, match="request body holds") as caught:
        record(endpoint, tmp_path, f"my key is {KEY.get_secret_value()}")

    assert endpoint.bodies == []
    assert KEY.get_secret_value() not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_reply_that_holds_the_key_is_not_recorded(tmp_path: Path) -> None:
    with (
        serving(called({"value": 10, "note": KEY.get_secret_value()})) as endpoint,
        pytest.raises(SettingsError, match="reply body holds"),
    ):
        record(endpoint, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_placeholder_is_no_secret(tmp_path: Path) -> None:
    with serving(called({"value": 10})) as endpoint:
        record(endpoint, tmp_path, key=SecretStr("x"))

    assert len(list(tmp_path.iterdir())) == 1


def test_recordings_that_nobody_asked_for_are_listed(tmp_path: Path) -> None:
    with serving(called({"value": 10}), called({"value": 11})) as endpoint:
        record(endpoint, tmp_path / "used")
        record(endpoint, tmp_path / "left", "another text")
    replayer = Replayer(tmp_path)
    assert len(replayer.unused()) == 2

    ask(NOWHERE, replayer)

    assert [path.parent.name for path in replayer.unused()] == ["left"]


def test_a_reply_edited_by_hand_is_replayed_as_it_stands(tmp_path: Path) -> None:
    with serving(called({"value": 10})) as endpoint:
        record(endpoint, tmp_path)
    [path] = tmp_path.iterdir()
    path.write_text(path.read_text("utf8").replace('\\"value\\": 10', '\\"value\\": 12'), "utf8")
    path.rename(tmp_path / "twelve.json")

    assert ask(NOWHERE, Replayer(tmp_path)).value.value == 12


def test_a_file_that_is_no_recording_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text("[]", "utf8")

    with pytest.raises(SettingsError, match=r"odd\.json is not a recording"):
        Replayer(tmp_path)


def test_a_refused_mode_and_a_refused_parameter_are_replayed_too(tmp_path: Path) -> None:
    steps = (refused(400, "temperature is not supported"), refused(422, "tools: no"), said('{"value": 10}'))
    with serving(*steps) as endpoint:
        record(endpoint, tmp_path)

    replayer = Replayer(tmp_path)
    assert ask(NOWHERE, replayer).mode == "json-schema"
    assert replayer.unused() == ()
