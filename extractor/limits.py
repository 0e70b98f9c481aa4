"""How long one file may take: what takes longer is stopped, told, and the others go on."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType

from extractor.errors import SourceError

SECONDS = 300.0  # for one file, unless a setting says otherwise: a thousand times what a long report takes
AGAIN = 0.5  # seconds until the alarm rings again, where a library has swallowed it
CAN_RING = hasattr(signal, "setitimer")


class TooSlow(BaseException):
    """No `Exception`: libraries catch those of every kind."""


@contextmanager
def within(seconds: float, name: str) -> Iterator[None]:
    """Raise `SourceError` where the work on `name` takes longer, or more memory than there is. 0 sets no limit in time.

    Only in the main thread of a process on Unix can work be interrupted; elsewhere it takes as long as it takes.
    """
    rings = seconds > 0 and CAN_RING and threading.current_thread() is threading.main_thread()
    try:
        with ringing(seconds, name) if rings else nullcontext():
            yield
    except MemoryError:
        raise SourceError(name, "stopped: there is not enough memory for it") from None


@contextmanager
def ringing(seconds: float, name: str) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
    except TooSlow:
        raise stopped(name, seconds) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def ring(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def stopped(name: str, seconds: float) -> SourceError:
    return SourceError(name, f"stopped: it took longer than {seconds:g} seconds (--timeout-per-file)")
