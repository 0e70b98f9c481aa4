"""A time in force, and the chain of those in force at a place of the text: document, heading, paragraph, sentence, clause."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from extractor.outline.times.years import Anchor
from extractor.recognise import Hit, Interval
from extractor.text.sentences import Sentence
from extractor.values import value
from schemas.vocabulary import YearFrom

# `event` is the day of a ceremony, `row` the year of a task table's row: both say something of some figures only
Reach = Literal["document", "event", "row", "section", "paragraph", "sentence", "clause"]

OPEN = Interval(None, None, "day")  # «目前»: a day that is not told
SO_FAR = ("截至", "截止", "截止到", "截至到")


@value
class Scope:
    """A time in force: what set it, how far it reaches.

    `words` is the clean span of the words that set it, `hit` their number; a date of publication has none.
    """

    interval: Interval
    source: YearFrom
    reach: Reach
    words: tuple[int, int] | None = None
    hit: int | None = None

    @property
    def year(self) -> int | None:
        """The one year that it lies in."""
        return one_year(self.interval)

    @property
    def is_open(self) -> bool:
        return self.interval.start is None and self.interval.end is None


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes of a file.

    `outer` holds, by clause, those in force where it opens, the innermost first; `inner` those set in it, by place.
    `anchors` are by part; `banners`, by sentence, are headings without a number.
    """

    outer: tuple[tuple[Scope, ...], ...] = ()
    inner: Mapping[int, tuple[tuple[int, Scope], ...]] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()
    banners: Mapping[int, str] = field(default_factory=dict)

    def at(self, clause: int, offset: int) -> tuple[Scope, ...]:
        """The chain for what stands at a clean offset of a clause: the last time before it, else the first behind it."""
        outer = self.outer[clause] if clause < len(self.outer) else ()
        own = self.inner.get(clause)
        if not own:
            return outer
        before = [scope for place, scope in own if place < offset]
        return (before[-1] if before else own[0][1], *outer)


def one_year(interval: Interval) -> int | None:
    start, end = interval.start, interval.end
    return int(end[:4]) if end and (start is None or start[:4] == end[:4]) else None


def whole_years(first: int | str, last: int | str) -> Interval:
    return Interval(f"{first}-01-01", f"{last}-12-31", "year")


def is_so_far(text: str, hit: Hit) -> bool:
    """«截至9月底», whether or not the recogniser took 截至 along."""
    return text.startswith(SO_FAR, hit.clean_outer_start) or text.endswith(SO_FAR, 0, hit.clean_outer_start)


def section_keys(sentence: Sentence) -> tuple[str, ...]:
    """The headings in force, the innermost first; the segment itself stands for a text without headings."""
    return keys_of(sentence.heading, sentence.segment)


@lru_cache(maxsize=64)
def keys_of(heading: tuple[str, ...], segment: int) -> tuple[str, ...]:
    """The same for all sentences of a section, which follow each other."""
    return (*("/".join(heading[: depth + 1]) for depth in reversed(range(len(heading)))), f"s{segment}")
