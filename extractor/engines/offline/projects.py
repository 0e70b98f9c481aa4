"""Projects by rule: items of a project list, and named projects in prose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.analysis import Analysis, label
from extractor.outline import Clause, Sentence
from schemas.draft import CapacityDraft, MilestoneDraft, ProjectDraft
from schemas.vocabulary import Stage

ITEM = re.compile(r"(?:\d{1,3}[.、·]|\(\d{1,3}\))\s*")
MARK = re.compile(r"(?:\d{1,3}[.、·]|\(?[一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、是])")
IS_ITEM = re.compile(r"总投资|建设规模|业主单位|建设单位|年度(?:计划)?(?:完成)?投资|项目单位|投资主体")
NAME_END = re.compile(r"[。,;:]|建设规模|总投资|业主单位|建设单位|项目单位|建设内容|\(总投资|投资")
COMPANY = re.compile(
    r"^(?P<owner>[一-鿿A-Za-z()]{2,40}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司|集团|公司|研究院|大学|医院|厂))(?P<name>[^、]{4,})$"
)
OWNER = re.compile(
    r"(?:业主单位|建设单位|项目单位|投资主体|实施单位)[::为]?\s*(?P<a>[^。,;]{2,40})|由(?P<b>[^。,;]{2,30}?)(?:投资)?(?:建设|实施|承建)"
)
DEPARTMENT = re.compile(r"(?:责任部门|责任单位|牵头单位|牵头部门|主管部门)[::为]?\s*([^。;\n]{2,40})")
TOTAL = re.compile(r"(?:总投资额?|投资总额|概算投资|估算投资)(?:约|达|为|超|近|超过)?$")
ANNUAL = re.compile(
    r"(?:年度(?:计划)?(?:完成)?投资|年度计划完成投资|当年(?:计划)?(?:完成)?投资|今年(?:计划)?(?:完成)?投资|20\d\d年(?:计划)?(?:完成)?投资)(?:约|达|为)?$"
)
CLASSES = re.compile(
    r"^(?:(?:重点|重大|主要|在建|拟建|新建|续建|新开工|开工|竣工|前期|储备|签约|招商|引资|产业|工业|民生|基础设施|各类|各|类|一批|优质|好|大|小|亿元|以上|省|市|区|县|级|个|等|全部|所有|该|此|其|"
    r"引领型|示范|支撑性|引领性|的|有关|相关|投资|建设|推进|加快|合作|科研|产学研|外资|内资|央企|落地|谋划|洽谈|拟签约|清单|直管|过境|在谈|对接|已对接|招引|审批|环节|技改|延链|补链|强链|"
    r"总部|基地型|投产|成功|安排|共|提出|审批|业内|全力|实现|到|全国|国家|列入|工程|项目|和|与|、|转化|标志|标志性|绿色|低碳|发展|节能|前景|新|园区|高新区|企业|服务))*$"
)
STAGES: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (re.compile(r"投产|投用|投入(?:运营|使用|生产)|投运|运营|通车|开门迎客|达产|启用|交付使用"), "in-production"),
    (re.compile(r"试生产|试运行|竣工|完工|建成|点亮|验收|通水|交付|完成(?!投资)"), "completed"),
    (re.compile(r"开工|动工|破土|落地"), "starting"),
)
NOW: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (re.compile(r"已?(?:投产|投入运营|投用)了?$|建成并投入"), "in-production"),
    (re.compile(r"提前点亮|已(?:竣工|完工|建成)|新竣工"), "completed"),
    (
        re.compile(r"在建|续建|加紧建设|正在建设|推进.*建设|加快.*建设|建设现场|施工现场|设备调试|新开工.*分别是"),
        "under-construction",
    ),
    (re.compile(r"已签约|签约"), "signed"),
    (re.compile(r"前期|谋划|筹建|探索建设|开工|落地"), "planned"),
)
# a project's name begins behind one of these
BEFORE_NAME = re.compile(
    r"加快推进|积极推进|积极推动|加快推动|压茬推进|推进|推动|加快|加速|确保|力争|争取|支持|保障|督促|促进|启动|实施|抓好|协调|服务|位于|分别是|其中包括|包括|其中|以及|新竣工|新开工|"
    r"继续|重点|完成|紧盯|聚焦|围绕|推行|跟进|做好|建设好|开展|创造|调研|招引|引进|谋划|全力|大力|切实|深入|着力|提出|安排|实现|签约|[要将把让在对为是的了“”:,;]|在建的|加紧建设的|正在建设的|高效|专班|通过|使|以"
)
HEAD = re.compile(
    r"(?P<tail>等)?(?:一批)?(?:重点|重大)?(?P<head>项目|工程)(?!(?:化|师|建设的?(?:若干|意见|责任|进度)|为王|数|库|单位|部门|办|责任|专项|要素|投资|等|突破|大突破|招引|质态|[各手]|公司|[推观]进?会|观摩|[”》]))"
)
# facilities that are named without the word project; the stage word stands behind them
FACILITY = re.compile(
    r"(?P<name>[一-鿿A-Za-z0-9×()“”]{2,24}?(?:中心|基地|产业园|科技园|院区|医院|学校|铁路|高速|大道|大桥|枢纽|水厂|电厂|电站|食堂|公园|综合体|机场|码头|水库|改造|联络线|线路|园[一二三]期|谷[一二三]期|[一二三]期))"
    r"(?P<between>,?他要求|施工现场,?.{0,14}|(?:等)?)(?=(?P<behind>建成|建设$|开工|竣工|投产|投用|投入|通车|封顶|开门迎客|可?交付|通水|试运行|完工|完成$|施工))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A project with the clauses and the hits that it takes from the metrics; `idle` hits are milestones' details."""

    draft: ProjectDraft
    clauses: tuple[int, ...]
    hits: tuple[int, ...]
    idle: tuple[int, ...] = ()


