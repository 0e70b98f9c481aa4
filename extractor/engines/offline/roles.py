"""Open figures that are no metric, each with its reason: thresholds inside names, counts that sum up, subsidies, old values.

A rule speaks where its reason can be read in the text. Where it cannot, and yet the figure is no plain metric, it stays
open: a reviewer sees what is open, nobody sees what was put away for a wrong reason.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from extractor.engines.offline.names import ONE
from extractor.engines.offline.scene import FigureScene
from schemas.vocabulary import LooseRole


class Told(NamedTuple):
    """What a figure is that makes no metric. Without a role it stays open."""

    role: LooseRole | None
    why: str


GIVEN = re.compile(
    r"(?:(?P<cue>给予)[^,;。]{0,10}|(?P<sum>奖励|奖补|补助|补贴|资助|补偿|最高奖|再奖|各奖)(?:[一-鿿]{0,2}(?:每[一-鿿]{1,3}|最高|不超过|不高于|一次性|定额|标准为|上限为?|各|分别|按|约))*)(?:[\d.]+[万亿]?元、)*$"
)
GIVEN_BY = re.compile(r"按[^,;。]{0,14}$")
GIVEN_BEHIND = re.compile(
    r"(?:以内|以上|以下)?的?(?:标准)?(?:给予|进行)?的?(?:一次性|配套|财政|资金|经费|定额|专项)*(?P<cue>奖励|奖补|补助|补贴|资助|补偿)(?P<sum>)(?!资金|款|政策)"
)
FINED = re.compile(r"(?P<cue>罚款|处以)[^,;。]{0,8}$|^以?[上下]?的?(?P<behind>罚款)")
EACH_GETS = re.compile(r"每(?:人|户|亩|个|家|名|件|台|辆|次|吨|公里|平方米|千瓦)(?:每?[年月天日])?[^,;。每]{0,6}$")
PAID_OUT = re.compile(
    r"累计|共|已|争取|拨付|下达|投入|兑现|到位|募集|筹集|筹措|安排|获得|发放|支出|规模|总额|资金|标准(?:提高|提升|增加|达)"
)
SUBSIDY = re.compile(r"奖励|补助|补贴|资助|给予|奖补")
CAPPED = re.compile(r"(?:单个|每个|每家|每户|同一|最高|累计|总额)[^,;。]{0,12}(?P<cue>不超过|不高于|最高|以内)")
BY_STANDARD = re.compile(r"按[^,;。]{0,8}$")
LIMITS = re.compile(r"(?P<cue>限额标准|门槛|注册资本|注册资金|工作经费)[^,;。]{0,3}$")
SPOKEN = re.compile(r"[^,;。]{0,8}?作?了?(?:交流|表态|大会)?发言")
PRESENT = re.compile(r"(?P<cue>应出席|实出席|应到|实到|出席|到会|与会|参会)[^,;。]{0,10}$")
FORMULA = re.compile(r"[×*÷/] ?$")
AMONG = re.compile(
    r"之一|(?:个?(?:省|市|县|区|城市|园区)[一-鿿]{0,4}?)?中(?:位?居|列|排)|个?(?:省|市|县|区|城市|园区){1,3}[中里内头]{0,2}(?:排名?|列|居|位居|位列)?第"
)
# «三县五区第2位», «四县一区第二»: the field in which a rank is counted
RIVALS = re.compile(r"(?:[一二三四五六七八九十\d]{1,3}个?[县市区旗])?[中里内]?(?:排名?|列|居|位居|位列)?第")
CHANGED = re.compile(
    r"(?:左右|以上|以下)?(?:增加|提高|提升|扩大|扩充|增长|上升|下降|降低|减少|压减|压缩|缩短|缩小|收窄|调整|变更|优化|扩至|升|降|增)[^,;。]{0,2}(?:到|至|为)|扩至|升至|降至|增至|提到|压到|升到|降到|增到"
)
QUOTED = re.compile(r"“[^”]{1,14}”|《[^》]{1,40}》")
# what sums up a list or names a programme: «板块4条赛道», «10项攻坚行动»
SUMMED = re.compile(
    r"[一-鿿]{0,6}?(?P<noun>行动|举措|措施|任务|方面|抓手|机制|原则|环节|领域|赛道|板块|体系|关系|内容|步骤|工程包|(?:数|事|事情|字|句话|意见|关键词)(?=$|[:,;。]))(?P<behind>.{0,12})"
)
MOST_LISTED = 60  # what is listed beside its sum: a guess
PROJECTS = re.compile("(?:重大|重点)?(?:项目|工程)")  # «11个重点领域项目»
SUMMING = frozenset("项个条大类种件方点句批 ")
# «推出111项举措», «31项举措入选», «任务全面完成» count what came about
REACHED = re.compile(
    r"(?:完成|推出|出台|形成|取得|新增|推广|复制|实现|获批|入选|落地|办成|办好|解决|总结|承担|建立|制定|累计|达|增至|共|开办|改造)了?[^,;。]{0,6}$"
)
CAME_ABOUT = re.compile(r"[^,;。]{0,8}(?:入选|达标|完成|落地|实施|推进|推广|办结|见效|获)")
# «设置四大类15项指标», «约束性指标3项、预期性指标12项»: how many rows a table has
INDICATORS = re.compile(r"(?:设置|设定|设)[^,;。]{0,12}<>[^,;。]{0,6}指标|(?:约束性|预期性)指标[^,;。]{0,3}<>")
CLASSED = re.compile(r"级别|档次?|类别")
NOUN = re.compile(r"(?:以上|以下|以内|左右|及以上|及以下|级)?的?(?P<noun>[一-鿿A-Za-z0-9“《][^,;。、:()]*)")
NOT_A_NOUN = re.compile(
    r"(?:[,;。、:)》”]|(?:新?大?关口?|新?大?台阶|门槛)(?=[,;。]|$)|和|与|及|以及|或|并|且|的?增长|同比|比上年|占|以上$|以下$|左右$|以内$|的$|支持|用于|实现|完成|达|提高|增加|办结|"
    r"的?[,;。]|先后|分别|均|是|为|元$)"
)
# what is sorted by size: «过10亿元项目», «35蒸吨/小时以下锅炉», «500万元以上工业技改项目»
CLASS_NOUN = re.compile(
    r"级?的?(?:[0-9]+[个家户])?[一-鿿“”]{0,14}?(?:项目|企业|公司|工业|工程|技改|投资|锅炉|电站|机组|园区|基地|集群|产业|县|镇|村|街区|主体|单位|户|商户|门店|商场|建筑|住房|水库|河流|湖泊|耕地|地块|线路|设备|装置|船舶|车辆|贷款|合同|订单|交易|消费|人口|城市|省份|行政村|县域|老人|老年人|儿童|青少年)"
)
NAMED_BY_TIME = re.compile(r"过境|免签|生活圈|交通圈|通勤圈|不落幕|不打烊")
STANDS = re.compile(r"[一-鿿]{0,4}?(?:全线|全面|全部)?(?:贯通|建成|投运|投产|通车|并网|投用)")  # «廊道1194公里全线贯通»
VOLTAGE = re.compile("[千kK]?[伏vV]$")
# the verb right before an amount that was brought about or is to be: «贯通69公里岸线», «筹措2.29亿元实施文体工程»
BROUGHT_ABOUT = re.compile(
    r"(?:新增|新建|建成|建设|完成|改造|改建|整治|修复|贯通|打通|铺设|拆除|清理|治理|盘活|收储|供应|出让|储备|复垦|绿化|造林|营造|种植|实现|累计|达到?|增加|减少|减排|节约|处置|消纳|筹措|筹集|投入|安排|下达|争取|拨付|发放|减免|落实|募集|"
    r"撬动|带动|新辟|开通|硬化|疏浚|提供|保障|腾退|释放|兑付|清欠|偿还|化解|追回|压减|淘汰|解决|惠及|覆盖|帮助|救助|服务|培训|转移|吸纳|资助|帮扶|提升|续建|升级|输送|形成|探明|勘探|发放|贡献|收购|生产|产出|出口|进口)(?:了|约|近|超|超过|突破)?$"
)
PEOPLE = re.compile(
    r"[一-鿿0-9]{0,12}?(?:人|人口|妇女|监测对象|群体|劳动力|青年|大学生|女性|学员|旅客|游客|居民|群众|农民|学生|儿童|职工|老人|患者|用户|户|家庭|党员|代表)"
)
RATIO = re.compile(
    r"(?:比值?|倍差|系数|指数|强度|密度|容积率|积分|得分|评分|均分|满意度)(?:[由从][^,;。]{0,14})?(?:为|达到?|是|降至|降到|缩小[至到]|提高[至到]|提升[至到]|下降[至到]|上升[至到]|控制在|保持在|稳定在|不高于|低于|高于|超过?)?$"
)
NUMBERED = re.compile(
    r" ?(?:(?P<道路编号>国道|省道|县道|乡道|高速|[一-鿿]{0,2}路)|(?P<热线号码>[一-鿿]{0,6}(?:热线|维权|服务电话|服务台|平台))|(?P<名称里的编号>会议室|教室|干渠|支渠|号楼)|(?P<时刻>时(?!期|间|段|代)))"
)
NUMBER_OF = re.compile(r"(?:表|图|专栏|附件|指标|注[:]?)$")
CODE_BEFORE = re.compile(r"[A-Za-z][ _]?$|[国省县]道$|[0-9/]-$|/(?:19|20)\d\d-$")
CODE_BEHIND = re.compile(r"/(?:19|20)\d\d-")
ROW_NUMBER = re.compile(r" ?[|\t] ?[一-鿿]")
OTHER_MONTH = re.compile(r"[、和至-]\d{1,2}月")
COUNTED_CLASS = re.compile(r"级?(?:项目|企业|工程|基地|园区)(?:共|有)?\d")
OF_WHICH = re.compile(r"的(?:项目|企业)?(?:不少于|不低于|超过|达到?|有|共)?\d+[个家户项]")  # «其中5亿元以上的不少于6个»
THOSE_WHO = re.compile(r"的(?:企业|单位|项目|个人|机构|园区|地区|高校|团队)$")
EVENT_YEAR = re.compile(r"(?:19|20)\d\d$")
APART = re.compile(r"$|[),/|、\s]")
FROM = re.compile(r"[由从][^,;由从]{0,8}$")
EACH = re.compile(r"[每月天]")
LISTING = ("、", "和", "及", "与")
BOUNDED = (">=", ">", "<=", "<")
BY_VALUE = ("count", "percent", "rank", "multiple")

OPEN = Told(None, "")
Rule = Callable[[FigureScene], Told | None]


def words_before(figure: FigureScene) -> str:
    """The words of the clause before the figure."""
    return figure.scene.text[figure.clause.start : figure.hit.clean_outer_start]


def without_a_value(figure: FigureScene) -> Told | None:
    """«数十家» says no number that a record could hold."""
    return Told("context", "无确数") if figure.hit.value is None else None


def bare_number(figure: FigureScene) -> Told | None:
    """A number without a unit measures something only where a ratio or an index is named («倍差缩小至2.12»)."""
    hit = figure.hit
    if hit.unit or hit.kind != "other":
        return None
    before, after = words_before(figure), figure.after
    if before.endswith(("[", "(")) and after.startswith(("]", ")")):
        apart = before[-2:-1] in ("", " ", "|") and after[1:2] in ("", " ", "|")
        return OPEN if apart else Told("ordinal", "注号")  # «[18]» alone in a cell is a value: a sum over several years
    if ROW_NUMBER.match(after) and not before.strip(" |"):
        return Told("ordinal", "行号")
    if before.endswith(("— ", "- ")) and after.startswith((" —", " -")):
        return Told("ordinal", "页码")
    if named := NUMBERED.match(after):
        return Told("time" if named.lastgroup == "时刻" else "identifier", named.lastgroup or "")
    if hit.text.isdigit() and NUMBER_OF.search(before):
        return Told("ordinal", "图表编号")
    if CODE_BEFORE.search(before) or CODE_BEHIND.match(after):
        return Told("identifier", "编号")
    if OTHER_MONTH.match(after):
        return Told("time", "月份")
    if EVENT_YEAR.match(hit.text) and after[:1] not in ("", ",", ")", " ", "|"):
        return Told("time", "名称里的年份")
    return None if RATIO.search(before) else OPEN


def unit_alone(figure: FigureScene) -> Told | None:
    """«地区生产总值(亿元)»: the unit of a table's column, not an amount; «亿元以上项目» is a threshold."""
    hit = figure.hit
    if hit.text != hit.unit or hit.comparator != "=" or not APART.match(figure.after):
        return None
    announced = words_before(figure).rstrip().endswith(("(", ":", "|", "/")) or hit.kind == "money"
    return Told("context", "表头的单位") if announced else None


