"""Page furniture: the blocks of a page that are none of its document. A block ends where the document goes on."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal, NamedTuple

from extractor.outline.titles import DOC_TYPE, STANDALONE_DATE, looks_like_title
from extractor.text.lines import Line, is_prose, is_row

Why = Literal["navigation", "tools", "source", "metadata", "links", "notice", "caption"]

# words that a page offers to click on; a line of nothing else is a tool bar
TOOLS = re.compile(
    r"(?:[\s|丨/·【】\[\]()«»<>:、,-]|下载|打印(?:本页|此页|文章)?|全屏|收藏(?:本页|本文)?|字号|字体(?:大小)?|超大|特大|[大中小](?![^\s|丨/·【】\[\]():])|加大|还原|减小|放大|缩小|默认"
    r"|分享(?:到|至|文章)?|微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|人人网|开心网|豆瓣|网易|搜狐|百度贴吧|朋友圈|更多(?:栏目)?|关闭(?:窗口|本页|此页)?|返回(?:顶部|首页|列表|上页)?|(?:我要)?纠错|朗读|语音播报|(?:微信|手机)?扫一扫.{0,14}|扫码.{0,10}"
    r"|无障碍(?:阅读|浏览)?|适老化|长者(?:版|模式|助手)|关怀版|简体(?:中文)?|繁体(?:中文)?|English|EN|登录|注册|退出|上一[篇页版期条].{0,40}|下一[篇页版期条].{0,40}|复制链接|我要评论|评论|点赞|\d{1,2}(?=$)|相关报道|相关附件|附件下载|本文附件)+"
)
WORD = re.compile(r"[一-鿿A-Za-z]|^[】【]$")
BREADCRUMB = re.compile(
    r"^\S*/\S{0,200}\.(?:s?html?|jsp|aspx?|php)\b|^(?:您?(?:现在|目前|当前)?(?:所在|的)?(?:的)?位置\s*[::]?|当前(?:位置|页面)|(?:网站)?首\s*页\s*(?:$|[>/»|\s-]|[^,。;]{2,40}$))|^>|^[^,。;:]{2,12}(?:\s*[>»]\s*[^,。;:>»]{0,16}){2,}$"
)
# (the last branch: a column of a menu on one line, «政务公开 | 新闻中心 | 互动交流»)
MENU_WORDS = re.compile(
    r"首页|主页|导航|地图|版权声明|隐私|声明|联系(?:我们|方式)|关于我们|机构概况|机构设置|政务公开|政务服务|政务要闻|信息公开|政府信息|互动|专栏|专题|服务|新闻|要闻|动态|栏目|登录|注册|简体|繁体|无障碍|适老|English"
    r"|政策(?:库|文件|解读)|人事任免|投稿|订阅|数字报|客户端|频道|官网|门户|公告|公示|走进|招商指南|部门$"
)
MASTHEAD = re.compile(r"^第\s*[A-Z]?\d{1,3}\s*版(?:[::\s].{0,12})?$")
MENU_ROW = re.compile(r"[^,。;::\d]{1,14}(?:\s*[|丨·/]\s*[^,。;::\d]{1,14}){1,}")
SOURCE_KEY = (
    r"(?:来源|稿源|信息来源|文章来源|稿件来源|作者|记者|通讯员|(?:责任)?编辑|责编|审核|审签|校对|终审|初审|复审|签发|发布人|发布者|发稿时间|发布时间|发布日期|发表于|发表时间|发布于|更新时间|更新日期|录入时间|录入人|时间|日期|date"
    r"|浏览次数|浏览量|浏览|点击数?|点击率|点击次数|阅读次数|阅读量|阅读|访问量|访问次数|字号|字体|字数|来源声明|我要纠错|视力保护色)"
)
SOURCE = re.compile(rf"^[\s(【\[|丨]*{SOURCE_KEY}\s*[::】]", re.IGNORECASE)
SOURCE_LABEL = re.compile(rf"^[\s(【\[|丨]*{SOURCE_KEY}\s*[::]\s*$", re.IGNORECASE)
# keys that stand for the page's own in its head alone: below it «时间:3月5日» tells when a meeting is
ONLY_ABOVE = re.compile(r"^\s*(?:时间|日期|作者|记者|通讯员|审核|字数|阅读|浏览|date)\s*[::]", re.IGNORECASE)
EDITOR = re.compile(r"^[\s(【\[]*(?:责任编辑|编辑|责编|终审|初审|复审|审核|校对|值班编辑|本期编辑)\s*[::]")
DATELINE = re.compile(
    r"^\(?(?:19|20)\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:星期[一二三四五六日天]?\s*)?(?:来源\s*[::]?\s*)?[^,。;]{0,20}\)?$"
)
METADATA_KEY = (
    r"(?:信息)?索\s*引\s*号|主\s*题\s*分\s*类|主\s*题\s*词|发\s*文\s*机\s*关|发布机构|发布单位|发文单位|制定机关|制作单位|公开方式|公开范围|公开时限|公开类别|公开属性|公开责任部门|公开形式|成\s*文\s*日\s*期|发\s*文\s*日\s*期|生成日期|公布日期"
    r"|印发日期|发\s*文\s*字\s*号|文\s*号|有\s*效\s*性|时\s*效\s*性|效力状态|废止日期|施行日期|生效日期|标\s*题|信息名称|名\s*称|体\s*裁|组配分类|服务对象|关\s*键\s*词|内容概述|内容分类|信息分类|统一登记号|登记号|信息来源|文件状态|责任部门"
)
METADATA = re.compile(rf"^[\s|【\[]*(?P<key>{METADATA_KEY})\s*(?:[】\]]|(?:[】\]]?\s*(?:[::|\t]|$)))")
METADATA_PAIR = re.compile(rf"(?:^|[|\t\s【])\s*(?P<key>{METADATA_KEY})\s*[】\]]?\s*[::|\t]")
KEY_PAIR = re.compile(
    rf"(?:^|[|\t\s【])\s*(?P<key>{METADATA_KEY}|发布日期|发布时间|公开日期|公开时间|来源)\s*[】\]]?\s*[::|\t】]"
)
# keys that also head the columns of a table or stand in the body: alone they say nothing
WEAK_KEY = re.compile(r"名\s*称|标\s*题|文\s*号|主\s*题\s*词|关\s*键\s*词|责任部门|信息来源|服务对象")
LINKS = re.compile(
    r"^[-•·\s\[【]*(?:相关(?:阅读|链接|新闻|文章|报道|推荐|资讯|内容|专题|信息|稿件)|热门(?:文章|推荐|新闻|资讯|专题)?|热点(?:排行|新闻|推荐|图片)|最新(?:文章|资讯|新闻|动态|发布|报道)|今日(?:热点|头条)|图片新闻|精彩(?:推荐|图片)|编辑推荐"
    r"|推荐(?:阅读|文章|新闻)|延伸阅读|猜你喜欢|为您推荐|你可能(?:还)?喜欢|更多(?:新闻|文章|内容|>>)|(?:新闻|点击|阅读|本周|本月)?排行榜?|本月|友情链接|网友评论|往期回顾|同类文章|全部/?)[\s::\]】>]*"
)
NOTICE = re.compile(
    r"^[-•·\s\[【(]*(?:版权(?:与免责声明|声明|所有)?|免责声明|特别声明|Copyright|©|主办单位|主办\s*[::]|承办单位|承办\s*[::]|技术支持|运行维护|维护单位|网站标识|网站地图|.{0,8}ICP备|.{0,6}公网安备|扫描添加|关于我们|关注我们|联系我们"
    r"|.{4,30}(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*印发$|您是第|今天是\d{4}年|本法规被引用|点击下载|以上文档|本文档|服务粉丝|我们一直在努力|建议使用\d|中文网址|中文域名|抄送|地址\s*[::]|邮编\s*[::]|邮箱\s*[::]|电话\s*[::]|传真\s*[::]|(?:热线|咨询|举报|监督|联系|服务|值班|投诉)电话\s*[::]|新闻热线|便民热线"
    r"|\(?数字报\)?$|下载文档前)",
    re.IGNORECASE,
)
LONGEST = 1000  # a longer line is a document that lost its line breaks
NOTICE_WORDS = re.compile(
    r"下载文档前|文档的完整性|付费后下载|申请退款|由用户上传|人工客服|转载请注明|未经.{0,6}授权|著作权|侵权|违反上述声明|Rights Reserved|建议使用\d|分辨率浏览|微信公众号|APP客户端|版权所有"
)
NOTICE_PROSE = re.compile(
    r"^[-•·\s①-⑥\d、]*(?:凡(?:本|注明)|任何单位或个人|如因作品|本(?:站|网)|转载请|下载文档前|如文档侵犯|.{0,20}付费后下载|.{0,12}部分预览|版权)"
)
NOTICE_GOES_ON = re.compile(r"本(?:站|网|平台|公众号)|版权|转载|侵权|免责|稿件")
CAPTION = re.compile(
    r"^.{2,70}(?:摄|摄影|摄影报道|供图|图片来源[::].{2,12}|(?:本报|本刊|通讯员|记者)\s*[一-鿿 、/]{2,16}摄[)))]?)$|^.{0,12}/\s*(?:文|图|摄)(?:\s*.{0,12}/\s*(?:文|图|摄))?$|^(?:图为|图[①-⑨]|[△▲]\s*图|资料图)[^。]{2,60}。?$"
)
SALUTATION = re.compile(
    r"^(?:各位|同志们|尊敬的|女士们|主席团|[一-鿿]{0,12}(?:人民政府|管委会|委员会|各部门|各单位|直属机构|直属单位))[^。]{0,60}[::!,,]"
)
TRAIL = (">", "»", ">>", "›")
DATED_LINK = re.compile(r"^[^。,;:]{2,30}\[?\d{4}-\d{1,2}-\d{1,2}\]?$")
MENU_LINE = re.compile(r"[^,。;::!?\d]{1,16}")

GoesOn = Callable[
    [Sequence[Line], int, bool], bool
]  # whether a line, by its number, still belongs to the block; its bullets


class Span(NamedTuple):
    """What was left out, in clean offsets: its lines touch and have one reason."""

    start: int
    end: int
    why: str


def mark_furniture(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Mark the lines that are none of the document's. Where nothing would remain, only what is furniture by itself is left out."""
    if not lines:
        return ()
    marks = list(singles(lines))
    whole = list(marks)
    for opens, goes_on, why in BLOCKS:
        mark_blocks(lines, whole, opens, goes_on, why)
    mark_menus(lines, whole)
    mark_trails(lines, whole)
    mark_dated_links(lines, whole)
    kept = whole if any(mark is None for mark in whole) else marks
    return tuple(replace(line, left_out=why) if why else line for line, why in zip(lines, kept, strict=True))


