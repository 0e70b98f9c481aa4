"""The recogniser: every figure and time expression of a text, parsed, with its place. No model, no network."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from extractor.cleaning import View, clean
from extractor.recognise import figures, not_a_figure, time_words
from extractor.recognise.draft import Draft
from extractor.recognise.hits import Hit, Interval
from extractor.recognise.times import TimeExpression

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
    hits = find_in(clean(text))
    return [replace(hit, period=hit.time.resolve(reference)) if hit.time else hit for hit in hits]


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
