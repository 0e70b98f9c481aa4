"""All lessons of a run, and which of them are nearest to a text: by trigrams of characters, figures folded, no service."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from hashlib import sha256
from heapq import nlargest
from itertools import chain
from math import fsum, log

from extractor.llm.tokens import approximate
from extractor.teaching.lesson import Lesson, Numbers

FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
BLANK = re.compile(r"\s+")
LENGTH = 3
# lines of the index that one search may read, the rarest trigrams first, and the lessons that are then compared in full
MOST_READ, MOST_COMPARED = 60_000, 60
FLOOR = 0.2  # of the lighter text's weight that both share: below it two texts of one kind have no more than phrases in common
ACCEPTED = 0.85  # what a lesson counts that no reviewer had to change
ALIKE = 0.7  # of the shorter of two lessons' trigrams: the second tells nothing new
ROOM = Numbers(1000, 1000, 10)  # tags are counted as those of a long document


def grams(text: str) -> set[str]:
    """Of clean text. The form of a sentence counts, not its figures."""
    folded = FIGURE.sub("0", BLANK.sub("", text))
    return {folded[place : place + LENGTH] for place in range(len(folded) - LENGTH + 1)}


class Lessons:
    """Made once for a run, and not changed after."""

    def __init__(self, lessons: Iterable[Lesson], count: Callable[[str], int] = approximate) -> None:
        ordered = sorted(lessons, key=lambda lesson: lesson.digest)
        self._lessons = tuple(ordered)
        self._tokens = [count(lesson.shown(ROOM)) + count(lesson.reply(ROOM)) for lesson in ordered]
        self._grams = [frozenset(grams(lesson.plain)) for lesson in ordered]
        self._index = index_of(self._grams)
        self._weights = [self._weight_of(own) for own in self._grams]
        self.digest = "sha256:" + sha256(b"".join(lesson.digest for lesson in ordered)).hexdigest()

    def __len__(self) -> int:
        return len(self._lessons)

    @property
    def documents(self) -> int:
        return len({lesson.document for lesson in self._lessons})

    def nearest(self, text: str, *, document: str | None, tokens: int, most: int) -> tuple[Lesson, ...]:
        """At most `most` lessons of other documents than `document` that take `tokens` together, the nearest first."""
        found: list[Lesson] = []
        forms: list[frozenset[str]] = []
        for number in self._ranked(grams(text), document):
            lesson, cost = self._lessons[number], self._tokens[number]
            if len(found) == most:
                break
            own = self._grams[number]
            if cost <= tokens and not any(are_alike(own, form) for form in forms):
                found.append(lesson)
                forms.append(own)
                tokens -= cost
        return tuple(found)

    def _ranked(self, wanted: set[str], document: str | None) -> list[int]:
        weight = self._weight_of(wanted)
        scores = {number: self._score(number, wanted, weight) for number in self._candidates(wanted, document)}
        near = [number for number, score in scores.items() if score >= FLOOR]
        return sorted(near, key=lambda number: (-scores[number], number))

    def _candidates(self, wanted: set[str], document: str | None) -> list[int]:
        """Those that share most of the rarest trigrams; what all lessons have in common tells them apart least."""
        known = sorted(
            (gram for gram in wanted if gram in self._index), key=lambda gram: (len(self._index[gram]), gram)
        )
        lines: list[tuple[int, ...]] = []
        read = 0
        for gram in known:
            line = self._index[gram]
            if lines and read + len(line) > MOST_READ:
                break
            lines.append(line)
            read += len(line)
        shared = Counter(chain.from_iterable(lines))
        others = (number for number in shared if self._lessons[number].document != document)
        return nlargest(MOST_COMPARED, others, key=lambda number: (shared[number] / len(self._grams[number]), -number))

    def _score(self, number: int, wanted: set[str], weight: float) -> float:
        """The weight of what both hold, as a share of the lighter one: a passage in a long text is as near as can be."""
        own = self._grams[number]
        lighter = min(self._weights[number], weight)
        score = self._weight_of(own & wanted) / lighter if lighter else 0.0
        return score if self._lessons[number].touched else score * ACCEPTED

    def _weight_of(self, some: Iterable[str]) -> float:
        return fsum(map(self._rarity, some))  # whatever order a set has in this process

    def _rarity(self, gram: str) -> float:
        return log(1 + len(self._lessons) / len(self._index.get(gram, "1")))


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


def index_of(of_lessons: Iterable[frozenset[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(of_lessons):
        for gram in own:
            found[gram].append(number)
    return {gram: tuple(numbers) for gram, numbers in found.items()}
