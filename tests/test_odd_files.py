"""A folder of odd files goes through in one run: what can be read is read, all else is told, nothing ends the run."""

import json
from pathlib import Path

import pytest

from extractor.errors import SourceError
from extractor.reading import read_named, read_sources
from tests.commands import outcome_of
from tests.contract import broken
from tests.odd_files import PROSE, make_files, make_places

SECONDS = "60"


def test_all_of_them_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    read, refused = make_files(tmp_path / "in")
    places = make_places(tmp_path / "in")

    told = outcome_of(["in", *places, "-o", "out", "--timeout-per-file", SECONDS, "--jobs", "2"], tmp_path)

    assert len(read) + len(refused) + len(places) >= 60
    assert told.code == 1
    assert "Traceback" not in told.talk
    assert "took longer" not in told.talk
    assert [name for name in refused if f"/{name}: " not in told.talk] == []
    assert [place for place in places if f"{place}: " not in told.talk and not place.endswith((".txt", "hollow"))] == []
    pages = {file.name: json.loads(file.read_bytes()) for file in (tmp_path / "out").iterdir()}
    assert len(pages) == len(read)
    for page in pages.values():
        name = Path(page["document"]["source"]).name
        mended = page["document"]["decoding"]
        assert (name, bool(mended)) == (name, mended is not None)
        if page["document"]["length"] < 100_000 and "dates" not in name:
            raw = raw_of(tmp_path / "in" / name)
            assert (name, list(broken(raw, page))[:3]) == (name, [])


def raw_of(path: Path) -> str:
    [source] = read_sources([str(path)])
    assert not isinstance(source, SourceError)
    return source.raw


@pytest.mark.parametrize(
    ("data", "encoding", "text", "place"),
    [
        (PROSE.encode()[:30] + b"\xff" + PROSE.encode()[30:], "utf-8", "\ufffd", 30),
        (b"abc\xff" + "总投资5亿元".encode(), "utf-8", "\ufffd", 3),
        (PROSE.encode()[:-2], "utf-8", "\ufffd", len(PROSE.encode()) - 4),
        (PROSE.replace("亿", "亿\x01").encode("gbk").replace(b"\x01", b"\x80"), "gb18030", "€", None),
        (PROSE.encode("utf-16")[:-1], "utf-16", "\ufffd", len(PROSE.encode("utf-16")) - 2),
    ],
)
def test_a_bad_byte_is_mended_and_told(data: bytes, encoding: str, text: str, place: int | None) -> None:
    source = read_named("a.txt", data)

    assert source.decoding is not None
    first = source.decoding.places[0]
    assert (source.encoding, first.text) == (encoding, text)
    assert place in (None, first.byte)
    assert first.offset is not None
    assert source.raw[first.offset] == text
    assert data[first.byte : first.byte + len(first.bytes) // 2].hex() == first.bytes


def test_what_was_mended_is_a_finding_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PROSE.encode()[:30] + b"\xff" + PROSE.encode()[30:])

    page = json.loads(outcome_of(["a.txt"], tmp_path).data)

    [finding] = [finding for finding in page["checks"] if "byte 30 (0xff)" in finding["message"]]
    assert finding["code"] == "corrupt-text"
    assert finding["spans"] == [{"start": 10, "end": 11}]
    assert page["document"]["decoding"]["mended"] == 1


def test_half_of_another_encoding_is_no_few_bytes() -> None:
    with pytest.raises(SourceError, match="undecodable"):
        read_named("a.txt", (PROSE * 5).encode() + (PROSE * 5).encode("gbk"))


def test_findings_have_an_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("重点在建项目 个。\n" * 700, "utf8")

    page = json.loads(outcome_of(["a.txt"], tmp_path).data)

    codes = [finding["code"] for finding in page["checks"]]
    assert max(codes.count(code) for code in codes) <= 501
