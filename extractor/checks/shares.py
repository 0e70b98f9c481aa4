"""Whole × share gives the part that is stated."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.amounts import Amount, alike, amounts, last_digit
from extractor.checks.material import Material, spans_of
from extractor.recognise.hits import Hit
from schemas.finding import Finding

# the words between 占 or 完成 and the percentage; `of` names the whole
SHARE = re.compile(
    r"(?:占比|占(?:到|据)?(?P<of>[^,。;、占]{0,20}?)(?:的?(?:比重|比例|份额))?)的?(?:达到?|为|约为?|近|超过?|高达|是)?$"
)
PLAN = re.compile(
    r"(?:占|完成)了?(?:[^,。;占]{0,6}?)(?P<of>(?:全年|年度|年初|年)[^,。;的]{0,8}?(?:计划|任务|目标|预算)[^,。;的]{0,4})的?$"
)
NO_WHOLE_NAMED = {"", "总量", "总数", "总额", "全部", "其", "总体", "总投资", "总计"}
YEAR = re.compile(r"((?:19|20)\d\d)年")
SIZE_OF_THE_PART = re.compile(
    r"^(?:总体|总|整体)?(?:规模|产值|收入|金额|总额|总量|营收|数量)?(?:为|达到?|约为?|是|即)?$"
)
NEARBY = 3000
FAR = 300  # characters over which a whole of a long name is looked for in the sentences before
LONG = 4
BETWEEN = re.compile(r"(?:,(?:同比|比上年)?(?:增长|下降)[^,;。]{1,10})?[,( ]*")
DONE = re.compile(
    r"^.*?(?:完成|实现|达到?)|^(?:今年|全年|上半年|一季度|前三季度|截至[^,]*|累计|全[市区县省]|街道|我[市区县])+"
)


def share_fits_its_part(material: Material) -> Iterator[Finding]:
    for hit in material.index.hits:
        if hit.unit != "%" or not hit.value or hit.value_max is not None or hit.comparator not in {"=", "~"}:
            continue
        yield from share_of_a_named_whole(material, hit)
        yield from share_of_a_plan(material, hit)


def share_of_a_named_whole(material: Material, share: Hit) -> Iterator[Finding]:
    words = SHARE.search(clause_before(material, share))
    if words is None:
        return
    found = part_of(material, share, share.clean_outer_start - len(words.group()))
    if found is None:
        return
    part, whole_end = found
    whole = whole_of(material, share, part, words["of"] or "", whole_end)
    if whole is not None:
        yield from judged(whole, part, share)


def share_of_a_plan(material: Material, share: Hit) -> Iterator[Finding]:
    """«完成投资265.4亿元,占年度计划的71.2%», where the plan itself stands nearby."""
    words = PLAN.search(clause_before(material, share))
    if words is None:
        return
    start, _ = material.sentence(share.clean_start)
    done = amounts(material, start, share.clean_start)
    if not done or "其中" in material.text[start : share.clean_start]:
        return  # the share of a class is taken of its own plan
    part = done[-1]
    plans = [
        plan
        for plan in alike(part, neighbours(material, share))
        if plan.hit is not part.hit and is_plan(material, plan, part, words["of"])
    ]
    if len({plan.value for plan in plans}) == 1 and plans[0].exact:
        yield from judged(plans[0], part, share)


def clause_before(material: Material, hit: Hit) -> str:
    start, _ = material.clause(hit.clean_start)
    return material.text[start : hit.clean_outer_start].rstrip(" (")


def part_of(material: Material, share: Hit, phrase_start: int) -> tuple[Amount, int] | None:
    """Find the part's own amount: right before 占 («60亿元,占…»), or as the size that the next clause gives."""
    start, end = material.part(share.clean_start)
    before = amounts(material, start, phrase_start)
    if before and BETWEEN.fullmatch(material.text, before[-1].hit.clean_outer_end, phrase_start):
        return before[-1], before[-1].hit.clean_start
    for after in amounts(material, share.clean_end, end)[:1]:
        between = material.text[share.clean_outer_end : after.hit.clean_outer_start].lstrip(",( ")
        if SIZE_OF_THE_PART.match(between):
            return after, phrase_start
    return None


