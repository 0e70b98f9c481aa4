"""Every figure is answered for, and once."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from extractor.checks.material import Material, quantities, span_of
from schemas.base import Span
from schemas.finding import Finding

ASKS_FOR_MORE = re.compile(r"[的达到为占成增长降约资]$")


def figure_has_one_record(material: Material) -> Iterator[Finding]:
    owners: dict[tuple[int, int], list[str]] = defaultdict(list)
    for metric in material.metrics:
        owners[metric.figure.start, metric.figure.end].append(metric.id)
    for project in material.projects:
        for quantity in quantities(project):
            owners[quantity.figure.start, quantity.figure.end].append(project.id)
    for deadline in material.deadlines:
        owners[deadline.text.start, deadline.text.end].append(deadline.id)
    projects = {project.id: project.name for project in material.projects}
    for (start, end), names in owners.items():
        if len(names) > 1:
            listed = all(name in projects for name in names) and are_apart([projects[name] for name in names])
            yield Finding(
                code="duplicate",
                severity="info" if listed else "warning",
                message=f"{len(names)} records stand on one figure, «{material.raw[start:end]}».",
                records=tuple(dict.fromkeys(names)),
                spans=(Span(start=start, end=end),),
            )


def are_apart(names: list[str]) -> bool:
    """Projects of one list that each took its figure are no second records of one project."""
    return not any(one in other or other in one for one, other in combinations(names, 2))


def figure_is_not_cut_off(material: Material) -> Iterator[Finding]:
    """«…大项目的85» at the end of a text has lost its unit."""
    hit = material.index.hits[-1] if material.index.hits else None
    if hit is None or hit.kind != "other" or hit.unit or material.text[hit.clean_outer_end :].strip():
        return
    if ASKS_FOR_MORE.search(material.text, max(0, hit.clean_outer_start - 2), hit.clean_outer_start):
        yield Finding(
            code="unexplained-figure",
            severity="warning",
            message=f"The text ends behind «{hit.text}», before its unit.",
            records=material.holders((span_of(hit),)),
            spans=(span_of(hit),),
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
