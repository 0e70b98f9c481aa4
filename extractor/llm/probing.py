"""Which reply modes an endpoint takes."""

import asyncio
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel

from extractor.errors import ModelError
from extractor.llm.client import Client, Endpoint
from extractor.llm.reply_modes import LADDER, Mode

PROBE = "Give two records: figure f1 with measure level, figure f2 with measure growth."


async def probe(endpoint: Endpoint) -> list[tuple[Mode, str]]:
    """Try each mode with one tiny request: "ok" or the reason. Raise `EndpointError` where no mode can be tried."""
    one_try = replace(endpoint, tries=1, reasks=0)
    async with Client(one_try) as client:
        await client.reach()
    return list(await asyncio.gather(*(_probe(replace(one_try, mode=mode), mode) for mode in LADDER)))


async def _probe(endpoint: Endpoint, mode: Mode) -> tuple[Mode, str]:
    async with Client(endpoint) as client:
        try:
            await client.ask([{"role": "user", "content": PROBE}], _Probe)
        except ModelError as error:
            return mode, str(error)
    return mode, "ok"


class _ProbeRecord(BaseModel):
    figure: str
    measure: Literal["level", "growth"]


class _Probe(BaseModel):
    """Records in a list with a choice among words: small, but of the shape that extractions have."""

    records: list[_ProbeRecord]
