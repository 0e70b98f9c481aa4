"""Tables of projects: one a row, under a head with their names, builders, investments, progress and departments."""

import re
from collections.abc import Iterator, Sequence

from extractor.analysis import Analysis, label
from extractor.engines.offline.attributes import Attributes
from extractor.engines.offline.cells import Cell, Row
from extractor.engines.offline.project import Found, in_a_table, owner_in
from extractor.engines.offline.stages import committed, stage_by_heading, stage_now
from extractor.outline import Clause
from schemas.draft import ProjectDraft

NAME = re.compile(r"(?:项目|工程)名称|^项目$|^工程$")
OWNER = re.compile(r"建设单位|业主|项目单位|投资主体|投资方|实施单位|建设主体")
CONTENT = re.compile(r"建设内容|建设规模|规模|主要内容")
TOTAL = re.compile(r"总投资|投资总额|概算")
ANNUAL = re.compile(r"(?:年度|年|今年|当年|计划)(?:计划|完成)?投资|投资计划")
PROGRESS = re.compile(r"进度|节点|进展|年度目标|工作目标|建设目标|年限|起止")
DEPARTMENT = re.compile(r"责任|牵头|主管")
ENDS = re.compile(r"[,;。]")


def is_project_table(head: Sequence[Cell]) -> bool:
    """A column of names and at least two that only projects have."""
    own = sum(any(kind.search(cell.text) for cell in head) for kind in (OWNER, CONTENT, TOTAL, PROGRESS, DEPARTMENT))
    return any(NAME.search(cell.text) for cell in head) and own >= 2


def tabled(analysis: Analysis, rows: Sequence[Row]) -> Iterator[Found]:
    """A project for each row that has a name; sums at the end («合计») have none."""
    head = rows[0].cells
    if not is_project_table(head):
        return
    for row in rows[1:]:
        name = under(head, row, NAME)
        if (
            len(row.cells) == len(head)
            and name
            and len(name.text) >= 4
            and not name.text.startswith(("合计", "总计", "小计"))
        ):
            yield project(analysis, head, row, name)


def project(analysis: Analysis, head: Sequence[Cell], row: Row, name: Cell) -> Found:
    owner, content, progress = (under(head, row, kind) for kind in (OWNER, CONTENT, PROGRESS))
    department = under(head, row, DEPARTMENT)
    sized = [index for cell in (name, content) if cell for index in within(analysis, row, cell)]
    attributes = Attributes(analysis, [*sized, *(within(analysis, row, progress) if progress else ())])
    steps = pieces(analysis, row, progress) if progress else []
    target, due = committed([step for step in attributes.steps(steps) if step.tag])
    said = f"{content.text if content else ''},{progress.text if progress else ''}"
    stage = stage_by_heading(said) or ("planned" if target == "starting" else stage_now(said))
    total, annual = (money(analysis, head, row, kind) for kind in (TOTAL, ANNUAL))
    draft = ProjectDraft(
        name=name.text,
        owner=owner.text if owner and owner.text else owner_in(name.text),
        stage=stage,
        target_stage=target if target != stage else None,
        deadline=due,
        total_investment=total,
        annual_investment=annual,
        capacity=tuple(Attributes(analysis, sized).capacities()),
        department=department.text if department and department.text else None,
        milestones=tuple(attributes.milestones(steps)),
        clauses=tuple(number for sentence in row.sentences for number in sentence.clauses),
    )
    claimed = {total, annual, *(item.figure for item in draft.capacity)}
    mine = [index for index in row.hits if analysis.hits[index].role is None]
    own = tuple(index for index in mine if label(index, analysis.hits[index]) in claimed)
    idle = tuple((index, in_a_table(analysis, row, index, progress)) for index in mine if index not in own)
    return Found(draft, draft.clauses, own, idle)


def under(head: Sequence[Cell], row: Row, kind: re.Pattern[str]) -> Cell | None:
    """The first cell under a head of this kind."""
    place = next((place for place, cell in enumerate(head) if kind.search(cell.text)), None)
    return row.cells[place] if place is not None and place < len(row.cells) else None


def within(analysis: Analysis, row: Row, cell: Cell) -> list[int]:
    return [index for index in row.hits if cell.start <= analysis.hits[index].clean_start < cell.end]


def money(analysis: Analysis, head: Sequence[Cell], row: Row, kind: re.Pattern[str]) -> str | None:
    """The tag of the number under a head; of two heads of a kind («总投资», «计划投资») the narrower one is meant."""
    for place, cell in enumerate(head):
        if not kind.search(cell.text) or (kind is ANNUAL and TOTAL.search(cell.text)) or place >= len(row.cells):
            continue
        found = [index for index in within(analysis, row, row.cells[place]) if analysis.hits[index].role is None]
        if found:
            return label(found[0], analysis.hits[found[0]])
    return None


def pieces(analysis: Analysis, row: Row, cell: Cell) -> list[Clause]:
    """The clauses of one cell: those of the outline run over the borders of cells."""
    number = row.sentences[0].clauses.start
    found, start = [], cell.start
    for match in ENDS.finditer(analysis.view.text, cell.start, cell.end):
        found.append(Clause(number, start, match.start(), row.sentences[0].number, 0))
        start = match.end()
    return [*found, Clause(number, start, cell.end, row.sentences[0].number, 0)]
