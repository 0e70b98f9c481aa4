"""The reviewers' desk over one store: what the pages, the JSON interface and the spreadsheets all go through."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Connection

from extractor.analysis import Analysis, analyse
from extractor.errors import StaleRecord, Unknown
from extractor.review.deciding import added, decided, rest_accepted, undone
from extractor.review.history import Reviewed, folded
from extractor.review.leaf import Leaf, untouched
from extractor.review.merging import merge
from extractor.review.sheet import Sheet, make_sheet
from extractor.review.summary import lines_of, summary_of
from extractor.store import Store, corrections, results, summaries
from extractor.store.corrections import Decision
from extractor.store.summaries import Filter, Found, Summary, Wanted
from schemas.correction import Action, Correction
from schemas.document import Extraction

HELD = 16  # documents whose text and result are held ready
AT_ONCE = 200  # documents whose summaries are made in one transaction


@dataclass(frozen=True, slots=True)
class Taught:
    """A document that somebody decided something about, as it now stands."""

    document: str
    raw: str
    extraction: Extraction


class Desk:
    """Safe to be used by several threads: reading is by value, writing goes through the store's one writer."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._analysis = lru_cache(maxsize=HELD)(self._analyse)
        self._extraction = lru_cache(maxsize=HELD)(self._extract)
        self._sheet = lru_cache(maxsize=HELD)(self._make)

    # documents

    def open(self, document: str) -> Sheet:
        """The document as it now stands; `Unknown` where the store has no result of it."""
        result, correction = self.store.read(
            lambda connection: (
                results.latest_id(connection, document),
                corrections.newest(connection, document),
            )
        )
        if result is None:
            raise Unknown(f"no document {document}")
        return self._sheet(document, result, correction)

    def leaf(self, document: str) -> Leaf:
        """The same to be read only. Without decisions it is the result as it stands, and nothing of it is held."""

        def read(connection: Connection) -> tuple[int | None, int, str | None]:
            return (
                results.latest_id(connection, document),
                corrections.newest(connection, document),
                results.raw_text(connection, document),
            )

        result, correction, raw = self.store.read(read)
        if result is None or raw is None:
            raise Unknown(f"no document {document}")
        if not correction:
            return untouched(document, raw, self._extract(result))
        sheet = self._sheet(document, result, correction)
        return Leaf(document, sheet.raw, sheet.extraction, sheet.merged.id_of, sheet.reviewed)

    def _make(self, document: str, result: int, correction: int) -> Sheet:
        """The sheet after a certain correction; 0 is none. It never changes, so it can be held."""

        def read(connection: Connection) -> tuple[Sequence[Correction], Mapping[str, Mapping[str, Any]]]:
            log = corrections.of_document(connection, document)
            return [one for one in log if one.id <= correction], corrections.bases(connection, document)

        log, bases = self.store.read(read) if correction else ([], {})
        analysis = partial(self._analysis, document)
        return make_sheet(document, result, self._extraction(result), self._raw(document), analysis, bases, log)

    def _extract(self, result: int) -> Extraction:
        return Extraction.model_validate_json(
            self.store.read(lambda connection: results.extraction_of_result(connection, result))
        )

    def _raw(self, document: str) -> str:
        raw = self.store.read(lambda connection: results.raw_text(connection, document))
        if raw is None:
            raise Unknown(f"no document {document}")
        return raw

    def _analyse(self, document: str) -> Analysis:
        return analyse(self._raw(document))

    # decisions

    def decide(
        self,
        document: str,
        key: str,
        action: Action,
        version: int,
        reviewer: str,
        values: Mapping[str, Any] | None = None,
        reason: str | None = None,
    ) -> Sheet:
        """Accept, edit or reject a record that was read at `version` (0 for one that nobody has touched).

        Raises `Unknown`, `WrongValues`, and `StaleRecord` where somebody saved the record since: nothing is written then.
        """
        sheet = self.open(document)
        decision = decided(sheet, key, action, version, reviewer, values, reason)
        return self._save(sheet, [decision] if decision else [])

    def add(
        self,
        document: str,
        kind: str,
        start: int,
        end: int,
        reviewer: str,
        values: Mapping[str, Any] | None = None,
        reason: str | None = None,
    ) -> tuple[Sheet, str]:
        """A record of what is selected in the raw text, and its key."""
        sheet = self.open(document)
        decision = added(sheet, kind, start, end, reviewer, values, reason)
        return self._save(sheet, [decision]), decision.record

    def accept_rest(self, document: str, reviewer: str, among: Sequence[str] | None = None) -> Sheet:
        """Accept every record that nobody has decided about and that no open finding is about; `among` are keys."""
        sheet = self.open(document)
        return self._save(sheet, rest_accepted(sheet, reviewer, among))

    def undo(self, document: str, reviewer: str) -> tuple[Sheet, str | None]:
        """Take back what the reviewer did last in this document; the key of its (first) record, `None` where there was none."""
        sheet = self.open(document)
        decisions = undone(sheet, reviewer)
        return self._save(sheet, decisions), decisions[0].record if decisions else None

    def _save(self, sheet: Sheet, decisions: Sequence[Decision]) -> Sheet:
        if not decisions:
            return sheet
        self.store.post(lambda connection: corrections.save(connection, decisions)).result()
        return self.open(sheet.document)

    def save_all(self, rows: Iterable[Sequence[Decision]]) -> list[StaleRecord | None]:
        """Save the decisions of each row, all of a row or none; of each the reason why it was not saved."""

        def save(connection: Connection, row: Sequence[Decision]) -> None:
            for decision in row:  # each a gesture of its own: an undo takes back one
                corrections.save(connection, [decision])

        waiting = [self.store.post(partial(save, row=row)) for row in rows]  # one transaction, unless one is refused
        return [refusal(future) for future in waiting]

    def log(self, document: str | None = None) -> Sequence[Correction]:
        return self.store.read(lambda connection: list(corrections.everything(connection, document)))

    # the queue and the index

    def refresh(self, told: Callable[[int], None] = lambda _: None) -> int:
        """Bring summaries and records up to date with results and corrections; give the number of documents that were not."""
        done = 0
        while names := self.store.read(lambda connection: summaries.stale(connection, AT_ONCE)):
            made = [self._summarised(name) for name in names]

            def write(connection: Connection, made: Sequence[Any] = made) -> None:
                for summary, extraction in made:
                    summaries.keep(connection, summary, lines_of(extraction))

            self.store.post(write).result()
            done += len(names)
            told(done)
        return done

    def _summarised(self, document: str) -> tuple[Summary, Mapping[str, Any]]:
        """Without decisions a result stands as it is: nothing has to be laid over it, or checked again."""

        def read(connection: Connection) -> tuple[int | None, int, int]:
            return (
                results.latest_id(connection, document),
                corrections.newest(connection, document),
                summaries.newest_result(connection, document),
            )

        result, correction, newest = self.store.read(read)
        assert result is not None, "only documents with a result are stale"
        if correction:
            extraction = self._sheet(document, result, correction).extraction.model_dump(mode="json")
        else:
            extraction = json.loads(
                self.store.read(lambda connection: results.extraction_of_result(connection, result))
            )
        return summary_of(extraction, document, newest, correction), extraction

    def page(self, wanted: Wanted, *, start: int = 0, most: int = 50) -> Sequence[Summary]:
        return self.store.read(lambda connection: summaries.page(connection, wanted, start=start, most=most))

    def documents(self, wanted: Wanted) -> Sequence[str]:
        """All that are wanted, the worst first. Only their names are held."""
        return self.store.read(lambda connection: summaries.documents(connection, wanted))

    def named(self, name: str) -> Sequence[str]:
        """The documents of that id or source."""
        return self.store.read(lambda connection: summaries.named(connection, name))

    def beside(self, document: str) -> tuple[str | None, str | None]:
        """The documents before and behind one in the queue."""
        return self.store.read(lambda connection: summaries.beside(connection, document))

    def totals(self, wanted: Wanted) -> Mapping[str, int]:
        return self.store.read(lambda connection: summaries.totals(connection, wanted))

    def records(self, wanted: Filter, *, start: int = 0, most: int = 100) -> tuple[Sequence[Found], int]:
        """A page of records, and how many there are in all."""
        return self.store.read(
            lambda connection: (
                summaries.records(connection, wanted, start=start, most=most),
                summaries.count(connection, wanted),
            )
        )

    # what was learnt

    def taught(self) -> Iterator[Taught]:
        """Every document that somebody decided something about, over the newest result that they had before their eyes.

        So what is learnt of it does not change with later runs, and what they left standing they have seen.
        """

        def read(connection: Connection, document: str) -> tuple[int | None, int]:
            seen = corrections.newest_result(connection, document)
            return seen or results.latest_id(connection, document), corrections.newest(connection, document)

        for document in self.store.read(corrections.reviewed_documents):
            result, correction = self.store.read(partial(read, document=document))
            if result is not None:
                sheet = self._sheet(document, result, correction)
                yield Taught(document, sheet.raw, sheet.extraction)


def refusal(future: Future[None]) -> StaleRecord | None:
    try:
        future.result()
    except StaleRecord as error:
        return error
    return None


def laid_over(store: Store, raw: str, extraction: Extraction, *, kept: bool) -> Extraction:
    """An extraction with what reviewers have decided about its document; as it is where nobody has.

    `kept` is one that is the store's newest result of the document; another is news to every reviewer.
    """
    document = extraction.document.id

    def read(connection: Connection) -> tuple[dict[str, Reviewed], int]:
        log = corrections.of_document(connection, document)
        reviewed = folded(corrections.bases(connection, document), log) if log else {}
        return reviewed, summaries.newest_result(connection, document) if kept else sys.maxsize

    reviewed, result = store.read(read)
    return merge(extraction, analyse(raw), reviewed, result).extraction if reviewed else extraction
