"""The application, put together: access first, then the JSON interface, then the pages."""

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from extractor.review.desk import Desk
from extractor.review.panels import Overview
from extractor.review.web import access, api, pages, panels
from extractor.review.web.access import Setup

HERE = Path(str(files("extractor.review.web")))


def make_app(desk: Desk, setup: Setup) -> FastAPI:
    app = FastAPI(
        title="policy-targets",
        version=version("policy-targets"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.state.overview = Overview(desk)
    app.state.setup = setup
    access.protect(app, setup)
    app.include_router(access.router)
    app.include_router(api.router, prefix="/api")
    app.include_router(pages.router)
    app.include_router(panels.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app
