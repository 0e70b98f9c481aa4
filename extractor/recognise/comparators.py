"""The words around a figure that say from which side it holds. Negations are longer than what they negate and win."""

from dataclasses import dataclass
from functools import cache
from typing import get_args

from extractor.recognise.units import rows
from schemas.vocabulary import Comparator

COMPARATORS: dict[str, Comparator] = {sign: sign for sign in get_args(get_args(Comparator)[0])}
NOT_PASSED = "通经不走渡路透穿历度越错难胜"  # 通过3项, 经过30年
NOT_FRONT = "目日月年底之以当此提空面跟眼生午向末"  # 目前10家, 10月底前6条


@dataclass(frozen=True, slots=True)
class Cue:
    comparator: Comparator
    text: str
    bars: str


@cache
def cues(side: str) -> dict[str, tuple[Cue, ...]]:
    """Give the cues of one side by the character next to the figure, the longest first."""
    found: dict[str, list[Cue]] = {}
    for row_side, sign, text, bars in rows("comparators.tsv", 4):
        if row_side == side:
            found.setdefault(text[-1] if side == "prefix" else text[0], []).append(Cue(COMPARATORS[sign], text, bars))
    return {char: tuple(sorted(group, key=lambda cue: -len(cue.text))) for char, group in found.items()}


def before(text: str, start: int) -> Cue | None:
    """Give the cue that ends right before `start`."""
    if not start:
        return None
    for cue in cues("prefix").get(text[start - 1], ()):
        at = start - len(cue.text)
        if text.endswith(cue.text, 0, start) and not (at and text[at - 1] in cue.bars):
            return cue
    return None


def behind(text: str, end: int) -> Cue | None:
    """Give the cue that starts right at `end`."""
    if end >= len(text):
        return None
    for cue in cues("suffix").get(text[end], ()):
        after = end + len(cue.text)
        if text.startswith(cue.text, end) and not (after < len(text) and text[after] in cue.bars):
            return cue
    return None


def passes(text: str, start: int) -> bool:
    """Tell «过10亿元» from «通过10亿元…»."""
    return start > 0 and text[start - 1] == "过" and not (start > 1 and text[start - 2] in NOT_PASSED)


def in_front(text: str, start: int) -> bool:
    """Tell «前100名» from «目前100名»."""
    return start > 0 and text[start - 1] == "前" and not (start > 1 and text[start - 2] in NOT_FRONT)
