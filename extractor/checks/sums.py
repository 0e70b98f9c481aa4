"""Parts make up their whole."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractor.checks.amounts import Amount, alike, amount_of, amounts
from extractor.checks.material import Material, spans_of
from schemas.finding import Finding

NEARBY = 300
MARK = re.compile(r"其中[::,]?")
OPENING = re.compile(r"(?:\A|[。;\n])\s*\Z")
THRESHOLD = re.compile(r"以上|以下|超|过[\d十百千亿]|不少于|不足|不到|大于|小于")
NEW_STATEMENT = re.compile(r"完成|实现|新增|新建|累计|全年|引进|同时|另|此外|力争|确保|目前|实际|现有|已")
YEARLY = re.compile(r"(?:年度|年内|当年|本年|今年|20\d\d年)[^,。]{0,6}投资[^,。]{0,4}$")
SUMS = ("合计", "共计", "总计")
IN_SUM = re.compile(rf"(?:{'|'.join(SUMS)})(?:为|达到?)?$")
IN_ALL = re.compile(r"总投资[^,。]{0,4}$")
# closed lists: when the parts are these, nothing else is left
FAMILIES = (
    ("企业", "个体"),
    ("内资", "外资"),
    ("续建", "新开工", "新建", "前期", "储备", "竣工", "收尾", "拟建", "在建"),
    ("直管", "过境"),
    ("第一产业", "第二产业", "第三产业"),
    ("一产", "二产", "三产"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("出口", "进口"),
    ("男", "女"),
    ("非税", "税收"),
    ("县道", "乡道", "村道"),
)
THREE_PARTS = {"第一产业", "一产", "县道"}
MEMBER = re.compile("|".join(member for family in FAMILIES for member in family))


def parts_make_their_whole(material: Material) -> Iterator[Finding]:
    """«新增1280户,其中企业406户、个体864户»."""
    for mark in MARK.finditer(material.text):
        yield from after_mark(material, mark)


def members_make_their_total(material: Material) -> Iterator[Finding]:
    """Hold a closed list without 其中 («共17项:直管6项、过境11项») against the figure before it."""
    for hit, following in pairwise(material.index.hits):
        reach = hit.clean_end + 12
        opens = following.clean_start <= reach and material.text.startswith((",", ":", "("), hit.clean_outer_end)
        whole = amount_of(material, hit) if opens else None
        if whole is None:
            continue
        _, end = material.part(hit.clean_start)
        if following.clean_start >= end or "其中" in material.text[hit.clean_end : end]:
            continue
        parts = leading_run(material, alike(whole, amounts(material, hit.clean_end, end)))
        names = [part.label for part in parts]
        near = bool(parts) and parts[0].hit.clean_start <= reach
        if near and is_closed(names) and not is_closed([whole.label, *names]):
            yield from judged(whole, parts, closed=True)


def total_closes_its_list(material: Material) -> Iterator[Finding]:
    """«企业880户、个体1455户,合计2335户»."""
    for hit in material.index.hits if any(word in material.text for word in SUMS) else ():
        if not IN_SUM.search(material.text, max(0, hit.clean_outer_start - 5), hit.clean_outer_start):
            continue
        whole = amount_of(material, hit)
        if whole is not None:
            start, _ = material.part(hit.clean_start)
            parts = alike(whole, amounts(material, start, hit.clean_start))
            if len(parts) > 1 and len(leading_run(material, [*parts, whole])) == len(parts) + 1:
                yield from judged(whole, parts, closed=True)


def year_fits_its_total(material: Material) -> Iterator[Finding]:
    """Hold a year's investment against all of it («总投资1.9亿元,年度计划投资9000亿元»)."""
    for hit in material.index.hits:
        year = amount_of(material, hit) if hit.kind == "money" else None
        if year is None or not YEARLY.search(year.label):
            continue
        start, _ = material.sentence(hit.clean_start)
        totals = [
            total for total in alike(year, amounts(material, start, hit.clean_start)) if IN_ALL.search(total.label)
        ]
        if totals:
            yield from judged(totals[-1], [year], closed=False)


