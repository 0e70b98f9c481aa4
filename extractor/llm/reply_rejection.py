"""Who keeps replies hears here that one was wrong: the client alone finds out, after the transport has done its work."""

from collections.abc import Callable
from contextvars import ContextVar

Reject = Callable[[str], None]

_kept: ContextVar[list[Reject] | None] = ContextVar("kept", default=None)


def new_ask() -> None:
    """From here on, in this task, what is kept belongs to another ask."""
    _kept.set([])


def kept(reject: Reject) -> None:
    """A reply was kept; `reject` takes it back, with the reason. One that came before it in the same ask was wrong."""
    reject_last("it was sent back")
    replies = _kept.get()
    if replies is not None:
        replies.append(reject)


def reject_last(reason: str) -> None:
    """The reply that came last is wrong. Without a reason it was not: something else failed."""
    replies = _kept.get()
    if replies and reason:
        replies.pop()(reason)
