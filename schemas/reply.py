"""What the reply models of a language model have in common: a lean schema, and patience with what small models do."""

import re
from calendar import monthrange
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from schemas.nulls import NullIsEmpty

T = TypeVar("T")


class LeanSchema(GenerateJsonSchema):
    """Every request pays for its schema, and the prompt says what each choice means: only what steers the reply stays.

    No titles, no defaults; an optional field is one that may be left out.
    """

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the parent's signature
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


class Reply(NullIsEmpty, BaseModel):
    """Frozen; fields that a model adds of its own are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
        schema = super().model_json_schema(schema_generator=LeanSchema)
        for part in schema.get("$defs", {}).values():
            del part["title"]
            part.pop("description", None)  # our own remarks
            for field in part["properties"].values():
                if "enum" in field:
                    field.pop("description", None)
        return schema


def blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().lower() in {"", "null", "none"} else value


MayBe = Annotated[T | None, BeforeValidator(blank_is_none)] | None
"""Some models write "" or "null" for what they leave out. (What is None outside is so without a look at it.)"""

Words = MayBe[str]

PARTIAL = r"\d{4}(-\d\d){0,2}"
SHORT_PERIOD = re.compile(rf"({PARTIAL})?(?:(/)({PARTIAL})?)?")
WRITTEN_DATE = re.compile(r"(\d{4})(?:\D+(\d{1,2})(?:\D+(\d{1,2}))?)?\D*")


def whole_period(value: Any) -> Any:
    """«2024» is its first to its last day, «2024-06» that month, «2021/2025» the first day of the one to the last of the other."""
    match = SHORT_PERIOD.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return value
    first, slash, last = match[1], match[3], match[4] if match[3] else match[1]
    return f"{first_day(first)}/{last_day(last)}" if first or slash else value


def first_day(text: str | None) -> str:
    return text + "-01-01"[len(text) - 4 :] if text else ""


def last_day(text: str | None) -> str:
    """Of a month that does not exist the 31st: a check reports it."""
    if not text or len(text) == len("2024-01-01"):
        return text or ""
    if len(text) == len("2024"):
        return f"{text}-12-31"
    year, month = int(text[:4]), int(text[5:])
    return f"{text}-{monthrange(year, month)[1] if year and 1 <= month <= 12 else 31}"


def short_period(text: str) -> str:
    """The shortest way to write a period, which `whole_period` reads: its digits are most of what a record costs."""
    start, _, end = text.partition("/")
    if start and start == end:
        return start
    for size in (len("2024"), len("2024-01")):
        if start and end and (first_day(start[:size]), last_day(end[:size])) == (start, end):
            return start[:size] if start[:size] == end[:size] else f"{start[:size]}/{end[:size]}"
    return text


PeriodText = Annotated[
    str,
    BeforeValidator(whole_period),
    Field(pattern=r"^(\d{4}-\d{2}-\d{2})?/(\d{4}-\d{2}-\d{2})?$"),
    PlainSerializer(short_period, when_used="json"),
    WithJsonSchema(
        {"type": "string", "pattern": r"^[-/0-9]{0,21}$"}
    ),  # each request pays for it: no more than what bounds it
]
"""From and to, both days included; either may be open. A model may name years or months instead of days."""


def written_date(value: Any) -> Any:
    """«2024年3月5日» and «2024/3/5» are 2024-03-05; what is no date at all is left out, not sent back."""
    match = WRITTEN_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    return "-".join(part.zfill(2) for part in match.groups() if part)


def written_year(value: Any) -> Any:
    """«2024年» is 2024."""
    match = re.search(r"(?:19|20)\d\d", str(value))
    return int(match.group()) if match else None


DateText = Annotated[str | None, BeforeValidator(written_date), WithJsonSchema({"type": "string"})]
YearNumber = Annotated[int | None, BeforeValidator(written_year), WithJsonSchema({"type": "integer"})]
