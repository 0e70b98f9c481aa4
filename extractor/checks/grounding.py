"""A record stands in the text."""

from collections.abc import Iterator

from extractor.checks.material import Material
from schemas.base import Quote, Span
from schemas.finding import Finding


def quote_is_in_text(material: Material) -> Iterator[Finding]:
    for record, figures in material.index.holders:
        wrong = [
            place for place in (*figures, *record.evidence) if material.raw[place.start : place.end] != place.quote
        ]
        for place in dict.fromkeys(wrong):
            yield Finding(
                code="quote-not-found",
                severity="error",
                message=f"The quote «{place.quote}» does not stand in the text at {place.start}-{place.end}.",
                records=(record.id,),
                spans=inside(place, len(material.raw)),
            )


def figure_is_in_text(material: Material) -> Iterator[Finding]:
    for record, figures in material.index.holders:
        for place in figures:
            if material.hit_at(place) is None:
                yield Finding(
                    code="figure-not-in-text",
                    severity="error",
                    message=f"No figure or date was recognised where the record puts «{place.quote}».",
                    records=(record.id,),
                    spans=inside(place, len(material.raw)),
                )


def inside(place: Quote, length: int) -> tuple[Span, ...]:
    """Give the part of a span that the text has."""
    return (Span(start=place.start, end=min(place.end, length)),) if place.start < length else ()
