"""A short text through the whole pipeline without a model."""

import asyncio
from hashlib import sha256

from extractor.engines.offline import OfflineEngine
from extractor.pipeline import extract
from extractor.reading import Source
from schemas import Extraction


def run(raw: str) -> Extraction:
    return asyncio.run(extract(source_of(raw), OfflineEngine()))


def source_of(raw: str) -> Source:
    digest = f"sha256:{sha256(raw.encode()).hexdigest()}"
    return Source("a.txt", "a", digest, raw, "utf-8", None, None, None, "Hans")
