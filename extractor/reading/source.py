"""One file to one source: bytes, text, and what the file says of itself."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import SourceError
from extractor.reading.encoding import decode
from extractor.reading.paths import STDIN, SUFFIXES, Entry, bare, find, unreadable
from extractor.text.cleaning import script_of
from schemas.vocabulary import Script

if TYPE_CHECKING:
    from extractor.reading.page import Page

MAX_CHARS = 2_000_000
ROOM = 32 * 2**20  # bytes that are read in any case: the markup of a page may be far longer than its text
PIECE = 2**18
LONGEST_NAME, UNNAMED = 200, "text.txt"  # of what did not come from a path
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
    return understood(entry, read_bytes(entry, max_chars, stdin), max_chars)


def read_named(name: str, data: bytes, *, max_chars: int = MAX_CHARS) -> Source:
    """Read what came with a name instead of from a path, as a file of that name would be. Folders in it are left out."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(char for char in last if char.isprintable()).strip()[:LONGEST_NAME]
    shown = shown if shown.strip(".") else UNNAMED
    if len(data) > most_bytes(max_chars):
        raise too_long(shown, max_chars)
    return understood(Entry(shown, shown, bare(shown)), data, max_chars)


def understood(entry: Entry, data: bytes, max_chars: int) -> Source:
    suffix = PurePath(entry.name).suffix.lower()
    if REFUSED.fullmatch(suffix):
        raise SourceError(entry.name, f"{suffix} files are not read, only {' '.join(SUFFIXES)} and plain text")
    text, encoding = decode(entry.name, data)
    title = publisher = published = None
    if suffix in PAGES or PAGE.match(text):
        page = page_of(entry.name, text)
        text, title, publisher, published = page.text, page.title, page.publisher, page.published
    if len(text) > max_chars:
        raise SourceError(entry.name, f"too long: {len(text):,} characters, the limit is {max_chars:,}")
    return Source(entry.name, entry.stem, identity(data), text, encoding, title, publisher, published, script_of(text))


def identity(data: bytes) -> str:
    """The id of a document: the same bytes are the same document."""
    return f"sha256:{sha256(data).hexdigest()}"


def most_bytes(max_chars: int) -> int:
    return max(ROOM, 4 * max_chars)


def too_long(name: str, max_chars: int) -> SourceError:
    return SourceError(name, f"too long: over {most_bytes(max_chars):,} bytes, the limit is {max_chars:,} characters")


def read_bytes(entry: Entry, max_chars: int, stdin: BinaryIO | None) -> bytes:
    most = most_bytes(max_chars)
    try:
        if entry.path == STDIN:
            data = at_most(most + 1, stdin or sys.stdin.buffer)
        else:
            with open(entry.path, "rb") as file:  # noqa: PTH123  # a path costs half as much as the reading
                data = at_most(most + 1, file)
    except OSError as error:
        raise unreadable(entry.name, error) from error
    if len(data) > most:
        raise too_long(entry.name, max_chars)
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
