"""Command-line paths to sources."""

from extractor.reading.paths import Entry, find
from extractor.reading.source import MAX_CHARS, Source, read, read_named, read_sources

__all__ = ["MAX_CHARS", "Entry", "Source", "find", "read", "read_named", "read_sources"]
