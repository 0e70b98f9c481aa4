"""Arguments and options that several commands take."""

from enum import StrEnum
from typing import Annotated

import typer


class EngineName(StrEnum):
    model = "model"
    offline = "offline"


class ModeName(StrEnum):
    tools = "tools"
    json_schema = "json-schema"
    json = "json"
    md_json = "md-json"


class Format(StrEnum):
    table = "table"
    json = "json"
    html = "html"


Paths = Annotated[
    list[str],
    typer.Argument(help="Files, folders, globs, or - for stdin. Read are .txt .md .html.", show_default=False),
]
EngineOption = Annotated[EngineName | None, typer.Option(help="Default: model where one is named, else offline.")]
ModelOption = Annotated[str | None, typer.Option(help="Model name at the endpoint. [env: POLICY_TARGETS_MODEL]")]
BaseUrlOption = Annotated[
    str | None, typer.Option(help="OpenAI-compatible endpoint. [env: POLICY_TARGETS_BASE_URL, OPENAI_BASE_URL]")
]
ModeOption = Annotated[
    ModeName | None, typer.Option(help="How replies are asked for. Default: the first that the endpoint takes.")
]
StoreOption = Annotated[
    str | None, typer.Option(help="SQLite file, or PostgreSQL URL. With a model, else: policy-targets.db")
]
ExamplesOption = Annotated[
    bool,
    typer.Option(
        "--examples/--no-examples", help="Show the model passages that reviewers corrected, where the store holds any."
    ),
]
StoreArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="STORE", help="SQLite file, or PostgreSQL URL. Default: policy-targets.db", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
EncodingOption = Annotated[
    str | None, typer.Option(help="The encoding of all files (gb18030, big5, …). Default: each file tells.")
]
TimeoutOption = Annotated[
    float | None,
    typer.Option("--timeout-per-file", help="Seconds after which a file is given up; 0: never. Default: 300.", min=0),
]
