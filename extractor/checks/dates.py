"""Every date exists, and no time ends before it starts."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from extractor.checks.material import Material, Record
from extractor.text.scanning import Near, each_of
from schemas.base import Quote, Span
from schemas.deadline import Deadline
from schemas.finding import Finding
from schemas.goal import Goal
from schemas.metric import Metric

# each pattern opens with a character that it takes, and looks behind from there: so `re` jumps to the next such character
CJK = "〇零一二三四五六七八九十廿卅"
DAY = Near(
    rf"(?<!农历)(?<![\d{CJK}.-])(?:(?P<year>\d{{4}}|[〇零一二三四五六七八九○]{{4}})年)?(?P<month>\d{{1,2}}|[{CJK}]{{1,3}})月(?P<day>\d{{1,3}}|[{CJK}]{{1,4}})[日号]",
    rf"月(?<=[\d{CJK}]月)(?=[\d{CJK}]{{1,4}}[日号])",
    8,
)
MONTH = Near(r"(?P<month>\d(?<![\d.]\d)\d?)月(?![\d龄薪嫂饼])", r"月(?<=\d月)", 2)
NUMERIC = Near(
    r"(?P<year>(?:19|20)(?<![\d./-]..)\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d./-])",
    each_of("-./", r"(?<=\d{4}.)(?=\d)"),
    4,
)
HOUR = re.compile(
    r"(?:日|号|上午|下午|晚上?|凌晨|时间)\s*(?P<hour>\d{1,2})(?:时(?!间|段|候)|点(?!\d|多)|[::](?P<minute>\d{2})(?!\d))(?:(?P<minutes>\d{1,2})分)?"
)
CLOCK = Near(r"(?:19|20)\d\d-\d\d-\d\d (?P<hour>\d{1,2}):(?P<minute>\d{2})", r":(?<=\d:)(?=\d\d)", 13)
QUARTER = Near(rf"[第五六七八九5-9](?<![\d{CJK}个近前过连续].)(?:(?<!第)|(?<=第)[五六七八九5-9])季度", "季度", 2)
BACKWARDS = re.compile(r"(?P<from>(?:19|20)(?<!\d..)\d\d)年?\s*(?:[-—–~至]{1,2})\s*(?P<to>(?:19|20)\d\d)年")
DIGITS = {char: index for index, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def dates_in_the_text_exist(material: Material) -> Iterator[Finding]:
    for start, end in sorted(impossible_places(material)):
        yield Finding(
            code="date-impossible",
            severity="error",
            message=f"«{material.text[start:end]}» is no time that exists.",
            spans=(material.span(start, end),),
        )


def dates_of_the_records_exist(material: Material) -> Iterator[Finding]:
    """A time that the text itself has wrong is told once, at its place, not once more a record."""
    told = [(span.start, span.end) for span in (material.span(*place) for place in impossible_places(material))]
    for record in material.records:
        quoted = [(part.start, part.end) for part in record.evidence]
        for period, place in times_of(record):
            if fault := fault_of(*period):
                around = [*quoted, (place.start, place.end)]
                if any(start < stop and begin < end for start, end in told for begin, stop in around):
                    continue
                yield Finding(
                    code="date-impossible",
                    severity="error",
                    message=f"The record's time for «{place.quote}» {fault}.",
                    records=(record.id,),
                    spans=(span_in(place, material),) if place.start < len(material.raw) else (),
                )


def impossible_places(material: Material) -> Iterator[tuple[int, int]]:
    """Give each impossible time once, the widest reading first."""
    taken: list[tuple[int, int]] = []
    for start, end in (*written_places(material.text), *recognised_places(material)):
        if not any(start < stop and begin < end for begin, stop in taken):
            taken.append((start, end))
            yield start, end


def written_places(text: str) -> Iterator[tuple[int, int]]:
    for match in (*DAY.finditer(text), *NUMERIC.finditer(text)):
        if not exists(number(match["year"]), number(match["month"]), number(match["day"])):
            yield match.span()
    for match in MONTH.finditer(text):
        if not 1 <= int(match["month"]) <= 12:
            yield match.span()
    for match in HOUR.finditer(text):
        if int(match["hour"]) > 24 or int(match["minute"] or match["minutes"] or 0) > 59:
            yield match.span()
    for match in CLOCK.finditer(text):
        if int(match["hour"]) > 24 or int(match["minute"]) > 59:
            yield match.span()
    yield from (match.span() for match in QUARTER.finditer(text))
    yield from (match.span() for match in BACKWARDS.finditer(text) if match["from"] > match["to"])


def number(written: str | None) -> int | None:
    """Read «2024», «二〇二四», «十一» or «三十»."""
    if written is None:
        return None
    if written.isdecimal():
        return int(written)
    written = written.replace("廿", "二十").replace("卅", "三十")
    if "十" not in written:
        return int("".join(str(DIGITS.get(char, 0)) for char in written))
    tens, _, ones = written.partition("十")
    return (DIGITS.get(tens, 1) if tens else 1) * 10 + DIGITS.get(ones, 0)


def exists(year: int | None, month: int | None, day: int | None) -> bool:
    """Look a day up in the calendar; without its year it may be the 29th of February."""
    if month is None or day is None or not 1 <= month <= 12:
        return False
    return 1 <= day <= monthrange(year if year and 1 <= year <= 9999 else 2024, month)[1]


def times_of(record: Record) -> Iterator[tuple[tuple[str | None, str | None], Quote]]:
    match record:
        case Deadline():
            yield (record.start, record.end), record.text
        case Metric() | Goal():
            if (period := record.period) and record.evidence:
                place = record.figure if isinstance(record, Metric) else record.evidence[0]
                yield (period.start, period.end), place


def fault_of(start: str | None, end: str | None) -> str | None:
    for day in (start, end):
        if day is not None and not is_date(day):
            return f"is {day}, which does not exist"
    if start and end and start > end:
        return f"ends on {end}, before it starts on {start}"
    return None


@lru_cache(maxsize=256)
def is_date(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def span_in(place: Quote, material: Material) -> Span:
    return Span(start=place.start, end=min(place.end, len(material.raw)))


def recognised_places(material: Material) -> Iterator[tuple[int, int]]:
    for hit in material.index.hits:
        time = hit.time
        if time and time.explicit and (time.first.month or time.last.month) and time.resolve(None).impossible:
            yield hit.clean_start, hit.clean_end
