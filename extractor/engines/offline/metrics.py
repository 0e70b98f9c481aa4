"""Metrics by rule: every open figure of a sentence is a metric, a threshold inside a name, or context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.analysis import Analysis, label
from extractor.engines.offline.names import ONE, RATE, SPEED, Reading, counted, measure_of, tidy
from extractor.engines.offline.periods import NOW, Governor, governors, heading_governor, period_of, title_period
from extractor.engines.offline.status import section_mood, status_of
from extractor.outline import Clause, Part, Sentence
from extractor.recognise import Hit
from schemas.base import Period
from schemas.draft import MetricDraft
from schemas.vocabulary import LooseRole, Status

CONTEXT = re.compile(r"奖励|补助|补贴|资助|给予|罚款|处以|限额|门槛|最高不超过\d|之一|注册资本|按.{0,8}标准")
NOUN_AFTER = re.compile(r"^(?:以上|以下|以内|左右|及以上|及以下|级)?的?(?P<noun>[一-鿿A-Za-z0-9“《][^,;。、:()]*)")
NOT_A_NOUN = re.compile(
    r"^(?:[,;。、:)》”]|和|与|及|以及|或|并|且|的?增长|同比|比上年|占|以上$|以下$|左右$|以内$|的$|支持|用于|实现|完成|达|提高|增加|办结|的?[,;。]|先后|分别|均|是|为|元$)"
)
STOP = re.compile(
    r"(?:完成|实现|达到|投资|年度|总投资|全部|展开|开展|参加|参与|获评|获得|获|列入|纳入|入选|签约|开工|落地|投产|复工|位居|居|占|提供|交付|,|;|。|等)"
)
COLON = re.compile(r":")
# what sums up a list or names a programme: «板块4条赛道», «10项攻坚行动»
SUMMED = re.compile(
    r"^[一-鿿]{0,6}?(?:行动|举措|措施|任务|方面|抓手|机制|原则|环节|领域|赛道|板块|体系|关系|内容|步骤|工程包)"
)
# what a figure says of the things counted just before it: «新开工项目6项,总投资32.8亿元»
ATTRIBUTE = re.compile(
    r"(?:(?:计划|协议|合同)?总?投资额?|年度(?:计划)?(?:完成)?投资|投产率|开工率|竣工率|达产率|占地面积|用地面积)$"
)
PLACES = re.compile(r"(?:在)?(?:全国|全省|全市|全区|全县)?(?:\d+个[一-鿿]{1,3}中?)?$")
ONLY_VERBS = frozenset(
    "招引 攻坚 引进 培育 建成 创建 淘汰 新建 盘活 受理 举办 高效推进 推进 谋划 新增 引入 实施 建设 打造 完成 改造 淘汰剩余 剩余 发放 帮扶 聚集 拥有 对".split()
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with everything around it that a rule may look at."""

    analysis: Analysis
    sentence: Sentence
    part: Part
    mood: Status | None
    year: int | None
    default: Period | None

    @property
    def text(self) -> str:
        return self.analysis.view.text


@dataclass(slots=True)
class State:
    """What carries from figure to figure: governing time, last names and status, within one paragraph or section."""

    key: object = None
    governor: Governor | None = None
    names: list[str] = field(default_factory=list)
    status: Status | None = None
    topical: bool = False
    counted: tuple[int, str] | None = None
    sections: dict[str, Governor] = field(default_factory=dict)

    def enter(self, scene: Scene) -> None:
        """At a new sentence only a time that opened its own («2023年,») or a heading goes on governing."""
        if not self.topical:
            self.governor = None
        if self.governor is None:
            found = (self.sections[words] for words in reversed(scene.sentence.heading) if words in self.sections)
            self.governor = next(found, None)


@dataclass(frozen=True, slots=True)
class Read:
    """What a sentence's figures turned out to be."""

    metrics: tuple[MetricDraft, ...]
    roles: tuple[tuple[str, LooseRole], ...]