def whole_of(material: Material, share: Hit, part: Amount, of: str, before: int) -> Amount | None:
    """Find the amount that the share is taken of: the one before 其中, or the one that carries the name behind 占."""
    start, _ = material.sentence(share.clean_start)
    earlier = [amount for amount in alike(part, amounts(material, start, before)) if amount.hit is not part.hit]
    mark = material.text.rfind("其中", start, before)
    if of in NO_WHOLE_NAMED and mark >= 0:
        return next((amount for amount in reversed(earlier) if amount.hit.clean_end <= mark), None)
    named = [
        amount
        for amount in earlier
        if len(of) >= 2 and (amount.name.endswith(of) or of.endswith(amount.name[-4:] or "-"))
    ]
    if not named and len(of) >= LONG:
        floor = max(start - FAR, material.text.rfind("\n", 0, start) + 1)
        named = [amount for amount in alike(part, amounts(material, floor, start)) if amount.name.endswith(of)]
    return named[-1] if len({amount.value for amount in named}) == 1 else None


def neighbours(material: Material, share: Hit) -> list[Amount]:
    """Give the amounts of the same segment, or of the same line where there are no segments."""
    segment = material.segment_at(share.start)
    if segment is None:
        start = material.text.rfind("\n", 0, share.clean_start) + 1
        end = material.text.find("\n", share.clean_start)
        return amounts(material, start, end if end >= 0 else len(material.text))
    start, end = material.clean_of(segment)
    return amounts(material, max(start, share.clean_start - NEARBY), min(end, share.clean_start + NEARBY))


def is_plan(material: Material, plan: Amount, part: Amount, of: str) -> bool:
    """Tell a plan by its word within a few sentences, or by the part's own name anywhere in the segment."""
    start, _ = material.clause(plan.hit.clean_start)
    words = material.text[start : plan.hit.clean_outer_start]
    behind = plan.hit.clean_start > part.hit.clean_start
    if behind and material.sentence(plan.hit.clean_start) != material.sentence(part.hit.clean_start):
        return False  # what stands further on is the plan of something else
    if "占" in words or "较" in words or of_other_years(material, words, part.hit):
        return False
    apart = "\n" in material.text[plan.hit.clean_start : part.hit.clean_start]
    if abs(plan.hit.clean_start - part.hit.clean_start) <= 200 and not apart:
        kind = (
            r"(?:年度|全年|年)[^,]{0,6}计划|计划(?:完成)?投资" if "计划" in of else r"(?:全年|年度)[^,]*(?:任务|目标)"
        )
        if re.search(kind, words):
            return True
    name = DONE.sub("", part.name)
    return "计划" not in of and len(name) >= 3 and "全年" in words and name in words


def of_other_years(material: Material, words: str, part: Hit) -> bool:
    """«2025年计划投资16亿元» is no plan of what «2024年…完成投资14亿元» tells."""
    start, _ = material.sentence(part.clean_start)
    named = set(YEAR.findall(material.text[start : part.clean_outer_start]))
    return bool(named) and bool(of_plan := set(YEAR.findall(words))) and named.isdisjoint(of_plan)


def judged(whole: Amount, part: Amount, share: Hit) -> Iterator[Finding]:
    """Allow the share to be off by its last digit, the part by its own."""
    assert share.value is not None
    expected = whole.value * share.value / 100
    slack = whole.value * (last_digit(share.value) or 1) / 100 + 2 * part.slack + whole.slack
    if not whole.exact or not part.exact:
        return
    if abs(expected - part.value) > slack:
        yield Finding(
            code="share-mismatch",
            severity="warning",
            message=f"«{share.text}» of «{whole.hit.text}» is {as_written(expected, part)}, not «{part.hit.text}».",
            spans=spans_of(whole.hit, part.hit, share),
        )


def as_written(value: Decimal, like: Amount) -> str:
    assert like.hit.value is not None
    return f"{round(value * like.hit.value / like.value, 2).normalize():f}{like.hit.unit}"
