"""The store as a transport: what was answered is answered again, what is answered is stored the moment it arrives."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import httpx2
from pydantic import SecretStr
from pydantic_core import from_json, to_json
from sqlalchemy import Connection

from extractor.errors import PolicyTargetsError, SettingsError
from extractor.llm.endpoint_errors import one_line
from extractor.llm.redaction import shows_key, without_key, without_secrets
from extractor.llm.reply_rejection import kept
from extractor.runs.sending import Sent
from extractor.runs.tally import Tally
from extractor.store import Store
from extractor.store.requests import Answered, Asked, Stored, claim, find, keep, reject, release

REJECTED = {"length": "it was cut off", "content_filter": "the endpoint's content filter stopped it"}
WAIT = 0.2  # seconds between looks at what another process has in flight
JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Reply:
    """`row` is `None` where nothing was stored that could be answered with."""

    response: httpx2.Response
    row: int | None


class Sends(Protocol):
    """What a request goes to that the store cannot answer; `inner` takes what is no request to a model."""

    inner: httpx2.AsyncBaseTransport

    async def send(self, request: httpx2.Request, body: dict[str, Any]) -> Sent: ...


class Cached(httpx2.AsyncBaseTransport):
    """Two tasks that ask the same wait for one request; what is in flight is stored even where its task is gone."""

    def __init__(
        self,
        store: Store,
        run: int,
        sender: Sends,
        tally: Tally,
        answered: Callable[[], None],
        *,
        key: SecretStr,
        refresh: bool = False,
    ) -> None:
        """`answered` hears of each reply that the endpoint gave, not of those from the store."""
        self._store = store
        self._run = run
        self._sender = sender
        self._tally = tally
        self._answered = answered
        self._key = key
        self._refresh = refresh
        self._going: dict[str, asyncio.Task[Reply]] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.method != "POST":
            return await self._sender.inner.handle_async_request(request)
        text = await request.aread()
        if shows_key(self._key, text.decode()):
            raise SettingsError("the request body holds the API key: nothing is sent or stored")
        body = from_json(text)
        asked = describe(request, body)
        going = self._going.get(asked.hash)
        if going is None:
            going = self._going[asked.hash] = asyncio.create_task(self._answer(asked, request, body))
            going.add_done_callback(lambda _: self._going.pop(asked.hash, None))
        reply = await asyncio.shield(going)
        if reply.row is not None:
            row = reply.row
            kept(lambda reason: self._reject(row, reason))
        return copied(reply.response, request)

    async def drain(self) -> None:
        """Wait for what is in flight, whether or not anybody still asks."""
        while self._going:
            await asyncio.gather(*self._going.values(), return_exceptions=True)

    async def aclose(self) -> None:
        await self.drain()
        await self._sender.inner.aclose()

    async def _answer(self, asked: Asked, request: httpx2.Request, body: dict[str, Any]) -> Reply:
        found = await self._find_or_claim(asked)
        if found is not None:
            self._tally.from_store += 1
            return Reply(httpx2.Response(found.status, headers=JSON, text=found.reply), found.id)
        try:
            sent = await self._sender.send(request, body)
        except BaseException as failure:
            why = failure
            await self._store.write(lambda connection: self._give_up(connection, asked, why))
            raise
        return await self._keep(asked, sent)

    async def _find_or_claim(self, asked: Asked) -> Stored | None:
        """The stored reply, or `None` where the request is ours to send."""

        def look(connection: Connection) -> Stored | bool:
            found = find(connection, asked.hash, self._run, refresh=self._refresh)
            return found or claim(connection, asked.hash, self._store.worker)

        while (found := await self._store.write(look)) is False:  # noqa: ASYNC110 - another process tells us nothing
            await asyncio.sleep(WAIT)
        return found if isinstance(found, Stored) else None

    def _give_up(self, connection: Connection, asked: Asked, error: BaseException) -> None:
        release(connection, asked.hash, self._store.worker)
        if not isinstance(error, PolicyTargetsError):  # one of ours was never sent
            keep(connection, self._run, asked, Answered(None, None, None, type(error).__name__, 0, 0, 0, 0))

    async def _keep(self, asked: Asked, sent: Sent) -> Reply:
        answered = self._judged(sent)
        if answered.error is None:
            self._answered()

        def store(connection: Connection) -> int:
            release(connection, asked.hash, self._store.worker)
            return keep(connection, self._run, asked, answered)

        row = await self._store.write(store)
        return Reply(sent.response, None if answered.reply is None else row)

    def _judged(self, sent: Sent) -> Answered:
        response = sent.response
        error, rejected = judged(response.status_code, response.text)
        if shows_key(self._key, response.text):
            error = "the reply holds the API key: it is not stored"
        return Answered(
            status=response.status_code,
            reply=None if error else response.text,
            rejected=rejected,
            error=without_key(self._key, error) if error else None,
            prompt_tokens=sent.used[0],
            completion_tokens=sent.used[1],
            seconds=sent.seconds,
            retries=sent.retries,
        )

    def _reject(self, row: int, reason: str) -> None:
        self._store.post(lambda connection: reject(connection, row, without_key(self._key, reason)))


def judged(status: int, text: str) -> tuple[str | None, str | None]:
    """The error of a reply that is none, and the reason why one that was paid for is good for nothing."""
    if not 200 <= status < 300:
        return one_line(text), None
    try:
        choices = from_json(text).get("choices")
    except (ValueError, AttributeError):
        return "the reply is not JSON", None
    if not choices:
        return "the reply holds no choices", None
    return None, REJECTED.get(choices[0].get("finish_reason"))


def describe(request: httpx2.Request, body: dict[str, Any]) -> Asked:
    """What tells one request from another: all of its body, and the address without what may be secret in it."""
    base = without_secrets(str(request.url)).removesuffix("/chat/completions")
    system = "\n".join(str(part.get("content")) for part in body.get("messages", ()) if part.get("role") == "system")
    schema = to_json([body.get(name) for name in ("tools", "tool_choice", "response_format")])
    return Asked(
        hash=digest(base.encode() + b"\n" + request.content),
        model=body.get("model"),
        base_url=base,
        prompt=digest(system.encode()),
        reply_schema=digest(schema),
    )


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def copied(response: httpx2.Response, request: httpx2.Request) -> httpx2.Response:
    """Each who waited gets a response of its own: httpx hangs its stream on what it is given."""
    headers = [(name, value) for name, value in response.headers.items() if name not in ENCODED]
    return httpx2.Response(response.status_code, headers=headers, content=response.content, request=request)


ENCODED = ("content-encoding", "content-length", "transfer-encoding")
