"""`schema`: the JSON Schema of the output."""

import json

from schemas.document import Extraction


def schema_text() -> str:
    return json.dumps(Extraction.model_json_schema(by_alias=True), ensure_ascii=False, indent=1) + "\n"
