"""Named projects in prose: «推动A、B等项目建成投产», «X中心已签约,占地180亩,三季度开工»."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial

from extractor.analysis import Analysis, label, tagged
from extractor.engines.offline.attributes import ANNUAL, TOTAL, Attributes
from extractor.engines.offline.project import CHARGE_LABEL, Found, first_named, owner_in
from extractor.engines.offline.project_names import NAME, Named, name_at_the_end, names_in, topic_of
from extractor.engines.offline.roles import OPEN
from extractor.engines.offline.stages import STAGES, committed, stage_now
from extractor.outline import Clause, Sentence
from extractor.values import value
from schemas.draft import MilestoneDraft, ProjectDraft

ORGAN = r"[一-鿿]{2,16}?(?:局|委|办|厅|部|中心|管委会|政府|街道|镇|乡|公司|集团)"
# «由某集团投资建设», «某集团承建的»
BUILDER = re.compile(
    rf"由({ORGAN})(?:负责)?(?:投资|建设|承建|实施)|(?:^|[,。由])((?:(?!由)[一-鿿]){{2,16}}?(?:公司|集团|城投|交投))(?:承建|投建|投资建设|建设|在干)"
)
CHARGE = re.compile(rf"{CHARGE_LABEL}[:]?([^;。\])】]{{2,40}})")
BUILT_BY = re.compile(r"(?:建设|承建|投资|实施)的")
# «由城市建设局负责», «县投促局牵头»
IN_CHARGE = re.compile(rf"由({ORGAN})(?:负责|牵头)|(?:^|[,。])(?!由)({ORGAN})(?:牵头|负责)(?:$|[,。])")
GOES_ON = re.compile(
    r"(?:该项目|项目)?(?:计划)?(?:总投资|概算投资|估算投资|占地|用地|总?建筑面积|新增|设计|规划|达产后|建成后|投产后|届时|年产|日处理|日供水|年处理|处理能力|装机|全长|可提供|可年|预计年)"
    r"|该(?:项目|工程)|(?:该项目|项目)?由[^,]{2,24}(?:投资|建设|承建|实施|运营|负责|牵头)|(?:当年|年内|年度)(?:计划)?完成投资|年度(?:计划)?投资"
)
# what a clause says of the project that its sentence opened with
STEP = re.compile(r"目前|现已|已(?:于|完成|开工|封顶|建成|进入|具备)|项目(?:现|目前|已)|主体|土建|设备")
STATE = re.compile(r"(?:搬入|进场|安装|调试|量产|投产|试产|封顶|竣工|完工|开工|通车|投用|达产)[一-鿿]{0,4}$")
ALREADY = re.compile(r"已|提前|并投入|新竣工|成功|[^未]了(?!解)")
COUNTED = re.compile(r"项目\d+个")


@value
class Paragraph:
    """Sentences that are read together. `names` is where words of names stand. `taken` clauses belong to list items; in the `past` (a review) what is told is reached."""

    analysis: Analysis
    sentences: Sequence[Sentence]
    hits: list[int]
    by_clause: dict[int, list[int]]
    taken: set[int]
    past: bool
    charge: str | None
    names: list[int]

    def may_name(self, clause: Clause) -> bool:
        """Whether a word of a project's name stands in a clause; no such word runs over the end of one."""
        index = bisect_left(self.names, clause.start)
        return index < len(self.names) and self.names[index] < clause.end

    def clause(self, number: int) -> Clause:
        return self.analysis.outline.clauses[number]

    def words(self, clause: Clause) -> str:
        return self.analysis.view.text[clause.start : clause.end]

    def inside(self, clause: Clause) -> list[int]:
        return self.by_clause.get(clause.number, [])


