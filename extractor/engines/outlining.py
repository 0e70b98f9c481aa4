"""The outline by a model, where the rules are unsure: line numbers in, segments out. What the text does not hold is not taken."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from extractor.analysis import Analysis
from extractor.assemble.heads import holds, is_dated
from extractor.engines.rendering import neutral
from extractor.outline import outline_of
from extractor.outline.chunks import cut_chunks
from extractor.outline.furniture import mark_furniture
from extractor.outline.head import Part, read_head
from extractor.outline.segments import Stretch, head_above
from extractor.text.lines import Line, blanked, read_lines
from schemas.outline_draft import OutlineDraft, SegmentDraft

MOST_LINES = 600
HEAD = 36  # characters shown of a line


def unsure(analysis: Analysis) -> bool:
    """Several documents or actors, no title, no actor: there a reader knows better than the rules."""
    parts = analysis.outline.parts
    return len(parts) > 1 or any(part.title is None or part.actor is None for part in parts)


def asks_outline(analysis: Analysis) -> bool:
    """What fits into one request is not worth another one. Most files end at the first question, which costs nothing."""
    if not unsure(analysis) or len(cut_chunks(analysis.outline, analysis.hits)) < 2:
        return False
    return len(lines_of(analysis)) <= MOST_LINES


def text_of(analysis: Analysis) -> str:
    """The clean text without what speaks to a model: that stays out here as it does out of chunks."""
    return blanked(analysis.view.text, analysis.outline.instructions)


def lines_of(analysis: Analysis) -> tuple[Line, ...]:
    return mark_furniture(read_lines(analysis.view.text, analysis.outline.instructions))


def render_lines(lines: Sequence[Line]) -> str:
    return "\n".join(shown(number, line) for number, line in enumerate(lines))


def shown(number: int, line: Line) -> str:
    text = neutral(line.text).replace("\t", " | ")
    head = text if len(text) <= HEAD else f"{text[: HEAD - 10]}……({len(text)}字)"
    return f"{number} {head}{'?' if line.boilerplate else ''}"


def narrowed_lines(lines: Sequence[Line], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a reply about these lines, for servers that decode by it."""
    line = {"type": "integer", "minimum": 0, "maximum": len(lines) - 1}
    skip = {"type": "array", "items": line, "maxItems": len(lines)}
    segment = schema["$defs"]["SegmentDraft"]
    fields = segment["properties"] | {"first": line, "last": line, "title": line, "skip": skip}
    segments = schema["properties"]["segments"] | {"maxItems": len(lines)}
    return schema | {
        "$defs": {"SegmentDraft": segment | {"properties": fields}},
        "properties": {"segments": segments},
    }


def objections(lines: Sequence[Line], draft: OutlineDraft) -> Iterator[str]:
    """What makes a draft useless: lines that do not exist, segments that overlap, prose that belongs to none."""
    if not draft.segments:
        yield "segments: 至少要有一段"
    for number, segment in enumerate(draft.segments):
        if not 0 <= segment.first <= segment.last < len(lines):
            yield f"segments[{number}]: 行号应在 0 到 {len(lines) - 1} 之间,first 不大于 last"
    for number, (one, other) in enumerate(pairwise(draft.segments)):
        if other.first <= one.last:
            yield f"segments[{number + 1}].first: 与上一段重叠"


def outlined(analysis: Analysis, draft: OutlineDraft) -> Analysis:
    """The analysis with the segments of a draft that `objections` has nothing against."""
    text, lines = text_of(analysis), lines_of(analysis)
    page = set(range(len(lines)))
    for segment in draft.segments:
        page -= set(range(segment.first, segment.last + 1)) - set(segment.skip)
    lines = tuple(
        replace(line, left_out=(line.left_out or "page") if number in page else None)
        for number, line in enumerate(lines)
    )
    parts = (part_of(text, lines, segment) for segment in draft.segments)
    found = tuple(part for part in parts if part)
    if not found:
        return analysis
    return replace(
        analysis, outline=outline_of(analysis.view, analysis.hits, lines, found, analysis.outline.instructions)
    )


def part_of(text: str, lines: Sequence[Line], draft: SegmentDraft) -> Part | None:
    """A segment by the rules, then what the model says where the text holds it."""
    own = [line for line in lines[draft.first : draft.last + 1] if not line.boilerplate]
    if not own:
        return None
    above = lines[max(0, draft.first - 8) : draft.first]
    ruled = read_head(text, lines, Stretch(head_above(lines, draft.first), draft.first, draft.last + 1))
    title = lines[draft.title].text if draft.title is not None and draft.first <= draft.title <= draft.last else None
    words = text[above[0].start if above else own[0].start : own[-1].end]
    return replace(
        ruled,
        title=title if title and len(title) <= 120 else ruled.title,
        actor=draft.actor if draft.actor and holds(words, draft.actor) else ruled.actor,
        published=draft.published if draft.published and is_dated(words, draft.published) else ruled.published,
        doc_number=draft.doc_number if draft.doc_number and draft.doc_number in words else ruled.doc_number,
    )
