"""What reviewers decided in a store stands before the chunks of the runs that come after."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.review.desk import Desk
from extractor.store import open_store
from prompts import EXAMPLES, read_prompt, run_digest
from tests.endpoint import Body, ScriptedEndpoint, called, serving
from tests.extracting import SIGNED, STORE, TEXT, WHOLE

OPEN = read_prompt(EXAMPLES).part("open")
FIRST, SECOND = "first/a.txt", "second/b.txt"
OTHER = "澄州经开区力争全年新签约项目35个。\n"
THEIRS: Body = {"metrics": [SIGNED | {"value": 35}]}
TOLD = "examples: 1 lessons of 1 reviewed documents"

pytestmark = pytest.mark.usefixtures("corrected")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def extract(endpoint: ScriptedEndpoint, *arguments: object) -> Result:
    return run("extract", *arguments, "--model", "small", "--base-url", endpoint.url, "--mode", "tools", "-o", "out")


@pytest.fixture
def corrected(alone: None) -> None:  # noqa: ARG001 - in its folder
    """One document was extracted, and somebody changed the name of its metric."""
    for name, text in ((FIRST, TEXT), (SECOND, OTHER)):
        Path(name).parent.mkdir()
        Path(name).write_text(text, "utf8")
    with serving(called(WHOLE)) as endpoint:
        extract(endpoint, FIRST)
    with open_store(STORE) as store:
        desk = Desk(store)
        document = json.loads(Path("out/a.json").read_text("utf8"))["document"]["id"]
        [key] = [key for key in desk.open(document).records if key.startswith("metric")]
        desk.decide(document, key, "edit", 0, "ann", {"name": "新签约项目数"})


def requests(*arguments: object) -> tuple[list[Body], Result]:
    with serving(called(THEIRS), called(THEIRS)) as endpoint:
        result = extract(endpoint, *arguments)
    return endpoint.bodies, result


def shown(body: Body) -> str:
    text: str = body["messages"][1]["content"]
    return text


def stored(stem: str) -> Any:
    return json.loads(Path(f"out/{stem}.json").read_text("utf8"))


def test_a_correction_is_an_example_for_the_next_document() -> None:
    [body], result = requests(SECOND)

    assert shown(body).startswith(OPEN)
    assert '"name":"新签约项目数"' in shown(body)
    assert TOLD in result.stderr
    assert stored("b")["run"]["prompt"] != run_digest()


def test_examples_can_be_left_out() -> None:
    [body], result = requests(SECOND, "--no-examples")

    assert OPEN not in shown(body)
    assert TOLD not in result.stderr
    assert stored("b")["run"]["prompt"] == run_digest()


def test_a_document_gets_no_example_of_its_own() -> None:
    with serving(called(WHOLE)) as endpoint:
        result = extract(endpoint, FIRST)

    assert [OPEN in shown(body) for body in endpoint.bodies] == [False]
    assert TOLD in result.stderr


def test_a_later_run_of_a_reviewed_document_changes_no_example() -> None:
    other = WHOLE | {"others": [{"figures": ["f2"], "role": "context"}]}
    [before], _ = requests(SECOND)
    with serving(called(other)) as endpoint:
        extract(endpoint, FIRST, "--refresh")
    [after], _ = requests(SECOND, "--refresh")

    assert before == after


def test_another_correction_is_another_run() -> None:
    requests(SECOND)
    with open_store(STORE) as store:
        desk = Desk(store)
        document = stored("a")["document"]["id"]
        key = next(key for key in desk.open(document).records if key.startswith("metric"))
        desk.decide(document, key, "edit", 1, "ann", {"name": "新签约的项目数"})
    bodies, _ = requests(SECOND)

    assert '"name":"新签约的项目数"' in shown(bodies[0])


def test_an_estimate_counts_the_examples_of_the_store() -> None:
    def tokens(*arguments: str) -> int:
        return int(
            json.loads(run("estimate", SECOND, "--model", "small", "--json", *arguments).stdout)["prompt_tokens"]
        )

    assert tokens() > tokens("--no-examples") == tokens("--store", "none.db")
    assert not Path("none.db").exists()


def test_without_corrections_nothing_is_said_of_examples() -> None:
    with serving(called(THEIRS)) as endpoint:
        result = extract(endpoint, SECOND, "--store", "new.db")

    assert OPEN not in shown(endpoint.bodies[0])
    assert "examples" not in result.stderr
