"""The panels' pages: of one document, and of the whole store."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from extractor.errors import Unknown
from extractor.review.panels import Narrowing, Overview, Panels, of_document
from extractor.review.web import panel_views as views
from extractor.review.web.access import desk_of, language_of
from extractor.review.web.rendering import render
from extractor.review.web.words_panels import panel_words

router = APIRouter(include_in_schema=False)

BARS = 40  # on a page of the timeline
CARDS = 24  # small charts on a page
LINES = 100  # figures on a page of those that are not paired

Number = Annotated[int, Query(ge=1, le=1_000_000)]
Text = Annotated[str, Query(max_length=200)]


@router.get("/panels")
def store_panels(
    request: Request,
    actor: Text = "",
    source: Text = "",
    name: Text = "",
    year: Text = "",
    t: Number = 1,
    c: Number = 1,
    u: Number = 1,
) -> HTMLResponse:
    """Of all documents. `t`, `c` and `u` are the pages of the timeline, of the comparisons and of what is not paired."""
    desk_of(request).refresh()
    narrowing = Narrowing(actor=actor.strip(), source=source.strip(), name=name.strip(), year=year.strip())
    given = {"actor": actor, "source": source, "name": name, "year": year}
    overview: Overview = request.app.state.overview
    shown = overview.panels(narrowing)
    return render(request, "panels.html", document=None, given=given, **parts(request, shown, (t, c, u), given))


@router.get("/documents/{document}/panels")
def document_panels(request: Request, document: str, t: Number = 1, c: Number = 1, u: Number = 1) -> HTMLResponse:
    desk = desk_of(request)
    try:
        about = desk.open(document).extraction.document
        shown = of_document(desk, document)
    except Unknown:
        return render(request, "missing.html", status=404, document=document)
    return render(request, "panels.html", document=document, about=about, given={}, **parts(request, shown, (t, c, u)))


def parts(
    request: Request, panels: Panels, turned: tuple[int, int, int], given: dict[str, str] | None = None
) -> dict[str, Any]:
    """`given` is what the store was narrowed to; a single document is not."""
    t, c, u = turned
    many = given is not None
    p = panel_words(language_of(request))
    paired = [one for one in panels.series if one.comparisons]
    timeline = views.page_of(panels.timeline.items, t, BARS)
    cards = views.page_of(paired, c, CARDS)
    alone = views.page_of(views.alone_of(panels.series), u, LINES)
    years = views.years_of(timeline.items)
    shares = views.shares_of(cards.items)
    return {
        "p": p,
        "views": views,
        "panels": panels,
        "timeline": timeline,
        "years": years,
        "jumps": views.jumps(panels.timeline.items, BARS),
        "cards": cards,
        "shares": shares,
        "alone": alone,
        "link": linker(given or {}, {"t": timeline.number, "c": cards.number, "u": alone.number}),
        "data": {
            "years": {one.year: [views.bar_of(item, with_actor=many) for item in one.items] for one in years},
            "cards": [views.card_of(one, p) for one in cards.items],
            "shares": shares,
        },
    }


def linker(given: dict[str, str], pages: dict[str, int]) -> Callable[..., str]:
    """The address of this page with another part of one list; what is as it comes is left out."""

    def link(**turned: int) -> str:
        values = {name: value for name, value in given.items() if value}
        values |= {name: str(number) for name, number in (pages | turned).items() if number > 1}
        return f"?{urlencode(values)}"

    return link
