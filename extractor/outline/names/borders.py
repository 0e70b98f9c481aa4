"""Where a name that no list knows begins: behind what ends a clause, or behind a word that stands in no name.

Where neither tells, nothing does: half a name is worse than none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from extractor.outline.names.divisions import short_names

IN_NAME = re.compile(r"[㐀-鿿X×]*\Z")  # X and × stand for the characters that a text leaves out
REACH = 16  # characters looked at before what a name ends in


def table() -> list[str]:
    lines = files("extractor.outline.names").joinpath("data/name_words.tsv").read_text("utf8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@cache
def words() -> dict[str, frozenset[str]]:
    """The words of `name_words.tsv` by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in table():
        kind, listed = line.split("\t")
        found[kind].update(listed.split())
    return {kind: frozenset(listed) for kind, listed in found.items()}


def any_of(listed: Iterable[str]) -> str:
    """A pattern for the longest of the words at a place, branched by first character.

    Branches of one word each would all be tried at every character that one of them begins with.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(listed, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items())


@cache
def kinds() -> dict[str, str]:
    """What each word means for the name behind it. Themes and names are there to be passed over: no 中 of 中卫 or of 中心."""
    passed = words()["name"] | words()["word"] | short_names().keys() | longer(words()["theme"])
    return (
        dict.fromkeys(passed, "pass")
        | dict.fromkeys(words()["left"], "left")
        | dict.fromkeys(words()["never"], "never")
    )


@cache
def border() -> re.Pattern[str]:
    return re.compile(any_of(kinds().keys()))


@cache
def theme() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(longer(words()['theme'] | words()['word']))})+")


@cache
def no_core() -> re.Pattern[str]:
    """Characters and words that stand in no name of one's own."""
    return re.compile(
        f"[{''.join(words()['char'])}]|{any_of(longer(words()['theme'] | words()['word'] | words()['never']))}"
    )


@cache
def no_unlisted() -> re.Pattern[str]:
    """What a zone's core may hold, but no division that the list leaves out: 湖, 港, 大, 小."""
    return re.compile(f"[{''.join(word for word in words()['theme'] | words()['never'] if len(word) == 1)}]")


def longer(listed: Iterable[str]) -> set[str]:
    return {word for word in listed if len(word) > 1}


def is_common(stem: str) -> bool:
    """Whether a character or a word stands in it that stands in no name."""
    return bool(no_core().search(stem)) and stem not in words()["name"]


@cache
def beside(kind: str) -> dict[str, frozenset[str]]:
    """The characters that may not stand before a suffix (`last`), or behind it (`next`)."""
    rows = (line.split("\t")[1].split(" ") for line in table() if line.startswith(f"{kind}\t"))
    return {suffix: frozenset(listed) for suffix, *listed in rows}


def stem_start(text: str, floor: int, end: int, reach: int = REACH) -> int | None:
    """Where the unknown name that stands before `end` begins, at or behind `floor`, which is a border itself."""
    low = max(floor, end - reach)
    run = IN_NAME.search(text, low, end)
    assert run is not None
    start = run.start() if run.start() > low or low == floor else -1
    for match in border().finditer(text, run.start(), end):
        kind = kinds()[match.group()]
        if kind != "pass":
            start = -1 if kind == "never" else match.end()
    return start if start >= 0 else None


def is_core(stem: str, longest: int) -> bool:
    """Whether it reads as a name of its own: two or more characters, no common word among them."""
    return 2 <= len(stem) <= longest and not is_common(stem) and not no_unlisted().search(stem)


def core_of_zone(stem: str) -> str:
    """What stands before the themes of a zone: 东方 of 东方枢纽国际; nothing, where it opens with one."""
    match = theme().search(stem)
    return stem[: match.start()] if match else stem
