"""The page of figures in colour shows the text as it is, each figure once, and lets no text in as markup."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor.analysis import analyse
from extractor.cli import app
from extractor.figures_page import figures_page, marked
from extractor.pipeline import ledger
from extractor.reading import Source, read_sources
from extractor.recognise import Hit, find_in
from extractor.text.cleaning import clean
from schemas.figure import Figure

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
HOSTILE = """<script>alert("1")</script> & <b title='x'>超过5亿元</b> &amp; &#49;0家\r
"><img src=x onerror=alert(2)> 2024年<!-- 3% --></article></title>10%、12%以上"""
VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """Reads a page: the text of its articles, its marks, the tags that it holds. Tags that do not nest fail."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.texts: list[str] = []
        self.marks: list[dict[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag == "article":
            self.texts.append("")
        if tag == "mark" and "article" in self.open:
            self.marks.append({name: value or "" for name, value in attrs} | {"text": ""})
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.texts[-1] += data
            if "mark" in self.open:
                self.marks[-1]["text"] += data


def entry(made: Source) -> tuple[Source, tuple[Figure, ...], tuple[Hit, ...]]:
    analysis = analyse(made.raw)
    return made, ledger(made, analysis).figures, analysis.hits


def source(raw: str, name: str = "a.txt") -> Source:
    return Source(name, "a", f"sha256:{0:064}", raw, "utf-8", None, None, None, "Hans")


def shown(raw: str) -> Page:
    made = source(raw)
    return Page(figures_page([entry(made)]))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_page_of_a_seed_holds_its_text_and_each_figure_once(path: Path) -> None:
    [read] = [found for found in read_sources([str(path)]) if isinstance(found, Source)]
    figures = ledger(read).figures

    page = Page(figures_page([entry(read)]))

    assert page.texts == [read.raw]
    assert [mark["text"] for mark in page.marks] == [figure.text for figure in figures]
    assert [mark["id"] for mark in page.marks] == [f"d1-{figure.id}" for figure in figures]


def test_markup_in_a_text_stays_text() -> None:
    page = shown(HOSTILE)

    assert page.texts == [HOSTILE]
    assert page.tags["script"] == page.tags["img"] == 0


def test_markup_in_a_name_stays_text() -> None:
    made = source("10家", name='<script>"&.txt')

    page = figures_page([entry(made)])

    assert "<script" not in page
    assert page.count("&lt;script&gt;&quot;&amp;.txt") == 2


def test_hovering_tells_what_a_figure_was_read_as() -> None:
    made = source("力争突破1.2万亿元,2024年底前达到3至5家。")

    money, limit, count = (mark["title"] for mark in Page(figures_page([entry(made)])).marks)

    assert "> 1.2 万亿元" in money
    assert "= 1,200,000,000,000 CNY" in money
    assert "→ 2024-12-31" in limit
    assert "3 – 5 家" in count


def test_a_comparator_is_underlined_with_its_figure_and_what_is_no_figure_is_dim() -> None:
    made = source("第一批签约超过10家")

    page = figures_page([entry(made)])

    assert re.search(r'<span class="outer">超过<mark id="d1-f2" class="count" [^>]*>10家</mark></span>', page)
    assert re.search(r'<mark id="d1-f1" class="ordinal dim" [^>]*>第一批</mark>', page)


def test_hits_that_overlap_leave_the_markup_whole() -> None:
    made = source("约10家以上,约20家")
    figures, hits = ledger(made).figures, find_in(clean(made.raw))
    wide = [replace(hit, outer_start=0, outer_end=len(made.raw), start=0) for hit in hits]

    page = Page(f"<article>{''.join(marked(made.raw, figures, wide, ''))}</article>")

    assert page.texts == [made.raw]
    assert len(page.marks) == 2


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789.%亿元家个年月日底前超过约以上至-—、,。第一二“”<>&\"'\r\n ", max_size=50))
def test_any_text_comes_back_out_of_its_page(raw: str) -> None:
    page = shown(raw)

    assert page.texts == [raw]
    assert len(page.marks) == len(find_in(clean(raw)))


def test_one_page_holds_all_documents_and_asks_for_nothing_from_elsewhere(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("签约10家\n", "utf8")

    result = CliRunner().invoke(app, ["figures", str(tmp_path), "--format", "html"])

    page = Page(result.stdout)
    assert result.exit_code == 0
    assert page.texts == ["签约10家\n"] * 2
    assert [mark["id"] for mark in page.marks] == ["d1-f1", "d2-f1"]
    assert 'lang="zh"' in result.stdout
    assert not re.search(r"https?://|<script|<link|url\(|@import", result.stdout)


def test_a_figure_that_is_no_metric_says_why_under_the_pointer() -> None:
    raw = "按上级文件(青政发〔2023〕5号)执行。"
    source = Source("a.txt", "a", "sha256:" + "0" * 64, raw, "utf-8", None, None, None, "Hans")
    page = Page(figures_page([(source, ledger(source).figures, find_in(clean(raw)))]))

    [title] = [mark["title"] for mark in page.marks if mark["text"] == "青政发〔2023〕5号"]
    assert "文号" in title.splitlines()
