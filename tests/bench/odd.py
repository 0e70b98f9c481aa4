"""What each odd file gives, alone in a process: exit code, figures or reason, seconds, peak memory."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.odd_files import make_files, make_places

LIMIT = 120  # seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        read, refused = make_files(Path(folder))
        paths = [f"{folder}/{name}" for name in (*read, *refused)] + make_places(Path(folder))
        print(f"{'file':30} {'exit':>4} {'seconds':>8} {'peak MB':>8} {'output kB':>9}  told")
        for path in paths:
            print(told(path), flush=True)


def told(path: str) -> str:
    started = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.odd", "--one", path]
    run = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - started
    *talk, last = run.stderr.decode().strip().splitlines()
    peak = float(last) / 1024
    said = [line for line in talk if line.startswith("policy-targets: ")]
    words = f"{len(json.loads(run.stdout)['figures']):,} figures" if run.stdout else said[-1][16:].replace(path, "…")
    if run.stdout and (decoding := json.loads(run.stdout)["document"]["decoding"]):
        words += f", {decoding['mended']} mended"
    return f"{Path(path).name[:30]:30} {run.returncode:4} {seconds:8.2f} {peak:8.0f} {len(run.stdout) / 1024:9.0f}  {words[:90]}"


def one(path: str) -> None:
    from extractor.cli import main as run

    sys.argv = ["policy-targets", "extract", path, "--engine", "offline", "--timeout-per-file", str(LIMIT)]
    try:
        run()
    finally:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    else:
        main()
