"""The numbers of a table's rows, where its cells stand one a line or all in one: bare numbers that count 1, 2, 3 …"""

from collections.abc import Iterator

from extractor.analysis import Analysis, label
from extractor.engines.offline.roles import Told
from extractor.outline.chunks import Chunk

ROW = Told("ordinal", "行号")
LEAST = 3  # shorter runs may be values


def row_numbers(analysis: Analysis, chunk: Chunk, taken: set[int]) -> Iterator[tuple[Told, list[str]]]:
    """Runs of bare whole numbers from 1 on, each at the start of a line or behind a blank and before a word."""
    run: list[int] = []
    for index in chunk.hits:
        if index in taken or not is_bare(analysis, index):
            continue
        value = analysis.hits[index].value
        if value == len(run) + 1:
            run.append(index)
        elif value == 1:
            yield from told(analysis, run)
            run = [index]
    yield from told(analysis, run)


def is_bare(analysis: Analysis, index: int) -> bool:
    hit, text = analysis.hits[index], analysis.view.text
    if hit.role is not None or hit.unit or hit.value is None or not hit.text.isdecimal():
        return False
    before, after = text[hit.clean_start - 1 : hit.clean_start], text[hit.clean_end : hit.clean_end + 2]
    return before in ("", " ", "\n", "|", "\t") and (
        after[:1] == "\n" or (after[:1] in (" ", "|", "\t") and is_word(after[1:]))
    )


def is_word(character: str) -> bool:
    return "一" <= character <= "鿿" or character in " |"


def told(analysis: Analysis, run: list[int]) -> Iterator[tuple[Told, list[str]]]:
    if len(run) >= LEAST:
        yield ROW, [label(index, analysis.hits[index]) for index in run]