def in_a_formula(figure: FigureScene) -> Told | None:
    """«到账经费/经费总额×100%», «按1600小时计»."""
    before = words_before(figure)
    counted = before.endswith("按") and figure.after.startswith("计")
    return Told("context", "公式") if counted or FORMULA.search(before) else None


def in_a_condition(figure: FigureScene) -> Told | None:
    """«完成率低于80%的,取消评优资格», «滞后30天以上的亮黄牌», «超过20亿元的企业,给予…奖励»."""
    hit, after = figure.hit, figure.after.rstrip(",")
    if after in ("的", "以上的", "以下的") or (
        hit.kind == "duration" and hit.comparator in BOUNDED and after[:1] == "的"
    ):
        return Told("qualifier", "条件:的")
    if hit.comparator in BOUNDED and OF_WHICH.match(after):
        return Told("qualifier", "门槛:其中")
    those = THOSE_WHO.match(after)
    sentence = figure.scene.sentence
    if those and SUBSIDY.search(figure.scene.text, figure.clause.end, sentence.end):
        return Told("qualifier", f"条件:{those.group()}")
    return None


def in_catchword(figure: FigureScene) -> Told | None:
    """«“三个百分之百”承诺», «《某某十二条》»: numbers inside short quotes and titles; an amount in quotes may be a target."""
    clause, place = figure.clause, figure.hit.clean_start
    words = figure.scene.words(clause)
    if "”" not in words and "》" not in words:
        return None
    quotes = QUOTED.finditer(figure.scene.text, clause.start, clause.end)
    quote = next((match.group() for match in quotes if match.start() < place < match.end()), None)
    if quote is None:
        return None
    if quote.startswith("《"):
        return Told("slogan", "名称:书名号内")
    amount = figure.hit.kind not in ("count", "other", "rank") and figure.hit.text[0].isdigit()
    return OPEN if amount else Told("slogan", "口号:引号内")


