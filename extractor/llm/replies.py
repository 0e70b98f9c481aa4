"""A reply on its way through instructor: what it is checked with, what was wrong with it, what it cost."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from types import new_class
from typing import Any

import httpx2
import instructor
from instructor.core.exceptions import ResponseParsingError
from instructor.processing.response import handle_response_model
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError, from_json, to_json
from tenacity import RetryCallState

from extractor.errors import EndpointError, ReplyInvalid
from extractor.llm.json_text import NotJson, Unclosed
from extractor.llm.reply_modes import Mode
from extractor.llm.reply_reading import fits, is_plain_refusal, refusal_in, texts_of, value_of
from extractor.llm.streams import unstreamed

Narrow = Callable[[dict[str, Any]], dict[str, Any]]

SHOWN_PROBLEMS = 30
MODES = {
    "tools": instructor.Mode.TOOLS,
    "json-schema": instructor.Mode.JSON_SCHEMA,
    "json": instructor.Mode.JSON,
    "md-json": instructor.Mode.MD_JSON,
}
# how a reply is taken and sent back: `understood` finds the fence of md-json itself, and instructor's own search for it
# gives up on a text with many braces
READ_AS = MODES | {"md-json": instructor.Mode.JSON}


class ModeRefused(EndpointError):
    """A reason to take the next mode of the ladder."""


class Refused(ReplyInvalid):
    """The model or the endpoint will not answer: to be asked again changes nothing.

    `plain` where a model says so in prose; it may mean the way in which it was asked.
    """

    plain = False


class Rejected(ResponseParsingError):
    """What instructor sends back to the model."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        more = len(problems) - SHOWN_PROBLEMS
        super().__init__("\n".join((*problems[:SHOWN_PROBLEMS], *([f"… and {more} more"] if more > 0 else []))))
        self.problems = problems


@dataclass(slots=True)
class Spent:
    """The running account of one ask."""

    context: dict[str, Any] | None
    narrow: Narrow | None = None
    calls: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    texts: tuple[str, ...] = ("",)
    unclosed: bool = False
    last_errors: tuple[str, ...] = ()
    reask_prompt_tokens: int = 0
    reask_completion_tokens: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    def counts(self) -> dict[str, Any]:
        names = ("text", "calls", "retries", "prompt_tokens", "completion_tokens", "last_errors")
        again = ("reask_prompt_tokens", "reask_completion_tokens")
        return {"reasks": self.calls - 1} | {name: getattr(self, name) for name in (*names, *again)}

    def cost(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("calls", "retries", "prompt_tokens", "completion_tokens")}

    def let_go(self) -> None:
        """Tenacity's retrying keeps itself and this account in a cycle; a document is not to wait there for the collector."""
        self.context = self.narrow = None

    def retry(self, _: RetryCallState) -> None:
        self.retries += 1

    def take(self, completion: ChatCompletion) -> None:
        """Raise `Refused` where the reply is no answer and will not become one."""
        self.texts = texts_of(completion)
        self.unclosed = False
        self.calls += 1
        if completion.usage:
            asked, answered = completion.usage.prompt_tokens or 0, completion.usage.completion_tokens or 0
            self.prompt_tokens += asked
            self.completion_tokens += answered
            if self.calls > 1:
                self.reask_prompt_tokens += asked
                self.reask_completion_tokens += answered
        if refusal := refusal_in(completion, self.texts):
            refused = Refused(refusal, last_reply=self.text, problems=(refusal,), **self.cost())
            refused.plain = is_plain_refusal(completion, self.texts)
            raise refused


current: ContextVar[Spent] = ContextVar("current")


@lru_cache(maxsize=64)
def checked(reply: type[BaseModel]) -> type[BaseModel]:
    """`reply` as instructor sees it: the same schema, validated with our context and our error text.

    It has no fields and is an instructor schema already: of anything else, instructor makes a new class and schema and
    walks through all of its fields several times, for each request.
    """

    def validate(_: str, **__: Any) -> tuple[BaseModel]:
        spent = current.get()
        try:
            # in a tuple, instructor leaves the value alone: it hangs the whole response on a bare model
            return (understood(reply, spent),)
        except ValidationError as error:
            spent.last_errors = problems_of(error)
            raise Rejected(problems_of(error)) from error
        except Rejected as error:
            spent.last_errors = error.problems
            raise

    schema = json.dumps(reply.model_json_schema())
    body = {
        "__module__": reply.__module__,
        "__doc__": reply.__doc__,
        "model_validate_json": staticmethod(validate),
        "model_json_schema": staticmethod(lambda: json.loads(schema)),
    }
    return new_class(reply.__name__, (instructor.ResponseSchema,), exec_body=lambda namespace: namespace.update(body))


