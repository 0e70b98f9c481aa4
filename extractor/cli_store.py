"""The commands about what the store knows and what a run would cost: thin entries, as in `cli`."""

from typing import Annotated

import typer

from extractor.options import EncodingOption, ExamplesOption, JsonOption, ModelOption, Paths, StoreOption

runs = typer.Typer(help="What was run, what it cost, what differs.", no_args_is_help=False)
cache = typer.Typer(help="The replies that are kept.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="ID", help="Number of a run.", show_default=False)]


@runs.callback(invoke_without_command=True)
def listed(context: typer.Context, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List every run in the store."""
    from extractor.commands.runs import listed as run
    from extractor.settings import load_settings

    if context.invoked_subcommand is None:
        raise typer.Exit(run(load_settings(store=store), as_json=as_json))


@runs.command()
def show(number: Number, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Show one run: what it was, what it cost, what it found."""
    from extractor.commands.runs import show as run
    from extractor.settings import load_settings

    raise typer.Exit(run(load_settings(store=store), number, as_json=as_json))


@runs.command()
def diff(
    before: Annotated[int, typer.Argument(metavar="A", show_default=False)],
    after: Annotated[int, typer.Argument(metavar="B", show_default=False)],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the records that run B has and A has not, has no more, or has otherwise. Exit code 1 if there are any."""
    from extractor.commands.runs import diff as run
    from extractor.settings import load_settings

    raise typer.Exit(run(load_settings(store=store), before, after, as_json=as_json))


@cache.command()
def clear(store: StoreOption = None) -> None:
    """Forget all replies: the next run asks anew."""
    from extractor.commands.runs import clear as run
    from extractor.settings import load_settings

    raise typer.Exit(run(load_settings(store=store)))


@cache.callback()
def only_clear() -> None:
    pass


def estimate(
    paths: Paths,
    model: ModelOption = None,
    store: StoreOption = None,
    examples: ExamplesOption = True,
    encoding: EncodingOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a run would ask and cost: requests, tokens in and out, money. Nothing is sent."""
    from extractor.commands.estimate import estimated as run
    from extractor.settings import load_settings

    raise typer.Exit(
        run(paths, load_settings(model=model, store=store, encoding=encoding), as_json=as_json, examples=examples)
    )


def add_to(app: typer.Typer) -> None:
    app.add_typer(runs, name="runs")
    app.add_typer(cache, name="cache")
    app.command()(estimate)
