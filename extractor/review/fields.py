"""What a reviewer may change in each kind of record, and how what was typed becomes a value of the contract."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args
from unicodedata import category

from extractor.review.keys import Portable
from schemas import vocabulary
from schemas.base import as_json_number

Shape = Literal["text", "number", "choice", "date", "record", "records", "figure", "figures", "milestones"]

ROLES = ("qualifier", "context", "slogan", "identifier", "ordinal", "time", "repeat", "boilerplate", "unexplained")
ROLES_BY_KEY = ROLES[:6]  # the keys 1 to 6; the others are chosen in the form


@dataclass(frozen=True, slots=True)
class Field:
    """One box of the form. `record` and `records` hold keys of `kind`; `figure` a quantity, `figures` a list of capacities."""

    name: str
    shape: Shape
    required: bool = False
    choices: tuple[str, ...] = ()
    kind: str | None = None


def choices(annotated: Any) -> tuple[str, ...]:
    """The codebook's choices of a closed list."""
    return tuple(get_args(get_args(annotated)[0]) or get_args(annotated))


def choice(name: str, annotated: Any, *, required: bool = False) -> Field:
    return Field(name, "choice", required, choices(annotated))


PERIOD = (Field("period.start", "date"), Field("period.end", "date"))

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "goal": (
        Field("statement", "text", required=True),
        choice("category", vocabulary.Category, required=True),
        Field("actor", "text"),
        *PERIOD,
    ),
    "metric": (
        Field("name", "text", required=True),
        Field("value", "number", required=True),
        Field("value_max", "number"),
        Field("unit", "text"),
        choice("comparator", vocabulary.Comparator, required=True),
        choice("measure", vocabulary.Measure, required=True),
        choice("direction", vocabulary.Direction),
        choice("status", vocabulary.Status, required=True),
        *PERIOD,
        Field("baseline", "text"),
        Field("actor", "text"),
        Field("goal", "record", kind="goal"),
        choice("binding", vocabulary.Binding),
        Field("indicator", "text"),
    ),
    "project": (
        Field("name", "text", required=True),
        choice("stage", vocabulary.Stage),
        choice("target_stage", vocabulary.Stage),
        Field("deadline", "record", kind="deadline"),
        Field("owner", "text"),
        Field("total_investment", "figure"),
        Field("annual_investment", "figure"),
        Field("capacity", "figures"),
        Field("milestones", "milestones"),
        Field("industry", "text"),
        Field("location", "text"),
        Field("department", "text"),
        Field("actor", "text"),
    ),
    "deadline": (
        choice("relation", vocabulary.Relation, required=True),
        Field("start", "date"),
        Field("end", "date"),
        choice("precision", vocabulary.Precision, required=True),
        Field("applies_to", "records"),
    ),
    "figure": (Field("role", "choice", required=True, choices=ROLES),),
    "finding": (),
}


LISTS = ("records", "figures", "milestones")


def field_of(kind: str, name: str) -> Field | None:
    return next((field for field in FIELDS.get(kind, ()) if field.name == name), None)


def read_value(field: Field, typed: Any) -> Any:
    """The JSON value of what was typed; a `ValueError` says what is wrong with it. Blank is `null`."""
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        if field.required:
            raise ValueError("a value is needed")
        return [] if field.shape in LISTS else "" if field.name == "unit" else None
    return READERS[field.shape](field, typed)


def read_text(_: Field, typed: Any) -> str:
    if not isinstance(typed, str | int | float):
        raise ValueError("text is needed")  # noqa: TRY004  # as every reader does
    text = " ".join(str(typed).split())
    if any(category(char) in ("Cc", "Cs") for char in text):  # no database keeps them all
        raise ValueError("there is a character in it that is none of a text")
    if len(text) > 500:
        raise ValueError("at most 500 characters")
    return text


def read_number(_: Field, typed: Any) -> int | float:
    """Full width digits and separators of thousands are read; a unit or a comparator is not."""
    text = str(typed).strip().translate(NARROW).replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("a number is needed, without unit") from None
    if not number.is_finite() or abs(number) >= Decimal("1e18"):
        raise ValueError("a number is needed")
    return as_json_number(number)


NARROW = {ord(sign) + 0xFEE0: sign for sign in "0123456789,.-"}


def read_choice(field: Field, typed: Any) -> str:
    if typed not in field.choices:
        raise ValueError(f"one of: {', '.join(field.choices)}")
    return str(typed)


def read_date(_: Field, typed: Any) -> str:
    try:
        return date.fromisoformat(str(typed).strip()).isoformat()
    except ValueError:
        raise ValueError("a date is needed: YYYY-MM-DD") from None


def read_record(field: Field, typed: Any) -> str:
    if not str(typed).startswith(f"{field.kind}-"):
        raise ValueError(f"the key of a {field.kind} is needed")
    return str(typed)


def read_records(_: Field, typed: Any) -> list[str]:
    keys = typed if isinstance(typed, list) else str(typed).replace(",", " ").split()
    return list(dict.fromkeys(map(str, keys)))


def read_figure(_field: Field, typed: Any) -> Mapping[str, Any]:
    """The key of a figure, or an object with it; `of` may follow behind a bar."""
    if isinstance(typed, str):
        key, _, of = typed.partition("|")
        return {"figure": key.strip(), "of": of.strip()}
    if not isinstance(typed, dict) or "figure" not in typed:
        raise ValueError("the key of a figure in the text is needed")
    return typed


def read_figures(field: Field, typed: Any) -> list[Mapping[str, Any]]:
    """One a line, or a list."""
    items = typed if isinstance(typed, list) else str(typed).splitlines()
    return [read_figure(field, item) for item in items if not isinstance(item, str) or item.strip()]


def read_milestones(_: Field, typed: Any) -> list[dict[str, Any]]:
    """Words, and the key of a deadline or nothing."""
    if not isinstance(typed, list) or not all(isinstance(item, dict) and item.get("text") for item in typed):
        raise ValueError("a list of milestones is needed, each with its text")
    return [{"text": " ".join(str(item["text"]).split()), "deadline": item.get("deadline")} for item in typed]


READERS: Mapping[Shape, Callable[[Field, Any], Any]] = {
    "text": read_text,
    "number": read_number,
    "choice": read_choice,
    "date": read_date,
    "record": read_record,
    "records": read_records,
    "figure": read_figure,
    "figures": read_figures,
    "milestones": read_milestones,
}


def shown_value(record: Portable, name: str) -> Any:
    """What a record has in a field of the form; `period.end` is the end of its period."""
    outer, _, inner = name.partition(".")
    value = record.get(outer)
    return (value or {}).get(inner) if inner else value
