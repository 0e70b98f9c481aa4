"""What is seen of each document at a glance, and each record by its fields: made from results and corrections, and made again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from extractor.store.statements import hold_document, sql


@dataclass(frozen=True, slots=True)
class Summary:
    """`result` and `correction` are the newest that it was made of. Findings are those not settled; `codes` names theirs."""

    document: str
    result: int
    correction: int
    source: str
    title: str | None
    publisher: str | None
    published: str | None
    engine: str
    length: int
    records: int
    reviewed: int
    figures: int
    unexplained: int
    errors: int
    warnings: int
    notes: int
    codes: str


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a document. `content` is the contract's JSON of it."""

    record: str
    kind: str
    name: str
    status: str | None
    actor: str | None
    indicator: str | None
    review: str
    due: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Found:
    """A record with its document."""

    document: str
    source: str
    record: str
    content: str


NAMES = tuple(Summary.__dataclass_fields__)
SHOWN = ", ".join(NAMES)
STALE = """
SELECT newest.document FROM (SELECT document, max(id) AS result FROM results GROUP BY document) AS newest
LEFT JOIN summaries ON summaries.document = newest.document
LEFT JOIN (SELECT document, max(id) AS correction FROM corrections GROUP BY document) AS last ON last.document = newest.document
WHERE summaries.document IS NULL OR summaries.result < newest.result OR summaries.correction < coalesce(last.correction, 0)
ORDER BY newest.document LIMIT :most
"""


def stale(connection: Connection, most: int) -> Sequence[str]:
    """Documents with a result or a correction that their summary does not know."""
    return [row[0] for row in connection.execute(sql(STALE), {"most": most})]


def newest_result(connection: Connection, document: str) -> int:
    return int(
        connection.execute(
            sql("SELECT max(id) FROM results WHERE document = :document"), {"document": document}
        ).scalar_one()
    )


