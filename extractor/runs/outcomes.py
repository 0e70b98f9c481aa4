"""What a run keeps of one document: its JSON, the numbers that the summary shows, and where its file goes."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from extractor.reading import Source
from extractor.runs.disk import LONGEST_NAME
from schemas.document import Extraction
from schemas.finding import Finding

EXTRACTION = TypeAdapter(Extraction)
SUFFIX = ".json"
COLUMNS = ("goals", "metrics", "targets", "projects", "deadlines", "figures", "explained", "findings")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`line` is the contract's object without line breaks, `page` the same to be read by people."""

    line: bool
    page: bool


@dataclass(frozen=True, slots=True)
class Made:
    """An extraction as text, small enough to pass between processes."""

    source: str
    document: str
    complete: bool
    failed: tuple[str, ...]
    counts: tuple[str, ...]
    figures: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None
    findings: tuple[Finding, ...]
    line: str | None
    page: bytes | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document that is done, as the terminal hears of it. `line` is there where stdout wants it.

    `reviewed` says that decisions of reviewers are laid over it.
    """

    source: str
    complete: bool
    failed: tuple[str, ...]
    counts: tuple[str, ...]
    figures: int
    line: str | None = None
    reviewed: bool = False


def made(result: Extraction, wanted: Wanted) -> Made:
    line = result.model_dump_json() if wanted.line else None
    page = None
    if wanted.page:
        page = page_of(line) if line else EXTRACTION.dump_json(result, indent=1) + b"\n"
    return Made(
        source=result.document.source,
        document=result.document.id,
        complete=result.run.complete,
        failed=result.run.failed_chunks,
        counts=counts(result),
        figures=len(result.figures),
        prompt_tokens=result.run.prompt_tokens,
        completion_tokens=result.run.completion_tokens,
        cost=result.run.cost,
        findings=result.checks,
        line=line,
        page=page,
    )


def page_of(line: str) -> bytes:
    """The same object with line breaks: a second pass of pydantic's over its models would cost several times as much."""
    return to_json(from_json(line), indent=1) + b"\n"


def counts(result: Extraction) -> tuple[str, ...]:
    """What a reviewer rejected is written and is no record; what they settled is no finding any more."""
    metrics = [metric for metric in result.metrics if metric.review != "rejected"]
    numbers = (
        sum(goal.review != "rejected" for goal in result.goals),
        len(metrics),
        sum(metric.status == "target" for metric in metrics),
        sum(project.review != "rejected" for project in result.projects),
        sum(deadline.review != "rejected" for deadline in result.deadlines),
        len(result.figures),
    )
    serious = sum(finding.severity != "info" and not finding.settled for finding in result.checks)
    return (*map(str, numbers), f"{result.run.figures_explained:.1%}", str(serious))


def outcome_of(line: str, *, keep_line: bool) -> Outcome:
    """What an earlier process of the same run made, from the contract's JSON."""
    found: Mapping[str, Any] = json.loads(line)
    numbers = (
        len(found["goals"]),
        len(found["metrics"]),
        sum(metric["status"] == "target" for metric in found["metrics"]),
        len(found["projects"]),
        len(found["deadlines"]),
        len(found["figures"]),
    )
    serious = sum(finding["severity"] != "info" for finding in found["checks"])
    run = found["run"]
    return Outcome(
        source=found["document"]["source"],
        complete=run["complete"],
        failed=tuple(run["failed_chunks"]),
        counts=(*map(str, numbers), f"{run['figures_explained']:.1%}", str(serious)),
        figures=len(found["figures"]),
        line=line if keep_line else None,
    )


def file_of(out: Path, source: Source) -> Path:
    folder, slash, name = source.output_stem.rpartition("/")
    return out / f"{folder}{slash}{fitting(name)}"


def fitting(name: str) -> str:
    """The file's name for a stem. File systems count bytes, three to a Chinese character; what is cut keeps a mark of its own."""
    encoded = os.fsencode(name)
    if len(encoded) + len(SUFFIX) <= LONGEST_NAME:
        return f"{name}{SUFFIX}"
    mark = f"-{sha256(encoded).hexdigest()[:8]}{SUFFIX}"
    return encoded[: LONGEST_NAME - len(mark)].decode("utf-8", "ignore") + mark
