"""The words that make a target firm or soft, as written: 力争, 确保 before the figure, 左右, 以上 beside it."""

import re

from extractor.analysis import Analysis
from extractor.assemble.places import Place

COMMITMENT = re.compile(r"力争|确保|争取|力促|务必|必须|努力|奋力|全力|原则上|基本|有望|预计|预期|计划|目标|拟")
LIMIT = re.compile(
    r"不低于|不少于|不高于|不超过|不得超过|不得低于|至少|最高|超过|突破|高于|低于|控制在|以上|以下|以内|左右|上下|大约|约|近|超"
)


def wording_of(analysis: Analysis, place: Place) -> tuple[str, ...]:
    """The commitment nearest before the figure in its semicolon's part of the sentence, which governs what follows it."""
    text = analysis.view.text
    clause = analysis.outline.clause_at(place.start)
    if clause is None:
        return ()
    start = clause.start
    for number in reversed(analysis.outline.sentence_of(clause).clauses):
        other = analysis.outline.clauses[number]
        if other.group == clause.group and other.start <= clause.start:
            start = other.start
    before = list(COMMITMENT.finditer(text, start, place.start))
    outer = (place.hit.clean_outer_start, place.hit.clean_outer_end) if place.hit else (place.start, place.end)
    beside = (*LIMIT.finditer(text, outer[0], place.start), *LIMIT.finditer(text, place.end, outer[1]))
    return tuple(dict.fromkeys(match.group() for match in (*run_of(before), *beside)))


def run_of(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The last word, with those that stand right before it («确保…、力争…» are two; «努力确保» is one)."""
    run = found[-1:]
    for match in reversed(found[:-1]):
        if match.end() != run[0].start():
            break
        run.insert(0, match)
    return run
