"""Several documents as one file, with their answers: a long and mixed file must be read as its parts are."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.recorded import SETS

BETWEEN = "\n\n"
KINDS = ("goals", "metrics", "projects", "deadlines")


def joined(documents: str) -> tuple[str, Any]:
    """The texts of a set one behind the other, and one gold over them: offsets moved, ids and segments told apart."""
    folder, answers = SETS[documents]
    raw, gold = "", {kind: [] for kind in KINDS} | {"planted": [], "document": {"segments": []}}
    for path in sorted(folder.glob("*.txt")):
        whole = json.loads((answers / f"{path.stem}.json").read_text("utf8"))
        marked = moved(whole, len(raw), path.stem)
        for kind in (*KINDS, "planted"):
            gold[kind] += marked.get(kind) or []
        gold["document"]["segments"] += marked["document"]["segments"]
        raw += text_of(path) + BETWEEN
    return raw, gold


def text_of(path: Path) -> str:
    with path.open(encoding="utf8", newline="") as file:
        return file.read()


def moved(node: Any, by: int, name: str) -> Any:
    if isinstance(node, list):
        return [moved(item, by, name) for item in node]
    if not isinstance(node, dict):
        return node
    return dict(changes(node, by, name))


def changes(node: dict[str, Any], by: int, name: str) -> Iterator[tuple[str, Any]]:
    spans = isinstance(node.get("start"), int)
    for key, item in node.items():
        if key in ("start", "end") and spans and item is not None:
            yield key, item + by
        elif key in ("id", "segment", "goal", "deadline", "record") and isinstance(item, str):
            yield key, f"{name}:{item}"
        elif (
            key in ("metrics", "deadlines", "applies_to")
            and isinstance(item, Sequence)
            and all(isinstance(one, str) for one in item)
        ):
            yield key, [f"{name}:{one}" for one in item]
        else:
            yield key, moved(item, by, name)
