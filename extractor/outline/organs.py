"""How organs and firms are called: what stands behind a place («…人民政府办公室»), departments, and firms."""

import re
from functools import cache

from extractor.outline.name_borders import words

SEATS = (
    "人民政府 行政公署 政府 人大常委会 人民代表大会 政协 中级人民法院 高级人民法院 人民法院 人民检察院 管理委员会 管委会 管理办公室 管理局 党工委 工委 纪律检查委员会 纪委 监察委员会 监委"
    " 党委 委员会 委 办事处"
)
# what follows a place or a zone and makes it the organ that acts for it
SEAT = (
    r"(?:人民政府|行政公署|政府(?!性|投资|采购|债|网|引导|购买|工作|储备|专项)|人大常委会|人民代表大会常务委员会|人民代表大会(?!第|会议)|政协|中级人民法院|高级人民法院|人民法院|人民检察院"
    r"|管理委员会|管委会|管理办公室|管理局|党工委|工委|纪律检查委员会|纪委监委|纪委|监察委员会|监委|党委|委员会|委(?![员托派任以屈会])|办事处)(?:办公厅|办公室)?"
)
ANY_SEAT = re.compile(f"(?:{SEAT}){{1,3}}")
NATIONAL = (
    "全国人大常委会 全国人大 全国政协 国务院办公厅 国务院国资委 国务院 中共中央办公厅 中央办公厅 最高人民法院 最高人民检察院 中国人民银行 新疆生产建设兵团 审计署 海关总署"
    " 国家发展和改革委员会 国家发展改革委 国家发改委 国家民委 国家卫生健康委员会 国家卫生健康委 国家卫健委 外交部 国防部 教育部 科学技术部 科技部 工业和信息化部 工信部 公安部 民政部 司法部"
    " 财政部 人力资源和社会保障部 人社部 自然资源部 生态环境部 住房和城乡建设部 住建部 交通运输部 水利部 农业农村部 商务部 文化和旅游部 退役军人事务部 应急管理部"
)
NOT_BEHIND_MINISTRY = frozenset("门分署队长")  # 教育部门 is none
INSTITUTIONS = "大学 学院 医院 研究院 研究所 银行 交易所"
DEPARTMENT_ENDS = "总局 管理局 委员会 委 局 厅 办公室 办 署"
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
    "学": "生",
}
NOT_BUREAU = frozenset("格布大全开结破时困当定战党政僵饭败危胜骗变终对残赌")  # 布局, 格局, 政局
OFFICE = re.compile("办公厅|办公室")
FIRMS = "有限责任公司 股份有限公司 集团有限公司 有限公司 集团公司 集团 股份"
SHORT_FIRMS = frozenset(["集团", "股份", "集团公司"])
# in a firm's name verbs may stand, so that fewer words tell where it begins
FIRM_LEFT = re.compile(
    r"持续|深化|组建|做强|做优|做大|成立|推动|推进|支持|鼓励|引导|引进|引入|签约|包括|其中|以及|通过|依托|加快|服务|帮助|培育|组织|联合|携手|会同|重组|关于|由于|对于|拥有|新增|走访|调研|考察|参观"
    r"|现有|[如与和及或在由对从将被让给是的并向把为等于年月日]"
)
# a class of firms, not one
NO_FIRM = re.compile(
    r"企业|[大小]型|中小|骨干|产业|国有|民营|上市|重点|龙头|旗下|控股|参股|[跨域各多家个该本我某一两三]|医疗|医院|教育|[省市县区]属|央企|[省市县区]级|特大|世界|全球|优质|知名|农业|旅游|文旅|建设|城投|交通|能源"
)
BRACKET = re.compile(r"[一-鿿]\([一-鿿]{2,6}\)\Z")
FIRM_REACH = 24


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


def firm_start(text: str, floor: int, end: int) -> int | None:
    """Where a firm's name begins that ends in the suffix at `end`; one bracket with a place may stand in it."""
    low = max(floor, end - FIRM_REACH)
    start = end
    while start > low and "㐀" <= text[start - 1] <= "鿿":
        start -= 1
        bracket = BRACKET.search(text, max(low, start - 9), start)
        start = bracket.start() + 1 if bracket else start
    clipped = start == end - FIRM_REACH
    for match in FIRM_LEFT.finditer(text, start, end):
        start, clipped = match.end(), False
    return None if clipped else start
