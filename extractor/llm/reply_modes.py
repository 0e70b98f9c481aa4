"""How a reply is asked for, and what was found to work: remembered per base URL and model in the user's configuration."""

import json
import secrets
from pathlib import Path
from typing import Literal

import typer

from extractor.llm.redaction import without_secrets

Mode = Literal["tools", "json-schema", "json", "md-json"]

LADDER: tuple[Mode, ...] = ("tools", "json-schema", "json", "md-json")
FILE = "reply-modes.json"


def remembered_mode(base_url: str | None, model: str, folder: Path | None = None) -> Mode | None:
    """`None` where nothing is remembered, or the file cannot be read."""
    known = read(file_in(folder)).get(name_of(base_url, model))
    return next((mode for mode in LADDER if mode == known), None)


def remember_mode(base_url: str | None, model: str, mode: Mode, folder: Path | None = None) -> Path:
    """Write it down, whole or not at all. Raise `OSError` where the folder cannot be written."""
    path = file_in(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    modes = read(path) | {name_of(base_url, model): mode}
    temporary = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    temporary.write_text(json.dumps(modes, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf8")
    temporary.replace(path)
    return path


def file_in(folder: Path | None) -> Path:
    return (folder or Path(typer.get_app_dir("policy-targets"))) / FILE


def name_of(base_url: str | None, model: str) -> str:
    return f"{named_url(base_url)} {model}"


def named_url(base_url: str | None) -> str:
    return "the openai default" if base_url is None else without_secrets(base_url)


def read(path: Path) -> dict[str, str]:
    try:
        modes = json.loads(path.read_text("utf8"))
    except (OSError, ValueError):
        return {}
    return modes if isinstance(modes, dict) else {}
