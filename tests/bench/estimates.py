"""What `estimate` says of the documents whose replies are recorded, beside what the recorded requests and replies hold."""

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractor.llm.tokens import Counter, approximate, counter_for
from extractor.reading import Source, read_sources
from extractor.runs.estimate import Estimate, estimate

ROOT = Path(__file__).parents[2]
SETS = {"seeds": "seeds", "practice": "fixtures/practice/docs"}


def main() -> None:
    """Both are counted with one tokenizer: with the real one where it is installed, and by the approximation."""
    exact = counter_for("gpt-5")
    counters = (exact, Counter("approximated", approximate)) if exact.exact else (exact,)
    table = Table(title="estimate and the recorded run")
    for column in ("documents", "tokens", "requests", "recorded", "in", "recorded", "out", "recorded"):
        table.add_column(column, justify="left" if column in ("documents", "tokens") else "right")
    for name, folder in SETS.items():
        for counter in counters:
            table.add_row(name, counter.name, *compared(name, folder, counter, exact))
    Console(width=130).print(table)


def compared(name: str, folder: str, counter: Counter, exact: Counter) -> list[str]:
    sources = [source for source in read_sources([str(ROOT / folder)]) if isinstance(source, Source)]
    said = sum((estimate(source, counter) for source in sources), Estimate())
    was = recorded(ROOT / "fixtures/replies/relay" / name, exact)
    pairs = (
        (getattr(said, field), getattr(was, field)) for field in ("requests", "prompt_tokens", "completion_tokens")
    )
    return [f"{number:,}" for pair in pairs for number in pair]


def recorded(folder: Path, counter: Counter) -> Estimate:
    return sum((exchange(json.loads(path.read_text("utf8")), counter) for path in folder.glob("*.json")), Estimate())


def exchange(recording: dict[str, dict[str, list[dict[str, dict[str, object]]]]], counter: Counter) -> Estimate:
    sent, message = recording["sent"], recording["reply"]["choices"][0]["message"]
    prompt = sum(counter.count(str(part["content"])) for part in sent["messages"])
    prompt += counter.count(json.dumps(sent["tools"], ensure_ascii=False))
    calls: list[dict[str, dict[str, str]]] = message["tool_calls"]  # type: ignore[assignment]
    return Estimate(1, prompt, counter.count(calls[0]["function"]["arguments"]))


if __name__ == "__main__":
    main()
