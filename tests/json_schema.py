"""As much of JSON Schema as the published schema of the contract uses."""

import re
from collections.abc import Iterator
from typing import Any

TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int, "number": (int, float),
}  # fmt: skip
UNDERSTOOD = {
    "$ref", "$defs", "$schema", "$id", "title", "description", "default", "type", "properties", "required", "items", "enum", "const",
    "anyOf", "oneOf", "allOf", "additionalProperties", "minimum", "maximum", "pattern", "minItems", "maxItems", "minLength", "maxLength",
    "exclusiveMinimum", "exclusiveMaximum", "examples", "format",
}  # fmt: skip


def errors_of(value: Any, schema: dict[str, Any]) -> Iterator[str]:
    yield from errors(value, schema, schema.get("$defs", {}), "$")


def errors(value: Any, schema: dict[str, Any], known: dict[str, Any], path: str) -> Iterator[str]:
    assert schema.keys() <= UNDERSTOOD, f"{path}: {schema.keys() - UNDERSTOOD} is not understood"
    if "$ref" in schema:
        yield from errors(value, known[schema["$ref"].rpartition("/")[2]], known, path)
    if "anyOf" in schema and all(any(errors(value, one, known, path)) for one in schema["anyOf"]):
        yield f"{path}: {str(value)[:60]} fits none of its forms"
    if "type" in schema and not is_of(value, schema["type"]):
        yield f"{path}: {str(value)[:60]} is no {schema['type']}"
        return
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        yield f"{path}: {value!r} is not allowed"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value[:60]!r} does not match {schema['pattern']}"
    if isinstance(value, (int, float)) and value < schema.get("minimum", value):
        yield f"{path}: {value} is too small"
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from errors(item, schema.get("items", {}), known, f"{path}[{number}]")
    if isinstance(value, dict):
        yield from fields(value, schema, known, path)


def is_of(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and not (isinstance(value, bool) and name in ("integer", "number"))


def fields(value: dict[str, Any], schema: dict[str, Any], known: dict[str, Any], path: str) -> Iterator[str]:
    own = schema.get("properties", {})
    yield from (f"{path}: {name} is missing" for name in schema.get("required", ()) if name not in value)
    for name, item in value.items():
        if name in own:
            yield from errors(item, own[name], known, f"{path}.{name}")
        elif own and schema.get("additionalProperties") is False:
            yield f"{path}: {name} is not known"
