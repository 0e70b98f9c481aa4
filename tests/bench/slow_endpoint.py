"""An endpoint that answers each figure of its chunk with a metric, after a pause. It costs as little CPU as can be."""

import asyncio
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TextIO

SHOWN = re.compile(r"<(f\d+)>([^<]*)</")
# figures that no word of comparison stands beside: the others would have to be answered with it
PLAIN = re.compile(
    r"(?<![超过于破前近约足到达高低])<(f\d+)>(\d+(?:\.\d+)?[^\d<>多余几-]*)</f\d+>(?![以左余多内之个]|\[)"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Endpoint(asyncio.Protocol):
    latency = 0.2
    log: TextIO | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(re.search(rb"(?i)content-length: *(\d+)", head)[1])  # type: ignore[index]
        if len(body) >= length:
            self.received = b""
            self.note(body)
            asyncio.get_running_loop().call_later(self.latency, self.reply, body)

    def note(self, body: bytes) -> None:
        if self.log:
            text = json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":"))
            port = self.transport.get_extra_info("sockname")[1]
            self.log.write(hashlib.sha256(f"http://127.0.0.1:{port}/v1\n{text}".encode()).hexdigest() + "\n")

    def reply(self, body: bytes) -> None:
        if not self.transport.is_closing():
            data = answer(json.loads(body))
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
            self.transport.write(head.encode() + data)


def answer(body: dict[str, object]) -> bytes:
    text = body["messages"][1]["content"]  # type: ignore[index]
    arguments = json.dumps(draft(text), ensure_ascii=False)
    call = {"id": "call_1", "type": "function", "function": {"name": "ChunkDraft", "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    usage = {"prompt_tokens": len(text), "completion_tokens": len(arguments) // 2, "total_tokens": 0}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    reply = {"id": "1", "object": "chat.completion", "created": 1, "model": "small", "choices": [choice]}
    return json.dumps(reply | {"usage": usage}, ensure_ascii=False).encode()


def draft(text: str) -> dict[str, object]:
    """Half of the figures are metrics as they stand, the others context: about what a model says of such a text."""
    shown = SHOWN.findall(text)
    plain = PLAIN.findall(text)
    metrics = [metric(tag, words) for tag, words in plain[::2]]
    taken = {item["figure"] for item in metrics}
    others = [tag for tag, _ in shown if tag not in taken]
    return {"metrics": metrics, "others": [{"figures": others, "role": "context"}] if others else []}


def metric(tag: str, words: str) -> dict[str, object]:
    number = NUMBER.match(words)
    assert number
    return {
        "figure": tag, "name": f"指标{tag}", "value": float(number[0]), "unit": words[number.end() :], "comparator": "=",
        "measure": "level", "status": "actual",
    }  # fmt: skip


async def main() -> None:
    """`slow_endpoint.py SECONDS [LOG]`: says its port on stdout; LOG gets one line a request, the hash that the store knows it by."""
    Endpoint.latency = float(sys.argv[1])
    Endpoint.log = Path(sys.argv[2]).open("a", buffering=1) if sys.argv[2:] else None  # noqa: SIM115, ASYNC230
    server = await asyncio.get_running_loop().create_server(Endpoint, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
