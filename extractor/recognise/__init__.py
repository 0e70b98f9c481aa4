"""The recogniser: every figure and time expression of a text, parsed, with its place. No model, no network."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from extractor.recognise import figures, identifiers, not_a_figure, time_words
from extractor.recognise.draft import Draft, Places
from extractor.recognise.hits import Hit, Interval
from extractor.recognise.times import TimeExpression
from extractor.text.cleaning import View, clean

__all__ = ["Hit", "Interval", "TimeExpression", "find_figures", "find_in"]


def find_figures(text: str, *, reference: date | int | None = None) -> list[Hit]:
    """Find the figures and times of a raw text, in its order.

    `reference` is the date, or the year, that times without a year of their own hang on. Each time carries in `period` the
    days that it names; without a reference, or where a year is not enough (本月), the period has no ends.

    >>> [figure, limit] = find_figures("力争突破1.2万亿元,年底前完成", reference=2024)
    >>> figure.comparator, figure.value, figure.unit, figure.base.value
    ('>', Decimal('1.2'), '万亿元', Decimal('1200000000000'))
    >>> limit.text, limit.period.end, limit.time.relation
    ('年底', '2024-12-31', 'by')
    """
    view = clean(text)
    places = Places(view)
    return [draft.on(places, draft.time.resolve(reference) if draft.time else None) for draft in drafts_of(view.text)]


def find_in(view: View) -> tuple[Hit, ...]:
    """Give the hits in the order of the text; their cores never overlap. Times stay symbolic."""
    places = Places(view)
    return tuple(draft.on(places, None) for draft in drafts_of(view.text))


def drafts_of(text: str) -> list[Draft]:
    taken = bytearray(len(text))
    kept = [
        *keep(identifiers.find(text), taken),
        *keep(time_words.find(text), taken),
        *keep(not_a_figure.find(text), taken),
    ]
    kept += figures.find(text, taken)
    return [draft for draft in sorted(kept, key=attrgetter("start")) if not draft.silent]


def keep(drafts: Iterable[Draft], taken: bytearray) -> list[Draft]:
    return [draft for draft in drafts if figures.free(taken, draft)]
