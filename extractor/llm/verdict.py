"""What the failure of a first request says of the reply mode that it was asked in: for runs and for `doctor` alike."""

from typing import Literal

from extractor.errors import ModelError, ReplyInvalid
from extractor.llm.replies import ModeRefused, Refused

Verdict = Literal["works", "refused", "wrong", "ends"]
"""After a mode that was refused, or whose reply was wrong, the next one is tried; else the search ends."""


def verdict(error: ModelError) -> Verdict:
    """What the error of a first request says of its mode."""
    if isinstance(error, ReplyInvalid):
        if error.truncated:  # it was good as far as it went
            return "works"
        # a refusal in prose may mean the tools: another mode may fare better
        return "ends" if isinstance(error, Refused) and not error.plain else "wrong"
    return "refused" if isinstance(error, ModeRefused) else "ends"