def after_mark(material: Material, mark: re.Match[str]) -> Iterator[Finding]:
    """Read the whole before 其中 and the parts behind it.

    Inside a sentence 其中 reaches to the semicolon. At its start («…。其中,续建…;新开工…。») it reaches to the full
    stop, and its wholes stand in the sentence before.
    """
    text = material.text
    opening = OPENING.search(text, max(0, mark.start() - 8), mark.start())
    if opening:
        start, _ = material.sentence(max(0, opening.start()))
        _, end = material.sentence(mark.end())
    else:
        start, end = material.part(mark.start())
    end = min(place for place in (end, text.find("其中", mark.end(), end), bracket(text, mark, end)) if place >= 0)
    wholes = amounts(material, max(start, mark.start() - NEARBY), mark.start())[-8:]
    parts = amounts(material, mark.end(), min(end, mark.end() + 2 * NEARBY))
    for whole in wholes:
        mine = assigned(material, whole, alike(whole, wholes), alike(whole, parts), opens=opening is not None)
        if mine:
            yield from judged(whole, mine, closed=is_closed(heads(material, mark.end(), mine)), near=is_compact(mine))


def bracket(text: str, mark: re.Match[str], end: int) -> int:
    """Give the end of the bracket that 其中 opens, else -1."""
    return text.find(")", mark.end(), end) if text[max(0, mark.start() - 1) : mark.start()] == "(" else -1


def assigned(
    material: Material, whole: Amount, rivals: list[Amount], parts: list[Amount], *, opens: bool
) -> list[Amount]:
    """Give the parts that are parts of `whole`, where several wholes of one unit stand before 其中."""
    tails = {rival.tail for rival in rivals}
    named = [part for part in parts if part.tail in tails]
    if named:
        unique = sum(rival.tail == whole.tail for rival in rivals) == 1
        return [part for part in named if part.tail == whole.tail] if unique else []
    if whole is not rivals[-1] or (opens and len(rivals) > 1):
        return []
    return leading_run(material, parts, across=opens)


def leading_run(material: Material, parts: list[Amount], *, across: bool = False) -> list[Amount]:
    """Cut a list where a new statement starts; `across` lets it run over semicolons."""
    run = parts[:1]
    for earlier, later in pairwise(parts):
        between = material.text[earlier.hit.clean_outer_end : later.hit.clean_outer_start]
        far = not across and (len(between) > 40 or ";" in between)
        if far or (NEW_STATEMENT.search(later.label) and not NEW_STATEMENT.search(run[0].label)):
            break
        run.append(later)
    return run


def is_compact(parts: list[Amount]) -> bool:
    """Tell a plain list («A 15家、B 45家、C 66家») from figures that a text strews."""
    return all(later.hit.clean_outer_start - earlier.hit.clean_outer_end <= 14 for earlier, later in pairwise(parts))


def heads(material: Material, floor: int, parts: list[Amount]) -> list[str]:
    """Give the words before each part in its own piece of the sentence: «新开工项目6项,总投资»."""
    starts = [max(floor, material.part(part.hit.clean_start)[0]) for part in parts]
    return [
        part.label if starts.count(start) > 1 else material.text[start : part.hit.clean_outer_start]
        for start, part in zip(starts, parts, strict=True)
    ]


def is_closed(names: list[str]) -> bool:
    """Tell whether the parts are all different members of one closed list."""
    if not all(map(MEMBER.search, names)):
        return False
    for family in FAMILIES:
        seen = [next((member for member in family if member in name), None) for name in names]
        if None not in seen and len(set(seen)) == len(names) >= (3 if family[0] in THREE_PARTS else 2):
            return True
    return False


def judged(whole: Amount, parts: list[Amount], *, closed: bool, near: bool = False) -> Iterator[Finding]:
    """Parts above their whole are wrong; parts below it are where the list is closed, or all but fits (`near`)."""
    if not whole.exact or not all(part.exact for part in parts):
        return
    slack = whole.slack + sum((part.slack for part in parts), Decimal(0))
    total = sum((part.value for part in parts), Decimal(0))
    biggest = max(parts, key=lambda part: part.value)
    if biggest.value > whole.value + slack:
        yield finding(whole, [biggest], f"The part «{biggest.hit.text}» is larger than its whole, «{whole.hit.text}».")
    elif len(parts) > 1 and not any(THRESHOLD.search(part.label) for part in parts):
        below = total < whole.value - slack and (closed or (near and whole.value - total <= whole.value / 20))
        if below or total > whole.value + slack:
            yield finding(
                whole,
                parts,
                f"The parts {listed(parts)} add up to {as_written(total, whole)}, not to «{whole.hit.text}».",
            )


def as_written(total: Decimal, whole: Amount) -> str:
    assert whole.hit.value is not None
    return f"{(total * whole.hit.value / whole.value).normalize():f}{whole.hit.unit}"


def listed(parts: list[Amount]) -> str:
    return " + ".join(f"«{part.hit.text}»" for part in parts)


def finding(whole: Amount, parts: list[Amount], message: str) -> Finding:
    return Finding(
        code="sum-mismatch",
        severity="warning",
        message=message,
        spans=spans_of(whole.hit, *(part.hit for part in parts)),
    )
