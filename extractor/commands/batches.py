"""`extract --batch`: the jobs of a run, from one pass over its documents to the next."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import openai

from extractor.commands.talk import say
from extractor.errors import EndpointError
from extractor.llm.client import Endpoint
from extractor.runs.batch import BatchService, Collector
from extractor.runs.gate import Gate
from extractor.runs.keeping import StoredRun
from extractor.runs.network import trust
from extractor.runs.tally import Tally
from extractor.store import requests


@dataclass(frozen=True, slots=True)
class Batches:
    collector: Collector
    service: BatchService

    async def answered(self) -> bool:
        """Submit what the last pass put down and wait for it; false where it put down nothing."""
        if not self.collector.parts:
            return False
        await self.service.submit_all(self.collector)
        if not await self.service.collect():
            raise EndpointError("the batch jobs brought no reply at all")
        self.collector.empty()
        return True


@asynccontextmanager
async def open_batches(
    endpoint: Endpoint, poll: float, gate: Gate, tally: Tally, stored: StoredRun
) -> AsyncIterator[Batches]:
    def failures(asked: str) -> list[str]:
        return list(stored.store.read(lambda connection: requests.failures(connection, asked, stored.id)))

    http = httpx2.AsyncClient(verify=trust())
    key = endpoint.api_key.get_secret_value() or "none"
    with TemporaryDirectory() as folder:
        async with openai.AsyncOpenAI(base_url=endpoint.base_url, api_key=key, http_client=http) as client:
            service = BatchService(client, stored.store, stored.id, tally, gate, poll=poll, say=say)
            yield Batches(Collector(Path(folder), failures), service)
