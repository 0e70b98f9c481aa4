"""How organs and firms are called: what stands behind a place («…人民政府办公室»), departments, and firms."""

import re
from functools import cache

from extractor.outline.names.borders import any_of, border, is_core, kinds, longer, stem_start, theme, words
from extractor.outline.names.spots import Atom, Spot, unlisted

SEATS = (
    "人民政府 行政公署 政府 人大常委会 人民代表大会 政协 中级人民法院 高级人民法院 人民法院 人民检察院 管理委员会 管委会 管理办公室 管理局 党工委 工委 纪律检查委员会 纪委 监察委员会 监委"
    " 党委 委员会 委 办事处"
)
# what follows a place or a zone and makes it the organ that acts for it
SEAT = (
    r"(?:人民政府|行政公署|政府(?!性|投资|采购|债|网|引导|购买|工作|储备|专项)|人大常委会|人民代表大会常务委员会|人民代表大会(?!第|会议)|政协|中级人民法院|高级人民法院|人民法院|人民检察院"
    r"|管理委员会|管委会|管理办公室|管理局|党工委|工委|纪律检查委员会|纪委监委|纪委|监察委员会|监委|党委|委员会|委(?![员托派任以屈会])|办事处)(?:办公厅|办公室)?"
)
PARTY_DEPARTMENT = re.compile(
    r"(?<=委)(?:组织部|宣传部|统战部|统一战线工作部|社会工作部|政法委|政法委员会|网信办|编办)"
)
ANY_SEAT = re.compile(f"(?:{SEAT}){{1,3}}")
NATIONAL = (
    "全国人大常委会 全国人大 全国政协 国务院办公厅 国务院国资委 国务院 中共中央办公厅 中央办公厅 最高人民法院 最高人民检察院 中国人民银行 新疆生产建设兵团 审计署 海关总署"
    " 国家发展和改革委员会 国家发展改革委 国家发改委 国家民委 国家卫生健康委员会 国家卫生健康委 国家卫健委 外交部 国防部 教育部 科学技术部 科技部 工业和信息化部 工信部 公安部 民政部 司法部"
    " 财政部 人力资源和社会保障部 人社部 自然资源部 生态环境部 住房和城乡建设部 住建部 交通运输部 水利部 农业农村部 商务部 文化和旅游部 退役军人事务部 应急管理部"
)
NOT_BEHIND_MINISTRY = frozenset("门分署队长")  # 教育部门 is none
INSTITUTIONS = "大学 学院 医院 研究院 研究所 银行 交易所"
DEPARTMENT_ENDS = frozenset(["总局", "分局", "管理局", "委员会", "委", "局", "厅", "办公室", "办", "署", "中心", "部"])
# what a department or an institution that no list holds may end in, right behind its place
UNLISTED_ENDS = frozenset([*INSTITUTIONS.split(), "委员会", "局", "管理局", "厅", "办公室"])
NOT_IN_ORGAN = re.compile(r"[^一-鿿]|[的和在对从将是了]")
# what may not stand behind the last character of a department, which would then be that of another word: 委员, 办理
NOT_BEHIND = {
    "委": "员托派任以屈会",
    "办": "公事理法学好实成展得了证税",
    "局": "势面部限域促",
    "厅": "级局堂",
    "署": "名",
    "部": "门分署队长",
    "学": "生城",
    "心": "城小镇村地区线环位化",
}
NOT_BUREAU = frozenset("格布大全开结破时困当定战党政僵饭败危胜骗变终对残赌")  # 布局, 格局, 政局
OFFICE = re.compile("办公厅|办公室")
FIRMS = "有限责任公司 股份有限公司 集团有限公司 有限公司 集团公司 集团 股份公司 股份 公司"
SHORT_FIRMS = frozenset(["集团", "股份", "集团公司", "公司"])
# in a firm's name verbs may stand, so that fewer words tell where it begins
FIRM_LEFT = re.compile(
    r"企业(?=[一-鿿]{2})|持续|深化|组建|做强|做优|做大|成立|推动|推进|支持|鼓励|引导|引进|引入|签约|包括|其中|以及|通过|依托|加快|服务|帮助|培育|组织|联合|携手|会同|重组|关于|由于|对于|拥有|新增|走访|调研|考察|参观"
    r"|现有|[如与和及或在由对从将被让给是的并向把为等于年月日]"
)
# a class of firms, not one
NO_FIRM = re.compile(
    r"(?:企业|[大小]型|中小|骨干|产业|国有|民营|上市|重点|龙头|旗下|控股|参股|[其跨域各多家个该本我某一两三子分总母]|医疗|医院|教育|[省市县区]属|央企|[省市县区]级|特大|世界|全球|优质|知名"
    r"|农业|旅游|文旅|建设|城投|交通|能源|保险|担保|融资|投资|平台|证券|信托|租赁|物业|环卫|有关|相关|其他|一批|外资|外贸|独角兽|高新|科技|义务|公办|余|数(?![据字智控])|头部|项目|首家)"
)
CLASS_END = re.compile(
    r"(?:企业|平台|上市|控股|[子分总母]|保险|担保|证券|信托|租赁|物业|国有|[一二三四五六七八九十百])\Z"
)
BRACKET = re.compile(r"[一-鿿]\([一-鿿]{2,6}\)\Z")
FIRM_REACH = 24


