"""How a reply is asked for, and what an endpoint was found to take: remembered per base URL and model in the user's configuration."""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typer

from extractor.llm.redaction import without_secrets

Mode = Literal["tools", "json-schema", "json", "md-json"]

LADDER: tuple[Mode, ...] = ("tools", "json-schema", "json", "md-json")
FILE = "reply-modes.json"
PARAMETERS = "request-parameters.json"

Renamed = Mapping[str, str | None]
"""Parameters that an endpoint refuses, each with the name that it takes instead, or `None` where it is left out."""


def remembered_mode(base_url: str | None, model: str, folder: Path | None = None) -> Mode | None:
    """`None` where nothing is remembered, or the file cannot be read."""
    known = read(file_in(folder)).get(name_of(base_url, model))
    return next((mode for mode in LADDER if mode == known), None)


def remember_mode(base_url: str | None, model: str, mode: Mode, folder: Path | None = None) -> Path:
    """Write it down, whole or not at all. Raise `OSError` where the folder cannot be written."""
    return write(file_in(folder), name_of(base_url, model), mode)


def remembered_parameters(base_url: str | None, model: str, folder: Path | None = None) -> dict[str, str | None]:
    """Empty where nothing is remembered, or the file cannot be read."""
    known = read(file_in(folder, PARAMETERS)).get(name_of(base_url, model))
    if not isinstance(known, dict):
        return {}
    return {name: instead for name, instead in known.items() if instead is None or isinstance(instead, str)}


def remember_parameters(base_url: str | None, model: str, renamed: Renamed, folder: Path | None = None) -> Path:
    """As `remember_mode`."""
    return write(file_in(folder, PARAMETERS), name_of(base_url, model), dict(renamed))


def write(path: Path, name: str, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    known = read(path) | {name: value}
    temporary.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf8")
    temporary.replace(path)
    return path


def file_in(folder: Path | None, name: str = FILE) -> Path:
    return (folder or Path(typer.get_app_dir("policy-targets"))) / name


def name_of(base_url: str | None, model: str) -> str:
    return f"{named_url(base_url)} {model}"


def named_url(base_url: str | None) -> str:
    return "the openai default" if base_url is None else without_secrets(base_url)


def read(path: Path) -> dict[str, Any]:
    try:
        modes = json.loads(path.read_text("utf8"))
    except (OSError, ValueError):
        return {}
    return modes if isinstance(modes, dict) else {}
