"""What a client is told of the endpoint that it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from extractor.llm.redaction import without_key
from extractor.llm.reply_modes import Mode, Renamed


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`mode=None` finds the first mode that works: `likely`, where it is known, then those of `LADDER`.

    `tries` counts requests, `reasks` replies sent back. `extra` is put into the body of every request as it is;
    `renamed` are the parameters that the endpoint is known to refuse, with the name that it takes instead, if any.
    """

    base_url: str | None
    model: str
    api_key: SecretStr = field(repr=False)
    mode: Mode | None = None
    likely: Mode | None = None
    timeout: float = 120
    tries: int = 4
    reasks: int = 1
    concurrency: int = 4
    max_tokens: int | None = None
    temperature: float = 0
    extra: Mapping[str, Any] = field(default_factory=dict)
    renamed: Renamed = field(default_factory=dict)

    def without_key(self, text: str) -> str:
        return without_key(self.api_key, text)
