"""Where worked examples stand in a request, and that nothing in them becomes a record."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from extractor.analysis import analyse
from extractor.engines.model import ModelEngine
from extractor.engines.rendering import render
from extractor.llm.client import Client, Endpoint
from extractor.llm.tokens import Counter, approximate
from extractor.outline.chunks import cut_chunks
from extractor.pipeline import extract
from extractor.review.desk import Taught
from extractor.runs.estimate import estimate
from extractor.teaching.learning import all_lessons
from extractor.teaching.nearness import Lessons
from prompts import EXAMPLES, EXTRACT, read_prompt, run_digest
from schemas import Extraction
from tests.endpoint import Body, called, serving
from tests.teaching import lesson_document, source_of
from tests.test_model_engine import LONG, OUTPUT, SIGNED, TEXT, WHOLE, asked

OPEN = read_prompt(EXAMPLES).part("open")
CLOSE = read_prompt(EXAMPLES).part("close")
# TEXT has 9 hits, 6 clauses and one segment; the lesson's sentence has 3 hits and one clause
COPIED: Body = {
    "segments": [{"segment": "s2", "actor": "澄州经开区"}],
    "metrics": [SIGNED | {"figure": "f12", "value": 35, "deadline": "t10"}],
    "goals": [{"statement": "全年新签约亿元以上项目35个", "category": "investment", "clauses": [6], "metrics": ["f12"], "deadlines": ["t10"]}],
    "projects": [{"name": "远航电池项目", "clauses": [6], "total_investment": "f11", "deadline": "t10"}],
    "deadlines": ["t10"],
    "others": [{"figures": ["f11"], "role": "qualifier"}],
}  # fmt: skip


def lessons(*taught: Taught) -> Lessons:
    return Lessons(all_lessons(taught or (lesson_document(),)))


def answered(using: Lessons | None, *replies: Any, raw: str = TEXT, **options: Any) -> tuple[Extraction, list[Body]]:
    async def running(url: str) -> Extraction:
        given = Endpoint(base_url=url, model="small", api_key=SecretStr("none"), **{"mode": "tools"} | options)
        async with Client(given) as client:
            return await extract(source_of(raw), ModelEngine(client, using))

    with serving(*(called(reply) if isinstance(reply, dict) else reply for reply in replies)) as endpoint:
        result = asyncio.run(running(endpoint.url))
    assert len(endpoint.bodies) == len(replies)
    return result, endpoint.bodies


def shown(raw: str = TEXT) -> str:
    analysis = analyse(raw)
    [chunk] = cut_chunks(analysis.outline, analysis.hits)
    return render(analysis, chunk)


# where they stand


def test_examples_stand_before_the_chunk_and_the_fixed_part_before_both() -> None:
    [plain] = answered(None, WHOLE)[1]
    [taught] = answered(lessons(), WHOLE)[1]

    assert taught["messages"][0] == plain["messages"][0] == {"role": "system", "content": read_prompt(EXTRACT).text}
    assert asked(taught).startswith(OPEN)
    assert asked(taught).endswith(f"{CLOSE}\n{shown()}")
    assert '"figure":"f12"' in asked(taught)
    assert taught | {"messages": plain["messages"]} == plain


@pytest.mark.parametrize("using", [None, Lessons(()), lessons(lesson_document(raw=TEXT.replace("20个", "35个")))])
def test_without_a_near_lesson_a_request_is_what_it_was(using: Lessons | None) -> None:
    raw = TEXT.replace("20个", "35个")
    reply = WHOLE | {"metrics": [OUTPUT, SIGNED | {"value": 35}]}

    assert answered(using, reply, raw=raw)[1] == answered(None, reply, raw=raw)[1]


def test_every_example_has_numbers_of_its_own_behind_those_of_the_document() -> None:
    other = lesson_document(raw="栎州新区2023年工作要点\n2023-01-10\n确保全年新引进外资,新签约亿元以上的项目35个。\n")
    text = asked(answered(lessons(lesson_document(), other), WHOLE)[1][0])
    tags = [tag for number in range(10, 17) for tag in (f"<f{number}>", f"<t{number}>") if tag in text]

    assert text.count("</例") == 2
    assert len(tags) == len(set(tags)) == 6
    assert "## s2 " in text
    assert "## s3 " in text


def test_a_second_request_gets_no_examples() -> None:
    _, [first, second] = answered(
        lessons(), WHOLE | {"others": []}, {"others": [{"figures": ["f6"], "role": "qualifier"}]}
    )

    assert OPEN in asked(first)
    assert OPEN not in asked(second)


def test_the_halves_of_a_chunk_whose_reply_was_cut_off_get_no_examples() -> None:
    cut = called('{"metrics": [', "length")
    _, [first, *halves] = answered(lessons(), cut, {}, {}, reasks=0)

    assert OPEN in asked(first)
    assert not any(OPEN in asked(half) for half in halves)


# what a model may make of them


def test_what_a_model_copies_from_an_example_becomes_no_record() -> None:
    result, _ = answered(
        lessons(), WHOLE | {name: [*WHOLE.get(name, ()), *part] for name, part in COPIED.items()}, reasks=0
    )
    alone, _ = answered(lessons(), COPIED, reasks=0)
    clean, _ = answered(None, WHOLE, reasks=0)

    assert (alone.metrics, alone.goals, alone.deadlines) == ((), (), ())
    assert alone.projects == ()
    assert {segment.actor for segment in alone.document.segments} == {"青岭高新区"}
    assert (result.metrics, result.goals, result.projects) == (clean.metrics, clean.goals, clean.projects)
    assert (result.deadlines, result.figures) == (clean.deadlines, clean.figures)


def test_what_a_model_copies_from_an_example_is_told() -> None:
    result, _ = answered(lessons(), COPIED, reasks=0)

    assert [finding.code for finding in result.checks].count("quote-not-found") >= 3


def test_a_value_of_an_example_on_a_figure_of_the_text_is_sent_back() -> None:
    wrong = WHOLE | {"metrics": [OUTPUT, SIGNED | {"value": 35}]}
    result, [_, second] = answered(lessons(), wrong, {"metrics": [SIGNED]})

    assert "原文是「20个」" in asked(second)
    assert [metric.value for metric in result.metrics] == [310, 20]


# what a run says of them


def test_the_prompt_of_a_run_covers_the_examples_and_which_there_are() -> None:
    one, other = lessons(), lessons(lesson_document(status="expected"))
    digests = [answered(using, WHOLE)[0].run.prompt for using in (None, Lessons(()), one, other, lessons())]

    assert digests[0] == digests[1] == run_digest()
    assert digests[2] == digests[4] == run_digest(one.digest)
    assert len(set(digests)) == 3


def test_an_estimate_counts_the_examples() -> None:
    counter = Counter("approximated", approximate)
    plain, taught = estimate(source_of(TEXT), counter), estimate(source_of(TEXT), counter, lessons())
    [body] = answered(lessons(), WHOLE)[1]
    more = approximate(asked(body)) - approximate(shown())

    assert abs(taught.prompt_tokens - plain.prompt_tokens - more) <= 1
    assert taught.requests == plain.requests
    assert estimate(source_of(LONG), counter, Lessons(())) == estimate(source_of(LONG), counter)
