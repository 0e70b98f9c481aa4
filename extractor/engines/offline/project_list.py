"""Items of a project list: from one item mark to the next."""

import re
from collections.abc import Iterator, Sequence

from extractor.analysis import Analysis, label
from extractor.engines.offline.attributes import ANNUAL, TOTAL, Attributes
from extractor.engines.offline.project import CLASSES, OF_A_STEP, Found, first_named, owner_in
from extractor.engines.offline.stages import committed, stage_by_heading, stage_now
from extractor.outline import Sentence
from schemas.draft import ProjectDraft

ITEM = re.compile(r"(?:\d{1,3}[.、·]|\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\)|[【〔\[]\d{1,3}[】〕\]])\s*")
# a bullet that opens no label («◇总投资:») opens a group of items
MARK = re.compile(
    r"(?:\d{1,3}[.、·]|\(?[一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、是]|[【〔\[]\d{1,3}[】〕\]]"
    r"|[▲▼◆◇■□★☆●○](?![^:\n]{2,8}:))"
)
IS_ITEM = re.compile(r"总投资|建设规模|业主单位|建设单位|年度(?:计划)?(?:完成)?投资|项目单位|投资主体|建设内容")
LABEL = re.compile(r"^(?:项目名称|工程名称|名称)[::]\s*")
NAME_END = re.compile(r"[。,;:\n]|\s(?=[一-鿿]{2,6}:)|建设规模|总投资|业主单位|建设单位|项目单位|建设内容|\(总投资")
COMPANY = re.compile(
    r"^(?P<owner>[一-鿿A-Za-z()]{2,40}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司|集团|公司|研究院|大学|医院|(?<!处理)(?<!水)厂))(?P<name>[^、]{4,})$"
)
NOUN = re.compile(
    r"(?:项目|工程|基地|中心|园区?|院区?|厂|站|线|段|路|桥|道|馆|校|港|区|平台|改造|系统|广场|公寓|库|期|小镇|社区|综合体|码头|机场|枢纽|\([^()]{1,8}\))$"
)
TASK = re.compile(r"(?:加快|推进|推动|实施|加强|完善|提升|强化|抓好|做好|深化|全力|大力|着力|优化|开展|打好|狠抓)")
OWNER = re.compile(
    r"(?:业主单位|建设单位|项目单位|投资主体|实施单位|项目业主)(?::|为|\s)?\s*(?P<a>[^。,;\s]{2,40})|由(?P<b>[^。,;\s]{2,30}?)(?:投资)?(?:建设|实施|承建)"
)
# words that say the stage outright, whatever the list is headed
TOLD = re.compile(r"已签约|已开工|已竣工|已建成|正在|已封顶|施工已")
PROGRESS = re.compile(r"(?:形象进度|项目进展|进展情况|当前进度|目前进展|进展与节点|进度节点|工作进展)[:]\s*([^\n]+)")
DEPARTMENT = re.compile(r"(?:责任部门|责任单位|牵头单位|牵头部门|主管部门)(?::|为)?\s*([^。;\n]{2,40})")


def listed(analysis: Analysis, sentences: Sequence[Sentence], hits: dict[int, list[int]]) -> Iterator[Found]:
    """Items «1.某公司年产8万吨某项目。总投资3.2亿元…。责任部门:某局», «(一)项目名称:… 总投资:…»."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and (closes(analysis, sentence) or sentence.segment != run[0].segment):
            yield from item(analysis, run, hits)
            run = []
        if run or ITEM.match(analysis.view.text, sentence.start, sentence.end):
            run.append(sentence)
    if run:
        yield from item(analysis, run, hits)


def closes(analysis: Analysis, sentence: Sentence) -> bool:
    return bool(MARK.match(analysis.view.text, sentence.start, sentence.end))


def item(analysis: Analysis, run: Sequence[Sentence], hits: dict[int, list[int]]) -> Iterator[Found]:
    text = analysis.view.text[run[0].start : run[-1].end]
    if not IS_ITEM.search(text) or len(text) > 900:
        return
    body = LABEL.sub("", ITEM.sub("", text, count=1))
    name = NAME_END.split(body, maxsplit=1)[0].strip()
    labelled = LABEL.match(ITEM.sub("", text, count=1))
    if not 4 <= len(name) <= 70 or CLASSES.match(name) or not (labelled or names_a_project(name)):
        return
    clauses = analysis.outline.clauses[run[0].clauses.start : run[-1].clauses.stop]
    name_end = run[0].start + len(text) - len(body) + len(name)
    attributes = Attributes(analysis, [index for sentence in run for index in hits.get(sentence.number, ())], name_end)
    idle = attributes.idle(clauses)
    target, due = committed([step for step in attributes.steps(clauses) if step.tag])
    told = text[len(text) - len(body) + len(name) :]
    if progress := PROGRESS.search(told):
        told = progress.group(1)
    said = stage_now(told)
    stage = (said if progress or TOLD.search(told) else None) or stage_by_heading("".join(run[0].heading)) or said
    total, annual = attributes.money(TOTAL), attributes.money(ANNUAL)
    department = DEPARTMENT.search(text)
    draft = ProjectDraft(
        name=name,
        owner=owner_of(name, text),
        stage=stage or ("planned" if target == "starting" else None),
        target_stage=target if target != stage else None,
        deadline=due,
        total_investment=label(total, analysis.hits[total]) if total is not None else None,
        annual_investment=label(annual, analysis.hits[annual]) if annual is not None else None,
        capacity=tuple(attributes.capacities(idle)),
        department=department.group(1).strip() if department else None,
        milestones=tuple(attributes.milestones(clauses)),
        clauses=tuple(clause.number for clause in clauses),
    )
    yield Found(
        draft, draft.clauses, tuple(i for i in attributes.open if i not in idle), tuple((i, OF_A_STEP) for i in idle)
    )


def names_a_project(name: str) -> bool:
    """«某大桥», «某公司年产8万吨材料项目»; «加快推进重点项目» is a task."""
    return bool(NOUN.search(name) or COMPANY.match(name)) and not TASK.match(name)


def owner_of(name: str, text: str) -> str | None:
    """Who is named as builder, else the firm that the name begins with."""
    said = first_named(OWNER, text)
    if said and "待定" not in said:
        return said
    company = COMPANY.match(name)
    return company["owner"] if company else owner_in(name)
