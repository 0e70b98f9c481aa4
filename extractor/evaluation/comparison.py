"""Two runs side by side, on the same gold."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.evaluation.folders import Case
from extractor.evaluation.report import COLUMNS, Column, Row, aligned, as_text, errors, field_columns
from extractor.evaluation.scores import Scores, total

HEADLINES = ("targets exact", "metrics exact")
IDS = re.compile(r"^(\w+ \w+) (\w+/)?(\w+) ")


@dataclass(frozen=True, slots=True)
class Pair:
    """What two runs made of one gold document."""

    one: Case
    other: Case


def pairs(one: Sequence[Case], other: Sequence[Case]) -> list[Pair]:
    """Both were read against the same gold, so both hold the same documents in one order."""
    return [Pair(first, second) for first, second in zip(one, other, strict=True)]


def compared(cases: Sequence[Pair], names: tuple[str, str]) -> str:
    """Each score of both runs and the difference, in total; below, the headline of each document."""
    first, second = total(pair.one.score() for pair in cases), total(pair.other.score() for pair in cases)
    whole = [("score", *names, "difference"), *score_rows(first, second, (*titled(), *field_columns()))]
    documents = [(pair.one.stem, *(cell for title in HEADLINES for cell in cells(pair, title))) for pair in cases]
    head = ("document", *(f"{title}, {name}" for title in HEADLINES for name in names))
    return f"{aligned(whole)}\n\n{aligned([head, *documents])}"


def titled() -> list[Column]:
    """The columns of the big table with full titles: there R and F1 stand behind their P."""
    found, part = [], ""
    for title, number in COLUMNS:
        part = title.removesuffix(" P") if title.endswith(" P") else part
        found.append((f"{part} {title}" if title in ("R", "F1") else title, number))
    return found


def score_rows(first: Scores, second: Scores, columns: Sequence[Column]) -> list[Row]:
    return [
        (title, as_text(one), as_text(other), "–" if one is None or other is None else f"{other - one:+.3f}")
        for title, number in columns
        for one, other in [(number(first), number(second))]
    ]


def cells(pair: Pair, title: str) -> tuple[str, str]:
    number = dict(COLUMNS)[title]
    return as_text(number(pair.one.score())), as_text(number(pair.other.score()))


def differences(cases: Sequence[Pair], names: tuple[str, str]) -> str:
    """The mistakes that one run makes and the other does not; those that both make are left out."""
    lines = []
    for pair in cases:
        first, second = mistakes_of(pair.one), mistakes_of(pair.other)
        for name, own, others in ((names[0], first, second), (names[1], second, first)):
            lines += [f"{pair.one.stem}: only {name}: {line}" for key, line in own.items() if key not in others]
    return "\n" + "\n".join(lines)


def mistakes_of(case: Case) -> dict[str, str]:
    """By what they say apart from the ids that the run gave: ids differ between runs, mistakes need not."""
    return {IDS.sub(r"\1 ", line, count=1): line for line in errors(case.pred, case.gold, case.raw)}


def comparison_as_json(cases: Sequence[Pair], names: tuple[str, str]) -> str:
    runs = {
        name: {
            "documents": {case.stem: case.score().as_dict() for case in run},
            "total": total(case.score() for case in run).as_dict(),
        }
        for name, run in zip(names, ([pair.one for pair in cases], [pair.other for pair in cases]), strict=True)
    }
    return json.dumps(runs, ensure_ascii=False, indent=1)
