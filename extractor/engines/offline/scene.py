"""What a rule may look at: a sentence with its surroundings, and what carries from figure to figure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.analysis import Analysis
from extractor.engines.offline.status import section_mood
from extractor.outline import Clause, Part, Scope, Sentence
from extractor.outline.times.scopes import section_keys
from extractor.outline.times.section_scopes import HEADS_A_LIST, LIST_ENDS
from extractor.outline.times.years import Anchor
from extractor.recognise import Hit
from extractor.values import value
from schemas.vocabulary import Status

AIMS = re.compile(r"目标|任务")
UNIT_HEAD = re.compile(r"\([^()]{1,10}\)[::为达]{0,2}\s?$")
BULLET = re.compile(r"\s*[●○•■□◆◇▲★·—\-]")


@value
class Scene:
    """A sentence in its segment. `mood` is what its headings say, `anchor` the year and day of its document."""

    analysis: Analysis
    sentence: Sentence
    part: Part
    mood: Status | None
    anchor: Anchor
    text: str = field(init=False, repr=False, compare=False)  # the clean text, asked for at every step

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.analysis.view.text)

    @property
    def actors(self) -> tuple[str, ...]:
        return (self.part.actor,) if self.part.actor else ()

    @property
    def year(self) -> int | None:
        return self.anchor.now

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
        if before and heading_of(before.analysis, before.sentence) == heading_of(analysis, sentence):
            scenes.append(Scene(analysis, sentence, before.part, before.mood, before.anchor))
        else:
            scenes.append(scene_of(analysis, sentence))
    return scenes


def heading_of(analysis: Analysis, sentence: Sentence) -> tuple[int, str | None, tuple[str, ...]]:
    return sentence.segment, analysis.outline.scopes.banners.get(sentence.number), sentence.heading


def scene_of(analysis: Analysis, sentence: Sentence) -> Scene:
    part = analysis.outline.parts[sentence.segment]
    anchors = analysis.outline.scopes.anchors
    anchor = anchors[sentence.segment] if sentence.segment < len(anchors) else Anchor()
    banner = analysis.outline.scopes.banners.get(sentence.number)
    return Scene(analysis, sentence, part, section_mood(sentence, part, banner), anchor)


@dataclass(slots=True)
class State:
    """What goes on from figure to figure within a paragraph or section: names, the status, where aims are listed."""

    key: object = None
    names: list[str] = field(default_factory=list)
    status: Status | None = None
    counted: tuple[int, str] | None = None
    aims: set[str] = field(default_factory=set)

    @property
    def carried(self) -> str | None:
        return self.names[-1] if self.names else None

    def enter(self, scene: Scene) -> None:
        """Below a head («主要目标:») each bullet is an aim."""
        keys = section_keys(scene.sentence)
        if self.aims.intersection(keys) and BULLET.match(scene.text, scene.sentence.start):
            self.status = "target"

    def leave(self, scene: Scene) -> None:
        """«到2025年努力实现以下主要目标:» says what the list below it holds."""
        words = scene.text[scene.sentence.start : scene.sentence.end].rstrip()
        if words.endswith(LIST_ENDS) and HEADS_A_LIST.search(words) and AIMS.search(words):
            self.aims.add(section_keys(scene.sentence)[0])


@value
class FigureScene:
    """One open figure: its hit, its clause, the figures beside it in the clause (by number, itself among them).

    `chain` holds the times in force, the innermost first, `limit` one that its sentence states behind it;
    `before` the words since the last metric of the clause, or since a colon, `after` those up to its end.
    """

    scene: Scene
    clause: Clause
    index: int
    hit: Hit
    figures: tuple[int, ...]
    boundary: int
    chain: tuple[Scope, ...]
    limit: Scope | None = None
    before: str = field(init=False, repr=False, compare=False)  # the rules ask for both again and again
    before_end: int = field(init=False, repr=False, compare=False)  # where `before` ends; the unit of a head may follow
    after: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = self.scene.text
        before = text[self.boundary : self.hit.clean_outer_start]
        if self.hit.unit and self.hit.text[-1:].isdigit():  # «投资(亿元):120.5»
            before = UNIT_HEAD.sub("", before)
        object.__setattr__(self, "before", before.rpartition(":")[2])
        object.__setattr__(self, "before_end", self.boundary + len(before))
        object.__setattr__(self, "after", text[self.hit.clean_outer_end : self.clause.end])

    @property
    def around(self) -> str:
        """The clause with «<>» in the place of the figure."""
        text = self.scene.text
        return f"{text[self.clause.start : self.hit.clean_outer_start]}<>{self.after}"

    @property
    def following(self) -> Iterator[tuple[int, Hit]]:
        return ((index, self.scene.analysis.hits[index]) for index in self.figures if index > self.index)
