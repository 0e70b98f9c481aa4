"""Versioned prompt files and a small reader. New wording is a new file; a run records the hash of what it used."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EXTRACT = "extract.v3"
OUTLINE = "outline.v1"
FOLLOW_UP = "follow-up.v1"
EXAMPLES = "examples.v1"

PART = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    text: str

    @property
    def digest(self) -> str:
        return digest_of(self)

    def part(self, name: str) -> str:
        """The text below `## name`, of a prompt that is kept in parts."""
        parts: dict[str, str] = dict(PART.findall(self.text))
        return parts[name].strip()


def digest_of(*prompts: Prompt) -> str:
    return "sha256:" + hashlib.sha256("".join(prompt.text for prompt in prompts).encode()).hexdigest()


def run_digest(lessons: str | None = None) -> str:
    """One hash over all prompts that a run with a model may use, and over the lessons of reviewers, by their digest."""
    fixed = digest_of(*map(read_prompt, (EXTRACT, OUTLINE, FOLLOW_UP)))
    if lessons is None:
        return fixed
    return "sha256:" + hashlib.sha256(f"{fixed}\n{read_prompt(EXAMPLES).digest}\n{lessons}".encode()).hexdigest()


@cache
def read_prompt(name: str) -> Prompt:
    """Read `prompts/<name>.md` without its first line, which tells the reader of the file what it is for."""
    _, _, text = files("prompts").joinpath(f"{name}.md").read_text("utf8").partition("\n")
    return Prompt(name, text.strip() + "\n")
