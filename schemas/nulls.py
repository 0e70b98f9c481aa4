"""Some models write null for a list that they leave out."""

from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel, model_validator


class NullIsEmpty(BaseModel):
    """Null in the place of an optional list is read as if it were not there."""

    @model_validator(mode="before")
    @classmethod
    def _null_is_an_empty_list(cls, value: Any) -> Any:
        if not isinstance(value, dict) or None not in value.values():
            return value
        lists = optional_lists(cls)
        return {name: item for name, item in value.items() if item is not None or name not in lists}


@cache
def optional_lists(model: type[BaseModel]) -> frozenset[str]:
    fields = model.model_fields.items()
    return frozenset(
        name for name, field in fields if not field.is_required() and get_origin(field.annotation) is tuple
    )
