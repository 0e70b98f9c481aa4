"""`evaluate` and `compare`: extractions against gold, one run or two."""

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


def compare(one: Path, other: Path, gold: Path | None, seeds: Path | None, *, as_json: bool, errors: bool) -> int:
    """Two runs against one gold; without gold the second run is scored against the first."""
    from extractor.evaluation import read_cases
    from extractor.evaluation.comparison import compared, comparison_as_json, differences, pairs

    if gold is None:
        return evaluate(other, one, seeds, as_json=as_json, errors=errors)
    names = names_of(one, other)
    cases = pairs(list(read_cases(one, gold, seeds)), list(read_cases(other, gold, seeds)))
    typer.echo(comparison_as_json(cases, names) if as_json else compared(cases, names))
    if errors:
        typer.echo(differences(cases, names), err=as_json)
    return DONE


def names_of(one: Path, other: Path) -> tuple[str, str]:
    """The folders' own names where they differ, else as they were given."""
    return (one.name, other.name) if one.name != other.name else (str(one), str(other))
