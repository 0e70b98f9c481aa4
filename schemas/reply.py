"""What the reply models of a language model have in common: a lean schema, and patience with what small models do."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from schemas.nulls import NullIsEmpty

T = TypeVar("T")


class LeanSchema(GenerateJsonSchema):
    """Every request pays for its schema, and the codebook stands in the prompt: only what steers the reply stays.

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
            for field in part["properties"].values():
                if "enum" in field:
                    field.pop("description", None)
        return schema


def blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().lower() in {"", "null", "none"} else value


MayBe = Annotated[T | None, BeforeValidator(blank_is_none)] | None
"""Some models write "" or "null" for what they leave out. (What is None outside is so without a look at it.)"""

Words = MayBe[str]
