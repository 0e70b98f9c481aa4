"""One index for all look-ups of spans: which is at an offset, which stand within a run, which is the last before it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """Spans in the order of the text that do not overlap. Offsets are those that `start` and `end` give; spans are half-open.

    A look-up costs O(log n); the index keeps the spans themselves, not copies.
    """

    __slots__ = ("ends", "items", "starts")

    def __init__(self, items: Sequence[T], start: Callable[[T], int], end: Callable[[T], int]) -> None:
        self.items = items
        self.starts = [start(item) for item in items]
        self.ends = [end(item) for item in items]

    def at(self, offset: int) -> T | None:
        """The span around an offset; `None` between two."""
        number = bisect_right(self.starts, offset) - 1
        return self.items[number] if number >= 0 and offset < self.ends[number] else None

    def within(self, start: int, end: int) -> range:
        """The numbers of the spans that start in a run."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def touching(self, start: int, end: int) -> range:
        """The numbers of the spans that share a character with a run."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def before(self, offset: int) -> T | None:
        """The last span that ends at or before an offset."""
        number = bisect_right(self.ends, offset) - 1
        return self.items[number] if number >= 0 else None
