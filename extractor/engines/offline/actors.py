"""Who reaches a figure, where its sentence names somebody below the segment's own actor: a firm, a district, a town, a park."""

import re
from collections.abc import Iterator, Sequence

from extractor.engines.offline.scene import Scene
from extractor.outline.names.actors import actor_of_name, region_of_actor
from extractor.outline.names.places import Name, actor_name, find_names
from extractor.outline.names.spots import Kind

# the grades from the top down; whose grade is not below the segment's own says where, not who
GRADE: dict[Kind, int] = {
    "province": 0,
    "city": 1,
    "county": 2,
    "zone": 3,
    "township": 4,
    "village": 5,
    "organ": 6,
    "firm": 6,
}
SIZED = {"province": 0, "city": 1, "county": 2, "zone": 3, "township": 4}
# what may stand before a subject at the head of its clause, times aside
BEFORE = re.compile(r"(?:其中|此外|同时|[\s“”‘’《(—\-•·●:、\d.)一二三四五六七八九十]|支持|推动|由|要求|目前|年内)*")
# behind a name these make it part of another one, or of a list
BEHIND = re.compile(
    r"的|等|、|和|与|及|至|段|级|内|境|全面|[一-鿿]{0,8}?(?:大桥|大道|公路|铁路|水库|机场|医院|学校|街区)"
)


def actor_of_figure(scene: Scene, found: Sequence[Name], place: int) -> str | None:
    """The last of the sentence's `subjects` before a figure in its semicolon part; `None` for the segment's own actor.

    `place` is the clean start of the figure.
    """
    low = max(scene.sentence.start, scene.text.rfind(";", scene.sentence.start, place)) if found else place
    before = [name for name in found if low <= name.start < place]
    return named(scene, before[-1]) if before else None


def subjects(scene: Scene) -> Iterator[Name]:
    """The names that open a clause and are no part of a longer one."""
    clauses = scene.analysis.outline.clauses
    starts = [clauses[number].start for number in scene.sentence.clauses]
    for name in find_names(scene.text, scene.sentence.start, scene.sentence.end):
        start = max((at for at in starts if at <= name.start), default=scene.sentence.start)
        if name.kind in GRADE and leads(scene, start, name.start) and not BEHIND.match(scene.text, name.end):
            yield name


def leads(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but times and marks stands before a name in its clause."""
    position = start
    for hit in scene.hits_between(start, end):
        if hit.kind == "time":
            if not BEFORE.fullmatch(scene.text, position, max(position, hit.clean_outer_start)):
                return False
            position = max(position, hit.clean_outer_end)
    return bool(BEFORE.fullmatch(scene.text, position, max(position, end)))


def named(scene: Scene, name: Name) -> str | None:
    """The name as an actor, if it stands below the segment's."""
    actor = actor_name(name.text) if name.kind in SIZED else name.text  # as the text calls it, not in full
    own = scene.part.actor
    if actor is None or (own and (actor in own or own in actor or actor_of_name(name.text) == own)):
        return None
    region = region_of_actor(own)
    top = SIZED.get(region.level, 0) if region else 0
    return actor if GRADE[name.kind] > top else None
