"""Lists of parts that are known to be whole, and classes that overlap."""

import re

# closed lists: when the parts are these, nothing else is left
STAGES = ("续建", "新开工", "新建", "前期", "储备", "竣工", "收尾", "拟建", "在建")
FAMILIES = (
    ("企业", "个体"),
    ("内资", "外资"),
    STAGES,
    ("直管", "过境"),
    ("第一产业", "第二产业", "第三产业"),
    ("一产", "二产", "三产"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("出口", "进口"),
    ("男", "女"),
    ("非税", "税收"),
    ("县道", "乡道", "村道"),
    ("服务业", "农业", "林业", "牧业", "渔业"),
    ("国税", "地税", "财政"),
    ("税务", "财政"),
    ("规上", "规下"),
    ("夏粮", "秋粮"),
    ("一般债", "专项债"),
)
LONGEST = max(map(len, FAMILIES))
THREE_PARTS = {"第一产业", "一产", "县道", "国税"}
FOUR_PARTS = {"服务业"}
# classes that one thing may belong to at once
OVERLAP = re.compile(
    r"高新|规上|规模以上|专精特新|瞪羚|小巨人|上市|科技型|国家级|省级|市级|世界|央企|党员|女|亿元|民营|重点|头部|龙头|骨干|集群"
)
MEMBER = re.compile("|".join(member for family in FAMILIES for member in family))


def family_run(names: list[str]) -> int:
    """Count the leading names that are different members of one closed list."""
    return max((length for length in range(2, min(len(names), LONGEST) + 1) if is_closed(names[:length])), default=0)


def is_closed(names: list[str]) -> bool:
    """Tell whether the parts are all different members of one closed list."""
    if not all(map(MEMBER.search, names)):
        return False
    for family in FAMILIES:
        seen = [next((member for member in family if member in name), None) for name in names]
        least = 4 if family[0] in FOUR_PARTS else 3 if family[0] in THREE_PARTS else 2
        if None not in seen and len(set(seen)) == len(names) >= least:
            return True
    return False
