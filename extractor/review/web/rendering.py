"""Templates to pages, with what every page needs: the visitor's language, name and token for changes."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from extractor.review.web.access import csrf_token, language_of, reviewer_of
from extractor.review.web.bare import TEMPLATES
from extractor.review.web.words import counter, translator
from extractor.review.web.words_findings import told_in


def render(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    return HTMLResponse(markup(request, name, **values), status)


def markup(request: Request, name: str, **values: Any) -> str:
    language = language_of(request)
    return TEMPLATES.get_template(name).render(
        t=translator(language),
        many=counter(language),
        said=told_in(language),
        language=language,
        csrf=csrf_token(request),
        reviewer=reviewer_of(request),
        token=request.app.state.setup.token is not None,
        **values,
    )
