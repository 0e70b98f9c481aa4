"""When two names, two actors or two times are the same thing. In doubt they are not."""

import re
from calendar import monthrange

from extractor.review.panels.standing import Standing
from schemas.base import Period
from schemas.metric import Metric

# «全区» is the actor's own figure where the actor is a 区, and somebody else's where it is a 县
WHOLE = re.compile(r"^(?:全|我|本)(?P<place>省|市|县|区|州|盟|旗|镇|乡|街道)(?=.{2})")
OFFICE = re.compile(r"(?:人民政府|政府|管理委员会|管委会)$")
NO_WORD = re.compile(r"[^\w.%/+-]+")

ZONE = re.compile(
    r"国家级?|省级|市级|自主创新|高新(?:技术)?|经济|经开|技术|产业|开发|示范|综合|保税|自贸|工业|科技|园|新$|集聚|商务$"
)
PLACE = re.compile(
    r"^(?!全|我|本|该|各|某|今年|明年)(?P<name>[㐀-鿿]{2,}?)(?P<kind>自治县|自治州|省|市|县|区|州|盟|旗|镇|乡|街道)"
)
LOCAL = ("区", "镇", "乡", "街道")
"""Kinds of places whose names are borne in several cities; a zone, which names its city, is none."""


def folded_name(metric: Metric) -> str:
    """The name without punctuation and without the actor's own place before it."""
    name = NO_WORD.sub("", metric.name).casefold().replace("规模以上", "规上")
    actor = folded_actor(metric.actor or "")
    if actor and name.startswith(actor) and len(name) >= len(actor) + 2:
        name = name.removeprefix(actor)
    whole = WHOLE.match(name)
    return name[whole.end() :] if whole and actor.endswith(whole["place"]) else name


def folded_actor(actor: str) -> str:
    """A government or a zone's committee acts for its place."""
    return OFFICE.sub("", NO_WORD.sub("", actor))


def scope(one: Standing, actor: str | None, segment: str) -> tuple[str | None, ...]:
    """Whose figure it is: of a place that its name alone tells, wherever it is met; of «高新区» or «招商局», in its segment only."""
    folded = folded_actor(actor or "")
    place = PLACE.match(folded)
    if place is None or len(ZONE.sub("", place["name"])) < 2:
        return (folded, one.document, segment)
    if place["kind"] in LOCAL and not ZONE.search(place["name"]):
        return (folded, one.publisher or one.document)
    return (folded,)


def closed(period: Period | None) -> tuple[str, str] | None:
    """Both ends; the last day of a year is its year, as a figure «到年底» is the year's. An open period is none."""
    if period is None or period.start is None or period.end is None:
        return None
    if period.start == period.end and period.end.endswith("-12-31"):
        return f"{period.end[:4]}-01-01", period.end
    return period.start, period.end


def year_before(span: tuple[str, str]) -> tuple[str, str]:
    """The same part of the year before: «2024-01/2024-06» is «2023-01/2023-06»."""
    return day_a_year_before(span[0]), day_a_year_before(span[1])


def day_a_year_before(day: str) -> str:
    """The end of February stays the end of February."""
    year, month = int(day[:4]) - 1, day[5:7]
    last = monthrange(max(year, 1), 2)[1]
    return f"{year:04}-02-{last}" if month == "02" and day[8:] in ("28", "29") else f"{year:04}{day[4:]}"


def within_a_year(span: tuple[str, str]) -> bool:
    return span[0][:4] == span[1][:4]


def is_so_far(part: tuple[str, str], whole: tuple[str, str]) -> bool:
    """Counted from the same beginning, or as of one day, and not to the end yet: «1—9月» of its year."""
    begins = part[0] == whole[0] or (part[0] == part[1] and whole[0] < part[0])
    return within_a_year(whole) and begins and part[1] < whole[1]
