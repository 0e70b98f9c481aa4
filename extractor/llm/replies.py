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
from pydantic_core import from_json
from tenacity import RetryCallState

from extractor.errors import EndpointError, ReplyInvalid
from extractor.llm.reply_modes import Mode

Narrow = Callable[[dict[str, Any]], dict[str, Any]]

SHOWN_PROBLEMS = 30
MODES = {
    "tools": instructor.Mode.TOOLS,
    "json-schema": instructor.Mode.JSON_SCHEMA,
    "json": instructor.Mode.JSON,
    "md-json": instructor.Mode.MD_JSON,
}


class ModeRefused(EndpointError):
    """A reason to take the next mode of the ladder."""


class ToolIgnored(ReplyInvalid):
    """The endpoint took the tools and the model answered in prose: on the ladder, the next mode may fare better."""


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
    text: str = ""
    called_tool: bool = False
    last_errors: tuple[str, ...] = ()
    reask_prompt_tokens: int = 0
    reask_completion_tokens: int = 0

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
        message = completion.choices[0].message
        call = message.tool_calls[0] if message.tool_calls else None
        self.called_tool = call is not None
        self.text = (
            (call.function.arguments if call and call.type == "function" else message.content) or message.refusal or ""
        )
        self.calls += 1
        if completion.usage:
            asked, answered = completion.usage.prompt_tokens or 0, completion.usage.completion_tokens or 0
            self.prompt_tokens += asked
            self.completion_tokens += answered
            if self.calls > 1:
                self.reask_prompt_tokens += asked
                self.reask_completion_tokens += answered


current: ContextVar[Spent] = ContextVar("current")


@lru_cache(maxsize=64)
def checked(reply: type[BaseModel]) -> type[BaseModel]:
    """`reply` as instructor sees it: the same schema, validated with our context and our error text.

    It has no fields and is an instructor schema already: of anything else, instructor makes a new class and schema and
    walks through all of its fields several times, for each request.
    """

    def validate(text: str, **_: Any) -> tuple[BaseModel]:
        try:
            # in a tuple, instructor leaves the value alone: it hangs the whole response on a bare model
            return (reply.model_validate_json(text, context=current.get().context),)
        except ValidationError as error:
            current.get().last_errors = problems_of(error)
            raise Rejected(problems_of(error)) from error

    schema = json.dumps(reply.model_json_schema())
    body = {
        "__module__": reply.__module__,
        "__doc__": reply.__doc__,
        "model_validate_json": staticmethod(validate),
        "model_json_schema": staticmethod(lambda: json.loads(schema)),
    }
    return new_class(reply.__name__, (instructor.ResponseSchema,), exec_body=lambda namespace: namespace.update(body))


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

    Raise `ValueError` where it is no JSON though it says so.
    """
    try:
        reply = from_json(response.content)
    except ValueError:
        if "json" in response.headers.get("content-type", ""):
            raise
        return None
    try:
        return ChatCompletion.model_validate(reply)
    except ValidationError:
        return ChatCompletion.construct(**reply) if isinstance(reply, dict) else reply


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


def invalid(cause: BaseException, mode: Mode, reply: type[BaseModel], spent: Spent) -> ReplyInvalid | None:
    refused = isinstance(cause, AssertionError) and spent.calls > 0  # the model's `refusal`, as instructor reports it
    if not (refused or isinstance(cause, ResponseParsingError)):
        return None
    problems = cause.problems if isinstance(cause, Rejected) else (str(cause),)
    kind = ToolIgnored if mode == "tools" and not spent.called_tool and not refused else ReplyInvalid
    tries = f"{spent.calls} {'try' if spent.calls == 1 else 'tries'}"
    return kind(
        f"no valid {reply.__name__} in {tries}: {problems[0]}", last_reply=spent.text, problems=problems, **spent.cost()
    )
