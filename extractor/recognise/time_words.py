"""Finds time expressions. `times.py` holds what they mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from extractor.recognise.draft import Draft
from extractor.recognise.numerals import parse
from extractor.recognise.times import Moment, TimeExpression
from schemas.vocabulary import Precision, Relation

N = "(?:[0-9]{1,2}(?![0-9])|二十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
YEAR = r"(?:(?:19|20|21)[0-9]{2}(?![0-9])|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
SHORT_YEAR = "[0-9]{2}(?=年[底末初度])"
TO = "[ ]?(?:-{1,2}|—{1,2}|–|~|至|到)[ ]?"  # spaces in brackets, for VERBOSE
RELATIVE_YEAR = (
    "今年(?![轻龄])|明年|去年|本年(?![级轻产纪])|当年|(?<![以])上一?年(?!级|轻)|"
    "(?<![以目])前年(?!度)|次年|翌年|下一年|下年度?|新的一年|后年(?=[底初上下前,、])"
)
SHIFTS = {"今": 0, "明": 1, "去": -1, "本": 0, "当": 0, "上": -1, "前": -2, "次": 1, "翌": 1, "下": 1, "新": 0, "后": 2}

POINT = re.compile(
    rf"""(?<![0-9A-Za-z])(?:(?<!\.)|(?=(?:19|20)[0-9]{{2}}年))(?=[0-9一二三四五六七八九十廿今明去前后本上下当次第翌新])
    (?:(?P<year>{YEAR}|{SHORT_YEAR})(?:\ ?年?{TO}(?P<year2>{YEAR}))?\ ?年度?(?!级) | (?P<shift>{RELATIVE_YEAR})度?)?
    \ ?(?:
      (?P<half>(?<!以)[上下]半年)
    | (?P<quarters>前[两二三123]个?季度)
    | 第?(?P<quarter>[一二三四1-4])(?:季?度?(?:{TO}|、)第?(?P<quarter2>[一二三四1-4]))?\ ?季度
    | (?P<month>{N})(?:\ ?月?{TO}(?P<month2>{N}))?\ ?月(?:份)?
      (?:\ ?(?P<day>{N})(?:\ ?[日号]?{TO}(?P<day2>{N}))?\ ?[日号])?
    )?
    (?P<edge>(?:(?<=[今本当去明])年|(?<=年)年)?[底末终](?![端梢])|(?<=[年月])初(?![步级次中心始期])|[上中下]旬)?
    (?P<hour>(?:上午|下午|晚上|晚|凌晨|中午)|\ [0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?
    (?<=[年度月日号底末终初旬份午晚晨0-9])""",
    re.VERBOSE,
)
STAMP = re.compile(
    r"(?<![0-9.\-/])(?P<iso_year>(?:19|20)[0-9]{2})(?P<mark>[-./])(?P<iso_month>[0-9]{1,2})(?P=mark)(?P<iso_day>[0-9]{1,2})"
    r"(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9])"
)
BARE_YEARS = re.compile(
    r"(?<![0-9A-Za-z.\-])(?P<bare>(?:19|20)[0-9]{2})[-—–~](?P<bare2>(?:19|20)[0-9]{2})(?![0-9\-—年.])"
    r"|(?<![0-9A-Za-z.\-])(?P<listed>(?:19|20)[0-9]{2})(?=(?:、(?:19|20)[0-9]{2}){1,4}年)"
)
BARE_DAY = re.compile(r"(?<![0-9A-Za-z.月年])(?P<bare_day>[0-9]{1,2})日(?![内游元均产常以之]|照)")
PLAN = re.compile(
    r"""(?P<open>["“‘])?(?P<plan>十[一二三四五六]?五|[六七八九]五)(?(open)["”’])(?P<plan_part>规划期间|规划期|期间|时期|期末|末期|末|以来|初期|初|中期)?"""
    r"|第(?P<ordinal>十[一二三四五六]?|[六七八九])个五年"
)
RECURRING = re.compile(
    rf"(?:每(?:个)?(?:半年|年度?|季度|季|月|周|天|日(?!志))|每[两二三四五六0-9]+(?:年|个月|天|周)|年均|月均|(?<!全)逐年|逐月)(?:(?:的)?{N}月)?(?:{N}日|月?[底末初]|[上中下]旬)?"
)
SPAN = re.compile(
    rf"(?P<toward>近|最近|过去|今后|未来|接下来)(?:的)?(?P<count>{N})(?:{TO}(?P<count2>{N}))? ?(?:年(?![级轻])|个月|个季度)|"
    rf"(?<![0-9.第]){N}(?:{TO}{N})? ?(?:年|个月)(?=(?:时间)?(?:之|以)?内)"
)
WORD = re.compile(
    r"(?<![健安周万])全年(?!龄|级)|(?<![0-9半多几数历])年内|(?<![0-9半多几数历])年[底末](?![端])|(?<![0-9半多几数历少青])年终(?!于)|(?<![0-9半多几数历])年初(?![步级中])|"
    r"(?<![0-9])月[底末]|(?<![0-9])季度?末|(?<![以基根日])本(?:季度|月|周)[底末]?(?!刊)|(?<![以])[上下](?:季度|个?月)(?![旬球])|当月|次月|同期|当日|次日|连日来|目前为止|这一年|一年来|近年来"
)
WORDS: dict[str, tuple[Precision, Moment, bool]] = {
    "全年": ("year", Moment(), False),
    "年内": ("year", Moment(), False),
    "年底": ("year", Moment(), False),
    "年末": ("year", Moment(), False),
    "年终": ("year", Moment(), False),
    "年初": ("year", Moment(month=1, day=1), False),
    "本月": ("month", Moment(month_shift=0), True),
    "当月": ("month", Moment(month_shift=0), True),
    "上月": ("month", Moment(month_shift=-1), True),
    "上个月": ("month", Moment(month_shift=-1), True),
    "下月": ("month", Moment(month_shift=1), True),
    "下个月": ("month", Moment(month_shift=1), True),
    "次月": ("month", Moment(month_shift=1), True),
    "月底": ("month", Moment(month_shift=0), True),
    "月末": ("month", Moment(month_shift=0), True),
    "这一年": ("year", Moment(), False),
    "一年来": ("year", Moment(), False),
}
LIMIT = re.compile(
    r"(?:(?:之|以)前|(?<=[底末日号旬])前|前(?![0-9一二三四五六七八九十两列景沿期提后往来所茅身端途瞻几]))(?!后)"
)
FROM = re.compile(r"(?:份)?(?:起(?![步草点伏用])|以来|(?:之|以)后|开始)")
INSIDE = re.compile(r"(?:期间|年间|(?:之|以)?内(?![容部外涵]))")
POINT_LEADS = ("截至", "截止", "截止到", "截止至", "截至到")
NOT_TO = "达提得受感遇看"  # 提到2024年
Found = tuple[TimeExpression, int, int]


def find(text: str) -> Iterator[Draft]:
    """Give the time expressions of each pattern; where two overlap, the pattern named first is right."""
    for pattern, read in READERS:
        for match in pattern.finditer(text):
            if match.end() > match.start():
                draft = read(match)
                if draft:
                    yield draft


def draft_of(text: str, time: TimeExpression, start: int, end: int, outer: tuple[int, int] | None = None) -> Draft:
    """Take the limit words around a time into its outer span, and into its meaning."""
    outer_start, outer_end = outer or (start, end)
    time, outer_start, outer_end = with_limits(text, time, outer_start, outer_end)
    return Draft(start, end, outer_start, outer_end, "time", role="time", time=time)


def with_limits(text: str, time: TimeExpression, start: int, end: int) -> tuple[TimeExpression, int, int]:
    limit, since = LIMIT.match(text, end), FROM.match(text, end)
    if limit:
        time, end = replace(time, relation="by", limit=True, point=False), limit.end()
    elif since:
        time, end = replace(time, relation="from", point=False), since.end()
        start -= 1 if text[max(0, start - 1) : start] in ("自", "从") else 0
    else:
        inside = INSIDE.match(text, end)
        end = inside.end() if inside else end
    for lead in sorted(POINT_LEADS, key=len, reverse=True):
        if start >= len(lead) and text.startswith(lead, start - len(lead)):
            return replace(time, relation="by", point=True), start - len(lead), end
    led = text[start - 1 : start] in ("到", "至") and text[max(0, start - 2) : start - 1] not in (*NOT_TO, "")
    led = led or (start == 1 and text[0] in "到至")
    if led and not since:
        return replace(time, relation="by"), start - 1, end
    return time, start, end


def read_point(match: re.Match[str]) -> Draft | None:
    groups = match.groupdict()
    day = groups["hour"] and not groups["day"]
    if day and ":" not in groups["hour"]:
        return None
    time = point_time(groups)
    if time is None:
        return None
    end = match.start("hour") if day else match.end()
    start = match.start() + len(match.group()) - len(match.group().lstrip(" "))
    second = POINT.match(match.string, after_to(match.string, end)) if after_to(match.string, end) > end else None
    if second:
        until = point_time(second.groupdict())
        if until and until.precision == time.precision and not time.point:
            anchored = (
                until.first if until.explicit or time.first.year is None else replace(until.first, year=time.first.year)
            )
            closing = replace(until.last, year=until.last.year or anchored.year)
            return (
                None
                if end > second.start()
                else draft_of(match.string, replace(time, last=closing, point=until.point), start, second.end())
            )
    return draft_of(match.string, time, start, end)


RANGE_MARK = re.compile(TO)


def after_to(text: str, end: int) -> int:
    mark = RANGE_MARK.match(text, end)
    return mark.end() if mark else end


def point_time(groups: dict[str, str | None]) -> TimeExpression | None:
    """Read the groups of `POINT`: year, part of the year, month, day, and its edge."""
    year, year2, shift = year_of(groups["year"]), year_of(groups["year2"]), 0
    relative = groups["shift"] is not None
    if groups["shift"]:
        shift = SHIFTS[groups["shift"][0]]
    base = Moment(year=year, shift=shift)
    first, last, precision = base, replace(base, year=year2 or year), "year"
    if groups["half"]:
        months = (1, 6) if groups["half"][0] == "上" else (7, 12)
        first, last, precision = replace(base, month=months[0]), replace(base, month=months[1]), "half"
    elif groups["quarters"]:
        count = number(groups["quarters"][1])
        first, last, precision = replace(base, month=1), replace(base, month=3 * count), "quarter"
    elif groups["quarter"]:
        opening, closing = number(groups["quarter"]), number(groups["quarter2"] or groups["quarter"])
        first, last, precision = replace(base, month=3 * opening - 2), replace(base, month=3 * closing), "quarter"
    elif groups["month"]:
        opening, closing = number(groups["month"]), number(groups["month2"] or groups["month"])
        first, last, precision = replace(base, month=opening), replace(base, month=closing), "month"
        if groups["day"]:
            first = replace(first, day=number(groups["day"]))
            last, precision = replace(last, day=number(groups["day2"] or groups["day"])), "day"
    elif year is None and not relative:
        return None
    return with_edge(groups["edge"], first, last, precision, relative=relative)


def with_edge(edge: str | None, first: Moment, last: Moment, precision: Precision, *, relative: bool) -> TimeExpression:
    relation: Relation = "during"
    point = False
    if edge and edge[-1] in "底末终":
        relation, point = "by", True
    elif edge and edge[-1] == "初":
        first, last = (
            (replace(first, day=1), replace(last, day=10))
            if precision == "month"
            else (
                replace(first, month=1, day=1),
                replace(first, month=1, day=1),
            )
        )
    elif edge and precision == "month":
        ends = {"上": (1, 10), "中": (11, 20), "下": (21, None)}[edge[0]]
        first, last = replace(first, day=ends[0]), replace(last, day=ends[1])
    return TimeExpression(relation, precision, first, last, relative=relative, point=point)


def number(text: str) -> int:
    return int(parse(text) or 0)


def year_of(text: str | None) -> int | None:
    if not text:
        return None
    year = number(text.replace("〇", "零").replace("○", "零"))
    return 2000 + year if year < 100 else year


def read_stamp(match: re.Match[str]) -> Draft | None:
    if int(match["iso_month"]) > 12:
        return None
    moment = Moment(int(match["iso_year"]), 0, int(match["iso_month"]), int(match["iso_day"]))
    return draft_of(match.string, TimeExpression("during", "day", moment, moment), match.start(), match.end())


def read_bare_years(match: re.Match[str]) -> Draft:
    first = match["bare"] or match["listed"]
    time = TimeExpression("during", "year", Moment(int(first)), Moment(int(match["bare2"] or first)))
    return draft_of(match.string, time, match.start(), match.end())


def read_bare_day(match: re.Match[str]) -> Draft | None:
    day = int(match["bare_day"])
    if not 1 <= day <= 31:
        return None
    moment = Moment(day=day, month_shift=0)
    return draft_of(
        match.string, TimeExpression("during", "day", moment, moment, relative=True), match.start(), match.end()
    )


def read_plan(match: re.Match[str]) -> Draft | None:
    part = match["plan_part"] or ""
    if match["plan"] and not match["open"] and not (part or match.string.startswith(("规划", "计划"), match.end())):
        return None
    name = match["plan"][:-1] if match["plan"] else match["ordinal"]
    opening = 2001 + 5 * (number(name) - 10)
    time = TimeExpression("during", "plan", Moment(opening), Moment(opening + 4), plan=True)
    if "末" in part:
        time = replace(time, relation="by", point=True)
    elif "来" in part:
        time = replace(time, relation="from")
    core = match.span("plan") if match["plan"] else match.span()
    return draft_of(match.string, time, *core, outer=match.span())


def read_recurring(match: re.Match[str]) -> Draft:
    word = match.group()
    precision: Precision = "year"
    if re.search("[日天周旬]", word):
        precision = "day"
    elif "月" in word:
        precision = "month"
    elif "季" in word:
        precision = "quarter"
    elif "半" in word:
        precision = "half"
    relation: Relation = "by" if word[-1] in "底末" else "during"
    time = TimeExpression(relation, precision, Moment(), Moment(), recurring=True)
    return draft_of(match.string, time, *match.span())


def read_span(match: re.Match[str]) -> Draft:
    """Read «近五年», «今后3-5年», «三年内» as the years around the one it hangs on."""
    toward, text = match["toward"], match.group()
    counted = re.search(rf"({N})(?:{TO}({N}))?", text)
    assert counted
    count, most = parse(counted[1]), parse(counted[2] or counted[1])
    length = int(most or 1)
    start = match.start() + counted.start()
    first, last = (Moment(shift=0), Moment(shift=length - 1))
    if toward in ("近", "最近"):
        first, last = Moment(shift=1 - length), Moment(shift=0)
    elif toward == "过去":
        first, last = Moment(shift=-length), Moment(shift=-1)
    if toward == "过去" and length == 1:
        year = Moment(shift=-1)
        return draft_of(match.string, TimeExpression("during", "year", year, year, relative=True), *match.span())
    months = "月" in text or "季" in text
    if months:
        first = last = Moment(month_shift=0)
    if months and toward in (None, "今后", "未来", "接下来"):
        last = Moment(month_shift=length * (3 if "季" in text else 1))
    time = TimeExpression("during", "month" if months else "year", first, last, relative=True)
    end = match.end()
    inside = INSIDE_SPAN.match(match.string, end)
    return Draft(
        start,
        end,
        match.start(),
        inside.end() if inside else end,
        "duration",
        value=count,
        value_max=most if counted[2] else None,
        unit=text.lstrip("近最过去今后未来接下的0123456789一二三四五六七八九十廿-—–~至到 "),
        comparator="range" if counted[2] else "=",
        role="time",
        time=time,
    )


INSIDE_SPAN = re.compile("(?:时间)?(?:之|以)?内")


def read_word(match: re.Match[str]) -> Draft:
    word = match.group()
    at_edge = word[-1] in "底末终"
    named = WORDS.get(word) or WORDS.get(word[:-1] if at_edge else word)
    if named is None:
        time = TimeExpression("during", vague_precision(word), Moment(), Moment(), relative=True, vague=True)
        return draft_of(match.string, time, *match.span())
    precision, moment, relative = named
    time = TimeExpression("by" if at_edge else "during", precision, moment, moment, relative=relative, point=at_edge)
    return draft_of(match.string, time, *match.span())


def vague_precision(word: str) -> Precision:
    if "季" in word:
        return "quarter"
    return "day" if "日" in word or "周" in word else "year"


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Draft | None]], ...] = (
    (STAMP, read_stamp),
    (PLAN, read_plan),
    (RECURRING, read_recurring),
    (SPAN, read_span),
    (POINT, read_point),
    (BARE_YEARS, read_bare_years),
    (WORD, read_word),
    (BARE_DAY, read_bare_day),
)
