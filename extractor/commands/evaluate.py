"""`evaluate`: extractions against gold."""

from pathlib import Path

import typer

from extractor.commands.talk import DONE, say


def evaluate(predicted: Path, gold: Path, seeds: Path | None, *, as_json: bool, errors: bool) -> int:
    """Score every gold document; a prediction without gold is named, a gold without prediction counts as missed."""
    from extractor.evaluation import mistakes, read_cases, scores_as_json, tables, without_gold

    cases = list(read_cases(predicted, gold, seeds))
    for stem in without_gold(predicted, gold):
        say(f"no gold for {stem}: not scored")
    typer.echo(scores_as_json(cases) if as_json else tables(cases))
    if errors:
        typer.echo(mistakes(cases), err=as_json)
    return DONE
