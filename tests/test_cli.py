"""The rules of the command line: what goes where, with which exit code."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.commands.schema import schema_text
from extractor.errors import ReplayMiss, SettingsError
from extractor.llm.reply_modes import remember_mode, remembered_mode, remembered_parameters
from extractor.settings import load_settings
from tests.endpoint import Body, Scripted, called, refused, said, serving
from tests.extracting import TEXT, WHOLE

KEY = "sk-very-secret-0123456789"
PROBED: Body = {"records": [{"figure": "f1", "measure": "level"}, {"figure": "f2", "measure": "growth"}]}


pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    return written(tmp_path / "a.txt")


def written(path: Path, content: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf8")
    return path


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def run_alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command as a user starts it."""
    command = [sys.executable, "-m", "extractor.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf8", check=False, timeout=60)


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def model_at(url: str) -> Sequence[str]:
    return ("--model", "small", "--base-url", url)


def model_options(url: str) -> Sequence[str]:
    return (*model_at(url), "--mode", "tools")


# start


def test_the_version_is_said_and_nothing_else() -> None:
    result = run("--version")

    assert (result.exit_code, result.stdout) == (0, "policy-targets 0.1.0\n")


def test_help_and_the_offline_rules_wait_for_no_client_library(text: Path) -> None:
    script = (
        "import sys\nfrom extractor.cli import app\n"
        "for arguments in (['--help'], ['extract', '--help'], ['extract', sys.argv[1]], ['figures', sys.argv[1]]):\n"
        "    app(arguments, standalone_mode=False)\n"
        "print(*sorted({'openai', 'instructor', 'trafilatura', 'httpx2'} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(text)], capture_output=True, text=True, encoding="utf8", check=True
    )

    assert done.stderr.splitlines()[-1] == ""


