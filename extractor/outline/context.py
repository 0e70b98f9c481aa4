"""Which year a time expression hangs on when it names none: «全年», «10月底前», «一季度»."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extractor.outline.head import Part
from extractor.recognise import Hit, Interval, TimeExpression
from extractor.text.sentences import Sentence

YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SHIFTED = "本这上下"  # 本月底, 下季度; not the bare day of «15日»
COMPARED = re.compile(r"[较比于同自从]$")


class Anchor(NamedTuple):
    """What the bare times of a part hang on: the year of «10月底», the whole date of «本月底», where they are known."""

    year: int | None = None
    day: date | None = None


def resolve_times(
    hits: Sequence[Hit],
    text: str,
    sentences: Sequence[Sentence],
    years: Sequence[tuple[int | None, Anchor]],
) -> tuple[Interval | None, ...]:
    """Give each hit's interval, `None` for hits that are no times.

    A bare time hangs on, in this order: an explicit year before it in its sentence, the year that opens its paragraph,
    the year in the headings above it, the year of publication, the year that its segment names most often.
    «去年11月» tells an event and opens nothing. 今年, 去年 hang on the publication, else on the latest year that the head of the segment names.
    本月底, 上季度 hang on the day of publication, where all of it is known.
    """
    intervals: list[Interval | None] = [None] * len(hits)
    by_sentence = hits_by_sentence(hits, sentences)
    loose_lines = one_sentence_a_line(sentences)
    topic: int | None = None
    topic_key: object = None
    for sentence in sentences:
        published, anchor = years[sentence.segment]
        key = (sentence.segment, sentence.heading) if loose_lines else sentence.line
        if key != topic_key:
            topic, topic_key = None, key
        inside = by_sentence.get(sentence.number)
        if not inside:
            continue
        heading = heading_year(sentence.heading)
        spoken: int | None = None
        month_named = recurs = False
        for index in inside:
            hit = hits[index]
            time = hit.time
            if time is None:
                continue
            if time.needs_date:
                of_this_month = is_of_this_month(hit, time, month_named) and not recurs
                intervals[index] = time.resolve(anchor.day if of_this_month else None)
                continue
            recurs = recurs or (time.recurring and time.precision != "year")  # 每月5日前报上月情况: of each month
            reference = published if time.relative else (spoken or topic or heading or anchor.year)
            intervals[index] = interval = time.resolve(reference)
            month_named = month_named or time.precision in ("quarter", "month", "day")
            year = named_year(text, hit, interval)
            if year is not None:
                event = time.relative and time.precision in ("month", "day")
                spoken = spoken if event else year
                if hit.clean_outer_start - sentence.start <= 12 and not event:
                    topic = year
    return tuple(
        hit.time.resolve(None) if hit.time and interval is None else interval
        for hit, interval in zip(hits, intervals, strict=True)
    )


@lru_cache(maxsize=64)
def heading_year(headings: tuple[str, ...]) -> int | None:
    """The year that the innermost heading names; the same for all sentences of a section, which follow each other."""
    return next((int(m.group()) for words in reversed(headings) if (m := YEAR.search(words))), None)


def is_of_this_month(hit: Hit, time: TimeExpression, month_named: bool) -> bool:
    """Whether a time that needs a month hangs on that of the publication.

    A bare day of news lies before it, of a plan behind it; «3个月内» mostly counts from an event («自受理之日起»); 当月
    leans on a month that the text names, and so does 月底 where one stands before it. These stay open.
    """
    if hit.kind != "time" or hit.text[0] in "当次":
        return False
    if time.leaning:
        return not month_named
    return hit.text[0] in SHIFTED


def named_year(text: str, hit: Hit, interval: Interval) -> int | None:
    """The year that a hit sets for what follows: only one that is itself the subject («2023年,», «去年»), no baseline, no limit."""
    time = hit.time
    if time is None or time.recurring or time.relation != "during" or interval.start is None or interval.end is None:
        return None
    if not (time.explicit or time.relative) or interval.start[:4] != interval.end[:4] or hit.kind != "time":
        return None
    if COMPARED.search(text[max(0, hit.clean_outer_start - 1) : hit.clean_outer_start]):
        return None
    return int(interval.end[:4])


def years_of(text: str, hits: Sequence[Hit], parts: Sequence[Part]) -> tuple[tuple[int | None, Anchor], ...]:
    """Give `segment_years` of every part."""
    return tuple(
        segment_years(text, part, [hits[i] for i in hits_between(hits, part.start, part.end)]) for part in parts
    )


def segment_years(text: str, part: Part, hits: Sequence[Hit]) -> tuple[int | None, Anchor]:
    """The year that 今年 means, and what a bare month or quarter, and 本月, hang on."""
    named = [int(match.group()) for match in YEAR.finditer(text, part.start, part.end)]
    own = title_year(part)
    if part.published:
        published = int(part.published[:4])
        return published, Anchor(own or published, whole_date(part.published))
    if not named:
        explicit = [hit.time.year for hit in hits if hit.time and hit.time.year]
        named = [year for year in explicit if year]
    head = [int(match.group()) for match in YEAR.finditer(text, part.start, min(part.end, part.start + 200))]
    usual = Counter(named).most_common(1)[0][0] if named else None
    latest = max(head) if head else usual
    return own or latest, Anchor(own or usual)


def whole_date(published: str) -> date | None:
    """Give the day of «2024-05-06»; of «2024» or «2024-05» there is none."""
    try:
        return date.fromisoformat(published)
    except ValueError:
        return None


def title_year(part: Part) -> int | None:
    """«2023年国民经济和社会发展统计公报» is about 2023, whenever it was published; two years in a title say nothing."""
    years = {int(year) for year in ANY_YEAR.findall(part.title or "")}
    return years.pop() if len(years) == 1 else None


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
