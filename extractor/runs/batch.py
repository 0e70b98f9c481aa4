"""A provider's batch service: requests leave as a file and come back within days, at a lower price.

The run goes over its documents as ever. What the store cannot answer is put down in place of being sent, and the
document waits. The job's replies go into the store; then the run goes over its documents again, and so on until none
waits: re-asks and requests that fill gaps make a second, smaller job.
"""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import openai
from sqlalchemy import Connection

from extractor.errors import AwaitsBatch, EndpointError
from extractor.llm.endpoint_errors import one_line, said
from extractor.llm.tokens import approximate
from extractor.runs.cached import describe, judged
from extractor.runs.gate import Expected, Gate
from extractor.runs.sending import Forecast, Sent, usage_of
from extractor.runs.tally import Tally
from extractor.store import Store, batches, requests
from extractor.store.batches import Batch
from extractor.store.requests import Answered, Asked

MOST_REQUESTS = 50_000  # of a job, by OpenAI's rules
MOST_BYTES = 180 * 2**20  # their limit is 200 MB
TRIES = 2  # jobs that may fail on one request
ENDED = ("completed", "failed", "expired", "cancelled")


@dataclass(slots=True)
class Part:
    """One job's file, as it is written."""

    path: Path
    asked: list[Asked] = field(default_factory=list)
    size: int = 0


class Collector:
    """Stands in the sender's place: writes each request down, once, and answers none."""

    def __init__(self, folder: Path, failures: Callable[[str], Sequence[str]]) -> None:
        self.inner: httpx2.AsyncBaseTransport = httpx2.AsyncHTTPTransport()
        self.parts: list[Part] = []
        self.expected = Expected(0, 0)
        self._folder = folder
        self._failures = failures
        self._forecast = Forecast()
        self._seen: set[str] = set()

    def empty(self) -> None:
        """Begin anew, for the next pass over the documents."""
        for part in self.parts:
            part.path.unlink()
        self.parts, self._seen, self.expected = [], set(), Expected(0, 0)

    async def send(self, request: httpx2.Request, body: dict[str, Any]) -> Sent:
        asked = describe(request, body)
        failed = self._failures(asked.hash)
        if len(failed) >= TRIES:  # another job would bring nothing else
            error = {"error": {"message": f"{TRIES} batch jobs failed on it: {failed[-1]}"}}
            return Sent(httpx2.Response(400, json=error), 0, 0, (0, 0))
        if asked.hash not in self._seen:
            self._seen.add(asked.hash)
            self._write(asked, body)
        raise AwaitsBatch("the request waits for a batch job")

    def _write(self, asked: Asked, body: dict[str, Any]) -> None:
        line = {"custom_id": asked.hash, "method": "POST", "url": "/v1/chat/completions", "body": body}
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        if not self.parts or len(self.parts[-1].asked) == MOST_REQUESTS or self.parts[-1].size + len(data) > MOST_BYTES:
            self.parts.append(Part(self._folder / f"{len(self.parts)}.jsonl"))
        part = self.parts[-1]
        part.asked.append(asked)
        part.size += len(data)
        self.expected += self._forecast.of(body, approximate(data.decode()))
        with part.path.open("ab") as file:
            file.write(data)