OWN_DEPARTMENTS = {
    "中心": "centre",
    "部": "party",
}  # the endings that only some departments have, and the list of these
GRADE = re.compile(r"(?:自治区|兵团|国家|[省市县区州旗盟])(?:党?委)?\Z")


def national(spot: Spot) -> Atom | None:
    return None if spot.next in NOT_BEHIND_MINISTRY and spot.word[-1] == "部" else Atom(spot.start, spot.end, "organ")


def organ(spot: Spot) -> Atom | None:
    """The seat of the place before it, a department, or the 管委会 of a zone that no list holds."""
    seat = ANY_SEAT.match(spot.text, spot.start, spot.high) if spot.is_behind_place else None
    if seat:
        party = PARTY_DEPARTMENT.match(spot.text, seat.end(), spot.high)
        return Atom(spot.start, party.end() if party else seat.end(), "organ")
    if spot.word in {"管委会", "管理委员会"}:
        return unlisted(spot, "organ", 4)
    if spot.word not in DEPARTMENT_ENDS:
        return None
    return department(spot) or unlisted_department(spot)


def department(spot: Spot) -> Atom | None:
    """Behind its place, behind the grade of its place («市财政局»), or alone behind a border."""
    text, floor = spot.text, spot.floor
    own = spot.start
    start = department_start(text, floor, own)
    if start is None and spot.word == "管理局":  # 应急管理 is what an 应急管理局 is for
        own = spot.end - 1
        start = department_start(text, floor, own)
    if start is None or spot.next in NOT_BEHIND.get(spot.word[-1], ""):
        return None
    if spot.word in OWN_DEPARTMENTS and text[start:own] not in words()[OWN_DEPARTMENTS[spot.word]]:
        return None
    office = OFFICE.match(text, spot.end, spot.high)
    end = office.end() if office else spot.end
    if spot.held and start == floor:
        return Atom(start, end, "organ") if spot.held.is_place else None
    grade = GRADE.search(text, floor, start)
    before = grade.start() if grade else start
    stem = stem_start(text, floor, before)
    if stem is None or (stem < before and (grade or not is_core(text[stem:before], 4))):
        return None
    return Atom(min(stem, before), end, "organ")


def unlisted_department(spot: Spot) -> Atom | None:
    """A department or institution of any kind right behind its place: 云渚市城市更新局, 洛阳市第一人民医院."""
    held = spot.held
    if not held or not held.is_place or spot.start < held.end or spot.word not in UNLISTED_ENDS:
        return None
    if spot.next in NOT_BEHIND.get(spot.word[-1], "") or NOT_IN_ORGAN.search(spot.text, held.end, spot.start):
        return None
    if spot.word == "局" and spot.text[spot.start - 1] in NOT_BUREAU:
        return None
    stem = spot.text[held.end : spot.start]
    least = 0 if spot.word in INSTITUTIONS else 2
    passed = (found.group() for found in border().finditer(stem))
    if not least <= len(stem) <= 10 or any(len(word) > 1 and kinds()[word] != "pass" for word in passed):
        return None
    return Atom(held.end, spot.end, "organ")


@cache
def department_lengths() -> dict[str, tuple[int, ...]]:
    """How long what a department is for may be, by its last two characters, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words()["organ"]:
        found.setdefault(word[-2:], set()).add(len(word))
    return {tail: tuple(sorted(sizes, reverse=True)) for tail, sizes in found.items()}


def department_start(text: str, floor: int, end: int) -> int | None:
    """Where what a department is for begins, which ends at `end`: 发展和改革 of 发展和改革委员会."""
    for size in department_lengths().get(text[end - 2 : end], ()):
        if end - size >= floor and text[end - size : end] in words()["organ"]:
            return end - size
    return None


def firm(spot: Spot) -> Atom | None:
    start = firm_start(spot.text, spot.floor, spot.start) if spot.start >= spot.floor else None
    if start is None:
        return None
    behind_place = spot.held is not None and spot.held.is_place and spot.held.end == start
    own = is_firm(spot.text[start : spot.start], spot.word, behind_place=behind_place)
    return Atom(start, spot.end, "firm") if own else None


def firm_start(text: str, floor: int, end: int) -> int | None:
    """Where a firm's name begins that ends in the suffix at `end`; one bracket with a place may stand in it."""
    low = max(floor, end - FIRM_REACH)
    start = end
    while start > low:
        bracket = BRACKET.search(text, max(low, start - 9), start)
        if bracket:
            start = bracket.start() + 1
        elif not "㐀" <= text[start - 1] <= "鿿":
            break
        else:
            start -= 1
    border = None if start == end - FIRM_REACH else start
    for match in left_of_firm().finditer(text, start, end):
        if match.group() != "和" or match.start() != start + 1 or border is None:  # 鼎和 opens a name
            border = match.end()
    return border


@cache
def left_of_firm() -> re.Pattern[str]:
    listed = any_of(longer(words()["left"]) - words()["firm"])
    return re.compile(f"{FIRM_LEFT.pattern}|{listed}")


def is_firm(stem: str, suffix: str, *, behind_place: bool) -> bool:
    """A name of its own before the suffix; of the short suffixes many a class makes use: 大型企业集团, 保险公司."""
    if suffix not in SHORT_FIRMS:
        return 2 <= len(stem) <= FIRM_REACH
    least = 3 if suffix == "公司" else 2
    is_class = (
        NO_FIRM.match(stem) or CLASS_END.search(stem) or (theme().match(stem) and not behind_place) or "型" in stem
    )
    return least <= len(stem) <= 9 and not is_class
