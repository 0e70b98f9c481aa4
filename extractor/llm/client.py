"""The only door to a language model: openai speaks, tenacity repeats what the network lost, instructor asks again.

Two things that instructor does are kept from it:

- It renders every message as a Jinja template as soon as it is given a validation context. Our messages hold documents,
  and a document is not a template; so the context reaches the validators past instructor, by `current` (they read
  `info.context` as ever).
- It re-asks with pydantic's own error text. That ends in a versioned link unless PYDANTIC_ERRORS_INCLUDE_URL is 0, and
  pydantic-core reads the variable once, when the process formats its first error: nothing to rely on from here. The
  re-ask text is ours, so that recordings outlive an upgrade.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

import httpx2
import openai
from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException
from instructor.core.retry import retry_async
from openai.types.chat import ChatCompletion
from pydantic import BaseModel
from pydantic_core import to_json
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt

from extractor.errors import EndpointError, ReplyInvalid, Unavailable
from extractor.llm.endpoint import Endpoint
from extractor.llm.endpoint_errors import is_transient, own_cause, pause
from extractor.llm.replies import READ_AS, Narrow, Spent, checked, current, invalid, narrowed, worded
from extractor.llm.reply_modes import LADDER, Mode
from extractor.llm.reply_reading import placed
from extractor.llm.reply_rejection import new_ask, reject_last
from extractor.llm.translation import RENAMED, completion_in, refused_parameter, translated
from extractor.llm.verdict import verdict

__all__ = ["Answer", "Client", "Endpoint"]

T = TypeVar("T", bound=BaseModel)
Sleep = Callable[[float], Awaitable[None]]
GivenUp = Callable[[Unavailable], Awaitable[None]]

# instructor logs every failure as an error; without a handler, Python prints those on the user's terminal
logging.getLogger("instructor").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A valid reply and its cost, re-asks included. `calls` = 1 + `reasks`; what transport repeated counts in `retries` alone.

    `last_errors` is what was wrong with the reply before this one, empty where the first was right.
    """

    value: T
    text: str
    mode: Mode
    calls: int
    retries: int
    reasks: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    last_errors: tuple[str, ...] = ()
    reask_prompt_tokens: int = 0
    reask_completion_tokens: int = 0