def in_prose(
    analysis: Analysis,
    sentences: Sequence[Sentence],
    hits: dict[int, list[int]],
    by_clause: dict[int, list[int]],
    taken: set[int],
    *,
    past: bool = False,
) -> Iterator[Found]:
    """Read a paragraph clause by clause: a name opens a project, clauses that only tell of it go on with it."""
    names = [match.start() for match in NAME.finditer(analysis.view.text, sentences[0].start, sentences[-1].end)]
    if not names:
        return
    inside = [index for sentence in sentences for index in hits.get(sentence.number, ())]
    charge = charged(analysis.view.text[sentences[-1].start : sentences[-1].end])
    paragraph = Paragraph(analysis, sentences, inside, by_clause, taken, past, charge, names)
    current: Named | None = None
    for sentence in sentences:
        if current and not current.topic:
            yield from finished(paragraph, current)
            current = None
        for number in sentence.clauses:
            clause = paragraph.clause(number)
            opened = opening(paragraph, sentence, clause)
            if current and not opened and goes_on(paragraph, current, clause):
                current.clauses.append(clause)
                continue
            for project in (current, *opened[:-1]):
                if project:
                    yield from finished(paragraph, project)
            current = opened[-1] if opened else None
    if current:
        yield from finished(paragraph, current)


def opening(paragraph: Paragraph, sentence: Sentence, clause: Clause) -> list[Named]:
    """The projects that a clause names; one that opens its sentence is the subject."""
    if clause.number in paragraph.taken or not paragraph.may_name(clause):
        return []
    words = paragraph.words(clause)
    found = names_in(paragraph.analysis, clause, paragraph.inside(clause))
    if not found and clause.number + 1 in sentence.clauses:
        alone = named_alone(paragraph, clause, words)
        found = [alone] if alone else []
    if len(found) == 1 and clause.number == sentence.clauses.start and found[0].place - clause.start <= 3:
        found[0].subject = True
    return found


def named_alone(paragraph: Paragraph, clause: Clause, words: str) -> Named | None:
    """A name that fills the first clause of a paragraph, or closes any clause and is told of in the next one."""
    if clause.number == paragraph.sentences[0].clauses.start and not BUILT_BY.search(words):
        topic = topic_of(clause, words)
        if topic:
            return topic
    following = paragraph.clause(clause.number + 1)
    return name_at_the_end(clause, words) if tells(paragraph, following) else None


def goes_on(paragraph: Paragraph, current: Named, clause: Clause) -> bool:
    """Does the clause tell of the project that is open? Of a topic each clause does."""
    if clause.number in paragraph.taken:
        return False
    if current.topic:
        return True
    words = paragraph.words(clause)
    if current.subject and (STEP.match(words) or (current.clauses[-1].group == clause.group and STATE.search(words))):
        return True
    return tells(paragraph, clause)


def tells(paragraph: Paragraph, clause: Clause) -> bool:
    """Size, money, or a time with a stage, and no other subject."""
    if GOES_ON.match(paragraph.words(clause)):
        return True
    hits = (paragraph.analysis.hits[index] for index in paragraph.inside(clause))
    time = next((hit for hit in hits if hit.role == "time"), None)
    if time is None or time.clean_outer_start - clause.start > 4:
        return False
    behind = paragraph.analysis.view.text[time.clean_outer_end : clause.end]
    return any((match := pattern.search(behind)) and match.start() <= 2 for pattern, _ in STAGES)


