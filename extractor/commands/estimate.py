"""`estimate`: requests, tokens and money of a run before it is made."""

import json
import sys
from collections.abc import Iterator, Sequence

from rich.box import SIMPLE
from rich.table import Table

from extractor.commands.examples import stored_lessons
from extractor.commands.runs import screen
from extractor.commands.session import STORE
from extractor.commands.talk import DONE, WITH_ERRORS, give, say
from extractor.errors import SettingsError, SourceError
from extractor.limits import within
from extractor.llm.prices import Price, price_of
from extractor.llm.tokens import counter_for
from extractor.reading import Source, read_sources
from extractor.runs.estimate import Estimate, estimate
from extractor.settings import Settings

SHOWN = 100


def estimated(paths: Sequence[str], settings: Settings, *, as_json: bool, examples: bool) -> int:
    """No request is made; what the store could answer is not taken off."""
    if settings.model is None:
        raise SettingsError("name a model with --model: the offline rules cost nothing")
    counter, price = counter_for(settings.model), price_of(settings.model, settings.prices)
    lessons = stored_lessons(settings.store or STORE) if examples else None
    total, broken = Estimate(), 0
    rows: list[tuple[str, Estimate]] = []
    for source in sources(paths, settings):
        if isinstance(source, SourceError):
            broken += 1
            say(str(source))
            continue
        try:
            with within(settings.timeout_per_file, source.name):
                found = estimate(source, counter, lessons)
        except SourceError as error:
            broken += 1
            say(str(error))
            continue
        total += found
        rows += [(source.name, found)] if len(rows) < SHOWN else []
    if as_json:
        give(json.dumps(as_object(total, price) | {"model": settings.model, "counted": counter.name}))
    else:
        screen().print(table(rows, total, price))
        say(f"tokens {counter.name}; re-asks and requests that fill gaps come on top")
    return WITH_ERRORS if broken else DONE


def sources(paths: Sequence[str], settings: Settings) -> Iterator[Source | SourceError]:
    return read_sources(
        paths,
        max_chars=settings.max_chars,
        stdin=sys.stdin.buffer,
        encoding=settings.encoding,
        seconds=settings.timeout_per_file,
    )


def table(rows: Sequence[tuple[str, Estimate]], total: Estimate, price: Price | None) -> Table:
    shown = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    for column in ("source", "requests", "tokens in", "tokens out", "cost"):
        shown.add_column(column, justify="left" if column == "source" else "right", no_wrap=True)
    for name, found in (*rows, ("all", total)):
        numbers = (found.requests, found.prompt_tokens, found.completion_tokens)
        shown.add_row(name, *(f"{number:,}" for number in numbers), money(found, price))
    return shown


def money(found: Estimate, price: Price | None) -> str:
    if price is None:
        return "price unknown"
    return f"{price.of(found.prompt_tokens, found.completion_tokens):.4f} {price.currency}"


def as_object(found: Estimate, price: Price | None) -> dict[str, object]:
    cost = round(price.of(found.prompt_tokens, found.completion_tokens), 6) if price else None
    return {
        "requests": found.requests,
        "prompt_tokens": found.prompt_tokens,
        "completion_tokens": found.completion_tokens,
        "cost": cost,
        "currency": price.currency if price else None,
    }
