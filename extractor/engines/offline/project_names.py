"""Where a clause names a project: in front of 项目 or 工程, as a facility with its stage, or as the clause itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.analysis import Analysis
from extractor.engines.offline.project import CLASSES
from extractor.outline import Clause

# a project's name begins behind one of these (every alternative opens with a plain character, so that `re` jumps to one)
BEFORE_NAME = re.compile(
    r"加快推进|积极推进|积极推动|加快推动|压茬推进|推进|推动|加快|加速|深化|确保|力争|争取|支持|保障|督促|促进|启动|实施|抓好|协调|服务(?!平台|中心|站|区|大厅)|位于|分别是|其中包括|包括|其中|以及|新竣工|新开工|"
    r"继续|重点|完成|紧盯|聚焦|围绕|推行|跟进|做好|建设好|开展|创造|调研|招引|引进|谋划|全力|大力|切实|深入|着力|提出|安排|实现|签约|集中|盘活[^,]{0,8}|要|将|把|让|在|对|为|是|的|了|“|”|:|,|;|在建的|"
    r"加紧建设的|正在建设的|高效|专班|通过|使|以"
)
HEAD = re.compile(
    r"(?P<tail>等)?(?:一批)?(?:重点|重大)?(?P<head>项目|工程)"
    r"(?!化|师|建设的?(?:若干|意见|责任|进度)|为王|数|库|单位|部门|办|责任|专项|要素|投资|等|突破|大突破|招引|质态|[各手]|公司|[推观]进?会|观摩|[”》]|名称|不少于|\d+(?:个|项|批))"
)
STRONG_NOUN = r"中心|基地|产业园|科技园|工业园|物流园|加速器|孵化器|码头|铁路|高速公路|高速|公路|大道|大桥|隧道|枢纽|水厂|电厂|电站|变电站|食堂|公园|综合体|实验室|研究院|研究所|试验场|体育场|停车场|展览馆|科技馆|文化馆|处理厂|快速路|卫生院|养老院|校区|机场|水库|联络线|专用线|院区|医院|学校|小学|中学|敬老院|体育馆|图书馆|博物馆|客运站"
WEAK_NOUN = r"改造|社区|小镇|厂房|生产线|段|线路|管网|公寓|广场|园|谷|站"
STAGE = r"开工|动工|建成|竣工|投产|投用|投入|投运|通车(?!里程)|封顶|开门迎客|可交付|交付|通水|试运行|试生产|完工|封关|启用|上线|签约|挂牌|开诊|量产|试车|并网|开园|贯通|送电|点火|具备通[车航水]条件"
FACILITY = re.compile(
    rf"(?P<name>[一-鿿A-Za-z0-9×]{{2,24}}?(?:(?:{STRONG_NOUN})(?:[一二三四]期)?(?:标准厂房)?(?:[一-鿿]{{1,3}}段)?(?:\([一-鿿A-Z0-9一二三四期型]{{1,6}}\))?"
    rf"(?=等?(?:\([^()]{{1,16}}\))?(?:(?:主体(?:结构)?)?已经?|将|正式|全面|顺利|计划|确保|力争|必须|务必|于|正在办理|正在开展|尚在办理)?(?:{STAGE}|正在(?:进行|开展)?[一-鿿]{{0,4}}施工|进入[一-鿿]{{2,6}}阶段|总投资|建设(?:$|,|现场)|前期|完成(?:$|竣工|验收)|施工现场)|,他要求)"
    rf"|(?:{WEAK_NOUN})(?:[一二三四]期)?(?=(?:\([^()]{{1,16}}\))?(?:已|将|正式|全面|顺利|计划|确保|力争|于)?(?:{STAGE}|完成$|完成竣工))))"
)
# «6月底前建成云母产业园三期标准厂房12万平方米»: the stage stands before the name
BUILT = re.compile(
    rf"(?:建成|开工建设|启用|竣工)(?P<name>[一-鿿A-Za-z0-9]{{4,24}}?(?:{STRONG_NOUN}|{WEAK_NOUN})(?:[一二三四]期)?)"
    r"(?=$|,|并|投|\d+(?:\.\d+)?万?(?:平方米|平方公里|公里|亩|米|千瓦))"
)
# every name that FACILITY and BUILT find holds one of these
PLACE = re.compile(rf"{STRONG_NOUN}|{WEAK_NOUN}")
HINT = re.compile(rf"{STAGE}|建设|前期|完成|施工|阶段|总投资|他要求")
# and every name at all one of these
NAME = re.compile(rf"项目|工程|平台|产业园|校区|院区|厂区|他要求|{STRONG_NOUN}|{WEAK_NOUN}")
# a clause that is nothing but a name, at the head of a paragraph: «某抽水蓄能电站,装机120万千瓦,…»
TOPIC = re.compile(
    rf"(?P<name>[一-鿿A-Za-z0-9×“”]{{4,32}}?(?:项目|工程|{STRONG_NOUN}|产业园|新?[校院厂]区)(?:[一二三四]期)?),?"
)
# «正由某集团建设的某实验室,年内投入使用»: the name closes its clause, the next one tells of it
AT_THE_END = re.compile(
    rf"(?P<name>[一-鿿A-Za-z0-9×]{{4,24}}?(?:{STRONG_NOUN}|(?:改造|扩建|新建|迁建|建设|治理|服务)(?:工程|项目|平台))(?:[一二三四]期)?),?$"
)
STAGE_WORD = re.compile(
    r"建设|开工|竣工|完工|投产|建成|投用|启用|通车|通水|并网|贯通|封顶|开园|试生产|前期|点亮|在建|调试|投运|落地|推进|总投资|签约|现场|形象进度|承建|安装|由[^,]{2,20}实施"
)
TASK = re.compile(
    r"加快|推进|推动|实施|加强|完善|提升|强化|抓好|做好|深化|全力|大力|着力|优化|开展|围绕|聚焦|支持|依托|建设一批"
)
NO_NAME = re.compile(
    r"(?<![院园社小片校厂库港])[省市区]$|^[和与及]|\d+(?:个|项)|以上|一批|亿元|[市县区]委|代?市长|老旧小区|^[一-鿿]{0,4}(?:节能|技改)$|[一-鿿]{0,4}企业$"
)
OTHER_PROJECT = re.compile(r"项目[和、]?")


@dataclass(slots=True)
class Named:
    """A project with the clauses read so far. All of its paragraph tells of a `topic`, and a `subject` opens its sentence."""

    name: str
    shown: str
    place: int
    tail: bool = False
    topic: bool = False
    subject: bool = False
    clauses: list[Clause] = field(default_factory=list)
    end: int = 0

    @property
    def name_end(self) -> int:
        return self.place + len(self.shown)

    @property
    def behind(self) -> int:
        """Where its predicate begins: behind the whole list, if it stands in one."""
        return self.end or self.name_end


def names_in(analysis: Analysis, clause: Clause, inside: Sequence[int]) -> list[Named]:
    words = analysis.view.text[clause.start : clause.end]
    found = list(headed(analysis, clause, words, inside)) if "项目" in words or "工程" in words else []
    if not found and HINT.search(words):
        found = list(facilities(analysis, clause, words, inside))
    return found


def headed(analysis: Analysis, clause: Clause, words: str, inside: Sequence[int]) -> Iterator[Named]:
    """Names in front of 项目 or 工程, with lists split; classes («亿元以上项目») are none."""
    if not STAGE_WORD.search(words):
        return
    for match in HEAD.finditer(words):
        is_class = ("重点" in match.group() or "重大" in match.group()) and not match["tail"]
        in_title = words.rfind("《", 0, match.start()) > words.rfind("》", 0, match.start())
        if is_class or in_title:
            continue
        start = name_start(analysis, clause, words, match.start(), inside)
        listed = words[start : match.start()]
        if listed.endswith(("、", "和")):
            continue
        for name in (part.strip("“” ") for part in listed.split("、")):
            if 3 <= len(name) <= 40 and not CLASSES.match(name) and not NO_NAME.search(name):
                full = name if name.endswith(("项目", "工程")) else name + match["head"]
                place = clause.start + words.find(name, start)
                yield Named(full, name, place, bool(match["tail"]), clauses=[clause], end=clause.start + match.end())


def name_start(analysis: Analysis, clause: Clause, words: str, end: int, inside: Sequence[int]) -> int:
    """Behind the last verb, time or other project of the clause."""
    starts = [match.end() for match in BEFORE_NAME.finditer(words, 0, end)]
    for index in inside:
        stop = analysis.hits[index].clean_outer_end - clause.start
        if analysis.hits[index].role == "time" and stop <= end:
            starts.append(stop)
    starts += [match.end() for match in OTHER_PROJECT.finditer(words, 0, end)]
    return max(starts, default=0)


def facilities(analysis: Analysis, clause: Clause, words: str, inside: Sequence[int]) -> Iterator[Named]:
    """«某某中心建成并投入运营», «某某再生水厂11月底前通水»: times between name and stage are looked through."""
    chars = list(words)
    for index in inside:
        hit = analysis.hits[index]
        if hit.role == "time" and hit.kind == "time":
            left, right = hit.clean_outer_start - clause.start, min(hit.clean_outer_end - clause.start, len(words))
            chars[left:right] = "\0" * (right - left)
    bare = "".join(chars).replace("\0", "")
    if not PLACE.search(bare):
        return
    for match in (*FACILITY.finditer(bare), *BUILT.finditer(bare)):
        name = behind_the_verb(match["name"])
        place = words.find(name)
        if place >= 0 and is_facility(name):
            yield Named(name, name, clause.start + place, clauses=[clause])


def topic_of(clause: Clause, words: str) -> Named | None:
    """A clause that is a name from end to end."""
    match = TOPIC.fullmatch(words)
    if not match or TASK.search(words) or CLASSES.match(match["name"]):
        return None
    return Named(match["name"], match["name"], clause.start + match.start("name"), topic=True, clauses=[clause])


def name_at_the_end(clause: Clause, words: str) -> Named | None:
    match = AT_THE_END.search(words)
    name = behind_the_verb(match["name"]) if match else ""
    if not match or not is_facility(name):
        return None
    return Named(name, name, clause.start + match.end("name") - len(name), clauses=[clause])


def behind_the_verb(words: str) -> str:
    """«建设某某服务平台» names what is built; «某某建设工程» keeps its word."""
    return words[max((cut.end() for cut in BEFORE_NAME.finditer(words)), default=0) :].removeprefix("建设")


def is_facility(name: str) -> bool:
    return 4 <= len(name) <= 28 and not CLASSES.match(name) and not NO_NAME.search(name)
