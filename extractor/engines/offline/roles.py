"""Open figures that are no metric: thresholds inside names, counts that sum up, subsidies, comparisons."""

import re
from collections.abc import Callable
from dataclasses import replace

from extractor.engines.offline.names import ONE
from extractor.engines.offline.scene import FigureScene
from schemas.vocabulary import LooseRole

CONTEXT = re.compile(
    r"奖励|最高奖|补助|补贴|资助|给予|罚款|处以|限额标准|门槛|最高(?:不超过)?\d|注册资本|按.{0,8}标准|工作经费|作了?(?:交流|表态|大会)?发言"
)
SUBSIDY = re.compile(r"奖励|补助|补贴|资助|给予|奖补")
CAPPED = re.compile(r"(?:单个|每个|每家|每户|同一|最高|累计|总额)[^,;。]{0,12}(?:不超过|不高于|最高|以内)")
AMONG = re.compile(
    r"之一|(?:个?(?:省|市|县|区|城市|园区))?[一-鿿]{0,4}中(?:位?居|列|排)|个?(?:省|市|县|区|城市|园区){1,3}[中里内]?(?:排名?|列|居|位居|位列)?第"
)
CHANGED = re.compile(
    r"(?:左右|以上|以下)?(?:增加|提高|提升|扩大|扩充|增长|上升|下降|降低|减少|压减|压缩|缩短|收窄|调整|变更|扩至|升|降)[^,;。]{0,2}(?:到|至|为)|扩至|升至|降至|提到|压到|升到|降到|增到"
)
QUOTED = re.compile(r"“[^”]{1,14}”|《[^》]{1,40}》")
# what sums up a list or names a programme: «板块4条赛道», «10项攻坚行动»
SUMMED = re.compile(
    r"[一-鿿]{0,6}?(?:行动|举措|措施|任务|方面|抓手|机制|原则|环节|领域|赛道|板块|体系|关系|内容|步骤|工程包|(?:数|事|事情|字|句话|意见|关键词)(?=$|[:,;。]))"
)
# «设置四大类15项指标», «约束性指标3项、预期性指标12项»: how many rows a table has
INDICATORS = re.compile(r"(?:设置|设定|设)[^,;。]{0,12}<>[^,;。]{0,6}指标|(?:约束性|预期性)指标[^,;。]{0,3}<>")
CLASSED = re.compile(r"级别|档次?|类别")
NOUN = re.compile(r"(?:以上|以下|以内|左右|及以上|及以下|级)?的?(?P<noun>[一-鿿A-Za-z0-9“《][^,;。、:()]*)")
NOT_A_NOUN = re.compile(
    r"(?:[,;。、:)》”]|(?:大?关口?|台阶|门槛)(?=[,;。]|$)|和|与|及|以及|或|并|且|的?增长|同比|比上年|占|以上$|以下$|左右$|以内$|的$|支持|用于|实现|完成|达|提高|增加|办结|"
    r"的?[,;。]|先后|分别|均|是|为|元$)"
)
APART = re.compile(r"$|[),/|、\s]")
FROM = re.compile(r"[由从][^,;由从]{0,8}$")
EACH = re.compile(r"[每月天]")
LISTING = ("、", "和", "及", "与")

Rule = Callable[[FigureScene], LooseRole | None]


def without_a_value(figure: FigureScene) -> LooseRole | None:
    """«数十家» says no number that a record could hold."""
    return "context" if figure.hit.value is None else None


def in_a_subsidy(figure: FigureScene) -> LooseRole | None:
    """Also the cap behind it: «按投资额的3%给予补助,单个项目不超过500万元»."""
    text, clause = figure.scene.text, figure.clause
    if CONTEXT.search(text, clause.start, clause.end):
        return "context"
    capped = figure.hit.kind == "money" and CAPPED.search(text, clause.start, figure.hit.clean_outer_end)
    return "context" if capped and SUBSIDY.search(text, figure.scene.sentence.start, clause.start) else None


def compared_with(figure: FigureScene) -> LooseRole | None:
    """«全国178个国家高新区之一», «在全省16个市中居第11位»."""
    return "context" if AMONG.match(figure.after) else None