def listed(analysis: Analysis, sentences: Sequence[Sentence], hits: dict[int, list[int]]) -> Iterator[Found]:
    """Items «1.某公司年产8万吨某项目。总投资3.2亿元…。责任部门:某局»: from their number to the next."""
    run: list[Sentence] = []
    for sentence in [*sentences, None]:
        marked = sentence is not None and bool(ITEM.match(analysis.view.text, sentence.start, sentence.end))
        closes = sentence is not None and bool(MARK.match(analysis.view.text, sentence.start, sentence.end))
        moved = (
            sentence is not None
            and run
            and (sentence.segment != run[0].segment or sentence.heading[:1] != run[0].heading[:1])
        )
        if sentence is None or closes or moved:
            if run and (found := item(analysis, run, hits)):
                yield found
            run = []
        if sentence is not None and (run or marked):
            run.append(sentence)


def item(analysis: Analysis, run: Sequence[Sentence], hits: dict[int, list[int]]) -> Found | None:
    text = analysis.view.text[run[0].start : run[-1].end]
    if not IS_ITEM.search(text) or len(text) > 900:
        return None
    body = ITEM.sub("", text, count=1)
    name = NAME_END.split(body, maxsplit=1)[0].strip()
    if not 4 <= len(name) <= 70 or CLASSES.match(name):
        return None
    company = COMPANY.match(name)
    owner = OWNER.search(text)
    said = next((part.strip() for part in owner.groups() if part), None) if owner else None
    department = DEPARTMENT.search(text)
    first, last = run[0].clauses.start, run[-1].clauses.stop - 1
    parts = Parts(analysis, [index for sentence in run for index in hits.get(sentence.number, ())])
    milestones, steps, idle = parts.milestones(
        range(first, last + 1), name_end=run[0].start + len(text) - len(body) + len(name)
    )
    heading = "".join(run[0].heading)
    stage = heading_stage(heading) or now(text)
    target, due = target_of(steps)
    draft = ProjectDraft(
        name=name,
        owner=(said if said and "待定" not in said else None) or (company["owner"] if company else None),
        stage=stage or ("planned" if target == "starting" else None),
        target_stage=target,
        deadline=due,
        total_investment=parts.money(TOTAL),
        annual_investment=parts.money(ANNUAL),
        capacity=tuple(parts.capacities(idle)),
        department=department.group(1).strip() if department else None,
        milestones=tuple(milestones),
        clauses=tuple(range(first, last + 1)),
    )
    return Found(draft, draft.clauses, tuple(i for i in parts.open if i not in idle), tuple(idle))


