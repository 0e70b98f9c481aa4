"""Versioned prompt files and a small reader. New wording is a new file; a run records the hash of what it used."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EXTRACT = "extract.v1"


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    text: str

    @property
    def digest(self) -> str:
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()


@cache
def read_prompt(name: str) -> Prompt:
    """Read `prompts/<name>.md` without its first line, which tells the reader of the file what it is for."""
    _, _, text = files("prompts").joinpath(f"{name}.md").read_text("utf8").partition("\n")
    return Prompt(name, text.strip() + "\n")
