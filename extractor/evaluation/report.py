"""Scores as rows to print, and mistakes as lines to read."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping

from extractor.evaluation.fields import (
    DEADLINE_FIELDS,
    METRIC_FIELDS,
    PROJECT_FIELDS,
    Field,
    Record,
    show_value,
)
from extractor.evaluation.matching import Matches, match_documents, records, spans
from extractor.evaluation.scores import Detection, Scores, is_found, total, ungrounded

Row = tuple[str, ...]
Column = tuple[str, Callable[[Scores], float | None]]

AROUND = 20


def rates(title: str, part: Callable[[Scores], Detection]) -> tuple[Column, ...]:
    return (
        (f"{title} P", lambda scores: part(scores).precision),
        ("R", lambda scores: part(scores).recall),
        ("F1", lambda scores: part(scores).f1),
    )


COLUMNS: tuple[Column, ...] = (
    ("targets exact", lambda scores: scores.targets_exact.f1),
    ("targets F1", lambda scores: scores.targets.f1),
    *rates("metrics", lambda scores: scores.metrics),
    ("metrics exact", lambda scores: scores.exact.f1),
    ("metrics full", lambda scores: scores.full.f1),
    *rates("projects", lambda scores: scores.projects),
    *rates("deadlines", lambda scores: scores.deadlines),
    *rates("goals", lambda scores: scores.goals),
    ("grounding", lambda scores: scores.grounding.share),
    ("ledger", lambda scores: scores.ledger.share),
    ("lost in silence", lambda scores: scores.lost_in_silence.share),
    ("needlessly open", lambda scores: scores.needlessly_open.share),
    ("planted", lambda scores: scores.planted.share),
)


def field_columns() -> Iterator[Column]:
    for title, fields in (("metric", METRIC_FIELDS), ("project", PROJECT_FIELDS), ("deadline", DEADLINE_FIELDS)):
        for at, each in enumerate(fields):
            yield (f"{title}: {each.name}" if at == 0 else each.name), share_of(f"{title}_fields", each.name)


def share_of(part: str, name: str) -> Callable[[Scores], float | None]:
    return lambda scores: getattr(scores, part)[name].share


def table(results: Mapping[str, Scores]) -> list[Row]:
    """Give a header, a row for each document and the total; what had nothing to score is –."""
    return rows(results, COLUMNS)


def field_table(results: Mapping[str, Scores]) -> list[Row]:
    """Give the share right of each field on matched pairs, laid out as `table`."""
    return rows(results, tuple(field_columns()))


def rows(results: Mapping[str, Scores], columns: tuple[Column, ...]) -> list[Row]:
    named = [(f"{stem} (no prediction)" if scores.missing else stem, scores) for stem, scores in results.items()]
    named.append((f"total of {len(results)}", total(results.values())))
    header = ("document", *(title for title, _ in columns))
    return [header, *((name, *(as_text(number(scores)) for _, number in columns)) for name, scores in named)]


def as_text(number: float | None) -> str:
    return "–" if number is None else f"{number:.3f}"


def aligned(lines: list[Row]) -> str:
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(padded(cell, widths[at], at) for at, cell in enumerate(line)) for line in lines)


def padded(cell: str, to: int, at: int) -> str:
    space = " " * (to - width(cell))
    return space + cell if at else cell + space


def width(cell: str) -> int:
    """Chinese characters take two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)


def errors(pred: Record, gold: Record, raw: str | None = None) -> list[str]:
    """Name each wrong, missed and extra record, fields as gold → prediction, and where it stands."""
    found = match_documents(pred, gold)
    return [
        *part_errors("metric", found.metrics.certain(), METRIC_FIELDS, raw),
        *part_errors("project", found.projects.certain(), PROJECT_FIELDS, raw),
        *part_errors("deadline", found.deadlines.certain(), DEADLINE_FIELDS, raw),
        *part_errors("goal", found.goals.certain(), (), raw),
        *(quote_errors(pred, raw) if raw is not None else ()),
        *(
            f"planted {fault['code']} not found: {context(fault, (fault['start'], fault['end']), raw)}"
            for fault in records(gold, "planted")
            if not is_found(fault, pred)
        ),
    ]


def part_errors(kind: str, matches: Matches, fields: tuple[Field, ...], raw: str | None) -> Iterator[str]:
    for gold, pred in matches.pairs:
        wrong = [f"{each.name} {each.show(gold)} → {each.show(pred)}" for each in fields if not each.right(gold, pred)]
        if wrong:
            ids = f"{gold.get('id')}/{pred.get('id')}"
            yield f"{kind} wrong {ids} {label(gold)}: {'; '.join(wrong)} | {place(gold, raw)}"
    for gold in matches.missed:
        yield f"{kind} missed {gold.get('id')} {label(gold)} | {place(gold, raw)}"
    for pred in matches.extra:
        yield f"{kind} extra {pred.get('id')} {label(pred)} | {place(pred, raw)}"


def label(record: Record) -> str:
    if "figure" in record:
        return f"{record.get('name')} {show_value(record)} ({record.get('status')})"
    if "relation" in record:
        return f"{record.get('start')}/{record.get('end')}"
    return str(record.get("name") or record.get("statement"))


def place(record: Record, raw: str | None) -> str:
    at = next(iter(spans(record)), None)
    quote: Record = record.get("figure") or record.get("text") or next(iter(record.get("evidence") or ()), {})
    return context(quote, at, raw) if at else "nowhere"


def context(quote: Record, at: tuple[int, int], raw: str | None) -> str:
    """Mark the span in its surroundings; without the raw text the quote stands alone."""
    start, end = at
    if raw is None:
        return flat(f"【{quote.get('quote') or ''}】 {start}-{end}")
    return flat(f"…{raw[max(0, start - AROUND) : start]}【{raw[start:end]}】{raw[end : end + AROUND]}…")


def quote_errors(pred: Record, raw: str) -> Iterator[str]:
    for start, end, quote in ungrounded(pred, raw):
        yield flat(f"quote wrong {start}-{end}: «{quote}», but the text has «{raw[max(0, start) : end]}»")


def flat(text: str) -> str:
    return " ".join(text.split())
