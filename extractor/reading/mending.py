"""Bytes that are none of their encoding: what stands in their place, and where that is."""

import codecs
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.document import Decoding, Mended

LOST = "\ufffd"
HANDLER = "policy-targets-mend"
MOST_PLACES = 100  # that are told one by one
HARDLY_TEXT = 30  # characters to one that is lost: with fewer it is no text of this encoding
SHORT = 10  # the same for the first two of a short text
FEW_NULS = 100  # the same for NUL bytes, of which binary files are full

_bad = threading.local()


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text. `decoding` is `None` where every byte was what it should be."""

    text: str
    encoding: str
    decoding: Decoding | None = None
    lost: int = 0

    @property
    def is_hardly_text(self) -> bool:
        return self.lost > max(len(self.text) // HARDLY_TEXT, min(len(self.text) // SHORT, 2))


class TooManyBad(ValueError):
    pass


def mend(data: bytes, codec: str, encoding: str, before: int = 0) -> Text | None:
    """Decode and mend; `None` where most of it would have to be. `before` counts the bytes of the mark in front of `data`."""
    _bad.spans, _bad.euros, _bad.most = [], 0, len(data) // SHORT + 3
    try:
        text = data.decode(codec, HANDLER)
    except (TooManyBad, UnicodeError):
        return None
    spans: list[tuple[int, int]] = _bad.spans
    if "\0" in text and not codec.startswith(("utf-16", "utf-32")):
        if text.count("\0") * FEW_NULS > len(text):
            return None
        text = text.replace("\0", LOST)
        spans = sorted((*spans, *nuls(data)))
    if not spans:
        return Text(text, encoding)
    places = tuple(places_of(data, codec, spans[:MOST_PLACES], before, text))
    lost = len(spans) - _bad.euros
    return Text(text, encoding, Decoding(encoding=encoding, mended=len(spans), places=places), lost)


def mend_or_skip(error: UnicodeError) -> tuple[str, int]:
    """GBK's lone 0x80 is the euro sign of Windows; for all else nothing tells what it was."""
    assert isinstance(error, UnicodeDecodeError)
    euro = error.encoding == "gb18030" and error.object[error.start : error.end] == b"\x80"
    _bad.spans.append((error.start, error.end))
    _bad.euros += euro
    if len(_bad.spans) - _bad.euros > _bad.most:
        raise TooManyBad
    return "€" if euro else LOST, error.end


codecs.register_error(HANDLER, mend_or_skip)


def nuls(data: bytes) -> Iterator[tuple[int, int]]:
    place = data.find(b"\0")
    while place >= 0:
        yield place, place + 1
        place = data.find(b"\0", place + 1)


def places_of(data: bytes, codec: str, spans: list[tuple[int, int]], before: int, text: str) -> Iterator[Mended]:
    """What stands between two bad places is whole, so that its characters can be counted."""
    behind = offset = 0
    for start, end in spans:
        offset += len(data[behind:start].decode(codec, "ignore"))
        behind = end
        yield Mended(byte=before + start, offset=offset, bytes=data[start:end].hex(), text=text[offset : offset + 1])
        offset += 1