def finished(paragraph: Paragraph, project: Named) -> Iterator[Found]:
    """A project needs a stage, a figure, or «等项目» behind its name: a mere mention is none."""
    analysis, past, hits = paragraph.analysis, paragraph.past, paragraph.hits
    first, last = project.clauses[0], project.clauses[-1]
    starts_at = partial(clean_start, analysis)
    inside = hits[bisect_left(hits, first.start, key=starts_at) : bisect_left(hits, last.end, key=starts_at)]
    attributes = Attributes(analysis, inside, project.behind)
    words = analysis.view.text[first.start : last.end]
    before = analysis.view.text[first.start : project.place]
    total = total_before(analysis, project, attributes) or attributes.money(TOTAL)
    own = [index for index in attributes.open if belongs(analysis, project, index)]
    attributes.open = [index for index in own if index != total]
    annual = attributes.money(ANNUAL)
    capacity = tuple(attributes.capacities(attributes.idle(project.clauses[1:])))
    target, due = committed(attributes.steps(project.clauses))
    lead = analysis.outline.clauses[first.number - 1] if first.number else None
    if lead and lead.sentence == first.sentence and lead.end - lead.start <= 12:
        # «2026年6月底前,某研究院挂牌运行»
        inside = [*paragraph.inside(lead), *inside]
    if due is None and target and (time := time_before(analysis, project, inside)) is not None:
        due = label(time, analysis.hits[time])
    over = due is not None and is_over(analysis, due)
    stage = stage_now(words if len(project.clauses) == 1 else before + analysis.view.text[project.place : last.end])
    done = past or bool(ALREADY.search(words))
    if (past or over) and target:
        stage, done = target, True
    if target and stage in ("planned", "completed", "in-production") and not done:
        stage = "planned" if target == "starting" else None
    if target == stage or (done and stage in ("completed", "in-production")):
        target, due = None, None
    if not (stage or target or total is not None or capacity or project.tail):
        return
    draft = ProjectDraft(
        name=project.name,
        owner=owner_in(project.name) or first_named(BUILDER, words),
        department=first_named(IN_CHARGE, words) or paragraph.charge,
        stage=stage,
        target_stage=target,
        deadline=due,
        total_investment=label(total, analysis.hits[total]) if total is not None else None,
        annual_investment=label(annual, analysis.hits[annual]) if annual is not None else None,
        capacity=capacity,
        milestones=() if past else several(attributes.milestones(project.clauses)),
        clauses=tuple(clause.number for clause in project.clauses),
    )
    claimed = {total, annual} | {int(item.figure[1:]) - 1 for item in capacity}
    steps = [
        index
        for index in attributes.open
        if index not in claimed and analysis.hits[index].kind not in ("money", "percent", "rank")
    ]
    yield Found(
        draft,
        draft.clauses,
        tuple(sorted(index for index in claimed if index is not None)),
        tuple((index, OPEN) for index in steps),
    )


def clean_start(analysis: Analysis, index: int) -> int:
    return analysis.hits[index].clean_start


def is_over(analysis: Analysis, tag: str) -> bool:
    """«8月16日,某项目一期正式投产»: a day before the publication that is no limit tells what has happened."""
    hit, interval = tagged(analysis, tag), analysis.interval(int(tag[1:]) - 1)
    clause = analysis.outline.clause_at(hit.clean_start)
    published = analysis.outline.part_of(clause).published if clause else None
    if hit.time is None or interval is None or interval.end is None or published is None:
        return False
    return hit.time.precision == "day" and hit.time.relation == "during" and interval.end <= published


def charged(words: str) -> str | None:
    """«[责任单位:市科技局]» at the end of a paragraph is for all of it."""
    match = CHARGE.match(words)
    return match.group(1).strip() if match else None


def several(milestones: Sequence[MilestoneDraft]) -> tuple[MilestoneDraft, ...]:
    """One step with its time is the project's stage and deadline; of several each is told."""
    return tuple(milestones) if len(milestones) > 1 else ()


def belongs(analysis: Analysis, project: Named, index: int) -> bool:
    """Figures inside the name, or behind it where the clause is about the project alone."""
    hit = analysis.hits[index]
    if project.place <= hit.clean_start < project.name_end:
        return hit.kind not in ("money", "percent")
    if hit.clean_start < project.place:
        return False
    return not COUNTED.search(analysis.view.text, project.place, hit.clean_end)


def total_before(analysis: Analysis, project: Named, attributes: Attributes) -> int | None:
    """«总投资22亿元的X项目», «11亿元的Y项目»."""
    for index in attributes.open:
        hit = analysis.hits[index]
        if hit.kind == "money" and analysis.view.text[hit.clean_outer_end : project.place] == "的":
            return index
    return None


def time_before(analysis: Analysis, project: Named, inside: Sequence[int]) -> int | None:
    """«确保年内X项目竣工投产»: the time stands before the name."""
    times = [
        index
        for index in inside
        if analysis.hits[index].role == "time"
        and analysis.hits[index].kind == "time"
        and analysis.hits[index].clean_outer_end <= project.place
    ]
    return times[-1] if times else None
