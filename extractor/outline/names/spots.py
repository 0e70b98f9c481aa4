"""A word that a name may end in, with what stands before it, and the link of a name that is read there."""

from typing import Literal

from extractor.outline.names.borders import beside, is_core, stem_start
from extractor.values import value

Kind = Literal["province", "city", "county", "township", "zone", "village", "organ", "firm"]
# before a suffix they may belong to it: a 珂城区 is one only at the start of a clause, a 城区 in its midst is none
PART_OF_SUFFIX = frozenset("城湖山江河海")


@value
class Atom:
    """One link of a name: 宜阳县 of 洛阳市宜阳县. `known` if the list of divisions holds it."""

    start: int
    end: int
    kind: Kind
    known: bool = False

    @property
    def is_place(self) -> bool:
        return self.kind not in {"organ", "firm"}


@value
class Spot:
    """A word that names end in, at `text[start:end]`; the atom before it; the bounds that nothing reaches over."""

    text: str
    start: int
    end: int
    held: Atom | None
    low: int
    high: int

    @property
    def word(self) -> str:
        return self.text[self.start : self.end]

    @property
    def floor(self) -> int:
        """Behind the atom before it: a border."""
        return self.held.end if self.held else self.low

    @property
    def next(self) -> str:
        return self.text[self.end] if self.end < self.high else "\n"

    @property
    def is_behind_place(self) -> bool:
        return self.held is not None and self.held.is_place and self.held.end == self.start


def is_chinese(char: str) -> bool:
    return "㐀" <= char <= "鿿"


def unlisted(spot: Spot, kind: Kind, longest: int) -> Atom | None:
    """A place that no list holds: a few characters behind a border, no common word among them."""
    text, at = spot.text, spot.start
    if at < spot.floor + 2:
        return None
    may_run_on = text[at - 1] in beside("last").get(spot.word, ())
    if may_run_on and text[at - 1] not in PART_OF_SUFFIX:
        return None
    start = stem_start(text, spot.floor, at, longest + 3)
    if start is None or not is_core(text[start:at], longest):
        return None
    opens_clause = start == spot.floor or not is_chinese(text[start - 1])
    if may_run_on and not (at - start == 2 and opens_clause):
        return None
    return Atom(start, spot.end, kind)