def left_out_spans(lines: Sequence[Line]) -> Iterator[Span]:
    """Neighbouring lines that were left out for one reason are one span."""
    for why, run in groupby(lines, key=lambda line: line.left_out):
        if why:
            own = list(run)
            yield Span(own[0].start, own[-1].end, why)


def singles(lines: Sequence[Line]) -> Iterator[Why | None]:
    """What each line is by itself; a label without a value takes the line below along."""
    body = first_body(lines)
    value_of: Why | None = None
    values: list[str] = []
    for index, line in enumerate(lines):
        if value_of and is_value(line) and not any(said.startswith(line.text[:12]) for said in values):
            yield value_of
            values.append(line.text)
            value_of = None
            continue
        why = single(line, above=index < body) if len(line.text) <= LONGEST else None
        value_of = why if why in ("source", "metadata") and is_label(line, why) else None
        yield why


def single(line: Line, *, above: bool) -> Why | None:
    """`above` is the head of the page, before its first prose or table."""
    text = line.text
    if is_prose(line):
        return "notice" if is_notice_prose(text) else None
    if TOOLS.fullmatch(text) and WORD.search(text):
        return "tools"
    if is_metadata(text):
        return "metadata"
    if EDITOR.match(text) and len(text) <= 60:
        return "source"
    if SOURCE.match(text) and len(text) <= 90 and (above or not ONLY_ABOVE.match(text)):
        return "source"
    if above and DATELINE.match(text) and re.search(r"\d:\d\d|星期|来源|网$|报$", text):
        return "source"
    if NOTICE.match(text) or NOTICE_WORDS.search(text):
        return "notice"
    if (BREADCRUMB.match(text) or MASTHEAD.match(text)) and not is_row(line):
        return "navigation"
    if is_menu_row(text, above=above) and not is_row(line):
        return "navigation"
    return "caption" if (CAPTION.match(text) and not text.endswith("。")) or text.startswith("图为") else None


