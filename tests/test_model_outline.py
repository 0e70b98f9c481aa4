"""The rules of the outline by a model: when it is asked for, what is taken of its answer, what is not."""

from typing import Any

import pytest

from extractor.analysis import Analysis, analyse
from extractor.engines.outlining import lines_of, objections, outlined, render_lines, unsure
from extractor.outline.chunks import cut_chunks
from extractor.text.lines import read_lines
from prompts import EXTRACT, OUTLINE, read_prompt
from schemas import Extraction
from schemas.outline_draft import OutlineDraft
from tests.endpoint import Body, Scripted, called, refused
from tests.test_model_engine import answered, asked

# two news items of two actors; the rules cannot know where the second begins, its heading is like any other
FILLER = "会议强调,要进一步解放思想、真抓实干,推动各项工作再上新台阶。" * 60
PAGE = (
    "首页 > 新闻 > 动态\n"
    "云湖启航新征程\n发布时间:2024-03-05\n"
    f"云湖高新区力争全年新签约项目20个。{FILLER}\n"
    "分享到:微信\n"
    "松岭迈出新步伐\n2024年3月8日 松岭日报\n"
    f"松岭经开区全年新开工项目30个。{FILLER}\n"
)
SEGMENTS = [
    {"first": 1, "last": 3, "title": 1, "actor": "云湖高新区", "published": "2024-03-05"},
    {"first": 5, "last": 7, "title": 5, "actor": "松岭经开区", "published": "2024-03-08"},
]


def analysis_of(*segments: dict[str, Any], raw: str = PAGE) -> Analysis:
    return outlined(analyse(raw), OutlineDraft.model_validate({"segments": list(segments)}))


def told(analysis: Analysis) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(part.title, part.actor, part.published, part.doc_number) for part in analysis.outline.parts]


def by_kind(outline: Any, chunk: Any) -> Any:
    """Answer a request about lines with the one, about a chunk with the other."""

    def step(body: Body) -> Scripted:
        reply = outline if body["messages"][0]["content"] == read_prompt(OUTLINE).text else chunk
        return reply if isinstance(reply, Scripted) else called(reply)(body)

    return step


def test_the_lines_of_a_file_are_shown_by_number_with_their_heads() -> None:
    shown = render_lines(lines_of(analyse(PAGE))).splitlines()

    assert shown[1] == "1 云湖启航新征程"
    assert shown[4].endswith("?")
    assert shown[3].startswith("3 云湖高新区力争全年")
    assert "字)" in shown[3]
    assert max(map(len, shown)) < 50


def test_the_segments_of_the_model_take_the_place_of_those_of_the_rules() -> None:
    found = analysis_of(*SEGMENTS)

    assert told(found) == [
        ("云湖启航新征程", "云湖高新区", "2024-03-05", None),
        ("松岭迈出新步伐", "松岭经开区", "2024-03-08", None),
    ]
    assert {sentence.segment for sentence in found.outline.sentences} == {0, 1}


def test_lines_outside_all_segments_and_skipped_ones_are_the_page_around() -> None:
    found = analysis_of(SEGMENTS[0] | {"last": 4, "skip": [4]}, SEGMENTS[1])
    text = found.view.text
    sentences = "".join(text[sentence.start : sentence.end] for sentence in found.outline.sentences)

    assert "首页" not in sentences
    assert "分享到" not in sentences
    assert "20个" in sentences


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": "江海自贸区"},
        {"published": "2024-12-31"},
        {"published": "2019"},
        {"doc_number": "云政发〔2024〕9号"},
        {"title": 7},
    ],
)
def test_what_the_text_does_not_hold_is_not_taken(wrong: dict[str, Any]) -> None:
    bare = {"first": 1, "last": 3}
    by_rules = told(analysis_of(bare))

    assert told(analysis_of(bare | wrong)) == by_rules


@pytest.mark.parametrize(
    "segments",
    [
        [],
        [{"first": 5, "last": 3}],
        [{"first": -1, "last": 3}],
        [{"first": 0, "last": 99}],
        [{"first": 0, "last": 5}, {"first": 5, "last": 7}],
    ],
)
def test_a_useless_outline_is_objected_to(segments: list[dict[str, int]]) -> None:
    lines = read_lines(analyse(PAGE).view.text)

    assert list(objections(lines, OutlineDraft.model_validate({"segments": segments})))
    assert not list(objections(lines, OutlineDraft.model_validate({"segments": SEGMENTS})))


def test_a_long_and_mixed_file_is_asked_about_first_and_its_chunks_follow_the_answer() -> None:
    reply = by_kind({"segments": SEGMENTS}, {})
    chunks = cut_chunks(analysis_of(*SEGMENTS).outline, analyse(PAGE).hits)
    result, bodies = answered(*[reply] * (1 + 2 * len(chunks)), raw=PAGE)

    assert bodies[0]["messages"][0]["content"] == read_prompt(OUTLINE).text
    assert [body["messages"][0]["content"] for body in bodies[1:]] == [read_prompt(EXTRACT).text] * (len(bodies) - 1)
    assert [segment.actor for segment in result.document.segments] == ["云湖高新区", "松岭经开区"]
    assert "主体:松岭经开区" in "".join(asked(body) for body in bodies[1:])


@pytest.mark.parametrize("reply", [{"segments": []}, {"segments": [{"first": 0, "last": 999}]}, refused(400, "no")])
def test_a_useless_answer_leaves_the_outline_of_the_rules(reply: Any) -> None:
    step = by_kind(reply, {"others": [{"figures": [f"f{n}" for n in range(20)], "role": "context"}]})
    chunks = cut_chunks(analyse(PAGE).outline, analyse(PAGE).hits)
    result, _ = answered(*[step] * (1 + len(chunks)), raw=PAGE)

    assert len(result.document.segments) == len(analyse(PAGE).outline.parts)
    assert result.run.complete


def test_a_file_of_one_chunk_or_of_one_plain_document_is_not_asked_about() -> None:
    plain = f"青岭高新区召开2024年工作会议\n2024-02-20\n{FILLER * 3}\n"
    short = "云湖启航新征程\n云湖高新区力争全年新签约项目20个。\n"

    assert len(cut_chunks(analyse(plain).outline, analyse(plain).hits)) > 1
    assert not unsure(analyse(plain))
    assert calls(plain) == len(cut_chunks(analyse(plain).outline, analyse(plain).hits))
    assert calls(short) == 1


def calls(raw: str) -> int:
    role = {"others": [{"figures": [f"f{n}" for n in range(20)], "role": "context"}]}
    count = len(cut_chunks(analyse(raw).outline, analyse(raw).hits))
    result: Extraction = answered(*[role] * count, raw=raw)[0]
    return result.run.calls
