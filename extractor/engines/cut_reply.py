"""What can be kept of a reply that was cut off for its length."""

import re

from pydantic import ValidationError
from pydantic_core import from_json

from schemas.draft import ChunkDraft

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}\[\]]', re.DOTALL)  # a string may be cut as well
RECORDS = 2  # depth of the lists' own brackets: `{"metrics": [` opens two


def whole_records(text: str) -> ChunkDraft:
    """The records that were closed before the cut; those that do not fit are left out."""
    start = text.find("{")
    end, depth = start, 0
    for token in TOKEN.finditer(text, max(start, 0)):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token.group(), 0)
        if token.group() in "}]" and depth <= RECORDS:
            end = token.end()
    if start < 0 or end <= start:
        return ChunkDraft()
    try:
        return ChunkDraft.model_validate(from_json(text[start:end], allow_partial=True), context={"refused": []})
    except (ValidationError, ValueError):
        return ChunkDraft()
