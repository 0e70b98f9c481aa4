"""The lines of a clean text, and which of them are the web page around the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.values import value

LINE = re.compile(r"[^\n]+")
SINGLE = re.compile(
    r"^(?:[-•·\s]*)(?:责任编辑|编辑:|编辑:|审核:|终审|版权|Copyright|©|主办单位|承办单位|网站标识|.{0,6}ICP备|.{0,4}公网安备|扫描|扫一扫|上一篇|下一篇"
    r"|分享到|字号[:\s]|字体[:\s]|打印|收藏|当前位置|您当前|您的位置|首页|网站首页|今天是\d{4}年|您是第|电话:|地址:|邮箱:|关注我们|服务粉丝|我们一直在努力"
    r"|\(?数字报\)?$|相关附件|附件下载|本法规被引用|点击下载|抄送|\(?责任编辑|来源声明|浏览次数|以上文档|本文档|热门$|排行$|本月$|全部/?$)",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"下载文档前|文档的完整性|付费后下载|申请退款|由用户上传|人工客服|转载请注明|未经.{0,6}授权|著作权|侵权|违反上述声明|Rights Reserved|建议使用\d|"
    r"分辨率浏览|微信公众号|APP客户端"
)
TAIL = re.compile(
    r"^[-•·\s\[【]*(?:相关阅读|相关链接|相关新闻|相关文章|相关报道|相关推荐|热门文章|热门推荐|热点排行|热点新闻|最新文章|最新资讯|编辑推荐|推荐阅读|延伸阅读|猜你喜欢"
    r"|为您推荐|排行榜?|版权与免责声明|版权声明|免责声明|友情链接|扫描添加|主办单位|关于我们)[\s::\]】]*"
)
# a column of links: «社会民生2024-02-29»
DATED_LINK = re.compile(r"^[^。,;:]{2,30}\[?\d{4}-\d{1,2}-\d{1,2}\]?$")
TABLE_ROW = re.compile(r"\|\s*[≥≤<>]?\d[\d.,]*\s*(?:\||$)")
NAVIGATION = re.compile(r"[|>/»]|首页|>>")
END = "。!?;…”"
CELL_GAP = re.compile(r" *\| *| *\t *| {2,}")  # what parts the cells of a table's line


@value
class Line:
    """One line of the clean text without the blanks around it; offsets are clean."""

    start: int
    end: int
    text: str
    after_blank: bool
    boilerplate: bool = False

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence does."""
        return self.text[-1] in END or self.text.endswith((")", "】"))


def read_lines(text: str, left_out: Sequence[tuple[int, int]] = ()) -> tuple[Line, ...]:
    """Split into non-empty lines and mark the page around the document.

    Nothing is read from the spans that are left out: a line holds what remains of it.
    """
    lines: list[Line] = []
    last_end = 0
    for match in LINE.finditer(text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped[0])
            blank = text.count("\n", last_end, match.start()) > 1 or not lines
            lines.append(Line(start, start + len(stripped), stripped, blank))
            last_end = match.end()
    marked = mark_boilerplate(lines)
    return tuple(marked) if not left_out else tuple(remaining(marked, blanked(text, left_out)))


def remaining(lines: Sequence[Line], text: str) -> Iterator[Line]:
    for line in lines:
        words = text[line.start : line.end]
        if kept := words.strip():
            start = line.start + words.index(kept[0])
            yield replace(line, start=start, end=start + len(kept), text=kept)


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks in the place of the spans."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def mark_boilerplate(lines: list[Line]) -> list[Line]:
    """A tail («相关阅读») runs until a line that opens a new document; a head of short link lines stands before any prose."""
    dated = [ends_in_a_date(line.text) and bool(DATED_LINK.match(line.text)) for line in lines]
    first_prose = next((index for index, line in enumerate(lines) if is_prose(line)), len(lines))
    marked = []
    in_tail = False
    for index, line in enumerate(lines):
        head = index < first_prose and looks_like_navigation(line, lines, index)
        in_tail = bool(TAIL.match(line.text)) or in_tail
        link = dated[index] and any(dated[max(0, index - 1) : index] + dated[index + 1 : index + 2])
        single = not is_prose(line) and bool(SINGLE.match(line.text))
        boilerplate = in_tail or head or link or single or bool(WORDS.search(line.text))
        marked.append(replace(line, boilerplate=True) if boilerplate else line)
    return marked


def ends_in_a_date(text: str) -> bool:
    """A quick look that spares most lines the pattern."""
    return text[-1] == "]" or text[-1].isdecimal()


def is_prose(line: Line) -> bool:
    return len(line.text) >= 40 and ("。" in line.text or ";" in line.text)


def looks_like_navigation(line: Line, lines: list[Line], index: int) -> bool:
    text = line.text
    if len(NAVIGATION.findall(text)) >= 2 or text.endswith(">"):
        return not any(TABLE_ROW.search(other.text) for other in lines[index : index + 3])
    if text[0] in "-•·":
        near = lines[max(0, index - 2) : index + 3]
        return len(text) <= 16 and sum(other.text[0] in "-•·" for other in near) >= 3
    return False
