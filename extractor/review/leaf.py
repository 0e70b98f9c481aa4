"""One document as it now stands, to be read only: where nobody decided anything, its text need not be analysed again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractor.review.history import Reviewed
from extractor.review.keys import Portable, Record, figure_key, finding_key, keyed, portable
from extractor.review.merging import as_it_is
from extractor.review.sheet import figure_state
from schemas.document import Extraction


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a `Sheet` says of its records, without what only changing them needs."""

    document: str
    raw: str
    extraction: Extraction
    id_of: Mapping[str, str]
    reviewed: Mapping[str, Reviewed]

    def version(self, key: str) -> int:
        item = self.reviewed.get(key)
        return item.version if item else 0

    def records(self) -> Iterator[tuple[str, Record, Portable]]:
        """Each record with its key and its state, as `Sheet.current` gives it."""
        by_id = {record.id: record for record in keyed(self.extraction).values()}
        key_of = {name: key for key, name in self.id_of.items()}
        for key, name in self.id_of.items():
            if name in by_id:
                item = self.reviewed.get(key)
                yield key, by_id[name], item.record if item else portable(by_id[name], key_of)

    def figures(self) -> Iterator[tuple[str, Portable]]:
        """The lines of the ledger that nothing explains, or that a reviewer has given a role."""
        for figure in self.extraction.figures:
            item = self.reviewed.get(figure_key(figure))
            if figure.role == "unexplained" or (item and item.stands):
                yield figure_key(figure), figure_state(figure, item)

    def findings(self) -> Iterator[tuple[str, Portable]]:
        """What was found of the text itself; of a figure without explanation its own line tells."""
        keys = {
            finding_key(one): one.message
            for one in self.extraction.checks
            if not one.records and one.spans and one.code != "unexplained-figure"
        }
        for key, message in keys.items():
            item = self.reviewed.get(key)
            yield key, {"review": item.review if item else "unreviewed", "message": message}


def untouched(document: str, raw: str, extraction: Extraction) -> Leaf:
    return Leaf(document, raw, extraction, as_it_is(extraction).id_of, {})
