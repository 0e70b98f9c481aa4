"""Scores of the engines on every set of answers: `make eval`. Models are replayed from their recordings.

A model's line ends with what it was asked and answered; `plain call` is the single call that the design is held against.
"""

import asyncio
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from extractor.engines.offline import OfflineEngine
from extractor.evaluation import Scores
from extractor.pipeline import extract
from extractor.reading import Source
from schemas import Extraction
from tests.bench.plain import plain_scores
from tests.recorded import RECORDINGS, SETS, Recording, replay, scored, sources_of

COLUMNS = (
    "set", "engine", "metrics", "exact", "full", "targets exact", "projects", "deadlines", "ends right", "goals", "grounded",
    "explained", "lost in silence",
    "needlessly open", "planted found", "requests", "re-asked", "settled", "tokens out",
)  # fmt: skip


def main() -> None:
    table = Table(title="micro-averages over the documents of a set (F1, unless a column says otherwise)")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in COLUMNS[:2] else "right", no_wrap=column == "engine")
    for documents in SETS:
        results = asyncio.run(offline(sources_of(documents)))
        table.add_row(documents, "offline rules", *rates(scored(documents, results)))
        for recording in RECORDINGS:
            if recording.path(documents).exists():
                found, _ = replay(recording, documents)
                table.add_row(documents, titled(recording, documents), *rates(scored(documents, found)), *cost(found))
            for scores, asked, tokens in plain_scores(recording, documents):
                table.add_row(
                    documents,
                    f"{recording.title}, plain call",
                    *plain(rates(scores)),
                    str(asked),
                    "–",
                    "–",
                    str(tokens),
                )
    Console(width=240).print(table)


async def offline(sources: Sequence[Source]) -> list[tuple[Source, Extraction]]:
    return [(source, await extract(source, OfflineEngine())) for source in sources]


def rates(scores: Scores) -> list[str]:
    found = (
        scores.metrics.f1,
        scores.exact.f1,
        scores.full.f1,
        scores.targets_exact.f1,
        scores.projects.f1,
        scores.deadlines.f1,
        scores.deadline_fields["end"].share,
        scores.goals.f1,
        scores.grounding.share,
        scores.ledger.share,
        scores.lost_in_silence.share,
        scores.needlessly_open.share,
        scores.planted.share,
    )
    return ["–" if rate is None else f"{rate:.3f}" for rate in found]


def titled(recording: Recording, documents: str) -> str:
    asked, whole = len(recording.sources(documents)), len(sources_of(documents))
    return recording.title if asked == whole else f"{recording.title}, {asked} of {whole}"


def plain(found: list[str]) -> list[str]:
    """A plain call has no ledger to explain, and its quotes were placed by us."""
    return [*found[:8], "–", "–", "–", "–", *found[12:]]


def cost(results: Sequence[tuple[Source, Extraction]]) -> list[str]:
    """Requests, how many of them asked again, how many of their questions they settled, completion tokens."""
    runs = [result.run for _, result in results]
    again = [run.follow_ups for run in runs if run.follow_ups]
    asked, settled = sum(item.asked for item in again), sum(item.settled for item in again)
    return [
        str(sum(run.calls for run in runs)),
        str(sum(item.requests for item in again)),
        f"{settled} of {asked}",
        str(sum(run.completion_tokens for run in runs)),
    ]


if __name__ == "__main__":
    main()
