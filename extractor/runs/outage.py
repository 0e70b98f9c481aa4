"""An endpoint that is not there ends the run: the rules are not to answer thousands of documents in its place."""

from extractor.errors import Unavailable
from extractor.runs.gate import Gate

FEW = (
    3  # requests in a row that were given up, each after all of its tries: a guess, so that a short outage ends no run
)


class Outage:
    """Hears whether the endpoint answers, and shuts the gate where it does not."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._in_a_row = 0

    def answered(self) -> None:
        self._in_a_row = 0

    async def given_up(self, error: Unavailable) -> None:
        """Raise `RunStopped` where the run ends with it."""
        self._in_a_row += 1
        if error.lasting or self._in_a_row >= FEW:
            await self._gate.shut(str(error))
        self._gate.still_open()
