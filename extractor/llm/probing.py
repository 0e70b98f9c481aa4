"""Which reply modes an endpoint takes: each is asked as a run asks its first request, and judged alike."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from pydantic import BaseModel

from extractor.errors import ModelError, Unavailable
from extractor.llm.client import Client, Endpoint
from extractor.llm.reply_modes import LADDER, Mode, Renamed
from extractor.llm.verdict import Verdict, verdict

PROBE = "Give two records: figure f1 with measure level, figure f2 with measure growth."


@dataclass(frozen=True, slots=True)
class Probed:
    """`reason` is what went wrong, if anything; `renamed` are the parameters that the endpoint refused meanwhile."""

    mode: Mode
    verdict: Verdict
    reason: str
    renamed: Renamed


async def probe(endpoint: Endpoint) -> list[Probed]:
    """Try each mode with one tiny request. Raise `EndpointError` where no mode can be tried."""
    async with Client(endpoint) as client:
        await client.reach()
    return list(await asyncio.gather(*(_probe(replace(endpoint, mode=mode), mode) for mode in LADDER)))


async def _probe(endpoint: Endpoint, mode: Mode) -> Probed:
    async with Client(endpoint) as client:
        try:
            await client.ask([{"role": "user", "content": PROBE}], _Probe)
        except Unavailable:
            raise
        except ModelError as error:
            return Probed(mode, verdict(error), str(error), client.renamed)
        return Probed(mode, "works", "", client.renamed)


def working(found: Sequence[Probed]) -> list[Mode]:
    """The modes that a run could come to, the one that it takes first."""
    refused = list(takewhile(lambda probed: probed.verdict == "refused", found))
    if len(refused) < len(found) and found[len(refused)].verdict == "ends":
        return []
    return [probed.mode for probed in found if probed.verdict == "works"]


class _ProbeRecord(BaseModel):
    figure: str
    measure: Literal["level", "growth"]


class _Probe(BaseModel):
    """Records in a list with a choice among words: small, but of the shape that extractions have."""

    records: list[_ProbeRecord]
