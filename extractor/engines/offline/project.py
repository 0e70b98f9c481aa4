"""A project as the rules find it, and what is no name of one."""

import re
from dataclasses import dataclass

from extractor.analysis import Analysis
from extractor.engines.offline.cells import Cell, Row
from extractor.engines.offline.roles import OPEN, Told
from schemas.draft import ProjectDraft

# a class of projects is none: «省市重点建设项目»
CLASSES = re.compile(
    r"^(?:(?:重点|重大|主要|在建|拟建|新建|续建|新开工|集中开工|开工|竣工|前期|储备|签约|招商|引资|产业|工业|民生|基础设施|各类|各|类|一批|优质|好|大|小|亿元|以上|省|市|区|县|级|个|等|全部|所有|该|此|其|"
    r"引领型|示范|支撑性|引领性|的|有关|相关|投资|建设|推进|加快|合作|科研|产学研|外资|内资|央企|落地|谋划|洽谈|拟签约|清单|直管|过境|在谈|对接|已对接|招引|审批|环节|技改|延链|补链|强链|"
    r"总部|基地型|投产|成功|安排|共|提出|审批|业内|全力|实现|到|全国|国家|列入|工程|项目|和|与|、|转化|标志|标志性|绿色|低碳|发展|节能|前景|新|园区|高新区|企业|服务|创新|平台|科技|城市|公共|配套))*$"
)
# «[责任单位:市科技局]», «牵头部门:…»
CHARGE_LABEL = r"[\[(【]?(?:责任|牵头)(?:单位|部门)"
OWNER_PREFIX = re.compile(
    r"^(?!开发区|高新区|经开区|园区|全[市区县])(?P<owner>[一-鿿]{2,6}(?:科技|锂能|制药|集团|股份|电子|光电|钢铁|热电|汽车|材料|药业|食品|能源|重工|光学|轴承|精密|半导体|新能源|机械|化工|生物|新材|实业|控股))(?=.{3,})"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A project with the clauses and the hits that it takes from the metrics; `idle` hits serve no record."""

    draft: ProjectDraft
    clauses: tuple[int, ...]
    hits: tuple[int, ...]
    idle: tuple[tuple[int, Told], ...] = ()


OF_A_STEP = Told("context", "项目节点")


def in_a_table(analysis: Analysis, row: Row, index: int, steps: Cell | None = None) -> Told:
    """What is known of a figure that no column explains: it numbers its row, names a unit, or tells of a step."""
    hit = analysis.hits[index]
    place = next((at for at, cell in enumerate(row.cells) if cell.start <= hit.clean_start < cell.end), None)
    text = row.cells[place].text if place is not None else ""
    if text == hit.text and text.isdigit() and place in (0, 1) and not any(c.text.isdigit() for c in row.cells[:place]):
        return Told("ordinal", "行号")
    if hit.value is not None and not any(char.isdigit() for char in text) and hit.text[-1:] == text[-1:]:
        return Told("context", "表格里的单位")
    return OF_A_STEP if steps and steps.start <= hit.clean_start < steps.end else OPEN


def first_named(pattern: re.Pattern[str], words: str) -> str | None:
    """What the first group that took part in a match holds."""
    match = pattern.search(words)
    return next((part.strip() for part in match.groups() if part), None) if match else None


def owner_in(name: str) -> str | None:
    """A name that begins with a firm's short name names its owner."""
    match = OWNER_PREFIX.match(name)
    return match["owner"] if match else None
