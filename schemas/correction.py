"""Correction: what a reviewer decided about one record, as one line of an append-only log."""

from typing import Any, Literal

from pydantic import Field

from schemas.base import Value

Kind = Literal["goal", "metric", "project", "deadline", "figure", "finding"]
"""A `figure` is a line of the ledger (its role may be set), a `finding` one that names no record (it may be settled)."""

Action = Literal["accept", "edit", "reject", "add", "undo"]


class Change(Value):
    """One field, before and after, as JSON values. The field `review` is the record's state: `null` is withdrawn."""

    field: str
    before: Any = None
    after: Any = None


class Correction(Value):
    """`record` is a key made of kind and place (`metric-1996-2000`), which outlives the ids of a single run.

    Corrections of one `gesture` were made at once, and are undone at once. `version` counts the saves of one record from 1. `result` is the stored result that the reviewer had before their eyes.
    """

    id: int
    document: str
    record: str
    version: int = Field(ge=1)
    action: Action
    changes: tuple[Change, ...]
    reviewer: str
    reason: str | None = None
    undoes: int | None = None
    gesture: str
    result: int
    at: str
