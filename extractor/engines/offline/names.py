"""The name of a metric: the noun phrase around its figure, without words of time, comparison and growth."""

import re

from schemas.vocabulary import Measure

# each list is tried from the end of the words before the figure, again and again until nothing gives way
REACH = re.compile(
    r"(?:分别|共计|总计|合计|累计|共有|已有|仍有|约有|有|将|可|要|已|均|共|仅|只|又|再|也|都|约|近|仅有|高|则|内|前|力争|确保|争取|实现|完成|达到|达成|达|为|是|突破|超过|超|接近|"
    r"保持在|保持|维持在|稳定在|控制在|提高到|提升到|提升至|提高至|增加到|增加至|增长到|扩大到|扩大至|上升到|上升至|下降到|下降至|降低到|降低至|减少到|压减到|压缩到|压缩至|缩短至|缩短到|降至|降到|"
    r"按(?:不变|可比|现行)价(?:格)?(?:计算|核算)?|名义|(?<=[一-鿿]{2})实际|冲刺|瞄准|"
    r"居|位居|位列|列|排在|排|预计|预期|冲到|挤进|提到|压到|压减至|升到|铺开|跨上|要到|(?<!通)过|用掉|消化掉|掉|进入|挺进|跻身|跃居|升至|前移|前进|后移|上升|不低于|不少于|不高于|不超过|高达|到|至|了|的|以|在|从|由|总规模)$"
)
GROWTH = re.compile(
    r"(?P<verb>增长|上涨|下跌|增产|减产|回升|增加|递增|增幅|提升|提高|上升|下降|降低|减少|回落|下滑|压减|净增|净增加|多增|少增|收窄|扩大|高于|低于|快于|慢于|前移|前进|后移|翻)(?:了|约|近|超|超过|达|达到|为|在)?$"
)
BASELINE = re.compile(
    r"(?P<base>同比|环比|同口径|按可比口径|按可比价格|(?:较|比)(?:上年同期|上年底|上年末|上年|前年|去年同期|去年底|去年|上次|年初|同期|上月|上季度|“?十[一二三四]五”?末|20\d\d年底?末?|19\d\d年底?末?|基期|全省平均水平?|全国平均水平?|全市平均水平?|上半年|前?[一二三四1-4]季度|(?:1[-—~至])?\d{1,2}月份?))"
    r"(?:相比|分别|均|再|又)?$"
)
# «由上年的71%提高到83%»: the old value
OLD_VALUE = re.compile(r"(?:由|从)(?P<base>[^,;由从]{1,16})$")
YEARLY = re.compile(r"(?:年均|平均每年|每年平均|每年|逐年|年平均)$")
DOWN = (
    "下降",
    "下跌",
    "减产",
    "低",
    "慢",
    "少",
    "降低",
    "减少",
    "回落",
    "下滑",
    "压减",
    "降至",
    "降到",
    "低于",
    "后移",
    "收窄",
    "缩短",
    "压缩",
    "少增",
)
LEAD = re.compile(
    r"^(?:其中|里面|当中|还有|还(?=[一-鿿])|不折不扣|本批清单|力促|推进|包括|含|另有|并|且|同时|此外|力争|确保|争取|努力|预计|计划(?!完成投资|投资|总投资)|预期|目标|到|截至|截止|当年|今年|明年|去年|全年|全市|全省|全区|全县|全国|我市|我区|我省|我县|本市|本区|全街道|我们|"
    r"是(?=新|引|培|建|完成|实现)|要|将|已|共|累计|先后|分别|顺利|成功|并斩获|荣获|斩获|获|获评|完成(?!投资)|实现了|实现|达到|形成|仍有|现有|拥有|共有|基本|使|推动|促进|建设|开展了?|组织实施|组织|实施|安排|新的一年|目前|当前|挺进(?=[一-鿿]{4})|、|,|和|与|及|以及|对|为|在(?![建谈孵营岗校册库])|的|以|:|“|”)+"
)
ITEM_MARK = re.compile(
    r"^(?:\d{1,2}[.、·]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是)"
)
SELF = re.compile(r"^(?:园区|示范区|高新区|经开区|开发区|新区|街道|公司|集团|市场|商务区)(?=[一-鿿]{2})")
EXAMPLE = re.compile(r"[一-鿿A-Za-z]{2,10}等(?=[一-鿿亿\d])")
VERB_INSIDE = re.compile(r"(?:完成|实现)(?<=[一-鿿]..)(?=(?:产值|营收|投资|收入|增加值)$)")
COUNTED = ("数", "量", "批次", "面积", "规模", "时限", "额")
COUNTERS = frozenset("个家户项件条座台辆套张所处名位人只头株间栋部份枚艘架列片种类宗场次批")
PER = re.compile(
    r"人均|亩均|户均|地均|每[万千百]?[一-鿿]{1,3}|单位|万元[一-鿿]*(?:能耗|电耗|水耗|用水|产值|增加值|GDP)"
)
# «快于时序进度12.9个百分点»: the baseline stands between the verb and the figure
APART = re.compile(r"(?P<verb>高于|高出|低于|快于|慢于|优于|领先|落后)(?P<base>[一-鿿]{2,8})$")
APART_BEHIND = re.compile(r"[比较](?P<base>[一-鿿]{2,10}?)(?P<verb>高出?|低|快|慢|多|少)$")
ONE = re.compile(r"^一(?:个|条|家|座|项|批|套|支|张|只|处|场|次|种|类|名|位)?$")
RATE = re.compile(r"(?:率|比重|占比|比例|强度|份额|覆盖率|系数|贡献率|密度)$")
SPEED = re.compile(r"(?:增速|增幅|涨幅|增长率|降幅|增长速度)$")


