"""Files that are there whole or not at all, also after a power cut."""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from extractor.errors import OutputError

QUICK = 0.002  # seconds: a thread costs the rules more than such a wait
SLOW_FOR = 50  # files after a slow one
LONGEST_NAME = 255  # bytes


class Disk:
    """A quick disk is waited for here, a slow one in a thread. From time to time the slow one is tried again."""

    def __init__(self, sync: Callable[[int], None] = os.fsync) -> None:
        self._sync = sync
        self._slow_for = 0

    async def write(self, target: Path, page: bytes) -> None:
        """Raise `OutputError` where it cannot be; nothing of it is left then."""
        temporary = temporary_of(target)
        try:
            with opened(temporary) as file:
                file.write(page)
                file.flush()
                await self._settle(file.fileno())
            os.replace(temporary, target)  # noqa: PTH105  # a path of the temporary name costs as much as the writing
        except BaseException as error:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            if isinstance(error, OSError):
                raise OutputError(target, error) from error
            raise

    async def _settle(self, file: int) -> None:
        if self._slow_for:
            self._slow_for -= 1
            await asyncio.to_thread(self._sync, file)
            return
        started = time.perf_counter()
        self._sync(file)
        if time.perf_counter() - started > QUICK:
            self._slow_for = SLOW_FOR


def temporary_of(target: Path) -> str:
    """Beside the target; a name that leaves no room for more is left out of it."""
    own = f".{os.getpid()}.part"
    if len(os.fsencode(target.name)) + len(own) <= LONGEST_NAME:
        return f"{target}{own}"
    return f"{target.parent}/{sha256(os.fsencode(target.name)).hexdigest()[:16]}{own}"


def write_file(target: Path, page: bytes) -> None:
    """The same for one file, outside of a run."""
    asyncio.run(Disk().write(target, page))


def opened(name: str) -> BinaryIO:
    """Folders that are there are not made: most files go where one went before."""
    try:
        return open(name, "wb")  # noqa: PTH123
    except FileNotFoundError:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        return open(name, "wb")  # noqa: PTH123
