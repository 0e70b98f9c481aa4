"""What the JSON interface takes and gives, beside the output contract."""

from datetime import date
from typing import Annotated, Any, Literal
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import to_json

from schemas.correction import Action, Correction

EngineName = Literal["offline", "model"]
Kind = Literal["goal", "metric", "project", "deadline"]
WorstSeverity = Literal["error", "warning", "info", "none"]
State = Literal["untouched", "begun", "done", "unexplained"]


def no_control(text: str) -> str:
    if any(category(char) in ("Cc", "Cs") and char not in "\n\r\t" for char in text):
        raise ValueError("there is a character in it that is none of a text")
    return text


def sayable(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has a way to write halves of characters, which nothing else has: they could not be sent back."""
    try:
        to_json(values)
    except ValueError:
        raise ValueError("there is half of a character in it") from None
    return values


def day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("a date is needed: YYYY-MM-DD") from None


Text = Annotated[str, AfterValidator(no_control)]
Words = Annotated[Text, Field(max_length=200)]
Day = Annotated[str, AfterValidator(day), Field(description="YYYY-MM-DD", examples=["2026-06-30"])]


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentLine(Shape):
    """A document at a glance. Findings are those not settled; `codes` names theirs."""

    id: str
    source: str
    title: str | None
    publisher: str | None
    published: str | None
    engine: str
    length: int
    records: int
    reviewed: int
    figures: int
    unexplained: int
    errors: int
    warnings: int
    notes: int
    codes: list[str]


class Documents(Shape):
    """One page of the queue, the worst first."""

    total: int
    page: int
    size: int
    items: list[DocumentLine]


class FoundRecord(Shape):
    """`record` is a goal, metric, project or deadline of the output contract; `key` names it over all runs."""

    document: str
    source: str
    key: str
    record: dict[str, Any]


class Records(Shape):
    total: int
    page: int
    size: int
    items: list[FoundRecord]


class Log(Shape):
    items: list[Correction]


class NewText(Shape):
    """`name` is what the document is called; its suffix tells pages from plain text, as with a file."""

    name: str
    text: str
    engine: EngineName = "offline"


class Decided(Shape):
    """`record` as it stands: references are keys. `null` where there was nothing to undo."""

    key: str | None
    version: int
    record: dict[str, Any] | None


class Deed(Shape):
    """What is done to a record: all but `add` and `undo` name it, and the version that was read (0: nobody saved it yet).

    `add` names a kind and a part of the raw text instead; `undo` takes back the reviewer's own last save in the document.
    """

    action: Action
    record: Words | None = None
    version: Annotated[int | None, Field(ge=0)] = None
    values: Annotated[dict[str, Any], AfterValidator(sayable)] = {}
    reason: Annotated[Text | None, Field(max_length=2000)] = None
    kind: Kind | None = None
    start: Annotated[int | None, Field(ge=0)] = None
    end: Annotated[int | None, Field(ge=0)] = None
    reviewer: Annotated[str | None, Field(description="Signs the decision in place of the visitor's own name.")] = None


class Refused(Shape):
    """Every error: one plain sentence; `problems` says what is wrong by field."""

    model_config = ConfigDict(frozen=True, extra="allow")

    error: str
    problems: dict[str, str] | None = None


class Conflict(Shape):
    """Somebody saved the record since it was read: what stands, beside what was wanted."""

    error: str
    standing: Decided
    wanted: Deed
