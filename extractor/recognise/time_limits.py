"""The words around a time that make a limit of it: 到X, 截至X, X前, X起."""

import re
from dataclasses import replace

from extractor.recognise.draft import Draft
from extractor.recognise.time_patterns import FROM, INSIDE, LIMIT
from extractor.recognise.times import TimeExpression

LEADS = re.compile("(?:截至到?|截止[到至]?|(?<![达提得受感遇看])[到至])$")
LIMIT_WORDS = frozenset("之以前份起后开期年内")  # what LIMIT, FROM and INSIDE start with


def draft_of(text: str, time: TimeExpression, start: int, end: int, outer: tuple[int, int] | None = None) -> Draft:
    """Take the limit words around a time into its outer span, and into its meaning."""
    outer_start, outer_end = outer or (start, end)
    time, outer_start, outer_end = with_limits(text, time, outer_start, outer_end)
    return Draft(start, end, outer_start, outer_end, "time", role="time", time=time, why="时间")


def with_limits(text: str, time: TimeExpression, start: int, end: int) -> tuple[TimeExpression, int, int]:
    since = None
    if text[end : end + 1] in LIMIT_WORDS:
        limit, since = LIMIT.match(text, end), FROM.match(text, end)
        if limit:
            time, end = replace(time, relation="by", limit=True, point=False), limit.end()
        elif since:
            time, end = replace(time, relation="from", point=False), since.end()
            start -= 1 if text[max(0, start - 1) : start] in ("自", "从") else 0
        else:
            inside = INSIDE.match(text, end)
            end = inside.end() if inside else end
    if text[start - 1 : start] not in ("到", "至", "止"):
        return time, start, end
    lead = LEADS.search(text, max(0, start - 3), start)
    if not lead:
        return time, start, end
    if lead.group()[0] == "截":
        return replace(time, relation="by", point=True), lead.start(), end
    return (time, start, end) if since else (replace(time, relation="by"), lead.start(), end)
