"""The words around a time that make a limit of it: 到X, 截至X, X前, X起."""

from dataclasses import replace

from extractor.recognise.draft import Draft
from extractor.recognise.time_patterns import FROM, INSIDE, LIMIT
from extractor.recognise.times import TimeExpression

POINT_LEADS = ("截至", "截止", "截止到", "截止至", "截至到")
NOT_TO = "达提得受感遇看"  # 提到2024年


def draft_of(text: str, time: TimeExpression, start: int, end: int, outer: tuple[int, int] | None = None) -> Draft:
    """Take the limit words around a time into its outer span, and into its meaning."""
    outer_start, outer_end = outer or (start, end)
    time, outer_start, outer_end = with_limits(text, time, outer_start, outer_end)
    return Draft(start, end, outer_start, outer_end, "time", role="time", time=time)


def with_limits(text: str, time: TimeExpression, start: int, end: int) -> tuple[TimeExpression, int, int]:
    limit, since = LIMIT.match(text, end), FROM.match(text, end)
    if limit:
        time, end = replace(time, relation="by", limit=True, point=False), limit.end()
    elif since:
        time, end = replace(time, relation="from", point=False), since.end()
        start -= 1 if text[max(0, start - 1) : start] in ("自", "从") else 0
    else:
        inside = INSIDE.match(text, end)
        end = inside.end() if inside else end
    for lead in sorted(POINT_LEADS, key=len, reverse=True):
        if start >= len(lead) and text.startswith(lead, start - len(lead)):
            return replace(time, relation="by", point=True), start - len(lead), end
    led = text[start - 1 : start] in ("到", "至") and text[max(0, start - 2) : start - 1] not in (*NOT_TO, "")
    led = led or (start == 1 and text[0] in "到至")
    if led and not since:
        return replace(time, relation="by"), start - 1, end
    return time, start, end
