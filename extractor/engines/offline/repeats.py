"""A figure said again — in the headline, the lead, a caption — makes no second metric: the fullest statement is the metric."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.analysis import Analysis, tagged
from extractor.engines import Drafted
from extractor.engines.offline.cells import cells
from extractor.outline import Clause, Sentence
from extractor.recognise import Hit
from extractor.values import value
from schemas.draft import ChunkDraft, MetricDraft

LONGEST_HEAD = 40
MOST_ALIKE = 200  # statements of one value that a headline is compared with, the fullest ones
SHORTEST = 3  # characters of a name that may stand inside a longer one


@value
class Said:
    """A metric with its place in the text."""

    draft: MetricDraft
    hit: Hit
    clause: Clause
    sentence: Sentence
    words: str


def without_repeats(analysis: Analysis, drafted: Sequence[Drafted]) -> list[Drafted]:
    """Leave out the metrics that repeat another, and the goals that hold nothing else."""
    said = [found for item in drafted for draft in item.draft.metrics if (found := placed(analysis, draft))]
    gone = set(repeats(said))
    return [replace(item, draft=without(item.draft, gone)) for item in drafted] if gone else list(drafted)


def placed(analysis: Analysis, draft: MetricDraft) -> Said | None:
    """Cells of a table are no repeats of the prose beside it: a table is read whole."""
    hit = tagged(analysis, draft.figure)
    clause = analysis.outline.clause_at(hit.clean_start)
    if clause is None:
        return None
    sentence = analysis.outline.sentence_of(clause)
    in_a_row = len(cells(analysis.view.text, sentence.start, sentence.end)) >= 3
    return None if in_a_row else Said(draft, hit, clause, sentence, analysis.view.text[sentence.start : sentence.end])


def repeats(said: Iterable[Said]) -> Iterator[str]:
    """The figures of those that say less than their like, in a line that heads others or at the head of their segment.

    Elsewhere a report that gives one value twice mostly means two things: this year's target and that of the plan.
    """
    said = list(said)
    first: dict[int, int] = {}
    for each in said:
        first.setdefault(each.sentence.segment, each.sentence.number)
    alike: dict[object, list[Said]] = defaultdict(list)
    for each in said:
        base = each.hit.base
        if base is not None:
            alike[each.sentence.segment, base, each.draft.measure, each.draft.direction, each.draft.status].append(each)
    for group in alike.values():
        group.sort(key=fullness)
        for number, less in enumerate(group):
            fuller = group[max(number + 1, len(group) - MOST_ALIKE) :]
            may_repeat = heads(less) or less.sentence.number == first[less.sentence.segment]
            if may_repeat and any(same(less, other) for other in fuller):
                yield less.draft.figure


def same(one: Said, other: Said) -> bool:
    """One name, one time, in two paragraphs: what one paragraph says twice («完成率117%») it mostly says of two things."""
    if one.sentence.line == other.sentence.line or not compatible(one.hit, other.hit):
        return False
    if one.draft.period and other.draft.period and one.draft.period != other.draft.period:
        return False
    if one.draft.actor != other.draft.actor:
        return False
    names = sorted((one.draft.name, other.draft.name), key=len)
    return names[0] == names[1] or (len(names[0]) > SHORTEST and names[0] in names[1])


def heads(each: Said) -> bool:
    """A short line without a full stop: a headline, a caption."""
    words = each.words.strip()
    return len(words) <= LONGEST_HEAD and words[-1:] not in "。!?;”"


def compatible(one: Hit, other: Hit) -> bool:
    """«35个» and «35个以上» may be one figure, «35个以上» and «不到35个» are two."""
    return one.comparator == other.comparator or "=" in (one.comparator, other.comparator)


def fullness(each: Said) -> tuple[bool, bool, bool, int, int]:
    """The body, a period, a whole sentence and a long name say more; else the earlier one does."""
    whole = len(each.sentence.clauses) > 1
    return not heads(each), bool(each.draft.period), whole, len(each.draft.name), -each.hit.clean_start


def without(draft: ChunkDraft, gone: set[str]) -> ChunkDraft:
    kept = [
        goal.model_copy(update={"metrics": tuple(tag for tag in goal.metrics if tag not in gone)})
        for goal in draft.goals
        if not goal.metrics or not gone.issuperset(goal.metrics)
    ]
    return draft.model_copy(
        update={
            "metrics": tuple(metric for metric in draft.metrics if metric.figure not in gone),
            "goals": tuple(kept),
        }
    )
