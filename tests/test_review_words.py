"""The pages' words in both languages, and every sentence of a finding in Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.reading import Source, read_sources
from extractor.review.desk import Desk
from extractor.review.differing import APART, told
from extractor.review.history import Reviewed
from extractor.review.web import make_app
from extractor.review.web.words import LANGUAGES, WORDS, counter
from extractor.review.web.words_findings import HOLE, PATTERNS, SENTENCES, in_chinese, told_in
from extractor.review.web.words_panels import PANEL_WORDS
from extractor.store import open_store
from schemas.deadline import Deadline
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project
from tests.offline import run
from tests.reviewing import OPEN, listening, stored

ROOT = Path(__file__).parents[1]
TEXTS = [path for folder in ("fixtures/*/docs/*", "fixtures/files/*", "seeds/*") for path in sorted(ROOT.glob(folder))]
SPEAKERS = [path for path in sorted(ROOT.glob("extractor/**/*.py")) if "Finding(" in path.read_text("utf8")]
IN_ENGLISH = re.compile(r"[A-Za-z'’]+ [a-z]+")
ENGLISH_WORD = re.compile(r"[A-Za-z]{3,}")
QUOTED = re.compile(r"«.*»", re.DOTALL)
COMPOSED = {  # their holes hold parts that are strings of their own in the code
    "The record calls «{}» {}: «{}».": (
        "a target, but the words around it report a result",
        "a result, but the words around it set a target",
    ),
    "The record's time for «{}» {}.": ("is {}, which does not exist", "ends on {}, before it starts on {}"),
    "The text gives two values for {}: «{}» and «{}».": ("the total investment of {}",),
    "{} names a time that the text does not hold: {}": ("a deadline",),
}
SAMPLES = {"count": "2", "record": "p3"}


def said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The strings of a module that hold English, with `{}` for what an f-string puts in."""
    apart = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    apart |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values):
                pieces = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values]
                yield node.lineno, "".join(pieces).replace("{}{}", "{}")
            case ast.Constant(str(words)) if node not in apart:
                yield node.lineno, words


def templates() -> list[tuple[str, str]]:
    return [
        (f"{path.stem}:{line}", words)
        for path in SPEAKERS
        for line, words in said(ast.parse(path.read_text("utf8")))
        if IN_ENGLISH.search(words)
    ]


def filled(english: str) -> str:
    return HOLE.sub(lambda hole: SAMPLES.get(hole[1], "数"), english)


def messages() -> set[str]:
    sources = read_sources([str(path) for path in TEXTS if path.suffix in (".txt", ".md", ".html")])
    return {finding.message for source in sources if isinstance(source, Source) for finding in run(source.raw).checks}


@pytest.mark.parametrize("table", [WORDS, PANEL_WORDS], ids=["pages", "panels"])
def test_every_word_has_both_languages(table: dict[str, tuple[str, str]]) -> None:
    assert [key for key, words in table.items() if len(words) != len(LANGUAGES) or not all(map(str.strip, words))] == []


def test_a_count_of_one_stands_before_one_word() -> None:
    english, chinese = counter("en"), counter("zh")

    assert [english(count, "warning") for count in (0, 1, 2)] == ["warnings", "warning", "warnings"]
    assert chinese(1, "info") == chinese(2, "info") == "处提示"


@pytest.mark.parametrize(("place", "words"), templates())
def test_every_sentence_in_the_code_of_the_checks_has_its_chinese(place: str, words: str) -> None:
    known = {HOLE.sub("{}", english) for english, _ in SENTENCES}
    parts = {part for several in COMPOSED.values() for part in several}

    assert words in known | COMPOSED.keys() | parts, f"{place} has no Chinese"


@pytest.mark.parametrize(("whole", "part"), [(whole, part) for whole, parts in COMPOSED.items() for part in parts])
def test_a_sentence_of_parts_has_its_chinese_with_each(whole: str, part: str) -> None:
    known = {HOLE.sub("{}", english) for english, _ in SENTENCES}
    composed = {whole[: hole.start()] + part + whole[hole.end() :] for hole in re.finditer(r"\{\}", whole)}

    assert known & composed


@pytest.mark.parametrize(("english", "chinese"), SENTENCES)
def test_a_sentence_carries_all_its_parts_over(english: str, chinese: str) -> None:
    assert sorted(HOLE.findall(english)) == sorted(HOLE.findall(chinese))
    assert in_chinese(filled(english)) == filled(chinese)


def test_every_finding_of_the_fixtures_is_translated() -> None:
    found = messages()
    left = {message: in_chinese(message) for message in found}

    assert len(found) > 30
    assert [message for message, chinese in left.items() if chinese == message] == []
    assert [words for words in left.values() if ENGLISH_WORD.search(QUOTED.sub("", words))] == []


def test_each_form_of_sentence_is_known_by_its_own_pattern() -> None:
    """None is taken by one that stands before it."""
    for english, chinese in SENTENCES:
        first = next(other for pattern, other in PATTERNS if pattern.fullmatch(filled(english)))
        assert first == chinese


