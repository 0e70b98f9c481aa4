"""`extract` as a process of its own: what it says, what it gives, how it ends."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Told:
    code: int
    data: bytes
    talk: str


def outcome_of(arguments: Sequence[str], folder: Path, command: str = "extract", **more: Any) -> Told:
    engine = ["--engine", "offline"] if command == "extract" else []
    environment = os.environ | {"POLICY_TARGETS_STORE": ""} | more.pop("env", {})
    environment.pop("POLICY_TARGETS_STORE")
    run = subprocess.run(
        [sys.executable, "-m", "extractor.cli", command, *arguments, *engine],
        cwd=folder, env=environment, check=False, stderr=subprocess.PIPE, **({"stdout": subprocess.PIPE} | more),
    )  # fmt: skip
    return Told(run.returncode, run.stdout or b"", run.stderr.decode("utf8", "replace"))
