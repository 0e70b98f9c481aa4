"""The year that a document stands in: what 今年, a bare month and «五年来» hang on."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from extractor.outline.head import Part
from extractor.outline.times.cues import says_when
from extractor.recognise import Hit
from extractor.text.sentences import Sentence
from schemas.document import Year

ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
AHEAD = re.compile(r"(?:主要|重点)?(?:工作)?(?:安排|打算|任务|目标|要点|计划)|(?:主要|重点)工作")
HEADING_YEAR = re.compile(r"((?:19|20)\d\d)年")
REPORT = re.compile(r"工作报告")
CAPTION = re.compile(
    r"(?:表\d*:?)?((?:19|20)\d\d)年[^,。;|]{2,24}(?:情况|统计表?|一览表?|指标|公报|数据)(?:表|\(.*\))?"
)
SUMMED_UP = re.compile(r"((?:19|20)\d\d)年度?(?:工作)?(?:总结|回顾)")  # «召开2017年度总结表彰大会» looks back on 2017
LEAD = 3  # so many sentences open a document and may name its year


class Anchor(NamedTuple):
    """What the times of a document hang on, as far as it is known.

    `now` is the year of 今年, `year` that of a bare month, `day` the day of publication or delivery, `closed` the last
    year that a review looks back on, `source` what told the year.
    """

    now: int | None = None
    year: int | None = None
    day: date | None = None
    closed: int | None = None
    source: Year | None = None


def anchor_of(part: Part, text: str, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> Anchor:
    """Read the year and the day of a document; `hits` and `sentences` are those of the part, in order."""
    told = document_year(part, text, hits, sentences)
    if told is None:
        return Anchor()
    said = part.delivered or part.published
    now = int(said[:4]) if said and not (part.year and part.year.source == "stated") else told.value
    if told.source == "lead" and SUMMED_UP.search(text, sentences[0].start, sentences[0].end):
        return Anchor(now + 1, told.value, None, told.value, told)
    return Anchor(now, told.value, whole_date(said) if said else None, closed_year(part, now, said), told)


def document_year(part: Part, text: str, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> Year | None:
    """The year of a document and what told it: its title, its date, the heading of its plan, its first sentences.

    A year that stands anywhere else is no guess to make: it may be that of a law, a base price or a plan far away.
    """
    if part.year is not None:
        return part.year
    if (year := title_year(part)) is not None:
        return Year(value=year, source="title")
    if said := part.delivered or part.published:
        return Year(value=int(said[:4]), source="published")
    if (year := planned_year(sentences) or captioned_year(text, sentences)) is not None:
        return Year(value=year, source="heading")
    if (year := lead_year(text, hits, sentences)) is not None:
        return Year(value=year, source="lead")
    return None


def title_year(part: Part) -> int | None:
    """«2023年国民经济和社会发展统计公报» is about 2023, whenever it was published; two years in a title say nothing."""
    years = {int(year) for year in ANY_YEAR.findall(part.title or "")}
    return years.pop() if len(years) == 1 else None


def planned_year(sentences: Sequence[Sentence]) -> int | None:
    """«三、2026年主要工作»: the plan of a document is for its own year."""
    for words in unique(words for sentence in sentences for words in sentence.heading):
        if (named := HEADING_YEAR.search(words)) and AHEAD.search(words, named.end()):
            return int(named.group(1))
    return None


def captioned_year(text: str, sentences: Sequence[Sentence]) -> int | None:
    """«2023年全区生产总值完成情况» above a table: the year of captions, where they agree."""
    years = set()
    for sentence in sentences:
        if len(sentence.clauses) == 1 and sentence.end - sentence.start <= 40:
            caption = CAPTION.fullmatch(text, sentence.start, sentence.end)
            years |= {int(caption.group(1))} if caption else set()
    return years.pop() if len(years) == 1 else None


def unique(words: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(words)


def lead_year(text: str, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> int | None:
    """The one year that the first sentences name as their time: no base, no limit, no plan, no name."""
    if not sentences:
        return None
    end = sentences[min(LEAD, len(sentences)) - 1].end
    if match := SUMMED_UP.search(text, sentences[0].start, sentences[0].end):
        return int(match.group(1))
    years = set()
    for hit in hits:
        if hit.clean_start >= end:
            break
        time = hit.time
        if time is None or time.first.year is None or time.plan or time.relation != "during" or hit.kind != "time":
            continue
        if time.first.year == time.last.year and says_when(text, hit, sentences[0].start, len(text)):
            years.add(time.first.year)
    return years.pop() if len(years) == 1 else None


def closed_year(part: Part, now: int, said: str | None) -> int:
    """The last year that «一年来» and «五年来» take in: reports are given in the first months of the next year."""
    month = int(said[5:7]) if said and len(said) >= 7 else None
    early = month <= 3 if month else bool(REPORT.search(part.title or ""))
    return now - 1 if early else now


def whole_date(published: str) -> date | None:
    """Give the day of «2024-05-06»; of «2024» or «2024-05» there is none."""
    try:
        return date.fromisoformat(published)
    except ValueError:
        return None
