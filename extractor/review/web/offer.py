"""The OpenAPI description, as rows for a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter, a body or a reply: what it is called, of what type, and what is said of it."""

    name: str
    type: str
    said: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be asked for."""

    method: str
    path: str
    said: str
    parameters: tuple[Named, ...]
    bodies: tuple[Named, ...]
    replies: tuple[Named, ...]


def offers_of(description: Schema) -> tuple[Offer, ...]:
    schemas = description.get("components", {}).get("schemas", {})
    return tuple(
        Offer(
            method=method.upper(),
            path=path,
            said=operation.get("description", ""),
            parameters=tuple(parameter(one) for one in operation.get("parameters", ())),
            bodies=tuple(bodies(operation, schemas)),
            replies=tuple(replies(operation)),
        )
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    )


def parameter(one: Schema) -> Named:
    schema = one.get("schema", {})
    default = f" = {schema['default']}" if "default" in schema else ""
    return Named(one["name"], f"{type_of(schema)}{default}", one.get("description") or schema.get("description", ""))


def bodies(operation: Schema, schemas: Schema) -> Iterator[Named]:
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = content["schema"]
        whole = schemas.get(type_of(schema), schema)
        required = whole.get("required", ())
        fields = (
            f"{name}{'' if name in required else '?'}: {type_of(field)}"
            for name, field in whole.get("properties", {}).items()
        )
        yield Named(kind, "{" + ", ".join(fields) + "}", whole.get("description", ""))


def replies(operation: Schema) -> Iterator[Named]:
    for status, reply in operation.get("responses", {}).items():
        for kind, content in reply.get("content", {}).items():
            yield Named(status, type_of(content.get("schema", {})) or kind, reply.get("description", ""))


def type_of(schema: Schema) -> str:
    """A type in short: `metric | goal`, `integer 1…1000`, the name of a model."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(name for one in schema["anyOf"] if (name := type_of(one)) != "null")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    bounds = f" {schema['minimum']}…{schema.get('maximum', '')}" if "minimum" in schema else ""
    items = f" of {type_of(schema['items'])}" if "items" in schema else ""
    return f"{schema.get('type', '')}{bounds}{items}"
