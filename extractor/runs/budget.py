"""`--budget`: «200000», «200k», «1.5m tokens», «5 USD», «$5», «¥20»."""

import re

from extractor.errors import SettingsError
from extractor.llm.prices import Price
from extractor.runs.gate import Budget

SAID = re.compile(
    r"(?P<sign>[$€¥\uffe5]?)\s*(?P<number>\d[\d_,]*(?:\.\d+)?)\s*(?P<scale>[km]?)\s*(?P<unit>[a-z]*)", re.IGNORECASE
)
SIGNS = {"$": "USD", "€": "EUR", "¥": "CNY", "\uffe5": "CNY"}
SCALES = {"": 1, "k": 1_000, "m": 1_000_000}


def read_budget(said: str | None, price: Price | None, model: str | None) -> Budget | None:
    """Money needs a price, in the same currency: what cannot be counted cannot be kept."""
    if said is None:
        return None
    match = SAID.fullmatch(said.strip())
    if match is None:
        raise SettingsError(f"--budget {said!r}: write tokens (200k) or money (5 USD)")
    limit = float(re.sub(r"[_,]", "", match["number"])) * SCALES[match["scale"].lower()]
    unit = SIGNS.get(match["sign"]) or match["unit"].upper()
    if unit in ("", "TOKEN", "TOKENS"):
        return Budget(limit)
    if price is None:
        raise SettingsError(
            f"--budget {said}: the price of {model} is not known; add it under [prices] in policy-targets.toml"
        )
    if price.currency != unit:
        raise SettingsError(f"--budget {said}: the price of {model} is in {price.currency}")
    return Budget(limit, price)