class Parts:
    """The open hits of one project's text, by what stands before them."""

    def __init__(self, analysis: Analysis, hits: Sequence[int]) -> None:
        self.analysis = analysis
        self.hits = hits
        self.open = [index for index in hits if analysis.hits[index].role is None]

    def money(self, cue: re.Pattern[str]) -> str | None:
        for index in self.open:
            hit = self.analysis.hits[index]
            before = self.analysis.view.text[max(0, hit.clean_outer_start - 14) : hit.clean_outer_start]
            if hit.kind == "money" and cue.search(before):
                return label(index, hit)
        return None

    def milestones(
        self, clauses: range, name_end: int
    ) -> tuple[list[MilestoneDraft], list[tuple[str, str]], list[int]]:
        """Clauses that a time opens: their texts, (time tag, words behind it), and the figures inside them."""
        found: list[MilestoneDraft] = []
        steps: list[tuple[str, str]] = []
        idle: list[int] = []
        for number in clauses:
            clause = self.analysis.outline.clauses[number]
            for index in self.hits:
                hit = self.analysis.hits[index]
                if (
                    hit.time is None
                    or hit.time.recurring
                    or hit.kind != "time"
                    or not clause.start <= hit.clean_start < clause.end
                ):
                    continue
                behind = self.analysis.view.text[hit.clean_outer_end : clause.end]
                if (
                    hit.clean_start < name_end
                    or ANNUAL.search(hit.text + behind[:8])
                    or re.match(r"度?(?:计划|完成)?投资|不安排", behind)
                ):
                    continue
                words = (self.analysis.view.text[clause.start : hit.clean_outer_start] + behind).strip()
                found.append(MilestoneDraft(text=words or behind, deadline=label(index, hit)))
                steps.append((label(index, hit), behind))
                idle += [i for i in self.open if hit.clean_end <= self.analysis.hits[i].clean_start < clause.end]
                break
        return found, steps, idle

    def capacities(self, idle: Sequence[int]) -> Iterator[CapacityDraft]:
        for index in self.open:
            hit = self.analysis.hits[index]
            if hit.kind in ("money", "percent", "rank") or index in idle:
                continue
            clause = self.analysis.outline.clause_at(hit.clean_start)
            if clause:
                yield CapacityDraft(figure=label(index, hit), of=counts_what(self.analysis, clause, index))


def counts_what(analysis: Analysis, clause: Clause, index: int) -> str:
    """«年产30万片衬底» counts 衬底 每年; «建筑面积8.6万平方米» counts 建筑面积."""
    hit = analysis.hits[index]
    before = analysis.view.text[clause.start : hit.clean_outer_start]
    after = re.match(r"[一-鿿A-Za-z]{0,16}", analysis.view.text[hit.clean_outer_end : clause.end])
    noun = re.split(r"项目|工程|生产线|机组|$", after.group() if after else "")[0]
    if yearly := re.search(r"(年|日|月)(?:产|处理|加工)([一-鿿]{0,10})$", before):
        return f"{noun or yearly.group(2) or '产量'} 每{yearly.group(1)}"
    words = re.split(r"[,。、;:]|建设规模|新增|设置|办学规模|达产后|建成后", before)[-1]
    return words.strip() or noun or "规模"


def heading_stage(heading: str) -> Stage | None:
    if "续建" in heading or "在建" in heading:
        return "under-construction"
    if "新开工" in heading or "前期" in heading or "储备" in heading or "谋划" in heading:
        return "planned"
    return None


def now(text: str) -> Stage | None:
    return next((stage for pattern, stage in NOW if pattern.search(text)), None)


def target_of(steps: Sequence[tuple[str, str]]) -> tuple[Stage | None, str | None]:
    """The stage that a time commits the whole project to: the word stands right behind the time. The furthest one counts."""
    best: tuple[Stage | None, str | None] = (None, None)
    for pattern, stage in STAGES:
        for tag, behind in steps:
            match = pattern.search(behind)
            if match and match.start() <= 3 and not re.search(r"主体|土建|车间|厂房|部分|%|\d", behind):
                return stage, tag
    return best


def in_prose(analysis: Analysis, sentence: Sentence, hits: Sequence[int], taken: set[int]) -> Iterator[Found]:
    """Names in front of 项目 or 工程, with lists split; classes («亿元以上项目») are none. Then facilities by name."""
    for number in sentence.clauses:
        if number in taken:
            continue
        clause = analysis.outline.clauses[number]
        words = analysis.view.text[clause.start : clause.end]
        scene = Prose(analysis, clause, words, hits)
        found = False
        for match in HEAD.finditer(words):
            for project in scene.named(match):
                found = True
                yield project
        if not found:
            yield from scene.facilities()


