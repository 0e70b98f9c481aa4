"""Every figure is answered for, and once."""

from collections import defaultdict
from collections.abc import Iterator

from extractor.checks.material import Material, quantities, span_of
from schemas.base import Span
from schemas.finding import Finding


def figure_has_one_record(material: Material) -> Iterator[Finding]:
    owners: dict[tuple[int, int], list[str]] = defaultdict(list)
    for metric in material.metrics:
        owners[metric.figure.start, metric.figure.end].append(metric.id)
    for project in material.projects:
        for quantity in quantities(project):
            owners[quantity.figure.start, quantity.figure.end].append(project.id)
    for deadline in material.deadlines:
        owners[deadline.text.start, deadline.text.end].append(deadline.id)
    for (start, end), names in owners.items():
        if len(names) > 1:
            yield Finding(
                code="duplicate",
                severity="warning",
                message=f"{len(names)} records stand on one figure, «{material.raw[start:end]}».",
                records=tuple(dict.fromkeys(names)),
                spans=(Span(start=start, end=end),),
            )


def figure_is_explained(material: Material) -> Iterator[Finding]:
    for figure in material.figures:
        if figure.role == "unexplained":
            hit = material.hit_at(figure)
            yield Finding(
                code="unexplained-figure",
                severity="info",
                message=f"No record uses «{figure.text}» and no rule explains it.",
                spans=(span_of(hit) if hit else Span(start=figure.start, end=figure.end),),
            )
