"""Whether a file may be opened at all: how large it unpacks, and whether its XML declares entities.

openpyxl reads sheets with the standard library's parser, which expands entities; without defusedxml nobody stops it there.
"""

from pathlib import Path
from xml.parsers import expat  # it only looks for a DOCTYPE, in front of which nothing can be declared
from zipfile import BadZipFile, ZipFile, ZipInfo

from extractor.errors import WorkbookError

MOST_BYTES = 128 * 2**20  # 10,000 documents with 570,000 records are 90 MB
MOST_UNPACKED = 2 * 2**30
MOST_PART = 16 * 2**20  # of a part that is read whole
LARGE = ("xl/worksheets/", "xl/sharedStrings.xml")  # these grow with the rows
MOST_PARTS = 1_000
PIECE = 2**16


def guard(file: Path) -> None:
    """Raise `WorkbookError` where reading the file could take more than it is worth."""
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise WorkbookError(f"{file}: {size:,} bytes, the limit is {MOST_BYTES:,}: export fewer documents")
        with ZipFile(file) as archive:
            parts = archive.infolist()
            weigh(file, parts)
            for part in parts:
                if declares(archive, part):
                    raise WorkbookError(f"{file}: {part.filename} declares a document type, which no spreadsheet does")
    except OSError as error:
        raise WorkbookError(f"{file}: {error.strerror or error}") from error
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:  # damaged, encrypted, strangely packed
        raise WorkbookError(f"{file}: not an .xlsx file ({error})") from error


def weigh(file: Path, parts: list[ZipInfo]) -> None:
    """By what the archive itself says: zipfile reads no more of a part than that."""
    if len(parts) > MOST_PARTS:
        raise WorkbookError(f"{file}: {len(parts):,} parts, the limit is {MOST_PARTS:,}")
    whole = sum(part.file_size for part in parts)
    if whole > MOST_UNPACKED:
        raise WorkbookError(f"{file}: unpacks to {whole:,} bytes, the limit is {MOST_UNPACKED:,}")
    for part in parts:
        if part.file_size > MOST_PART and not part.filename.startswith(LARGE):
            raise WorkbookError(f"{file}: {part.filename} unpacks to {part.file_size:,} bytes")


def declares(archive: ZipFile, part: ZipInfo) -> bool:
    """Whether a part has a document type in front of its first element. What is no XML is left to the reader."""
    parser, met = expat.ParserCreate(), list[str]()
    parser.StartDoctypeDeclHandler = lambda *_: met.append("doctype")
    parser.StartElementHandler = lambda *_: met.append("element")
    with archive.open(part) as stream:
        try:
            while not met and (piece := stream.read(PIECE)):
                parser.Parse(piece, False)
        except expat.ExpatError:
            pass
    return met[:1] == ["doctype"]
