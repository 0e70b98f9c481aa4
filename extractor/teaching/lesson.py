"""A lesson: one short passage of a reviewed document, and what is right to say of it."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from schemas.draft import ChunkDraft

# the text of a lesson is rendered: what looks like a tag or a clause number in it is one
TAG = re.compile(r"(</?[ft])(\d+)(?=>)")
CLAUSE = re.compile(r"(\[)(\d+)(?=\])")
SEGMENT = re.compile(r"^(## s)(\d+)", re.MULTILINE)
REFERENCE = re.compile(r"([fts])(\d+)")
TAGGED = {
    "figure",
    "figures",
    "metrics",
    "deadline",
    "deadlines",
    "total_investment",
    "annual_investment",
    "time",
    "repeats",
}


class Numbers(NamedTuple):
    """How many hits, clauses and segments have a number."""

    hits: int
    clauses: int
    segments: int

    def and_those_of(self, lesson: "Lesson") -> "Numbers":
        size = lesson.size
        return Numbers(self.hits + size.hits, self.clauses + size.clauses, self.segments + size.segments)


@dataclass(frozen=True)
class Lesson:
    """`text` and `answer` number their tags from 1, their clauses from 0. `plain` is the clean text of the passage.

    `touched`: a reviewer changed, added or threw out a record of it; else all that is in it was merely accepted.
    """

    document: str
    text: str
    answer: ChunkDraft
    plain: str
    size: Numbers
    touched: bool

    def shown(self, behind: Numbers) -> str:
        return SEGMENT.sub(
            moved(behind.segments), CLAUSE.sub(moved(behind.clauses), TAG.sub(moved(behind.hits), self.text))
        )

    def reply(self, behind: Numbers) -> str:
        """The answer as compact JSON."""
        said = self.answer.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(renumbered(said, "", behind), ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def digest(self) -> bytes:
        start = Numbers(0, 0, 0)
        return sha256("\n".join((self.document, self.shown(start), self.reply(start))).encode()).digest()


def moved(by: int) -> Any:
    return lambda match: f"{match.group(1)}{int(match.group(2)) + by}"


def renumbered(node: Any, field: str, behind: Numbers) -> Any:
    match node:
        case dict():
            return {name: renumbered(value, name, behind) for name, value in node.items()}
        case list():
            return [renumbered(item, field, behind) for item in node]
        case int() if field == "clauses":
            return node + behind.clauses
        case str() if (field in TAGGED or field == "segment") and REFERENCE.fullmatch(node):
            by = behind.segments if field == "segment" else behind.hits
            return REFERENCE.sub(moved(by), node)
        case _:
            return node
