"""Reviewers' decisions on the way out of a run: laid over what is written, never over what the store keeps of the engine."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from extractor.reading import Source
from extractor.review.desk import laid_over
from extractor.store import Store, corrections, open_store
from schemas.document import Extraction


class Reviewed:
    """`kept` where the run keeps its results in the same store, before it asks for what is decided about them."""

    def __init__(self, store: Store, *, kept: bool) -> None:
        self._store = store
        self._kept = kept

    def knows(self, source: Source) -> bool:
        """Whether anybody ever decided anything about a document: one read by its index, for most all there is."""

        def read(connection: Connection) -> int:
            return corrections.newest(connection, source.id)

        return self._store.read(read) > 0

    def over(self, source: Source, page: str) -> Extraction:
        """The contract's JSON with every decision that stands."""
        return laid_over(self._store, source.raw, Extraction.model_validate_json(page), kept=self._kept)


@contextmanager
def reviewed_in(file: Path) -> Iterator[Reviewed | None]:
    """What is decided in a store that the run does not write to; `None` where it is not there, or holds no decision."""
    if not holds_decisions(file):
        yield None
        return
    with open_store(str(file), create=False) as store:
        yield Reviewed(store, kept=False)


def holds_decisions(file: Path) -> bool:
    """Without opening it as a store: a run that has nothing to do with it neither migrates it nor signs in."""
    if not file.is_file():
        return False
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("SELECT 1 FROM corrections LIMIT 1").fetchone() is not None
        except sqlite3.OperationalError as error:
            return "no such table" not in str(error)  # what else is wrong, the opening tells
        except sqlite3.DatabaseError:
            return False  # no store, whatever its name
