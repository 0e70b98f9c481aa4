"""OpenAI's batch endpoints on 127.0.0.1: files, batches and their contents, with jobs that take a few looks to end."""

import email.parser
import email.policy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.endpoint import Body, Scripted, listening

Answer = Callable[[Body], Scripted]


class BatchEndpoint:
    """`looks` is how often a job is looked at before it has ended; `jobs` holds the bodies that each was sent with."""

    def __init__(self, url: str, answer: Answer, looks: int) -> None:
        self.url = url
        self.answer = answer
        self.looks = looks
        self.end = "completed"
        self.jobs: list[list[Body]] = []
        self.refuse = 0
        self._files: dict[str, bytes] = {}
        self._batches: dict[str, Body] = {}
        self._looked: dict[str, int] = {}

    def upload(self, content_type: str, data: bytes) -> Body:
        head = f"Content-Type: {content_type}\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + data)
        parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
        assert parts["purpose"].get_content().strip() == "batch"
        return self._keep(parts["file"].get_payload(decode=True))

    def _keep(self, data: bytes) -> Body:
        name = f"file-{len(self._files)}"
        self._files[name] = data
        return {"id": name, "object": "file", "bytes": len(data), "created_at": 1, "filename": name, "purpose": "batch", "status": "processed"}  # fmt: skip

    def content(self, name: str) -> bytes:
        return self._files[name]

    def create(self, body: Body) -> Scripted:
        if self.refuse:
            self.refuse -= 1
            return Scripted(400, {"error": {"message": "no batches today", "type": "x", "code": None}})
        lines = [json.loads(line) for line in self._files[body["input_file_id"]].splitlines()]
        self.jobs.append([line["body"] for line in lines])
        name = f"batch_{len(self._batches)}"
        self._looked[name] = 0
        self._batches[name] = {
            "id": name, "object": "batch", "endpoint": body["endpoint"], "input_file_id": body["input_file_id"],
            "completion_window": body["completion_window"], "created_at": 1, "status": "in_progress",
            "metadata": body.get("metadata"), "output_file_id": None, "error_file_id": None,
        }  # fmt: skip
        return Scripted(200, self._batches[name])

    def look(self, name: str) -> Body:
        batch = self._batches[name]
        self._looked[name] += 1
        if self._looked[name] > self.looks and batch["status"] == "in_progress":
            batch["status"] = self.end
            self._answer(batch)
        return batch

    def listed(self) -> Body:
        return {"object": "list", "data": list(self._batches.values()), "has_more": False}

    def _answer(self, batch: Body) -> None:
        good, bad = [], []
        for line in map(json.loads, self._files[batch["input_file_id"]].splitlines()):
            reply = self.answer(line["body"])
            said = {"status_code": reply.status, "request_id": "r", "body": reply.payload}
            row = {"id": "x", "custom_id": line["custom_id"], "response": said, "error": None}
            (good if reply.status == 200 else bad).append(json.dumps(row, ensure_ascii=False))
        for rows, field in ((good, "output_file_id"), (bad, "error_file_id")):
            if rows and self.end == "completed":
                batch[field] = self._keep("\n".join(reversed(rows)).encode())["id"]


@contextmanager
def batching(answer: Answer, *, looks: int = 2) -> Iterator[BatchEndpoint]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0].removeprefix("/v1")
            if path.startswith("/files/"):
                return self.give(200, endpoint.content(path.split("/")[2]))
            body = endpoint.listed() if path == "/batches" else endpoint.look(path.split("/")[2])
            return self.give(200, json.dumps(body).encode())

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("/files"):
                body = endpoint.upload(self.headers["Content-Type"], data)
                return self.give(200, json.dumps(body).encode())
            assert self.path.endswith("/batches"), "a batch run sends nothing directly"
            step = endpoint.create(json.loads(data))
            return self.give(step.status, json.dumps(step.payload).encode())

        def give(self, status: int, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    with listening(Handler) as url:
        endpoint = BatchEndpoint(url, answer, looks)
        yield endpoint