def is_notice_prose(text: str) -> bool:
    """Prose about the page itself. One word of it («加大侵权惩处») stands in any report."""
    return bool(NOTICE_PROSE.match(text)) or len(set(NOTICE_WORDS.findall(text))) >= 2


def first_body(lines: Sequence[Line]) -> int:
    """The number of the first line of prose or of a table with numbers; the last line's of a page without."""
    return next(
        (n for n, line in enumerate(lines) if is_prose(line) or (is_row(line) and not METADATA.match(line.text))),
        len(lines),
    )


def is_metadata(text: str) -> bool:
    """«索引号 | 001/2023 | 公开方式 | 主动公开», «成文日期:2021年2月8日»."""
    match = METADATA.match(text)
    if not match or len(text) > 120:
        return False
    return not WEAK_KEY.fullmatch(match["key"]) or len(METADATA_PAIR.findall(text)) >= 2 or is_labelled(text, match)


def is_labelled(text: str, match: re.Match[str]) -> bool:
    """«标  题:…» with blanks inside the key is a page's own; «名称:» is not."""
    return bool(re.search(r"\s", match["key"])) and text[match.end() - 1] in "::"


def is_label(line: Line, why: Why) -> bool:
    text = line.text.rstrip("|").rstrip()
    if why == "source":
        return bool(SOURCE_LABEL.match(text)) and bool(re.search(r"时间|日期|来源|作者|发布|date", text, re.IGNORECASE))
    match = METADATA.match(text)
    return match is not None and not text[match.end() :].strip()