def in_a_subsidy(figure: FigureScene) -> Told | None:
    """A rate of what each gets, and the cap behind it: «按投资额的3%给予补助,单个项目不超过500万元».

    What was paid out in all is a result: «共发放补助资金7000余万元».
    """
    hit = figure.hit
    if hit.kind not in ("money", "percent", "multiple"):
        return None
    before = words_before(figure)
    fined = FINED.search(before) or FINED.search(figure.after)
    if fined:
        return Told("context", f"处罚:{fined['cue'] or fined['behind']}")
    paid = PAID_OUT.search(before)
    behind = GIVEN_BEHIND.match(figure.after)
    if GIVEN_BY.search(before) and SUBSIDY.search(figure.after) and hit.kind == "percent":
        return Told("context", "补贴标准:按")
    if each := EACH_GETS.search(before):
        given = behind or SUBSIDY.search(figure.scene.text, figure.scene.sentence.start, figure.clause.end)
        if given and not paid:
            return Told("context", f"补贴标准:{each.group()[:2]}")
    if (given := GIVEN.search(before) or behind) and not paid:
        return Told("context", f"补贴标准:{given['cue'] or given['sum']}")
    capped = hit.kind == "money" and CAPPED.search(
        figure.scene.text, figure.clause.start, min(hit.clean_outer_end + 2, figure.clause.end)
    )
    if capped and SUBSIDY.search(figure.scene.text, figure.scene.sentence.start, figure.clause.end):
        return Told("context", f"补贴上限:{capped['cue']}")
    return None


