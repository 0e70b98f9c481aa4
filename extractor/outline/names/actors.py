"""Whose document it is, by the names in it."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from extractor.outline.names.places import Name, actor_name, find_names, region_of
from extractor.outline.names.spots import Kind
from extractor.text.spans import SpanIndex
from schemas.region import Region

__all__ = ["actor_by_body", "actor_of_name", "first_name", "region_of_actor"]

PLACES: frozenset[Kind] = frozenset(("province", "city", "county", "township", "zone"))
# what a text calls its own zone or place once it has been named: «全区», «示范区», «我县»
BARE_ZONE = re.compile(
    r"(?<![级个各类家型])(?:高新区|经开区|开发区|示范区|商务区|新区|园区|街道)(?![一-鿿]?(?:级|内外))"
)
COLLECTIVE = re.compile(r"(?:全|我|本)(?P<grade>自治区|省|市|县|区|旗|州|镇|乡|街道)(?![一-鿿]?级)")
GRADES: dict[str, tuple[Kind, ...]] = {
    "省": ("province",), "自治区": ("province",), "市": ("city", "county"), "州": ("city",), "县": ("county",), "旗": ("county",),
    "区": ("county", "zone", "province"), "镇": ("township",), "乡": ("township",), "街道": ("township",),
}  # fmt: skip
# «在汐浦园区集中开工典礼上的讲话»
SCENE = re.compile(r"在[^,。;]{2,40}?(?:典礼|仪式|现场会|现场推进会|调研|考察)(?:时|上)?的?(?=讲话|致辞|发言|$)")
GRADE_ORGAN = re.compile(r"^(省|市|县|区|镇|乡|自治区)(?:人民)?政府(?:办(?:公室|公厅)?)?$")
LEAD = 200  # characters in which a text says whom it is about
OFTEN = 3


@lru_cache(maxsize=1024)  # the same few actors again and again
def region_of_actor(actor: str | None) -> Region | None:
    """The place that an actor is; `None` for organs, firms and what only calls itself «全区»."""
    return region_of(actor) if actor else None


def actor_of_name(name: str) -> str | None:
    """An organ's place or zone; `None` for what is no name. One said short («广东») is given in full."""
    actor = actor_name(re.sub(r"\s", "", name))
    region = region_of_actor(actor)
    return region.name if region and region.code and region.name.startswith(str(actor)) else actor


def organ_of_no_name(organ: str) -> str | None:
    """«区政府», «县人民政府办公室»: whoever signs so is known by its grade alone."""
    match = GRADE_ORGAN.match(organ)
    return f"{match[1]}政府" if match else None


def first_name(title: str) -> str | None:
    """The zone, else the place or the organ, that a title names first; a place where something is said is nobody's."""
    where = SCENE.match(title)
    names = [
        name for name in find_names(title, where.end() if where else 0) if name.kind in PLACES or name.kind == "organ"
    ]
    zones = [name for name in names if name.kind == "zone"]
    return next((actor for name in (*zones, *names) if (actor := actor_of_name(name.text))), None)


def actor_by_body(body: str) -> str | None:
    """The zone or place that the text speaks of most; else what it calls its own («全区», «新区»).

    A text that says 全县 all along speaks of a county: names of other grades stand in it as parts or neighbours. One that
    says 新区 or 经开区 for short speaks of the zone whose name ends so.
    """
    names = [name for name in find_names(body) if name.kind in PLACES]
    named = SpanIndex(names, attrgetter("start"), attrgetter("end"))
    bare = Counter(match.group() for match in BARE_ZONE.finditer(body) if named.at(match.start()) is None)
    own = Counter(match["grade"] for match in COLLECTIVE.finditer(body))
    grade, often = own.most_common(1)[0] if own else (None, 0)
    short, times = bare.most_common(1)[0] if bare else (None, 0)
    weights = weighed(names, short if times >= OFTEN else None, GRADES[grade] if grade and often >= 2 else None)
    name, weight = weights.most_common(1)[0] if weights else (None, 0)
    if weight >= OFTEN or (grade and often >= 2 and len(weights) == 1):
        return name
    if short and times >= OFTEN:
        return short
    if grade and often >= 2:
        said = Counter(match.group() for match in COLLECTIVE.finditer(body) if match["grade"] == grade)
        return max(said, key=lambda words: (words[0] == "全", said[words]))
    return name


def weighed(names: Iterable[Name], short: str | None, own: tuple[Kind, ...] | None) -> Counter[str]:
    """How often each is named: once more in the lead, three times more where the text calls its zone by the name's end."""
    found: Counter[str] = Counter()
    for name in names:
        actor = actor_name(name.text)
        if not actor or is_said_short(actor) or (own and name.kind not in own):
            continue
        found[actor] += 2 if name.start < LEAD else 1
        if short and actor.endswith(short) and found[actor] < OFTEN:
            found[actor] += OFTEN
    return found


def is_said_short(actor: str) -> bool:
    """«厦门» in running text is where somebody went; whose text it is stands in full."""
    region = region_of(actor)
    return region is not None and region.code is not None and region.name != actor