class Client:
    """Asks one endpoint; `mode` and `renamed` are what it was found to take, `answered` whether it gave any reply.

    `given_up` hears of a request that nobody answered; it may raise what ends the run in place of the error.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        given_up: GivenUp | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.mode: Mode | None = endpoint.mode
        self.renamed = dict(endpoint.renamed)
        self.answered = False
        self._given_up = given_up
        self._sleep = sleep
        self._slots = asyncio.Semaphore(endpoint.concurrency)
        self._walking = asyncio.Lock()
        self._openai = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key.get_secret_value() or "none",  # local servers take none, openai insists on one
            timeout=endpoint.timeout,
            max_retries=0,
            http_client=httpx2.AsyncClient(transport=transport) if transport else None,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._openai.close()

    async def ask(
        self,
        messages: list[dict[str, str]],
        reply: type[T],
        *,
        context: dict[str, Any] | None = None,
        narrow: Narrow | None = None,
    ) -> Answer[T]:
        """Raise `ReplyInvalid` where the last re-ask was still wrong or the reply was cut, else `EndpointError`.

        `narrow` makes the schema of this request stricter. It is used where the schema is a grammar that the server
        decodes by (json-schema); elsewhere the schema is a part of the prompt, which has to stay the same to be cached.
        """
        spent = Spent(context, narrow)
        try:
            if self.mode is None:
                async with self._walking:
                    if self.mode is None:
                        return await self._walk(messages, reply, spent)
            return await self._ask(self.mode, messages, reply, spent)
        except Unavailable as error:
            if self._given_up:
                await self._given_up(error)
            raise

    async def reach(self) -> None:
        """Raise `EndpointError` where GET /models meets no server or a refused key; not every server knows /models."""
        try:
            await self._openai.models.list()
        except openai.APIStatusError as error:
            if error.status_code in (401, 403):
                self._refuse(error, first=False)
        except openai.APIError as error:
            self._refuse(error, first=False)

    async def _walk(self, messages: list[dict[str, str]], reply: type[T], asked: Spent) -> Answer[T]:
        """Take the first mode that brings a valid reply; where none does, the first that brought any."""
        refusals: dict[str, str] = {}
        wrong: list[tuple[Mode, ReplyInvalid]] = []
        likely = self.endpoint.likely
        for mode in sorted(LADDER, key=lambda mode: mode != likely):
            try:
                answer = await self._ask(mode, messages, reply, Spent(asked.context, asked.narrow))
            except ReplyInvalid as error:
                found = verdict(error)
                if found == "works":
                    self.mode = mode
                if found != "wrong":
                    raise
                wrong.append((mode, error))
            except EndpointError as error:
                # where a mode was taken, an error of a later one does not end the search
                if isinstance(error, Unavailable) or (verdict(error) == "ends" and not wrong):
                    raise
                refusals.setdefault(str(error), mode)
            else:
                self.mode = mode
                return answer
        if wrong:
            self.mode, first = wrong[0]
            raise first
        raise EndpointError("no mode works; " + "; ".join(f"{mode}: {reason}" for reason, mode in refusals.items()))

    async def _ask(self, mode: Mode, messages: list[dict[str, str]], reply: type[T], spent: Spent) -> Answer[T]:
        started = time.monotonic()

        async def create(**body: Any) -> ChatCompletion:
            async with self._slots:  # held while it waits out a 429: then the others had better wait too
                completion = await self._send(narrowed(body, mode, spent.narrow), spent)
            return placed(completion, mode, spent.texts)

        most = {} if self.endpoint.max_tokens is None else {"max_tokens": self.endpoint.max_tokens}
        temperature = self.endpoint.temperature
        body = worded(reply, mode, messages, model=self.endpoint.model, temperature=temperature, **most)
        body |= self.endpoint.extra
        token = current.set(spent)
        new_ask()
        try:
            asking: Awaitable[Any] = retry_async(
                create, checked(reply), (), body, max_retries=self.endpoint.reasks, mode=READ_AS[mode]
            )
            (value,) = await asking
        except IncompleteOutputException as error:
            reason = f"the {reply.__name__} was cut off after {spent.completion_tokens} tokens"
            raise ReplyInvalid(
                reason, last_reply=spent.text, problems=(reason,), truncated=True, **spent.cost()
            ) from error
        except InstructorRetryException as error:
            cause = error.__cause__ or error
            broken = invalid(cause, reply, spent)
            reject_last(str(broken or ""))
            if broken is None or broken is cause:  # ours, or a bug in a validator: as it was raised
                raise cause from cause.__cause__
            raise broken from error
        finally:
            current.reset(token)
            spent.let_go()
        return Answer(value, mode=mode, seconds=time.monotonic() - started, **spent.counts())

    async def _send(self, body: dict[str, Any], spent: Spent) -> ChatCompletion:
        sent: dict[str, Any] = {}

        async def once() -> Any:  # openai's own method is no coroutine function, and tenacity awaits only those
            nonlocal sent
            sent = self._worded(body)
            # `chat.completions.create` would walk through all of the body before it is made JSON, schema and texts
            content = to_json(sent)
            return await self._openai.post("/chat/completions", cast_to=httpx2.Response, content=content)

        repeat = AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(self.endpoint.tries),
            wait=pause,
            retry=retry_if_exception(is_transient),
            before_sleep=spent.retry,
            reraise=True,
        )
        try:
            completion: ChatCompletion = completion_in(await repeat(once), self.endpoint)
        except openai.APIError as error:
            if self._learns(error, sent):
                return await self._send(body, spent)
            self._refuse(error, first=spent.calls == 0)
        self.answered = True
        spent.take(completion)
        return completion

    def _worded(self, body: dict[str, Any]) -> dict[str, Any]:
        """The request in the words that this endpoint was found to take."""
        named = {self.renamed.get(name, name): value for name, value in body.items()}
        return {name: value for name, value in named.items() if name is not None}

    def _learns(self, error: openai.APIError, sent: dict[str, Any]) -> bool:
        """Note a parameter that the endpoint refuses. Requests side by side may all meet the refusal before one has noted it."""
        refused = refused_parameter(error, sent)
        if refused is None:
            return False
        self.renamed[refused] = RENAMED[refused]
        return True

    def _refuse(self, error: openai.APIError, *, first: bool) -> NoReturn:
        own = own_cause(error)
        if own is not None:  # a ReplayMiss, or a recording refused: as it was raised
            raise own from own.__cause__
        leaks = self.endpoint.without_key(str(error)) != str(error)  # a traceback prints the cause as well
        raise translated(error, self.endpoint, first=first) from (None if leaks else error)
