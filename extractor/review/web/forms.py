"""The form of a record: its boxes with their present values and the codebook's choices."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.review.fields import FIELDS, Field, shown_value
from extractor.review.keys import Portable, figure_key, kind_of, span_of
from extractor.review.sheet import Sheet
from extractor.review.web.telling import shown_name

NEAR = 600  # characters around a record within which figures and other records are offered

Words = Callable[[str], str]
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """`value` is text, or a list of it; a row of `rows` is a figure's key and what it counts (or words and a deadline's key)."""

    name: str
    shape: str
    label: str
    required: bool
    value: Any
    choices: Choices = ()
    rows: tuple[tuple[str, str], ...] = ()


def boxes(sheet: Sheet, key: str, t: Words) -> tuple[Box, ...]:
    record = sheet.current(key) or {}
    return tuple(box(sheet, key, record, field, t) for field in FIELDS[kind_of(key)])


def box(sheet: Sheet, key: str, record: Portable, field: Field, t: Words) -> Box:
    value = shown_value(record, field.name)
    label = t(f"field.{field.name}")
    match field.shape:
        case "choice":
            choices = tuple((choice, t(f"{choice_list(field.name)}.{choice}")) for choice in field.choices)
            return Box(field.name, field.shape, label, field.required, value, choices)
        case "record":
            return Box(
                field.name, field.shape, label, field.required, value, others(sheet, key, {value}, str(field.kind))
            )
        case "records":
            return Box(
                field.name, field.shape, label, field.required, value or [], others(sheet, key, set(value or ()))
            )
        case "figure":
            choices = figures(sheet, key, [value] if value else [])
            return Box(field.name, field.shape, label, field.required, key_in(value), choices)
        case "figures":
            rows = tuple((key_in(item), item["of"]) for item in value or ())
            choices = figures(sheet, key, list(value or ()))
            return Box(field.name, field.shape, label, field.required, None, choices, (*rows, ("", "")))
        case "milestones":
            rows = tuple((item["text"], item["deadline"] or "") for item in value or ())
            due = {item["deadline"] for item in value or ()}
            return Box(
                field.name,
                field.shape,
                label,
                field.required,
                None,
                others(sheet, key, due, "deadline"),
                (*rows, ("", "")),
            )
    return Box(field.name, field.shape, label, field.required, "" if value is None else value)


def choice_list(name: str) -> str:
    return "stage" if name == "target_stage" else name


def key_in(quantity: Mapping[str, Any] | None) -> str:
    if not quantity:
        return ""
    place = quantity["figure"]
    return f"figure-{place['start']}-{place['end']}"


def others(sheet: Sheet, key: str, chosen: set[str | None], kind: str | None = None) -> Choices:
    """Records that this one may refer to: those that it does, those near it, and the others of the document, each in the order of the text."""
    found: list[tuple[bool, bool, int, str, str]] = []
    for other, record in sheet.records.items():
        wanted = kind_of(other) == kind if kind else kind_of(other) != "deadline"
        if other in chosen or (wanted and record.review != "rejected"):
            place = span_of(other).start
            found.append((other not in chosen, not near(key, other), place, other, shown_name(record)[:40]))
    return tuple((other, name) for *_, other, name in sorted(found))


def figures(sheet: Sheet, key: str, quantities: list[Mapping[str, Any]]) -> Choices:
    """Figures that a project may take: those near it that no other record uses, and its own."""
    own = {key_in(quantity) for quantity in quantities}
    return tuple(
        (name, figure.text)
        for figure in sheet.extraction.figures
        if (name := figure_key(figure)) in own
        or (figure.value is not None and figure.kind != "time" and figure.record is None and near(key, name))
    )


def near(key: str, other: str) -> bool:
    one, two = span_of(key), span_of(other)
    return one.start - NEAR < two.end and two.start < one.end + NEAR


def values_typed(form: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields that a form was sent with. Rows come as lists `name.figure` and `name.of`, and go on as one list."""
    for name, value in form.items():
        outer, _, part = name.partition(":")
        if not part:
            yield name, value
        elif part == "figure":
            pairs = zip(value, form[f"{outer}:of"], strict=True)
            yield outer, [{"figure": key, "of": of} for key, of in pairs if key]
        elif part == "text":
            pairs = zip(value, form[f"{outer}:deadline"], strict=True)
            yield outer, [{"text": text, "deadline": due or None} for text, due in pairs if text.strip()]
