"""What the text itself says of a figure: its own words, the time that they hang on, and whom they speak of."""

import re
from bisect import bisect_left
from functools import lru_cache

from extractor.checks.amounts import NO_AMOUNT, is_attribute
from extractor.checks.material import Material
from extractor.recognise.hits import Hit
from extractor.text.lines import line_around
from extractor.values import value

TIME_WORDS = re.compile(
    r"\d{4}年(?:度|底|末|初)?|\d{1,2}(?:[-—–~至]\d{1,2})?月(?:份|底|末)?|第?[一二三四]季度|[上下]半年|前三季度|前\d{1,2}个月|"
    r"“?十[一二三四五六]?五”?(?:期间|末|时期)?|今年|明年|本年|当年|全年|年内|年底|年末|年度|底前|以来|截[至止]"
)
CUES = re.compile(
    r"力争|确保|争取|努力|预计|实现|完成|达成|达到?|突破|超过?|保持在?|控制在|提高到?|提升至|增加到|增加(?!值)|不低于|不少于|不超过?|至少|约|"
    r"为|目标|计划|要|将|到|前|全[市区县省州旗]|我[市区县省州旗]|均|基本|有望|稳定在|首次|继续|不折不扣|坚决|奋力|全力|圆满|超额|提前|[::“”\"()() ,●◆■]"
)
RISES = re.compile(
    r"(?:同比|环比|比[^,]{0,8}?|较[^,]{0,8}?)?(?:年均|平均)?(增长|下降|提高|降低|减少|增速|上升|增加)(?:速度)?(?:[^,\d值]{0,6})$"
)
# quantities that say nothing without their subject, which the clause leaves out
BARE = re.compile(
    r"(?:新增|预计|年|项目|总|累计|到位|可|重点|计划|合同|实际|建设|主要|其|每年|达产后?|引进|新建|改造|建成|支持|推动|推进|打造|培育)*"
    r"(?:投资额?|产值|销售收入|销售额|营业?收入?|营收|主营业务收入|收入|税收|利税|利润|利润总额|就业|就业岗位|岗位|资金|规模|面积|产能|经济总量|总量|数|项目|企业|"
    r"建筑面积|占地|用地|金额|奖励|补贴|人员|人数|学校|课程|单位|分之|工程|增幅|增速|排名|比重|占比|比例|总额|数量)"
)
PARTED = re.compile(r"分别|其中|每|人均|由|从|[比较][^,]{1,8}[增减多少超]|[和及与、的]$")
HAN = re.compile(r"[㐀-鿿]")
NO_WORD = re.compile(r"[\W的]")
NUMBER = re.compile(r"\d")
PARTICLES = re.compile(r"PM(?:2\.5|10)")
SHORTEST = 4  # characters of a name that can be compared
FRAME_REACH = 4000
FRAME = re.compile(
    r"(?P<year>20(?<!\d..)\d\d)年|(?P<now>今年|本年)|(?P<last>去年|上年|过去一年|[这的]一年|一年来)|"
    r"(?P<plan>[这五三两]年来|[这过去今后前未来近]+[五三两几]年|“?十[一二三四五六]五”?(?:时期|期间|末)|以来)|"
    r"(?P<part>第?[一二三四]季度|[上下]半年|前三季度|\d{1,2}(?:[-—–~至]\d{1,2})?月(?!\d{1,2}日))"
)
SUBJECT = re.compile(
    r"(?:^|[,;:。、(\n])(?!全|我|该|本|各|会议)([㐀-鿿A-Za-z0-9]{1,12}?(?:公司|集团|厂|县|(?<!地)区|市(?!场)|镇(?!化)|乡(?!村)|街道|园|港|产业|行业|板块))"
)


@value
class Words:
    """`name` is the clause before the figure without its words of time, aim and scope; `rise` the verb of a growth."""

    name: str
    rise: str
    subject: str | None

    @property
    def telling(self) -> bool:
        return len(HAN.findall(self.name)) >= SHORTEST and not BARE.fullmatch(self.name)


def words_of(material: Material, hit: Hit) -> Words | None:
    """Give the words that a figure stands behind in its clause; None where other figures or a list come between."""
    text = material.text
    start, _ = material.clause(hit.clean_start)
    before = text[start : hit.clean_outer_start]
    if PARTED.search(before) or any(counts(material, other) for other in material.hits_in(start, hit.clean_start)):
        return None
    if "其中" in text[material.part(hit.clean_start)[0] : start]:
        return None
    rise = RISES.search(before)
    named = PARTICLES.sub("细颗粒物", before[: rise.start()] if rise else before)
    name = NO_WORD.sub("", CUES.sub("", TIME_WORDS.sub("", named)))
    return Words(name, rise.group(1) if rise else "", subject_before(text, material, start))


def leads(material: Material, hit: Hit, name: str) -> bool:
    """«地区生产总值年均增长7.2%,2020年达到1386.4亿元»: the clause before names what the figure is of."""
    start, _ = material.clause(hit.clean_start)
    if start == 0 or material.text[start - 1] != ",":
        return False
    first, _ = material.clause(start - 1)
    words = material.text[first:start]
    before = NO_WORD.sub("", CUES.sub("", TIME_WORDS.sub("", words)))
    return (
        not PARTED.search(words)
        and before.startswith(name)
        and len(HAN.findall(name)) >= SHORTEST
        and not BARE.fullmatch(name)
    )


def counts(material: Material, hit: Hit) -> bool:
    """Tell a figure from a time and from a size class inside a name («亿元以上项目»)."""
    if hit.kind == "time" or material.role_of(hit) in NO_AMOUNT:
        return False
    return not (hit.comparator in {">=", ">"} and is_attribute(material.text, hit))


def subject_before(text: str, material: Material, clause: int) -> str | None:
    """Give the place or firm that the sentence named last before the clause."""
    start, _ = material.sentence(clause)
    found = SUBJECT.findall(text[start : clause + 1])
    return found[-1] if found else None


def frame_of(material: Material, hit: Hit) -> tuple[str, str] | None:
    """Give the kind and the words of the time that was named last before a figure, in its segment."""
    segment = material.segment_at(hit.start)
    floor = max(material.view.clean_at(segment.start) if segment else 0, hit.clean_start - FRAME_REACH)
    named = frames(material.text)
    place = bisect_left(named, (hit.clean_start, "", "")) - 1
    return named[place][1:] if place >= 0 and named[place][0] >= floor else None


@lru_cache(maxsize=1)
def frames(text: str) -> tuple[tuple[int, str, str], ...]:
    found = FRAME.finditer(text)
    return tuple([(match.start(), str(match.lastgroup), match["year"] or match.group()) for match in found])


def frame_fits(frame: tuple[str, str] | None, start: str, end: str) -> bool:
    """Tell whether the time named last before a figure can be a record's period."""
    if frame is None:
        return True
    kind, words = frame
    years = int(end[:4]) - int(start[:4]) + 1
    match kind:
        case "year":
            return start[:4] <= words <= end[:4]
        case "plan":
            return years > 1
        case "part":
            return years == 1 and start[5:] + end[5:] != "01-0112-31"
        case _:
            return years == 1


def line_of(material: Material, clean_offset: int) -> str:
    """What stands around a place on its line."""
    start, end = line_around(material.text, clean_offset)
    return material.text[start:end]


def is_row(line: str) -> bool:
    return line.count("|") + line.count("\t") >= 2