def is_value(line: Line) -> bool:
    """What may stand below a label: a few words that are no label themselves."""
    return len(line.text) <= 60 and not is_prose(line) and not METADATA.match(line.text) and not SOURCE.match(line.text)


def is_menu_row(text: str, *, above: bool) -> bool:
    """Three or more entries on one line, or two of which each is a word of menus."""
    if not MENU_ROW.fullmatch(text.strip(" |丨")):
        return False
    entries = [entry for entry in re.split(r"\s*[|丨·/]\s*", text.strip(" |丨")) if entry]
    known = sum(bool(MENU_WORDS.search(entry)) for entry in entries)
    return known >= 2 or (above and len(entries) >= 3 and known >= 1 and max(map(len, entries)) <= 10)


def mark_blocks(
    lines: Sequence[Line], marks: list[Why | None], opens: re.Pattern[str], goes_on: GoesOn, why: Why
) -> None:
    """A label opens a block; it holds the lines that look like its entries, and ends before a title that the text goes on with."""
    index = 0
    while index < len(lines):
        line = lines[index]
        label = opens.match(line.text)
        if not label or is_prose(line) or not is_label_of_block(line.text, label):
            index += 1
            continue
        marks[index] = marks[index] or why
        end = index + 1
        bullets = foot = False
        while end < len(lines) and (marks[end] in ("tools", "notice", "navigation") or goes_on(lines, end, bullets)):
            foot = foot or marks[end] == "notice"
            if foot and why == "links" and marks[end] is None and not lines[end].bulleted:
                break  # behind the foot of a page another one begins
            bullets = bullets or lines[end].bulleted
            end += 1
        end = before_title(lines, index + 1, end)
        for number in range(index + 1, end):
            marks[number] = marks[number] or why
        index = max(end, index + 1)


def is_label_of_block(text: str, label: re.Match[str]) -> bool:
    """The label alone, or what a colon introduces: «本月底前完成» is no «本月» of a ranking."""
    behind = text[label.end() :]
    return (
        label.re is NOTICE
        or not re.sub(r"更多|more|[>».…\d\s]", "", behind, flags=re.IGNORECASE)
        or (label.group().rstrip()[-1:] in "::】]" and len(behind) <= 60)
    )


def is_link(lines: Sequence[Line], index: int, bullets: bool) -> bool:
    """An entry of a list of links: bulleted or short, no sentence, no row, no title with a dateline below it."""
    line = lines[index]
    if line.bulleted and (
        bullets or len(line.text) <= 60 or any(other.bulleted for other in lines[index + 1 : index + 3])
    ):
        return True
    if is_prose(line) or is_row(line) or line.text[-1] in "。!?;:" or len(line.text) > 60:
        return False
    return not (SALUTATION.match(line.text) or opens_text(lines, index))


