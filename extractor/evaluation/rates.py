"""A count out of a count."""

from dataclasses import dataclass
from typing import Any, Self


def rate(right: int, of: int) -> float | None:
    """Give no number where there is nothing to score."""
    return right / of if of else None


@dataclass(frozen=True, slots=True)
class Share:
    right: int = 0
    total: int = 0

    @property
    def share(self) -> float | None:
        return rate(self.right, self.total)

    def __add__(self, other: Self) -> "Share":
        return Share(self.right + other.right, self.total + other.total)

    def as_dict(self) -> dict[str, Any]:
        return {"right": self.right, "total": self.total, "share": self.share}
