"""Reviewed documents as gold: what `evaluate` holds other extractions against, with the texts that it is about.

What a reviewer rejected is left out. What nobody reviewed is no gold: it is marked doubtful, so that finding it is
neither rewarded nor punished; only a record that neither an engine nor a reviewer had found so far counts as one too many.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from extractor.reading.encoding import MARKS
from extractor.reading.paths import STDIN, bare
from extractor.reading.source import identity
from extractor.review.keys import Record, keyed, standing
from extractor.runs.disk import write_file
from schemas.document import Extraction

TEXTS = "docs"
PROJECT = frozenset({"deadline", "milestones"})  # gold states the day itself, as `target_deadline`
WIDE = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be")}


@dataclass(frozen=True, slots=True)
class Golden:
    """One document of gold. `exact` is whether `text` is, byte for byte, the file that the document was read from."""

    source: str
    content: Mapping[str, Any]
    text: bytes
    exact: bool
    open: int

    def write(self, folder: Path, stem: str) -> None:
        file = folder / TEXTS / f"{stem}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.text)
        document = {"id": identity(self.text), "source": f"{stem}.txt"} | self.content["document"]
        page = json.dumps({**self.content, "document": document}, ensure_ascii=False, indent=1)
        write_file(folder / f"{stem}.json", f"{page}\n".encode())


def golden(raw: str, extraction: Extraction, *, partly: bool = False) -> Golden | None:
    """`None` where nobody reviewed anything, or, without `partly`, not every record."""
    records = list(keyed(extraction).values())
    still_open = sum(record.review == "unreviewed" for record in records)
    if still_open == len(records) or (still_open and not partly):
        return None
    text = original(raw, extraction.document.encoding, extraction.document.id)
    source, exact = extraction.document.source, text is not None
    return Golden(source, content(extraction), text or raw.encode("utf8", "replace"), exact, still_open)


def content(extraction: Extraction) -> dict[str, Any]:
    """The contract's JSON as `fixtures/gold` has it."""
    document = extraction.document.model_dump(mode="json", include={"length", "segments"})
    ends = {deadline.id: deadline.end for deadline in extraction.deadlines if deadline.review != "rejected"}
    return {
        "schema": extraction.version,
        "document": document,
        "goals": list(lines(extraction.goals)),
        "metrics": [line | {"accept": {}} for line in lines(extraction.metrics, frozenset({"indicator"}))],
        "projects": [
            line | {"target_deadline": ends.get(project.deadline or "")}
            for project, line in zip(standing(extraction.projects), lines(extraction.projects, PROJECT), strict=True)
        ],
        "deadlines": list(lines(extraction.deadlines)),
        "planted": [],
        "figures": [],
    }


def lines(records: Iterable[Record], without: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    for record in standing(records):
        line = record.model_dump(mode="json", exclude={"id", "segment", "origin", "review", *without})
        yield {
            "id": record.id,
            "segment": record.segment,
            "doubtful": record.review == "unreviewed",
            "origin": "reviewer",
            "review": "unreviewed" if record.review == "unreviewed" else "accepted",
        } | line


def original(raw: str, encoding: str, document: str) -> bytes | None:
    """The bytes that a text was decoded from; `None` where they cannot be had again, as those of a web page."""
    plain = encoding.removesuffix("-sig")
    marks = [mark for mark, _, name in MARKS if name == encoding]
    for name in WIDE.get(plain, (plain,)):
        try:
            data = raw.encode(name)
        except (UnicodeEncodeError, LookupError):
            continue
        found = (mark + data for mark in (b"", *marks))
        if text := next((text for text in found if identity(text) == document), None):
            return text
    return None


def free_stem(source: str, document: str, taken: set[str]) -> str:
    """As `extract` names the file of a source; where another document has that name, with its suffix or a part of its id."""
    name = PurePath("stdin" if source == STDIN else source).name
    stem = next(
        stem
        for stem in (bare(name), name, f"{bare(name)}-{document[7:15]}", document[7:])
        if stem.casefold() not in taken
    )
    taken.add(stem.casefold())
    return stem