def by_a_standard(figure: FigureScene) -> Told | None:
    """«按每人1000元标准», «注册资本500万元», «×100%»: what it is measured by, not what is reached."""
    before = words_before(figure)
    if limits := LIMITS.search(before):
        return Told("context", f"标准:{limits['cue']}")
    by = BY_STANDARD.search(before) and re.match(r"[^,;。]{0,4}标准", figure.after)
    return Told("context", "标准:按…标准") if by else None


def at_a_meeting(figure: FigureScene) -> Told | None:
    """«应出席代表486名», «5家单位作交流发言»."""
    if figure.hit.kind != "count":
        return None
    present = PRESENT.search(words_before(figure))
    if present and (figure.hit.unit.lstrip("余多") in ("名", "人", "位") or present["cue"] not in ("出席", "与会")):
        return Told("context", f"会议:{present['cue']}")
    return Told("context", "会议:发言") if SPOKEN.match(figure.after) else None


def compared_with(figure: FigureScene) -> Told | None:
    """«全国178个国家高新区之一», «在全省16个市中居第11位», «四县一区第二»."""
    among = AMONG.match(figure.after)
    if among:
        return Told("context", f"比较范围:{among.group()[:6]}")
    rivals = figure.hit.unit.endswith(("县", "市", "区", "旗")) and RIVALS.match(figure.after)
    follow = re.match(r"第", figure.after) and figure.hit.unit.endswith(("县", "市", "区", "旗"))
    return Told("context", "比较范围:第") if rivals or follow else None


def old_value(figure: FigureScene) -> Told | None:
    """«由86家增加到273家»: the old value is the baseline of the new one."""
    from_here = FROM.search(figure.scene.text, figure.clause.start, figure.hit.clean_outer_start)
    changed = CHANGED.match(figure.after)
    return Told("context", f"旧值:{from_here.group()[0]}…{changed.group()}") if from_here and changed else None