def test_help_loads_neither_pydantic_nor_the_tables() -> None:
    script = "import sys\nfrom extractor.cli import app\napp(['--help'], standalone_mode=False)\nprint('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf8", check=True)

    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("command", ["extract", "figures", "schema", "evaluate", "doctor"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert command in result.stdout


# extract: where it goes


def test_a_folder_is_mirrored_below_the_output_folder(tmp_path: Path) -> None:
    written(tmp_path / "in/a.txt")
    written(tmp_path / "in/deep/b.md")
    result = run("extract", "in", "-o", "out")

    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(str(path.relative_to("out")) for path in Path("out").rglob("*") if path.is_file()) == [
        "a.json",
        "deep/b.json",
    ]
    assert json.loads(Path("out/deep/b.json").read_text("utf8"))["document"]["source"] == "in/deep/b.md"


def test_without_a_folder_stdout_holds_one_object_a_line_and_all_talk_is_on_stderr(tmp_path: Path, text: Path) -> None:
    done = run_alone("extract", text.name, written(tmp_path / "b.txt").name)

    assert done.returncode == 0
    assert [record["document"]["source"] for record in records(done.stdout)] == ["a.txt", "b.txt"]
    assert "the offline rules are used" in done.stderr


def test_jsonl_says_what_is_the_default_anyway(text: Path) -> None:
    [plain], [named] = (records(run("extract", text, *flag).stdout) for flag in ((), ("--jsonl",)))

    assert plain | {"run": None} == named | {"run": None}


def test_a_dash_reads_standard_input() -> None:
    [record] = records(run("extract", "-", stdin=TEXT.encode()).stdout)

    assert record["document"]["source"] == "-"
    assert [metric["value"] for metric in record["metrics"]] == [20]


def test_sources_come_in_the_order_given_though_they_are_worked_on_side_by_side(tmp_path: Path) -> None:
    names = [written(tmp_path / f"{name}.txt", TEXT + name).name for name in "dbca"]
    result = run("extract", *names, "--concurrency", "3")

    assert [record["document"]["source"] for record in records(result.stdout)] == names


def test_sources_are_worked_on_side_by_side(tmp_path: Path) -> None:
    names = [written(tmp_path / f"{name}.txt", TEXT + name).name for name in "ab"]
    together = Barrier(2, timeout=10)  # a reply leaves only when both requests are there

    def step(body: Body) -> Scripted:
        together.wait()
        return called(WHOLE)(body)

    with serving(step, step) as endpoint:
        result = run("extract", *names, *model_options(endpoint.url))

    assert result.exit_code == 0


# exit codes


def test_an_unreadable_file_is_one_line_with_its_reason_and_the_others_go_on(tmp_path: Path, text: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(bytes(range(256)) * 8)
    done = run_alone("extract", "broken.txt", text.name, "nowhere.txt", "--engine", "offline", "-o", "out")
    told = [line for line in done.stderr.splitlines() if line.startswith("policy-targets: ")]

    assert (done.returncode, done.stdout) == (1, "")
    assert [line.split(":")[1].strip() for line in told[:2]] == ["broken.txt", "nowhere.txt"]
    assert "no such file" in told[1]
    assert Path("out/a.json").exists()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-o", "out", "--jsonl"), "give one of them"),
        (("--record", "r", "--replay", "r", "--model", "m"), "give one of them"),
        (("--model", "m"), "set OPENAI_API_KEY, or name a local endpoint with --base-url"),
        (("--engine", "model"), "needs --model"),
        (("--record", "r"), "need a model"),
        (("--engine", "offline", "--model", "m", "--replay", "r"), "need a model"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_is_written(text: Path, arguments: Sequence[str], told: str) -> None:
    result = run("extract", text, *arguments)

    assert isinstance(result.exception, SettingsError)
    assert told in str(result.exception)
    assert result.stdout == ""
    assert not Path("out").exists()
    assert not Path("policy-targets.db").exists()


def test_a_wrong_setting_is_exit_code_2_and_one_line(text: Path) -> None:
    done = run_alone("extract", text, "--model", "m")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "policy-targets: set OPENAI_API_KEY, or name a local endpoint with --base-url\n"


def test_a_wrong_option_is_exit_code_2(text: Path) -> None:
    assert run("extract", text, "--engine", "oracle").exit_code == 2
    assert run("extract", text, "--concurrency", "0").exit_code == 2
    assert run("extract").exit_code == 2


def test_a_chunk_that_the_model_fails_on_is_exit_code_3_with_a_whole_result(text: Path) -> None:
    with serving(refused(400, "no such model")) as endpoint:
        result = run("extract", text, *model_options(endpoint.url))
    [record] = records(result.stdout)

    assert result.exit_code == 3
    assert "a.txt: chunk c1: the endpoint answered 400: no such model; the rules stood in" in result.stderr
    assert (record["run"]["complete"], record["metrics"][0]["origin"]) == (False, "rules")


def test_a_model_that_answers_is_exit_code_0(text: Path) -> None:
    with serving(called(WHOLE)) as endpoint:
        result = run("extract", text, *model_options(endpoint.url))
    [record] = records(result.stdout)

    assert result.exit_code == 0
    assert [(metric["name"], metric["origin"]) for metric in record["metrics"]] == [("签约目标", "llm")]


def test_a_recorded_run_is_replayed_with_the_server_down(text: Path) -> None:
    with serving(called(WHOLE)) as endpoint:
        live = run("extract", text, *model_options(endpoint.url), "--record", "tape")
    again = run("extract", text, "--model", "small", "--mode", "tools", "--replay", "tape")
    timeless = [
        record | {"run": record["run"] | {"started": "", "seconds": 0}}
        for record in records(live.stdout + again.stdout)
    ]

    assert (live.exit_code, again.exit_code) == (0, 0)
    assert timeless[0] == timeless[1]
    assert len(list(Path("tape").iterdir())) == 1


def test_a_request_that_was_never_recorded_stops_the_run_with_a_diff(text: Path) -> None:
    with serving(called(WHOLE)) as endpoint:
        run("extract", text, *model_options(endpoint.url), "--record", "tape")
    other = written(Path("b.txt"), "青岭高新区力争全年新签约项目30个。\n")
    result = run("extract", other, "--model", "small", "--mode", "tools", "--replay", "tape")

    assert isinstance(result.exception, ReplayMiss)
    assert all(count in str(result.exception) for count in ("20个", "30个"))
    assert result.stdout == ""


# settings


def test_a_flag_beats_the_environment_and_the_environment_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def model(*flags: str) -> str:
        lines = run("doctor", "--no-probe", *flags).stdout.splitlines()
        return next(line.split()[-1] for line in lines if line.startswith("model "))

    assert model() == "none"
    written(Path("policy-targets.toml"), 'model = "from-file"\n')
    assert model() == "from-file"
    monkeypatch.setenv("POLICY_TARGETS_MODEL", "from-environment")
    assert model() == "from-environment"
    assert model("--model", "from-flag") == "from-flag"


def test_parameters_of_a_request_come_from_the_environment_or_the_file(
    text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(
        Path("policy-targets.toml"),
        'reasoning_effort = "low"\n[extra_body]\nseed = 7\nthinking = {type = "disabled"}\n',
    )
    monkeypatch.setenv("POLICY_TARGETS_TEMPERATURE", "0.3")
    with serving(called(WHOLE), called(WHOLE)) as endpoint:
        run("extract", text, *model_options(endpoint.url), "--record", "recorded")
        monkeypatch.setenv("POLICY_TARGETS_EXTRA_BODY", '{"top_p": 0.9}')
        run("extract", text, *model_options(endpoint.url))
    first, second = endpoint.bodies

    assert (first["temperature"], first["reasoning_effort"], first["seed"]) == (0.3, "low", 7)
    assert first["thinking"] == {"type": "disabled"}
    assert second["top_p"] == 0.9
    [recording] = Path("recorded").iterdir()
    assert json.loads(recording.read_text("utf8"))["sent"] == first


def test_a_request_without_settings_is_worded_as_ever(text: Path) -> None:
    """Recordings and stored replies are found by the bytes of their requests."""
    with serving(called(WHOLE)) as endpoint:
        run("extract", text, *model_options(endpoint.url))
    [body] = endpoint.bodies

    assert list(body) == ["messages", "model", "temperature", "tools", "tool_choice"]
    assert repr(body["temperature"]) == "0"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("{", "extra_body: what the environment says is not JSON"),
        ("[1]", "extra_body"),
        ('{"messages": []}', "messages cannot be set"),
        ('{"stream": true}', "stream cannot be set"),
        ('{"api_key": "abc"}', "api_key looks like a secret"),
        ('{"headers": {"X-Api-Key": "abc"}}', "X-Api-Key looks like a secret"),
        ('{"extra": [{"Authorization": "Bearer abc"}]}', "Authorization looks like a secret"),
    ],
)
def test_extra_parameters_change_no_request_and_hold_no_secret(
    value: str, told: str, monkeypatch: pytest.MonkeyPatch, text: Path
) -> None:
    monkeypatch.setenv("POLICY_TARGETS_EXTRA_BODY", value)
    with serving() as endpoint:
        result = run("extract", text, *model_options(endpoint.url))

    assert isinstance(result.exception, SettingsError)
    assert told in str(result.exception)
    assert "abc" not in str(result.exception)


@pytest.mark.parametrize("name", ["max_tokens", "stop_token_ids", "min_tokens", "prompt_cache_key"])
def test_a_parameter_about_tokens_or_the_cache_is_no_secret(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_EXTRA_BODY", json.dumps({name: 1}))

    assert load_settings().extra == {name: 1}


def test_the_base_url_of_openai_counts_where_ours_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def endpoint() -> str:
        lines = run("doctor", "--no-probe", "--model", "m").stdout.splitlines()
        return next(line.split()[-1] for line in lines if line.startswith("endpoint "))

    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert endpoint() == "http://127.0.0.1:1/v1"
    monkeypatch.setenv("POLICY_TARGETS_BASE_URL", "http://127.0.0.1:2/v1")
    assert endpoint() == "http://127.0.0.1:2/v1"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('modle = "m"\n', "modle"),
        ("model = \n", "policy-targets.toml"),
        ("concurrency = 0\n", "concurrency"),
        ('mode = "xml"\n', "mode"),
    ],
)
def test_a_settings_file_that_is_wrong_is_told_by_name(text: Path, content: str, told: str) -> None:
    written(Path("policy-targets.toml"), content)
    result = run("extract", text)

    assert isinstance(result.exception, SettingsError)
    assert told in str(result.exception)


def test_the_key_of_the_environment_is_sent_and_never_shown(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(called(WHOLE), refused(401, f"wrong key {KEY}")) as endpoint:
        results = [
            run("extract", text, *model_options(endpoint.url), "-o", "out", "--record", "tape"),
            run("extract", text, *model_options(endpoint.url), "--refresh"),
            run("doctor", "--no-probe", *model_options(endpoint.url)),
        ]
    shown = "".join(result.output + str(result.exception) for result in results)
    shown += "".join(path.read_text("utf8") for path in Path().rglob("*.json"))
    shown += "".join(path.read_bytes().decode("latin-1") for path in Path().glob("policy-targets.db*"))

    assert endpoint.keys == [f"Bearer {KEY}"] * 2
    assert [result.exit_code for result in results] == [0, 3, 0]
    assert KEY not in shown


def test_a_wrong_setting_never_shows_the_key(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    written(Path("policy-targets.toml"), f'api_key = "{KEY}"\nmodle = "{KEY}"\n')
    result = run("extract", text)

    assert isinstance(result.exception, SettingsError)
    assert KEY not in result.output + str(result.exception)


# the other commands


def test_figures_are_a_table_to_read(text: Path) -> None:
    result = run("figures", text.name)

    assert result.exit_code == 0
    assert all(word in result.stdout for word in ("a.txt", "14-17", "20个", "count", "unexplained"))


def test_figures_as_json_are_one_object_a_line(text: Path) -> None:
    year, count = records(run("figures", text, "--format", "json").stdout)

    assert (year["text"], year["role"]) == ("全年", "time")
    assert (count["start"], count["end"], count["value"], count["unit"]) == (14, 17, 20, "个")
    assert TEXT[count["start"] : count["end"]] == count["text"]


def test_figures_of_an_unreadable_file_are_exit_code_1_and_the_others_go_on(text: Path) -> None:
    result = run("figures", "nowhere.txt", text, "--format", "json")

    assert result.exit_code == 1
    assert "nowhere.txt: no such file" in result.stderr
    assert len(records(result.stdout)) == 2


def test_the_schema_that_is_printed_is_the_published_one() -> None:
    published = Path(__file__).parent.parent / "schemas/policy-targets-1.schema.json"

    assert run("schema").stdout == published.read_text("utf8") == schema_text()


def test_a_doctor_without_a_model_finds_nothing_broken() -> None:
    result = run("doctor")

    assert result.exit_code == 0
    assert "offline" in result.stdout
    assert "broken" not in result.stdout


def test_a_doctor_names_the_modes_that_work_and_the_one_that_is_used() -> None:
    def step(body: Body) -> Scripted:
        return called(PROBED)(body) if "tool_choice" in body else refused(400, "response_format: no")

    with serving(*[step] * 4) as endpoint:
        result = run("doctor", "--model", "small", "--base-url", endpoint.url)
    told = [line.split() for line in result.stdout.splitlines()]

    assert result.exit_code == 0
    assert ["reachable", "yes"] in told
    assert ["mode", "tools", "ok"] in told
    assert ["would", "use", "tools"] in told
    assert sum(line[0] == "mode" and line[-1] != "ok" for line in told) == 3


def for_all(step: Callable[[Body], Scripted]) -> Callable[[Body], Scripted]:
    """The reply of the probe, or of a document, in the form that the endpoint has."""

    def answer(body: Body) -> Scripted:
        return step(body | {"right": PROBED if "f1 with measure" in json.dumps(body["messages"]) else WHOLE})

    return answer


def wrong_by_tools(body: Body) -> Scripted:
    return called({"metrics": "?"})(body) if "tools" in body else said(json.dumps(body["right"]))


def deaf_to_formats(body: Body) -> Scripted:
    if "tools" in body:
        return said("Which functions?")
    return said("Gladly! First,") if "response_format" in body else said(f"```json\n{json.dumps(body['right'])}\n```")


def crashing_on_tools(body: Body) -> Scripted:
    return refused(500, "internal error") if "tools" in body else said(json.dumps(body["right"]))


def cut_by_tools(body: Body) -> Scripted:
    return called('{"metrics": [', "length")(body) if "tools" in body else said(json.dumps(body["right"]))


def unwilling_with_tools(body: Body) -> Scripted:
    return said("I can't call functions.") if "tools" in body else said(json.dumps(body["right"]))


def in_the_text(body: Body) -> Scripted:
    return said(json.dumps(body["right"]))


@pytest.mark.parametrize(
    ("step", "mode"),
    [
        (wrong_by_tools, "json-schema"),
        (deaf_to_formats, "md-json"),
        (crashing_on_tools, "json-schema"),
        (cut_by_tools, "tools"),
        (unwilling_with_tools, "json-schema"),
        (in_the_text, "tools"),
    ],
)
def test_a_run_takes_the_mode_that_a_doctor_finds_whether_or_not_it_was_asked(
    step: Callable[[Body], Scripted], mode: str, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_TARGETS_TRIES", "1")
    with serving(*[for_all(step)] * 40) as endpoint:
        run("extract", text, *model_at(endpoint.url), "--store", "alone.db")
        alone = mode_of(endpoint.bodies[-1])
        told = run("doctor", *model_at(endpoint.url)).stdout
        run("extract", text, *model_at(endpoint.url), "--store", "told.db")

    assert f"would use           {mode}\n" in told
    assert [alone, mode_of(endpoint.bodies[-1])] == [mode, mode]


def mode_of(body: Body) -> str:
    if "tools" in body:
        return "tools"
    kind = body.get("response_format", {}).get("type", "md-json")
    return {"json_schema": "json-schema", "json_object": "json"}.get(kind, kind)


def test_a_doctor_says_that_the_mode_which_is_set_does_not_work() -> None:
    with serving(*[only_json] * 4) as endpoint:
        result = run("doctor", *model_at(endpoint.url), "--mode", "tools")

    assert result.exit_code == 1
    assert "broken: tools is set and does not work; json does" in result.stdout


def test_a_doctor_that_meets_a_busy_endpoint_remembers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_TRIES", "1")

    def busy(body: Body) -> Scripted:
        return refused(429, "slow down") if "tools" in body else only_json(body)

    with serving(*[busy] * 4) as endpoint:
        result = run("doctor", *model_at(endpoint.url))

    assert result.exit_code == 1
    assert "broken: the endpoint answered 429: slow down" in result.stdout
    assert remembered_mode(endpoint.url, "small") is None


def test_a_doctor_names_and_remembers_the_parameters_that_are_refused(text: Path) -> None:
    def strict(body: Body) -> Scripted:
        return refused(422, "temperature: not permitted") if "temperature" in body else only_json(body)

    with serving(*[strict] * 9) as endpoint:
        told = run("doctor", *model_at(endpoint.url)).stdout
        asked = len(endpoint.bodies)
        result = run("extract", text, *model_at(endpoint.url))

    assert "parameter           temperature is refused: it is left out" in told
    assert remembered_parameters(endpoint.url, "small") == {"temperature": None}
    assert (result.exit_code, len(endpoint.bodies) - asked) == (0, 1)


@pytest.mark.parametrize(
    "content", ["[]", '{"http://127.0.0.1:9/v1 small": "none"}', '{"http://127.0.0.1:9/v1 small": {"a": 1}}']
)
def test_damaged_parameters_are_none(tmp_path: Path, content: str) -> None:
    written(tmp_path / "request-parameters.json", content)

    assert remembered_parameters("http://127.0.0.1:9/v1", "small", tmp_path) == {}


@pytest.mark.parametrize("reply", [refused(400, "no"), said("hm")])
def test_a_doctor_whose_endpoint_takes_no_mode_is_exit_code_1(reply: Scripted) -> None:
    with serving(*[reply] * 4) as endpoint:
        result = run("doctor", "--model", "small", "--base-url", endpoint.url)

    assert result.exit_code == 1
    assert "broken: no reply mode works" in result.stdout


def only_json(body: Body) -> Scripted:
    if body.get("response_format") != {"type": "json_object"}:
        return refused(400, "not supported: tools, json_schema")
    text = json.dumps(body["messages"], ensure_ascii=False)
    return said(json.dumps(PROBED if "f1 with measure" in text else WHOLE))


def test_the_mode_that_a_doctor_found_is_tried_first_from_then_on(text: Path) -> None:
    with serving(*[only_json] * 4) as endpoint:
        told = run("doctor", *model_at(endpoint.url)).stdout
        endpoint.script.append(only_json)
        result = run("extract", text, *model_at(endpoint.url))
        asked = endpoint.bodies[4:]

    assert "remembered          json, in " in told
    assert [body.get("response_format") for body in asked] == [{"type": "json_object"}]
    assert records(result.stdout)[0]["metrics"][0]["value"] == 20


def test_a_remembered_mode_that_no_longer_works_is_only_the_first_to_be_tried(text: Path) -> None:
    with serving(*[only_json] * 4) as endpoint:
        run("doctor", *model_at(endpoint.url))
        endpoint.script += [refused(400, "response_format: no"), called(WHOLE)]
        result = run("extract", text, *model_at(endpoint.url))

    assert result.exit_code == 0
    assert records(result.stdout)[0]["run"]["engine"] == "llm"


def test_a_mode_is_remembered_for_one_endpoint_and_one_model() -> None:
    with serving(*[only_json] * 4) as endpoint:
        run("doctor", *model_at(endpoint.url))

    assert remembered_mode(endpoint.url, "small") == "json"
    assert remembered_mode(endpoint.url + "/", "small") == "json"
    assert remembered_mode(endpoint.url, "large") is None
    assert remembered_mode("http://127.0.0.1:9/v1", "small") is None


def test_neither_a_password_in_an_address_nor_a_key_is_remembered_or_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TARGETS_API_KEY", KEY)
    with serving(*[only_json] * 4) as endpoint:
        address = endpoint.url.replace("//", "//ann:secretword@") + f"?key={KEY}"
        told = run("doctor", "--model", "small", "--base-url", address).stdout
        path = remember_mode(address, "small", "json")

    assert "secretword" not in told + path.read_text("utf8")
    assert KEY not in told + path.read_text("utf8")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"http://127.0.0.1:9/v1 small": "telepathy"}', '"x"'])
def test_a_damaged_memory_is_no_memory(tmp_path: Path, content: str) -> None:
    written(tmp_path / "reply-modes.json", content)

    assert remembered_mode("http://127.0.0.1:9/v1", "small", tmp_path) is None
    remember_mode("http://127.0.0.1:9/v1", "small", "json", tmp_path)
    assert remembered_mode("http://127.0.0.1:9/v1", "small", tmp_path) == "json"


@pytest.mark.parametrize("address", ["http://127.0.0.1:port/v1", "http://[::1/v1"])
@pytest.mark.parametrize("command", ["extract", "doctor"])
def test_a_base_url_that_is_no_address_is_a_wrong_setting(text: Path, command: str, address: str) -> None:
    result = run(command, *([text] if command == "extract" else []), *model_at(address))

    assert isinstance(result.exception, SettingsError)
    assert "the base URL is no address" in str(result.exception)


def test_a_doctor_that_reaches_nobody_is_exit_code_1() -> None:
    result = run("doctor", "--model", "small", "--base-url", "http://127.0.0.1:9/v1")

    assert result.exit_code == 1
    assert "broken: cannot reach the endpoint" in result.stdout


def test_a_doctor_of_an_openai_model_without_a_key_is_exit_code_1() -> None:
    result = run("doctor", "--model", "small")

    assert result.exit_code == 1
    assert "broken: set OPENAI_API_KEY" in result.stdout