class BatchService:
    """Submits jobs, waits for them, brings their replies home. What is known of a job is in the store before it is sent."""

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        store: Store,
        run: int,
        tally: Tally,
        gate: Gate,
        *,
        poll: float,
        say: Callable[[str], None],
    ) -> None:
        self._client = client
        self._store = store
        self._run = run
        self._tally = tally
        self._gate = gate
        self._poll = poll
        self._say = say

    async def submit_all(self, collector: Collector) -> None:
        """Raise `RunStopped` where the jobs together could pass the budget."""
        await self._gate.enter(collector.expected)
        try:
            for part in collector.parts:
                await self.submit(part)
        finally:
            await self._gate.leave(collector.expected, (0, 0))

    async def submit(self, part: Part) -> None:
        """The mark is stored first: killed between sending and storing, the job is found again by it."""
        mark = token_hex(8)
        batch = await self._store.write(lambda connection: batches.add(connection, self._run, mark, part.asked))
        try:
            file = await self._client.files.create(file=part.path, purpose="batch")
            job = await self._client.batches.create(
                input_file_id=file.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={"policy-targets": mark},
            )
        except openai.APIError as error:
            await self._store.write(lambda connection: batches.set_state(connection, batch, "refused"))
            raise EndpointError(f"the batch was refused: {one_line(said(error))}") from error
        await self._store.write(lambda connection: batches.submitted(connection, batch, job.id))
        self._say(f"batch {job.id}: {len(part.asked):,} requests are submitted")

    async def collect(self) -> int:
        """Wait for all jobs of the run and store their replies; how many there were. A shut gate ends the waiting."""
        number = 0
        while open_ones := self._store.read(lambda connection: batches.unfinished(connection, self._run)):
            for batch in open_ones:
                number += await self._look(batch)
            if self._store.read(lambda connection: batches.unfinished(connection, self._run)):
                self._gate.still_open()
                await self._gate.pause(self._poll)
        return number

    async def _look(self, batch: Batch) -> int:
        remote = batch.remote or await self._by_mark(batch)
        if remote is None:  # killed before it was sent: its requests are still to be asked
            await self._store.write(lambda connection: batches.set_state(connection, batch.id, "never sent"))
            return 0
        job = await self._client.batches.retrieve(remote)
        if job.status not in ENDED:
            return 0
        number = 0
        for file in (job.output_file_id, job.error_file_id):
            if file:
                number += await self._bring_home(batch, file)
        await self._store.write(lambda connection: batches.set_state(connection, batch.id, job.status))
        why = "; ".join(one_line(error.message) for error in (job.errors.data or ())) if job.errors else ""
        self._say(f"batch {remote}: {job.status}, {number:,} replies{': ' + why if why else ''}")
        return number

    async def _by_mark(self, batch: Batch) -> str | None:
        async for job in self._client.batches.list():
            if (job.metadata or {}).get("policy-targets") == batch.mark:
                return await self._found(batch, job.id)
        return None

    async def _found(self, batch: Batch, remote: str) -> str:
        await self._store.write(lambda connection: batches.submitted(connection, batch.id, remote))
        return remote

    async def _bring_home(self, batch: Batch, file: str) -> int:
        asked = self._store.read(lambda connection: batches.asked(connection, batch.id))
        number = 0
        async for line in self._lines(file):
            reply = json.loads(line)
            if reply.get("custom_id") in asked:
                await self._keep(asked[reply["custom_id"]], reply)
                number += 1
        return number

    async def _lines(self, file: str) -> AsyncIterator[str]:
        with TemporaryDirectory() as folder:
            target = Path(folder) / "replies.jsonl"
            async with self._client.files.with_streaming_response.content(file) as response:
                await response.stream_to_file(target)
            with target.open(encoding="utf8") as lines:
                for line in lines:
                    if line.strip():
                        yield line

    async def _keep(self, asked: Asked, reply: dict[str, Any]) -> None:
        response = reply.get("response") or {}
        status, body = response.get("status_code"), response.get("body")
        text = json.dumps(body, ensure_ascii=False)
        used = usage_of(text)
        error, rejected = judged(status or 0, text)
        answered = Answered(
            status=status,
            reply=None if error else text,
            rejected=rejected,
            error=one_line(reply.get("error") or error) if error else None,
            prompt_tokens=used[0],
            completion_tokens=used[1],
            seconds=0,
            retries=0,
        )

        def write(connection: Connection) -> None:
            # killed half-way through a file, the first half is there already
            if requests.find(connection, asked.hash, self._run, refresh=True) is None:
                requests.keep(connection, self._run, asked, answered)

        await self._store.write(write)
        self._tally.sent += 1
        self._tally.paid(*used)
        self._gate.paid(used)