LONGEST_STEP = 20  # characters: no pattern of a step takes more


def ends_of(pattern: re.Pattern[str]) -> frozenset[str]:
    """What stands before a bar or a bracket: where its alternatives are words, nothing that it finds ends otherwise."""
    return frozenset(re.findall("[一-鿿](?=[|()])", pattern.pattern))


REACH_ENDS, GROWTH_ENDS = ends_of(REACH), ends_of(GROWTH)


# a triangle before a figure of change is a minus in statistics (codebook, fine points)
ARROWS = {"▲": "下降", "▼": "下降", "▽": "下降", "↓": "下降", "↑": "增长"}


class Reading:
    """What stands before a figure, taken apart. Built once, read by the engine."""

    __slots__ = ("baseline", "growth", "rest", "verbs", "yearly")

    def __init__(self, before: str) -> None:
        self.growth: str | None = None
        self.baseline: str | None = None
        self.yearly = False
        self.verbs: list[str] = []
        self.rest = before.rstrip(" :(")
        if self.rest[-1:] in ARROWS:  # 同比▲0.7%
            self.growth, self.rest = ARROWS[self.rest[-1]], self.rest[:-1].rstrip(" :(")
        while self.step():
            pass

    def step(self) -> bool:
        """Take one word off the end; `False` when a noun stands there."""
        tail, end = max(0, len(self.rest) - LONGEST_STEP), self.rest[-1:]
        if not self.growth and end in GROWTH_ENDS and (match := GROWTH.search(self.rest, tail)):
            self.growth = match["verb"]
        elif not self.growth and (match := APART.search(self.rest, tail) or APART_BEHIND.search(self.rest, tail)):
            self.growth, self.baseline = match["verb"], match["base"]
        elif any(verb.endswith(("到", "至", "为")) for verb in self.verbs) and (
            match := OLD_VALUE.search(self.rest, tail)
        ):
            self.baseline = match["base"]
        elif match := BASELINE.search(self.rest, tail):
            self.baseline = match["base"].lstrip("较比")
        elif match := YEARLY.search(self.rest, tail):
            self.yearly = True
        elif end in REACH_ENDS and (match := REACH.search(self.rest, tail)):
            self.verbs.append(match.group())
        else:
            return False
        self.rest = self.rest[: match.start()].rstrip(" ")
        return True

    @property
    def down(self) -> bool:
        return (self.growth or "").startswith(DOWN) or any(verb.startswith(DOWN) for verb in self.verbs)


def tidy(name: str, actors: tuple[str, ...]) -> str:
    """Cut what leads a clause but is no part of the name: items marks, 力争, the actor, examples («星徽五金等»)."""
    name = name.replace(" ", "").replace("\n", "")
    while True:
        before = name
        for pattern in (ITEM_MARK, LEAD, SELF):
            if match := pattern.match(name):
                name = name[match.end() :]
        for actor in actors:
            if actor and name.startswith(actor) and len(name) > len(actor) + 1:
                name = name[len(actor) :]
        if name == before:
            break
    if "等" in name:
        name = EXAMPLE.sub("", name)
    name = VERB_INSIDE.sub("", name)
    return name.strip("、,:“” ").removesuffix("的")


def counted(name: str, unit: str) -> str:
    """A count is named as one: 项目 10个 is 项目数, 接待客商 100批次 is 接待客商批次."""
    if not name or name.endswith(COUNTED):
        return name
    bare = unit.lstrip("万亿千百")
    if len(bare) > 1 and bare[-1] == "次":
        return name + bare
    if bare in ("户", "人", "次"):
        return name + bare + "数"
    return name + "数" if bare and bare[0] in COUNTERS else name


def measure_of(kind: str, unit: str, name: str, reading: Reading) -> Measure:
    """Tell the measure from unit, growth word and name (codebook 1)."""
    if kind == "rank":
        return "change" if reading.growth else "rank"  # «前移3位»
    if (
        "百分点" in unit
        or name.startswith("净增")
        or reading.growth in ("净增", "净增加", "前移", "前进", "后移", "高于", "低于", "快于")
    ):
        return "change"
    if unit in ("%", "‰"):
        return "growth" if reading.growth or SPEED.search(name) else "share"
    if kind == "multiple":
        return "growth" if reading.growth or unit == "番" else "level"
    if PER.search(name) or "/" in unit:
        return "intensity"
    return "change" if reading.growth in ("增加", "减少", "提高", "降低", "多", "少", "高", "高出", "低") else "level"
