"""What a model's tokens cost: a table that comes along, and what the user adds to it."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field


class Price(BaseModel):
    """Per million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    currency: str = "USD"

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        return (prompt_tokens * self.input + completion_tokens * self.output) / 1_000_000


@cache
def listed() -> Mapping[str, Price]:
    table = files("extractor.llm").joinpath("prices.tsv").read_text("utf8").splitlines()
    rows = csv.DictReader((line for line in table if not line.startswith("#")), delimiter="\t")
    return {
        row["model"]: Price(input=float(row["input"]), output=float(row["output"]), currency=row["currency"])
        for row in rows
    }


def price_of(model: str | None, own: Mapping[str, Price]) -> Price | None:
    """The user's price first; a dated name (`gpt-4o-2024-11-20`) has the price of the name that it begins with."""
    if model is None:
        return None
    for table in (own, listed()):
        if model in table:
            return table[model]
    names = [name for name in listed() if model.startswith(f"{name}-20")]
    return listed()[max(names, key=len)] if names else None
