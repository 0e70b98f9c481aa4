"""A rate is the part done of the whole that stands beside it."""

import re
from collections.abc import Iterator

from extractor.checks.amounts import Amount, alike, amount_of, amounts, sized
from extractor.checks.material import Material
from extractor.checks.shares import judged
from extractor.recognise.hits import Hit
from schemas.finding import Finding

NEAR = 30  # characters between the whole and what is done of it
OF = re.compile(r"(?:总额|总量|总数)?的(?:比重|比例)?(?:约|近|达到?)?")
TAKEN = re.compile(
    r"(?:,(?:同比|比上年)?(?:增长|下降)[^,。;]{1,8})?[,(]?(?:已?占|为|已?完成|达到?|相当于)[^,。;\d]{0,14}"
)
RATE = re.compile(
    r"(?P<deed>开工|动工|(?:开、?)?复工|开竣工|竣工|完工|投产|签约|履约|落地|办结|达产|整改|入库)率(?:已?达到?|为|约|是)?$"
)
MEANT = re.compile(r"计划|安排|共|应|列入|中$|项目|任务|承诺|签约")


def rate_of_a_stated_whole(material: Material) -> Iterator[Finding]:
    """«完成投资18.48亿元,占年度计划28.36亿元的54%»."""
    for share in rates(material):
        near = material.hits_in(share.clean_start - 3 * NEAR, share.clean_start)
        before = [hit for hit in near if hit.kind not in {"time", "percent"}]
        if len(before) < 2 or not OF.fullmatch(material.text, before[-1].clean_outer_end, share.clean_outer_start):
            continue
        start, _ = material.part(share.clean_start)
        whole, part = sized(before[-1]), amount_of(material, before[-2], start)
        if whole is None or part is None or whole.unit != part.unit:
            continue
        if TAKEN.fullmatch(material.text, part.hit.clean_outer_end, whole.hit.clean_outer_start):
            yield from judged(whole, part, share)


def rate_of_deeds(material: Material) -> Iterator[Finding]:
    """«计划新开工项目270项,实际已开工129项,开工率达47%»: the whole is the count before, in the same sentence."""
    for share in rates(material):
        clause, _ = material.clause(share.clean_start)
        words = RATE.search(material.text[clause : share.clean_outer_start].rstrip())
        if words is None:
            continue
        start, _ = material.part(share.clean_start)
        counted = [amount for amount in amounts(material, start, clause) if amount.hit.kind == "count"]
        part = counted[-1] if counted else None
        if part and words["deed"][-2:] in told_of(material, part):
            wholes = [whole for whole in alike(part, counted[:-1]) if is_whole(material, whole, part)]
            if wholes:
                yield from judged(wholes[-1], part, share)


def rates(material: Material) -> Iterator[Hit]:
    for hit in material.index.hits:
        if hit.unit == "%" and hit.value and hit.value_max is None and hit.comparator in {"=", "~"}:
            yield hit


def told_of(material: Material, amount: Amount) -> str:
    return material.text[slice(*material.clause(amount.hit.clean_start))]


def is_whole(material: Material, whole: Amount, part: Amount) -> bool:
    between = material.text[whole.hit.clean_end : part.hit.clean_start]
    words = whole.label + between.partition(",")[0]
    return len(between) <= NEAR and whole.value >= part.value and bool(MEANT.search(words))