def scene_of(analysis: Analysis, sentence: Sentence) -> Scene:
    part = analysis.outline.parts[sentence.segment]
    year = int(part.published[:4]) if part.published else None
    return Scene(
        analysis,
        sentence,
        part,
        section_mood(sentence, part),
        year,
        heading_governor(sentence) or title_period(part),
    )


def read_sentence(scene: Scene, indexes: Sequence[int], taken: set[int], state: State) -> Read:
    """Read the open figures of a sentence that no project has `taken`."""
    metrics: list[MetricDraft] = []
    roles: list[tuple[str, LooseRole]] = []
    state.enter(scene)
    for number in scene.sentence.clauses:
        clause = scene.analysis.outline.clauses[number]
        inside = [index for index in indexes if clause.start <= scene.analysis.hits[index].clean_start < clause.end]
        times = governors(scene.analysis, clause, inside)
        if NOW.match(scene.text[clause.start : clause.start + 6]):
            state.governor = None
        for place, governor in times[:1]:
            state.governor, state.topical = governor, place - scene.sentence.start <= 4
        figures = [index for index in inside if scene.analysis.hits[index].role is None and index not in taken]
        boundary = clause.start
        for index in figures:
            hit = scene.analysis.hits[index]
            for place, governor in times:
                if place < hit.clean_start and governor != state.governor:
                    state.governor, state.topical = governor, False
            role = loose_role(scene, clause, hit, index, figures)
            if role:
                roles.append((label(index, hit), role))
                continue
            metrics.append(metric(scene, clause, index, boundary, state, figures))
            boundary = hit.clean_outer_end
    return Read(tuple(metrics), tuple(roles))


def loose_role(scene: Scene, clause: Clause, hit: Hit, index: int, figures: Sequence[int]) -> LooseRole | None:
    """A threshold stands before the noun that another figure counts; a subsidy or a comparison is context."""
    whole = scene.text[clause.start : clause.end]
    after = scene.text[hit.clean_outer_end : clause.end]
    if CONTEXT.search(whole) or after.startswith(("之一", "中居", "中列", "个市中", "中位居", "中排")):
        return "context"
    if re.match(r"个?(?:省|市|县|区|城市|园区)?[一-鿿]{0,4}中(?:位?居|列|排)", after):
        return "context"
    if hit.kind == "count" and SUMMED.match(after):
        return "slogan"
    if (
        hit.kind == "count"
        and ONE.match(hit.text)
        and not re.search(r"每|月|天", scene.text[clause.start : hit.clean_start])
    ):
        return "context"
    if hit.kind == "count" and re.match(r"级别|档|类别", after):
        return "qualifier"
    if hit.unit.endswith("级别"):
        return "qualifier"
    if hit.kind in ("count", "percent", "rank", "multiple"):
        return None
    noun = NOUN_AFTER.match(after)
    if noun and not NOT_A_NOUN.match(after) and not NOT_A_NOUN.match(noun["noun"]):
        return "qualifier"
    if re.match(r"^[、和及与]", after) and (following := next((i for i in figures if i > index), None)) is not None:
        # one member of «10亿元、50亿元和100亿元3个级别» is what the next one is
        other = scene.analysis.hits[following]
        if other.kind == hit.kind and other.clean_outer_start - hit.clean_outer_end <= 1:
            return loose_role(scene, clause, other, following, figures)
        if other.unit.endswith("级别") or scene.text[other.clean_end : other.clean_end + 2] == "级别":
            return "qualifier"
    if hit.kind == "money" and any(
        scene.analysis.hits[i].clean_start == hit.clean_outer_end for i in figures if i > index
    ):
        return "qualifier"
    return None


