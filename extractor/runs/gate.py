"""The gate that every request passes before it is sent: shut when the user says stop, or when the budget would be passed."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from extractor.errors import RunStopped
from extractor.llm.prices import Price


@dataclass(frozen=True, slots=True)
class Expected:
    """What a request may use, at most."""

    prompt_tokens: int
    completion_tokens: int

    def __add__(self, other: "Expected") -> "Expected":
        return Expected(self.prompt_tokens + other.prompt_tokens, self.completion_tokens + other.completion_tokens)


@dataclass(frozen=True, slots=True)
class Budget:
    """`limit` is money where a price is given, else tokens."""

    limit: float
    price: Price | None = None

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        if self.price:
            return self.price.of(prompt_tokens, completion_tokens)
        return prompt_tokens + completion_tokens

    def __str__(self) -> str:
        return f"{self.limit:g} {self.price.currency}" if self.price else f"{self.limit:,.0f} tokens"


class Gate:
    """`spent` is what the run has paid so far, earlier processes included. What is inside counts as it was expected."""

    def __init__(self, budget: Budget | None = None, spent: tuple[int, int] = (0, 0)) -> None:
        self.reason: str | None = None
        self._budget = budget
        self._spent = budget.of(*spent) if budget else 0.0
        self._reserved = 0.0
        self._inside = 0
        self._changed = asyncio.Condition()
        self._shut = asyncio.Event()

    async def shut(self, reason: str) -> None:
        """Let nobody in from now on; who is inside finishes."""
        async with self._changed:
            self._shut_for(reason)

    async def pause(self, seconds: float) -> None:
        """Sleep, or wake up where it is shut meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._shut.wait(), seconds)

    async def enter(self, expected: Expected) -> None:
        """Wait while those inside may still use up the budget; raise `RunStopped` where it would be passed."""
        async with self._changed:
            while self.reason is None and not self._fits(expected):
                if self._inside:
                    await self._changed.wait()
                else:
                    self._shut_for(f"the next request could pass the budget of {self._budget}")
            self.still_open()
            self._inside += 1
            self._reserved += self._price(expected)

    def still_open(self) -> None:
        """Raise `RunStopped` where it was shut: also for one that is inside and has yet to be sent."""
        if self.reason:
            raise RunStopped(self.reason)

    async def leave(self, expected: Expected, used: tuple[int, int]) -> None:
        async with self._changed:
            self._inside -= 1
            self._reserved -= self._price(expected)
            self.paid(used)
            self._changed.notify_all()

    def paid(self, used: tuple[int, int]) -> None:
        self._spent += self._budget.of(*used) if self._budget else 0

    def _shut_for(self, reason: str) -> None:
        self.reason = self.reason or reason
        self._shut.set()
        self._changed.notify_all()

    def _fits(self, expected: Expected) -> bool:
        return self._budget is None or self._spent + self._reserved + self._price(expected) <= self._budget.limit

    def _price(self, expected: Expected) -> float:
        return self._budget.of(expected.prompt_tokens, expected.completion_tokens) if self._budget else 0.0
