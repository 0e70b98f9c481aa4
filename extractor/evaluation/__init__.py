"""How good an extraction is, scored against gold.

Both sides are plain JSON: gold is made by hand and carries fields that the models of `schemas` do not know
(`doubtful`, `accept`, `target_deadline`, `planted`).
"""

from extractor.evaluation.folders import Case, evaluate_folders, read_cases, without_gold
from extractor.evaluation.printing import mistakes, scores_as_json, tables
from extractor.evaluation.rates import Share
from extractor.evaluation.report import aligned, errors, field_table, table
from extractor.evaluation.scores import Detection, Scores, score, total

__all__ = [
    "Case",
    "Detection",
    "Scores",
    "Share",
    "aligned",
    "errors",
    "evaluate_folders",
    "field_table",
    "mistakes",
    "read_cases",
    "score",
    "scores_as_json",
    "table",
    "tables",
    "total",
    "without_gold",
]
