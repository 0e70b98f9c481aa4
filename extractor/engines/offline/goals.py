"""Goals by rule: the target metrics of one semicolon group, and clauses that promise an outcome without a figure."""

import re
from collections.abc import Iterator, Sequence

from extractor.analysis import Analysis, label, tagged
from extractor.engines.offline.categories import category_of
from extractor.engines.offline.names import ITEM_MARK
from extractor.engines.offline.periods import period_of, written
from extractor.engines.offline.scene import Scene
from extractor.engines.offline.status import REVIEW
from extractor.outline import Scope
from schemas.draft import GoalDraft, MetricDraft

KINDS = r"(?:强市|强省|强区|强县|示范区|先行区|先行县|示范县|强镇|高地|中心城市|新高地|都市|现代化新城|体系|格局)"
# every alternative opens with a plain character, so that `re` jumps to one of them
OUTCOME = re.compile(
    r"打造(?:成|为)?.{3,}|建成(?!投|试|区面积|并投).{4,}|跻身.{3,}|挺进.{3,}|迈[上入进].{3,}|走在.{2,}(?:前列|前茅)|"
    r"创建(?:成|为)?.{4,}|争创(?:成|为)?.{4,}|创成(?:成|为)?.{4,}|申创(?:成|为)?.{4,}|争当(?:成|为)?.{4,}|勇当(?:成|为)?.{4,}|"
    rf"建设成.{{3,}}|建设.{{2,16}}{KINDS}|构建.{{2,16}}{KINDS}|形成.{{2,16}}{KINDS}|升级为.{{3,}}|成为.{{3,}}|"
    r"实现.{2,24}(?:发展|突破|转型|循环|覆盖|领先|翻番|达标|清零|常态化运行)|锚定.{3,}(?:目标|定位)|力争.{4,}|确保.{4,}|争取.{4,}|"
    r"做大做强.{3,}|作出.{2,}示范|让.{3,}成为.{3,}|杜绝.{3,}|推动.{3,}(?:升级|落地生根|转型)"
)
# money that is set aside is a means, not an end
FUNDS = re.compile(r"财政(?:每年|[一二三四五]年|统筹|安排|列支|设立)+.{0,12}(?:资金|经费|\d)")
PAST = re.compile(
    r"[^未]了(?!解)|基本实现|创成|正成为|入选|已经?|获评|获批|荣获|指明|被评为|初步形成|创造|曾|一直|历来|取得|得到"
)
ACTIVITY = re.compile(
    r"《|立足|为贯彻|给企业|制定|出台|印发|报送|召开|学习|会议|指出|表示|介绍|讲话|传达|调研|强调要认清|座谈|表彰|机制|专班|活动(?:的)?$"
)


def quantified(scene: Scene, metrics: Sequence[MetricDraft]) -> Iterator[GoalDraft]:
    """One goal for the target metrics of each semicolon group of the sentence."""
    groups: dict[int, list[tuple[int, MetricDraft]]] = {}
    for metric in metrics:
        if metric.status != "target":
            continue
        hit = tagged(scene.analysis, metric.figure)
        clause = scene.analysis.outline.clause_at(hit.clean_start)
        if clause:
            groups.setdefault(clause.group, []).append((clause.number, metric))
    for members in groups.values():
        numbers = list(
            range(with_head(scene, min(number for number, _ in members)), max(number for number, _ in members) + 1)
        )
        statement = text_of(scene.analysis, numbers)
        if FUNDS.search(statement):
            continue
        periods = {metric.period for _, metric in members}
        yield GoalDraft(
            statement=statement,
            category=category_of(statement),
            clauses=tuple(numbers),
            metrics=tuple(metric.figure for _, metric in members),
            period=periods.pop() if len(periods) == 1 else spanning(period for period in periods if period),
            deadlines=tuple(dict.fromkeys(metric.deadline for _, metric in members if metric.deadline)),
        )


