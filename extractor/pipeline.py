"""The order of the steps, and nobody else knows it: analyse, chunk, draft, correct the heads, assemble, check."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import UTC, datetime

from extractor.analysis import Analysis, analyse
from extractor.assemble import Records, assemble
from extractor.assemble.heads import with_heads
from extractor.assemble.ledger import share_explained
from extractor.checks import Material, bounded, run_checks
from extractor.engines import Drafted, Engine
from extractor.engines.periods import with_periods
from extractor.outline import Stated
from extractor.outline.chunks import cut_chunks
from extractor.outline.unread import findings_left_out
from extractor.reading import Source
from schemas.base import Span
from schemas.document import Document, Extraction, FollowUps, LeftOut, Run
from schemas.finding import Finding

__all__ = ["extract", "ledger"]

Limit = Callable[[], AbstractContextManager[None]]


async def extract(source: Source, engine: Engine, limit: Limit = nullcontext) -> Extraction:
    """Extract one source. A chunk that the model failed on is answered by the rules and named in `run.failed_chunks`.

    `limit` is put around the work on either side of what the engine is asked.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    with limit():
        analysis = analysed(source)
    analysis, outlining = await engine.outline(analysis)
    with limit():
        chunks = cut_chunks(analysis.outline, analysis.hits)
    drafted = await engine.draft(analysis, chunks)
    with limit():
        analysis = with_heads(analysis, drafted)
        drafted = with_periods(analysis, drafted)
        records = assemble(analysis, drafted)
        document = describe(source, analysis, records)
        checks = check(source, analysis, records)
    usage = sum((item.usage for item in drafted), outlining)
    failed = tuple(f"{item.chunk.id}: {item.failure}" for item in drafted if item.failure)
    return Extraction(
        document=document,
        goals=records.goals,
        metrics=records.metrics,
        projects=records.projects,
        deadlines=records.deadlines,
        figures=records.figures,
        checks=checks,
        run=Run(
            engine=engine.name,
            model=engine.model,
            prompt=engine.prompt,
            started=started.strftime("%Y-%m-%dT%H:%M:%SZ"),
            seconds=round(time.perf_counter() - clock, 3),
            calls=usage.calls,
            retries=usage.retries,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            follow_ups=FollowUps(**asdict(usage.follow_ups)) if usage.follow_ups.requests else None,
            complete=not failed and is_read(analysis),
            failed_chunks=failed,
            figures_explained=share_explained(records.figures),
        ),
    )


def analysed(source: Source) -> Analysis:
    """The source's text with what the file says of itself."""
    stated = Stated(source.title, source.publisher, source.published, source.output_stem.rpartition("/")[2])
    return analyse(source.raw, source.id, stated)


def ledger(source: Source, analysis: Analysis | None = None) -> Extraction:
    """The figures alone: every hit with the role that the recogniser can tell, no engine asked.

    Pass the `analysis` of `source.raw` where it is needed otherwise too.
    """
    started = datetime.now(UTC)
    analysis = analysis or analysed(source)
    no_drafts: Sequence[Drafted] = ()
    records = assemble(analysis, no_drafts)
    return Extraction(
        document=describe(source, analysis, records),
        figures=records.figures,
        run=Run(
            engine="offline",
            started=started.strftime("%Y-%m-%dT%H:%M:%SZ"),
            seconds=0.0,
            figures_explained=share_explained(records.figures),
        ),
    )


def describe(source: Source, analysis: Analysis, records: Records) -> Document:
    """What the file says of itself, except where its only segment says it better."""
    parts = analysis.outline.parts
    only = parts[0] if len(parts) == 1 else None
    publishers = {part.publisher for part in parts if part.publisher}
    dates = {part.published for part in parts if part.published}
    return Document(
        id=source.id,
        source=source.name,
        title=title_of(source.title, only.title if only else None),
        publisher=source.publisher or (publishers.pop() if len(publishers) == 1 else None),
        published=(only.published if only else None) or source.published or (dates.pop() if len(dates) == 1 else None),
        doc_number=only.doc_number if only else None,
        script=source.script,
        encoding=source.encoding,
        length=len(source.raw),
        decoding=source.decoding,
        segments=records.segments,
        left_out=tuple(left_out(analysis)),
    )


def is_read(analysis: Analysis) -> bool:
    """A file of which nothing was read is never complete, unless there is nothing in it."""
    return bool(analysis.outline.sentences) or not analysis.outline.left_out


def title_of(stated: str | None, read: str | None) -> str | None:
    """A web page's title holds that of its document, with the site's name and the document's number behind it."""
    return read if read and (stated is None or read in stated) else stated


def left_out(analysis: Analysis) -> Iterator[LeftOut]:
    for start, end, why in analysis.outline.left_out:
        left, right = analysis.view.raw_span(start, end)
        yield LeftOut(start=left, end=right, why=why)


def check(source: Source, analysis: Analysis, records: Records) -> tuple[Finding, ...]:
    material = Material(
        raw=source.raw,
        view=analysis.view,
        hits=analysis.hits,
        segments=records.segments,
        goals=records.goals,
        metrics=records.metrics,
        projects=records.projects,
        deadlines=records.deadlines,
        figures=records.figures,
    )
    left_out = findings_left_out(analysis.view, analysis.hits, analysis.outline)
    return bounded((*mended(source), *records.lost, *instructions(analysis), *left_out, *run_checks(material)))


def mended(source: Source) -> Iterator[Finding]:
    """Say where bytes were none of the encoding that all others are of."""
    decoding = source.decoding
    if decoding is None:
        return
    first, spans = decoding.places[0], (place.offset for place in decoding.places)
    yield Finding(
        code="corrupt-text",
        severity="warning",
        message=f"Bytes that are not {decoding.encoding} were mended in {decoding.mended} places; "
        f"the first is byte {first.byte} (0x{first.bytes}).",
        spans=tuple(Span(start=start, end=start + 1) for start in spans if start is not None),
    )


def instructions(analysis: Analysis) -> Iterator[Finding]:
    """Say what was kept from the engines because it speaks to a language model."""
    for start, end in analysis.outline.instructions:
        left, right = analysis.view.raw_span(start, end)
        yield Finding(
            code="instruction-in-text",
            severity="warning",
            message="This text gives instructions to a language model; no record was made from it.",
            spans=(Span(start=left, end=right),),
        )
