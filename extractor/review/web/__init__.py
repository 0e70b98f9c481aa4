"""The reviewers' pages and the JSON interface: one FastAPI application over a `Desk`."""

from extractor.review.web.app import make_app

__all__ = ["make_app"]
