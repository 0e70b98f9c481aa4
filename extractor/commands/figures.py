"""`figures`: the ledger alone."""

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from extractor.commands.talk import DONE, WITH_ERRORS, give, giving, say
from extractor.errors import SourceError
from extractor.figures_page import figures_page
from extractor.limits import SECONDS, within
from extractor.pipeline import analysed, ledger
from extractor.reading import Source, read_sources
from extractor.recognise import Hit
from schemas.figure import Figure


def figures(paths: Sequence[str], *, shape: str, encoding: str | None = None) -> int:
    """Show the ledger of every source as a `table`, as `json` lines, or all of them as one page of `html`."""
    broken = 0
    shown: list[tuple[Source, Sequence[Figure], Sequence[Hit]]] = []
    for source in read_sources(paths, stdin=sys.stdin.buffer, encoding=encoding, seconds=SECONDS):
        if isinstance(source, SourceError):
            broken += 1
            say(str(source))
            continue
        try:
            with within(SECONDS, source.name):
                analysis = analysed(source)
                found = ledger(source, analysis).figures
        except SourceError as error:
            broken += 1
            say(str(error))
            continue
        if shape == "html":
            shown.append((source, found, analysis.hits))
            continue
        if shape == "json":
            for figure in found:
                give(json.dumps({"source": source.name} | figure.model_dump(mode="json"), ensure_ascii=False))
            continue
        table = Table(title=source.name, title_justify="left")
        for column in ("place", "text", "kind", "value", "unit", "", "dates", "role", "why"):
            table.add_column(column)
        for figure in found:
            value = "" if figure.value is None else str(figure.value)
            value += f"–{figure.value_max}" if figure.value_max is not None else ""
            dates = "/".join(filter(None, (figure.date_start, figure.date_end))) if figure.kind == "time" else ""
            table.add_row(
                f"{figure.start}-{figure.end}", figure.text.replace("\n", "⏎"), figure.kind, value, figure.unit,
                figure.comparator, dates, figure.role, figure.why or "",
            )  # fmt: skip
        with giving():
            Console(width=None if sys.stdout.isatty() else 120).print(table)
    if shape == "html":
        give(figures_page(shown), nl=False)
    return WITH_ERRORS if broken else DONE
