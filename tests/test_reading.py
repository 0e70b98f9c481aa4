"""How command-line paths become sources: what is found, how it is decoded, what each refusal says."""

import io
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.reading import Source, find, read_sources

FILES = Path(__file__).parents[1] / "fixtures" / "files"
PLAIN = "全市今年新签约项目120个，到位资金35亿元。"
TRADITIONAL = "全縣今年新簽約項目120個，到位資金35億元。"

SIMPLE_WORDS = [
    "全市",
    "固定资产投资",
    "增长",
    "项目",
    "个",
    "同比",
    "120",
    "3.5%",
    "企业",
    "培育",
    "力争",
    "年底前",
    "开工",
    "建设",
    "完成",
]
TRAD_WORDS = [
    "全縣",
    "固定資產投資",
    "增長",
    "項目",
    "個",
    "同比",
    "120",
    "3.5%",
    "企業",
    "培育",
    "力爭",
    "年底前",
    "開工",
    "建設",
    "完成",
]


def read_all(*paths: str | Path, **options: object) -> list[Source | SourceError]:
    return list(read_sources([str(path) for path in paths], **options))


def read_one(path: str | Path, **options: object) -> Source:
    [source] = read_all(path, **options)
    assert isinstance(source, Source), source
    return source


def reason(path: str | Path, **options: object) -> str:
    [error] = read_all(path, **options)
    assert isinstance(error, SourceError), error
    assert error.source == str(path)
    return error.reason


def from_stdin(data: bytes) -> Source:
    return read_one("-", stdin=io.BytesIO(data))


def write(folder: Path, *names: str, text: str = PLAIN) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def names_and_stems(paths: Sequence[str | Path]) -> list[tuple[str, str]]:
    entries = find([str(path) for path in paths])
    return [(entry.name, entry.stem) for entry in entries if not isinstance(entry, SourceError)]


