"""`runs`, `runs show`, `runs diff`, `cache clear`: what the store knows."""

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from extractor.commands.session import STORE
from extractor.commands.talk import DONE, WITH_ERRORS, give, say
from extractor.errors import StoreError
from extractor.llm.prices import price_of
from extractor.runs.differences import Difference, differences
from extractor.settings import Settings
from extractor.store import Store, open_store, requests, results, runs
from extractor.store.runs import Totals


def opened(settings: Settings) -> str:
    return settings.store or STORE


def listed(settings: Settings, *, as_json: bool) -> int:
    """Every run, the oldest first."""
    with open_store(opened(settings), create=False) as store:
        found = store.read(runs.all_runs)
    if as_json:
        for run in found:
            give(json.dumps(as_object(run, settings), ensure_ascii=False))
        return DONE
    table = Table(box=None)
    for column in ("run", "started", "state", "engine", "model", "documents", "requests", "tokens", "cost", "sources"):
        table.add_column(column, justify="right" if column in ("run", "documents", "requests", "tokens") else "left")
    for run in found:
        table.add_row(*row(run, settings))
    screen().print(table)
    return DONE


def row(run: Totals, settings: Settings) -> Sequence[str]:
    return (
        str(run.id),
        run.started[:19].replace("T", " "),
        run.state,
        run.engine,
        run.model or "",
        f"{run.documents:,}",
        f"{run.requests:,}",
        f"{run.prompt_tokens + run.completion_tokens:,}",
        money(run, settings),
        " ".join(run.sources),
    )


def show(settings: Settings, number: int, *, as_json: bool) -> int:
    """One run: what it was, what it cost, what it found."""
    with open_store(opened(settings), create=False) as store:
        run = known(store, number)
        findings = store.read(lambda connection: results.findings_of_run(connection, number))
    if as_json:
        found = [{"code": code, "severity": severity, "number": count} for code, severity, count in findings]
        give(json.dumps(as_object(run, settings) | {"findings": found}, ensure_ascii=False, indent=1))
        return DONE
    for name, value in as_object(run, settings).items():
        give(f"{name:<20}{' '.join(value) if isinstance(value, list) else '' if value is None else value}")
    for code, severity, count in findings:
        give(f"{severity:<20}{code} {count}")
    return DONE


def diff(settings: Settings, before: int, after: int, *, as_json: bool) -> int:
    """Records added, gone and changed from one run to the other. Exit code 1 where there are any, as diff does."""
    with open_store(opened(settings), create=False) as store:
        known(store, before)
        known(store, after)
        found = list(compared(store, before, after))
    for difference in found:
        give(as_line(difference, as_json=as_json))
    counted = {change: sum(d.change == change for d in found) for change in ("added", "gone", "changed")}
    say(", ".join(f"{number} {change}" for change, number in counted.items()))
    return WITH_ERRORS if found else DONE


def compared(store: Store, before: int, after: int) -> Sequence[Difference]:
    """Source by source, so that two runs over thousands of files need not be held at once."""
    names = {*sources_of(store, before), *sources_of(store, after)}
    found: list[Difference] = []
    for source in sorted(names):
        found += differences(source, extraction_of(store, before, source), extraction_of(store, after, source))
    return found


def sources_of(store: Store, run: int) -> Sequence[str]:
    return store.read(lambda connection: results.sources(connection, run))


def extraction_of(store: Store, run: int, source: str) -> str | None:
    return store.read(lambda connection: results.extraction(connection, run, source))


def as_line(difference: Difference, *, as_json: bool) -> str:
    if as_json:
        changed = {name: {"before": old, "after": new} for name, old, new in difference.fields}
        value = {name: getattr(difference, name) for name in ("source", "change", "kind", "what")}
        return json.dumps(value | {"fields": changed}, ensure_ascii=False)
    sign = {"added": "+", "gone": "-", "changed": "~"}[difference.change]
    told = "; ".join(f"{name}: {old} → {new}" for name, old, new in difference.fields)
    return f"{sign} {difference.source}: {difference.kind} {difference.what}{f' ({told})' if told else ''}"


def clear(settings: Settings) -> int:
    """Forget the replies; what was asked and paid stays in the log."""
    with open_store(opened(settings), create=False) as store:
        number = store.post(requests.clear).result()
    say(f"{number:,} replies are forgotten")
    return DONE


def known(store: Store, number: int) -> Totals:
    run = store.read(lambda connection: runs.one_run(connection, number))
    if run is None:
        raise StoreError(f"there is no run {number}; «policy-targets runs» lists them")
    return run


def as_object(run: Totals, settings: Settings) -> dict[str, object]:
    price = price_of(run.model, settings.prices)
    cost = round(price.of(run.prompt_tokens, run.completion_tokens), 6) if price else None
    names = (
        "id", "state", "started", "ended", "seconds", "engine", "model", "base_url", "prompt", "documents", "incomplete",
        "requests", "failed", "rejected", "retries", "prompt_tokens", "completion_tokens",
    )  # fmt: skip
    values: dict[str, object] = {name: getattr(run, name) for name in names}
    return values | {"cost": cost, "currency": price.currency if price else None, "sources": list(run.sources)}


def money(run: Totals, settings: Settings) -> str:
    price = price_of(run.model, settings.prices)
    return f"{price.of(run.prompt_tokens, run.completion_tokens):.4f} {price.currency}" if price else ""


def screen() -> Console:
    return Console(width=None if sys.stdout.isatty() else 200)
