"""JSON as language models write it: in a fence, among prose, with a comma too many.

A repair adds or takes marks (quotes, commas, brackets) and leaves what stands between them: where the words and numbers
of the repaired value are not those of the text, in their order, there is no repair. What is not closed was perhaps cut
off, and is not repaired either.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic_core import from_json

FENCE = re.compile(r"```(?:json\w*)?\s*\n?(.*?)```", re.DOTALL | re.IGNORECASE)
# a brace in prose is followed by neither a quote nor a name with a colon
OPENING = re.compile(r"[{\[](?=\s*(?:[\"'“{\[}\]]|[A-Za-z_]\w*\s*:|\Z))")
GOES_ON = re.compile(r"\s*[,\]}\"]")  # after a whole value: it was the beginning of a larger one
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}\[\]]', re.DOTALL)
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
MARKS = re.compile(r"[\s\"'“”‘’`{}\[\],:，：\\]+")

_decoder = json.JSONDecoder(strict=False)  # line breaks inside a string are no reason to refuse it


class NotJson(ValueError):
    """No JSON, or none that can be told without changing what it says."""


class Unclosed(NotJson):
    """It ends before its brackets do."""


def read_json(text: str) -> tuple[Any, ...]:
    """The outermost values that a text holds, in their order; one where it is JSON as it stands.

    Raise `NotJson` where it holds none.
    """
    try:
        return (from_json(text),)
    except ValueError:
        pass
    fenced = FENCE.findall(text)
    for part in (*fenced[-1:], text):
        if found := tuple(objects(part)):
            return found
    raise NotJson("the reply holds no JSON")


def objects(text: str) -> Iterator[Any]:
    """From the first broken one on, the rest of the text is one object that needs repair."""
    end = 0
    while opening := OPENING.search(text, end):
        try:
            value, end = _decoder.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            yield repaired(text[opening.start() :])
            return
        if GOES_ON.match(text, end):
            raise NotJson("the reply is no JSON: a bracket closes too early")
        yield value


def repaired(text: str) -> Any:
    from json_repair import loads  # noqa: PLC0415 - most runs need no repair

    text = text[: max(text.rfind("}"), text.rfind("]")) + 1]
    if (depth := depth_at_end(text)) > 0 or not text:
        raise Unclosed("the reply ends before its brackets do")
    if depth < 0:
        raise NotJson("the reply is no JSON: a bracket closes too early")
    try:
        value = loads(text, skip_json_loads=True)
        same = essence(without_escapes(text)) == essence("\n".join(spoken(value)))
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise NotJson("the reply is no JSON") from error
    if not same:
        raise NotJson("the reply is no JSON, and a repair would change what it says")
    return value


def depth_at_end(text: str) -> int:
    """How many brackets are open."""
    return sum({"{": 1, "[": 1, "}": -1, "]": -1}.get(token, 0) for token in TOKEN.findall(text))


def spoken(value: Any) -> Iterator[str]:
    """The keys, words and numbers of a value, in their order."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from spoken(item)
    elif isinstance(value, list):
        for item in value:
            yield from spoken(item)
    else:
        yield value if isinstance(value, str) else json.dumps(value)


def without_escapes(text: str) -> str:
    """An escaped character is read as itself, an escaped n as a line break."""

    def character(escape: re.Match[str]) -> str:
        name = escape[1]
        return chr(int(name[1:], 16)) if len(name) > 1 else {"n": "\n", "t": "\t", "r": "\r"}.get(name, name)

    halves = ESCAPE.sub(character, text)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def essence(text: str) -> str:
    """What a text says: one bar where marks stood, numbers by value, null and the truth as JSON has them."""
    numbered = NUMBER.sub(by_value, text)
    return MARKS.sub("|", re.sub(r"\bnone\b", "null", numbered.casefold())).strip("|")


def by_value(number: re.Match[str]) -> str:
    """`1e2` and `100.0` are one number; a whole one is compared digit by digit, however long."""
    digits = number[0]
    return digits.lstrip("0") or "0" if digits.isdigit() else str(Decimal(digits).normalize())
