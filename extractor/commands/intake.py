"""A document that comes in while the pages are open: a run of its own in the store that they show."""

import asyncio

from extractor.commands.session import Options, open_session
from extractor.errors import RunStopped, SettingsError
from extractor.reading import Source
from extractor.runs.documents import Left
from extractor.settings import Settings
from extractor.store import Store


def take_in(store: Store, source: Source, settings: Settings, engine: str) -> None:
    """Extract it and keep document and result. What it costs and where it stops is as with `extract`."""
    if engine == "model" and settings.model is None:
        raise SettingsError("no model is configured: start the server with POLICY_TARGETS_MODEL, or ask for offline")
    asyncio.run(run(store, source, settings.model_copy(update={"engine": engine, "jobs": 1})))


async def run(store: Store, source: Source, settings: Settings) -> None:
    # two documents of one name are two commands: neither goes on with what the other left
    named = f"{source.name} ({source.id[7:19]})"
    async with open_session([named], settings, Options(), store) as session:
        outcome = await session.documents.work(source)
        assert session.stored is not None
        session.stored.end(session.gate, left=int(isinstance(outcome, Left)))
        if isinstance(outcome, Left):
            raise RunStopped(f"the run was stopped: {session.gate.reason}")
