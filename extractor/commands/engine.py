"""The engine that the settings name."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.engines import Engine
from extractor.engines.offline import OfflineEngine
from extractor.errors import SettingsError
from extractor.llm.reply_modes import remembered_mode
from extractor.settings import Settings

if TYPE_CHECKING:
    import httpx2

    from extractor.llm.client import Endpoint
    from extractor.teaching.nearness import Lessons

    Wrap = Callable[[Endpoint], httpx2.AsyncBaseTransport]


@asynccontextmanager
async def make_engine(
    settings: Settings,
    record: Path | None = None,
    replay: Path | None = None,
    wrap: "Wrap | None" = None,
    lessons: "Lessons | None" = None,
) -> AsyncIterator[Engine]:
    """`wrap` gives the transport that requests go through, else they go straight to the network."""
    if settings.chosen == "offline":
        if record or replay:
            raise SettingsError("--record and --replay need a model: name it with --model")
        yield OfflineEngine()
        return
    # the client libraries take a second to import: only a run with a model pays for them
    from extractor.engines.model import ModelEngine
    from extractor.llm.client import Client
    from extractor.llm.replay import Recorder, Replayer

    endpoint = endpoint_of(settings, needs_key=replay is None)
    if replay is None:
        endpoint = replace(endpoint, likely=remembered_mode(endpoint.base_url, endpoint.model))
    transport: httpx2.AsyncBaseTransport | None = wrap(endpoint) if wrap else None
    if record:
        transport = Recorder(record, key=endpoint.api_key, inner=transport)
    if replay:
        transport = Replayer(replay)
    async with Client(endpoint, transport=transport) as client:
        yield ModelEngine(client, lessons)


def endpoint_of(settings: Settings, *, needs_key: bool = True) -> "Endpoint":
    from pydantic import SecretStr

    from extractor.llm.client import Endpoint

    if settings.model is None:
        raise SettingsError("name a model with --model")
    if settings.api_key is None and settings.base_url is None and needs_key:
        raise SettingsError("set OPENAI_API_KEY, or name a local endpoint with --base-url")
    return Endpoint(
        base_url=settings.base_url,
        model=settings.model,
        api_key=settings.api_key or SecretStr("none"),
        mode=settings.mode,
        timeout=settings.timeout,
        tries=settings.tries,
        reasks=settings.reasks,
        concurrency=settings.concurrency,
        max_tokens=settings.max_tokens,
    )
