"""The connections of a run: what goes out and comes in is what httpx would have made of it."""

import asyncio
import gzip
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx2
import pytest

from extractor.runs.network import Network
from tests.endpoint import listening

REPLY = json.dumps({"said": "项目"}, ensure_ascii=False).encode()


@contextmanager
def echoing(*, encoding: str | None = None, silent: bool = False, late: float = 0) -> Iterator[tuple[str, list[Any]]]:
    seen: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, self.client_address, dict(self.headers), body))
            time.sleep(late)
            if silent:
                self.close_connection = True
                return
            reply = gzip.compress(REPLY) if encoding else REPLY
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            if encoding:
                self.send_header("Content-Encoding", encoding)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    with listening(Handler) as url:
        yield url, seen


def post(url: str, times: int = 1, **options: Any) -> list[httpx2.Response]:
    async def posting() -> list[httpx2.Response]:
        async with httpx2.AsyncClient(transport=Network(url), **options) as client:
            return [await client.post(f"{url}/chat", content="数".encode()) for _ in range(times)]

    return asyncio.run(posting())


def test_a_reply_is_read_whole_compressed_or_not() -> None:
    for encoding in (None, "gzip"):
        with echoing(encoding=encoding) as (url, seen):
            [response] = post(url)

        assert response.json() == {"said": "项目"}
        assert seen[0][0] == "/v1/chat"
        assert seen[0][3] == "数".encode()


def test_a_connection_is_used_again() -> None:
    with echoing() as (url, seen):
        post(url, times=3)

    assert len({address for _, address, _, _ in seen}) == 1


def test_a_user_in_the_address_is_told_in_a_header() -> None:
    with echoing() as (url, seen):
        post(url.replace("//", "//me:secret@"))

    assert seen[0][2]["Authorization"] == "Basic bWU6c2VjcmV0"


def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with echoing() as (proxy, seen):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        post("http://models.example/v1")

    assert seen[0][0] == "http://models.example/v1/chat"


def test_a_lost_connection_and_a_late_reply_are_the_clients_own_errors() -> None:
    with echoing(silent=True) as (url, seen), pytest.raises(httpx2.NetworkError):
        post(url)
    assert len(seen) == 1, "what may have been paid for is not sent again"

    with echoing(silent=True, late=0.5) as (url, _), pytest.raises(httpx2.TimeoutException):
        post(url, timeout=0.05)
