"""How organs and firms are called: what stands behind a place («…人民政府办公室», «…财政局»), and what stands alone."""

import re
from functools import cache

from extractor.outline.name_borders import any_of, words

OFFICE = r"(?:办公厅|办公室)?"
# what follows a place or a zone and makes it the organ that acts for it
SEAT = re.compile(
    r"(?:人民政府|行政公署|政府(?!性|投资|采购|债|网|引导|购买|工作|储备|专项)|人大常委会|人民代表大会常务委员会|人民代表大会(?!第|会议)|政协|中级人民法院|高级人民法院|人民法院|人民检察院"
    r"|党工委管委会|党工委、?管委会|管理委员会|管委会|管理办公室|管理局|党工委|工委|纪律检查委员会|纪委监委|纪委|监察委员会|监委|党委|委员会|委(?![员托派任以屈会派])|街道办事处|办事处|行政公署)"
    r"(?:办公厅|办公室)?"
)
ANY_SEAT = re.compile(rf"(?:{SEAT.pattern})+")
NATIONAL = (
    "全国人大常委会|全国人大|全国政协|国务院办公厅|国务院国资委|国务院|中共中央办公厅|中央办公厅|最高人民法院|最高人民检察院|中国人民银行|新疆生产建设兵团"
    "|(?:外交部|国防部|国家发展和改革委员会|国家发展改革委|国家发改委|教育部|科学技术部|科技部|工业和信息化部|工信部|国家民委|公安部|民政部|司法部|财政部|人力资源和社会保障部|人社部"
    "|自然资源部|生态环境部|住房和城乡建设部|住建部|交通运输部|水利部|农业农村部|商务部|文化和旅游部|国家卫生健康委员会|国家卫生健康委|国家卫健委|退役军人事务部|应急管理部)(?![门分署队长])|审计署|海关总署"
)
ENDS_DEPARTMENT = re.compile(
    r"大学(?!生)|学院|医院|研究院|研究所|银行|交易所|委员会|管委会|党工委|办公室|(?<![格布大全开结破时困当定战党邮书政僵饭败危胜骗变终对残赌])局(?![势面部限域促])|厅(?![级局堂])"
)
FIRM = "有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|集团|股份"
FIRM_LEFT = re.compile(
    r"持续|深化|组建|做强|做优|做大|成立|推动|推进|支持|鼓励|引导|引进|引入|签约|包括|其中|以及|通过|依托|加快|服务|帮助|培育|组织|联合|携手|会同|重组|关于|由于|对于|拥有|新增|走访|调研|考察|参观|现有|如|与|和|及|或|在|由|对|从|将|被|让|给|是|的|并|向|把|为|等|于|年|月|日"
)
# a class of firms, not one
NO_FIRM = re.compile(
    r"企业|大型|小型|中小|骨干|产业|国有|民营|跨国|上市|重点|龙头|龙头企业|旗下|控股|参股|各|多|家|个|该|本|我|某|一|两|三|医疗|医院|教育|省属|市属|县属|区属|央企|省级|市级|县级|区级|特大|世界|全球|优质|知名|农业|旅游|文旅|建设|城投|交通|能源"
)
PAREN = re.compile(r"[一-鿿]\([一-鿿]{2,6}\)\Z")


@cache
def department() -> re.Pattern[str]:
    """A department by what it is for: 发展和改革委员会, 财政局, 工业和信息化厅, 招商办."""
    listed = any_of(words()["organ"])
    return re.compile(
        rf"(?:{listed})(?:总局|监督管理局|管理局|委员会|委(?![员托派任以屈会])|局(?![势面部限域])|厅(?![级局堂])|办公室|领导小组办公室|办(?![公事理法学好实成展得了证税])"
        rf"|署(?!名)|监督管理委员会){OFFICE}"
    )


@cache
def national() -> re.Pattern[str]:
    return re.compile(NATIONAL)


def firm_start(text: str, floor: int, end: int) -> int | None:
    """Where a firm's name begins that ends in the suffix at `end`; one bracket with a place may stand in it."""
    start = end
    while start > max(floor, end - 24) and "㐀" <= text[start - 1] <= "鿿":
        start -= 1
        bracket = PAREN.search(text, max(floor, start - 9), start)
        start = bracket.start() + 1 if bracket else start
    clipped = start == end - 24
    for match in FIRM_LEFT.finditer(text, start, end):
        start, clipped = match.end(), False
    return None if clipped else start