class TestFinding:
    @pytest.fixture(autouse=True)
    def _inside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def test_a_folder_gives_its_readable_files_in_order_with_names_below_what_was_typed(self, tmp_path: Path) -> None:
        write(tmp_path, "d/b.txt", "d/a.md", "d/c.HTM", "d/skip.pdf", "d/sub/z.txt", "d/sub/y.html", "d/Sub2/x.txt")

        assert names_and_stems(["d/"]) == [
            ("d/a.md", "a"),
            ("d/b.txt", "b"),
            ("d/c.HTM", "c"),
            ("d/Sub2/x.txt", "Sub2/x"),
            ("d/sub/y.html", "sub/y"),
            ("d/sub/z.txt", "sub/z"),
        ]

    def test_a_file_is_named_as_typed_and_goes_to_its_own_name(self, tmp_path: Path) -> None:
        write(tmp_path, "seeds/000_x.txt")

        assert names_and_stems(["seeds/000_x.txt"]) == [("seeds/000_x.txt", "000_x")]
        assert names_and_stems(["./seeds/000_x.txt"]) == [("./seeds/000_x.txt", "000_x")]

    def test_hidden_files_and_folders_are_left_out(self, tmp_path: Path) -> None:
        write(tmp_path, "d/.a.txt", "d/.git/b.txt", "d/c.txt")

        assert names_and_stems(["d", "d/*"]) == [("d/c.txt", "c")]

    def test_a_path_named_twice_is_read_once(self, tmp_path: Path) -> None:
        write(tmp_path, "d/a.txt", "d/b.txt")
        (tmp_path / "link.txt").symlink_to("d/b.txt")

        assert names_and_stems(["d/a.txt", "d", "./d/a.txt", "d/*.txt", "link.txt"]) == [
            ("d/a.txt", "a"),
            ("d/b.txt", "b"),
        ]

    def test_links_are_followed_but_a_loop_ends(self, tmp_path: Path) -> None:
        write(tmp_path, "d/a.txt", "elsewhere/b.txt")
        (tmp_path / "d/back").symlink_to(tmp_path / "d")
        (tmp_path / "d/out").symlink_to(tmp_path / "elsewhere")

        assert names_and_stems(["d"]) == [("d/a.txt", "a"), ("d/out/b.txt", "out/b")]

    def test_a_link_to_nothing_is_told(self, tmp_path: Path) -> None:
        write(tmp_path, "d/a.txt")
        (tmp_path / "d/b.txt").symlink_to("gone.txt")

        good, error = read_all("d")

        assert isinstance(good, Source)
        assert str(error) == "d/b.txt: no such file or folder"

    @pytest.mark.parametrize(
        ("pattern", "found"),
        [
            ("d/*.txt", [("d/a.txt", "a"), ("d/b.txt", "b")]),
            ("d/?.md", [("d/c.md", "c")]),
            ("d/[ab].txt", [("d/a.txt", "a"), ("d/b.txt", "b")]),
            ("d/**/*.txt", [("d/a.txt", "a"), ("d/b.txt", "b"), ("d/e/f.txt", "e/f"), ("d/e/g/h.txt", "e/g/h")]),
            ("*/e/*.txt", [("d/e/f.txt", "d/e/f")]),
            ("d/*/g", [("d/e/g/h.txt", "e/g/h")]),
            ("d/*.csv", [("d/t.csv", "t.csv")]),
        ],
    )
    def test_a_pattern_is_matched_as_a_shell_would(
        self, tmp_path: Path, pattern: str, found: list[tuple[str, str]]
    ) -> None:
        write(tmp_path, "d/a.txt", "d/b.txt", "d/c.md", "d/t.csv", "d/e/f.txt", "d/e/g/h.txt")

        assert names_and_stems([pattern]) == found

    def test_a_file_whose_name_looks_like_a_pattern_is_a_file(self, tmp_path: Path) -> None:
        write(tmp_path, "plan[1].txt", "plan1.txt")

        assert names_and_stems(["plan[1].txt"]) == [("plan[1].txt", "plan[1]")]

    def test_files_that_would_go_to_one_output_keep_their_suffixes(self, tmp_path: Path) -> None:
        write(tmp_path, "d/a.txt", "d/a.html", "d/b.txt", "d/sub/a.txt")

        stems = [("d/a.html", "a.html"), ("d/a.txt", "a.txt"), ("d/b.txt", "b"), ("d/sub/a.txt", "sub/a")]
        assert names_and_stems(["d"]) == stems
        assert names_and_stems(["d/a.txt", "d/a.html"]) == [("d/a.txt", "a.txt"), ("d/a.html", "a.html")]

    def test_files_of_one_name_in_two_folders_keep_their_folders(self, tmp_path: Path) -> None:
        write(tmp_path, "x/a.txt", "y/a.txt")

        assert names_and_stems(["x/a.txt", "y/a.txt"]) == [("x/a.txt", "x/a"), ("y/a.txt", "y/a")]
        assert [stem for _, stem in names_and_stems(["x", "y"])] == ["a", "a.txt"]

    def test_no_two_outputs_are_the_same_even_where_case_does_not_count(self, tmp_path: Path) -> None:
        write(tmp_path, "x/a.txt", "x/A.txt", "x/a.txt.md", "y/A.md", "y/a.txt", "z/a.txt", "a")

        stems = [stem.casefold() for _, stem in names_and_stems(["x", "y", "z", "a", "x/a.txt", "-"])]

        assert len(stems) == len(set(stems)) == 8

    def test_a_point_in_a_name_is_no_suffix(self, tmp_path: Path) -> None:
        write(tmp_path, "2024.3月计划", "2024.4月计划.txt")

        assert [stem for _, stem in names_and_stems(["2024.3月计划", "2024.4月计划.txt"])] == [
            "2024.3月计划",
            "2024.4月计划",
        ]

    def test_a_file_name_that_is_not_utf8_is_spelled_readably(self, tmp_path: Path) -> None:
        (tmp_path / "d").mkdir()
        path = Path(os.fsdecode(os.fsencode(tmp_path / "d") + b"/" + "计划.txt".encode("gbk")))
        try:
            path.write_text(PLAIN, encoding="utf-8")
        except OSError:
            pytest.skip("this disk takes UTF-8 names only")

        source = read_one("d")

        assert (source.name, source.output_stem) == ("d/计划.txt", "计划")

    def test_reading_is_lazy(self, tmp_path: Path) -> None:
        write(tmp_path, "d/a.txt", "d/b.txt")
        sources = read_sources(["d"])
        next(sources)

        (tmp_path / "d/b.txt").unlink()

        assert str(next(sources)) == "d/b.txt: no such file or folder"

    def test_memory_does_not_grow_with_the_number_of_files(self, tmp_path: Path) -> None:
        for number in range(60):
            write(tmp_path, f"d/{number}.txt", text=PLAIN * 5_000)
        read_all("d/0.txt")  # tables are loaded before we measure

        tracemalloc.start()
        count = sum(isinstance(source, Source) for source in read_sources(["d"]))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert count == 60
        assert peak < 6 * len(PLAIN.encode() * 5_000)  # one file with its copies; all of them are sixty


