"""The rules of replies that were cut off for their length: whole records are kept, halves are asked for the rest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.cut_reply import whole_records
from schemas.draft import ChunkDraft
from schemas.vocabulary import Role
from tests.endpoint import Body, Scripted, called
from tests.test_model_engine import GOAL, OUTPUT, SIGNED, TEXT, WHOLE, answered, asked, settled

REPLY = ChunkDraft.model_validate(
    {
        "metrics": [OUTPUT, SIGNED | {"name": '新签约"亿元以上]}"项目数'}],
        "goals": [GOAL],
        "projects": [{"name": "远航{电池}项目", "clauses": [5], "capacity": [{"figure": "f8", "of": "电池"}]}],
        "others": [{"figures": ["f6"], "role": "qualifier"}],
    }
)
LISTS = ("metrics", "goals", "projects", "others")


@pytest.mark.parametrize("text", ["", "{", "no JSON", '{"metrics": [', '{"metrics": [{"figure": "f1"', "```json\n{"])
def test_a_reply_without_a_whole_record_gives_none(text: str) -> None:
    assert whole_records(text) == ChunkDraft()


@pytest.mark.parametrize("opening", ["", "```json\n", "Here you are: "])
def test_a_reply_that_was_not_cut_is_kept_whole(opening: str) -> None:
    assert whole_records(opening + REPLY.model_dump_json(exclude_defaults=True)) == REPLY


@given(st.integers(0, 2000), st.booleans())
def test_wherever_the_cut_falls_the_whole_records_before_it_are_kept_as_they_are(cut: int, spaced: bool) -> None:
    body = REPLY.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(body, ensure_ascii=False, indent=1 if spaced else None)
    kept = whole_records(text[:cut])

    for part in LISTS:
        records = getattr(kept, part)
        assert records == getattr(REPLY, part)[: len(records)]


@pytest.mark.parametrize("number", range(len(LISTS)))
def test_a_record_counts_as_soon_as_its_bracket_is_closed(number: int) -> None:
    text = REPLY.model_dump_json(exclude_defaults=True)
    end = text.index(f'"{LISTS[number + 1]}"') - 2 if number + 1 < len(LISTS) else len(text) - 2
    before = [getattr(whole_records(text[: end - 1]), part) for part in LISTS]
    at = [getattr(whole_records(text[:end]), part) for part in LISTS]

    assert at[number] == getattr(REPLY, LISTS[number])
    assert len(before[number]) == len(at[number]) - 1


def cut_behind(body: Body, end: str) -> str:
    """The reply up to and with `end`."""
    text = json.dumps(body, ensure_ascii=False)
    return text[: text.index(end) + len(end)]


def test_whole_records_of_a_cut_reply_are_kept_and_the_halves_are_told_so() -> None:
    cut = cut_behind(WHOLE, '"deadline": "t5"}')
    rest = {"goals": [GOAL], "projects": WHOLE["projects"], "others": WHOLE["others"]}

    def half(body: Body) -> Scripted:
        return called(rest if "远航" in asked(body) else {})(body)

    result, bodies = answered(called(cut, finish="length"), half, half)
    late = next(asked(body) for body in bodies[1:] if "远航" in asked(body))

    assert result == answered(WHOLE)[0].model_copy(update={"run": result.run})
    assert any("数字标签 f4" in asked(body) for body in bodies[1:])
    assert "已有去处" in late
    assert result.run.complete
    assert result.run.calls == 3


def test_what_the_halves_leave_open_is_asked_once_for_the_whole_chunk() -> None:
    cut = cut_behind(WHOLE, '"2023-01-01/2023-12-31"}')
    rest = {"metrics": [SIGNED], "goals": [GOAL], "projects": WHOLE["projects"], "others": WHOLE["others"]}
    result, bodies = answered(called(cut, finish="length"), {}, {}, rest)

    assert "还没有交代:f6、f7、f8" in asked(bodies[3])
    assert {metric.figure.quote for metric in result.metrics} == {"310亿元", "20个"}
    assert settled(result) == (1, 3, 3)


def test_a_half_that_fails_is_answered_by_the_rules_without_the_records_that_were_kept() -> None:
    cut = cut_behind(WHOLE, '"2023-01-01/2023-12-31"}')

    def half(body: Body) -> Scripted:
        return called({})(body) if "远航" in asked(body) else Scripted(400, {"error": {"message": "no"}})

    result, _ = answered(called(cut, finish="length"), half, half, {})
    origins = {metric.figure.quote: metric.origin for metric in result.metrics}
    roles: dict[str, Role] = {figure.text: figure.role for figure in result.figures}

    assert origins["310亿元"] == "llm"
    assert len(origins) == len(result.metrics)
    assert not result.run.complete
    assert roles["310亿元"] == "metric"
    assert TEXT.count("310亿元") == 1


def test_a_model_that_runs_away_at_every_length_is_not_halved_without_end() -> None:
    raw = "青岭高新区2024年工作要点\n" + "全年新签约项目20个。抓好产业发展。\n" * 16
    requests = 1 + 2 + 4 + 8
    result, _ = answered(*[called('{"metrics": [', finish="length")] * (requests + 1), raw=raw)

    assert len(result.run.failed_chunks) == 8
    assert {metric.origin for metric in result.metrics} == {"rules"}
    assert len(result.metrics) == 16
