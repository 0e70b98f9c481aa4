"""The offline rules over many documents: how many a second on one core, with --jobs on the others, and the memory."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))

from model import UNIT, write_documents

DOCUMENTS = (200, 1000)


def main() -> None:
    table = Table(title=f"offline rules, documents of {UNIT} characters")
    for column in ("documents", "jobs", "docs/s", "wall s", "CPU ms/doc", "peak MB"):
        table.add_column(column, justify="right")
    for documents in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            write_documents(Path(folder) / "in", documents)
            for jobs in (1, os.cpu_count() or 1):
                table.add_row(*measured(Path(folder), documents, jobs))
    Console().print(table)


def measured(folder: Path, documents: int, jobs: int) -> list[str]:
    command = [sys.executable, __file__, "--", str(folder), str(jobs)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    wall = found["wall"]
    cpu = found["cpu"] * 1000 / documents
    return [str(documents), str(jobs), f"{documents / wall:.0f}", f"{wall:.2f}", f"{cpu:.1f}", f"{found['peak']:.0f}"]


def child(folder: str, jobs: str) -> None:
    """With its imports done, as `model.py` measures; other processes' start is part of the work."""
    os.chdir(folder)
    from extractor.cli import app

    __import__("extractor.commands.extract")
    __import__("extractor.engines.offline")
    before, started = spent(), time.perf_counter()
    arguments = ["extract", "in", "-o", f"out{jobs}", "--engine", "offline", "--jobs", jobs]
    code = app(arguments, standalone_mode=False)
    wall = time.perf_counter() - started
    assert not code, code
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": spent() - before, "peak": peak}))


def spent() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


if __name__ == "__main__":
    child(*sys.argv[2:]) if sys.argv[1:2] == ["--"] else main()