def metric(
    scene: Scene,
    clause: Clause,
    index: int,
    boundary: int,
    state: State,
    figures: Sequence[int],
) -> MetricDraft:
    hit = scene.analysis.hits[index]
    before = scene.text[boundary : hit.clean_outer_start]
    head = COLON.split(before)[-1]
    reading = Reading(without_times(scene, boundary + len(before) - len(head), hit.clean_outer_start))
    shared = shared_head(scene, clause, hit, figures, state)
    if shared:
        name, reading = shared
    else:
        name = name_of(scene, clause, hit, reading, state)
    measure = measure_of(hit.kind, hit.unit, name, reading)
    if measure == "growth" and reading.yearly and not SPEED.search(name):
        name += "年均增速"
    if measure == "rank" and not re.search(r"排名|位次|名次|等级", name):
        name += "排名"
    if hit.kind == "count" and name.endswith("数"):
        state.counted = (clause.group, name[:-1])
    if not SPEED.fullmatch(name):
        state.names.append(re.sub(r"年均(?:增速|增幅|降幅)$", "", name))
    before_all = scene.text[scene.sentence.start : hit.clean_outer_start]
    since = since_year(scene)
    period = (
        period_of(
            state.governor.interval,
            scene.analysis,
            state.governor.index,
            yearly=reading.yearly or "年均" in name,
            since=since,
        )
        if state.governor
        else None
    )
    status = status_of(before_all, scene.text[clause.start : clause.end], scene.mood, period, scene.year, state.status)
    if period is None and "年度" in name and scene.year:
        period = Period(start=f"{scene.year}-01-01", end=f"{scene.year}-12-31")
    if period is None and (scene.default and (status == "target" or scene.sentence.heading)):
        period = scene.default
    state.status = status
    return MetricDraft(
        figure=label(index, hit),
        name=name,
        value=hit.value if hit.value is not None else 0,
        value_max=hit.value_max,
        unit=hit.unit,
        comparator=hit.comparator,
        measure=measure,
        direction="down" if reading.down else None,
        status=status,
        period=f"{period.start or ''}/{period.end or ''}" if period and (period.start or period.end) else None,
        baseline=reading.baseline or completion_baseline(before),
        deadline=label(state.governor.index, scene.analysis.hits[state.governor.index])
        if state.governor and status == "target"
        else None,
    )


def since_year(scene: Scene) -> int | None:
    """Where a yearly average starts: with the plan's first year, else with the year of the document."""
    period = title_period(scene.part)
    if period and period.start and period.end and period.start[:4] != period.end[:4]:
        return int(period.start[:4])
    return scene.year


def without_times(scene: Scene, start: int, end: int) -> str:
    """The words before a figure without the time expressions among them; baselines («较2020年») stay."""
    text = scene.text[start:end]
    spans = (
        [
            (max(hit.clean_outer_start, start), min(hit.clean_outer_end, end))
            for hit in scene.analysis.hits[first_hit(scene, start) :]
            if hit.role == "time" and hit.clean_outer_start < end
        ]
        if end > start
        else []
    )
    for left, right in reversed([span for span in spans if span[1] > span[0]]):
        before = scene.text[max(start, left - 1) : left]
        if before and before in "较比于":
            continue
        if scene.text[left:right] in ("每年", "年均"):
            continue
        if scene.text[left:right] in ("年度", "年") and right < end:
            continue  # «年度计划投资» is a name
        text = text[: left - start] + text[right - start :]
    return text


def first_hit(scene: Scene, start: int) -> int:
    low, high = 0, len(scene.analysis.hits)
    while low < high:
        middle = (low + high) // 2
        if scene.analysis.hits[middle].clean_outer_end <= start:
            low = middle + 1
        else:
            high = middle
    return low


