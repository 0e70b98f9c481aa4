"""Records in words, for cards and marks."""

from extractor.review.keys import Record
from extractor.review.signs import SIGNS
from schemas.base import Period
from schemas.deadline import Deadline
from schemas.figure import Figure, Quantity
from schemas.goal import Goal
from schemas.metric import Metric
from schemas.project import Project


def read_as(figure: Figure) -> str:
    if figure.kind == "time":
        return f"{figure.date_start or '…'} – {figure.date_end or '…'}"
    return amount(figure.value, figure.value_max, figure.unit, figure.comparator)


def amount(value: object, value_max: object, unit: str, comparator: str = "=") -> str:
    upper = f"–{value_max}" if value_max is not None else ""
    return f"{SIGNS[comparator]}{'' if value is None else value}{upper} {unit}".strip()


def shown_name(record: Record) -> str:
    match record:
        case Goal():
            return record.statement
        case Deadline():
            return record.text.quote
        case _:
            return record.name


def told(record: Record) -> tuple[str, tuple[str, ...], list[tuple[str, str]]]:
    """What a card says of a record: the figure in large, choices as chips, the rest as labelled words."""
    match record:
        case Metric():
            arrow = {"down": "↓ ", "hold": "→ "}.get(record.direction or "", "")
            lead = arrow + amount(record.value, record.value_max, record.unit, record.comparator)
            chips = [f"status.{record.status}", f"measure.{record.measure}"]
            chips += [f"binding.{record.binding}"] if record.binding else []
            return lead, tuple(chips), [
                ("period", span_text(record.period)),
                ("baseline", record.baseline or ""),
                ("actor", record.actor or ""),
            ]  # fmt: skip
        case Goal():
            return "", (f"category.{record.category}",), [
                ("period", span_text(record.period)),
                ("actor", record.actor or ""),
            ]  # fmt: skip
        case Project():
            chips = [f"stage.{record.stage}"] if record.stage else []
            chips += ["→", f"stage.{record.target_stage}"] if record.target_stage else []
            return "", tuple(chips), [
                ("total_investment", quantity_text(record.total_investment)),
                ("annual_investment", quantity_text(record.annual_investment)),
                ("capacity", "; ".join(f"{quantity_text(item)} {item.of}" for item in record.capacity)),
                ("owner", record.owner or ""),
                ("industry", record.industry or ""),
                ("location", record.location or ""),
                ("department", record.department or ""),
                ("milestones", "; ".join(milestone.text for milestone in record.milestones)),
                ("actor", record.actor or ""),
            ]  # fmt: skip
        case Deadline():
            lead = span_text(Period(start=record.start, end=record.end))
            return lead, (f"relation.{record.relation}", f"precision.{record.precision}"), []


def span_text(period: Period | None) -> str:
    if period is None:
        return ""
    if period.start == period.end:
        return period.start or ""
    return f"{period.start or '…'} – {period.end or '…'}"


def quantity_text(quantity: Quantity | None) -> str:
    return amount(quantity.value, quantity.value_max, quantity.unit) if quantity else ""
