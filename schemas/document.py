"""The contract's outermost object: one extraction per source file."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from schemas.base import PartialDate, Span, Value
from schemas.deadline import Deadline
from schemas.figure import Figure
from schemas.finding import Finding
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project
from schemas.region import Region
from schemas.vocabulary import Script, YearFrom


class Year(Value):
    """The year that 今年 and a bare month mean, and what said so."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    value: int = Field(ge=1900, le=2100)
    source: YearFrom = Field(alias="from")


class LeftOut(Span):
    """What was taken for the page around the document. `why` is a word or two: navigation, links, source, share, …"""

    why: str


class Segment(Span):
    """One document or one actor's part of a file.

    `issuer` is the organ that signs it, `actor` the place or body that it speaks for; `delivered` the day of a speech or report.
    """

    id: str
    title: str | None = None
    actor: str | None = None
    published: PartialDate | None = None
    doc_number: str | None = None
    issuer: str | None = None
    delivered: PartialDate | None = None
    region: Region | None = None
    year: Year | None = None


class Mended(Value):
    """One place that was none of its encoding: `bytes` in hexadecimal, and what stands for them at `offset` of the raw text.

    `offset` is `null` in a web page, whose markup is no part of the raw text.
    """

    byte: int = Field(ge=0)
    offset: int | None = None
    bytes: str
    text: str


class Decoding(Value):
    """What had to be mended to read the file: how many places, and the first hundred of them."""

    encoding: str
    mended: int = Field(ge=1)
    places: tuple[Mended, ...]


class Document(Value):
    id: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    source: str
    title: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    doc_number: str | None = None
    script: Script
    encoding: str
    length: int = Field(ge=0)
    decoding: Decoding | None = None
    segments: tuple[Segment, ...]
    left_out: tuple[LeftOut, ...] = ()


class FollowUps(Value):
    """What was sent back to the model once: requests, their tokens, how many questions they held, how many they settled."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    asked: int
    settled: int


class Run(Value):
    """How the extraction was made: engine, model, prompt, calls and cost. `retries` counts transport tries and re-asks."""

    engine: Literal["llm", "offline"]
    model: str | None = None
    prompt: str | None = None
    started: str
    seconds: float
    calls: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    follow_ups: FollowUps | None = None
    cost: float | None = None
    complete: bool = True
    failed_chunks: tuple[str, ...] = ()
    figures_explained: float


class Extraction(Value):
    """Everything that one source file says: `policy-targets/1`."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    version: Literal["policy-targets/1"] = Field(default="policy-targets/1", alias="schema")
    document: Document
    goals: tuple[Goal, ...] = ()
    metrics: tuple[Metric, ...] = ()
    projects: tuple[Project, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    figures: tuple[Figure, ...] = ()
    checks: tuple[Finding, ...] = ()
    run: Run

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [record.id for records in (self.goals, self.metrics, self.projects, self.deadlines) for record in records]
        if len(ids) != len(set(ids)):
            raise ValueError("two records carry one id")
        return self
