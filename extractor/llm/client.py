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
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Generic, Literal, NoReturn, Protocol, Self, TypeVar

import httpx2
import openai
from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException
from instructor.core.retry import retry_async
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, SecretStr
from pydantic_core import to_json
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt

from extractor.errors import EndpointError, ModelError, ReplyInvalid, Unavailable
from extractor.llm.endpoint_errors import (
    is_about_length,
    is_about_mode,
    is_absent,
    is_no_money,
    is_transient,
    one_line,
    own_cause,
    pause,
    said,
)
from extractor.llm.redaction import without_key
from extractor.llm.replies import (
    READ_AS,
    ModeRefused,
    Narrow,
    Refused,
    Spent,
    checked,
    completion_of,
    current,
    invalid,
    narrowed,
    worded,
)
from extractor.llm.reply_modes import LADDER, Mode, Renamed
from extractor.llm.reply_reading import placed
from extractor.llm.reply_rejection import new_ask, reject_last

RENAMED: Renamed = {"temperature": None, "max_tokens": "max_completion_tokens"}
"""Parameters that some endpoints refuse, and what they may take instead."""

Verdict = Literal["works", "refused", "wrong", "ends"]
"""After a mode that was refused, or whose reply was wrong, the next one is tried; else the search ends."""

T = TypeVar("T", bound=BaseModel)
Sleep = Callable[[float], Awaitable[None]]

# instructor logs every failure as an error; without a handler, Python prints those on the user's terminal
logging.getLogger("instructor").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`mode=None` finds the first mode that works: `likely`, where it is known, then those of `LADDER`.

    `tries` counts requests, `reasks` replies sent back. `extra` is put into the body of every request as it is;
    `renamed` are the parameters that the endpoint is known to refuse, with the name that it takes instead, if any.
    """

    base_url: str | None
    model: str
    api_key: SecretStr = field(repr=False)
    mode: Mode | None = None
    likely: Mode | None = None
    timeout: float = 120
    tries: int = 4
    reasks: int = 1
    concurrency: int = 4
    max_tokens: int | None = None
    temperature: float = 0
    extra: Mapping[str, Any] = field(default_factory=dict)
    renamed: Renamed = field(default_factory=dict)


class Watch(Protocol):
    """Who hears whether the endpoint is there."""

    def answered(self) -> None: ...

    async def given_up(self, error: Unavailable) -> None:
        """May raise, in place of the error, what ends the run."""
        ...


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
    """Asks one endpoint; `mode` and `renamed` are what it was found to take. `renamed` grows where it refuses a parameter."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        watch: Watch | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.mode: Mode | None = endpoint.mode
        self.renamed = dict(endpoint.renamed)
        self.answered = False
        self._watch = watch
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
            if self._watch:
                await self._watch.given_up(error)
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
                self.mode = mode if found == "works" else None
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
            completion: ChatCompletion = self._read(await repeat(once))
        except openai.APIError as error:
            if self._learns(error, sent):
                return await self._send(body, spent)
            self._refuse(error, first=spent.calls == 0)
        self.answered = True
        if self._watch:
            self._watch.answered()
        spent.take(completion)
        return completion

    def _read(self, response: httpx2.Response) -> Any:
        """The completion. Raise `EndpointError` for what is none: some proxies send their errors with status 200."""
        try:
            completion = completion_of(response)
        except ValueError as error:
            raise Unavailable(f"the endpoint answered with something other than JSON{self._kind(response)}") from error
        if not completion.choices or not completion.choices[0].message:
            body = completion.model_dump()
            told = self._line(body.get("error") or body.get("message") or body.get("msg") or "")
            if is_no_money(200, body):
                raise Unavailable(f"the account at the endpoint is in arrears: {told}", lasting=True)
            raise EndpointError(f"the endpoint's reply holds no choices: {told}")
        return completion

    def _kind(self, response: httpx2.Response) -> str:
        """What a reply is that is no JSON."""
        if re.match(r"\s*<(!doctype|html|\?xml)", response.text, re.IGNORECASE):
            return ": with a web page. Is the base URL the right one?"
        return f": {self._line(response.text[:80])!r}"

    def _worded(self, body: dict[str, Any]) -> dict[str, Any]:
        """The request in the words that this endpoint was found to take."""
        named = {self.renamed.get(name, name): value for name, value in body.items()}
        return {name: value for name, value in named.items() if name is not None}

    def _learns(self, error: openai.APIError, sent: dict[str, Any]) -> bool:
        """Reasoning models refuse `temperature` and want `max_completion_tokens`: note it, once for each.

        Requests side by side may all meet the refusal before the first of them has noted it.
        """
        if not isinstance(error, (openai.BadRequestError, openai.UnprocessableEntityError)):
            return False
        if is_about_length(said(error)):
            return False
        for name, instead in RENAMED.items():
            if name in sent and re.search(rf"\b{name}\b", said(error)):
                self.renamed[name] = instead
                return True
        return False

    def _refuse(self, error: openai.APIError, *, first: bool) -> NoReturn:
        own = own_cause(error)
        if own is not None:  # a ReplayMiss, or a recording refused: as it was raised
            raise own from own.__cause__
        leaks = self._line(str(error)) != one_line(str(error))  # a traceback prints the cause as well
        raise self._translated(error, first=first) from (None if leaks else error)

    def _translated(self, error: openai.APIError, *, first: bool) -> EndpointError:
        if isinstance(error, openai.APITimeoutError):
            kind = Unavailable if is_absent(error) else EndpointError
            return kind(f"no {'connection' if is_absent(error) else 'reply'} within {self.endpoint.timeout:g} s")
        if not isinstance(error, openai.APIStatusError):
            return Unavailable(f"cannot reach the endpoint: {self._line(str(error.__cause__ or error))}")
        if is_no_money(error.status_code, error.body):
            reason = f"the account at the endpoint is in arrears ({error.status_code}): {self._line(said(error))}"
            return Unavailable(reason, lasting=True)
        if error.status_code in (401, 403):
            return Unavailable(f"the endpoint refused the key ({error.status_code}): {self._line(said(error))}")
        kind = ModeRefused if is_about_mode(error, self.endpoint.model, first=first) else EndpointError
        kind = Unavailable if is_absent(error) else kind
        return kind(f"the endpoint answered {error.status_code}: {self._line(said(error))}")

    def _line(self, text: str) -> str:
        return one_line(without_key(self.endpoint.api_key, text))


def verdict(error: ModelError) -> Verdict:
    """What the error of a first request says of its mode."""
    if isinstance(error, ReplyInvalid):
        if error.truncated:  # it was good as far as it went
            return "works"
        # a refusal in prose may mean the tools: another mode may fare better
        return "ends" if isinstance(error, Refused) and not error.plain else "wrong"
    return "refused" if isinstance(error, ModeRefused) else "ends"
