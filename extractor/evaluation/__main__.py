"""`python -m extractor.evaluation PREDICTIONS GOLD`: a table of scores, or the mistakes one by one."""

import json
from pathlib import Path
from typing import Annotated

import typer

from extractor.errors import PolicyTargetsError
from extractor.evaluation import Case, aligned, errors, field_table, read_cases, table, total, without_gold


def main(
    pred_dir: Annotated[Path, typer.Argument(help="Folder of extractions, matched to gold by file stem.")],
    gold_dir: Annotated[Path, typer.Argument(help="Folder of gold documents.")],
    *,
    seeds: Annotated[Path | None, typer.Option(help="Folder of the source files, to test the quotes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print counts and rates as JSON.")] = False,
    list_errors: Annotated[bool, typer.Option("--errors", help="List each wrong, missed and extra record.")] = False,
) -> None:
    """Score extractions against gold."""
    try:
        cases = list(read_cases(pred_dir, gold_dir, seeds))
        for stem in without_gold(pred_dir, gold_dir):
            typer.echo(f"no gold for {stem}: not scored", err=True)
    except PolicyTargetsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    typer.echo(scores_as_json(cases) if as_json else tables(cases))
    if list_errors:
        typer.echo(mistakes(cases), err=as_json)


def scores_as_json(cases: list[Case]) -> str:
    results = {case.stem: case.score() for case in cases}
    document_scores = {stem: scores.as_dict() for stem, scores in results.items()}
    return json.dumps({"documents": document_scores, "total": total(results.values()).as_dict()}, indent=1)


def tables(cases: list[Case]) -> str:
    results = {case.stem: case.score() for case in cases}
    return f"{aligned(table(results))}\n\nright on matched records\n{aligned(field_table(results))}"


def mistakes(cases: list[Case]) -> str:
    lines = (f"{case.stem}: {line}" for case in cases for line in errors(case.pred, case.gold, case.raw))
    return "\n" + "\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
