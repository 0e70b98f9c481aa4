"""Runs with a model against a local server that takes 200 ms: `make bench`. Each row is a process of its own."""

import argparse
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

ROOT = Path(__file__).parents[2]
LATENCY = 0.2
OPENAI = "instructor.v2.providers.openai.handlers"  # loaded with the first request
UNIT = 3000  # characters a document


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--concurrency", type=int, nargs="*", default=[10, 32, 64])
    given = parser.parse_args()
    console = Console(width=110)
    table = Table(title=f"{given.documents} documents of {UNIT} characters, {LATENCY * 1000:.0f} ms")
    for column in ("at once", "requests", "docs/s", "wall s", "× limit", "with start", "CPU ms/doc", "peak MB"):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory() as folder:
        write_documents(Path(folder) / "in", given.documents)
        for concurrency in given.concurrency:
            table.add_row(*measured(Path(folder), given.documents, concurrency))
    console.print(table)


def measured(folder: Path, documents: int, concurrency: int) -> list[str]:
    with tempfile.TemporaryDirectory() as work, server() as port:
        command = [sys.executable, __file__, "--", work, str(folder / "in"), str(concurrency), str(port)]
        started = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        whole = time.perf_counter() - started
        found = json.loads(done.stdout.splitlines()[-1])
        written = len(list(Path(work).glob("out/*.json")))
        assert written == documents, f"{written} of {documents} are there: {done.stderr[-2000:]}"
        limit = found["requests"] * LATENCY / concurrency
        return [
            str(concurrency),
            str(found["requests"]),
            f"{documents / found['wall']:.0f}",
            f"{found['wall']:.2f}",
            f"{found['wall'] / limit:.2f}",
            f"{whole:.2f}",
            f"{found['cpu'] * 1000 / documents:.1f}",
            f"{found['peak']:.0f}",
        ]


def child(work: str, source: str, concurrency: str, port: str) -> None:
    """The command with its imports done: what counts is the work. CPU and memory are those of the whole process."""
    os.chdir(work)
    from extractor.cli import app

    for module in ("extractor.commands.extract", "extractor.runs.cached", "extractor.engines.model", OPENAI):
        __import__(module)
    arguments = ["extract", source, "-o", "out", "--model", "small", "--mode", "tools", "--concurrency", concurrency]
    before, started = time.process_time(), time.perf_counter()
    code = app([*arguments, "--base-url", f"http://127.0.0.1:{port}/v1"], standalone_mode=False)
    wall, cpu = time.perf_counter() - started, time.process_time() - before
    assert not code, code
    from extractor.store import open_store
    from extractor.store.runs import all_runs

    with open_store("policy-targets.db") as store:
        [run] = store.read(all_runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "requests": run.requests}))


def write_documents(folder: Path, documents: int) -> None:
    """The texts of the seeds, joined and cut to one length; no two are the same."""
    folder.mkdir(parents=True)
    files = sorted(ROOT.glob("seeds/*.txt"))
    text = "\n".join(file.read_text("utf8") for file in files)
    for number in range(documents):
        start = number * 997 % (len(text) - UNIT)
        (folder / f"{number:05}.txt").write_text(f"第{number}号文件\n{text[start : start + UNIT]}", "utf8")


class server:  # noqa: N801 - reads as a statement
    """The endpoint in a process of its own: its CPU is not ours."""

    def __enter__(self) -> int:
        command = [sys.executable, str(Path(__file__).with_name("slow_endpoint.py")), str(LATENCY)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


if __name__ == "__main__":
    child(*sys.argv[2:]) if sys.argv[1:2] == ["--"] else main()
