"""Region: the administrative division or zone that an actor is."""

from typing import Annotated

from pydantic import Field

from schemas.base import Value
from schemas.vocabulary import Level


class Region(Value):
    """`code` is that of GB/T 2260 (six digits), `None` where the name has none there: townships and zones."""

    code: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    name: str
    level: Level