class Prose:
    """One clause of prose with its hits."""

    def __init__(self, analysis: Analysis, clause: Clause, words: str, hits: Sequence[int]) -> None:
        self.analysis, self.clause, self.words = analysis, clause, words
        self.hits = [index for index in hits if clause.start <= analysis.hits[index].clean_start < clause.end]
        self.parts = Parts(analysis, self.hits)
        self.times = [
            index
            for index in self.hits
            if analysis.hits[index].role == "time"
            and analysis.hits[index].kind == "time"
            and (time := analysis.hits[index].time) is not None
            and not time.recurring
        ]

    def named(self, match: re.Match[str]) -> Iterator[Found]:
        start = self.name_start(match.start())
        listed = self.words[start : match.start()]
        is_class = ("重点" in match.group() or "重大" in match.group()) and not match["tail"]
        if (
            is_class
            or listed.endswith(("、", "和"))
            or not STAGE_WORD.search(self.words)
            or self.in_title(match.start())
        ):
            return
        behind = self.words[match.end() :]
        target = next((stage for pattern, stage in STAGES if pattern.search(behind)), None)
        for name in (part.strip("“” ") for part in listed.split("、")):
            if 3 <= len(name) <= 40 and not CLASSES.match(name) and not NO_NAME.search(name):
                full = name if name.endswith(("项目", "工程")) else name + match["head"]
                found = self.project(name, full, target)
                if match["tail"] or found.draft.stage or found.draft.target_stage or found.hits:
                    yield found

    def in_title(self, place: int) -> bool:
        """Whether it stands inside 《…》."""
        return self.words.rfind("《", 0, place) > self.words.rfind("》", 0, place)

    def name_start(self, end: int) -> int:
        """Behind the last verb, time or other project of the clause."""
        starts = [match.end() for match in BEFORE_NAME.finditer(self.words, 0, end)]
        for index in self.times:
            stop = self.analysis.hits[index].clean_outer_end - self.clause.start
            if stop <= end:
                starts.append(stop)
        starts += [match.end() for match in re.finditer(r"项目[和、]?", self.words[:end])]
        return max(starts, default=0)

    def project(self, name: str, full: str, target: Stage | None) -> Found:
        place = self.clause.start + self.words.find(name)
        hits = self.analysis.hits
        owned = [
            index
            for index in self.parts.open
            if place <= hits[index].clean_start < place + len(name) and hits[index].kind not in ("money", "percent")
        ]
        behind = (
            [
                index
                for index in self.parts.open
                if hits[index].clean_start >= place + len(name)
                and hits[index].kind in ("area", "length", "volume", "weight")
            ]
            if not STAGE_ONLY.search(self.words)
            else []
        )
        total = money_of(self.analysis, self.clause, name, self.words, self.parts)
        current = now(self.words)
        if target and not re.search(r"调试|在建|加紧建设|已|正在|提前|新竣工", self.words):
            current = "planned" if target == "starting" else None
        draft = ProjectDraft(
            name=full,
            stage=current,
            target_stage=target if current != target else None,
            deadline=label(self.times[-1], hits[self.times[-1]])
            if self.times and target and current != target
            else None,
            total_investment=label(total, hits[total]) if total is not None else None,
            capacity=tuple(
                CapacityDraft(figure=label(index, hits[index]), of=counts_what(self.analysis, self.clause, index))
                for index in (*owned, *behind)
            ),
            clauses=(self.clause.number,),
        )
        return Found(draft, (self.clause.number,), (*owned, *behind, *((total,) if total is not None else ())))

    def facilities(self) -> Iterator[Found]:
        """«某某中心建成并投入运营», «某某再生水厂11月底前通水»: time expressions between name and stage are looked through."""
        if not FACILITY_STAGE.search(self.words):
            return
        words = list(self.words)
        for index in self.times:
            hit = self.analysis.hits[index]
            left, right = hit.clean_outer_start - self.clause.start, hit.clean_outer_end - self.clause.start
            words[left:right] = "\0" * (right - left)
        bare = "".join(words).replace("\0", "")
        for match in FACILITY.finditer(bare):
            name = match["name"]
            start = max((cut.end() for cut in BEFORE_NAME.finditer(name)), default=0)
            name = name[start:]
            if not 4 <= len(name) <= 28 or CLASSES.match(name) or NO_NAME.search(name) or "、" in name:
                continue
            behind = bare[match.start("behind") :]
            target = next((stage for pattern, stage in STAGES if pattern.search(behind)), None)
            if PAST_STAGE.search(behind):
                target = None
            yield self.project(name, name, target)


FACILITY_STAGE = re.compile(r"建成|建设$|开工|竣工|投产|投用|投入|通车|封顶|开门迎客|交付|通水|试运行|完工|完成$|施工")
STAGE_WORD = re.compile(r"建设|开工|竣工|投产|建成|投用|试生产|前期|点亮|在建|调试|投运|落地|推进|总投资|签约|现场")
STAGE_ONLY = re.compile(r"项目\d+个|\d+个[^,]*项目")
PAST_STAGE = re.compile(r"^建成并投入")
NO_NAME = re.compile(
    r"[省市区]$|^[和与及]|\d+(?:个|项)|以上|一批|亿元|[市县区]委|代?市长|老旧小区|节能|技改$|[一-鿿]{0,4}企业$"
)


def money_of(analysis: Analysis, clause: Clause, name: str, words: str, parts: Parts) -> int | None:
    """«总投资22亿元的X项目», «11亿元的Y项目», «X工程总投资1.45亿元»."""
    place = clause.start + words.find(name)
    for index in parts.open:
        hit = analysis.hits[index]
        if hit.kind != "money":
            continue
        if analysis.view.text[hit.clean_outer_end : place] == "的":
            return index
        before = analysis.view.text[place + len(name) : hit.clean_outer_start]
        if hit.clean_start > place and TOTAL.search(before) and len(before) <= 10:
            return index
    return None