def name_of(scene: Scene, clause: Clause, hit: Hit, reading: Reading, state: State) -> str:
    """The noun before the figure; else the one behind it; else the one that the figure before it had."""
    actors = actors_of(scene)
    rest = tidy(reading.rest, actors)
    after = scene.text[hit.clean_outer_end : clause.end]
    carried = state.names[-1] if state.names else None
    if hit.unit in ("%", "‰") and (match := re.match(r"^的([一-鿿]{2,14})", after)) and not reading.growth:
        return f"{match.group(1)}占{re.sub('^占|^以占', '', rest) or '全部'}的比重"
    if hit.kind == "rank":
        rest = PLACES.sub("", rest)
        if len(rest) < 3 and carried:
            return carried
    if rest.endswith("剩余") and carried:
        return carried
    if carried and (task := re.match(r"(?:完成|占)?([一-鿿]{1,6}(?:任务|计划))$", rest)):
        return f"{carried}{task.group(1)}完成率"
    if rest.startswith("占") and carried:
        return carried + rest + ("" if RATE.search(rest) else "的比重")
    if rest.endswith("占") and carried:
        return f"{rest}{carried}的比重"
    if (
        hit.kind == "count"
        and (noun := noun_behind(after))
        and (not rest or is_only_a_verb(rest) or rest.endswith(("等", "与", "对")))
    ):
        return counted(f"{rest if is_only_a_verb(rest) else ''}{noun}", hit.unit)
    if hit.kind == "duration" and after.startswith(("办结", "内办结", "完成")) and rest:
        return f"{rest}办理时限"
    if SPEED.fullmatch(rest.replace("年均", "")) and carried:
        return carried + rest
    if ATTRIBUTE.match(rest) and state.counted and state.counted[0] == clause.group:
        return state.counted[1] + rest
    if len(rest) >= 2 and not is_only_a_verb(rest):
        return counted(rest, hit.unit) if hit.kind == "count" else rest
    if carried and not (hit.kind == "count" and rest):
        return carried
    previous = clause_before(scene, clause, actors)
    return (rest and counted(rest, hit.unit)) or previous or carried or hit.unit or "数量"


def actors_of(scene: Scene) -> tuple[str, ...]:
    return tuple(name for name in (scene.part.actor,) if name)


def is_only_a_verb(rest: str) -> bool:
    return len(rest) < 2 or rest in ONLY_VERBS


def noun_behind(after: str) -> str | None:
    """«99个省市区三级重点项目年度计划投资…»: the noun that a count stands before, up to the verb."""
    match = NOUN_AFTER.match(after)
    if not match or NOT_A_NOUN.match(after):
        return None
    noun = STOP.split(match["noun"])[0].strip("“”的 ")
    return noun if 2 <= len(noun) <= 24 else None


def clause_before(scene: Scene, clause: Clause, actors: tuple[str, ...]) -> str | None:
    """A clause that is only a figure takes its name from the clause before it, if that is short enough to be one."""
    number = clause.number - 1
    if number < scene.sentence.clauses.start:
        return None
    previous = scene.analysis.outline.clauses[number]
    name = tidy(scene.text[previous.start : previous.end], actors)
    return name if 2 <= len(name) <= 20 else None


def shared_head(
    scene: Scene, clause: Clause, hit: Hit, figures: Sequence[int], state: State
) -> tuple[str, Reading] | None:
    """«分别完成任务的170%、170%和180%»: each figure of the list belongs to the subject in the same place of the list before it."""
    start = scene.text.rfind("分别", clause.start, hit.clean_start)
    if start < 0:
        return None
    hits = [scene.analysis.hits[i] for i in figures if scene.analysis.hits[i].clean_start > start]
    order = next((n for n, other in enumerate(hits) if other.clean_start == hit.clean_start), 0)
    words = scene.text[start + 2 : hits[0].clean_outer_start]
    subjects = re.split(
        r"[、和与]",
        tidy(re.sub(r"[较比](?:20\d\d年|上年|去年).*$", "", scene.text[clause.start : start]), actors_of(scene)),
    )
    if len(subjects) != len(hits) or not all(subjects):
        subjects = (
            state.names[len(state.names) - order - len(hits) : len(state.names) - order]
            if len(state.names) >= len(hits) + order
            else []
        )
    if len(subjects) != len(hits):
        return None
    task = re.match(r"完成(.{1,10}?)的?$", words)
    reading = Reading(without_times(scene, clause.start, hits[0].clean_outer_start))
    return f"{subjects[order]}完成{task.group(1)}比例" if task else subjects[order], reading


def completion_baseline(before: str) -> str | None:
    """«完成区交任务的170%», «占年度计划的71.2%»: what the rate is measured against."""
    match = re.search(r"(?:完成|占)([一-鿿]{1,6}(?:任务|计划|目标))的?$", before)
    return match.group(1) if match else None
