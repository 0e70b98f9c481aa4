"""The line breaks that a page put inside a sentence or a figure, with the page marks that stand there."""

import re
from collections.abc import Iterator

from extractor.text.notation import UNIT

SENTENCE_END = "。!?;:…】》.|>"
LIST_MARK = re.compile(
    r"\s*(?:[-•·●◆■□▪*]|[①-⑳]|[((]?[一二三四五六七八九十百\d]{1,3}[))]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.、.](?!\d)|第[一二三四五六七八九十\d]+[章节条]|附件|责任|\s{2})"
)
# cells of a row; one wide gap in a line with punctuation is a hole in its prose
CELLS = re.compile(r"\S\t|\t\S|\||\S {2,}\S.*\S {2,}\S|^[^,。;]*\S {2,}\S[^,。;]*$")
GAP = re.compile(r" (?<=\S ) +(?=\S)")
PAGE_NUMBER = re.compile(
    r"\s*(?:[—–·•-]{1,2}\s*\d{1,4}\s*[—–·•-]{1,2}|第\s*\d{1,4}\s*页(?:[,/ ]*共\s*\d{1,4}\s*页)?|[Pp]age\s\d{1,4}(?:\sof\s\d{1,4})?)\s*"
)
NARROW = re.compile("[\0-⺀]+")
NUMBER_TAIL = re.compile(r"[\d.]\s*$|(?<=\d)[万亿千百十]\s*$")
# a figure that a line break parts: what its line ends with, and what the next line goes on with
FIGURE_PARTS = (
    (re.compile(r"(?:[㐀-鿿:(≥>约]|\) ?)\d{1,7}\.$"), re.compile(rf"\s*\d{{1,4}}(?:\s?{UNIT}|\s+\d)")),
    (re.compile(r"[㐀-鿿:(≥>约]\d{1,7}$"), re.compile(rf"\s*\.\d{{1,4}}\s?{UNIT}")),
    (re.compile(r"[㐀-鿿:(≥>约]\d[\d.,]{0,11}[十百千万亿多余]{0,3}$"), re.compile(rf"\s*{UNIT}")),
    (re.compile(r"^\s*\d[\d.,]{0,11}[百千]?[万亿]$"), re.compile(rf"\s*{UNIT}")),
    (re.compile(r"[㐀-鿿]{4}\d{1,3}$"), re.compile(rf"\s*\d{{2,3}}(?:\.\d{{1,2}})?[多余]?{UNIT}")),
    (
        re.compile(r"[㐀-鿿]\d[\d.,]{0,11}[万亿]?[个元吨克]/?$"),
        re.compile(r"\s*(?:百分点|平方米|立方米|万元|人|亩|吨|千瓦时)"),
    ),
    (re.compile(r"[百千万]分之$"), re.compile(r"\s*[一二三四五六七八九十百零\d]")),
    (re.compile(r"\d{4}年$|\d{1,2}月$"), re.compile(r"\s*\d{1,2}[月日]")),
    (re.compile(r"[㐀-鿿]第$"), re.compile(r"\s*\d{1,3}[位名届次]")),
    (re.compile(r"[增长降幅度为比][-]$"), re.compile(r"\s*\d{1,3}(?:\.\d{1,2})?[%‰]")),
)
NO_FIGURE = re.compile(r"^\s*(?:附件|附表|附图|专栏|表|图|第)\s?\d{1,3}$|\d{4}$(?<=(?:19|20)\d\d)")
FIGURE_TAILS = frozenset("0123456789.十百千万亿多余个元吨克/之第-年月")
RUNNING_HEAD = re.compile(r"\s*[㐀-鿿]{4,24}\s*")
UNIT_HEAD = re.compile(r"\s*(?:[年月日个家户项件人次%‰倍元吨亩公平千万亿美])")


def broken_lines(folded: str) -> Iterator[tuple[int, int]]:
    """Find the line breaks that a fixed page width put inside a sentence or a number.

    A break is inside when its line ends in no sentence and is as wide as at least two of its neighbours that end in none
    either and the paragraph does end in one below; page numbers between two lines go with the break; or when it parts a number from its unit, or follows a comma.
    """
    starts, texts, start = [], [], 0
    for line in folded.split("\n"):
        if not PAGE_NUMBER.fullmatch(line):
            starts.append(start)
            texts.append(line.rstrip())
        start += len(line) + 1
    celled = [has_cells(text) for text in texts]
    opens = [
        bool(text) and (text[-1] not in SENTENCE_END or is_decimal(text)) and not cells
        for text, cells in zip(texts, celled, strict=True)
    ]
    widths = [width_of(text[:200]) if is_open else 0.0 for text, is_open in zip(texts, opens, strict=True)]
    for index in range(len(texts) - 1):
        following = texts[index + 1]
        last = index + parts_a_figure(texts, index)
        if last > index:
            indent = len(texts[last]) - len(texts[last].lstrip())
            yield starts[index] + len(texts[index]), starts[last] + indent
            continue
        if not opens[index] or not following or celled[index + 1] or LIST_MARK.match(following):
            continue
        if (
            texts[index][-1] in ",、"
            or (widths[index] >= 12 and UNIT_HEAD.match(following) and NUMBER_TAIL.search(texts[index]))
            or is_wrapped(index, texts, widths, opens)
        ):
            indent = len(following) - len(following.lstrip())
            yield starts[index] + len(texts[index]), starts[index + 1] + indent


def parts_a_figure(texts: list[str], index: int) -> int:
    """How many lines further a figure goes on that is cut at the end of this one; 0 where none is.

    A running head may stand between: its line holds no figure and no mark.
    """
    line, following = texts[index], texts[index + 1]
    if not line or line[-1] not in FIGURE_TAILS or NO_FIGURE.search(line):
        return 0
    if not following and line[-1] == "." and index + 2 < len(texts):  # a page's end
        return 2 if FIGURE_PARTS[0][0].search(line) and FIGURE_PARTS[0][1].match(texts[index + 2]) else 0
    beyond = texts[index + 2] if index + 2 < len(texts) else ""
    for tail, head in FIGURE_PARTS:
        if tail.search(line):
            if head.match(following):
                return 1
            if beyond and RUNNING_HEAD.fullmatch(following) and head.match(beyond):
                return 2
    return 0


def width_of(text: str) -> float:
    """Count a Latin character as half a Chinese one."""
    return (len(text) + len(NARROW.sub("", text))) / 2


def is_decimal(text: str) -> bool:
    """Tell «…增长3.» from the end of a sentence."""
    return text[-1] == "." and text[-2:-1].isdecimal()


def has_cells(text: str) -> bool:
    gap = "\t" in text or ("  " in text and GAP.search(text))
    return "|" in text or bool(gap and CELLS.search(text))


def is_wrapped(index: int, texts: list[str], widths: list[float], opens: list[bool]) -> bool:
    width = widths[index]
    if not 18 <= width <= 60:
        return False
    near = range(max(0, index - 12), min(len(texts), index + 13))
    alike = sum(1 for other in near if opens[other] and abs(widths[other] - width) <= 2.5)
    ends_below = any("。" in text or text.endswith(("!", "?", "”")) for text in texts[index + 1 : index + 9])
    return alike >= 3 and ends_below
