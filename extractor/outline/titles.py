"""What a line says about a document: is it a title, who acts, when was it published, what is its number."""

import re

from extractor.recognise.times import last_day
from extractor.text.scanning import Near

DOC_TYPE = re.compile(
    r"(?:通知|意见|决定|方案|报告|规划|办法|纲要|措施|计划|计划表|公告|通告|汇报|总结|打算|要点|讲话|致辞|决议|条例|规定|细则|批复|函|公报|清单|安排|行动)"
    r"(?:》)?(?:的通知)?(?:\([^()]{1,24}\))?(?:\s*\d{0,2}篇)?(?:\([^()]{1,12}\))?$"
)
ZONE = r"(?:高新技术产业开发区|经济技术开发区|高新技术产业园区|工业园区|产业园区|高技术产业开发区|高新园区|高新区|经开区|经济开发区|口岸经济区|经济合作区|经济区|合作区|工业集中区|工业区|开发区|示范区|商务区|新区|自贸区|保税区|园区)"
# no verb and no class word may stand in a name: «打造百亿园区» and «国家级经济技术开发区» name nobody
NOT_IN_NAME = "为级的和与在打造要求推动全各本我该建设对向进入以及其将由等不是从把被让个家一二三四五六七八九十百千亿到于围绕据过了着走会称让经由至区"
# tried only before what ends a name of up to seven characters, which few places are
ZONE_NAME = Near(
    rf"[X×一-鿿](?:(?![{NOT_IN_NAME}])[X×一-鿿]){{1,6}}?{ZONE}(?:\([一-鿿]{{2,8}}\))?|XX(?:街道|镇|乡|县|市)",
    (rf"[高经产工口合开示商新自保园](?<=(?={ZONE}).)", "XX(?=[街镇乡县市])"),
    7,
)
ZONE_END = re.compile(rf"{ZONE}(?:\([^)]*\))?$")
NOT_A_NAME = re.compile(
    r"^(?:全|本|各|我|该|省|国家|国家级|省级|市级|区级|一个|多个|这些|和|与|及|的|对|在|为|把|让|个|进|新|从|由)"
)
AUTHORITY = re.compile(r"【(?:制定机关|发布机关|发文机关|发文单位|发布单位)】\s*([^•【】\n]{2,40})")
NUMBER_FIELD = re.compile(r"【(?:字号|文号|发文字号)】\s*([^•【】\n]{4,30})")
DATE_FIELD = re.compile(
    r"(?:【(?:公布日期|发布日期|成文日期|发文日期)】|(?:发布时间|发布日期|日期|时间|发布于|更新时间)\s*:?)\s*(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2}))?"
)
NUMBERED = re.compile(r"[〔\[(]\s*(?:19|20)\d\d\s*[〕\])]\s*\d{1,4}\s*号")  # what ends each document number
DOC_NUMBER = re.compile(r"[一-鿿]{2,12}[〔\[(]\s*(?:19|20)\d\d\s*[〕\])]\s*\d{1,4}\s*号")
ORGAN_LINE = re.compile(r"(?:政府|办公室|办公厅|委员会|管委会|局|委|部|厅|院|会|处|所|中心)$")
# a line that is a date, with who says it behind it at most; «2024年1-8月完成…», «2024年8月,…» open a sentence
STANDALONE_DATE = re.compile(
    r"^[(—–-]*\s*((?:19|20)\d\d)\s*(?:年|(?=[-./]))[-./]?\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?)?(?!\s*[月,;至到—~-])"
    r"(?=[^\d。;,]{0,30}(?:\d{1,2}:\d{2}|$))"
)
SIGNED_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
ANY_DATE = re.compile(r"((?:19|20)\d\d)(?:年(?=\d{1,2}月)|[-./](?=\d))(\d{1,2})(?:(?:月|[-./])(\d{1,2})日?)?")
PUBLISHER = re.compile(r"(?:来源|稿源|信息来源|文章来源)\s*:\s*([^\s:|]{2,24}?)(?:收集|编辑|作者|$|[\s|])")
BYLINE = re.compile(
    r"^(?:来源|日期|发布时间|发布日期|作者|记者|稿源|信息来源|时间)\s*:|^\(?(?:19|20)\d\d(?:年\d{1,2}月|[-./]\d{1,2}[-./])\d{1,2}"
)
LISTED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})[、.．]|第[一二三四五六七八九十]+[章节条]|附件|附表|表\s*\d|专栏|图\s*\d"
)
CELLS_OF_NUMBERS = re.compile(r"^[\d.%~-]+\s+[\d.%~-]+\s|(?:\s[\d.%]+){2,}$")
DASHED_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
NATIONAL = re.compile(r"(?<=[一-鿿]{2})国家(?=高新|经济)")
HIGH_TECH = re.compile(r"高新?技术产业开发区")
CITY_BEFORE = re.compile(r"^[一-鿿]{2}市(?=[一-鿿]{2,3}区$)")


SPELLED = re.compile(
    r"([二一][〇零○OoＯ0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
DIGITS = {character: str(digit) for digit, character in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "零○Oo0", "0"
)


def with_digits(text: str) -> str:
    """«二〇二六年一月二十七日» in digits; all else as it is. Offsets are not kept."""
    return SPELLED.sub(
        lambda date: (
            f"{''.join(DIGITS.get(c, c) for c in date[1])}年{small(date[2])}月"
            + (f"{small(date[3])}日" if date[3] else "")
        ),
        text,
    )


def small(numeral: str) -> int:
    """Up to thirty-one: 十二, 二十七."""
    tens, ten, ones = numeral.rpartition("十")
    return (int(DIGITS[tens]) if tens else 1 if ten else 0) * 10 + (int(DIGITS[ones]) if ones else 0)


def iso(year: str, month: str | None, day: str | None) -> str | None:
    """Give as much of the date as was read; `None` if it cannot be a date."""
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(day) <= last_day(int(year), int(month)) else None


def looks_like_title(text: str) -> bool:
    """A heading by its form: one line, no sentence end, no list mark, words rather than numbers."""
    if not 6 <= len(text) <= 90 or text[-1] in "。;,:!?、" or text[0] in "-•·(①【":
        return False
    return (
        not LISTED.match(text)
        and not CELLS_OF_NUMBERS.search(text)
        and "。" not in text
        and text.count(",") <= 2
        and not DASHED_DATE.search(text)
    )


def shorten(name: str) -> str:
    """Use the name that the texts themselves use: 郑州国家高新技术产业开发区 is 郑州高新区."""
    name = NATIONAL.sub("", name) if "国家" in name else name
    name = HIGH_TECH.sub("高新区", name) if "技术产业开发区" in name else name
    return CITY_BEFORE.sub("", name)


def zone_names(text: str) -> list[str]:
    """Names of zones in the order of the text; «全区», «省级开发区» are none."""
    names = []
    for match in ZONE_NAME.finditer(text):
        name = match.group()
        while NOT_A_NAME.match(name) and len(name) > 2:
            name = name[1:]
        own = ZONE_END.sub("", name)
        if len(own) >= 2 and own[0] not in NOT_IN_NAME:
            names.append(shorten(name))
    return names
