"""The rules of the clean view, and of its map back to the raw text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.text.cleaning import View, clean, script_of
from extractor.text.folding import fold, fold_table

PIECES = [
    *"質量产业,,,。。、;:!?一二1%()A\n\n\r\t \u3000\u200b\ufeff\uff0c\uff1b\uff11\uff05\uff08\uff09",
    "(zhì)", "\uff08zhì\uff09", "(gè)", "(km)", "(GDP)", "12", "3.5", "亿元", "\n一、", "\n- ", "\n(二)", "青岭高新区", "推动产业集聚发展的重点工作任务分解安排,", "建设現代化產業體系并加快形成新的增长动能与优势",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=60).map("".join)


def folded_outside_cuts(view: View, start: int, end: int, text: str) -> str:
    """What the raw text says there; where a mark is read as something else, what `text` says of it."""
    cut = {offset for left, right in view.cuts for offset in range(left, right)}
    shown = [offset for offset in range(start, end) if offset not in cut]
    folded = fold(view.raw)
    return "".join(
        text[at] if offset in view.mark_ends and at < len(text) else folded[offset] for at, offset in enumerate(shown)
    )


@given(TEXTS)
@settings(deadline=None)
def test_the_view_is_the_raw_text_folded_without_its_cuts(raw: str) -> None:
    view = clean(raw)

    assert view.text == folded_outside_cuts(view, 0, len(raw), view.text)


@given(TEXTS, st.data())
@settings(deadline=None)
def test_every_span_of_the_view_is_its_raw_slice_folded_without_the_cuts(raw: str, data: st.DataObject) -> None:
    view = clean(raw)
    start = data.draw(st.integers(0, max(0, len(view.text) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(view.text))))
    if view.text:
        text = view.text[start:end]
        assert folded_outside_cuts(view, *view.raw_span(start, end), text) == text


@given(TEXTS)
@settings(deadline=None)
def test_clean_offsets_go_to_raw_and_back(raw: str) -> None:
    view = clean(raw)

    assert [view.clean_at(view.raw_at(index)) for index in range(len(view.text) + 1)] == [*range(len(view.text) + 1)]


@given(TEXTS)
@settings(deadline=None)
def test_a_raw_offset_inside_a_cut_goes_to_the_character_behind_it(raw: str) -> None:
    view = clean(raw)

    for start, end in view.cuts:
        assert {view.clean_at(offset) for offset in range(start, end)} == {view.clean_at(end)}


@given(TEXTS)
@settings(deadline=None)
def test_cuts_stand_in_order_and_never_touch(raw: str) -> None:
    edges = [edge for cut in clean(raw).cuts for edge in cut]

    assert all(left < right for left, right in pairwise(edges))


@given(st.text(alphabet=[chr(code) for code in fold_table()] + [*"量,1"], max_size=30))
@settings(deadline=None)
def test_folding_keeps_the_number_of_characters(raw: str) -> None:
    assert len(raw.translate(fold_table())) == len(raw)


@given(TEXTS)
@settings(deadline=None)
def test_cleaning_a_clean_single_line_folds_nothing_more(raw: str) -> None:
    text = clean(raw.replace("\n", "")).text

    assert text.translate(fold_table()) == text


@pytest.mark.parametrize(
    "piece", ["(", ",", "\n", "(zhì)", "質(zhì),,", "1\n", "。", "((((a", "\u200b", "第1", " \n", "、\n一"]
)
def test_hostile_text_of_any_length_is_cleaned_in_passing(piece: str) -> None:
    raw = piece * (200_000 // len(piece))
    view = clean(raw)

    assert len(view.text) + sum(end - start for start, end in view.cuts) == len(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("經濟開發區產業發展", "经济开发区产业发展"),
        ("增长\uff18\uff05,达\uff11\uff12\uff21家", "增长8%,达12A家"),
        ("\uff08一\uff09質量\uff1b目標\uff1a", "(一)质量;目标:"),
        ("投资\u30005\u00a0亿元", "投资 5 亿元"),
        ("質(zhì)量發(fā)展,34個(gè)項(xiàng)目", "质量发展,34个项目"),
        ("質\uff08zhì\uff09量", "质量"),
        ("里程12(km)、总量(GDP)", "里程12(km)、总量(GDP)"),
        ("奋进,,再出发,。", "奋进,再出发。"),
        ("奋进\uff0c\uff0c再出发\uff0c。", "奋进,再出发。"),
        ("政策、、服务;;环境。。", "政策、服务;环境。"),
        ("增长\u200b5\ufeff%", "增长5%"),
        ("续建\r\n一、目标", "续建\n一、目标"),
    ],
)
def test_a_line_is_folded_and_freed_of_what_sites_put_into_it(raw: str, text: str) -> None:
    assert clean(raw).text == text


def test_three_full_stops_are_an_ellipsis_and_stay() -> None:
    assert clean("等等。。。").text.count("。") > 1


WRAPPED = (
    "青岭高新区管委会近日召开专题会议研究部署下一阶段的\n"
    "工作任务并要求各部门对照年度计划逐项细化具体措施和\n"
    "完成时限同时建立定期通报制度确保各项任务按照时间节\n"
    "点顺利推进。\n"
)


def test_a_paragraph_that_a_page_width_broke_is_one_line() -> None:
    assert clean(WRAPPED).text == WRAPPED.replace("\n", "") + "\n"


def test_the_indent_of_a_broken_line_goes_with_the_break() -> None:
    assert clean("围绕新材料、\n 新能源两大产业。").text == "围绕新材料、新能源两大产业。"


@pytest.mark.parametrize(
    ("raw", "joined"),
    [
        ("青岭高新区上半年规上工业总产值完成12\n亿元。", "完成12亿元"),
        ("青岭高新区全年计划新引进高新技术企业30\n家以上。", "30家以上"),
        ("青岭高新区规上工业增加值同比增长6.\n5%。", "增长6.5%"),
        ("规上工业增加值\n6.\n5个项目", None),
        ("青岭高新区上半年固定资产投资完成12亿\n元。", "12亿元"),
    ],
)
def test_a_number_that_a_line_end_parts_from_its_unit_is_joined(raw: str, joined: str | None) -> None:
    if joined is None:
        assert "\n" in clean(raw).text  # a point at the line end may close a list mark: left alone
    else:
        assert joined in clean(raw).text


@pytest.mark.parametrize(
    "raw",
    [
        "一、总体要求\n二、主要目标\n三、保障措施\n",
        "1.建设创新平台\n2.培育领军企业\n3.引进高端人才\n",
        "- 招商引资\n- 项目建设\n",
        "(一)工作目标\n(二)工作措施\n",
        "青岭高新区工作要点\n各部门要抓好落实。\n",
        "会议结束。\n次日开工。\n",
        "责任单位:经济发展局、\n责任部门:投资促进局\n",
    ],
)
def test_list_items_headings_and_finished_sentences_keep_their_lines(raw: str) -> None:
    assert clean(raw).text == raw


@pytest.mark.parametrize(
    ("raw", "quoted"),
    [
        ("新增34個(gè)。", "34個(gè)"),
        ("新增34個\uff08gè\uff09。", "34個\uff08gè\uff09"),
        ("新增34個(gè),,其中", "34個(gè)"),
        ("新增34個,,其中", "34個"),
        ("新增34個\n", "34個"),
    ],
)
def test_pinyin_behind_the_last_character_belongs_to_the_raw_span_and_nothing_else_does(raw: str, quoted: str) -> None:
    view = clean(raw)
    start = view.text.index("34个")
    left, right = view.raw_span(start, start + 3)

    assert raw[left:right] == quoted


@pytest.mark.parametrize(
    ("raw", "script"),
    [
        ("推动产业发展", "Hans"),
        ("推動產業發展", "Hant"),
        ("推動产业发展與质量", "mixed"),
        ("", "Hans"),
        ("GDP 5%", "Hans"),
    ],
)
def test_the_script_is_told_by_characters_that_only_one_of_them_uses(raw: str, script: str) -> None:
    assert script_of(raw) == script


def test_one_traditional_character_in_a_long_simplified_text_does_not_make_it_mixed() -> None:
    assert script_of("推动产业发展质量" * 10 + "區") == "Hans"
