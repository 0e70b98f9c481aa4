"""Predictions and gold from two folders, brought together by file stem."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import SettingsError, SourceError
from extractor.evaluation.fields import Record
from extractor.evaluation.scores import Scores, score
from extractor.reading import Source, read_sources


@dataclass(frozen=True, slots=True)
class Case:
    """One gold document. `pred` is `{}` where there is no prediction, `raw` is `None` where no seed has its bytes."""

    stem: str
    pred: Record
    gold: Record
    raw: str | None

    def score(self) -> Scores:
        return score(self.pred, self.gold, self.raw)


def evaluate_folders(pred_dir: Path, gold_dir: Path, seeds: Path | None = None) -> dict[str, Scores]:
    """Score every gold document; one without a prediction has `missing` set, and all of it is missed."""
    return {case.stem: case.score() for case in read_cases(pred_dir, gold_dir, seeds)}


def read_cases(pred_dir: Path, gold_dir: Path, seeds: Path | None = None) -> Iterator[Case]:
    predictions, golds = json_files(pred_dir), json_files(gold_dir)
    if not golds:
        raise SettingsError(f"{gold_dir} holds no gold (*.json)")
    raws = raw_texts(seeds) if seeds else {}
    for stem, path in golds.items():
        pred, gold = read(predictions[stem]) if stem in predictions else {}, read(path)
        yield Case(stem, pred, gold, raws.get(document_id(pred) or document_id(gold)))


def without_gold(pred_dir: Path, gold_dir: Path) -> list[str]:
    """Name the predictions that nothing scores."""
    golds = json_files(gold_dir)
    return [stem for stem in json_files(pred_dir) if stem not in golds]


def json_files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise SettingsError(f"{folder} is not a folder")
    files: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.json")):
        if path.stem in files:
            raise SettingsError(f"{path} and {files[path.stem]} have one stem: which of them counts?")
        files[path.stem] = path
    return files


def read(path: Path) -> Record:
    try:
        document = json.loads(path.read_bytes())
    except ValueError as error:
        raise SourceError(str(path), f"not JSON ({error})") from error
    if not isinstance(document, dict) or not document:
        raise SourceError(str(path), "not an extraction")
    return document


def document_id(document: Record) -> str | None:
    return (document.get("document") or {}).get("id")


def raw_texts(seeds: Path) -> dict[str | None, str]:
    """Read the sources as an extraction does; the id is that of the bytes, so a name may differ and a text may not."""
    if not seeds.is_dir():
        raise SettingsError(f"{seeds} is not a folder")
    return {source.id: source.raw for source in read_sources([str(seeds)]) if isinstance(source, Source)}
