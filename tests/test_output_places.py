"""Where results cannot go: one line, and nothing half-written."""

import asyncio
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.errors import OutputError
from extractor.runs.disk import Disk
from extractor.runs.outcomes import fitting
from tests.commands import Told, outcome_of

TEXT = "今年全市生产总值增长5%,完成投资3亿元。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf8")
    return tmp_path


def one_line(told: Told) -> str:
    """The line that is no table and no notice."""
    [line] = [line for line in told.talk.splitlines() if line.startswith("policy-targets: ")]
    assert "Traceback" not in told.talk
    return line.removeprefix("policy-targets: ")


@pytest.mark.parametrize("out", ["file", "file/below", "file/far/below"])
def test_a_file_is_no_folder_for_results(folder: Path, out: str) -> None:
    (folder / "file").write_text("kept")

    told = outcome_of(["a.txt", "-o", out], folder)

    assert told.code == 2
    assert one_line(told).startswith(f"-o {out}: ")
    assert one_line(told).endswith("file is a file, not a folder")
    assert (folder / "file").read_text() == "kept"


def test_a_full_disk_under_stdout_is_one_line(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        told = outcome_of(["a.txt"], folder, stdout=full)

    assert (told.code, one_line(told)) == (1, "standard output: cannot be written: no space left on device")


def test_a_reader_that_leaves_is_one_line(folder: Path) -> None:
    (folder / "in").mkdir()
    for number in range(30):
        (folder / f"in/{number}.txt").write_text(TEXT * 200, "utf8")
    command = [sys.executable, "-m", "extractor.cli", "extract", "in", "--engine", "offline", "--jsonl"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.read(100)
        run.stdout.close()
        talk = run.stderr.read().decode()

    assert (run.returncode, one_line(Told(1, b"", talk))) == (1, "standard output: cannot be written: broken pipe")


@pytest.mark.parametrize("failing", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_fails_keeps_no_part(tmp_path: Path, failing: int) -> None:
    def full(_: int) -> None:
        raise OSError(failing, os.strerror(failing))

    with pytest.raises(OutputError, match=f"a.json: cannot be written: {os.strerror(failing).lower()}"):
        asyncio.run(Disk(full).write(tmp_path / "a.json", b"{}"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a file system that takes no files")
def test_a_place_that_takes_no_files_is_one_line(folder: Path) -> None:
    told = outcome_of(["a.txt", "-o", "/proc/nowhere"], folder)

    assert told.code == 1
    assert one_line(told).startswith("/proc/nowhere")


def test_names_are_cut_at_255_bytes_and_stay_apart(tmp_path: Path) -> None:
    long = "名" * 83  # 249 bytes, with .txt 253, with .json 254
    for name in (f"{long}甲.txt", f"{long}乙.txt", f"{long[:-1]}.txt"):
        try:
            (tmp_path / name).write_text(TEXT, "utf8")
        except OSError:
            (tmp_path / name.removesuffix(".txt")).write_text(TEXT, "utf8")

    told = outcome_of([*(file.name for file in sorted(tmp_path.iterdir())), "-o", "out"], tmp_path)

    names = [file.name for file in (tmp_path / "out").iterdir()]
    assert told.code == 0
    assert len(names) == 3
    assert all(len(name.encode()) <= 255 and name.endswith(".json") for name in names)


def test_a_short_name_stays_as_it_is() -> None:
    assert fitting("计划") == "计划.json"
    assert fitting("a" * 250) == "a" * 250 + ".json"
    assert len(fitting("a" * 251)) == 255


@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
@pytest.mark.parametrize("command", ["extract", "figures"])
def test_json_is_utf8_on_every_console(folder: Path, command: str, env: dict[str, str]) -> None:
    told = outcome_of(["a.txt", *(["--format", "json"] if command == "figures" else [])], folder, command, env=env)

    assert told.code == 0
    assert "亿元" in told.data.decode("utf8")
    assert all(json.loads(line) for line in told.data.decode("utf8").splitlines())


def test_an_encoding_that_is_none_is_a_usage_error(folder: Path) -> None:
    for command in ("extract", "figures"):
        told = outcome_of(["a.txt", "--encoding", "gb99"], folder, command)

        assert (told.code, one_line(told)) == (2, "--encoding gb99: no such encoding")


def test_the_encoding_that_is_named_is_taken(folder: Path) -> None:
    (folder / "b.txt").write_bytes("项目".encode("gbk"))

    told = outcome_of(["b.txt", "--encoding", "gbk"], folder)

    assert json.loads(told.data)["document"]["encoding"] == "gb18030"
