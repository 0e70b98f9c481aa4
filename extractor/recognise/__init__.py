"""The recogniser: every figure and time expression of a text, parsed, with its place. No model, no network."""

from collections.abc import Iterable
from datetime import date

from extractor.cleaning import View, clean
from extractor.recognise import figures, not_a_figure, time_words
from extractor.recognise.draft import Draft
from extractor.recognise.hits import Hit, Interval
from extractor.recognise.times import TimeExpression

__all__ = ["Hit", "Interval", "TimeExpression", "find_figures", "find_in"]


def find_figures(text: str, *, reference: date | int | None = None) -> list[Hit]:  # noqa: ARG001 - see below
    """Find the figures of a raw text. Times stay symbolic: `hit.time.resolve(reference)` gives their dates."""
    return list(find_in(clean(text)))


def find_in(view: View) -> tuple[Hit, ...]:
    """Give the hits in the order of the text; their cores never overlap."""
    taken = bytearray(len(view.text))
    kept = [
        *keep(not_a_figure.find(view.text), taken),
        *keep(time_words.find(view.text), taken),
        *keep(not_a_figure.find_words(view.text), taken),
    ]
    kept += figures.find(view.text, taken)
    return tuple(draft.on(view) for draft in sorted(kept, key=lambda draft: draft.start) if not draft.silent)


def keep(drafts: Iterable[Draft], taken: bytearray) -> list[Draft]:
    return [draft for draft in drafts if figures.free(taken, draft)]
