"""What the commands have in common: exit codes, and talk on stderr."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer
from rich.console import Console

from extractor.errors import OutputError

DONE, WITH_ERRORS, INCOMPLETE, INTERRUPTED = 0, 1, 3, 130

# a log file has no width of its own
console = Console(stderr=True, width=None if sys.stderr.isatty() else 120)


def say(line: str) -> None:
    """Talk, not data: one line on stderr."""
    typer.echo(f"policy-targets: {line}", err=True)


def give(text: str, *, nl: bool = True) -> None:
    """Data, not talk: on stdout."""
    with giving():
        typer.echo(text, nl=nl)


@contextmanager
def giving() -> Iterator[None]:
    """Nobody may read stdout any more, or its disk be full: what is left of the text is not tried again at the end."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError("standard output", error) from error


def speak_utf8() -> None:
    """Data is UTF-8 whatever the console is; talk goes in the console's encoding, with escapes for what that has not."""
    for stream, encoding in ((sys.stdout, "utf-8"), (sys.stderr, None)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def plain(text: str) -> str:
    """What a terminal shows and does not obey: a document may hold escape sequences."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
