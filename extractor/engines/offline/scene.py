"""What a rule may look at: a sentence with its surroundings, and what carries from figure to figure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractor.analysis import Analysis
from extractor.engines.offline.periods import Governor, annual_period, heading_year, title_period
from extractor.engines.offline.status import section_mood
from extractor.outline import Clause, Part, Sentence
from extractor.recognise import Hit
from extractor.values import value
from schemas.base import Period
from schemas.vocabulary import Status

HEADS_A_LIST = re.compile(
    "|".join((":$", *(rf"{word}[^。,;]{{0,8}}(?:目标|指标|任务)。?$" for word in ("以下", "如下", "下列", "下述"))))
)


LIST_ENDS = (":", *(f"{word}{end}" for word in ("目标", "指标", "任务") for end in ("", "。")))
AIMS = re.compile(r"目标|任务")
BULLET = re.compile(r"\s*[●○•■□◆◇▲★·—\-]")


@value
class Scene:
    """A sentence in its segment. `mood` is what its headings say, `year` that of publication, `default` the title's period."""

    analysis: Analysis
    sentence: Sentence
    part: Part
    mood: Status | None
    year: int | None
    default: Period | None
    text: str = field(init=False, repr=False, compare=False)  # the clean text, asked for at every step

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.analysis.view.text)

    @property
    def actors(self) -> tuple[str, ...]:
        return (self.part.actor,) if self.part.actor else ()

    def words(self, clause: Clause) -> str:
        return self.text[clause.start : clause.end]

    def hits_between(self, start: int, end: int) -> Iterator[Hit]:
        """The hits that touch a run of the clean text."""
        hits = self.analysis.hits
        index = bisect_right(hits, start, key=lambda hit: hit.clean_outer_end)
        while index < len(hits) and hits[index].clean_outer_start < end:
            yield hits[index]
            index += 1


def scenes_of(analysis: Analysis, sentences: Sequence[Sentence]) -> list[Scene]:
    """The scenes of sentences in their order; those of one section share what its headings say."""
    scenes: list[Scene] = []
    for sentence in sentences:
        before = scenes[-1] if scenes else None
        if before and (before.sentence.segment, before.sentence.heading) == (sentence.segment, sentence.heading):
            scenes.append(Scene(analysis, sentence, before.part, before.mood, before.year, before.default))
        else:
            scenes.append(scene_of(analysis, sentence))
    return scenes


def scene_of(analysis: Analysis, sentence: Sentence) -> Scene:
    part = analysis.outline.parts[sentence.segment]
    year = int(part.published[:4]) if part.published else analysis.outline.this_year[sentence.segment]
    default = heading_year(sentence) or title_period(part) or annual_period(part)
    return Scene(analysis, sentence, part, section_mood(sentence, part), year, default)


@dataclass(slots=True)
class State:
    """What goes on from figure to figure within a paragraph or section: the time in force, names, the status."""

    key: object = None
    governor: Governor | None = None
    names: list[str] = field(default_factory=list)
    status: Status | None = None
    topic: Governor | None = None
    counted: tuple[int, str] | None = None
    sections: dict[str, Governor] = field(default_factory=dict)
    aims: set[str] = field(default_factory=set)

    @property
    def carried(self) -> str | None:
        return self.names[-1] if self.names else None

    def enter(self, scene: Scene) -> None:
        """At a new sentence only a time that opened one («2023年,»), a heading or a head («主要目标:») goes on governing."""
        self.governor = self.topic
        keys = section_keys(scene.sentence)
        if self.aims.intersection(keys) and BULLET.match(scene.text, scene.sentence.start):
            self.status = "target"
        if self.governor is None:
            found = (self.sections[key] for key in keys if key in self.sections)
            self.governor = next(found, None)

    def leave(self, scene: Scene) -> None:
        """«到2025年努力实现以下主要目标:» governs the list below it."""
        words = scene.text[scene.sentence.start : scene.sentence.end].rstrip()
        if not words.endswith(LIST_ENDS) or not HEADS_A_LIST.search(words):
            return
        if AIMS.search(words):
            self.aims.add(section_keys(scene.sentence)[0])
        if self.governor:
            self.sections[section_keys(scene.sentence)[0]] = self.governor
            self.topic = None


def section_keys(sentence: Sentence) -> tuple[str, ...]:
    """The headings in force, the innermost first; the segment itself stands for a text without headings."""
    return keys_of(sentence.heading, sentence.segment)


@lru_cache(maxsize=64)
def keys_of(heading: tuple[str, ...], segment: int) -> tuple[str, ...]:
    """The same for all sentences of a section, which follow each other."""
    return (*("/".join(heading[: depth + 1]) for depth in reversed(range(len(heading)))), f"s{segment}")


@value
class FigureScene:
    """One open figure: its hit, its clause, the figures beside it in the clause (by number, itself among them).

    `before` holds the words since the last metric of the clause, or since a colon, `after` those up to its end.
    """

    scene: Scene
    clause: Clause
    index: int
    hit: Hit
    figures: tuple[int, ...]
    boundary: int
    before: str = field(init=False, repr=False, compare=False)  # the rules ask for both again and again
    after: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = self.scene.text
        object.__setattr__(self, "before", text[self.boundary : self.hit.clean_outer_start].rpartition(":")[2])
        object.__setattr__(self, "after", text[self.hit.clean_outer_end : self.clause.end])

    @property
    def around(self) -> str:
        """The clause with «<>» in the place of the figure."""
        text = self.scene.text
        return f"{text[self.clause.start : self.hit.clean_outer_start]}<>{self.after}"

    @property
    def following(self) -> Iterator[tuple[int, Hit]]:
        return ((index, self.scene.analysis.hits[index]) for index in self.figures if index > self.index)
