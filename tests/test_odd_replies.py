"""Real servers and models answer in many ways that the format does not know: what they mean is read all the same."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from extractor.errors import EndpointError, ReplyInvalid
from extractor.llm.client import Answer, Client, Endpoint
from extractor.llm.json_text import NotJson, Unclosed, read_json
from extractor.llm.reply_modes import LADDER, Mode
from schemas.draft import ChunkDraft
from tests.endpoint import (
    Body,
    Scripted,
    ScriptedEndpoint,
    Step,
    called,
    called_twice,
    completion,
    said,
    serving,
    streamed,
)
from tests.extracting import SIGNED, WHOLE

ASKED = [{"role": "system", "content": "Find the figures."}, {"role": "user", "content": "新签约项目<f2>20个</f2>。"}]
TEXT = json.dumps(WHOLE, ensure_ascii=False)
OTHER = SIGNED | {"figure": "f3", "value": 30}


def ask(endpoint: ScriptedEndpoint, mode: Mode | None = "tools", **options: Any) -> Answer[ChunkDraft]:
    async def no_pause(_: float) -> None:
        pass

    async def asking() -> Answer[ChunkDraft]:
        settings = Endpoint(endpoint.url, "small", SecretStr("none"), mode=mode, **options)
        async with Client(settings, sleep=no_pause) as client:
            return await client.ask(ASKED, ChunkDraft, context={"refused": []})

    return asyncio.run(asking())


def named(body: Body) -> str:
    """What the tool of a request is called; other modes have none."""
    return str(body["tool_choice"]["function"]["name"]) if "tool_choice" in body else "ChunkDraft"


def in_words(text: str) -> dict[str, Step]:
    """The same text from servers that put it into different places."""
    return {
        "content": said(text),
        "reasoning": completion({"content": "", "reasoning_content": text}),
        "reasoning of vLLM": completion({"content": None, "reasoning": f"The text names one.\n</think>\n{text}"}),
        "thought": said(f'<think>\nPerhaps {{"metrics": []}}? No.\n</think>\n\n{text}'),
        "thought without its beginning": said(f"The text names one figure.</think>{text}"),
        "parts": completion({"content": [{"type": "thinking", "thinking": []}, {"type": "text", "text": text}]}),
        "fence": said(f"Here it is:\n```json\n{text}\n```\nAnything else?"),
        "prose": said(f"In {{curly}} words: {text} That is all."),
        "stream": streamed(*({"content": text[at : at + 9]} for at in range(0, len(text), 9))),
        "stream of thoughts": streamed({"reasoning_content": "One."}, {"content": text}, finish=None),
    }


@pytest.mark.parametrize("mode", LADDER)
@pytest.mark.parametrize("place", in_words("").keys())
def test_an_answer_is_found_wherever_the_server_put_it(place: str, mode: Mode) -> None:
    with serving(in_words(TEXT)[place]) as endpoint:
        answer = ask(endpoint, mode)

    assert answer.value == ChunkDraft.model_validate(WHOLE)
    assert (answer.calls, answer.prompt_tokens, answer.completion_tokens) == (1, 100, 10)


WRAPPINGS: dict[str, Callable[[Body], Any]] = {
    "name and arguments": lambda body: {"name": named(body), "arguments": WHOLE},
    "name and parameters": lambda body: {"name": named(body), "parameters": WHOLE},
    "arguments as text": lambda body: {"name": named(body), "arguments": TEXT},
    "a function": lambda body: {"type": "function", "function": {"name": named(body), "arguments": TEXT}},
    "the name of the schema": lambda body: {named(body): WHOLE},
    "some other name": lambda _: {"result": WHOLE},
    "a list of one": lambda _: [WHOLE],
    "a list of calls": lambda body: [{"name": named(body), "arguments": WHOLE}],
    "text in text": lambda _: TEXT,
    "text in text in text": lambda _: json.dumps(TEXT),
    "a list as text": lambda _: {"metrics": json.dumps(WHOLE["metrics"], ensure_ascii=False)},
    "null for lists": lambda _: WHOLE | {"goals": None, "projects": None, "deadlines": None, "others": None},
}


@pytest.mark.parametrize("mode", ["tools", "json"])
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_an_answer_is_unwrapped(wrapping: str, mode: Mode) -> None:
    def step(body: Body) -> Scripted:
        return said(json.dumps(WRAPPINGS[wrapping](body), ensure_ascii=False))

    with serving(step) as endpoint:
        assert ask(endpoint, mode).value.metrics == ChunkDraft.model_validate(WHOLE).metrics


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_the_arguments_of_a_tool_call_are_unwrapped(wrapping: str) -> None:
    def step(body: Body) -> Scripted:
        return called(json.dumps(WRAPPINGS[wrapping](body), ensure_ascii=False))(body)

    with serving(step) as endpoint:
        assert ask(endpoint).value.metrics == ChunkDraft.model_validate(WHOLE).metrics


def test_arguments_that_are_an_object_and_no_text_are_taken() -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "ChunkDraft", "arguments": WHOLE}}
    with serving(completion({"tool_calls": [call]})) as endpoint:
        assert ask(endpoint).value == ChunkDraft.model_validate(WHOLE)


def test_tool_calls_that_a_server_left_in_the_text_are_taken() -> None:
    call = json.dumps({"name": "ChunkDraft", "arguments": WHOLE}, ensure_ascii=False)
    with serving(said(f"<tool_call>\n{call}\n</tool_call>")) as endpoint:
        assert ask(endpoint).value == ChunkDraft.model_validate(WHOLE)


def test_a_tool_call_that_a_stream_brings_in_pieces_is_put_together() -> None:
    first = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "ChunkDraft", "arguments": TEXT[:7]}}
    rest = {"index": 0, "function": {"arguments": TEXT[7:]}}
    with serving(streamed({"tool_calls": [first]}, {"tool_calls": [rest]}, finish="tool_calls")) as endpoint:
        assert ask(endpoint).value == ChunkDraft.model_validate(WHOLE)


def test_a_stream_that_broke_off_is_a_cut_reply() -> None:
    with (
        serving(streamed({"content": TEXT[:-9]}, finish=None, done=False)) as endpoint,
        pytest.raises(ReplyInvalid) as caught,
    ):
        ask(endpoint, "json")

    assert caught.value.truncated


def test_two_calls_of_the_tool_are_one_reply() -> None:
    with serving(called_twice(WHOLE, {"metrics": [SIGNED, OTHER], "deadlines": ["t1"]})) as endpoint:
        answer = ask(endpoint)

    assert answer.value == ChunkDraft.model_validate({"metrics": [SIGNED, OTHER], "deadlines": ["t1"]})


def test_of_two_calls_the_one_that_answers_is_taken() -> None:
    with serving(called_twice({"query": "项目"}, WHOLE)) as endpoint:
        assert ask(endpoint).value == ChunkDraft.model_validate(WHOLE)


def test_two_calls_that_are_wrong_are_both_sent_back() -> None:
    with serving(called_twice({"metrics": "many"}, {"goals": 3}), called(WHOLE)) as endpoint:
        assert ask(endpoint).reasks == 1

    assert [message["role"] for message in endpoint.bodies[1]["messages"][-3:]] == ["assistant", "tool", "tool"]


def test_an_answer_in_the_text_that_is_wrong_is_sent_back_without_the_protocol_of_tools() -> None:
    with serving(said('{"metrics": "many"}'), said(TEXT)) as endpoint:
        assert ask(endpoint).reasks == 1

    assert [message["role"] for message in endpoint.bodies[1]["messages"][-2:]] == ["assistant", "user"]


def test_an_object_of_other_fields_is_no_answer() -> None:
    """All lists may be left out: it would be read as «nothing was found»."""
    with serving(called(SIGNED), called(WHOLE)) as endpoint:
        answer = ask(endpoint)

    assert answer.value == ChunkDraft.model_validate(WHOLE)
    assert answer.last_errors[0].startswith("the reply: none of its fields is there, only figure, name")


def test_null_for_a_list_within_a_record_is_an_empty_list() -> None:
    goal = {"statement": "扩大签约", "category": "投资", "clauses": [1], "metrics": None, "deadlines": None}
    project = {"name": "园区", "clauses": [1], "capacity": None, "milestones": None}
    category = ChunkDraft.model_json_schema()["$defs"]["GoalDraft"]["properties"]["category"]["enum"][0]
    with serving(called({"goals": [goal | {"category": category}], "projects": [project]})) as endpoint:
        value = ask(endpoint).value

    assert (value.goals[0].metrics, value.projects[0].milestones) == ((), ())


def test_an_empty_object_says_that_nothing_was_found() -> None:
    with serving(called({})) as endpoint:
        assert ask(endpoint).value == ChunkDraft()


# refusals


@pytest.mark.parametrize("mode", ["tools", "json"])
@pytest.mark.parametrize(
    ("step", "told"),
    [
        (said("", "content_filter"), "the endpoint's content filter stopped the reply"),
        (said('{"metrics": [', "content_filter"), "the endpoint's content filter stopped the reply"),
        (completion({"refusal": "This is secret."}), "the model refused: This is secret."),
        (said("I'm sorry, but I can't assist with that."), "the model refused: I'm sorry, but I can't assist"),
        (said("I cannot help with this document."), "the model refused: I cannot help"),
        (said("很抱歉,我无法处理该内容。"), "the model refused: 很抱歉,我无法处理该内容。"),
    ],
)
def test_who_will_not_answer_is_not_asked_again(step: Scripted, told: str, mode: Mode) -> None:
    with serving(step) as endpoint, pytest.raises(ReplyInvalid) as caught:
        ask(endpoint, mode)

    assert str(caught.value).startswith(told)
    assert (caught.value.calls, caught.value.prompt_tokens) == (1, 100)
    assert len(endpoint.bodies) == 1


def test_a_text_that_speaks_of_refusals_is_no_refusal() -> None:
    step = {"metrics": [SIGNED | {"name": "I cannot"}]}
    with serving(said(json.dumps(step))) as endpoint:
        assert ask(endpoint, "json").value.metrics[0].name == "I cannot"


def test_a_refusal_in_words_may_mean_the_tools_and_the_next_mode_is_tried() -> None:
    with serving(said("I can't call functions."), said(TEXT)) as endpoint:
        assert ask(endpoint, None).mode == "json-schema"


# what is no completion


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            Scripted(200, b"<!DOCTYPE html><p>Welcome", {"Content-Type": "text/html"}),
            "with a web page. Is the base URL",
        ),
        (Scripted(200, b"<html>"), "with a web page"),
        (Scripted(200, b"upstream down"), "something other than JSON: 'upstream down'"),
        (Scripted(200, b""), "something other than JSON"),
        (Scripted(200, []), "something other than JSON"),
        (Scripted(200, {"choices": []}), "holds no choices"),
        (Scripted(200, {"choices": None, "error": {"message": "no model"}}), "holds no choices: .*no model"),
        (Scripted(200, {"choices": [{"index": 0, "message": None}]}), "holds no choices"),
        (Scripted(200, b'data: {"choices": []}\n\ndata: [DONE]\n\n'), "holds no choices"),
        (Scripted(200, b'data: {"error": {"message": "no model"}}\n\n'), "holds no choices: .*no model"),
        (Scripted(200, b"data: \n\n"), "something other than JSON"),
    ],
)
def test_what_is_no_completion_is_told_in_one_line(step: Scripted, told: str) -> None:
    with serving(step) as endpoint, pytest.raises(EndpointError, match=told) as caught:
        ask(endpoint)

    assert "\n" not in str(caught.value)
    assert len(endpoint.bodies) == 1


# repair


@pytest.mark.parametrize(
    "broken",
    [
        TEXT.replace("}]}", "},],}"),
        TEXT.replace('"', "'"),
        TEXT.replace('", "', '" "'),
        TEXT.replace('"figure"', "figure"),
        TEXT.replace("签约目标", "签约\n目标").replace("签约\n", "签约"),
        TEXT.replace("签约目标", '"签约"目标').replace('\\"', '"'),
        TEXT.replace('"个",', '"个",,'),
        TEXT.replace('"', "“", 1).replace('"', "”", 1),
        json.dumps(WHOLE)[:-1] + ",}",
    ],
)
@pytest.mark.parametrize("mode", ["tools", "json"])
def test_json_whose_marks_are_wrong_is_repaired(broken: str, mode: Mode) -> None:
    with serving(called(broken) if mode == "tools" else said(broken)) as endpoint:
        answer = ask(endpoint, mode)

    assert answer.reasks == 0
    [metric] = answer.value.metrics
    assert metric.name.replace('"', "") == "签约目标"
    assert metric.model_copy(update={"name": "签约目标"}) == ChunkDraft.model_validate(WHOLE).metrics[0]


@pytest.mark.parametrize(
    "broken",
    [
        '{"value": 12,5 亿}',
        '{"value": 10%}',
        '{"value": .5,}',
        '{"value": 123456789012345678901.5,}',
        '{"value": 10 // 亿元\n}',
        '{"metrics": [{"value": 1}, ...]}',
        '{"value": 20 21}',
        '{"value": 1234567890123456789012345678901234567890,}',
        '{"value": 1e99999999999,}',
        '{"value": 1e400,}',
        '{"value": -5, "other": +5}',
    ],
)
def test_no_repair_changes_a_figure_or_a_word(broken: str) -> None:
    try:
        found = read_json(broken)
    except NotJson:
        return
    digits = "".join(char for char in json.dumps(found, ensure_ascii=False) if char.isalnum())
    assert digits == "".join(char for char in broken if char.isalnum())


@given(st.integers(0, len(TEXT) - 1), st.sampled_from([TEXT, TEXT.replace('"figure"', "figure"), f"```json\n{TEXT}"]))
def test_a_reply_that_was_cut_is_never_repaired_wherever_the_cut_falls(cut: int, text: str) -> None:
    with pytest.raises(NotJson) as caught:
        read_json(text[: cut % len(text)])

    if "{" in text[: cut % len(text)]:
        assert isinstance(caught.value, Unclosed)


@given(st.integers(0, len(TEXT)), st.sampled_from(list("\"'{}[],:\\`“\n")) | st.just(""), st.integers(0, 3))
def test_whatever_marks_are_wrong_no_number_comes_or_changes(place: int, mark: str, lost: int) -> None:
    broken = TEXT[:place] + mark + TEXT[place + lost :]
    try:
        found = read_json(broken)
    except NotJson:
        return
    written = Counter(re.findall(r"\d+", broken))
    assert Counter(re.findall(r"\d+", json.dumps(found, ensure_ascii=False))) <= written


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_that_is_whole_is_read_as_it_stands(value: Any) -> None:
    assert read_json(json.dumps({"metrics": value})) == ({"metrics": value},)


def test_what_follows_a_bracket_that_closed_too_early_is_not_lost() -> None:
    whole = WHOLE | {"deadlines": ["t1"]}
    with serving(called(TEXT + ', "deadlines": ["t1"]}'), called(whole)) as endpoint:
        assert ask(endpoint).value == ChunkDraft.model_validate(whole)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("签约目标", "\\ud83d"),
        TEXT.replace("签约目标", "\\ud83d").replace("}]}", "},]}"),
        '{"metrics": ' + "[" * 9999 + "]" * 9999 + "}",
        '{"metrics": ' + "[" * 9999 + "],}",
        "\\" * 99 + '{"a',
        "\0",
    ],
)
@pytest.mark.parametrize("mode", ["tools", "md-json"])
def test_whatever_a_model_writes_is_a_wrong_reply_and_no_crash(text: str, mode: Mode) -> None:
    with serving(called(text) if mode == "tools" else said(text)) as endpoint, pytest.raises(ReplyInvalid):
        ask(endpoint, mode, reasks=0)


def test_a_reply_that_stays_unclosed_is_a_cut_one() -> None:
    """Some servers cut a reply at their own limit and say that it is whole."""
    with serving(called(TEXT[:-2]), called(TEXT[:-5])) as endpoint, pytest.raises(ReplyInvalid) as caught:
        ask(endpoint)

    assert caught.value.truncated
    assert caught.value.last_reply == TEXT[:-5]


def test_a_thought_that_was_cut_off_is_no_answer() -> None:
    step = completion({"content": "", "reasoning_content": f"Perhaps {TEXT}, but"}, "length")
    with serving(step) as endpoint, pytest.raises(ReplyInvalid) as caught:
        ask(endpoint)

    assert (caught.value.truncated, caught.value.last_reply) == (True, "")
