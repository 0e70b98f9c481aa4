"""Named projects in prose: «推动A、B等项目建成投产», «X中心已签约,占地180亩,三季度开工»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.analysis import Analysis, hits_by_clause, label
from extractor.engines.offline.attributes import ANNUAL, TOTAL, Attributes
from extractor.engines.offline.project import CLASSES, Found, owner_in
from extractor.engines.offline.stages import STAGES, committed, stage_now
from extractor.outline import Clause, Sentence
from schemas.draft import MilestoneDraft, ProjectDraft

# a project's name begins behind one of these
BEFORE_NAME = re.compile(
    r"加快推进|积极推进|积极推动|加快推动|压茬推进|推进|推动|加快|加速|深化|确保|力争|争取|支持|保障|督促|促进|启动|实施|抓好|协调|服务|位于|分别是|其中包括|包括|其中|以及|新竣工|新开工|"
    r"继续|重点|完成|紧盯|聚焦|围绕|推行|跟进|做好|建设好|开展|创造|调研|招引|引进|谋划|全力|大力|切实|深入|着力|提出|安排|实现|签约|集中|盘活[^,]{0,8}|[要将把让在对为是的了“”:,;]|在建的|"
    r"加紧建设的|正在建设的|高效|专班|通过|使|以"
)
HEAD = re.compile(
    r"(?P<tail>等)?(?:一批)?(?:重点|重大)?(?P<head>项目|工程)"
    r"(?!化|师|建设的?(?:若干|意见|责任|进度)|为王|数|库|单位|部门|办|责任|专项|要素|投资|等|突破|大突破|招引|质态|[各手]|公司|[推观]进?会|观摩|[”》]|名称|不少于|\d+(?:个|项|批))"
)
STRONG_NOUN = r"中心|基地|产业园|科技园|工业园|物流园|加速器|孵化器|码头|铁路|高速公路|高速|公路|大道|大桥|隧道|枢纽|水厂|电厂|电站|变电站|食堂|公园|综合体|实验室|研究院|研究所|试验场|体育场|停车场|展览馆|科技馆|文化馆|处理厂|快速路|卫生院|养老院|机场|水库|联络线|院区|医院|学校|小学|中学|敬老院|体育馆|图书馆|博物馆|客运站"
WEAK_NOUN = r"改造|社区|小镇|厂房|生产线|段|线路|管网|公寓|广场|园|谷|站"
STAGE = r"开工|动工|建成|竣工|投产|投用|投入|投运|通车|封顶|开门迎客|可交付|交付|通水|试运行|试生产|完工|封关|启用|上线|签约|挂牌|开诊|量产|试车"
FACILITY = re.compile(
    rf"(?P<name>[一-鿿A-Za-z0-9×]{{2,24}}?(?:(?:{STRONG_NOUN})(?:[一二三四]期)?(?:标准厂房)?(?:[一-鿿]{{1,3}}段)?(?:\([一-鿿A-Z0-9一二三四期型]{{1,6}}\))?"
    rf"(?=等?(?:已|将|正式|全面|顺利|计划|确保|力争|于)?(?:{STAGE}|建设(?:$|,|现场)|前期|完成(?:$|竣工|验收)|施工现场)|,他要求)"
    rf"|(?:{WEAK_NOUN})(?:[一二三四]期)?(?=(?:已|将|正式|全面|顺利|计划|确保|力争|于)?(?:{STAGE}|完成$|完成竣工))))"
)
# «6月底前建成云母产业园三期标准厂房12万平方米»: the stage stands before the name
BUILT = re.compile(
    rf"(?:建成|开工建设|启用|竣工)(?P<name>[一-鿿A-Za-z0-9]{{4,24}}?(?:{STRONG_NOUN}|{WEAK_NOUN})(?:[一二三四]期)?)"
    r"(?=$|,|并|投|\d+(?:\.\d+)?万?(?:平方米|平方公里|公里|亩|米|千瓦))"
)
ORGAN = r"[一-鿿]{2,16}?(?:局|委|办|厅|部|中心|管委会|政府|街道|镇|乡|公司|集团)"
BUILDER = re.compile(
    rf"由(?P<a>{ORGAN})(?:负责)?(?:投资|建设|承建|实施)|(?:^|[,。由])(?P<b>[一-鿿]{{2,16}}?(?:公司|集团|城投|交投))(?:承建|投建|投资建设|建设|在干)"
)
CHARGE = re.compile(r"[\[(【]?(?:责任|牵头)(?:单位|部门)[:]?([^;。\])】]{2,40})")
IN_CHARGE = re.compile(rf"由(?P<a>{ORGAN})(?:负责|牵头)|(?:^|[,。])(?P<b>{ORGAN})(?:牵头|负责)(?:$|[,。])")
# every name that FACILITY and BUILT find holds one of these
PLACE = re.compile(rf"{STRONG_NOUN}|{WEAK_NOUN}")
HINT = re.compile(rf"{STAGE}|建设|前期|完成|施工现场|他要求")
GOES_ON = re.compile(
    r"(?:该项目|项目)?(?:计划)?(?:总投资|占地|用地|总?建筑面积|新增|设计|规划|达产后|建成后|投产后|届时|年产|装机|全长|可提供|可年|预计年)"
    r"|该(?:项目|工程)|(?:该项目|项目)?由[^,]{2,24}(?:投资|建设|承建|实施|运营|负责|牵头)|(?:当年|年内|年度)(?:计划)?完成投资|年度(?:计划)?投资"
)
# a clause that is nothing but a name, at the head of a paragraph: «某抽水蓄能电站,装机120万千瓦,…»
TOPIC = re.compile(
    rf"(?P<name>[一-鿿A-Za-z0-9×“”]{{4,32}}?(?:项目|工程|{STRONG_NOUN}|产业园|新?[校院厂]区)(?:[一二三四]期)?),?"
)
# «正由某集团建设的某实验室,年内投入使用»: the name closes its clause, the next one tells of it
AT_THE_END = re.compile(rf"(?P<name>[一-鿿A-Za-z0-9×]{{4,24}}?(?:{STRONG_NOUN})(?:[一二三四]期)?),?$")
# what a clause says of the project that its sentence opened with
STEP = re.compile(r"目前|现已|已(?:于|完成|开工|封顶|建成|进入|具备)|项目(?:现|目前|已)|主体|土建|设备")
STATE = re.compile(r"(?:搬入|进场|安装|调试|量产|投产|试产|封顶|竣工|完工|开工|通车|投用|达产)[一-鿿]{0,4}$")
STAGE_WORD = re.compile(
    r"建设|开工|竣工|投产|建成|投用|试生产|前期|点亮|在建|调试|投运|落地|推进|总投资|签约|现场|形象进度|承建"
)
TASK = re.compile(
    r"加快|推进|推动|实施|加强|完善|提升|强化|抓好|做好|深化|全力|大力|着力|优化|开展|围绕|聚焦|支持|依托|建设一批"
)
ALREADY = re.compile(r"已|提前|并投入|新竣工|成功|[^未]了(?!解)")
NO_NAME = re.compile(
    r"(?<![院园社小片])[省市区]$|^[和与及]|\d+(?:个|项)|以上|一批|亿元|[市县区]委|代?市长|老旧小区|^[一-鿿]{0,4}(?:节能|技改)$|[一-鿿]{0,4}企业$"
)
OTHER_PROJECT = re.compile(r"项目[和、]?")
COUNTED = re.compile(r"项目\d+个")


@dataclass(slots=True)
class Prose:
    """A project with the clauses read so far. All of its paragraph tells of a `topic`, and a `subject` opens its sentence."""

    name: str
    shown: str
    place: int
    tail: bool = False
    topic: bool = False
    subject: bool = False
    department: str | None = None
    clauses: list[Clause] = field(default_factory=list)
    end: int = 0

    @property
    def name_end(self) -> int:
        return self.place + len(self.shown)

    @property
    def behind(self) -> int:
        """Where its predicate begins: behind the whole list, if it stands in one."""
        return self.end or self.name_end


def in_prose(
    analysis: Analysis,
    paragraph: Sequence[Sentence],
    hits: dict[int, list[int]],
    taken: set[int],
    *,
    past: bool = False,
) -> Iterator[Found]:
    """Read a paragraph clause by clause: a name opens a project, clauses that only tell of it go on with it.

    In a `past` paragraph (a review) what is told is reached, not aimed at.
    """
    current: Prose | None = None
    whole = [index for sentence in paragraph for index in hits.get(sentence.number, ())]
    charge = charged(analysis.view.text[paragraph[-1].start : paragraph[-1].end])
    for sentence in paragraph:
        if current and not current.topic:
            yield from finished(analysis, current, whole, past)
            current = None
        for number in sentence.clauses:
            clause = analysis.outline.clauses[number]
            inside = clause_hits(analysis, clause, whole)
            opened = [] if number in taken else list(names_in(analysis, clause, inside))
            if not opened and number not in taken and number + 1 in sentence.clauses:
                opened = named_alone(analysis, clause, number == paragraph[0].clauses.start, whole)
            if current and (
                opened or number in taken or not (current.topic or goes_on(current, analysis, clause, inside))
            ):
                yield from finished(analysis, current, whole, past)
                current = None
            if current:
                current.clauses.append(clause)
            for prose in opened:
                prose.department = charge
            for prose in opened[:-1]:
                yield from finished(analysis, prose, whole, past)
            if opened:
                current = opened[-1]
                if number == sentence.clauses.start and current.place - clause.start <= 3 and len(opened) == 1:
                    current.subject = True
    if current:
        yield from finished(analysis, current, whole, past)


def clause_hits(analysis: Analysis, clause: Clause, hits: Sequence[int]) -> list[int]:
    return [index for index in hits if clause.start <= analysis.hits[index].clean_start < clause.end]


def named_alone(analysis: Analysis, clause: Clause, first: bool, hits: Sequence[int]) -> list[Prose]:
    """A name that fills the first clause of a paragraph, or closes any clause, and is told of in the next one."""
    following = analysis.outline.clauses[clause.number + 1]
    if not goes_on(None, analysis, following, clause_hits(analysis, following, hits)) and not first:
        return []
    words = analysis.view.text[clause.start : clause.end]
    if not first:
        match = AT_THE_END.search(words)
        if not match:
            return []
        name = match["name"][max((cut.end() for cut in BEFORE_NAME.finditer(match["name"])), default=0) :]
        if not 4 <= len(name) <= 28 or CLASSES.match(name) or NO_NAME.search(name):
            return []
        return [Prose(name, name, clause.start + match.end("name") - len(name), clauses=[clause])]
    match = TOPIC.fullmatch(words)
    if match and not TASK.search(words) and not CLASSES.match(match["name"]):
        return [Prose(match["name"], match["name"], clause.start + match.start("name"), topic=True, clauses=[clause])]
    return []


def goes_on(current: Prose | None, analysis: Analysis, clause: Clause, inside: Sequence[int]) -> bool:
    """Size, money, or a time with a stage, and no other subject."""
    words = analysis.view.text[clause.start : clause.end]
    if (
        current
        and current.subject
        and (STEP.match(words) or (current.clauses[-1].group == clause.group and STATE.search(words)))
    ):
        return True
    if GOES_ON.match(words):
        return True
    times = [analysis.hits[index] for index in inside if analysis.hits[index].role == "time"]
    if not times or times[0].clean_outer_start - clause.start > 4:
        return False
    behind = analysis.view.text[times[0].clean_outer_end : clause.end]
    return any((match := pattern.search(behind)) and match.start() <= 2 for pattern, _ in STAGES)


def names_in(analysis: Analysis, clause: Clause, inside: Sequence[int]) -> list[Prose]:
    words = analysis.view.text[clause.start : clause.end]
    found = list(headed(analysis, clause, words, inside)) if "项目" in words or "工程" in words else []
    if not found and HINT.search(words):
        found = list(facilities(analysis, clause, words, inside))
    return found


def headed(analysis: Analysis, clause: Clause, words: str, inside: Sequence[int]) -> Iterator[Prose]:
    """Names in front of 项目 or 工程, with lists split; classes («亿元以上项目») are none."""
    for match in HEAD.finditer(words):
        start = name_start(analysis, clause, words, match.start(), inside)
        listed = words[start : match.start()]
        is_class = ("重点" in match.group() or "重大" in match.group()) and not match["tail"]
        in_title = words.rfind("《", 0, match.start()) > words.rfind("》", 0, match.start())
        if is_class or in_title or listed.endswith(("、", "和")) or not STAGE_WORD.search(words):
            continue
        for name in (part.strip("“” ") for part in listed.split("、")):
            if 3 <= len(name) <= 40 and not CLASSES.match(name) and not NO_NAME.search(name):
                full = name if name.endswith(("项目", "工程")) else name + match["head"]
                place = clause.start + words.find(name, start)
                yield Prose(full, name, place, bool(match["tail"]), clauses=[clause], end=clause.start + match.end())


def name_start(analysis: Analysis, clause: Clause, words: str, end: int, inside: Sequence[int]) -> int:
    """Behind the last verb, time or other project of the clause."""
    starts = [match.end() for match in BEFORE_NAME.finditer(words, 0, end)]
    for index in inside:
        stop = analysis.hits[index].clean_outer_end - clause.start
        if analysis.hits[index].role == "time" and stop <= end:
            starts.append(stop)
    starts += [match.end() for match in OTHER_PROJECT.finditer(words, 0, end)]
    return max(starts, default=0)


def facilities(analysis: Analysis, clause: Clause, words: str, inside: Sequence[int]) -> Iterator[Prose]:
    """«某某中心建成并投入运营», «某某再生水厂11月底前通水»: times between name and stage are looked through."""
    chars = list(words)
    for index in inside:
        hit = analysis.hits[index]
        if hit.role == "time" and hit.kind == "time":
            left, right = hit.clean_outer_start - clause.start, min(hit.clean_outer_end - clause.start, len(words))
            chars[left:right] = "\0" * (right - left)
    bare = "".join(chars).replace("\0", "")
    if not PLACE.search(bare):
        return
    for match in (*FACILITY.finditer(bare), *BUILT.finditer(bare)):
        name = match["name"]
        name = name[max((cut.end() for cut in BEFORE_NAME.finditer(name)), default=0) :]
        place = words.find(name)
        if 4 <= len(name) <= 28 and place >= 0 and not CLASSES.match(name) and not NO_NAME.search(name):
            yield Prose(name, name, clause.start + place, clauses=[clause])


def finished(analysis: Analysis, prose: Prose, hits: Sequence[int], past: bool) -> Iterator[Found]:
    """A project needs a stage, a figure, or «等项目» behind its name: a mere mention is none."""
    first, last = prose.clauses[0], prose.clauses[-1]
    inside = [index for index in hits if first.start <= analysis.hits[index].clean_start < last.end]
    attributes = Attributes(analysis, inside, prose.behind)
    words = analysis.view.text[first.start : last.end]
    before = analysis.view.text[first.start : prose.place]
    total = total_before(analysis, prose, attributes) or attributes.money(TOTAL)
    own = [index for index in attributes.open if belongs(analysis, prose, index)]
    attributes.open = [index for index in own if index != total]
    annual = attributes.money(ANNUAL)
    capacity = tuple(attributes.capacities(attributes.idle(prose.clauses[1:])))
    target, due = committed(attributes.steps(prose.clauses))
    lead = analysis.outline.clauses[first.number - 1] if first.number else None
    if lead and lead.sentence == first.sentence and lead.end - lead.start <= 12:
        # «2026年6月底前,某研究院挂牌运行»
        inside = [*clause_hits(analysis, lead, hits), *inside]
    if due is None and target and (time := time_before(analysis, prose, inside)) is not None:
        due = label(time, analysis.hits[time])
    stage = stage_now(words if len(prose.clauses) == 1 else before + analysis.view.text[prose.place : last.end])
    done = past or bool(ALREADY.search(words))
    if past and target:
        stage = target
    if target and stage in ("planned", "completed", "in-production") and not done:
        stage = "planned" if target == "starting" else None
    if target == stage or (done and stage in ("completed", "in-production")):
        target, due = None, None
    if not (stage or target or total is not None or capacity or prose.tail):
        return
    draft = ProjectDraft(
        name=prose.name,
        owner=owner_in(prose.name) or builder(words),
        department=department(words) or prose.department,
        stage=stage,
        target_stage=target,
        deadline=due,
        total_investment=label(total, analysis.hits[total]) if total is not None else None,
        annual_investment=label(annual, analysis.hits[annual]) if annual is not None else None,
        capacity=capacity,
        milestones=() if past else several(attributes.milestones(prose.clauses)),
        clauses=tuple(clause.number for clause in prose.clauses),
    )
    used = {total, annual} | {
        index for index in attributes.open if analysis.hits[index].kind not in ("money", "percent", "rank")
    }
    yield Found(draft, draft.clauses, tuple(index for index in used if index is not None))


def builder(words: str) -> str | None:
    """«由某集团投资建设», «某集团承建的»."""
    match = BUILDER.search(words)
    return next((part for part in match.groups() if part), None) if match else None


def department(words: str) -> str | None:
    """«由城市建设局负责», «县投促局牵头»."""
    match = IN_CHARGE.search(words)
    return next((part for part in match.groups() if part), None) if match else None


def charged(words: str) -> str | None:
    """«[责任单位:市科技局]» at the end of a paragraph is for all of it."""
    match = CHARGE.match(words)
    return match.group(1).strip() if match else None


def several(milestones: Sequence[MilestoneDraft]) -> tuple[MilestoneDraft, ...]:
    """One step with its time is the project's stage and deadline; of several each is told."""
    return tuple(milestones) if len(milestones) > 1 else ()


def belongs(analysis: Analysis, prose: Prose, index: int) -> bool:
    """Figures inside the name, or behind it where the clause is about the project alone."""
    hit = analysis.hits[index]
    if prose.place <= hit.clean_start < prose.name_end:
        return hit.kind not in ("money", "percent")
    if hit.clean_start < prose.place:
        return False
    return not COUNTED.search(analysis.view.text, prose.place, hit.clean_end)


def total_before(analysis: Analysis, prose: Prose, attributes: Attributes) -> int | None:
    """«总投资22亿元的X项目», «11亿元的Y项目»."""
    for index in attributes.open:
        hit = analysis.hits[index]
        if hit.kind == "money" and analysis.view.text[hit.clean_outer_end : prose.place] == "的":
            return index
    return None


def time_before(analysis: Analysis, prose: Prose, inside: Sequence[int]) -> int | None:
    """«确保年内X项目竣工投产»: the time stands before the name."""
    times = [
        index
        for index in inside
        if analysis.hits[index].role == "time"
        and analysis.hits[index].kind == "time"
        and analysis.hits[index].clean_outer_end <= prose.place
    ]
    return times[-1] if times else None