def bare_number(figure: FigureScene) -> LooseRole | None:
    """Outside tables a number without a unit measures nothing."""
    return "context" if not figure.hit.unit and figure.hit.kind == "other" else None


def unit_alone(figure: FigureScene) -> LooseRole | None:
    """«地区生产总值(亿元)»: the unit of a table's column, not an amount; «亿元以上项目» is a threshold."""
    alone = figure.hit.text == figure.hit.unit and APART.match(figure.after)
    return "context" if alone else None


def old_value(figure: FigureScene) -> LooseRole | None:
    """«由86家增加到273家»: the old value is the baseline of the new one."""
    from_here = FROM.search(figure.scene.text, figure.clause.start, figure.hit.clean_outer_start)
    return "context" if from_here and CHANGED.match(figure.after) else None


def in_a_condition(figure: FigureScene) -> LooseRole | None:
    """«完成率低于80%的,取消评优资格»."""
    return "context" if figure.after.rstrip(",") in ("的", "以上的", "以下的") else None


def in_catchword(figure: FigureScene) -> LooseRole | None:
    """«“三个百分之百”承诺», «《某某十二条》»: numbers inside short quotes and titles."""
    clause, place = figure.clause, figure.hit.clean_start
    words = figure.scene.words(clause)
    if "”" not in words and "》" not in words:
        return None
    quotes = QUOTED.finditer(figure.scene.text, clause.start, clause.end)
    quoted = any(match.start() < place < match.end() for match in quotes)
    return "slogan" if quoted else None


def sums_up(figure: FigureScene) -> LooseRole | None:
    if figure.hit.kind != "count":
        return None
    return "slogan" if SUMMED.match(figure.after) or INDICATORS.search(figure.around) else None


def article(figure: FigureScene) -> LooseRole | None:
    """«打造一条走廊» counts nothing, «两个月招引一个项目» does."""
    if figure.hit.kind != "count" or not ONE.match(figure.hit.text):
        return None
    counts = EACH.search(figure.scene.text, figure.clause.start, figure.hit.clean_start)
    return None if counts else "context"


def in_a_heading(figure: FigureScene) -> LooseRole | None:
    """«一、续建项目(3个)» sums up what stands below."""
    sums = figure.hit.kind == "count" and figure.before.endswith("(") and figure.after.rstrip() == ")"
    return "slogan" if sums else None


def classes(figure: FigureScene) -> LooseRole | None:
    """«3个级别重大项目»."""
    classed = figure.hit.kind == "count" and CLASSED.match(figure.after)
    return "qualifier" if classed or figure.hit.unit.endswith("级别") else None


def threshold(figure: FigureScene) -> LooseRole | None:
    """A size that stands before a noun belongs to the name: «过10亿元项目», «35蒸吨/小时以下锅炉»."""
    if figure.hit.kind in ("count", "percent", "rank", "multiple"):
        return None
    noun = NOUN.match(figure.after)
    if noun and not NOT_A_NOUN.match(figure.after) and not NOT_A_NOUN.match(noun["noun"]):
        return "qualifier"
    touching = any(other.clean_start == figure.hit.clean_outer_end for _, other in figure.following)
    return "qualifier" if figure.hit.kind == "money" and touching else None


def member_of_thresholds(figure: FigureScene) -> LooseRole | None:
    """In «10亿元、50亿元和100亿元3个级别» each is what the next one is."""
    if figure.hit.kind in ("count", "percent", "rank", "multiple") or not figure.after.startswith(LISTING):
        return None
    index, other = next(figure.following, (None, None))
    if index is None or other is None:
        return None
    if other.kind == figure.hit.kind and other.clean_outer_start - figure.hit.clean_outer_end <= 1:
        return loose_role(replace(figure, index=index, hit=other))
    return "qualifier" if other.unit.endswith("级别") else None


RULES: tuple[Rule, ...] = (
    without_a_value,
    bare_number,
    unit_alone,
    in_a_condition,
    in_catchword,
    in_a_subsidy,
    old_value,
    compared_with,
    sums_up,
    article,
    in_a_heading,
    classes,
    threshold,
    member_of_thresholds,
)


def loose_role(figure: FigureScene) -> LooseRole | None:
    """The first rule that knows the figure; `None` for a metric."""
    return next((role for rule in RULES if (role := rule(figure))), None)
