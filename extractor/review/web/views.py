"""What the document page shows, as values: pieces of text, cards of records, groups of cards.

Two of them compare equal where the page looks the same, so that a save sends back only what it changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.review.keys import Record, figure_key, finding_key, places_of
from extractor.review.sheet import Sheet
from extractor.review.web.telling import read_as, shown_name, told
from schemas.deadline import Deadline
from schemas.figure import Figure
from schemas.finding import Finding
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project

LONGEST_LIT = 300
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the raw text. A figure has its role, its own key, and the key of the record that uses it."""

    start: int
    text: str
    role: str | None = None
    key: str | None = None
    record: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A finding at a record."""

    code: str
    severity: str
    message: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A record, a figure without an explanation, or a finding that names no record. `chips` are word keys, or words."""

    key: str
    kind: str
    name: str
    lead: str
    chips: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    review: str
    version: int
    notes: tuple[Note, ...]
    spans: Spans
    links: tuple[tuple[str, str], ...] = ()
    by: str | None = None

    @property
    def open_notes(self) -> int:
        return sum(not note.settled for note in self.notes)

    @property
    def worst(self) -> str | None:
        severities = {note.severity for note in self.notes if not note.settled}
        return next((severity for severity in ("error", "warning", "info") if severity in severities), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under a heading; below a goal those of its metrics."""

    name: str
    cards: tuple[tuple[Card, tuple[Card, ...]], ...]

    @property
    def size(self) -> int:
        return len(self.cards)


@dataclass(frozen=True, slots=True)
class View:
    """All that the page of one sheet shows."""

    groups: tuple[Group, ...]
    cards: Mapping[str, Card]
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=16)
def view_of(sheet: Sheet) -> View:
    """A save compares the view before with the one after, and the next save has the first of them already."""
    shown = cards(sheet)
    return View(groups(sheet, shown), shown, tuple(pieces(sheet)))


def pieces(sheet: Sheet) -> Iterator[Piece]:
    """The whole raw text, in order; of figures that overlap the first is shown."""
    key_of, raw, position = sheet.key_of, sheet.raw, 0
    for figure in sorted(sheet.extraction.figures, key=lambda one: (one.start, one.end)):
        if figure.start < position:
            continue
        if figure.start > position:
            yield Piece(position, raw[position : figure.start])
        yield mark(raw, figure, key_of)
        position = figure.end
    if position < len(raw):
        yield Piece(position, raw[position:])


def mark(raw: str, figure: Figure, key_of: Mapping[str, str]) -> Piece:
    return Piece(
        figure.start,
        raw[figure.start : figure.end],
        figure.role,
        figure_key(figure),
        key_of.get(figure.record or ""),
        f"{read_as(figure)} · {figure.why}" if figure.why else read_as(figure),
    )


def groups(sheet: Sheet, all_cards: Mapping[str, Card]) -> tuple[Group, ...]:
    """Left-overs first, then goals with their metrics, metrics without a goal, projects, deadlines."""
    records = sheet.records
    key_of = sheet.key_of
    below: dict[str, list[Card]] = {}
    for key, record in records.items():
        if isinstance(record, Metric):
            below.setdefault(key_of.get(record.goal or "", ""), []).append(all_cards[key])
    loose = below.pop("", [])

    def of(kind: type[Record]) -> tuple[tuple[Card, tuple[Card, ...]], ...]:
        return tuple(
            (all_cards[key], tuple(below.get(key, ()))) for key, record in records.items() if isinstance(record, kind)
        )

    left = tuple((card, ()) for card in all_cards.values() if card.kind in ("figure", "finding"))
    found = (
        Group("attention", left),
        Group("goals", of(Goal)),
        Group("metrics", tuple((card, ()) for card in loose)),
        Group("projects", of(Project)),
        Group("deadlines", of(Deadline)),
    )
    return tuple(group for group in found if group.cards)


def cards(sheet: Sheet) -> dict[str, Card]:
    """Every card by its key."""
    notes = notes_by_record(sheet)
    key_of = sheet.key_of
    names = {record.id: shown_name(record) for record in sheet.records.values()}
    limits: dict[str, list[tuple[str, str]]] = {}
    for deadline in sheet.extraction.deadlines:
        if deadline.review != "rejected":
            for name in deadline.applies_to:
                limits.setdefault(name, []).append((key_of[deadline.id], deadline.text.quote))
    found = {card.key: card for card in leftovers(sheet)}
    for key, record in sheet.records.items():
        found[key] = card_of(sheet, key, record, notes.get(record.id, ()), names, key_of, limits.get(record.id, ()))
    return found


def notes_by_record(sheet: Sheet) -> dict[str, tuple[Note, ...]]:
    found: dict[str, tuple[Note, ...]] = {}
    for finding in sheet.extraction.checks:
        for name in finding.records:
            found[name] = (*found.get(name, ()), note(finding))
    return found


def note(finding: Finding) -> Note:
    return Note(finding.code, finding.severity, finding.message, finding.settled)


def leftovers(sheet: Sheet) -> Iterator[Card]:
    """Findings that name no record, and figures without an explanation, in the order of the text."""
    figures = {
        (figure.start, figure.end): figure for figure in sheet.extraction.figures if figure.role == "unexplained"
    }
    for finding in sheet.extraction.checks:
        if finding.records:
            continue
        figure = next(
            (figures.pop(place) for span in finding.spans if (place := (span.start, span.end)) in figures), None
        )
        yield figure_card(sheet, figure, (note(finding),)) if figure else finding_card(sheet, finding)
    yield from (figure_card(sheet, figure, ()) for figure in figures.values())


def figure_card(sheet: Sheet, figure: Figure, notes: tuple[Note, ...]) -> Card:
    key = figure_key(figure)
    return Card(
        key,
        "figure",
        figure.text,
        read_as(figure),
        (f"role.{figure.role}",),
        (),
        "unreviewed",
        sheet.version(key),
        notes,
        ((figure.start, figure.end),),
    )


def finding_card(sheet: Sheet, finding: Finding) -> Card:
    key = finding_key(finding)
    item = sheet.reviewed.get(key)
    # a finding about a whole chunk would hide the colours of all that is in it
    spans = tuple((span.start, span.end) for span in finding.spans if span.end - span.start <= LONGEST_LIT)
    return Card(
        key,
        "finding",
        f"code.{finding.code}",
        "",
        (),
        (),
        "accepted" if finding.settled else "unreviewed",
        sheet.version(key),
        (note(finding),),
        spans,
        by=item.corrections[-1].reviewer if item else None,
    )


def card_of(
    sheet: Sheet,
    key: str,
    record: Record,
    notes: Sequence[Note],
    names: Mapping[str, str],
    key_of: Mapping[str, str],
    limits: Sequence[tuple[str, str]],
) -> Card:
    item = sheet.reviewed.get(key)
    lead, chips, details = told(record)
    places = (*places_of(record), *record.evidence)
    links = [(key_of[name], names[name]) for name in getattr(record, "applies_to", ()) if name in names]
    return Card(
        key,
        type(record).__name__.lower(),
        shown_name(record),
        lead,
        chips,
        tuple((label, text) for label, text in details if text),
        record.review,
        sheet.version(key),
        tuple(notes),
        tuple(dict.fromkeys((place.start, place.end) for place in places)),
        tuple(links or limits),
        item.corrections[-1].reviewer if item and item.stands else None,
    )
