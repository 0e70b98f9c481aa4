"""Parts make up their whole."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractor.checks.amounts import Amount, alike, amount_of, amounts, in_common
from extractor.checks.families import OVERLAP, STAGES, family_run, is_closed
from extractor.checks.material import Material, spans_of
from schemas.finding import Finding

NEARBY = 300
FAR = 40  # characters between two parts of a list
SHARED = 3  # characters at the end of two names that make them names of one quantity: 总投资
MARK = re.compile(r"其中[::,]?|分为|包[括含](?=[^,。;]{0,12}\d)")
OPENING = re.compile(r"(?:\A|[。;\n])\s*\Z")
THRESHOLD = re.compile(r"以上|以下|超|过[\d十百千亿]|不少于|不足|不到|大于|小于")
NEW_STATEMENT = re.compile(r"完成|实现|新增|新建|累计|全年|引进|同时|另|此外|力争|确保|目前|实际|现有|已")
YEARLY = re.compile(r"(?:年度|年内|当年|本年|今年|20\d\d年)[^,。]{0,6}投资[^,。]{0,4}$")
SUMS = ("合计", "共计", "总计")
IN_SUM = re.compile(rf"(?:{'|'.join(SUMS)})(?:为|达到?)?$")
IN_ALL = re.compile(r"总投资[^,。]{0,4}$")


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
    else:
        start, _ = material.part(mark.start())
    _, end = material.sentence(mark.end())
    end = min(place for place in (end, text.find("其中", mark.end(), end), bracket(text, mark, end)) if place >= 0)
    wholes = amounts(material, max(start, mark.start() - NEARBY), mark.start())[-8:]
    parts = amounts(material, mark.end(), min(end, mark.end() + 2 * NEARBY))
    for whole in wholes:
        mine = assigned(whole, alike(whole, wholes), alike(whole, parts), opens=opening is not None)
        names = heads(material, mark.end(), mine)
        if family_run(names) > 1:
            while (family := family_run(names)) > 1:
                # two stages of projects (续建, 新建) may leave a third unsaid
                closed = family > 2 or not all(any(stage in name for stage in STAGES) for name in names[:2])
                yield from judged(whole, mine[:family], closed=closed)
                mine, names = mine[family:], names[family:]
        elif mine and text.find(";", mark.end(), mine[0].hit.clean_start) < 0:
            run = list_run(material, mine)
            yield from judged(whole, run, closed=mark.group().startswith("分"), near=is_compact(run))


def bracket(text: str, mark: re.Match[str], end: int) -> int:
    """Give the end of the bracket that 其中 opens, else -1."""
    return text.find(")", mark.end(), end) if text[max(0, mark.start() - 1) : mark.start()] == "(" else -1


def assigned(whole: Amount, rivals: list[Amount], parts: list[Amount], *, opens: bool) -> list[Amount]:
    """Give the parts that are parts of `whole`, where several wholes of one unit stand before 其中."""
    named = [part for part in parts if any(in_common(part.name, rival.name) >= SHARED for rival in rivals)]
    if named and len(rivals) > 1:
        unique = sum(in_common(rival.name, whole.name) >= SHARED for rival in rivals) == 1
        return [part for part in named if nearest(part, rivals) is whole] if unique else []
    kindred = [rival for rival in rivals if parts and parts[0].kind and rival.kind == parts[0].kind]
    if len(kindred) == 1:
        rivals = kindred  # «总产值69.93亿元,增加值37.90亿元。其中,农业产值…»
    if whole is not rivals[-1] or (opens and len(rivals) > 1):
        return []
    fits = [part.kind is None or whole.kind is None or part.kind == whole.kind for part in parts]
    return parts[: fits.index(False)] if False in fits else parts


def nearest(part: Amount, rivals: list[Amount]) -> Amount:
    return max(rivals, key=lambda rival: in_common(part.name, rival.name))


def list_run(material: Material, parts: list[Amount]) -> list[Amount]:
    """Cut a list where a new statement starts: behind 、 it goes on, behind a comma only with a name like the first's."""
    run = parts[:1]
    for earlier, later in pairwise(parts):
        between = material.text[earlier.hit.clean_outer_end : later.hit.clean_outer_start]
        named_alike = between.startswith(",") and in_common(later.name, run[0].name) > 1
        if not (between.startswith(("、", "和", "及", "以及")) or named_alike) or re.search(r"[;。]", between):
            break
        if len(between) > FAR or (NEW_STATEMENT.search(between) and not NEW_STATEMENT.search(run[0].label)):
            break
        run.append(later)
    return run


def leading_run(material: Material, parts: list[Amount]) -> list[Amount]:
    """Cut a list where a new statement starts."""
    run = parts[:1]
    for earlier, later in pairwise(parts):
        between = material.text[earlier.hit.clean_outer_end : later.hit.clean_outer_start]
        if (
            len(between) > FAR
            or ";" in between
            or (NEW_STATEMENT.search(later.label) and not NEW_STATEMENT.search(run[0].label))
        ):
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
        rest = whole.value - total
        almost = near and whole.hit.kind != "count" and rest <= whole.value / 20  # a few things more may go unnamed
        above = total > whole.value + slack and (closed or not all(OVERLAP.search(part.label) for part in parts))
        if above or (rest > slack and (closed or almost)):
            yield unequal(whole, parts)


def unequal(whole: Amount, parts: list[Amount]) -> Finding:
    total = sum((part.value for part in parts), Decimal(0))
    return finding(
        whole,
        parts,
        f"The parts {listed(parts)} add up to {as_written(total, whole)}, not to «{whole.hit.text}».",
    )


def above_or_below(whole: Amount, parts: list[Amount]) -> bool:
    slack = whole.slack + sum((part.slack for part in parts), Decimal(0))
    return abs(sum((part.value for part in parts), Decimal(0)) - whole.value) > slack


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
