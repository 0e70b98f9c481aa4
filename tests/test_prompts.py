"""The rules of prompt files, and of where they stand in a request."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from extractor.analysis import analyse
from extractor.assemble.values import agrees
from extractor.engines.judging import said_figures
from extractor.engines.rendering import render
from extractor.llm.tokens import approximate
from extractor.outline.chunks import cut_chunks
from prompts import EXTRACT, OUTLINE, Prompt, read_prompt
from schemas.draft import ChunkDraft, HeadDraft, RoleDraft
from schemas.outline_draft import OutlineDraft
from schemas.vocabulary import Binding, Category, Comparator, Direction, LooseRole, Measure, Stage, Status

FOLDER = Path(__file__).parent.parent / "prompts"
PAGES = sorted(FOLDER.glob("*.md"))
FILES = [path for path in PAGES if path.stem != "README"]
SEED_PLACES = ["济源", "禹州", "威海", "天津", "兰州", "昆明", "玉溪", "平凉", "东丽", "荆州", "郑州", "厦门", "铜川", "嘉兴", "南阳", "绵阳"]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_prompt_is_its_file_without_the_first_line(path: Path) -> None:
    first, rest = path.read_text("utf8").split("\n", 1)
    prompt = read_prompt(path.stem)

    assert first.startswith("<!--")
    assert first.endswith("-->")
    assert prompt.text.split() == rest.split()
    assert prompt.text[0] != "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_prompt_file_carries_its_version_in_its_name(path: Path) -> None:
    assert re.fullmatch(r"[a-z-]+\.v\d+", path.stem)


def test_the_digest_is_of_the_text_alone() -> None:
    assert Prompt("a", "抽取。").digest == Prompt("b", "抽取。").digest
    assert Prompt("a", "抽取。").digest != Prompt("a", "抽取!").digest
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", read_prompt(EXTRACT).digest)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("place", SEED_PLACES)
def test_no_prompt_names_a_place_of_the_seeds(path: Path, place: str) -> None:
    assert place not in path.read_text("utf8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", sorted((FOLDER.parent / "seeds").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_no_prompt_shares_a_sentence_with_a_seed(path: Path, seed: Path) -> None:
    text, prompt = (analyse(source.read_text("utf8")).view.text for source in (seed, path))
    shared = [prompt[place : place + 20] for place in range(len(prompt) - 20) if prompt[place : place + 20] in text]

    assert shared == []


def test_the_document_is_no_part_of_the_prompt_and_the_prompt_no_part_of_a_chunk() -> None:
    analysis = analyse("青岭高新区工作会议提出,全年新签约项目20个。\n")
    [chunk] = cut_chunks(analysis.outline, analysis.hits)

    assert not set(read_prompt(EXTRACT).text.splitlines()) & set(render(analysis, chunk).splitlines())


def examples(text: str) -> list[tuple[str, str]]:
    """What each worked example shows, and what it answers."""
    return re.findall(r"^输入:\n(.*?)^输出:\n(.*?)(?=\n#|\Z)", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", examples(read_prompt(EXTRACT).text), ids=["prose", "table"])
def test_an_example_of_the_prompt_is_what_its_own_reply_model_takes_and_answers_for_every_figure(
    example: tuple[str, str],
) -> None:
    shown, answered = example
    draft = ChunkDraft.model_validate_json(answered)
    tags = set(re.findall(r"<([ft]\d+)>", shown))
    deadlines = {tag for goal in draft.goals for tag in goal.deadlines} | {metric.deadline for metric in draft.metrics}

    assert said_figures(draft) == {tag for tag in tags if tag.startswith("f")}
    assert deadlines - {None} <= tags


@pytest.mark.parametrize("example", examples(read_prompt(EXTRACT).text), ids=["prose", "table"])
def test_the_values_and_comparators_of_an_example_are_those_that_the_recogniser_reads(example: tuple[str, str]) -> None:
    shown, answered = example
    tagged = dict(re.findall(r"<(f\d+)>(.*?)</f\d+>", shown))
    plain = re.sub(r"</?[ft]\d+>", "", shown)
    hits = {hit.text: hit for hit in analyse(plain).hits}
    for metric in ChunkDraft.model_validate_json(answered).metrics:
        hit = hits[tagged[metric.figure]]

        assert not hit.unit or agrees(hit, metric.value, metric.value_max, metric.unit)
        assert metric.comparator == hit.comparator


def test_the_example_of_the_outline_answers_with_lines_that_it_shows() -> None:
    [(shown, answered)] = examples(read_prompt(OUTLINE).text)
    draft = OutlineDraft.model_validate_json(answered)
    numbers = [int(line.split(" ", 1)[0]) for line in shown.splitlines()]

    assert numbers == list(range(len(numbers)))
    assert all(segment.first <= (segment.title or segment.first) <= segment.last for segment in draft.segments)
    assert draft.segments[-1].last == numbers[-1]


def test_the_fixed_part_of_a_request_is_the_size_that_its_readme_says() -> None:
    told = (FOLDER / "README.md").read_text("utf8")

    for name in (EXTRACT, OUTLINE):
        assert f"`{name}.md`" in told
        assert f"{len(read_prompt(name).text):,} characters" in told


LISTS: dict[str, Any] = {
    "comparator": Comparator,
    "measure": Measure,
    "direction": Direction,
    "status": Status,
    "binding": Binding,
    "category": Category,
    "stage": Stage,
    "role": LooseRole,
}


@pytest.mark.parametrize("field", LISTS)
def test_the_meaning_of_every_choice_is_said_where_its_field_is_told(field: str) -> None:
    """A schema holds the choices alone, and a server that decodes by it does not show it to the model."""
    rules = read_prompt(EXTRACT).text.partition("# 例一")[0]
    [told] = [line for line in re.split(r"\n", rules) if re.search(rf"(?:^|[- 。]){field}(?::| )", line)]
    told = told[told.index(field) :]

    for choice in get_args(get_args(LISTS[field])[0]):
        assert re.search(rf"`{re.escape(choice)}`|(?<![a-z-]){re.escape(choice)}(?![a-z-])", told), choice


def test_the_fixed_part_of_the_extraction_is_within_its_budget() -> None:
    told = (FOLDER / "README.md").read_text("utf8")
    [tokens] = re.findall(rf"`{EXTRACT}\.md`.*with the schema of the reply \([\d,]+\) ([\d,]+)", told)
    schema = json.dumps(ChunkDraft.model_json_schema(), ensure_ascii=False)

    assert int(tokens.replace(",", "")) <= 5000
    assert (
        approximate(read_prompt(EXTRACT).text) + approximate(schema) <= 6500
    )  # that rule reckons a fourth too much here


@pytest.mark.parametrize("field", sorted({*ChunkDraft.model_fields, *HeadDraft.model_fields, *RoleDraft.model_fields}))
def test_every_list_and_every_field_of_heads_and_roles_is_told_in_the_prompt(field: str) -> None:
    assert re.search(rf"(?<![a-z]){field}(?![a-z])", read_prompt(EXTRACT).text)


def names_of(gold: dict[str, Any]) -> set[str]:
    """The places, bodies, firms and projects that a document's answers name."""
    acting = {record["actor"] for part in ("metrics", "goals", "projects") for record in gold[part]}
    heads = {segment["actor"] for segment in gold["document"]["segments"]}
    projects = {name for project in gold["projects"] for name in (project["name"], project["owner"])}
    return {name for name in acting | heads | projects if name and len(name) > 2}  # 新区 is a word


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("folder", ["gold", "practice/gold", "field/gold"])
def test_no_prompt_names_a_place_a_firm_or_a_project_of_our_documents(path: Path, folder: str) -> None:
    answers = sorted((FOLDER.parent / "fixtures" / folder).glob("*.json"))
    known = {name for answer in answers for name in names_of(json.loads(answer.read_text("utf8")))}

    assert len(known) > 5
    assert [name for name in known if name in path.read_text("utf8")] == []
