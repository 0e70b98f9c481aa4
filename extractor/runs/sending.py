"""Sending one request through the gate and at the endpoint's pace.

A 429 is waited out here: it is no failure, unless it says that the account is in arrears.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx2
from pydantic_core import from_json

from extractor.llm.endpoint_errors import is_no_money, retry_after
from extractor.llm.streams import unstreamed
from extractor.llm.tokens import approximate
from extractor.runs.gate import Expected, Gate
from extractor.runs.pace import Pace
from extractor.runs.tally import Tally

PATIENCE = 600.0  # seconds of nothing but refusals before a request is given up
FIRST_SHARE = 1.0  # a reply's tokens to its request's, before the first reply tells
MARGIN = 1.25


@dataclass(frozen=True, slots=True)
class Sent:
    response: httpx2.Response
    seconds: float
    retries: int
    used: tuple[int, int]


class Forecast:
    """What a request may use, from what those before it did: the budget is kept by it."""

    def __init__(self) -> None:
        self._prompt = MARGIN
        self._share = FIRST_SHARE
        self._learnt = False

    def of(self, body: dict[str, Any], size: int) -> Expected:
        prompt = size * self._prompt
        most = body.get("max_tokens") or body.get("max_completion_tokens")
        return Expected(round(prompt), int(most or prompt * self._share))

    def learn(self, size: int, used: tuple[int, int]) -> None:
        prompt, completion = used
        if not prompt:
            return
        ratio, share = prompt / max(size, 1) * MARGIN, completion / prompt * MARGIN
        self._prompt = max(self._prompt, ratio) if self._learnt else ratio
        self._share = max(self._share, share) if self._learnt else share
        self._learnt = True


class Sender:
    """Keeps count of what is in flight and what it cost."""

    def __init__(
        self,
        gate: Gate,
        pace: Pace,
        tally: Tally,
        inner: httpx2.AsyncBaseTransport,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._gate = gate
        self._pace = pace
        self._tally = tally
        self.inner = inner
        self._clock = clock
        self._forecast = Forecast()

    async def send(self, request: httpx2.Request, body: dict[str, Any]) -> Sent:
        """Raise `RunStopped` where nothing may be sent any more."""
        size = approximate(request.content.decode())
        expected = self._forecast.of(body, size)
        await self._gate.enter(expected)
        used = (0, 0)
        try:
            sent = await self._until_taken(request, expected)
            used = sent.used
            self._forecast.learn(size, used)
        finally:
            await self._gate.leave(expected, used)
        return sent

    async def _until_taken(self, request: httpx2.Request, expected: Expected) -> Sent:
        tokens = expected.prompt_tokens + expected.completion_tokens
        started, retries = self._clock(), 0
        while True:
            left = await self._pace.turn(tokens)
            self._gate.still_open()
            response = await self._once(request)
            if response.status_code != 429 or says_no_money(response) or self._clock() - started > PATIENCE:
                break
            self._pace.refused(left, retry_after(response.headers.get("retry-after")))
            retries += 1
            self._tally.retries += 1
        used = usage_of(response.content)
        self._pace.used(tokens, sum(used))
        if response.is_success:
            self._pace.took()
        self._tally.paid(*used)
        return Sent(response, self._clock() - left, retries, used)

    async def _once(self, request: httpx2.Request) -> httpx2.Response:
        self._tally.in_flight += 1
        self._tally.sent += 1
        try:
            response = await self.inner.handle_async_request(request)
            await response.aread()
        finally:
            self._tally.in_flight -= 1
        return unstreamed(response)


def usage_of(text: str | bytes) -> tuple[int, int]:
    """Tokens in and out, as a reply states them."""
    with suppress(ValueError, TypeError, AttributeError):
        said = from_json(text).get("usage") or {}
        return int(said.get("prompt_tokens") or 0), int(said.get("completion_tokens") or 0)
    return 0, 0


def says_no_money(response: httpx2.Response) -> bool:
    """Whether waiting does not help, because the account is in arrears."""
    try:
        body = from_json(response.content)
    except ValueError:
        body = response.text
    return is_no_money(response.status_code, body)
