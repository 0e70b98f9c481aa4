"""The output contract and the reply models, as Pydantic models. Start at `document.Extraction`."""

from schemas.document import Extraction

__all__ = ["Extraction"]
