"""What a reply says, wherever the endpoint put it and however the model wrapped it.

Servers put an answer into `content`, into one tool call or several, or leave it in `reasoning_content`; models wrap it
in `{"name": …, "arguments": …}` or `{"ChunkDraft": …}`, or write JSON inside a JSON string. A reply that is as it
should be is given as it came.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_origin

from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.chat.chat_completion_message import FunctionCall
from pydantic import BaseModel
from pydantic_core import to_json

from extractor.llm.endpoint_errors import one_line
from extractor.llm.json_text import NotJson, read_json
from extractor.llm.reply_modes import Mode

THOUGHT = re.compile(r"^.*</think(?:ing)?>|^\s*<think(?:ing)?>.*\Z", re.DOTALL | re.IGNORECASE)
TOOL_CALL = re.compile(r"<tool_call>(.*?)(?:</tool_call>|\Z)", re.DOTALL)
REFUSAL = re.compile(
    r"\W*(?:i(?:['’]m| am) (?:really |very |so )?(?:sorry|unable|not able)|(?:i['’]m )?sorry\b|(?:unfortunately,? )?i "
    r"(?:can(?:no|['’])t|won['’]t|will not|must decline)|as an ai\b"
    r"|(?:非常|很|十分)?(?:抱歉|对不起)|我(?:不能|无法)|作为(?:一个|一名)?(?:ai|人工智能|语言模型))",
    re.IGNORECASE,
)
ARGUMENTS = ("arguments", "parameters", "input", "function")
WRAPPINGS = 4  # at most, one inside the other


def texts_of(completion: ChatCompletion) -> tuple[str, ...]:
    """The text of the reply: one for each tool call, else one. Thoughts before the answer are left out."""
    choice = completion.choices[0]
    message = choice.message
    if called := tuple(arguments_of(message)):
        return called
    content = answer_in(plain(message.content))
    if content.strip():
        return tuple(TOOL_CALL.findall(content)) or (content,)
    # a thought that was cut off holds only what the model was about to weigh
    thought = "" if choice.finish_reason == "length" else answer_in(plain(thoughts_of(message)))
    return (thought if "{" in thought else message.refusal or "",)


def arguments_of(message: ChatCompletionMessage) -> Iterator[str]:
    for call in message.tool_calls or ():
        if call.type == "function" or hasattr(call, "function"):
            yield as_text(call.function.arguments)
        elif custom := getattr(call, "custom", None):
            yield as_text(custom.input)
    if not message.tool_calls and message.function_call:
        yield as_text(message.function_call.arguments)


def as_text(arguments: Any) -> str:
    return arguments if isinstance(arguments, str) else to_json(arguments).decode()


def plain(content: Any) -> str:
    """Some servers give a list of parts where the format has a string."""
    if isinstance(content, list):
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def thoughts_of(message: ChatCompletionMessage) -> Any:
    return getattr(message, "reasoning_content", None) or getattr(message, "reasoning", None)


def answer_in(text: str) -> str:
    """What follows the model's thoughts. A reply that begins as JSON has none, whatever its strings quote."""
    return text if text.lstrip()[:1] in ("{", "[", '"') else THOUGHT.sub("", text, count=1)


def placed(completion: ChatCompletion, mode: Mode, texts: Sequence[str]) -> ChatCompletion:
    """The completion with its text where instructor looks for it: as it came, if it stands there."""
    message = completion.choices[0].message
    changes: dict[str, Any] = {"tool_calls": None}
    if mode == "tools":
        regular = any(hasattr(call, "function") for call in (message.tool_calls or ())[:1]) or message.function_call
        if regular or "{" not in texts[0]:
            return completion
        # as a function call of the old kind, instructor sends it back without the protocol of tools, which this server
        # may not have
        changes |= {"content": None, "function_call": FunctionCall(name="", arguments=texts[0])}
    elif isinstance(message.content, str) and message.content.strip() and not message.tool_calls:
        return completion
    else:
        changes |= {"content": "\n".join(texts)}
    choice = completion.choices[0].model_copy(update={"message": message.model_copy(update=changes)})
    return completion.model_copy(update={"choices": [choice]})


def refusal_in(completion: ChatCompletion, texts: Sequence[str]) -> str | None:
    """The words of a model or endpoint that will not answer, else `None`."""
    choice = completion.choices[0]
    if choice.finish_reason == "content_filter":
        return "the endpoint's content filter stopped the reply"
    if choice.message.refusal or is_plain_refusal(completion, texts):
        return f"the model refused: {one_line(choice.message.refusal or texts[0])}"
    return None


def is_plain_refusal(completion: ChatCompletion, texts: Sequence[str]) -> bool:
    """Whether the model refuses in prose, where the format has a field for it."""
    choice = completion.choices[0]
    if choice.finish_reason == "content_filter" or choice.message.refusal or len(texts) > 1:
        return False
    return "{" not in texts[0] and REFUSAL.match(texts[0].strip()) is not None


def value_of(texts: Sequence[str], reply: type[BaseModel]) -> Any:
    """The value that a reply means, unwrapped. Raise `NotJson` where there is none."""
    values = [last_of(tuple(unwrapped(value, reply) for value in read_json(text)), reply) for text in texts]
    return values[0] if len(values) == 1 else joined(values, reply)


def last_of(values: Sequence[Any], reply: type[BaseModel]) -> Any:
    """Of several values in one text the last of the right kind: a model that quotes JSON quotes before it answers."""
    fitting = [value for value in values if fits(value, reply)]
    return (fitting or values)[-1]


def fits(value: Any, reply: type[BaseModel]) -> bool:
    return isinstance(value, dict) and not reply.model_fields.keys().isdisjoint(value)


def unwrapped(value: Any, reply: type[BaseModel]) -> Any:
    for _ in range(WRAPPINGS):
        inner = inside(value, reply)
        if inner is None:
            break
        value = inner
    return with_lists(value, reply) if isinstance(value, dict) else value


def inside(value: Any, reply: type[BaseModel]) -> Any:
    """What is wrapped in a value, or `None`."""
    if isinstance(value, str):
        return read_json(value)[-1] if "{" in value else None
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return joined([unwrapped(item, reply) for item in value], reply)
    if not isinstance(value, dict) or fits(value, reply):
        return None
    named = next((value[name] for name in (reply.__name__, *ARGUMENTS) if name in value), None)
    return next(iter(value.values())) if named is None and len(value) == 1 else named


def with_lists(value: dict[str, Any], reply: type[BaseModel]) -> dict[str, Any]:
    """Lists that were written as JSON strings, as lists."""
    lists = {name for name, field in reply.model_fields.items() if get_origin(field.annotation) in (tuple, list)}
    return {name: as_list(item) if name in lists else item for name, item in value.items()}


def as_list(item: Any) -> Any:
    if not isinstance(item, str) or not item.lstrip().startswith("["):
        return item
    try:
        return read_json(item)[-1]
    except NotJson:
        return item


def joined(values: Sequence[Any], reply: type[BaseModel]) -> Any:
    """Several calls as one: their lists one after the other. Where they differ in something else, the last that fits."""
    fitting = [value for value in values if fits(value, reply)]
    whole: dict[str, Any] = {}
    for value in fitting:
        for name, item in value.items():
            if isinstance(item, list) and isinstance(whole.get(name), list):
                whole[name] = whole[name] + [entry for entry in item if entry not in whole[name]]
            elif whole.get(name) in (None, item):
                whole[name] = item
            elif item is not None:
                return fitting[-1]
    return whole or values[-1]
