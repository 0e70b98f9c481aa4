"""How fast requests may leave: by the limits that the user gives, and by the pace at which the endpoint refuses none."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

WINDOW = 10.0  # seconds over which the pace is measured
SLOWEST = 1 / 60  # requests a second
AFTER_REFUSAL = 0.8  # of the pace that was refused
CLIMB = 0.05  # a second, while below what was refused last
PROBE = 0.003  # a second, beyond it
LONGEST = 60.0  # seconds, whatever Retry-After asks for


@dataclass(frozen=True, slots=True)
class Limits:
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None


class Pace:
    """Requests leave one after another, evenly spaced, where anything limits them; else as they come.

    After a 429 the pace is the one that the endpoint took before, less a fifth; it climbs back to where it was refused
    and from there on feels its way up slowly.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.rate: float | None = None
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._next_request = self._next_tokens = self._next_paced = self._not_before = 0.0
        self._sent: deque[float] = deque()
        self._taken: deque[float] = deque()
        self._refused_rate = 0.0
        self._cut_at = self._grown_at = float("-inf")
        self._refusals = 0

    async def turn(self, tokens: int) -> float:
        """Wait until a request of so many tokens may leave; the time at which it does."""
        async with self._turn:
            while (wait := self._ready() - self._clock()) > 0:
                await self._sleep(min(wait, 1))
            return self._leave(tokens)

    def took(self) -> None:
        """The endpoint took a request."""
        now = self._clock()
        self._refusals = 0
        _note(self._taken, now)
        self._grow(now)

    def refused(self, sent: float, asked: float | None) -> None:
        """The endpoint refused a request that left at `sent`, and asked for a pause of so many seconds, or did not say."""
        now = self._clock()
        if sent > self._cut_at:  # what left before the last cut tells nothing about the pace since
            self._cut(now)
            self._refusals += 1
        pause = min(0.5 * 2 ** min(self._refusals - 1, 6), 30) if asked is None else min(max(asked, 0), LONGEST)
        self._not_before = max(self._not_before, now + pause)

    def used(self, expected: int, actual: int) -> None:
        """Set right what a request was booked with."""
        if self._limits.tokens_per_minute:
            self._next_tokens += (actual - expected) * 60 / self._limits.tokens_per_minute

    def _ready(self) -> float:
        return max(self._not_before, self._next_request, self._next_tokens, self._next_paced)

    def _leave(self, tokens: int) -> float:
        now = self._clock()
        if self._limits.requests_per_minute:
            self._next_request = now + 60 / self._limits.requests_per_minute
        if self._limits.tokens_per_minute:
            self._next_tokens = max(now, self._next_tokens) + tokens * 60 / self._limits.tokens_per_minute
        if self.rate:
            self._next_paced = now + 1 / self.rate
        _note(self._sent, now)
        return now

    def _cut(self, now: float) -> None:
        taken = _per_second(self._taken, self._sent, now)
        # before the first reply nothing is known but how many were too many
        before = self.rate or taken or _per_second(self._sent, self._sent, now)
        self._refused_rate = before
        self.rate = max(SLOWEST, before * AFTER_REFUSAL)
        self._cut_at = self._grown_at = now

    def _grow(self, now: float) -> None:
        if self.rate is None or now - self._grown_at < 1:
            return
        pace = CLIMB if self.rate < 0.95 * self._refused_rate else PROBE
        self.rate *= 1 + pace * min(now - self._grown_at, WINDOW)
        self._grown_at = now


def _note(times: deque[float], now: float) -> None:
    times.append(now)
    while times[0] < now - WINDOW:
        times.popleft()


def _per_second(times: deque[float], sent: deque[float], now: float) -> float:
    """Over the window, or since the first request where that is shorter."""
    since = max(sent[0] if sent else now, now - WINDOW)
    return sum(at >= since for at in times) / max(now - since, 1.0)
