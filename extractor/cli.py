"""The command line: each command parses, calls one function, prints. Data goes to stdout, talk to stderr."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from extractor import cli_review, cli_store
from extractor.commands.talk import give, speak_utf8
from extractor.errors import PolicyTargetsError, SettingsError
from extractor.options import (
    BaseUrlOption,
    EncodingOption,
    EngineOption,
    ExamplesOption,
    Format,
    ModelOption,
    ModeOption,
    Paths,
    StoreOption,
    TimeoutOption,
)

app = typer.Typer(
    name="policy-targets",
    help="Goals, metrics, projects and deadlines from Chinese government documents, each figure traced to its characters.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def version(value: bool) -> None:
    if value:
        from importlib.metadata import version as installed

        typer.echo(f"policy-targets {installed('policy-targets')}")
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    pass


@app.command()
def extract(
    paths: Paths,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write DIR/<path>.json, one file a source.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Write one object a line to stdout (as without -o).")] = False,
    engine: EngineOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    mode: ModeOption = None,
    concurrency: Annotated[int | None, typer.Option(help="Requests in flight at once.", min=1)] = None,
    max_chars: Annotated[int | None, typer.Option(help="Longest text that is read.", min=1)] = None,
    encoding: EncodingOption = None,
    timeout_per_file: TimeoutOption = None,
    store: StoreOption = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask anew what the store could answer.")] = False,
    budget: Annotated[str | None, typer.Option(help="Stop before this is passed: 200k (tokens), «5 USD».")] = None,
    requests_per_minute: Annotated[float | None, typer.Option("--rpm", help="Requests a minute at most.")] = None,
    tokens_per_minute: Annotated[float | None, typer.Option("--tpm", help="Tokens a minute at most.")] = None,
    jobs: Annotated[int | None, typer.Option(help="Processes for the offline rules.", min=1)] = None,
    batch: Annotated[
        bool, typer.Option("--batch", help="Send the requests as batch jobs: cheaper, within a day.")
    ] = False,
    examples: ExamplesOption = True,
    record: Annotated[Path | None, typer.Option(help="Write each exchange with the model into DIR.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Answer from recorded exchanges in DIR, without network.")] = None,
) -> None:
    """Extract goals, metrics, projects and deadlines as checked JSON.

    Exit codes: 0 done, 1 some files could not be read, 2 usage or configuration, 3 a chunk failed and the rules stood in.
    """
    from extractor.commands.extract import extract as run
    from extractor.commands.session import Options
    from extractor.settings import load_settings

    if out and jsonl:
        raise SettingsError("-o writes files, --jsonl writes to stdout: give one of them")
    if record and replay:
        raise SettingsError("--record asks the endpoint, --replay does not: give one of them")
    settings = load_settings(
        engine=engine, model=model, base_url=base_url, mode=mode, concurrency=concurrency, max_chars=max_chars,
        store=store, budget=budget, requests_per_minute=requests_per_minute, tokens_per_minute=tokens_per_minute,
        jobs=jobs, encoding=encoding, timeout_per_file=timeout_per_file,
    )  # fmt: skip
    raise typer.Exit(
        run(paths, settings, Options(out, record, replay, refresh=refresh, batch=batch, examples=examples))
    )


@app.command()
def figures(
    paths: Paths,
    shape: Annotated[
        Format, typer.Option("--format", help="A table to read, JSON lines, or one page in colour.")
    ] = Format.table,
    encoding: EncodingOption = None,
) -> None:
    """List every figure and time expression with its place, value and role; no engine is asked."""
    from extractor.commands.figures import figures as run
    from extractor.reading.encoding import known_encoding

    raise typer.Exit(run(paths, shape=shape.value, encoding=known_encoding(encoding) if encoding else None))


@app.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    from extractor.commands.schema import schema_text

    give(schema_text(), nl=False)


@app.command()
def evaluate(
    predicted: Annotated[Path, typer.Argument(metavar="PRED", help="Folder of extractions.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold documents, matched by file stem.")],
    seeds: Annotated[Path | None, typer.Option(help="The sources, to hold every quote against its text.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="Also list each wrong, missed and extra record.")] = False,
) -> None:
    """Score extractions against gold: a table per document and in total."""
    from extractor.commands.evaluate import evaluate as run

    raise typer.Exit(run(predicted, gold, seeds, as_json=as_json, errors=errors))


@app.command()
def compare(
    one: Annotated[Path, typer.Argument(metavar="A", help="Folder of extractions.")],
    other: Annotated[Path, typer.Argument(metavar="B", help="Another run over the same documents.")],
    gold: Annotated[
        Path | None,
        typer.Argument(metavar="[GOLD]", help="Gold documents. Default: A is gold to B.", show_default=False),
    ] = None,
    seeds: Annotated[Path | None, typer.Option(help="The sources, to show mistakes in their text.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="Also list the mistakes that one run alone makes.")] = False,
) -> None:
    """Score two runs against the same gold, side by side."""
    from extractor.commands.evaluate import compare as run

    raise typer.Exit(run(one, other, gold, seeds, as_json=as_json, errors=errors))


@app.command()
def doctor(
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    mode: ModeOption = None,
    probe: Annotated[bool, typer.Option("--probe/--no-probe", help="Ask the endpoint which reply modes work.")] = True,
) -> None:
    """Say what would be used and whether it works. Exit code 1 when something is broken."""
    from extractor.commands.doctor import doctor as run
    from extractor.settings import load_settings

    raise typer.Exit(run(load_settings(model=model, base_url=base_url, mode=mode), probe=probe))


cli_store.add_to(app)
cli_review.add_to(app)


def main() -> None:
    """Run a command. Our own errors are one line on stderr; a bug keeps its traceback."""
    speak_utf8()
    try:
        app()
    except SettingsError as error:
        typer.echo(f"policy-targets: {error}", err=True)
        sys.exit(2)
    except PolicyTargetsError as error:
        typer.echo(f"policy-targets: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
