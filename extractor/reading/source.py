"""One file to one source: bytes, text, and what the file says of itself."""

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import SourceError
from extractor.limits import within
from extractor.reading.encoding import decode
from extractor.reading.paths import STDIN, SUFFIXES, Entry, bare, find, unreadable
from extractor.text.cleaning import script_of
from schemas.document import Decoding
from schemas.vocabulary import Script

if TYPE_CHECKING:
    from extractor.reading.page import Page

MAX_CHARS = 2_000_000
ROOM = 32 * 2**20  # bytes that are read in any case: the markup of a page may be far longer than its text
PIECE = 2**18
LONGEST_NAME, UNNAMED = 200, "text.txt"  # of what did not come from a path
PAGES = (".html", ".htm")
OPEN_ALREADY = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)
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
    decoding: Decoding | None = None


def read_sources(
    paths: Sequence[str],
    *,
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
    encoding: str | None = None,
    seconds: float = 0,
) -> Iterator[Source | SourceError]:
    """Read what the arguments name, one at a time. What cannot be read is given as its error; the others go on.

    So is what takes more than so many `seconds` (0: as long as it takes).
    """
    for entry in find(paths):
        yield entry if isinstance(entry, SourceError) else read_or_error(entry, max_chars, stdin, encoding, seconds)


def read_or_error(
    entry: Entry, max_chars: int, stdin: BinaryIO | None, encoding: str | None = None, seconds: float = 0
) -> Source | SourceError:
    try:
        data = read_bytes(entry, max_chars, stdin)
        with within(seconds, entry.name):
            return understood(entry, data, max_chars, encoding)
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


def understood(entry: Entry, data: bytes, max_chars: int, encoding: str | None = None) -> Source:
    suffix = PurePath(entry.name).suffix.lower()
    if REFUSED.fullmatch(suffix):
        raise SourceError(entry.name, f"{suffix} files are not read, only {' '.join(SUFFIXES)} and plain text")
    decoded = decode(entry.name, data, encoding)
    text, decoding = decoded.text, decoded.decoding
    title = publisher = published = None
    if suffix in PAGES or PAGE.match(text):
        page = page_of(entry.name, text)
        text, title, publisher, published = page.text, page.title, page.publisher, page.published
        decoding = decoding and in_markup(decoding)
    if len(text) > max_chars:
        raise SourceError(entry.name, f"too long: {len(text):,} characters, the limit is {max_chars:,}")
    return Source(
        entry.name,
        entry.stem,
        identity(data),
        text,
        decoded.encoding,
        title,
        publisher,
        published,
        script_of(text),
        decoding,
    )


def in_markup(decoding: Decoding) -> Decoding:
    """The offsets of a page's markup are none of its text."""
    return decoding.model_copy(
        update={"places": tuple(place.model_copy(update={"offset": None}) for place in decoding.places)}
    )


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
            # not to wait for somebody who writes into a pipe
            with open(entry.path, "rb", opener=without_waiting) as file:  # a path costs half as much
                refuse_devices(entry, file)
                data = at_most(most + 1, file)
    except OSError as error:
        raise unreadable(entry.name, error) from error
    if len(data) > most:
        raise too_long(entry.name, max_chars)
    return data


def without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def refuse_devices(entry: Entry, file: BinaryIO) -> None:
    """A pipe may never end, and a device neither; one that the shell has opened («<(…)») is read as standard input is."""
    mode = os.fstat(file.fileno()).st_mode
    if stat.S_ISREG(mode):
        return
    if stat.S_ISFIFO(mode) and entry.path.startswith(OPEN_ALREADY):
        os.set_blocking(file.fileno(), True)
        return
    kind = next((name for is_kind, name in KINDS if is_kind(mode)), "no file")
    raise SourceError(entry.name, f"{kind}, not a file: what it holds can be given on standard input, as -")


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