def understood(reply: type[BaseModel], spent: Spent) -> BaseModel:
    """The reply as it stands; only where that is none of ours, what it may mean. Raise what is wrong with it."""
    value: BaseModel | None = None
    wrong: ValidationError | None = None
    if len(spent.texts) == 1:
        try:
            value = reply.model_validate_json(spent.texts[0], context=spent.context)
        except ValidationError as error:
            wrong = error
    if value and value.model_fields_set:
        return value
    try:
        meant = value_of(spent.texts, reply)
    except NotJson as error:
        spent.unclosed = isinstance(error, Unclosed)
        raise wrong or Rejected((str(error),)) from None
    if value and not meant:  # an empty object, as it should be where there is nothing to say
        return value
    if isinstance(meant, dict) and meant and not fits(meant, reply):
        raise wrong or Rejected((f"the reply: none of its fields is there, only {', '.join(meant)}",))
    try:
        return reply.model_validate_json(to_json(meant), context=spent.context)
    except PydanticSerializationError:  # halves of characters: no text
        raise wrong or Rejected(("the reply is no text",)) from None


def worded(reply: type[BaseModel], mode: Mode, messages: list[dict[str, str]], **settings: Any) -> dict[str, Any]:
    """The body of a request as instructor words it. Tools stand beside the messages: they are made once for all requests."""
    own = [dict(message) for message in messages]
    if mode == "tools":
        return with_tools(reply, tuple(settings.items())) | {"messages": own}
    return handle_response_model(checked(reply), MODES[mode], messages=own, **settings)[1]


@lru_cache(maxsize=64)
def with_tools(reply: type[BaseModel], settings: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return handle_response_model(checked(reply), MODES["tools"], messages=[], **dict(settings))[1]


def completion_of(response: httpx2.Response) -> Any:
    """The reply, read into openai's types: strictly, which is fast, or as openai does it, where something is left out.

    Raise `ValueError` where it is no JSON object.
    """
    reply = from_json(unstreamed(response).content)
    if not isinstance(reply, dict):
        raise ValueError("no object")  # noqa: TRY004 - of the reply, not of an argument
    try:
        return ChatCompletion.model_validate(reply)
    except ValidationError:
        return ChatCompletion.construct(**reply)


def narrowed(body: dict[str, Any], mode: Mode, narrow: Narrow | None) -> dict[str, Any]:
    if mode != "json-schema" or narrow is None:
        return body
    asked = body["response_format"]
    schema = asked["json_schema"] | {"schema": narrow(asked["json_schema"]["schema"])}
    return body | {"response_format": asked | {"json_schema": schema}}


def problems_of(error: ValidationError) -> tuple[str, ...]:
    return tuple(
        f"{'.'.join(map(str, problem['loc'])) or 'the reply'}: {problem['msg']}{given(problem['input'])}"
        for problem in error.errors(include_url=False)
    )


def given(value: Any) -> str:
    return f" (given: {value!r})" if isinstance(value, (str, int, float)) and len(repr(value)) <= 80 else ""


def invalid(cause: BaseException, reply: type[BaseModel], spent: Spent) -> ReplyInvalid | None:
    """What the caller hears of a reply that stayed wrong; `None` for an error that is not about the reply."""
    if isinstance(cause, ReplyInvalid):
        return cause
    if not isinstance(cause, ResponseParsingError):
        return None
    problems = cause.problems if isinstance(cause, Rejected) else (str(cause),)
    tries = f"{spent.calls} {'try' if spent.calls == 1 else 'tries'}"
    return ReplyInvalid(
        f"no valid {reply.__name__} in {tries}: {problems[0]}",
        last_reply=spent.text,
        problems=problems,
        truncated=spent.unclosed,
        **spent.cost(),
    )
