"""One field in one cell: what is shown there, and what a cell says, whoever saved the file and however it was typed."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import blake2s
from math import isfinite
from typing import Any

from extractor.review.fields import Field, read_number, shown_value
from extractor.review.keys import Portable, key_at
from schemas.base import Span, as_json_number

LONGEST = 32_767  # UTF-16 units in a cell
CUT = "…[cut]"
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no way to say them
CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # a spreadsheet reads _x0041_ as A
BREAK = re.compile(r"\r\n?")
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four are full width
WORDS = re.compile(r"«[^»]*»")
FIGURE = re.compile(r"\s*(figure-\d+-\d+(?:-\d+)?)\s*(?:«[^»]*»)?\s*(?:\|(.*))?")
MILESTONE = re.compile(r"(.*?)\s*\|\s*(deadline-\d+-\d+(?:-\d+)?)\s*(?:«[^»]*»)?")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
DIGITS = 15  # what a spreadsheet keeps of a number
MOST_WORDS = 40

Shown = str | int | float | None


def fit(text: str) -> str:
    """The text as a cell can hold it."""
    told = CODE.sub("_x005F_", BREAK.sub("\n", UNFIT.sub("\ufffd", text)))
    if len(told) <= LONGEST // 2 or len(told.encode("utf-16-le")) <= 2 * LONGEST:
        return told
    return told.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def unescaped(text: str) -> str:
    return text.replace("_x005F_x", "_x") if "_x005F_x" in text else text


def is_cut(cell: Any) -> bool:
    return isinstance(cell, str) and cell.endswith(CUT)


def is_active(text: str) -> bool:
    """Whether a spreadsheet would take it for a formula, were it typed."""
    return text.startswith(ACTIVE)


def shown(field: Field, record: Portable, words: Mapping[str, str]) -> Shown:
    """A field as its cell shows it. `words` says of each key what it stands for: references are named, not only pointed at."""
    value = shown_value(record, field.name)
    if value is None or value == []:
        return None
    match field.shape:
        case "number":
            return value if len(str(value).strip("-0.").replace(".", "")) <= DIGITS else str(value)
        case "record":
            told = named(value, words)
        case "records":
            told = "\n".join(named(key, words) for key in value)
        case "figure":
            told = quantity(value)
        case "figures":
            told = "\n".join(f"{quantity(item)} | {flat(item['of'])}" for item in value)
        case "milestones":
            told = "\n".join(milestone(item, words) for item in value)
        case _:
            told = str(value)
    return fit(told) or None


def named(key: str, words: Mapping[str, str]) -> str:
    return f"{key} «{words[key]}»" if key in words else key


def milestone(item: Mapping[str, Any], words: Mapping[str, str]) -> str:
    return flat(item["text"]) + (f" | {named(item['deadline'], words)}" if item["deadline"] else "")


def quantity(value: Mapping[str, Any]) -> str:
    figure = value["figure"]
    return f"{key_at('figure', (Span(start=figure['start'], end=figure['end']),))} «{words_of(figure['quote'])}»"


def words_of(text: str) -> str:
    """So short, and without what parts the words of a reference from its key."""
    told = flat(text).translate({ord("«"): "‹", ord("»"): "›", ord("|"): "¦"})
    return told if len(told) <= MOST_WORDS else told[: MOST_WORDS - 1] + "…"


def flat(text: str) -> str:
    return " ".join(text.split())


def plain(field: Field, cell: Any) -> str:
    """What a cell says, as it would be typed into the form: two cells that say the same are the same text.

    `ValueError` says why it can be no value of the field.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool | time) or not isinstance(cell, str | int | float | date):
        raise ValueError("text, a number or a date is needed")  # noqa: TRY004  # the reviewer's mistake, not ours
    if isinstance(cell, date):
        cell = day(field, cell)
    return PLAIN[field.shape](unescaped(cell) if isinstance(cell, str) else cell)


def day(field: Field, cell: date) -> str:
    """A spreadsheet turns 2024-01-31 into a day of its own; datetime is its type for it."""
    if field.shape == "number":
        raise ValueError("a number is needed, this is a date")
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise ValueError("a day is needed, without a time")
        cell = cell.date()
    return cell.isoformat()


def plain_text(cell: str | float) -> str:
    """A number as it would be typed: 5, not 5.0."""
    if isinstance(cell, str):
        return flat(cell)
    return str(as_json_number(Decimal(str(cell)))) if isfinite(cell) else str(cell)


def plain_number(cell: str | float) -> str:
    try:
        return str(read_number(NUMBER, cell)) if cell != "" else ""
    except ValueError:
        return flat(str(cell))


NUMBER = Field("value", "number")


def plain_date(cell: str | float) -> str:
    told = flat(str(cell))
    found = DAY.fullmatch(told)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else told


def plain_keys(cell: str | float) -> str:
    return flat(re.sub("[,\uff0c、;\uff1b]", " ", WORDS.sub(" ", str(cell))))


def plain_figure(cell: str | float) -> str:
    found = FIGURE.fullmatch(str(cell))
    return found[1] if found else flat(str(cell))


def plain_figures(cell: str | float) -> str:
    lines = (line for line in str(cell).splitlines() if line.strip())
    found = [(FIGURE.fullmatch(line), line) for line in lines]
    return "\n".join(f"{match[1]}|{flat(match[2] or '')}" if match else flat(line) for match, line in found)


def plain_milestones(cell: str | float) -> str:
    lines = (flat(line) for line in str(cell).splitlines() if line.strip())
    found = [(MILESTONE.fullmatch(line), line) for line in lines]
    return "\n".join(f"{match[1]} | {match[2]}" if match else line for match, line in found)


PLAIN: Mapping[str, Callable[[str | float], str]] = {
    "text": plain_text,
    "number": plain_number,
    "choice": plain_text,
    "date": plain_date,
    "record": plain_keys,
    "records": plain_keys,
    "figure": plain_figure,
    "figures": plain_figures,
    "milestones": plain_milestones,
}


def state(plains: Iterable[str]) -> str:
    """A digest of all fields of a row, in their order. With a letter in front no spreadsheet takes it for a number."""
    return "s" + blake2s("\x1f".join(plains).encode("utf8", "replace"), digest_size=6).hexdigest()
