"""A reply that came as a stream of events though none was asked for: some proxies always stream."""

from collections.abc import Iterator
from typing import Any

import httpx2
from pydantic_core import from_json, to_json


def unstreamed(response: httpx2.Response) -> httpx2.Response:
    """The same response with the pieces of its stream put together; any other one as it came. Its body has been read."""
    if not response.is_success or not response.content[:99].lstrip().startswith((b"data:", b"event:", b":")):
        return response
    reply = put_together(tuple(events(response.text)), ended="[DONE]" in response.text)
    if reply is None:
        return response
    return httpx2.Response(response.status_code, headers={"content-type": "application/json"}, content=to_json(reply))


def events(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        if line.startswith("data:"):
            try:
                event = from_json(line.removeprefix("data:"))
            except ValueError:  # `[DONE]`, or a line that was cut
                continue
            if isinstance(event, dict):
                yield event


def put_together(found: tuple[dict[str, Any], ...], *, ended: bool) -> dict[str, Any] | None:
    """One completion, `None` where there are no events. A stream without its end was cut off."""
    if not found:
        return None
    if error := next((event["error"] for event in found if event.get("error")), None):
        return {"error": error}
    if not any(event.get("choices") for event in found):
        return {"choices": []}
    message: dict[str, Any] = {"role": "assistant", "content": None}
    calls: dict[int, dict[str, Any]] = {}
    finish, usage = "stop" if ended else "length", None
    for event in found:
        usage = event.get("usage") or usage
        for choice in event.get("choices") or ():
            if choice.get("index", 0) != 0:
                continue
            finish = choice.get("finish_reason") or finish
            add(message, calls, choice.get("delta") or choice.get("message") or {})
    if calls:
        message["tool_calls"] = [calls[index] for index in sorted(calls)]
    about = {name: found[0].get(name) for name in ("id", "created", "model")}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    return about | {"object": "chat.completion", "choices": choices, "usage": usage}


def add(message: dict[str, Any], calls: dict[int, dict[str, Any]], delta: dict[str, Any]) -> None:
    for name in ("content", "reasoning_content", "reasoning", "refusal"):
        if isinstance(delta.get(name), str):
            message[name] = (message.get(name) or "") + delta[name]
    for number, piece in enumerate(delta.get("tool_calls") or ()):
        function = piece.get("function") or {}
        call = calls.setdefault(
            piece.get("index", number), {"id": "", "type": "function", "function": {"name": "", "arguments": ""}}
        )
        call["id"] = piece.get("id") or call["id"]
        for name in ("name", "arguments"):
            call["function"][name] += function.get(name) or ""