CARRIED = [
    (
        "The record calls «120亿元» a target, but the words around it report a result: «完成了120亿元».",
        "记录把«120亿元»记为目标,而前后文说的是结果:«完成了120亿元»。",
    ),
    (
        "«新增企业» has more than one value for one period: «12家» and «15家» and «18家».",
        "«新增企业»在同一时期有不止一个数值:«12家»、«15家»、«18家»。",
    ),
    ("The parts «12家» + «15家» add up to 27家, not to «30家».", "各分项 «12家» + «15家» 合计 27家,而不是«30家»。"),
    (
        "metric '新增企业' names a figure that the text does not hold: '#3:12家'",
        "指标«新增企业»所指的数字原文中没有:«#3:12家»",
    ),
    (
        "p2 names a time that the text does not hold: '#3:年底前'",
        "记录 p2 所指的时间原文中没有:«#3:年底前»",
    ),
    (
        "The text gives two values for the total investment of 明远产业园: «5亿元» and «6亿元».",
        "«明远产业园»的总投资在原文中有两个数值:«5亿元»和«6亿元»。",
    ),
    (
        "A reviewer corrected this record; the new run says otherwise (name: «产值, not «总»», not «总产值»; status: «target», not «actual»).",
        "这条记录已由核对人修改,而新结果有所不同(名称:核对为 «产值, not «总»»,新结果为 «总产值»;性质:核对为 «目标»,新结果为 «实绩»)。",
    ),
    (
        "A reviewer added this record; the new run says otherwise (value_max: nothing, not 5; period: 2024-01-01 – 2024-12-31, not nothing).",
        "这条记录由核对人新增,而新结果有所不同(上限:核对为 空,新结果为 5;时期:核对为 2024-01-01 – 2024-12-31,新结果为 空)。",
    ),
    (
        "A figure is missing where the text says «(before 个). not «X» 个» (before 个).",
        "原文«(before 个). not «X» 个»处缺数字(在«个»之前)。",
    ),
]


@pytest.mark.parametrize(("message", "chinese"), CARRIED)
def test_what_is_quoted_stays_as_it_is(message: str, chinese: str) -> None:
    assert in_chinese(message) == chinese


@pytest.mark.parametrize("message", ["", "\x00", "No check of ours says this.", "{0} {name}", "«» is", "«»"])
def test_a_message_that_no_check_makes_stands_as_it_is(message: str) -> None:
    assert in_chinese(message) == message


def test_english_pages_keep_the_sentence() -> None:
    message = "«13月» is no time that exists."

    assert told_in("en")(message) == message
    assert told_in("zh")(message) == "«13月»这一时间不存在。"


def test_every_field_that_a_new_run_may_say_otherwise_has_a_name() -> None:
    fields = {field for model in (Goal, Metric, Project, Deadline) for field in model.model_fields}

    assert {
        field for field in fields - APART - {"id", "metrics", "deadlines"} if f"field.{field}" not in WORDS
    } == set()


def test_what_a_new_run_says_otherwise_is_told_without_braces() -> None:
    raw = (
        "临江高新区2024年工作要点\n2024-01-15\n推进明远智能装备产业园项目建设,总投资5亿元,年产能10万吨,10月底前竣工。\n"
    )
    [project] = run(raw).projects
    change = {"total_investment": None, "capacity": [], "name": "产业园", "review": "corrected"}
    record = project.model_dump(mode="json") | change
    message = told(Reviewed("project-1", record, record, ()), project)

    assert message is not None
    assert "{" not in message
    assert "{" not in in_chinese(message)
    assert ENGLISH_WORD.search(QUOTED.sub("", in_chinese(message))) is None


@pytest.mark.parametrize(
    ("language", "message", "badge"),
    [
        (
            "en",
            "The part «15家» is larger than its whole, «12家».",
            "1</span> <span data-one='warning' data-many='warnings'>warning<",
        ),
        ("zh", "分项«15家»大于总数«12家»。", "1</span> <span data-one='处警告' data-many='处警告'>处警告<"),
    ],
)
def test_a_page_tells_a_finding_in_the_language_of_its_visitor(
    tmp_path: Path, language: str, message: str, badge: str
) -> None:
    with open_store(str(tmp_path / "s.db")) as store:
        source = stored(store, "临江高新区2024年工作要点\n2024-01-15\n2024年新增企业12家,其中科技企业15家。\n")
        with listening(make_app(Desk(store), OPEN)) as client:
            client.headers["Accept-Language"] = language
            page = client.get(f"/documents/{source.id}").text

    assert message in page
    assert badge.replace("'", '"') in page


def test_a_figure_says_why_it_has_its_role_under_the_pointer(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "s.db")) as store:
        source = stored(store)
        with listening(make_app(Desk(store), OPEN)) as client:
            client.headers["Accept-Language"] = "zh"
            page = client.get(f"/documents/{source.id}").text

    assert re.search(r'<mark class="context"[^>]*title="背景 · [^"]* · 补贴标准:给予">20万元</mark>', page)
    assert all(f'<mark class="{role}">' in page for role in ("repeat", "boilerplate"))


PIECES = [piece for english, _ in SENTENCES for piece in HOLE.split(english)[::2] if piece]
HOSTILE = st.lists(
    st.sampled_from([*PIECES, "«", "»", "'", "\n", "12", "p1", "{x}", "; name: ", ", not "]) | st.text(max_size=5)
)


@given(st.sampled_from([english for english, _ in SENTENCES]), HOSTILE.map("".join))
def test_a_sentence_is_translated_whatever_it_quotes(english: str, quoted: str) -> None:
    message = HOLE.sub(lambda hole: SAMPLES.get(hole[1], quoted), english)

    assert in_chinese(message) != message


@given(HOSTILE.map("".join))
def test_no_message_makes_the_translation_fail(message: str) -> None:
    assert isinstance(in_chinese(message), str)


@pytest.mark.parametrize("piece", sorted({*PIECES, "«", "»", "«a» and ", "; name: «", ", not ", "; name: «a», not "}))
def test_a_long_hostile_message_takes_no_time(piece: str) -> None:
    openings = {HOLE.split(english)[0] for english, _ in SENTENCES}
    begun = perf_counter()
    for opening in openings:
        in_chinese(f"{opening}{piece * (20_000 // len(piece))}!")

    assert perf_counter() - begun < 2
