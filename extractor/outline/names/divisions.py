"""The administrative divisions of China to county level, today's and those since 1995: what they are called, where they lie."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from extractor.values import value
from schemas.vocabulary import Level

PEOPLES = [
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
    "壮族",
    "回族",
    "维吾尔",
    "哈萨克",
    "柯尔克孜",
    "蒙古",
]
RECENT = 2005  # of those that were given up before, only the whole name is told: 黔江, 松花江 mean something else now
LEVEL_ENDS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "省", "市", "盟")


@value
class Division:
    """One code and name. `last` is `None` while the list still holds it; `successor` is the code that it goes on under."""

    code: str
    name: str
    first: int
    last: int | None
    successor: str | None

    @property
    def level(self) -> Level:
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"

    def holds(self, other: "Division") -> bool:
        """Whether the other lies in it, by the codes: a county without a city above it carries its province's."""
        own = self.code[: {"province": 2, "city": 4}.get(self.level, 6)]
        return self.level != "county" and self.code != other.code and other.code.startswith(own)


@cache
def divisions() -> dict[str, list[str]]:
    """The lines of the table by name; what most of them say besides is never asked."""
    found: dict[str, list[str]] = {}
    for line in files("extractor.outline.names").joinpath("data/divisions.tsv").read_text("utf8").splitlines():
        if line[0] != "#":
            found.setdefault(line.split("\t", 2)[1], []).append(line)
    return found


@cache
def short_names() -> dict[str, tuple[str, ...]]:
    """The names of provinces and cities by what they are called without their suffix: 江苏, 内蒙古, 洛阳, 延边州, 延边."""
    found: dict[str, list[str]] = {}
    provinces: set[str] = set()
    for name, lines in divisions().items():
        if any(line.startswith("00", 4) and is_recent(line) for line in lines):
            shorts = [short for short in shortened(name) if short not in divisions() and short not in provinces]
            for short in shorts:
                found.setdefault(short, []).append(name)
            if lines[0].startswith("0000", 2):  # 吉林 and 海南 are provinces
                provinces.update(shorts)
                found.update({short: [name] for short in shorts})
    return {short: tuple(names) for short, names in found.items()}


def is_recent(line: str) -> bool:
    last = line.split("\t")[3]
    return not last or int(last) >= RECENT


def shortened(name: str) -> Iterable[str]:
    end = next((end for end in LEVEL_ENDS if name.endswith(end)), None)
    if end is None:
        return ()
    core = name.removesuffix(end)
    cut = True
    while cut:
        people = next((people for people in PEOPLES if core.endswith(people) and len(core) > len(people) + 1), None)
        core, cut = (core.removesuffix(people), True) if people else (core, False)
    core = "内蒙古" if name == "内蒙古自治区" else core
    if len(core) < 2:
        return ()
    return (core, f"{core}州") if end == "自治州" else (core,)


@lru_cache(maxsize=4096)
def named(name: str) -> tuple[Division, ...]:
    """Every division of this name, whole or short."""
    lines = divisions().get(name)
    if lines is not None:
        return tuple(read(line) for line in lines)
    return tuple(row for whole in short_names().get(name, ()) for row in named(whole) if row.level != "county")


def read(line: str) -> Division:
    code, name, first, last, successor = line.split("\t")
    return Division(code, name, int(first), int(last) if last else None, successor or None)


def best(candidates: Sequence[Division]) -> Division | None:
    """The one that is meant: the only one of today, else the only one of the past; `None` where several bear the name."""
    today = [row for row in candidates if row.last is None]
    if len({row.code for row in today}) == 1:
        return today[0]
    if today or not candidates:
        return None
    latest = max(candidates, key=lambda row: (row.last or 0, row.code))
    same = {row.code for row in candidates if row.last == latest.last}
    return latest if len(same) == 1 else None


def resolved(names: Sequence[str]) -> tuple[Division, ...]:
    """Those that the last of a chain of names may be, each inside one that the name before it may be."""
    held: tuple[Division, ...] = named(names[0])
    for name in names[1:]:
        held = tuple(row for row in named(name) if any(above.holds(row) for above in held))
    return held