def with_head(scene: Scene, first: int) -> int:
    """«2024年,» alone before the first clause belongs to the statement."""
    start = scene.sentence.clauses.start
    if first == start + 1:
        clause = scene.analysis.outline.clauses[start]
        if clause.end - clause.start <= 10:
            return start
    return first


def spanning(periods: Iterator[str]) -> str | None:
    """From the first start to the last end: «一季度…, 上半年…» is one goal of the half year."""
    known = [period.split("/") for period in periods]
    if not known:
        return None
    return f"{min(start for start, _ in known)}/{max(end for _, end in known)}"


def qualitative(scene: Scene, metrics: Sequence[MetricDraft], taken: set[int]) -> Iterator[GoalDraft]:
    """Clauses that promise an outcome in words. Past results, activities and clauses with a target figure are none."""
    if not OUTCOME.search(scene.text, scene.sentence.start, scene.sentence.end):
        return
    if any(REVIEW.search(words) for words in scene.sentence.heading):
        return
    used = {
        clause.number
        for metric in metrics
        if (clause := scene.analysis.outline.clause_at(tagged(scene.analysis, metric.figure).clean_start))
    }
    text, clauses = scene.text, scene.analysis.outline.clauses
    run: list[int] = []
    for number in scene.sentence.clauses:
        clause = clauses[number]
        promised = number not in used and number not in taken and promises(text[clause.start : clause.end])
        if run and (not promised or clauses[run[-1]].group != clause.group):
            yield one_goal(scene, run)
            run = []
        if promised:
            run.append(number)
    if run:
        yield one_goal(scene, run)


def promises(words: str) -> bool:
    """An outcome in words: no past result, no activity, no mere title («——综合实力迈上新台阶»)."""
    if not 6 <= len(words) <= 90 or words.startswith(
        ("—", "为推动", "为加快", "为深入", "为进一步", "为贯彻", "为全面")
    ):
        return False
    return bool(OUTCOME.search(words)) and not PAST.search(words) and not ACTIVITY.search(words)


def one_goal(scene: Scene, run: Sequence[int]) -> GoalDraft:
    """Neighbouring outcomes of one semicolon group are one goal."""
    statement = text_of(scene.analysis, run)
    scope = limiting(scene, run[0])
    return GoalDraft(
        statement=statement,
        category=category_of(statement),
        clauses=tuple(run),
        period=written(period_of(scope, scene.analysis, yearly=False, since=None)) if scope else None,
        deadlines=(label(scope.hit, scene.analysis.hits[scope.hit]),) if scope and scope.hit is not None else (),
    )


def stands_at(scene: Scene, words: tuple[int, int], number: int) -> bool:
    """Whether a time stands in a clause, or alone in the one that opens its sentence."""
    clauses = scene.analysis.outline.clauses
    first = clauses[scene.sentence.clauses.start]
    alone = first.start <= words[0] and words[1] == first.end
    return words[0] >= clauses[number].start or alone


def limiting(scene: Scene, number: int) -> Scope | None:
    """The time that its own sentence sets an outcome: «到2022年,基本建成…»; none that is over."""
    clause = scene.analysis.outline.clauses[number]
    scope = next(iter(scene.analysis.outline.scopes.at(number, clause.end)), None)
    if scope is None or scope.hit is None or scope.words is None or not stands_at(scene, scope.words, number):
        return None
    time = scene.analysis.hits[scope.hit].time
    if scope.reach == "event" or scene.mood == "actual" or time is None or time.relation == "from":
        return None
    end = scope.interval.end
    return None if end and scene.year and int(end[:4]) < scene.year else scope


def text_of(analysis: Analysis, numbers: Sequence[int]) -> str:
    clauses = analysis.outline.clauses
    words = analysis.view.text[clauses[numbers[0]].start : clauses[numbers[-1]].end].replace("\n", "").strip()
    return ITEM_MARK.sub("", words) or words
