"""One document gives one quantity one value."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.checks.amounts import NO_AMOUNT, base_of
from extractor.checks.material import REACH, Material, span_of, spans_of
from extractor.recognise.hits import Hit
from schemas.base import Span
from schemas.finding import Finding
from schemas.metric import Metric
from schemas.project import Project

OUTPUTS = ("年产", "日产", "年处理", "日处理", "年加工", "年生产", "总装机", "建筑面积", "占地")
OUTPUT = re.compile(rf"(?P<verb>{'|'.join(OUTPUTS)})[^,。;\d]{{0,4}}$")
GROWS = re.compile(r"[由从扩增提升新另分]|一期|二期|三期|其中|改造")
TIME_WORDS = re.compile(
    r"\d{4}年(?:度|底|末)?|\d{1,2}月(?:份|底|末)?|[一二三四]季度|[上下]半年|前三季度|“?十[一二三四五六]?五”?(?:期间|末|时期)?|"
    r"今年|明年|本年|当年|全年|年内|年底|年末|年度|力争|确保|争取|到|底前|前|,"
)
CUES = re.compile(
    r"力争|确保|争取|努力|预计|实现|完成|达成|达到?|突破|超过?|保持在?|控制在|提高到?|提升至|增加到?|不低于|不少于|不超过?|至少|约|为|目标|计划|"
    r"要|将|累计|全[市区县省]|我[市区县省]|分别|均|基本|有望|稳定在|[::“”\"()() ]"
)
RISES = re.compile(
    r"(?:同比|环比|比[^,]{0,8}?|较[^,]{0,8}?)?(?:年均|平均)?(增长|下降|提高|降低|减少|增速|上升)(?:速度)?[^,\d]{0,6}$"
)
AIMS = re.compile(r"力争|确保|争取|目标|突破|以上|不低于|不少于|计划|任务|达到|控制在")
REPORTS = re.compile(r"完成了|实现了|达到了|同比|已|累计|去年|上年|截至|通报|回顾|获悉")
GENERIC = re.compile(
    r"(?:总投资|投资额|计划投资|年度投资|建筑面积|占地|用地|总额|项目|工程|企业|金额|奖励|补贴|资金|分之|面积|数量|规模|人员|人数|学校|课程|单位)$|^其中|比重$|排名|每|人均"
)
YEAR = re.compile(r"(20(?<!\d..)\d\d)年")
HAN = re.compile(r"[㐀-鿿]")
SHORTEST = 5  # characters of a name that can be compared
DIGIT = re.compile(r"\d")
NO_WORD = re.compile(r"[\W的]")
PARTICLES = re.compile(r"PM(?:2\.5|10)")
ACTOR = re.compile(r"[㐀-鿿]{1,8}(?:县|区|市|镇|乡|街道|公司|局)(?=:)")
SUB_YEAR = re.compile(r"第?[一二三四]季度|[上下]半年|前三季度|\d{1,2}月|年底|年末")
INVESTED = re.compile(
    r"(?P<name>[㐀-鿿A-Za-z0-9()]{3,30}(?:项目|工程|产业园|基地|中心)),?(?:计划|预计|概算)?总投资额?(?:约|达|为|超过?)?"
)
COMMON = re.compile(
    r"(?:重点|建设|该|此|上述|以上|[个项类批大]|产业|投资|工业|签约|开工|前期|续建|招商|等)(?:项目|工程)$|其中|亿元"
)
REVISED = re.compile(r"调整|修订|原|由|从|增加到|增至|提高到|扩大到|上调|下调|变更|分别|第[一二三四]|一期|二期")


@dataclass(frozen=True, slots=True)
class Statement:
    hit: Hit
    name: str
    measure: str
    value: Decimal
    unit: str
    sentence: int


def records_agree(material: Material) -> Iterator[Finding]:
    groups: dict[object, list[Metric]] = defaultdict(list)
    for metric in material.metrics:
        groups[quantity_of(metric)].append(metric)
    for metrics in groups.values():
        if len(metrics) == 1:
            continue
        values = {(metric.normalized.value, metric.normalized.value_max) for metric in metrics}
        if len(values) > 1 and len({metric.comparator for metric in metrics} - {"="}) <= 1:
            quoted = " and ".join(f"«{metric.figure.quote}»" for metric in metrics)
            yield Finding(
                code="contradiction",
                severity="warning",
                message=f"«{metrics[0].name}» has more than one value for one period: {quoted}.",
                records=tuple(metric.id for metric in metrics),
                spans=tuple(figure_span(material, metric) for metric in metrics),
            )


def quantity_of(metric: Metric) -> object:
    period = (metric.period.start, metric.period.end) if metric.period else metric.id
    unit = metric.normalized.unit
    name = NO_WORD.sub("", metric.name)
    return (
        metric.segment,
        name,
        period,
        metric.measure,
        metric.status,
        metric.direction,
        metric.baseline,
        metric.actor,
        unit,
    )


def figure_span(material: Material, metric: Metric) -> Span:
    hit = material.hit_at(metric.figure)
    return span_of(hit) if hit else Span(start=metric.figure.start, end=metric.figure.end)


def outputs_agree(material: Material) -> Iterator[Finding]:
    """«年产200吨冷轧精密带钢项目,建设规模为年产200万吨冷轧精密带钢»."""
    seen: dict[tuple[int, str, str], Hit] = {}
    text = material.text
    for hit in material.index.hits if any(verb in text for verb in OUTPUTS) else ():
        verb = OUTPUT.search(text[max(0, hit.clean_outer_start - 8) : hit.clean_outer_start])
        if verb is None or base_of(hit)[0] is None:
            continue
        thing = re.match(r"[㐀-鿿A-Za-z]{2,4}", text[hit.clean_outer_end : hit.clean_outer_end + 4])
        sentence = material.sentence(hit.clean_start)[0]
        key = (sentence, verb["verb"], thing.group() if thing else "")
        first = seen.setdefault(key, hit)
        between = text[first.clean_outer_end : hit.clean_outer_start]
        if thing and differ(first, hit) and base_of(first)[1] == base_of(hit)[1] and not GROWS.search(between):
            yield two_values(f"{verb['verb']}{thing.group()}", first, hit)


def projects_agree(material: Material) -> Iterator[Finding]:
    for project in material.projects:
        yield from capacities_agree(material, project)
        if project.total_investment and len(project.name) >= 6:
            stated = material.hit_at(project.total_investment.figure)
            others = investments_named(material, project) if stated else ()
            for other in others:
                if stated and other is not stated and base_of(other)[1] == base_of(stated)[1] and differ(other, stated):
                    yield two_values(f"the total investment of {project.name}", stated, other, project.id)


def capacities_agree(material: Material, project: Project) -> Iterator[Finding]:
    firsts: dict[tuple[str, str], Hit] = {}
    for capacity in project.capacity:
        hit = material.hit_at(capacity.figure)
        if hit is None or not capacity.of:
            continue
        first = firsts.setdefault((capacity.of, base_of(hit)[1]), hit)
        between = material.text[first.clean_outer_end : hit.clean_outer_start]
        if first is not hit and differ(first, hit) and not GROWS.search(between):
            yield two_values(capacity.of, first, hit, project.id)


def investments_named(material: Material, project: Project) -> Iterator[Hit]:
    """Find «name…总投资N» and «总投资N的name» wherever the project is named in its segment."""
    text, segment = material.text, material.segment(project.segment)
    start, end = material.clean_of(segment) if segment else (0, len(text))
    for place in material.places_of(project.name, start, end):
        behind = place + len(project.name)
        for hit in material.hits_in(behind, behind + 40):
            if re.fullmatch(r"[^。;\n\d]{0,20}总投资额?(?:约|达|为)?", text[behind : hit.clean_outer_start]):
                yield hit
        for hit in material.hits_in(place - 16, place):
            before = text[max(0, hit.clean_outer_start - 4) : hit.clean_outer_start]
            if "总投资" in before and re.fullmatch(r"的[^,。;\n]{0,4}", text[hit.clean_outer_end : place]):
                yield hit


def statements_agree(material: Material) -> Iterator[Finding]:
    """Hold the text against itself: one long name, one year, two values in two sentences."""
    groups: dict[object, list[Statement]] = defaultdict(list)
    for hit in aimed(material):
        if statement := statement_of(material, hit):
            segment = material.segment_at(hit.start)
            place = (segment.id if segment else "", statement.name, statement.measure, statement.unit)
            groups[place].append(statement)
    for statements in groups.values():
        if len(statements) > 1:
            yield from differing(material, statements)


def aimed(material: Material) -> Iterator[Hit]:
    """The hits of the sentences that set an aim. What is read of a long sentence differs from hit to hit."""
    start = stop = 0
    aims = False
    for hit in material.index.hits:
        if stop - start >= REACH or not start <= hit.clean_start < stop:
            start, stop = material.sentence(hit.clean_start)
            aims = bool(AIMS.search(material.text, start, stop))
        if aims:
            yield hit


def differing(material: Material, statements: Iterable[Statement]) -> Iterator[Finding]:
    firsts: dict[str, Statement] = {}
    for other in statements:
        first = firsts.setdefault(time_of(material, other), other)
        if other.value != first.value and other.sentence != first.sentence:
            yield two_values(first.name, first.hit, other.hit)


def time_of(material: Material, statement: Statement) -> str:
    """The time, within its year, and the actor that the words before a figure name."""
    said = material.text[statement.sentence : statement.hit.clean_start]
    actors = ACTOR.findall(said) if ":" in said else ()
    return year_before(material, statement.hit) + "".join((*SUB_YEAR.findall(said)[-1:], *actors[-1:]))


def statement_of(material: Material, hit: Hit) -> Statement | None:
    value, unit = base_of(hit)
    if value is None or hit.value_max is not None or material.role_of(hit) in NO_AMOUNT:
        return None
    start, _ = material.clause(hit.clean_start)
    before = material.text[max(start, hit.clean_outer_start - 40) : hit.clean_outer_start]
    whole = material.text[start : hit.clean_outer_end + 2]
    if len(before) < SHORTEST or REPORTS.search(whole) or REVISED.search(whole):
        return None
    rise = RISES.search(before)
    named = PARTICLES.sub("细颗粒物", before[: rise.start()] if rise else before)
    name = CUES.sub("", TIME_WORDS.sub("", named)).strip("、, ")
    if len(HAN.findall(name)) < SHORTEST or GENERIC.search(name) or DIGIT.search(name):
        return None
    measure = rise.group(1) if rise else "level"
    sentence, _ = material.sentence(hit.clean_start)
    return Statement(hit, NO_WORD.sub("", name), measure, value, unit, sentence)


def year_before(material: Material, hit: Hit) -> str:
    """Give the year that the sentence names, else the one last named in the segment; an aim is not for years gone by."""
    segment = material.segment_at(hit.start)
    published = segment.published[:4] if segment and segment.published else ""
    sentence, _ = material.sentence(hit.clean_start)
    if years := YEAR.findall(material.text, sentence, hit.clean_start):
        return str(years[-1])
    floor = material.view.clean_at(segment.start) if segment else 0
    years = YEAR.findall(material.text, max(floor, sentence - 3000), sentence)
    return max(published, str(years[-1]) if years else "")


def investments_agree(material: Material) -> Iterator[Finding]:
    """Hold two statements of one named project's total investment together, whether or not it has a record."""
    seen: dict[tuple[str, str], Hit] = {}
    named = (match for part in material.parts_with("总投资") for match in INVESTED.finditer(material.text, *part))
    for match in named:
        found = [hit for hit in material.hits_in(match.end(), match.end() + 2) if hit.kind == "money"]
        if found and not COMMON.search(match["name"]):
            segment = material.segment_at(found[0].start)
            first = seen.setdefault((segment.id if segment else "", match["name"][-8:]), found[0])
            if base_of(first)[1] == base_of(found[0])[1] and differ(first, found[0]):
                yield two_values(f"the total investment of {match['name']}", first, found[0])


def differ(one: Hit, other: Hit) -> bool:
    return base_of(one) != base_of(other)


def two_values(name: str, one: Hit, other: Hit, *records: str) -> Finding:
    return Finding(
        code="contradiction",
        severity="warning",
        message=f"The text gives two values for {name}: «{one.text}» and «{other.text}».",
        records=records,
        spans=spans_of(one, other),
    )
