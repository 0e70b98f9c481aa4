"""A new document on its way in: what was sent, as a name, bytes and the engine that is wanted."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from extractor.errors import WrongValues
from extractor.review.web.shapes import EngineName, NewText

BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": NewText.model_json_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "engine": {"type": "string", "enum": ["offline", "model"], "default": "offline"},
                    },
                }
            },
        },
    }
}


@dataclass(frozen=True, slots=True)
class Sent:
    name: str
    data: bytes
    engine: EngineName


async def sent(request: Request) -> Sent:
    """What the body holds, as a form with a file or as JSON with a text."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise WrongValues({"file": "a file is needed"})
            given = {"name": file.filename or "", "text": "", "engine": form.get("engine") or "offline"}
            checked = valid(lambda: NewText.model_validate(given))
            return Sent(checked.name, await file.read(), checked.engine)
    if kind != "application/json":
        raise WrongValues({"body": "application/json or multipart/form-data is needed"})
    body = await request.body()
    asked = valid(lambda: NewText.model_validate_json(body))
    return Sent(asked.name, asked.text.encode(), asked.engine)


def valid(read: Callable[[], NewText]) -> NewText:
    try:
        return read()
    except ValidationError as error:
        problems = [item | {"loc": ("body", *item["loc"])} for item in error.errors(include_url=False)]
        raise RequestValidationError(problems) from error
