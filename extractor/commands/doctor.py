"""`doctor`: what would be used, and whether it works."""

import asyncio
import importlib.metadata
import platform
from collections.abc import Sequence

from extractor.commands.engine import endpoint_of
from extractor.commands.talk import DONE, WITH_ERRORS, give
from extractor.errors import ModelError, PolicyTargetsError
from extractor.llm.reply_modes import Mode, Renamed, named_url, remember_mode, remember_parameters
from extractor.settings import Settings

PACKAGES = ("openai", "instructor", "pydantic", "typer", "tenacity", "trafilatura", "charset-normalizer")


def doctor(settings: Settings, *, probe: bool) -> int:
    """Each line says what is there; a line that begins with «broken» makes the exit code 1."""
    lines = [("python", platform.python_version()), ("policy-targets", importlib.metadata.version("policy-targets"))]
    lines += [(name, importlib.metadata.version(name)) for name in PACKAGES]
    lines += [
        ("engine", settings.chosen),
        ("model", settings.model or "none"),
        ("endpoint", named_url(settings.base_url)),
    ]
    lines.append(("key", "set" if settings.api_key else "not set"))
    ok = True
    if settings.chosen == "model" and probe:
        found, ok = asyncio.run(probed(settings))
        lines += found
    for name, value in lines:
        give(f"{name:<20}{value}")
    return DONE if ok else WITH_ERRORS


async def probed(settings: Settings) -> tuple[list[tuple[str, str]], bool]:
    from extractor.llm.probing import probe, working

    try:
        modes = await probe(endpoint_of(settings))
    except (ModelError, PolicyTargetsError) as error:
        return [("reachable", f"broken: {error}")], False
    works = working(modes)
    lines = [
        ("reachable", "yes"),
        *(
            (
                f"mode {found.mode}",
                f"ok{': ' if found.reason else ''}{found.reason}" if found.verdict == "works" else found.reason,
            )
            for found in modes
        ),
    ]
    lines.append(("would use", chosen(settings.mode, works)))
    renamed = {name: instead for found in modes for name, instead in found.renamed.items()}
    lines += [("parameter", f"{name} is refused: {sent_as(instead)}") for name, instead in renamed.items()]
    if works:
        lines.append(("remembered", remembered(settings, works[0], renamed)))
    return lines, bool(works) and settings.mode in (None, *works)


def chosen(asked: Mode | None, works: Sequence[Mode]) -> str:
    """The mode that a run takes: the one that is set, else the first that works."""
    if not works:
        return "broken: no reply mode works"
    if asked and asked not in works:
        return f"broken: {asked} is set and does not work; {works[0]} does"
    return asked or works[0]


def sent_as(instead: str | None) -> str:
    return f"{instead} is sent" if instead else "it is left out"


def remembered(settings: Settings, mode: Mode, renamed: Renamed) -> str:
    assert settings.model
    try:
        remember_parameters(settings.base_url, settings.model, renamed)
        return f"{mode}, in {remember_mode(settings.base_url, settings.model, mode)}"
    except OSError as error:
        return f"no: {error}"