def sums_up(figure: FigureScene) -> Told | None:
    """«推动4条赛道提质»; but «推出111项举措» and «31项举措入选案例» count what came about, or may."""
    if figure.hit.kind != "count":
        return None
    if INDICATORS.search(figure.around):
        return Told("slogan", "列举的合计:指标")
    summed = SUMMED.match(figure.after)
    if not summed:
        return None
    if figure.hit.comparator != "=" or figure.hit.unit[-1:] not in SUMMING or PROJECTS.match(summed["behind"]):
        return None
    if (figure.hit.value or 0) > MOST_LISTED or REACHED.search(figure.before) or CAME_ABOUT.match(summed["behind"]):
        return OPEN
    return Told("slogan", f"列举的合计:{summed['noun']}")


def article(figure: FigureScene) -> Told | None:
    """«打造一条走廊» counts nothing, «两个月招引一个项目» does."""
    if figure.hit.kind != "count" or not ONE.match(figure.hit.text):
        return None
    counts = EACH.search(figure.scene.text, figure.clause.start, figure.hit.clean_start)
    return None if counts else Told("context", "不计数:一")


def in_a_heading(figure: FigureScene) -> Told | None:
    """«一、续建项目(3个)» sums up what stands below."""
    sums = figure.hit.kind == "count" and figure.before.endswith("(") and figure.after.rstrip() == ")"
    return Told("slogan", "列举的合计:标题") if sums else None


def classes(figure: FigureScene) -> Told | None:
    """«3个级别重大项目»."""
    classed = figure.hit.kind == "count" and CLASSED.match(figure.after)
    return Told("qualifier", "级别") if classed or figure.hit.unit.endswith("级别") else None


def threshold(figure: FigureScene) -> Told | None:
    """A size that sorts what stands behind it belongs to the name: «过10亿元项目», «35蒸吨/小时以下锅炉», «亿元项目»."""
    hit, after = figure.hit, figure.after
    if hit.kind in BY_VALUE:
        return None
    following = [other for _, other in figure.following if other.clean_start == hit.clean_outer_end]
    touching = hit.kind == "money" and bool(following)
    if touching and CLASSED.match(figure.scene.text, following[0].clean_end):
        return Told("qualifier", "级别")
    noun = NOUN.match(after)
    before_a_noun = bool(noun and not NOT_A_NOUN.match(after) and not NOT_A_NOUN.match(noun["noun"]))
    if not before_a_noun and not touching:
        return None
    sized = hit.comparator in BOUNDED or not hit.text[0].isdigit()
    if sized and (touching or CLASS_NOUN.match(after)):
        return Told("qualifier", f"门槛:{figure.scene.text[hit.clean_outer_start : hit.clean_outer_end]}")
    if hit.kind == "money" and COUNTED_CLASS.match(after):
        return Told("qualifier", f"规模档:{hit.text}")
    if VOLTAGE.search(hit.unit):
        return Told("qualifier", f"规格:{hit.text}")
    if NAMED_BY_TIME.match(after) and hit.kind == "duration":
        return Told("slogan", "名称:时长")
    if BROUGHT_ABOUT.search(figure.before) or STANDS.match(after) or (hit.kind == "other" and PEOPLE.match(after)):
        return None
    return OPEN


def member_of_thresholds(figure: FigureScene) -> Told | None:
    """In «10亿元、50亿元和100亿元3个级别» each is what the next one is."""
    if figure.hit.kind in BY_VALUE or not figure.after.startswith(LISTING):
        return None
    index, other = next(figure.following, (None, None))
    if index is None or other is None:
        return None
    if other.kind == figure.hit.kind and other.clean_outer_start - figure.hit.clean_outer_end <= 1:
        return told_of(replace(figure, index=index, hit=other))
    return Told("qualifier", "级别") if other.unit.endswith("级别") else None


RULES: tuple[Rule, ...] = (
    old_value,
    without_a_value,
    in_a_formula,
    bare_number,
    unit_alone,
    in_a_condition,
    in_catchword,
    in_a_subsidy,
    by_a_standard,
    at_a_meeting,
    compared_with,
    sums_up,
    article,
    in_a_heading,
    classes,
    threshold,
    member_of_thresholds,
)


def told_of(figure: FigureScene) -> Told | None:
    """The first rule that knows the figure; `None` for a metric."""
    return next((told for rule in RULES if (told := rule(figure))), None)
