"""The commands of the reviewers' loop: thin entries, as in `cli`. `review STORE` opens the pages."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from extractor.errors import SettingsError
from extractor.options import JsonOption, StoreArgument, StoreOption

SERVE = "serve"
StoreAgain = Annotated[str | None, typer.Option("--store", help="The same as STORE, as the other commands have it.")]


class ServeByDefault(TyperGroup):
    """`review [STORE]` is `review serve [STORE]`: what does not begin with a command's name is meant for that one.

    A store that is called like a command is given as `./log`.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else [SERVE, *args])


review = typer.Typer(
    cls=ServeByDefault,
    help="The reviewers' pages over a store: `review [STORE]`, options as listed by `review serve --help`.",
    subcommand_metavar="[STORE | COMMAND] [ARGS]...",
)


@review.command(SERVE)
def serve(
    store: StoreArgument = None,
    port: Annotated[int, typer.Option(help="Port to listen at; 0 takes a free one.", min=0, max=65535)] = 8765,
    host: Annotated[str, typer.Option(help="Address to listen at. Any but loopback needs a token.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--open", help="Show the pages in the browser.")] = False,
    token: Annotated[
        str | None,
        typer.Option(help="What visitors have to know. Better not here, where ps shows it: POLICY_TARGETS_TOKEN."),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option(help="Signs decisions until somebody gives a name. Default: the user's name.")
    ] = None,
    named: StoreAgain = None,
) -> None:
    """Show the documents of a store to reviewers, in the browser and as JSON. Ctrl-C ends it."""
    from extractor.commands.review import Door
    from extractor.commands.review import serve as run
    from extractor.settings import load_settings

    door = Door(host, port, reviewer=reviewer, browser=browser)
    raise typer.Exit(run(load_settings(store=store or named, token=token), door))


@review.command()
def log(
    store: StoreArgument = None,
    document: Annotated[
        str | None, typer.Option(help="Only decisions about the document with this id or source.")
    ] = None,
    as_json: JsonOption = False,
    named: StoreAgain = None,
) -> None:
    """Print every decision, the oldest first: when, who, where, what it was before and after, and why."""
    from extractor.commands.review import log as run
    from extractor.settings import load_settings

    raise typer.Exit(run(load_settings(store=store or named), document, as_json=as_json))


@review.command("export")
def exported(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", show_default=False)],
    store: StoreOption = None,
    document: Annotated[
        list[str] | None, typer.Option(help="Only the document with this id or source; may be repeated.")
    ] = None,
    search: Annotated[str | None, typer.Option(help="Only documents with this in source, title or publisher.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write the records of a store into a spreadsheet, to be reviewed there: one row a record, worst documents first."""
    from extractor.commands.review_sheets import exported as run
    from extractor.settings import load_settings

    if document and search is not None:
        raise SettingsError("--document names documents, --search looks for them: give one of them")
    raise typer.Exit(run(load_settings(store=store), file, document or (), search, overwrite=overwrite))


@review.command("import")
def taken_in(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", show_default=False)],
    store: StoreOption = None,
    reviewer: Annotated[str | None, typer.Option(help="Signs the decisions. Default: the user's name.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and save nothing.")] = False,
) -> None:
    """Save what was changed in an exported spreadsheet. A row with a bad cell, or saved by somebody since, is refused.

    Exit codes: 0 all rows went in, 1 some were refused: each is told by the address of its cell.
    """
    from extractor.commands.review_sheets import taken_in as run
    from extractor.settings import load_settings

    raise typer.Exit(run(load_settings(store=store), file, reviewer, dry_run=dry_run))


@review.command()
def gold(
    folder: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    store: StoreOption = None,
    partly: Annotated[
        bool, typer.Option("--partly", help="Also documents with records that nobody reviewed; these are not scored.")
    ] = False,
) -> None:
    """Write reviewed documents as gold for `evaluate`, with their texts in DIR/docs."""
    from extractor.commands.review_sheets import gold as run
    from extractor.settings import load_settings

    raise typer.Exit(run(load_settings(store=store), folder, partly=partly))


def add_to(app: typer.Typer) -> None:
    app.add_typer(review, name="review")
