"""A short text through the whole pipeline without a model."""

import asyncio
from hashlib import sha256

from extractor.engines.offline import OfflineEngine
from extractor.pipeline import extract
from extractor.reading import Source
from schemas import Extraction


def run(raw: str) -> Extraction:
    digest = f"sha256:{sha256(raw.encode()).hexdigest()}"
    source = Source("a.txt", "a", digest, raw, "utf-8", None, None, None, "Hans")
    return asyncio.run(extract(source, OfflineEngine()))
