"""One file to one source: bytes, text, and what the file says of itself."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from extractor.cleaning import script_of
from extractor.errors import SourceError
from extractor.reading.encoding import decode
from extractor.reading.paths import STDIN, SUFFIXES, Entry, find, unreadable
from schemas.vocabulary import Script

if TYPE_CHECKING:
    from extractor.reading.page import Page

MAX_CHARS = 2_000_000
ROOM = 32 * 2**20  # bytes that are read in any case: the markup of a page may be far longer than its text
PIECE = 2**18
PAGES = (".html", ".htm")
PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
REFUSED = re.compile(  # never text, whatever their bytes look like
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|od[ts]|rtf|epub|zip|rar|7z|gz|tar|png|jpe?g|gif|webp|tiff?|bmp|mp[34]|db|sqlite)"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read. Offsets everywhere point into `raw`: the decoded text, or a page's main text."""

    name: str
    output_stem: str
    id: str
    raw: str
    encoding: str
    title: str | None
    publisher: str | None
    published: str | None
    script: Script


def read_sources(
    paths: Sequence[str], *, max_chars: int = MAX_CHARS, stdin: BinaryIO | None = None
) -> Iterator[Source | SourceError]:
    """Read what the arguments name, one at a time. What cannot be read is given as its error; the others go on."""
    for entry in find(paths):
        yield entry if isinstance(entry, SourceError) else read_or_error(entry, max_chars, stdin)


def read_or_error(entry: Entry, max_chars: int, stdin: BinaryIO | None) -> Source | SourceError:
    try:
        return read(entry, max_chars=max_chars, stdin=stdin)
    except SourceError as error:
        return error.with_traceback(None)  # a kept error must not keep the frames, which hold the file


def read(entry: Entry, *, max_chars: int = MAX_CHARS, stdin: BinaryIO | None = None) -> Source:
    """Read one file. With a suffix that we do not know it is read if it turns out to be plain text."""
    suffix = PurePath(entry.name).suffix.lower()
    data = read_bytes(entry, max_chars, stdin)
    if REFUSED.fullmatch(suffix):
        raise SourceError(entry.name, f"{suffix} files are not read, only {' '.join(SUFFIXES)} and plain text")
    text, encoding = decode(entry.name, data)
    title = publisher = published = None
    if suffix in PAGES or PAGE.match(text):
        page = page_of(entry.name, text)
        text, title, publisher, published = page.text, page.title, page.publisher, page.published
    if len(text) > max_chars:
        raise SourceError(entry.name, f"too long: {len(text):,} characters, the limit is {max_chars:,}")
    digest = f"sha256:{sha256(data).hexdigest()}"
    return Source(entry.name, entry.stem, digest, text, encoding, title, publisher, published, script_of(text))


def read_bytes(entry: Entry, max_chars: int, stdin: BinaryIO | None) -> bytes:
    most = max(ROOM, 4 * max_chars)
    try:
        if entry.path == STDIN:
            data = at_most(most + 1, stdin or sys.stdin.buffer)
        else:
            with Path(entry.path).open("rb") as file:
                data = at_most(most + 1, file)
    except OSError as error:
        raise unreadable(entry.name, error) from error
    if len(data) > most:
        raise SourceError(entry.name, f"too long: over {most:,} bytes, the limit is {max_chars:,} characters")
    return data


def at_most(size: int, file: BinaryIO) -> bytes:
    """Read in pieces: one large read would take memory for all of `size` at once."""
    data = bytearray()
    while len(data) < size and (piece := file.read(min(PIECE, size - len(data)))):
        data += piece
    return bytes(data)


def page_of(name: str, markup: str) -> "Page":
    from extractor.reading.page import read_page  # noqa: PLC0415  # start-up does not wait for trafilatura

    page = read_page(markup)
    if page is None:
        raise SourceError(name, "no text in the page")
    return page
