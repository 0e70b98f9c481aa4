"""Scores as text: a table per document and in total, JSON, or the mistakes one by one."""

import json

from extractor.evaluation.folders import Case
from extractor.evaluation.report import aligned, errors, field_table, table
from extractor.evaluation.scores import total


def scores_as_json(cases: list[Case]) -> str:
    results = {case.stem: case.score() for case in cases}
    document_scores = {stem: scores.as_dict() for stem, scores in results.items()}
    return json.dumps({"documents": document_scores, "total": total(results.values()).as_dict()}, indent=1)


def tables(cases: list[Case]) -> str:
    results = {case.stem: case.score() for case in cases}
    return f"{aligned(table(results))}\n\nright on matched records\n{aligned(field_table(results))}"


def mistakes(cases: list[Case]) -> str:
    lines = (f"{case.stem}: {line}" for case in cases for line in errors(case.pred, case.gold, case.raw))
    return "\n" + "\n".join(lines)
