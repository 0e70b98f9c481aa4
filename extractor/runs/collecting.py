"""How often a run looks for cycles of objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (10_000, 5, 5)


def collect_rarely() -> None:
    """To look for cycles at every 700th object takes a twentieth of the time; seldomer than so, they take up memory.

    What is loaded already, modules and patterns, stays to the end: it is not looked through each time.
    """
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def rare_collections() -> Iterator[None]:
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
