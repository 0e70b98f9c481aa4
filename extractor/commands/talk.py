"""What the commands have in common: exit codes, and talk on stderr."""

import sys

import typer
from rich.console import Console

DONE, WITH_ERRORS, INCOMPLETE, INTERRUPTED = 0, 1, 3, 130

# a log file has no width of its own
console = Console(stderr=True, width=None if sys.stderr.isatty() else 120)


def say(line: str) -> None:
    """Talk, not data: one line on stderr."""
    typer.echo(f"policy-targets: {line}", err=True)


def plain(text: str) -> str:
    """What a terminal shows and does not obey: a document may hold escape sequences."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
