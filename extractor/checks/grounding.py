"""A record stands in the text."""

import re
from collections.abc import Iterator

from extractor.checks.lost_years import lost_years
from extractor.checks.material import Material
from schemas.base import Quote, Span
from schemas.finding import Finding

CLASS = re.compile(r"[劣ⅠⅡⅢⅣⅤ]+类")


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
            if material.hit_at(place) is None and not is_no_number(material, place):
                yield Finding(
                    code="figure-not-in-text",
                    severity="error",
                    message=f"No figure or date was recognised where the record puts «{place.quote}».",
                    records=(record.id,),
                    spans=inside(place, len(material.raw)),
                )


def is_no_number(material: Material, place: Quote) -> bool:
    """Figures that the recogniser does not read: a class («Ⅲ类»), «零增长», a time whose year the source lost («今»)."""
    if CLASS.fullmatch(place.quote) or (place.quote == "零" and material.raw.startswith("增长", place.end)):
        return True
    first, last = material.clean_of(place)
    return any(start < last and first < end for start, end in lost_years(material.text))


def inside(place: Quote, length: int) -> tuple[Span, ...]:
    """Give the part of a span that the text has."""
    return (Span(start=place.start, end=min(place.end, length)),) if place.start < length else ()
