"""How long the steps take: `make bench`. A measurement, not a test; figures of one run compare with each other only."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extractor.analysis import analyse
from extractor.assemble import assemble
from extractor.engines import Drafted
from extractor.engines.offline import OfflineEngine, draft_chunk
from extractor.outline import make_outline
from extractor.outline.chunks import cut_chunks
from extractor.pipeline import check, extract
from extractor.reading import Source, read_sources
from extractor.recognise import find_in
from extractor.text.cleaning import clean

ROOT = Path(__file__).parents[2]
DOCUMENTS = [str(ROOT / "seeds"), str(ROOT / "fixtures/practice/docs")]
ROUNDS = 5
UNIT = 3000  # characters that a figure stands for


def main() -> None:
    sources = [source for source in read_sources(DOCUMENTS) if isinstance(source, Source)]
    characters = sum(len(source.raw) for source in sources)
    rounds = [asyncio.run(steps(sources)) for _ in range(ROUNDS)]
    table = Table(
        title=f"CPU milliseconds for {UNIT} characters, best and median of {ROUNDS} rounds over the nine documents"
    )
    for column in ("step", "best", "median"):
        table.add_column(column, justify="right" if column != "step" else "left")
    for step in rounds[0]:
        times = sorted(found[step] / characters * UNIT * 1000 for found in rounds)
        table.add_row(step, f"{times[0]:.2f}", f"{times[ROUNDS // 2]:.2f}")
    console = Console()
    console.print(table)
    command = [sys.executable, "-m", "extractor.cli"]
    with tempfile.TemporaryDirectory() as out:
        whole = Table(title=f"whole commands, seconds, best of {ROUNDS}")
        for column in ("command", "wall", "CPU"):
            whole.add_column(column, justify="right" if column != "command" else "left")
        whole.add_row("extract seeds/", *timed([*command, "extract", str(ROOT / "seeds"), "-o", out]))
        whole.add_row("--help", *timed([*command, "--help"]))
        console.print(whole)


async def steps(sources: list[Source]) -> Counter[str]:
    spent: Counter[str] = Counter()

    def run(step: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = work()
        spent[step] += time.process_time() - start
        return result

    for source in sources:
        view = run("clean", lambda: clean(source.raw))  # noqa: B023 - called at once
        hits = run("recognise", lambda: find_in(view))  # noqa: B023
        outline = run("outline", lambda: make_outline(view, hits))  # noqa: B023
        analysis = analyse(source.raw)
        chunks = cut_chunks(outline, hits)
        drafted = run("draft", lambda: [Drafted(chunk, draft_chunk(analysis, chunk), "rules") for chunk in chunks])  # noqa: B023
        records = run("assemble", lambda: assemble(analysis, drafted))  # noqa: B023
        run("check", lambda: check(source, analysis, records))  # noqa: B023
        start = time.process_time()
        result = await extract(source, OfflineEngine())
        result.model_dump_json()
        spent["all, with JSON"] += time.process_time() - start
    return spent


def timed(command: list[str]) -> tuple[str, str]:
    best_wall = best_cpu = float("inf")
    for _ in range(ROUNDS):
        before = children()
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        best_wall = min(best_wall, time.perf_counter() - start)
        best_cpu = min(best_cpu, children() - before)
    return f"{best_wall:.2f}", f"{best_cpu:.2f}"


def children() -> float:
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
