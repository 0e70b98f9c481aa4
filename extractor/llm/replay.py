"""Recording and replaying HTTP exchanges, as transports for the client.

A recording is one readable file, `{"path": …, "sent": …, "status": 200, "reply": …}`, named by the hash of its request
body. Headers and the host are never written, so neither the key nor the endpoint's address can be.
"""

import difflib
import hashlib
import json
import secrets
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr

from extractor.errors import ReplayMiss, SettingsError
from extractor.llm.redaction import shows_key

DIFF_LINES = 40
DIFF_WIDTH = 240
REFUSED = (400, 404, 422, 501)
COMPARED = 3  # the full ratio is dear: only so many of the recordings that share most lines get it


class Recorder(httpx2.AsyncBaseTransport):
    """Passes requests on, and writes each POST that succeeds into `folder`, or is refused for its form.

    What a refused mode or parameter led to is otherwise not to be replayed.
    """

    def __init__(self, folder: Path, *, key: SecretStr, inner: httpx2.AsyncBaseTransport | None = None) -> None:
        self._folder = folder
        self._key = key
        self._inner = inner or httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.method != "POST":
            return await self._inner.handle_async_request(request)
        sent = json.loads(await request.aread())
        self._refuse_key(sent, "request")
        response = await self._inner.handle_async_request(request)
        if (response.is_success or response.status_code in REFUSED) and "json" in response.headers.get(
            "content-type", ""
        ):
            self._record(request, sent, response.status_code, json.loads(await response.aread()))
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()

    def _record(self, request: httpx2.Request, sent: Any, status: int, reply: Any) -> None:
        self._refuse_key(reply, "reply")
        recording = {"path": _endpoint(request), "sent": sent, "status": status, "reply": reply}
        _write(self._folder / f"{body_hash(sent)}.json", _pretty(recording) + "\n")

    def _refuse_key(self, body: Any, what: str) -> None:
        if shows_key(self._key, json.dumps(body, ensure_ascii=False)):
            raise SettingsError(f"the {what} body holds the API key: nothing is recorded")


class Replayer(httpx2.AsyncBaseTransport):
    """Answers from the recordings below `folder`, without a network."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recordings = {path: _read(path) for path in sorted(folder.rglob("*.json"))}
        self._paths: dict[str, list[Path]] = {}
        for path, recording in self._recordings.items():
            # by what was sent, not by the file's name: a recording edited by hand is found all the same
            self._paths.setdefault(body_hash(recording["sent"]), []).append(path)
        self._unused = set(self._recordings)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        body = await request.aread()
        sent = json.loads(body) if body else None
        paths = self._paths.get(body_hash(sent), [])
        if not paths:
            raise ReplayMiss(self._miss(request, sent))
        self._unused.difference_update(paths)
        recording = self._recordings[paths[0]]
        return httpx2.Response(recording["status"], json=recording["reply"], request=request)

    def unused(self) -> tuple[Path, ...]:
        return tuple(sorted(self._unused))

    def _miss(self, request: httpx2.Request, sent: Any) -> str:
        miss = f"{request.method} {_endpoint(request)} was never recorded in {self._folder}"
        asked = _lines(sent)
        nearest = _nearest(asked, {path: _lines(recording["sent"]) for path, recording in self._recordings.items()})
        if nearest is None:
            return f"{miss}: there are no recordings"
        path, recorded = nearest
        diff = difflib.unified_diff(recorded, asked, str(path.relative_to(self._folder)), "this request", lineterm="")
        return "\n".join((f"{miss}; the nearest recording differs so:", *_head(diff)))


def body_hash(body: Any) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _endpoint(request: httpx2.Request) -> str:
    # the last two steps alone: what stands before them belongs to the host
    return "/" + "/".join(request.url.path.strip("/").split("/")[-2:])


def _read(path: Path) -> dict[str, Any]:
    try:
        recording = json.loads(path.read_text("utf8"))
        return {name: recording[name] for name in ("sent", "status", "reply")}
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path} is not a recording: {error!r}") from error


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    temporary.write_text(text, "utf8")
    temporary.replace(path)


def _pretty(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1)


def _lines(body: Any) -> list[str]:
    """Pretty text with the line breaks inside its strings opened, so that a prompt differs line by line."""
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True).replace("\\n", "\n").splitlines()


def _nearest(asked: list[str], recorded: dict[Path, list[str]]) -> tuple[Path, list[str]] | None:
    counted = Counter(asked)
    shared = sorted(recorded, key=lambda path: (counted & Counter(recorded[path])).total(), reverse=True)
    best = max(
        shared[:COMPARED], key=lambda path: difflib.SequenceMatcher(None, recorded[path], asked).ratio(), default=None
    )
    return None if best is None else (best, recorded[best])


def _head(diff: Any) -> list[str]:
    lines = [line if len(line) <= DIFF_WIDTH else line[:DIFF_WIDTH] + "…" for line in islice(diff, DIFF_LINES + 1)]
    return lines if len(lines) <= DIFF_LINES else [*lines[:DIFF_LINES], "…"]