class TestRefusals:
    def test_no_such_file(self, tmp_path: Path) -> None:
        assert reason(tmp_path / "none.txt") == "no such file or folder"

    def test_a_pattern_that_matches_nothing(self, tmp_path: Path) -> None:
        assert reason(tmp_path / "*.txt") == "the pattern matches nothing to read (.txt .md .html .htm)"
        assert reason(tmp_path / "none" / "*.txt") == "the pattern matches nothing to read (.txt .md .html .htm)"

    def test_a_folder_with_nothing_to_read(self, tmp_path: Path) -> None:
        write(tmp_path, "picture.png", ".hidden.txt")

        assert reason(tmp_path) == "a folder with nothing to read in it (.txt .md .html .htm)"

    def test_an_empty_file(self) -> None:
        assert reason(FILES / "empty.txt") == "empty"

    @pytest.mark.parametrize("blank", [b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n", "　\n".encode()])
    def test_a_file_of_blanks_is_empty(self, tmp_path: Path, blank: bytes) -> None:
        (tmp_path / "a.txt").write_bytes(blank)

        assert reason(tmp_path / "a.txt") == "empty: there is nothing but blanks in it"

    @pytest.mark.parametrize(
        "data",
        [
            bytes(range(256)) * 20,
            b"plain\0text",
            "计划\0表".encode(),
            b"\x01\x02\x03\x04abc",
            "\ufeff甲\0".encode("utf-16"),
        ],
    )
    def test_binary_bytes(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "a.txt").write_bytes(data)

        assert reason(tmp_path / "a.txt") == "binary, not text"

    def test_the_binary_sample(self) -> None:
        assert reason(FILES / "binary.txt") == "binary, not text"

    def test_utf8_with_a_broken_byte_is_mended_and_not_taken_for_gbk(self, tmp_path: Path) -> None:
        data = bytearray((PLAIN * 20).encode())
        data[300] = 0xFF
        (tmp_path / "a.txt").write_bytes(data)

        source = read_one(tmp_path / "a.txt")

        assert source.encoding == "utf-8"
        assert source.decoding is not None
        assert source.decoding.places[0].byte == 298
        assert {source.raw[place.offset] for place in source.decoding.places if place.offset} == {"\ufffd"}

    def test_a_text_in_another_language_and_encoding_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("これはペンです。東京都の計画について説明します。".encode("shift_jis"))

        assert "undecodable" in reason(tmp_path / "a.txt")

    @pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8a\x00", b"\xff\xfea", b"\xef\xbb\xbf\xff"])
    def test_a_file_that_belies_its_mark_is_undecodable(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "a.txt").write_bytes(data)

        assert reason(tmp_path / "a.txt").startswith("undecodable: it bears the mark of utf-")

    def test_a_surrogate_in_utf8_is_undecodable(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"abc\xed\xa0\x80abc")

        assert reason(tmp_path / "a.txt").startswith("undecodable: byte 3 (0xed)")

    def test_a_text_over_the_limit_tells_both_numbers(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", text="项" * 1_001)

        assert reason(tmp_path / "a.txt", max_chars=1_000) == "too long: 1,001 characters, the limit is 1,000"
        assert len(read_one(tmp_path / "a.txt", max_chars=1_001).raw) == 1_001

    def test_a_huge_file_is_refused_before_it_is_read(self, tmp_path: Path) -> None:
        with (tmp_path / "a.txt").open("wb") as file:
            file.truncate(10 * 2**30)  # ten sparse gigabytes

        assert reason(tmp_path / "a.txt").startswith("too long: over 33,554,432 bytes")

    def test_a_pdf_is_told_what_is_read(self, tmp_path: Path) -> None:
        write(tmp_path, "a.pdf")

        assert reason(tmp_path / "a.pdf") == ".pdf files are not read, only .txt .md .html .htm and plain text"

    def test_an_unknown_suffix_is_read_when_it_is_plain_text(self, tmp_path: Path) -> None:
        write(tmp_path, "a.csv", "plan")
        (tmp_path / "b.dat").write_bytes(b"\0\1\2")

        assert [read_one(tmp_path / name).raw for name in ("a.csv", "plan")] == [PLAIN, PLAIN]
        assert reason(tmp_path / "b.dat") == "binary, not text"

    def test_what_the_system_refuses_keeps_its_cause(self) -> None:
        [error] = read_all("a" * 300 + ".txt")

        assert isinstance(error, SourceError)
        assert error.reason == "cannot be read: file name too long"
        assert isinstance(error.__cause__, OSError)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_closed_file_and_a_closed_folder_are_told(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", "closed/b.txt")
        (tmp_path / "a.txt").chmod(0)
        (tmp_path / "closed").chmod(0)

        told = [str(error).removeprefix(f"{tmp_path}/") for error in read_all(tmp_path)]
        (tmp_path / "closed").chmod(0o700)

        assert told == ["a.txt: cannot be read: permission denied", "closed: cannot be read: permission denied"]

    def test_the_others_go_on_and_an_error_holds_no_frames(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", "c.txt")
        (tmp_path / "b.txt").write_bytes(b"\0\0")

        first, error, last = read_all(tmp_path)

        assert isinstance(first, Source)
        assert isinstance(last, Source)
        assert isinstance(error, SourceError)
        assert error.__traceback__ is None


class TestEncodings:
    @pytest.mark.parametrize(
        ("name", "encoding", "script", "start"),
        [
            ("utf8.txt", "utf-8", "Hans", "青岭市二〇二五年"),
            ("utf8_bom.txt", "utf-8-sig", "Hans", "青岭市二〇二五年"),
            ("gb18030.txt", "gb18030", "Hans", "青岭市二〇二五年"),
            ("gbk_short.txt", "gb18030", "Hans", PLAIN),
            ("big5.txt", "big5", "Hant", "白石縣人民政府"),
            ("utf16le.txt", "utf-16", "Hans", "青岭市二〇二五年"),
            ("utf16be.txt", "utf-16", "Hant", "白石縣人民政府"),
            ("note.md", "utf-8", "Hans", "# 云溪县"),
            ("page_gbk.html", "gb18030", "Hans", "青岭市召开"),
        ],
    )
    def test_each_sample_is_read_in_its_encoding(self, name: str, encoding: str, script: str, start: str) -> None:
        source = read_one(FILES / name)

        assert (source.encoding, source.script) == (encoding, script)
        assert source.raw.startswith(start)

    def test_the_samples_of_one_plan_say_the_same(self) -> None:
        plain = read_one(FILES / "utf8.txt").raw

        assert read_one(FILES / "utf16le.txt").raw == plain
        assert read_one(FILES / "utf8_bom.txt").raw == plain.replace("\n", "\r\n")
        assert read_one(FILES / "gb18030.txt").raw == plain + "负责人：李㐂、王𠮷\n"

    def test_the_id_is_that_of_the_raw_bytes_and_text_says_nothing_of_itself(self) -> None:
        source = read_one(FILES / "utf8_bom.txt")

        assert source.id == "sha256:" + sha256((FILES / "utf8_bom.txt").read_bytes()).hexdigest()
        assert (source.title, source.publisher, source.published) == (None, None, None)

    def test_line_breaks_stay_as_they_are(self) -> None:
        text = "一\r\n二\r三\n四\u2028五\x0c六"

        assert from_stdin(text.encode()).raw == text

    def test_stdin_is_named_by_its_dash_and_read_once(self) -> None:
        [source] = read_all("-", "-", stdin=io.BytesIO(PLAIN.encode("gbk")))

        assert isinstance(source, Source)
        assert (source.name, source.output_stem, source.raw) == ("-", "stdin", PLAIN)

    @pytest.mark.parametrize(
        "text",
        [
            PLAIN,
            "力争全年地区生产总值增长百分之六点五。",
            "各县区要压实责任、抓好落实",
            "到2025年底，建成标准厂房15万平方米",
            "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
            "赵钱孙李，周吴郑王，冯陈褚卫，蒋沈韩杨。",
            "粮食播种面积稳定在三百万亩以上，",
        ],
    )
    @pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
    def test_one_short_simplified_sentence_is_enough(self, text: str, encoding: str) -> None:
        source = from_stdin(text.encode(encoding))

        assert (source.raw, source.encoding) == (text, encoding)

    @pytest.mark.parametrize(
        "text",
        [
            TRADITIONAL,
            "力爭全年地區生產總值增長百分之六點五。",
            "各縣區要壓實責任、抓好落實",
            "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。",
            "趙錢孫李，周吳鄭王，馮陳褚衛，蔣沈韓楊。",
            "臺灣海峽兩岸經濟合作架構協議早期收穫計畫",
        ],
    )
    @pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-le", "utf-16-be"])
    def test_one_short_traditional_sentence_is_enough(self, text: str, encoding: str) -> None:
        source = from_stdin(text.encode(encoding))

        assert (source.raw, source.encoding) == (text, encoding)

    @pytest.mark.parametrize("encoding", ["cp950", "big5hkscs"])
    def test_big5_with_local_characters_is_read(self, encoding: str) -> None:
        text = TRADITIONAL + {"cp950": "碁恒裏", "big5hkscs": "嘅咗嚟邨"}[encoding]

        source = from_stdin(text.encode(encoding))

        assert (source.raw, source.encoding) == (text, encoding)

    @given(
        st.lists(
            st.sampled_from(SIMPLE_WORDS),
            min_size=8,
        ),
        st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
        st.sampled_from(["，", "\r\n", "。\n", "、"]),
    )
    def test_simplified_text_comes_back_from_every_encoding(
        self, words: list[str], encoding: str, between: str
    ) -> None:
        text = "为" + between.join(words)

        source = from_stdin(text.encode(encoding))

        assert (source.raw, source.encoding) == (text, encoding)

    @given(
        st.lists(
            st.sampled_from(TRAD_WORDS),
            min_size=8,
        ),
        st.sampled_from(["utf-8", "utf-8-sig", "big5", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
        st.sampled_from(["，", "\r\n", "。\n", "、"]),
    )
    def test_traditional_text_comes_back_from_every_encoding(
        self, words: list[str], encoding: str, between: str
    ) -> None:
        text = "為" + between.join(words)

        source = from_stdin(text.encode(encoding))

        assert (source.raw, source.encoding) == (text, encoding)

    @given(st.binary())
    def test_any_bytes_give_a_source_or_an_error(self, data: bytes) -> None:
        [result] = read_sources(["-"], stdin=io.BytesIO(data))

        if isinstance(result, Source):
            assert result.raw.strip()
            assert "\0" not in result.raw
            result.raw.encode("utf-8")


class TestPages:
    @pytest.mark.parametrize("name", ["page.html", "page_gbk.html"])
    def test_a_page_gives_its_main_text_and_what_it_says_of_itself(self, name: str) -> None:
        source = read_one(FILES / name)

        assert source.title == "青岭市召开招商引资工作会议"
        assert source.publisher == "青岭日报"
        assert source.published == "2025-03-04"
        assert "实际到位资金260亿元" in source.raw
        assert "| 东渡区 | 48 | 110 |" in source.raw

    @pytest.mark.parametrize("unseen", ["脚本999个", "注释888个", "color", "互动交流", "备案号", "<p>"])
    def test_menus_scripts_styles_and_comments_are_not_text(self, unseen: str) -> None:
        assert unseen not in read_one(FILES / "page.html").raw

    @pytest.mark.parametrize(
        "prose",
        ["到2025年12月31日完成，2024-05-01前开工。", "完成时间：2025年12月31日", "<time>届时</time>2024-05-01前开工"],
    )
    def test_a_date_in_the_prose_is_not_the_day_of_publication(self, prose: str) -> None:
        page = f"<html><body><p>{PLAIN}{prose}</p></body></html>"

        assert from_stdin(page.encode()).published is None

    @pytest.mark.parametrize(
        "stated",
        [
            '<meta property="article:published_time" content="2025-03-04T09:30:00+08:00">',
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-04"}</script>',
            '<time datetime="2025-03-04">昨天</time>',
            '<span class="pub-date">2025-03-04</span>',
            "<p>发布日期：2025年3月4日</p>",
            "<div>2025/3/4 09:30 来源：青岭日报</div>",
        ],
    )
    def test_the_day_is_taken_from_where_the_page_states_it(self, stated: str) -> None:
        page = f"<html><head></head><body>{stated}<p>{PLAIN}到2025年12月31日全部完成。</p></body></html>"

        assert from_stdin(page.encode()).published == "2025-03-04"

    def test_inline_markup_does_not_part_a_figure_from_its_unit(self) -> None:
        page = (
            "<html><body><p><span>新签约项目</span><b>120</b><span>个</span>，到位资金<i>35</i>亿元</p></body></html>"
        )

        assert "新签约项目120个，到位资金35亿元" in from_stdin(page.encode()).raw

    @pytest.mark.parametrize(
        "head", ["<!doctype html><html>", "\n <HTML>", '<?xml version="1.0" encoding="gb2312"?>\n<!DOCTYPE html><html>']
    )
    def test_a_page_is_known_by_how_it_begins(self, head: str) -> None:
        page = f"{head}<body><p>{PLAIN}</p></body></html>"

        assert from_stdin(page.encode("gbk")).raw == PLAIN

    def test_the_declared_charset_decides_where_the_bytes_fit_two(self) -> None:
        page = (
            '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body>{}</body></html>'
        )

        assert from_stdin(page.format("big5", "丰" * 3).encode("big5")).encoding == "big5"
        assert from_stdin(page.format("gbk", "碁" * 3).encode("gbk")).encoding == "gb18030"

    def test_where_no_main_text_is_found_all_visible_text_stands_in(self) -> None:
        page = "<html><body><script>x</script><!-- c --><nav>项目<b>3</b>个</nav></body></html>"

        assert from_stdin(page.encode()).raw == "项目3个"

    @pytest.mark.parametrize("body", ["", "<script>var a = 1</script>", "<!-- 120个 -->", "<img src=a.png>"])
    def test_a_page_without_text_is_an_error(self, tmp_path: Path, body: str) -> None:
        write(tmp_path, "a.html", text=f"<html><head><title>无</title></head><body>{body}</body></html>")

        assert reason(tmp_path / "a.html") == "no text in the page"

    def test_characters_that_no_page_may_hold_are_left_out(self) -> None:
        page = (
            "<html><body><p>项目&#1;1&#xD800;2\x020&#x110000;个，</p><div>到位资金&#51;5亿元\x0b。</div></body></html>"
        )

        assert from_stdin(page.encode()).raw.split() == ["项目120个，", "到位资金35亿元。"]

    def test_the_limit_counts_the_text_of_a_page_and_not_its_markup(self, tmp_path: Path) -> None:
        write(tmp_path, "a.html", text=f"<html><body><!-- {'长' * 5_000} --><p>{PLAIN}</p></body></html>")

        assert read_one(tmp_path / "a.html", max_chars=100).raw == PLAIN

    def test_a_text_file_does_not_wait_for_trafilatura(self) -> None:
        script = (
            "import sys; from extractor.reading import read_sources; "
            f"list(read_sources([{str(FILES / 'gbk_short.txt')!r}])); "
            "print('trafilatura' in sys.modules, 'lxml' in sys.modules)"
        )

        told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout

        assert told.split() == ["False", "False"]