def is_notice(lines: Sequence[Line], index: int, _: bool) -> bool:
    text = lines[index].text
    return len(text) <= 400 and bool(NOTICE.match(text) or NOTICE_GOES_ON.search(text))


BLOCKS: tuple[tuple[re.Pattern[str], GoesOn, Why], ...] = ((LINKS, is_link, "links"), (NOTICE, is_notice, "notice"))


def opens_text(lines: Sequence[Line], index: int) -> bool:
    """A title by its form with what stands below titles alone: a date, a source, metadata, or a salutation."""
    line = lines[index]
    if index + 1 >= len(lines) or not looks_like_title(line.text) or line.bulleted:
        return False
    below = lines[index + 1].text
    return bool(
        STANDALONE_DATE.match(below)
        or DATELINE.match(below)
        or (SOURCE.match(below) and not EDITOR.match(below))
        or METADATA.match(below)
        or SALUTATION.match(below)
        or (DOC_TYPE.search(line.text) and (is_prose(lines[index + 1]) or below.startswith(("——", "("))))
        or below[:12] == line.text[:12]
    )


def before_title(lines: Sequence[Line], first: int, end: int) -> int:
    """Give a title back to the text that it heads: the last unbulleted line of a block that stands above the first prose."""
    if end >= len(lines) or end <= first:
        return end
    last = lines[end - 1]
    heads = not any(is_prose(line) for line in lines[:first]) or DOC_TYPE.search(last.text)
    goes_on = is_prose(lines[end]) or SALUTATION.match(lines[end].text) or is_row(lines[end])
    return end - 1 if heads and goes_on and not last.bulleted and looks_like_title(last.text) else end


def mark_menus(lines: Sequence[Line], marks: list[Why | None]) -> None:
    """Above the text and below its last sentence a run of short lines is a menu, if some of them are words of menus."""
    body = first_body(lines)
    last = max((n for n, line in enumerate(lines) if line.closed or is_row(line)), default=len(lines) - 1)
    for low, high in ((0, body), (last + 1, len(lines))):
        run: list[int] = []
        for index in range(low, high + 1):
            if index < high and (marks[index] in ("navigation", "tools") or is_menu_line(lines[index])):
                run.append(index)
                continue
            settle_menu(lines, marks, run, index)
            run = []


def is_menu_line(line: Line) -> bool:
    return bool(MENU_LINE.fullmatch(line.text)) and (line.bulleted or not DOC_TYPE.search(line.text))


def settle_menu(lines: Sequence[Line], marks: list[Why | None], run: list[int], behind: int) -> None:
    if run and behind < len(lines) and marks[run[-1]] is None and looks_like_title(lines[run[-1]].text):
        run = run[:-1]  # the title stands last, above its dateline or its text
    known = sum(bool(MENU_WORDS.search(lines[index].text)) or marks[index] is not None for index in run)
    if len(run) >= 5 and known >= max(2, len(run) // 4):
        for index in run:
            marks[index] = marks[index] or "navigation"


def mark_trails(lines: Sequence[Line], marks: list[Why | None]) -> None:
    """A breadcrumb with an entry a line: «首页», «>», «政府信息公开», «>», «政府工作报告»."""
    for index, line in enumerate(lines):
        beside = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
        if len(line.text) <= 10 and MENU_LINE.fullmatch(line.text) and any(other.text in TRAIL for other in beside):
            marks[index] = marks[index] or "navigation"


def mark_dated_links(lines: Sequence[Line], marks: list[Why | None]) -> None:
    """A column of links: «社会民生2024-02-29»."""
    dated = [ends_in_a_date(line.text) and bool(DATED_LINK.match(line.text)) for line in lines]
    for index, is_dated in enumerate(dated):
        if is_dated and any(dated[max(0, index - 1) : index] + dated[index + 1 : index + 2]):
            marks[index] = marks[index] or "links"


def ends_in_a_date(text: str) -> bool:
    """A quick look that spares most lines the pattern."""
    return text[-1] == "]" or text[-1].isdecimal()
