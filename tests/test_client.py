"""The rules of talking to a model, against a real endpoint on this machine."""

import asyncio
import gc
import json
import traceback
import weakref
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Lock
from time import sleep
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr, ValidationInfo, field_validator

from extractor.errors import EndpointError, ReplyInvalid, Unavailable
from extractor.llm.client import Answer, Client, Endpoint
from extractor.llm.probing import probe
from extractor.llm.reply_modes import LADDER, Mode
from tests.endpoint import Scripted, ScriptedEndpoint, called, completion, refused, said, serving

KEY = "sk-very-secret-0123456789"
ASKED = [{"role": "system", "content": "Find the figure."}, {"role": "user", "content": "新增项目10个。"}]


class Figure(BaseModel, frozen=True):
    """A figure of the document."""

    id: str
    value: int

    @field_validator("id")
    @classmethod
    def id_is_known(cls, given: str, info: ValidationInfo) -> str:
        if info.context and given not in info.context["ids"]:
            raise ValueError(f"there is no {given}, only {', '.join(info.context['ids'])}")
        return given


class Pauses:
    """A sleep that only remembers how long it was to be."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def endpoint_at(url: str, **options: Any) -> Endpoint:
    return Endpoint(base_url=url, model="small", api_key=SecretStr(KEY), **options)


def ask(
    endpoint: ScriptedEndpoint, *, context: dict[str, Any] | None = None, pauses: Pauses | None = None, **options: Any
) -> Answer[Figure]:
    async def asking() -> Answer[Figure]:
        async with Client(endpoint_at(endpoint.url, **options), sleep=pauses or Pauses()) as client:
            return await client.ask(ASKED, Figure, context=context)

    return asyncio.run(asking())


def run(endpoint: ScriptedEndpoint, job: Callable[[Client], Awaitable[Any]], **options: Any) -> Any:
    async def running() -> Any:
        async with Client(endpoint_at(endpoint.url, **options), sleep=Pauses()) as client:
            return await job(client)

    return asyncio.run(running())


RIGHT = called({"id": "f1", "value": 10})


def test_a_valid_reply_is_an_answer_with_its_cost() -> None:
    with serving(RIGHT) as endpoint:
        answer = ask(endpoint)

    assert answer.value == Figure(id="f1", value=10)
    assert type(answer.value) is Figure
    assert vars(answer.value) == {"id": "f1", "value": 10}, "instructor hangs its response on a bare model"
    assert (answer.mode, answer.calls, answer.retries, answer.reasks) == ("tools", 1, 0, 0)
    assert (answer.prompt_tokens, answer.completion_tokens, answer.last_errors) == (100, 10, ())
    assert answer.text == '{"id": "f1", "value": 10}'


def test_a_request_is_deterministic_and_names_its_limit() -> None:
    with serving(RIGHT, RIGHT) as endpoint:
        ask(endpoint, max_tokens=500)
        ask(endpoint, max_tokens=500)

    first, second = endpoint.bodies
    assert first == second
    assert (first["temperature"], first["max_tokens"], first["model"]) == (0, 500, "small")
    assert endpoint.keys == [f"Bearer {KEY}"] * 2


def test_a_document_is_no_template() -> None:
    text = "  {{ ids }} {% raw\n  {# 新增 #}\n"
    with serving(RIGHT) as endpoint:
        run(endpoint, lambda client: client.ask([{"role": "user", "content": text}], Figure, context={"ids": ["f1"]}))

    assert endpoint.bodies[0]["messages"] == [{"role": "user", "content": text}]


def test_a_busy_endpoint_is_asked_again_after_the_pause_that_it_names() -> None:
    pauses = Pauses()
    with serving(refused(429, "busy", retry_after="7"), RIGHT) as endpoint:
        answer = ask(endpoint, pauses=pauses)

    assert pauses.seconds == [7]
    assert (answer.calls, answer.retries, answer.reasks) == (1, 1, 0)


@pytest.mark.parametrize(
    ("header", "shortest", "longest"),
    [
        ("3600", 60, 60),
        (timedelta(seconds=30), 10, 30),
        (timedelta(seconds=-30), 0, 0),
        ("soon", 1, 2),
    ],
    ids=["long", "date", "past", "nonsense"],
)
def test_a_pause_is_bounded_whatever_the_endpoint_names(
    header: str | timedelta, shortest: float, longest: float
) -> None:
    pauses = Pauses()
    date = header if isinstance(header, str) else format_datetime(datetime.now(UTC) + header, usegmt=True)
    with serving(refused(429, "busy", retry_after=date), RIGHT) as endpoint:
        ask(endpoint, pauses=pauses)

    [pause] = pauses.seconds
    assert shortest <= pause <= longest


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_a_passing_failure_is_repeated_with_growing_pauses(status: int) -> None:
    pauses = Pauses()
    with serving(refused(status), refused(status), RIGHT) as endpoint:
        answer = ask(endpoint, pauses=pauses)

    assert (answer.calls, answer.retries) == (1, 2)
    assert 1 <= pauses.seconds[0] <= 2 <= pauses.seconds[1] <= 3


def test_a_lasting_failure_is_told_in_one_line_after_the_last_try() -> None:
    with serving(*[refused(503, "the model\nis loading")] * 3) as endpoint, pytest.raises(EndpointError) as caught:
        ask(endpoint, tries=3)

    assert str(caught.value) == "the endpoint answered 503: the model is loading"
    assert len(endpoint.bodies) == 3


def test_a_dead_endpoint_is_tried_again_and_then_told() -> None:
    with serving() as endpoint:
        pass
    pauses = Pauses()

    with pytest.raises(EndpointError, match="cannot reach the endpoint"):
        ask(endpoint, pauses=pauses)

    assert len(pauses.seconds) == 3


def test_a_slow_endpoint_runs_into_the_timeout() -> None:
    def slow(_: Any) -> Scripted:
        sleep(0.4)
        return said("late")

    with serving(slow, slow) as endpoint, pytest.raises(EndpointError, match=r"no reply within 0\.1 s"):
        ask(endpoint, timeout=0.1, tries=2)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_ends_the_matter_and_is_not_shown(status: int) -> None:
    with serving(refused(status, f"Incorrect API key: {KEY}")) as endpoint, pytest.raises(EndpointError) as caught:
        ask(endpoint)

    assert str(caught.value) == f"the endpoint refused the key ({status}): Incorrect API key: ***"
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert len(endpoint.bodies) == 1


def test_the_key_is_in_no_repr() -> None:
    endpoint = endpoint_at("http://127.0.0.1:9/v1")

    assert KEY not in repr(endpoint)
    assert KEY not in repr(Client(endpoint))
    assert KEY not in repr(vars(Client(endpoint)))


def test_a_local_endpoint_needs_no_key() -> None:
    with serving(RIGHT) as endpoint:

        async def asking() -> None:
            async with Client(Endpoint(endpoint.url, "small", SecretStr(""))) as client:
                await client.ask(ASKED, Figure)

        asyncio.run(asking())

    assert endpoint.keys == ["Bearer none"]


def test_an_endpoint_without_tools_is_asked_one_step_down_and_remembered() -> None:
    right = said('{"id": "f1", "value": 10}')
    with serving(refused(400, "tools are not supported"), right, right) as endpoint:
        client_mode: list[Mode | None] = []

        async def twice(client: Client) -> list[Answer[Figure]]:
            answers = [await client.ask(ASKED, Figure), await client.ask(ASKED, Figure)]
            client_mode.append(client.mode)
            return answers

        answers = run(endpoint, twice)

    assert [answer.mode for answer in answers] == ["json-schema", "json-schema"]
    assert client_mode == ["json-schema"]
    assert ["tools" in body for body in endpoint.bodies] == [True, False, False]
    assert (answers[0].calls, answers[0].retries) == (1, 0)


def test_every_mode_reads_its_own_kind_of_reply() -> None:
    text = '{"id": "f1", "value": 10}'
    refusal = refused(422, "response_format is not supported")
    with serving(refusal, refusal, refusal, said(f"```json\n{text}\n```")) as endpoint:
        assert ask(endpoint).mode == "md-json"
    with serving(refusal, refusal, said(text)) as endpoint:
        assert ask(endpoint).mode == "json"

    assert endpoint.bodies[2]["response_format"] == {"type": "json_object"}


def test_a_server_error_about_the_mode_is_believed_after_the_last_try() -> None:
    """llama.cpp answers so where it was started without tools."""
    failure = refused(500, "tools param requires --jinja flag")
    with serving(failure, failure, said('{"id": "f1", "value": 10}')) as endpoint:
        assert ask(endpoint, tries=2).mode == "json-schema"


def test_an_endpoint_that_ignores_tools_is_asked_one_step_down() -> None:
    with serving(said("It is 10."), said("Ten."), said('{"id": "f1", "value": 10}')) as endpoint:
        assert ask(endpoint).mode == "json-schema"


def test_first_requests_side_by_side_walk_the_ladder_once() -> None:
    right = said('{"id": "f1", "value": 10}')
    with serving(refused(400, "tools"), *[right] * 5) as endpoint:
        run(endpoint, lambda client: asyncio.gather(*(client.ask(ASKED, Figure) for _ in range(5))))

    assert ["tools" in body for body in endpoint.bodies] == [True, *[False] * 5]


def test_a_mode_that_was_asked_for_is_not_left() -> None:
    with serving(refused(400, "tools are not supported")) as endpoint, pytest.raises(EndpointError, match="400"):
        ask(endpoint, mode="tools")

    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize(
    ("status", "message"),
    [(404, "The model `small` does not exist"), (400, "maximum context length is 4096 tokens"), (402, "pay first")],
)
def test_what_no_other_mode_would_mend_ends_the_matter(status: int, message: str) -> None:
    with serving(refused(status, message)) as endpoint, pytest.raises(EndpointError, match=message):
        ask(endpoint)

    assert len(endpoint.bodies) == 1


def test_where_no_mode_works_the_reason_is_said_once() -> None:
    with serving(*[refused(400, "the moon is wrong")] * 4) as endpoint, pytest.raises(EndpointError) as caught:
        ask(endpoint)

    assert str(caught.value) == "no mode works; tools: the endpoint answered 400: the moon is wrong"


def test_parameters_that_a_reasoning_model_refuses_are_left_out_or_renamed() -> None:
    no_temperature = refused(400, "Unsupported value: 'temperature' does not support 0 with this model.")
    other_limit = refused(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    with serving(no_temperature, other_limit, RIGHT) as endpoint:
        answer = ask(endpoint, mode="tools", max_tokens=900)

    assert (answer.calls, answer.value.id) == (1, "f1")
    assert "temperature" in endpoint.bodies[0]
    assert "temperature" not in endpoint.bodies[2]
    assert endpoint.bodies[2]["max_completion_tokens"] == 900
    assert "max_tokens" not in endpoint.bodies[2]


@pytest.mark.parametrize("status", [400, 422])
def test_a_parameter_is_refused_in_many_ways(status: int) -> None:
    """FastAPI lists places; GLM speaks Chinese."""
    places = Scripted(status, {"detail": [{"loc": ["body", "max_tokens"], "msg": "Extra inputs are not permitted"}]})
    chinese = refused(status, "temperature 参数非法。请检查文档。")
    with serving(places, chinese, RIGHT) as endpoint:
        ask(endpoint, mode="tools", max_tokens=900)

    assert "temperature" not in endpoint.bodies[2]
    assert endpoint.bodies[2]["max_completion_tokens"] == 900


def test_a_refused_parameter_is_not_sent_again_and_another_client_can_be_told() -> None:
    async def twice(client: Client) -> dict[str, str | None]:
        await client.ask(ASKED, Figure)
        await client.ask(ASKED, Figure)
        return client.renamed

    with serving(refused(400, "'temperature' is not supported"), RIGHT, RIGHT, RIGHT) as endpoint:
        renamed = run(endpoint, twice, mode="tools")
        ask(endpoint, mode="tools", renamed=renamed)

    assert renamed == {"temperature": None}
    assert ["temperature" in body for body in endpoint.bodies] == [True, False, False, False]


def test_requests_side_by_side_may_all_meet_the_refusal_of_a_parameter() -> None:
    def strict(body: Any) -> Scripted:
        sleep(0.05)  # so that all are under way before the first is answered
        return refused(400, "Unsupported value: 'temperature'") if "temperature" in body else RIGHT(body)

    with serving(*[strict] * 8) as endpoint:
        answers = run(
            endpoint, lambda client: asyncio.gather(*(client.ask(ASKED, Figure) for _ in range(4))), mode="tools"
        )

    assert [answer.value.id for answer in answers] == ["f1"] * 4
    assert len(endpoint.bodies) == 8


def test_a_text_that_is_too_long_speaks_against_no_parameter() -> None:
    too_long = "maximum context length is 4096 tokens, you asked for 5000 (4000 in max_tokens)"
    with serving(refused(400, too_long)) as endpoint, pytest.raises(EndpointError, match="4096"):
        ask(endpoint, mode="tools", max_tokens=4000)

    assert len(endpoint.bodies) == 1


def test_parameters_of_the_users_own_are_sent_in_every_request() -> None:
    extra = {"reasoning_effort": "low", "chat_template_kwargs": {"enable_thinking": False}}
    with serving(called({"id": "f9", "value": 10}), RIGHT) as endpoint:
        ask(endpoint, mode="tools", temperature=0.6, extra=extra, context={"ids": ["f1"]})

    assert [body["temperature"] for body in endpoint.bodies] == [0.6, 0.6]
    assert all(body.items() >= extra.items() for body in endpoint.bodies)


ARREARS = [
    Scripted(429, {"error": {"message": "You exceeded your current quota.", "code": "insufficient_quota"}}),
    Scripted(429, {"error": {"message": "您的账户已欠费,请充值后重试。", "code": "1113"}}),
    Scripted(402, {"error": {"message": "Insufficient Balance", "type": "unknown_error"}}),
    Scripted(400, {"code": "Arrearage", "message": "Access denied, make sure your account is in good standing."}),
    Scripted(403, {"code": 30001, "message": "Sorry, your account balance is insufficient"}),
    Scripted(403, {"error": {"code": "AccountOverdueError", "message": "The account has an overdue balance"}}),
    Scripted(429, {"error": {"message": "余额不足", "type": "rate_limit"}}, {"Retry-After": "60"}),
    Scripted(200, {"error": {"message": "账户余额不足"}}),
]


@pytest.mark.parametrize("step", ARREARS)
def test_an_account_in_arrears_is_told_in_one_line_and_not_waited_out(step: Scripted) -> None:
    pauses = Pauses()
    with serving(step) as endpoint, pytest.raises(Unavailable) as caught:
        ask(endpoint, pauses=pauses)

    assert str(caught.value).startswith("the account at the endpoint is in arrears")
    assert "\n" not in str(caught.value)
    assert (caught.value.lasting, pauses.seconds, len(endpoint.bodies)) == (True, [], 1)


@pytest.mark.parametrize(
    "message", ["Rate limit reached for requests", "请求过于频繁,充值可提升速率", "Too many requests"]
)
def test_a_429_about_the_pace_is_no_arrears(message: str) -> None:
    pauses = Pauses()
    with serving(refused(429, message), RIGHT) as endpoint:
        ask(endpoint, pauses=pauses)

    assert len(pauses.seconds) == 1


def test_a_document_that_an_error_quotes_is_no_reason_to_see_arrears() -> None:
    quoting = Scripted(400, {"error": {"message": "invalid", "input": "关于欠费企业、余额不足账户的通知"}})
    with serving(quoting) as endpoint, pytest.raises(EndpointError, match="answered 400: invalid"):
        ask(endpoint, mode="tools")


@pytest.mark.parametrize("status", [502, 503])
def test_a_proxy_with_nobody_behind_it_is_no_reason_to_change_the_mode(status: int) -> None:
    with serving(*[refused(status, "no tools today")] * 2) as endpoint, pytest.raises(Unavailable):
        ask(endpoint, tries=2)

    assert all("tools" in body for body in endpoint.bodies)


def test_a_name_that_nobody_knows_is_told() -> None:
    async def asking() -> None:
        async with Client(endpoint_at("http://nobody.invalid/v1", tries=1)) as client:
            await client.ask(ASKED, Figure)

    with pytest.raises(Unavailable, match="cannot reach the endpoint"):
        asyncio.run(asking())


def test_a_wrong_reply_is_sent_back_once_with_what_is_wrong() -> None:
    with serving(called({"id": "f9", "value": 10}), refused(500), RIGHT) as endpoint:
        answer = ask(endpoint, context={"ids": ["f1"]})

    wrong = "id: Value error, there is no f9, only f1 (given: 'f9')"
    assert answer.value.id == "f1"
    assert (answer.calls, answer.retries, answer.reasks) == (2, 1, 1)
    assert (answer.prompt_tokens, answer.completion_tokens) == (200, 20)
    assert answer.last_errors == (wrong,)
    assert endpoint.bodies[2]["messages"][-1] == {
        "role": "tool",
        "tool_call_id": "call_1",
        "name": "Figure",
        "content": f"Validation Error found:\n{wrong}\nRecall the function correctly, fix the errors",
    }


def test_a_reply_that_stays_wrong_is_kept_on_the_error() -> None:
    last = '{"id": "f1", "value": "many"}'
    with serving(called("{"), called(last)) as endpoint, pytest.raises(ReplyInvalid) as caught:
        ask(endpoint)

    assert str(caught.value).startswith("no valid Figure in 2 tries: value: Input should be a valid integer")
    assert caught.value.last_reply == last
    assert len(caught.value.problems) == 1
    assert not caught.value.truncated


def test_no_reask_where_none_is_allowed() -> None:
    with serving(called("{")) as endpoint, pytest.raises(ReplyInvalid, match="in 1 try"):
        ask(endpoint, reasks=0)


def test_a_mode_whose_reply_stays_wrong_gives_way_to_one_that_works() -> None:
    with serving(called('{"id": 1}'), said('{"id": "f1", "value": 10}')) as endpoint:
        assert ask(endpoint, reasks=0).mode == "json-schema"


def test_where_every_mode_brings_a_wrong_reply_the_first_is_kept() -> None:
    wrong = '{"id": 1}'
    with serving(called(wrong), refused(400, "response_format"), said(wrong), said(wrong), RIGHT) as endpoint:

        async def twice(client: Client) -> Answer[Figure]:
            with pytest.raises(ReplyInvalid):
                await client.ask(ASKED, Figure)
            return await client.ask(ASKED, Figure)

        assert run(endpoint, twice, reasks=0).mode == "tools"


def test_a_cut_reply_settles_the_mode() -> None:
    with serving(called("{"), RIGHT) as endpoint:

        async def twice(client: Client) -> Answer[Figure]:
            with pytest.raises(ReplyInvalid):
                await client.ask(ASKED, Figure)
            assert client.mode == "tools"
            return await client.ask(ASKED, Figure)

        assert run(endpoint, twice, reasks=0).mode == "tools"


@pytest.mark.parametrize(
    ("mode", "step"), [("tools", called('{"id": "f1', "length")), ("json", said('{"id": "f1', "length"))]
)
def test_a_reply_that_was_cut_keeps_its_beginning(mode: Mode, step: Any) -> None:
    with serving(step) as endpoint, pytest.raises(ReplyInvalid, match="cut off after 10 tokens") as caught:
        ask(endpoint, mode=mode)

    assert caught.value.truncated
    assert caught.value.last_reply == '{"id": "f1'


def test_a_model_that_refuses_is_not_asked_again() -> None:
    step = completion({"refusal": "I will not."})
    with serving(step) as endpoint, pytest.raises(ReplyInvalid, match="I will not") as caught:
        ask(endpoint)

    assert caught.value.last_reply == "I will not."


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (Scripted(200, {"error": {"message": "upstream is down"}}), "no choices.*upstream is down"),
        (Scripted(200, b"<html>", {"Content-Type": "text/html"}), "something other than JSON: with a web page"),
        (Scripted(200, b"<html>"), "something other than JSON"),
    ],
)
def test_what_is_no_completion_is_the_endpoints_error(step: Scripted, reason: str) -> None:
    with serving(step) as endpoint, pytest.raises(EndpointError, match=reason):
        ask(endpoint)


def test_a_bug_in_a_validator_keeps_its_own_error() -> None:
    class Broken(BaseModel):
        value: int

        @field_validator("value")
        @classmethod
        def fails(cls, _: int) -> int:
            raise ZeroDivisionError

    with serving(called({"value": 1})) as endpoint, pytest.raises(ZeroDivisionError):
        run(endpoint, lambda client: client.ask(ASKED, Broken))


def test_only_so_many_requests_run_side_by_side() -> None:
    running, most, lock = 0, 0, Lock()

    def slow(body: Any) -> Scripted:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        sleep(0.05)
        with lock:
            running -= 1
        return RIGHT(body)

    with serving(*[slow] * 8) as endpoint:
        run(
            endpoint,
            lambda client: asyncio.gather(*(client.ask(ASKED, Figure) for _ in range(8))),
            concurrency=2,
            mode="tools",
        )

    assert most == 2


def test_contexts_side_by_side_stay_apart() -> None:
    def echo(body: Any) -> Scripted:
        return called({"id": body["messages"][0]["content"], "value": 1})(body)

    with serving(*[echo] * 6) as endpoint:

        async def several(client: Client) -> list[Answer[Figure]]:
            ids = [f"f{number}" for number in range(6)]
            asks = (client.ask([{"role": "user", "content": name}], Figure, context={"ids": [name]}) for name in ids)
            return await asyncio.gather(*asks)

        answers = run(endpoint, several, mode="tools")

    assert [answer.reasks for answer in answers] == [0] * 6


PROBED = {"records": [{"figure": "f1", "measure": "level"}, {"figure": "f2", "measure": "growth"}]}


def test_a_probe_tells_which_modes_work() -> None:
    def by_kind(body: Any) -> Scripted:
        if "tools" in body:
            return called(PROBED)(body)
        return refused(400, "no response_format") if "response_format" in body else said(json.dumps(PROBED))

    with serving(*[by_kind] * 4) as endpoint:
        found = asyncio.run(probe(endpoint_at(endpoint.url)))

    assert tuple(probed.mode for probed in found) == LADDER
    assert [probed.verdict for probed in found] == ["works", "refused", "refused", "works"]
    assert {probed.reason for probed in found} == {"", "the endpoint answered 400: no response_format"}


def test_a_probe_of_an_endpoint_without_a_model_list_goes_on() -> None:
    with serving(*[refused(400)] * 4, models=404) as endpoint:
        assert len(asyncio.run(probe(endpoint_at(endpoint.url)))) == 4


def test_a_probe_stops_at_a_refused_key_or_a_dead_endpoint() -> None:
    with serving(models=401) as endpoint, pytest.raises(EndpointError, match="refused the key"):
        asyncio.run(probe(endpoint_at(endpoint.url)))

    with pytest.raises(EndpointError, match="cannot reach"):
        asyncio.run(probe(endpoint_at(endpoint.url)))


def test_instructor_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with serving(called("{")) as endpoint, pytest.raises(ReplyInvalid):
        ask(endpoint, reasks=0)

    assert capfd.readouterr() == ("", "")


def test_what_a_request_was_about_does_not_wait_for_the_garbage_collector() -> None:
    class Document:
        """What a context holds: of thousands of documents, none is to stay."""

    document = Document()
    kept = weakref.ref(document)
    gc.disable()
    try:
        with serving(RIGHT) as endpoint:
            ask(endpoint, context={"ids": ["f1"], "document": document})
        del document

        assert kept() is None
    finally:
        gc.enable()
