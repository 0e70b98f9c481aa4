"""The region of a record: the place that its actor is."""

from functools import lru_cache

from extractor.outline.names.actors import region_of
from schemas.region import Region


@lru_cache(maxsize=1024)  # the same few actors again and again
def region_of_actor(actor: str | None) -> Region | None:
    """`None` for organs, firms and what only calls itself «全区»."""
    return region_of(actor) if actor else None
