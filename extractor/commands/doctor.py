"""`doctor`: what would be used, and whether it works."""

import asyncio
import importlib.metadata
import platform

import typer

from extractor.commands.engine import endpoint_of
from extractor.commands.talk import DONE, WITH_ERRORS
from extractor.errors import ModelError, PolicyTargetsError
from extractor.llm.reply_modes import Mode, named_url, remember_mode
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
        typer.echo(f"{name:<20}{value}")
    return DONE if ok else WITH_ERRORS


async def probed(settings: Settings) -> tuple[list[tuple[str, str]], bool]:
    from extractor.llm.probing import probe

    try:
        modes = await probe(endpoint_of(settings))
    except (ModelError, PolicyTargetsError) as error:
        return [("reachable", f"broken: {error}")], False
    works = [mode for mode, result in modes if result == "ok"]
    lines = [("reachable", "yes"), *((f"mode {mode}", result) for mode, result in modes)]
    lines.append(("would use", settings.mode or (works[0] if works else "broken: no reply mode works")))
    if works:
        lines.append(("remembered", remembered(settings, works[0])))
    return lines, bool(works)


def remembered(settings: Settings, mode: Mode) -> str:
    assert settings.model
    try:
        return f"{mode}, in {remember_mode(settings.base_url, settings.model, mode)}"
    except OSError as error:
        return f"no: {error}"
