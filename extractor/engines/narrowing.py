"""The schema of a reply to one chunk, for servers that decode by it: a tag that the text does not hold cannot be written.

Small models run away at the end of a list (f13, f14, f15 …); the bounds on the lists end that.
"""

import re
from collections.abc import Iterator
from typing import Any

from extractor.analysis import Analysis, label
from extractor.assemble.above import times_above
from extractor.outline.chunks import Chunk

MOST_CLAUSES = 12  # that one record leans on
MOST_ORGANS = 8  # that answer for one record
LONGEST_REASON = 20
NUMBER = re.compile(r"\d+(?:\.\d+)?")
RATIO = re.compile(r"\d+(?:\.\d+)?(?:[:∶]\d+(?:\.\d+)?)+")


def narrowed(analysis: Analysis, chunk: Chunk, schema: dict[str, Any]) -> dict[str, Any]:
    figures = [label(index, analysis.hits[index]) for index in chunk.hits if analysis.hits[index].role is None]
    figures += dict.fromkeys(ratio_parts(analysis, chunk))
    visible = (*chunk.hits, *times_above(analysis, chunk))
    times = [label(index, analysis.hits[index]) for index in visible if analysis.hits[index].role == "time"]
    clauses = [number for sentence in chunk.sentences for number in sentence.clauses]
    segments = sorted({analysis.segment_id(sentence.segment) for sentence in chunk.sentences})
    figure, time = one_of(figures), one_of(times)
    organs = some_of({"type": "string"}, MOST_ORGANS)
    bounded: dict[str, dict[str, Any]] = {
        "HeadDraft": {"segment": one_of(segments)},
        "CapacityDraft": {"figure": figure},
        "LimitDraft": {"time": time, "responsible": organs},
        "GoalDraft": {
            "responsible": organs,
            "clauses": some_of({"enum": clauses}, MOST_CLAUSES),
            "metrics": some_of(figure, len(figures)),
            "deadlines": some_of(time, len(times)),
        },
        "MetricDraft": {"figure": figure, "deadline": time, "responsible": organs},
        "MilestoneDraft": {"deadline": time},
        "ProjectDraft": {
            "responsible": organs,
            "clauses": some_of({"enum": clauses}, MOST_CLAUSES),
            "deadline": time,
            "total_investment": figure,
            "annual_investment": figure,
            "capacity": schema["$defs"]["ProjectDraft"]["properties"]["capacity"] | {"maxItems": len(figures)},
            "milestones": schema["$defs"]["ProjectDraft"]["properties"]["milestones"] | {"maxItems": MOST_CLAUSES},
        },
        "RoleDraft": {
            "figures": some_of(figure, len(figures)),
            "repeats": figure,
            "why": {"type": "string", "maxLength": LONGEST_REASON},
        },
    }
    lists = {
        "segments": len(segments),
        "metrics": len(figures),
        "goals": len(clauses),
        "projects": len(clauses),
        "deadlines": len(times),
        "others": len(figures),
    }
    parts = {
        name: part | {"properties": part["properties"] | bounded.get(name, {})}
        for name, part in schema["$defs"].items()
    }
    properties = schema["properties"] | {
        name: schema["properties"][name] | {"maxItems": most} for name, most in lists.items()
    }
    return schema | {"$defs": parts, "properties": properties}


def ratio_parts(analysis: Analysis, chunk: Chunk) -> Iterator[str]:
    """A ratio («8.1:50.4:41.5») has no tag; its parts are quoted."""
    for index in chunk.hits:
        hit = analysis.hits[index]
        words = analysis.view.text[hit.clean_start : hit.clean_end]
        if hit.value is None and RATIO.fullmatch(words):
            yield from NUMBER.findall(words)


def one_of(tags: list[str]) -> dict[str, Any]:
    """Of no tags nothing can be chosen, and no grammar takes an empty choice."""
    return {"enum": tags or [""]}


def some_of(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most}
