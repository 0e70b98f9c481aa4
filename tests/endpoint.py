"""A real OpenAI-compatible endpoint on 127.0.0.1 that gives the answers of its script, one a request."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

Body = dict[str, Any]


class Scripted(NamedTuple):
    status: int
    payload: Any
    headers: dict[str, str] | None = None


Step = Scripted | Callable[[Body], Scripted]


def completion(message: Body, finish: str = "stop") -> Scripted:
    choice = {"index": 0, "message": {"role": "assistant", "content": None} | message, "finish_reason": finish}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    reply = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "small", "choices": [choice]}
    return Scripted(200, reply | {"usage": usage})


def called(arguments: Any, finish: str = "tool_calls") -> Callable[[Body], Scripted]:
    """Call the tool that the request forces; a string stands as it is, valid JSON or not."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)

    def step(body: Body) -> Scripted:
        function = {"name": body["tool_choice"]["function"]["name"], "arguments": text}
        return completion({"tool_calls": [{"id": "call_1", "type": "function", "function": function}]}, finish)

    return step


def called_twice(*arguments: Any) -> Callable[[Body], Scripted]:
    """Call the tool once for each of the arguments."""

    def step(body: Body) -> Scripted:
        name = body["tool_choice"]["function"]["name"]
        texts = [json.dumps(item, ensure_ascii=False) for item in arguments]
        calls = [
            {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": text}}
            for number, text in enumerate(texts)
        ]
        return completion({"tool_calls": calls}, "tool_calls")

    return step


def streamed(*deltas: Body, finish: str | None = "stop", done: bool = True) -> Scripted:
    """A stream of events, though none was asked for."""
    choices = [{"index": 0, "delta": delta, "finish_reason": None} for delta in deltas]
    choices += [{"index": 0, "delta": {}, "finish_reason": finish}] if finish else []
    events = [json.dumps({"id": "1", "object": "chat.completion.chunk", "choices": [choice]}) for choice in choices]
    events.append(
        json.dumps({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}})
    )
    text = "".join(f"data: {event}\n\n" for event in (*events, *(["[DONE]"] if done else [])))
    return Scripted(200, text.encode(), {"Content-Type": "text/event-stream"})


def said(text: str, finish: str = "stop") -> Scripted:
    return completion({"content": text}, finish)


def refused(status: int, message: str = "no", **headers: str) -> Scripted:
    error = {"error": {"message": message, "type": "error", "code": None}}
    return Scripted(status, error, {name.replace("_", "-"): value for name, value in headers.items()})


class ScriptedEndpoint:
    def __init__(self, url: str, script: list[Step]) -> None:
        self.url = url
        self.script = script
        self.bodies: list[Body] = []
        self.keys: list[str] = []

    def answer(self, body: Body, key: str) -> Scripted:
        step = self.script[len(self.bodies)] if len(self.bodies) < len(self.script) else refused(418, "script ended")
        self.bodies.append(body)
        self.keys.append(key)
        return step if isinstance(step, Scripted) else step(body)


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler], port: int = 0) -> Iterator[str]:
    """Serve on a port of this machine, else on a free one; gives the base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving(*script: Step, models: int = 200, port: int = 0) -> Iterator[ScriptedEndpoint]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.give(Scripted(models, {"object": "list", "data": []}))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.give(endpoint.answer(body, self.headers["Authorization"]))

        def give(self, step: Scripted) -> None:
            data = step.payload if isinstance(step.payload, bytes) else json.dumps(step.payload).encode()
            self.send_response(step.status)
            for name, value in (
                {"Content-Type": "application/json", "Content-Length": str(len(data))} | (step.headers or {})
            ).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    with listening(Handler, port) as url:
        endpoint = ScriptedEndpoint(url, list(script))
        yield endpoint
