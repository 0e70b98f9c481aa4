"""What every model of the contract is made of: frozen values, spans into the raw text, numbers that stay exact."""

from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema, model_validator


class Value(BaseModel):
    """A frozen record that refuses fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@lru_cache(maxsize=1024)  # the same few numbers again and again
def as_json_number(value: Decimal) -> int | float:
    """Write whole numbers without a decimal point; a float's shortest form is the decimal that was read."""
    whole = int(value)
    return whole if value == whole else float(value)


Number = Annotated[
    Decimal,
    PlainSerializer(as_json_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""An exact decimal in Python, a plain number in JSON."""

IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""`YYYY-MM-DD`. Text, not a date: an impossible one (2024-02-30) is kept as it stands and reported by a check."""

PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as much as the source gives."""


class Span(Value):
    """A half-open run of Unicode code points in the raw text."""

    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"a span must hold at least one character: {self.start}-{self.end}")
        return self

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


class Quote(Span):
    """Where something stands: `raw[start:end] == quote`, always."""

    quote: str

    @model_validator(mode="after")
    def _is_as_long_as_its_span(self) -> Self:
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"the quote has {len(self.quote)} characters, its span {self.end - self.start}")
        return self


def quote(raw: str, start: int, end: int) -> Quote:
    """Take the quote from the raw text itself, so that it cannot differ."""
    return Quote(start=start, end=end, quote=raw[start:end])


class Period(Value):
    """From and to, both days included; `None` is open."""

    start: IsoDate | None = None
    end: IsoDate | None = None
