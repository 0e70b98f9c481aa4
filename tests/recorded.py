"""The recorded sets of replies: which model answered, how it was asked, which documents."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from extractor.engines.model import ModelEngine
from extractor.evaluation import Scores, score, total
from extractor.llm.client import Client, Endpoint
from extractor.llm.replay import Replayer
from extractor.llm.reply_modes import Mode
from extractor.pipeline import extract
from extractor.reading import Source, read_sources
from schemas import Extraction

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
SETS = {
    "seeds": (ROOT / "seeds", FIXTURES / "gold"),
    "practice": (FIXTURES / "practice/docs", FIXTURES / "practice/gold"),
    "written": (FIXTURES / "written/docs", FIXTURES / "written/gold"),
    "field": (FIXTURES / "field/docs", FIXTURES / "field/gold"),  # mirrors of real documents: hard ones
    "mirrors": (FIXTURES / "mirrors/docs", FIXTURES / "mirrors/gold"),  # more of them, picked for their kind alone
}


@dataclass(frozen=True, slots=True)
class Recording:
    """`folder` below `fixtures/replies`; the request bodies name `model` and `max_tokens`, so a replay needs them too.

    `asked` names, for a set that was not recorded whole, the stems of its documents that this model was asked about.
    """

    folder: str
    title: str
    model: str
    mode: Mode
    max_tokens: int | None = None
    reasks: int = 1
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(
            base_url="http://127.0.0.1:9/v1",
            model=self.model,
            api_key=SecretStr("none"),
            mode=self.mode,
            max_tokens=self.max_tokens,
            reasks=self.reasks,
        )

    def sources(self, documents: str) -> list[Source]:
        stems = self.asked.get(documents)
        return [source for source in sources_of(documents) if stems is None or source.output_stem in stems]

    def path(self, documents: str) -> Path:
        return FIXTURES / "replies" / self.folder / documents


ANSWERED = (
    "briefing-pinyin",
    "bulletin-table",
    "monthly-report",
    "news-hongkong",
    "news-project-list",
    "news-signing",
    "news-zone-economy",
    "plan-table-reflowed",
    "projects-limits",
    "projects-phases",
    "projects-plan",
    "report-looking-back",
    "report-plan-review",
    "report-province",
    "speech-county",
    "speech-year-lost",
    "task-list",
)  # one document of field was left without an answer
RECORDINGS = (
    Recording("relay", "a large language model", "relay", "tools", asked={"field": ANSWERED}),
    Recording(
        "qwen2.5-coder-1.5b",
        "Qwen2.5-Coder-1.5B",
        "qwen2.5-coder-1.5b-instruct",
        "json-schema",
        max_tokens=4000,
        reasks=0,
        asked={
            "seeds": ("000_f02715dd0bc5e6cc", "001_5fdc302170858bd9"),
            "field": ("news-hongkong",),
        },  # ten tokens a second
    ),
)


def recorded_sets() -> list[tuple[Recording, str]]:
    """What was recorded: a changed prompt or schema voids its recordings, and until there are new ones nothing can be replayed."""
    pairs = ((recording, documents) for recording in RECORDINGS for documents in SETS)
    return [(recording, documents) for recording, documents in pairs if any(recording.path(documents).glob("*.json"))]


def sources_of(documents: str) -> list[Source]:
    return [source for source in read_sources([str(SETS[documents][0])]) if isinstance(source, Source)]


def replay(recording: Recording, documents: str) -> tuple[list[tuple[Source, Extraction]], Replayer]:
    """What the recorded replies make of the documents."""
    replayer = Replayer(recording.path(documents))

    async def extracting() -> list[tuple[Source, Extraction]]:
        async with Client(recording.endpoint, transport=replayer) as client:
            engine = ModelEngine(client)
            return [(source, await extract(source, engine)) for source in recording.sources(documents)]

    return asyncio.run(extracting()), replayer


def gold_of(documents: str, source: Source) -> Any:
    return json.loads((SETS[documents][1] / f"{source.output_stem}.json").read_text("utf8"))


def scored(documents: str, results: list[tuple[Source, Extraction]]) -> Scores:
    return total(
        score(json.loads(result.model_dump_json()), gold_of(documents, source), source.raw)
        for source, result in results
    )
