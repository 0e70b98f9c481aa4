"""One project has one size and one total investment."""

import re
from collections.abc import Iterator

from extractor.checks.agreement import can_both_be, read
from extractor.checks.amounts import base_of
from extractor.checks.contradictions import two_values
from extractor.checks.material import Material
from extractor.recognise.hits import Hit
from schemas.finding import Finding
from schemas.project import Project

OUTPUTS = ("年产", "日产", "年处理", "日处理", "年加工", "年生产", "总装机", "建筑面积", "占地")
OUTPUT = re.compile(rf"(?P<verb>{'|'.join(OUTPUTS)})(?P<thing>[^,。;\d\n]{{0,8}})$")
THING = re.compile(r"[㐀-鿿A-Za-z]{2,}")
BLOCK = 200  # characters in which a project is told
GROWS = re.compile(r"[由从扩增提升新另分]|一期|二期|三期|其中|改造")
INVESTED = re.compile(
    r"(?P<name>[㐀-鿿A-Za-z0-9()]{3,30}(?:项目|工程|产业园|基地|中心)),?(?:计划|预计|概算)?总投资额?(?:约|达|为|超过?)?"
)
COMMON = re.compile(
    r"(?:重点|建设|该|此|上述|以上|[个项类批大]|产业|投资|工业|签约|开工|前期|续建|招商|等)(?:项目|工程)$|其中|亿元"
)
NAMED_WITHIN = 100_000  # characters on either side in which a project is looked for again


def outputs_agree(material: Material) -> Iterator[Finding]:
    """«年产200吨冷轧精密带钢项目,建设规模为年产200万吨冷轧精密带钢», the thing before its figure or behind it."""
    seen: dict[tuple[str, str, str], Hit] = {}
    text = material.text
    for hit in material.index.hits if any(verb in text for verb in OUTPUTS) else ():
        verb = OUTPUT.search(text[max(0, hit.clean_outer_start - 16) : hit.clean_outer_start])
        if verb is None or base_of(hit)[0] is None:
            continue
        thing = THING.match(verb["thing"]) or THING.match(text, hit.clean_outer_end, hit.clean_outer_end + 4)
        key = (verb["verb"], thing.group()[:3] if thing else "", base_of(hit)[1])
        first = seen.setdefault(key, hit)
        if hit.clean_start - first.clean_end > BLOCK:
            first = seen[key] = hit
        between = text[first.clean_outer_end : hit.clean_outer_start]
        if "\n" in between:  # a name above, the size in a line of its own
            between = text[material.clause(hit.clean_start)[0] : hit.clean_outer_start]
        if thing and differ(first, hit) and not GROWS.search(between):
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
    if project.evidence:
        own, _ = material.clean_of(project.evidence[0])
        start, end = max(start, own - NAMED_WITHIN), min(end, own + NAMED_WITHIN)
    for place in material.places_of(project.name, start, end):
        behind = place + len(project.name)
        for hit in material.hits_in(behind, behind + 40):
            if re.fullmatch(r"[^。;\n\d]{0,20}总投资额?(?:约|达|为)?", text[behind : hit.clean_outer_start]):
                yield hit
        for hit in material.hits_in(place - 16, place):
            before = text[max(0, hit.clean_outer_start - 4) : hit.clean_outer_start]
            if "总投资" in before and re.fullmatch(r"的[^,。;\n]{0,4}", text[hit.clean_outer_end : place]):
                yield hit


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
    return not can_both_be(read(one), read(other))
