"""The log of one document, folded: what each reviewed record is now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.review.keys import Portable, kind_of
from schemas.correction import Correction

WITHDRAWN = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record that somebody decided about. `record` is its present state, `corrections` how it came to be.

    `record["review"]` is `None` where an added record was withdrawn, `unreviewed` where all was undone.
    """

    key: str
    base: Portable
    record: Portable
    corrections: tuple[Correction, ...]

    @property
    def kind(self) -> str:
        return kind_of(self.key)

    @property
    def version(self) -> int:
        return self.corrections[-1].version

    @property
    def result(self) -> int:
        """The newest result that a reviewer had before their eyes."""
        return max(correction.result for correction in self.corrections)

    @property
    def review(self) -> str | None:
        return self.record.get("review")

    @property
    def shown(self) -> str | None:
        """What the contract says of it. An accepted correction stays one: accepting it settles what is said of it."""
        if self.review not in ("accepted", "corrected"):
            return self.review
        if self.base.get("review", "unreviewed") is WITHDRAWN:
            return "added"
        changed = any(self.record[name] != value for name, value in self.base.items() if name != "review")
        return "corrected" if changed else self.review

    @property
    def stands(self) -> bool:
        """Whether a decision is in force: it was not undone or withdrawn."""
        return self.review not in (WITHDRAWN, "unreviewed")


def folded(bases: Mapping[str, Mapping[str, Any]], log: Iterable[Correction]) -> dict[str, Reviewed]:
    """Apply every correction in turn to the record as it was first met."""
    by_record: dict[str, list[Correction]] = defaultdict(list)
    for correction in log:
        by_record[correction.record].append(correction)
    return {
        key: Reviewed(key, dict(bases[key]), state(bases[key], corrections), tuple(corrections))
        for key, corrections in by_record.items()
    }


def state(base: Mapping[str, Any], corrections: Sequence[Correction]) -> Portable:
    record = dict(base)
    for correction in corrections:
        for change in correction.changes:
            record[change.field] = change.after
    return record


def last_undoable(log: Sequence[Correction], reviewer: str) -> Sequence[Correction]:
    """What a reviewer did last at once and has not undone; an undo itself is nothing to undo."""
    undone = {correction.undoes for correction in log}
    mine = [one for one in log if one.reviewer == reviewer and one.action != "undo" and one.id not in undone]
    return [one for one in mine if one.gesture == mine[-1].gesture]
