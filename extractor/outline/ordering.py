"""Which hits stand in which stretch of a text. All of them come in the order of the text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from extractor.recognise import Hit
from extractor.text.sentences import Sentence


def hits_between(hits: Sequence[Hit], start: int, end: int) -> list[int]:
    first = bisect_left(hits, start, key=lambda hit: hit.clean_start)
    return list(range(first, bisect_left(hits, end, key=lambda hit: hit.clean_start)))


def hits_by_sentence(hits: Sequence[Hit], sentences: Sequence[Sentence]) -> dict[int, list[int]]:
    """Sort hits by the sentences that they start in, by number. Both come in the order of the text."""
    found: dict[int, list[int]] = {}
    if not sentences:
        return found
    first = bisect_left(hits, sentences[0].start, key=lambda hit: hit.clean_start)
    last = bisect_left(hits, sentences[-1].end, key=lambda hit: hit.clean_start)
    remaining = iter(sentences)
    sentence = next(remaining)
    for index in range(first, last):
        start = hits[index].clean_start
        while sentence.end <= start:
            sentence = next(remaining)  # there is one: the last ends behind the last hit
        if sentence.start <= start:
            found.setdefault(sentence.number, []).append(index)
    return found


def one_sentence_a_line(sentences: Sequence[Sentence]) -> bool:
    """Some sites break the line behind every sentence; then the section is the paragraph."""
    lines = Counter(sentence.line for sentence in sentences)
    return len(lines) >= 8 and sum(count == 1 for count in lines.values()) / len(lines) > 0.7
