"""The engine that the settings name."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.engines import Engine
from extractor.engines.offline import OfflineEngine
from extractor.errors import SettingsError
from extractor.llm.reply_modes import remember_parameters, remembered_mode, remembered_parameters
from extractor.settings import Settings

if TYPE_CHECKING:
    import httpx2

    from extractor.llm.client import Client, Endpoint, GivenUp
    from extractor.teaching.nearness import Lessons

    Wrap = Callable[[Endpoint], httpx2.AsyncBaseTransport]


@asynccontextmanager
async def make_engine(
    settings: Settings,
    record: Path | None = None,
    replay: Path | None = None,
    wrap: "Wrap | None" = None,
    lessons: "Lessons | None" = None,
    given_up: "GivenUp | None" = None,
) -> AsyncIterator[Engine]:
    """`wrap` gives the transport that requests go through, else they go straight to the network.

    What is remembered of an endpoint is not used where its answers are recorded: a replay begins without it too.
    """
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
    if replay is None and record is None:
        endpoint = knowing(endpoint)
    transport: httpx2.AsyncBaseTransport | None = wrap(endpoint) if wrap else None
    if record:
        transport = Recorder(record, key=endpoint.api_key, inner=transport)
    if replay:
        transport = Replayer(replay)
    async with Client(endpoint, transport=transport, given_up=given_up) as client:
        yield ModelEngine(client, lessons)
        if replay is None:
            remember(client)


def knowing(endpoint: "Endpoint") -> "Endpoint":
    """With what is remembered of it."""
    likely = remembered_mode(endpoint.base_url, endpoint.model)
    return replace(endpoint, likely=likely, renamed=remembered_parameters(endpoint.base_url, endpoint.model))


def remember(client: "Client") -> None:
    """Parameters that the endpoint refused are not sent again; where this cannot be written down, they are found again."""
    endpoint = client.endpoint
    if client.answered and client.renamed != endpoint.renamed:
        with suppress(OSError):
            remember_parameters(endpoint.base_url, endpoint.model, client.renamed)


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
        temperature=settings.temperature,
        extra=settings.extra,
    )
