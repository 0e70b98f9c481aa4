"""What drafts say of the heads of segments is taken over where the text holds it, before any time is resolved."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.analysis import Analysis
from extractor.engines import Drafted
from extractor.outline import Part, with_parts
from extractor.outline.chunks import Chunk
from extractor.outline.names.actors import region_of_actor
from extractor.outline.ordering import hits_between
from extractor.outline.titles import ANY_DATE, iso
from extractor.recognise import Interval, TimeExpression
from extractor.text.cleaning import clean
from extractor.text.lines import blanked
from schemas.document import Year
from schemas.draft import HeadDraft
from schemas.vocabulary import YearFrom

YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"(?<!\d)(\d{1,2})月(?:(\d{1,2})日)?")
BLANK = re.compile(r"\s+")
GAP = "[一-鿿]{0,7}?"  # 技术产业开发 may be left out
FIELDS = ("title", "actor", "issuer", "published", "delivered", "year")
LONGEST_TITLE, LONGEST_SHORT_NAME = 120, 24
LEAD = 200  # characters of a segment that are its head

Said = Mapping[str, str | int]  # by field


def with_heads(analysis: Analysis, drafted: Sequence[Drafted]) -> Analysis:
    """The analysis under the heads that the drafts give; what the text does not hold is not taken."""
    parts = tuple(
        corrected(analysis, number, part, said_of(analysis, number, drafted))
        for number, part in enumerate(analysis.outline.parts)
    )
    if parts == analysis.outline.parts:
        return analysis
    return replace(analysis, outline=with_parts(analysis.outline, analysis.view, analysis.hits, parts))


def said_of(analysis: Analysis, number: int, drafted: Sequence[Drafted]) -> Said:
    """Of several words on a field that of the chunk with the segment's first sentence, else the one heard most often."""
    words = grounds(analysis, number)
    heard: dict[str, list[str | int]] = {}
    first: dict[str, str | int] = {}
    for item, head in heads_of(analysis, number, drafted):
        opens = holds_opening(analysis, number, item.chunk)
        for field in FIELDS:
            told = getattr(head, field)
            if told is None or not stands(analysis, number, field, told, words):
                continue
            heard.setdefault(field, []).append(told)
            if opens:
                first.setdefault(field, told)
    return {field: first.get(field, Counter(told).most_common(1)[0][0]) for field, told in heard.items()}


def heads_of(analysis: Analysis, number: int, drafted: Sequence[Drafted]) -> Iterator[tuple[Drafted, HeadDraft]]:
    for item in drafted:
        if any(sentence.segment == number for sentence in item.chunk.sentences):
            for head in item.draft.segments:
                if head.segment == analysis.segment_id(number):
                    yield item, head


def holds_opening(analysis: Analysis, number: int, chunk: Chunk) -> bool:
    sentences = analysis.outline.sentences
    return any(
        sentence.segment == number and (not sentence.number or sentences[sentence.number - 1].segment != number)
        for sentence in chunk.sentences
    )


def reach(analysis: Analysis, number: int) -> tuple[int, int]:
    """The segment with the page around it, up to its neighbours: title and date may stand there."""
    parts = analysis.outline.parts
    above = parts[number - 1].end if number else 0
    below = parts[number + 1].start if number + 1 < len(parts) else len(analysis.view.text)
    return above, below


def grounds(analysis: Analysis, number: int) -> str:
    """What speaks to a model is no ground for anything."""
    return blanked(analysis.view.text, analysis.outline.instructions)[slice(*reach(analysis, number))]


def stands(analysis: Analysis, number: int, field: str, told: str | int, words: str) -> bool:
    match field, told:
        case "title", str():
            flat = BLANK.sub("", clean(told).text)
            return 0 < len(flat) <= LONGEST_TITLE and flat in BLANK.sub("", words)
        case (("actor" | "issuer"), str()):
            return holds(words, clean(told).text)
        case (("published" | "delivered"), str()):
            return is_dated(words, told) or told in days_of(analysis, number)
        case "year", int():
            return is_year_of(analysis, number, told, words)
    return False


def holds(text: str, name: str) -> bool:
    """A short name need not stand in one piece: its halves («临江高新区»), or its characters within a longer name («临江经济技术开发区» for 临江经开区)."""
    if len(name) < 2:
        return False
    if name in text:
        return True
    if len(name) > LONGEST_SHORT_NAME or name[:2] not in text:
        return False
    return name[-2:] in text or bool(re.search(GAP.join([re.escape(name[:2]), *map(re.escape, name[2:])]), text))


def is_dated(text: str, published: str) -> bool:
    """The date, or as much of it as is told, stands in the text; its day may stand apart from its year («3月5日»)."""
    days = {iso(*match.groups()) for match in ANY_DATE.finditer(text)} | set(YEAR.findall(text))
    if any(day is not None and day.startswith(published) for day in days):
        return True
    year, _, rest = published.partition("-")
    if not rest or year not in days:
        return False
    return any(f"{int(month):02}-{int(day or 0):02}".startswith(rest) for month, day in DAY.findall(text))


def times_of(analysis: Analysis, number: int) -> Iterator[tuple[TimeExpression, Interval | None]]:
    start, end = reach(analysis, number)
    for index in hits_between(analysis.hits, start, end):
        hit = analysis.hits[index]
        if hit.time and not any(left <= hit.clean_start < right for left, right in analysis.outline.instructions):
            yield hit.time, analysis.interval(index)


def days_of(analysis: Analysis, number: int) -> set[str]:
    """The days that the recogniser reads in the segment, in whatever writing («二〇二四年三月五日»)."""
    found = (interval for time, interval in times_of(analysis, number) if time.explicit and interval)
    return {day.start for day in found if day.start and day.start == day.end}


def is_year_of(analysis: Analysis, number: int, year: int, words: str) -> bool:
    """The text names it, or a year that it follows from: that of 去年 or 明年."""
    part = analysis.outline.parts[number]
    named = {int(text) for text in YEAR.findall(words)}
    named |= {time.year for time, _ in times_of(analysis, number) if time.year}
    named |= {int(text[:4]) for text in (part.published, part.delivered) if text}
    return (
        year in named
        or (year - 1 in named and bool(re.search("去年|上年", words)))
        or (year + 1 in named and bool(re.search("明年|下年", words)))
    )


def corrected(analysis: Analysis, number: int, part: Part, said: Said) -> Part:
    told = {field: value for field, value in said.items() if field != "year"}
    changed: dict[str, Any] = {field: text for field, text in told.items() if differs(getattr(part, field), text)}
    if "actor" in changed:
        changed["region"] = region_of_actor(changed["actor"])
    year = said.get("year")
    if isinstance(year, int) and year != analysis.outline.this_year[number]:
        changed["year"] = Year(value=year, source=source_of(analysis, replace(part, **changed), year))
    elif "published" in changed and part.year and part.year.source == "published":
        changed["year"] = None
    return replace(part, **changed) if changed else part


def differs(known: str | None, told: str | int) -> bool:
    """A name with other blanks is the same name."""
    return known is None or BLANK.sub("", known) != BLANK.sub("", clean(str(told)).text)


def source_of(analysis: Analysis, part: Part, year: int) -> YearFrom:
    if str(year) in (part.title or ""):
        return "title"
    if (part.published or "").startswith(str(year)):
        return "published"
    return "lead" if str(year) in analysis.view.text[part.start : part.start + LEAD] else "stated"
