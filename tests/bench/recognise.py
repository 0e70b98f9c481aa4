"""Measures the recogniser: `python tests/bench/recognise.py [CHARACTERS]`. Nothing here is a test; a table is printed."""

import sys
import tracemalloc
from collections.abc import Callable, Sized
from pathlib import Path
from time import perf_counter

from extractor.recognise import find_figures, find_in
from extractor.text.cleaning import clean

ROOT = Path(__file__).parents[2]
HOSTILE = {
    "digits": "1" * 100_000,
    "digits and a unit": "1" * 100_000 + "%",
    "一百 repeated": "一百" * 50_000,
    "grouped digits": "1," * 50_000,
    "digits in blanks": "元1 111" * 15_000,
    "ranges": "1-" * 50_000,
    "open quotes": "“一" * 50_000,
    "letters and digits": "a1" * 50_000,
    "at signs": "a@" * 50_000,
    "years": "2024年" * 20_000,
    "year cells": "2024 " * 20_000,
    "fractions": "三分之" * 33_000,
    "tenths": "三成" * 50_000,
    "blank lines": "\n" * 100_000,
    "adjectives": "三个" + "主要" * 50_000,
}


def seeds(length: int) -> str:
    text = "".join(path.read_bytes().decode("utf8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    return (text * (length // len(text) + 1))[:length]


def measured(name: str, length: int, run: Callable[[], Sized]) -> None:
    """Print the best of three runs, and the peak of the memory that another one takes."""
    best, hits = float("inf"), 0
    for _ in range(3):
        start = perf_counter()
        hits = len(run())
        best = min(best, perf_counter() - start)
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{name:<28}{length:>11,}{best:>9.3f}{length / best:>13,.0f}{hits:>9,}{peak / 2**20:>9.1f}")


def main(length: int) -> None:
    print(f"{'':<28}{'characters':>11}{'seconds':>9}{'a second':>13}{'hits':>9}{'peak MB':>9}")
    text = seeds(length)
    view = clean(text)
    measured("seeds: find_in", length, lambda: find_in(view))
    measured("seeds: cleaning", length, lambda: clean(text).cuts)
    measured("seeds: find_figures", length, lambda: find_figures(text, reference=2024))
    for size in (length // 4, length // 2):
        part = clean(text[:size])
        measured("seeds: find_in, a part", size, lambda part=part: find_in(part))
    for name, hostile in HOSTILE.items():
        seen = clean(hostile)
        measured(name, len(hostile), lambda seen=seen: find_in(seen))
    beside_jionlp(text[: length // 10])


def beside_jionlp(text: str) -> None:
    """Measure the nearest library on a tenth: it finds money and times, no counts, and is slow."""
    try:
        import jionlp
    except ImportError:
        print("jionlp is not installed")
        return
    lines = [line for line in text.split("\n") if line.strip()]
    view = clean(text)
    measured("a tenth: ours", len(text), lambda: find_in(view))
    measured(
        "a tenth: jionlp money", len(text), lambda: [hit for line in lines for hit in jionlp.ner.extract_money(line)]
    )
    measured(
        "a tenth: jionlp times", len(text), lambda: [hit for line in lines for hit in jionlp.ner.extract_time(line)]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
