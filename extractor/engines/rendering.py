"""A chunk as the model sees it: segment headers, numbered clauses, tagged hits."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractor.analysis import Analysis, label
from extractor.assemble.above import Span, headings_above, openings, table_head, times_above
from extractor.outline.chunks import Chunk

Tag = tuple[int, tuple[int, str]]  # where a shown hit starts, where it ends, its name


def render(analysis: Analysis, chunk: Chunk) -> str:
    return "\n".join(render_lines(analysis, chunk))


def render_lines(analysis: Analysis, chunk: Chunk) -> Iterator[str]:
    segment = line = None
    headings: tuple[str, ...] = ()
    rows: tuple[Span, ...] = ()
    parts: list[str] = []
    tags = tags_of(analysis, chunk)
    opening = {sentence.number for sentence in openings(chunk)}
    for sentence in chunk.sentences:
        opens = sentence.number in opening
        if opens or sentence.segment != segment or sentence.line != line:
            if parts:
                yield " ".join(parts)
            parts, line = [], sentence.line
        if sentence.segment != segment:
            segment, headings = sentence.segment, ()
            yield render_header(analysis, segment)
        if opens:
            above = headings_above(analysis, sentence)
            if above and above != headings:
                yield f"(上文小标题:{' / '.join(neutral(words) for words in above)})"
            head = table_head(analysis, sentence)
            yield from (f"(表头:{tagged(analysis, *row, tags)})" for row in head if row not in rows)
            rows = head
        headings = sentence.heading
        for number in sentence.clauses:
            clause = analysis.outline.clauses[number]
            following = analysis.view.text[clause.end : clause.end + 1]
            mark = following if following in (";", "。", "!", "?") else ""
            parts.append(f"[{number}]{tagged(analysis, clause.start, clause.end, tags)}{mark}")
    if parts:
        yield " ".join(parts)


def render_header(analysis: Analysis, segment: int) -> str:
    part = analysis.outline.parts[segment]
    year = analysis.outline.this_year[segment]
    now = f"{year}年" if year and (part.published or "")[:4] != str(year) else None
    known = (
        ("标题", part.title),
        ("主体", part.actor),
        ("发文机关", part.issuer if part.issuer != part.actor else None),
        ("发布", part.published),
        ("讲话", part.delivered if part.delivered != part.published else None),
        ("今年", now),
        ("文号", part.doc_number),
    )
    return f"## {analysis.segment_id(segment)} " + ";".join(
        f"{name}:{neutral(value)}" for name, value in known if value
    )


def neutral(text: str) -> str:
    """The document's own brackets must not pass for our tags. (`translate` would look at every character.)"""
    return text.replace("<", "〈").replace(">", "〉").replace("[", "〔").replace("]", "〕")


def tags_of(analysis: Analysis, chunk: Chunk) -> Sequence[Tag]:
    """In their order. Hits that the rules have settled are not shown."""
    visible = (*chunk.hits, *times_above(analysis, chunk))
    shown = ((index, analysis.hits[index]) for index in visible if analysis.hits[index].role in (None, "time"))
    return sorted({hit.clean_start: (hit.clean_end, label(index, hit)) for index, hit in shown}.items())


def tagged(analysis: Analysis, start: int, end: int, tags: Sequence[Tag]) -> str:
    text = analysis.view.text
    parts = []
    position = start
    for place, (stop, name) in tags[bisect_left(tags, (start,)) : bisect_left(tags, (end,))]:
        if place >= position:
            parts.append(f"{neutral(text[position:place])}<{name}>{neutral(text[place:stop])}</{name}>")
            position = stop
    parts.append(neutral(text[position:end]))
    return "".join(parts).replace("\n", "").replace("\t", " | ")