def keep(connection: Connection, summary: Summary, lines: Iterable[Line]) -> None:
    """In place of what was known of the document."""
    hold_document(connection, summary.document)
    place = {"document": summary.document}
    connection.execute(sql("DELETE FROM summaries WHERE document = :document"), place)
    connection.execute(sql("DELETE FROM records WHERE document = :document"), place)
    values = ", ".join(f":{name}" for name in NAMES)
    connection.execute(sql(f"INSERT INTO summaries ({SHOWN}) VALUES ({values})"), asdict(summary))
    rows = [asdict(line) | place | {"number": number} for number, line in enumerate(lines)]
    if rows:
        connection.execute(
            sql(
                "INSERT INTO records (document, number, record, kind, name, status, actor, indicator, review, due, content)"
                " VALUES (:document, :number, :record, :kind, :name, :status, :actor, :indicator, :review, :due, :content)"
            ),
            rows,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to. `severity` is the worst that a document has; `search` stands in source, title or publisher."""

    search: str | None = None
    severity: str | None = None
    code: str | None = None
    state: str | None = None


SEVERITIES = {
    "error": "errors > 0",
    "warning": "errors = 0 AND warnings > 0",
    "info": "errors = 0 AND warnings = 0 AND notes > 0",
    "none": "errors = 0 AND warnings = 0 AND notes = 0",
}
STATES = {
    "untouched": "reviewed = 0",
    "begun": "reviewed > 0 AND reviewed < records",
    "done": "reviewed = records AND records > 0",
    "unexplained": "unexplained > 0",
}


def conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    values: dict[str, Any] = {}
    if wanted.search:
        parts.append(
            "(lower(source) LIKE :search ESCAPE '!' OR lower(coalesce(title, '')) LIKE :search ESCAPE '!'"
            " OR lower(coalesce(publisher, '')) LIKE :search ESCAPE '!')"
        )
        values["search"] = f"%{escaped(wanted.search.lower())}%"
    if wanted.code:
        parts.append("codes LIKE :code ESCAPE '!'")
        values["code"] = f"% {escaped(wanted.code)} %"
    parts += [SEVERITIES[wanted.severity]] if wanted.severity in SEVERITIES else []
    parts += [STATES[wanted.state]] if wanted.state in STATES else []
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


def escaped(words: str) -> str:
    return words.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def page(connection: Connection, wanted: Wanted, *, start: int, most: int) -> Sequence[Summary]:
    """Documents, the worst first."""
    where, values = conditions(wanted)
    rows = connection.execute(
        sql(
            f"SELECT {SHOWN} FROM summaries{where}"
            " ORDER BY errors DESC, (warnings + unexplained) DESC, source LIMIT :most OFFSET :start"
        ),
        values | {"start": start, "most": most},
    )
    return [Summary(*row) for row in rows]


def documents(connection: Connection, wanted: Wanted) -> Sequence[str]:
    """The ids of all, in the same order."""
    where, values = conditions(wanted)
    rows = connection.execute(
        sql(f"SELECT document FROM summaries{where} ORDER BY errors DESC, (warnings + unexplained) DESC, source"),
        values,
    )
    return [row[0] for row in rows]


def named(connection: Connection, name: str) -> Sequence[str]:
    """The documents of an id, with or without its sha256:, or of a source."""
    rows = connection.execute(
        sql("SELECT document FROM summaries WHERE document IN (:name, :digest) OR source = :name ORDER BY document"),
        {"name": name, "digest": f"sha256:{name}"},
    )
    return [row[0] for row in rows]


def totals(connection: Connection, wanted: Wanted) -> Mapping[str, int]:
    """Of all documents that are wanted: their number, records, reviewed records, findings, documents that are done."""
    where, values = conditions(wanted)
    row = connection.execute(
        sql(
            "SELECT count(*), coalesce(sum(records), 0), coalesce(sum(reviewed), 0), coalesce(sum(figures), 0),"
            " coalesce(sum(unexplained), 0), coalesce(sum(errors), 0), coalesce(sum(warnings), 0), coalesce(sum(notes), 0),"
            f" coalesce(sum(CASE WHEN reviewed = records AND records > 0 THEN 1 ELSE 0 END), 0) FROM summaries{where}"
        ),
        values,
    ).one()
    names = ("documents", "records", "reviewed", "figures", "unexplained", "errors", "warnings", "notes", "done")
    return dict(zip(names, map(int, row), strict=True))


BESIDE = """
SELECT document FROM summaries WHERE document <> :document AND ({worse}) ORDER BY errors {down}, (warnings + unexplained) {down},
source {up} LIMIT 1
"""
BEHIND = """
errors < :errors OR (errors = :errors AND ((warnings + unexplained) < :doubtful
OR ((warnings + unexplained) = :doubtful AND source > :source)))
"""


def beside(connection: Connection, document: str) -> tuple[str | None, str | None]:
    """The documents before and behind one in the queue."""
    row = connection.execute(
        sql("SELECT errors, warnings + unexplained, source FROM summaries WHERE document = :document"),
        {"document": document},
    ).first()
    if row is None:
        return None, None
    values = dict(zip(("errors", "doubtful", "source"), row, strict=True)) | {"document": document}
    swapped = BEHIND.translate(str.maketrans("<>", "><"))
    before = connection.execute(sql(BESIDE.format(worse=swapped, down="ASC", up="DESC")), values).scalar_one_or_none()
    behind = connection.execute(sql(BESIDE.format(worse=BEHIND, down="DESC", up="ASC")), values).scalar_one_or_none()
    return before, behind


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records are wanted; `due_before` is a date that their limit ends before."""

    kind: str | None = None
    status: str | None = None
    actor: str | None = None
    indicator: str | None = None
    review: str | None = None
    due_before: str | None = None
    document: str | None = None


def narrowed(wanted: Filter) -> tuple[str, dict[str, Any]]:
    given = {name: value for name, value in asdict(wanted).items() if value is not None}
    due = given.pop("due_before", None)
    parts = [f"records.{name} = :{name}" for name in given]
    if due:
        parts.append("records.due < :due")
        given["due"] = due
    return (" WHERE " + " AND ".join(parts) if parts else ""), given


def records(connection: Connection, wanted: Filter, *, start: int, most: int) -> Sequence[Found]:
    where, values = narrowed(wanted)
    rows = connection.execute(
        sql(
            "SELECT records.document, summaries.source, record, content FROM records"
            f" JOIN summaries ON summaries.document = records.document{where}"
            " ORDER BY records.document, records.number LIMIT :most OFFSET :start"
        ),
        values | {"start": start, "most": most},
    )
    return [Found(*row) for row in rows]


def count(connection: Connection, wanted: Filter) -> int:
    where, values = narrowed(wanted)
    return int(connection.execute(sql(f"SELECT count(*) FROM records{where}"), values).scalar_one())
