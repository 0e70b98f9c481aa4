"""Fuzz for as long as is wanted: `python -m tests.bench.fuzz 3600`. Each broken rule is printed once, with the shortest text found."""

import re
import sys
import time
import traceback
from random import Random

from tests.contract import broken_rules
from tests.offline import run
from tests.texts import random_text


def main(seconds: float, seed: int = 0) -> None:
    random, started = Random(seed), time.monotonic()
    characters = number = 0
    shortest: dict[str, str] = {}
    while time.monotonic() - started < seconds:
        raw = random_text(random, random.choice((3, 8, 20, 80)))
        number, characters = number + 1, characters + len(raw)
        for rule in problems(raw):
            kind = re.sub(r"['\"«].*|\d+", "#", rule)
            if kind not in shortest or len(raw) < len(shortest[kind]):
                shortest[kind] = smaller(raw, kind)
                print(f"{kind} | {rule} | {shortest[kind]!r}", flush=True)
    print(f"{number:,} texts, {characters:,} characters, {len(shortest)} kinds of broken rules")


def problems(raw: str) -> list[str]:
    try:
        return broken_rules(raw, run(raw))
    except Exception as error:  # noqa: BLE001  # what crashes is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return [f"{type(error).__name__} in {last.filename.rpartition('/')[2]}:{last.name}"]


def smaller(raw: str, kind: str) -> str:
    """Leave out pieces as long as the rule stays broken."""
    size = max(len(raw) // 2, 1)
    while size:
        for start in range(0, len(raw), size):
            shorter = raw[:start] + raw[start + size :]
            if any(re.sub(r"['\"«].*|\d+", "#", rule) == kind for rule in problems(shorter)):
                raw = shorter
                break
        else:
            size //= 2
    return raw


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
