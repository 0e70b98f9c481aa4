"""Which lines belong together: one document, or one actor's part of a news page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extractor.outline.furniture import MASTHEAD
from extractor.outline.titles import (
    BYLINE,
    DOC_NUMBER,
    DOC_TYPE,
    LISTED,
    ORGAN_LINE,
    STANDALONE_DATE,
    looks_like_title,
    shorten,
    zone_names,
)
from extractor.text.lines import Line, is_prose
from extractor.values import value

ACTOR_HEADING = re.compile(
    r"^[一-鿿]{2,12}(?:高新区|经开区|开发区|示范区|新区|园区|自贸区|商务区|保税区|市|县|区|州|街道|镇|集团|公司|局|委)$"
)
HEAD_LINES = 12
NAMED_WITHIN = 500  # lines behind a beginning, and before a title, in which the title may be named
RUN_ON_SPEECH = re.compile(r"[^。,;::!?]{4,40}?(?:讲话|报告|汇报|致辞)\s[^。]{0,60}(?:同志们|各位)")
DATED_LEAD = re.compile(r".{0,16}\d{1,2}月(?:\d{1,2}日)?|.{0,16}(?:近日|日前|今天|昨天|眼下)")
FOOT = ("links", "notice")
# «【某报讯】», «本报讯», «(记者 某某)»: how news begins
NEWS_LEAD = re.compile(
    r"【[^】]{2,14}(?:讯|电|消息)】|(?:本报|本刊|本网|本台|本站)(?:[一-鿿]{0,4})(?:讯|消息|电)|(?:新华社|中新社|中新网)[^,。]{0,14}电"
)
LIBRARY = re.compile(r"[^,。;]{6,}文章属性[•·]?\s*【")  # a document library's own table, run on behind the title
HELD = re.compile(r"召开|举行|举办|开展|部署|调研|出席|主持")
COLOPHON = re.compile(r"日\s*印发$")  # «某办公室 2024年6月18日印发» closes a document behind its 抄送
RED_HEAD = re.compile(r"^[一-鿿、\s]{4,40}文件$")
ADDRESSED = re.compile(r"(?:各|[一-鿿]{2,12}(?:人民政府|管委会|委员会))[^。;]{2,80}[::]")
SPEECH = re.compile(r"(?:讲话|致辞|发言|报告|汇报)(?:\([^()]*\))?$")
DAY_LINE = re.compile(r"\(?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[^。]{0,16}\)?")
ISSUE_NUMBER = re.compile(
    r"\(?(?:(?:19|20)\d\d年)?[^。]{0,8}第[\d一二三四五六七八九十]+(?:季度)?\s*期|[^。]{0,16}\(总第\d+期\)"
)
# the whole line: «各位代表!» stands in the middle of a report again and again
SALUTATION = re.compile(r"(?:同志们|各位(?:代表|委员|领导|来宾|嘉宾|同志|朋友)[^。]{0,20}|尊敬的[^。]{2,30})[::,]")
SUBTITLE = re.compile(r"——(?:19|20)\d\d年|——在|\((?:19|20)\d\d年\d{1,2}月")


@value
class Stretch:
    """The lines of a segment, by number and half-open; `head` is where the lines that tell of it begin, the page's own among them.

    `name` is the heading that makes an actor's part of a page.
    """

    head: int
    first: int
    last: int
    name: str | None = None


def split_segments(lines: Sequence[Line]) -> tuple[Stretch, ...]:
    """Cut the file into its documents, then a document into its actors' parts. Furniture between them belongs to none."""
    starts = document_starts(lines)
    found: list[Stretch] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        own = [number for number in range(start, end) if not lines[number].boilerplate]
        if own:
            found.extend(actor_parts(lines, Stretch(head_above(lines, own[0]), own[0], own[-1] + 1), own))
    return tuple(found)


def within_segments(lines: Sequence[Line], stretches: Sequence[Stretch]) -> tuple[Line, ...]:
    """Lines that no segment holds (the heading of a collection or of a page) are left out like the page around them."""
    inside = {number for stretch in stretches for number in range(stretch.first, stretch.last)}
    return tuple(
        line if line.boilerplate or number in inside else replace(line, left_out="navigation")
        for number, line in enumerate(lines)
    )


def head_above(lines: Sequence[Line], start: int) -> int:
    """The furniture just above a document may carry its date and publisher, but not what ends the one before it."""
    first = start
    while first > 0 and lines[first - 1].boilerplate and lines[first - 1].left_out not in FOOT:
        first -= 1
    return first


def document_starts(lines: Sequence[Line]) -> list[int]:
    """Find the lines that open a document. The first content line always does."""
    first = next((index for index, line in enumerate(lines) if not line.boilerplate), 0)
    starts = [first]
    for index in range(first + 1, len(lines)):
        if lines[index].boilerplate:
            continue
        if is_dated_heading(lines, index) or behind_a_page_foot(lines, index):
            if is_stub(lines, starts[-1], index):
                starts.pop()  # the page's own heading above its first document
            starts.append(index)
        elif any(opens(lines, index) for opens in OPENINGS) and not is_part_of_opening(lines, starts[-1], index):
            starts.append(index)
    return drop_collection_title(lines, starts)


def is_dated_heading(lines: Sequence[Line], index: int) -> bool:
    """A heading with a dateline of its own and prose below it: «某某高新区:向新而行», «(2023年1月12日 记者 某某)»."""
    line = lines[index]
    if not line.after_blank or index + 2 >= len(lines) or not looks_like_title(line.text) or len(line.text) < 10:
        return False
    dated = STANDALONE_DATE.match(lines[index + 1].text)
    return bool(dated) and is_prose(lines[index + 2]) and not signs(line.text)


def signs(text: str) -> bool:
    """An organ alone on its line; «某市召开经济运行分析会» ends like one and is a headline."""
    return bool(ORGAN_LINE.search(text)) and not HELD.search(text)


def is_stub(lines: Sequence[Line], start: int, index: int) -> bool:
    own = [line for line in lines[start:index] if not line.boilerplate]
    return sum(len(line.text) for line in own) < 120 and not any(is_prose(line) for line in own)


def behind_a_page_foot(lines: Sequence[Line], index: int) -> bool:
    """Links and notices end a page; what stands behind them in the middle of a page («相关阅读» between paragraphs) goes on.

    Other furniture (a share line, a caption, an editor) ends a document only before a title.
    """
    first = index
    while first > 0 and lines[first - 1].boilerplate:
        first -= 1
    block = lines[first:index]
    if not block or not first or COLOPHON.search(lines[index].text) or not long_enough(lines, index):
        return False
    kinds = Counter(line.left_out for line in block)
    if kinds["notice"] >= 2 or kinds["metadata"] >= 2:
        return True
    opens_a_page = kinds["navigation"] >= 3 or any(MASTHEAD.match(line.text) for line in block)
    ends = opens_a_page or any(kinds[kind] for kind in (*FOOT, "metadata")) or lines[first - 1].closed
    return looks_like_title(lines[index].text) and ends and not is_caption_break(block)


def opens_official(lines: Sequence[Line], index: int) -> bool:
    """What stands below titles alone: a document number, an address, the day of a speech, the number of an issue.

    So a document is told also behind one that ends in a table, a signature or in the middle of a sentence.
    """
    line, below = lines[index], [other.text for other in lines[index + 1 : index + 5] if not other.boilerplate]
    if not below or line.bulleted or line.text.startswith("附"):
        return False
    if LIBRARY.search(line.text, 0, 160):
        return True
    if RED_HEAD.search(line.text):
        return is_number(below[0])
    if not (looks_like_title(line.text) or len(line.text) > 90) or line.text[-1] in "。;:,":
        return False
    if DOC_TYPE.search(line.text):
        numbered = is_number(below[0]) or (bool(ADDRESSED.fullmatch(below[0])) and not is_number(lines[index - 1].text))
        spoken = bool(SPEECH.search(line.text)) and any(DAY_LINE.fullmatch(text) for text in below[:3])
        return spoken or (numbered and not is_red_head(lines, index))
    return bool(ISSUE_NUMBER.match(below[0]))


def is_number(text: str) -> bool:
    return bool(DOC_NUMBER.fullmatch(text.replace(" ", "")))


def is_red_head(lines: Sequence[Line], index: int) -> bool:
    """«某市人民政府文件» has opened the document already."""
    return any(RED_HEAD.search(line.text) for line in lines[max(0, index - 3) : index])


def opens_speech_or_news(lines: Sequence[Line], index: int) -> bool:
    """How speeches and news begin also where the document before them breaks off in the middle of a sentence."""
    line = lines[index]
    below = next((other for other in lines[index + 1 : index + 4] if not other.boilerplate), None)
    above = next((other for other in reversed(lines[max(0, index - 3) : index]) if not other.boilerplate), None)
    heads_prose = above is None or is_prose(above) or above.closed or line.after_blank
    if SALUTATION.fullmatch(line.text) or RUN_ON_SPEECH.match(line.text):
        return above is not None and is_prose(above)
    if NEWS_LEAD.search(line.text, 0, 40):
        return is_prose(line) and heads_prose
    if below is None or not heads_prose or not looks_like_title(line.text) or line.bulleted:
        return False
    if SUBTITLE.match(below.text):
        return True
    return is_prose(below) and (bool(NEWS_LEAD.search(below.text, 0, 40)) or is_said_again(line.text, below.text))


def is_said_again(title: str, lead: str) -> bool:
    """A headline whose zone or place the lead names at once: «某新区:42个项目签约», «6月29日,某新区召开…»."""
    names = zone_names(title)
    return (
        len(title) >= 14 and bool(names) and any(name in lead[:60] for name in names) and bool(DATED_LEAD.match(lead))
    )


def is_caption_break(block: Sequence[Line]) -> bool:
    """Pictures and a share bar stand inside an article, above its next subheading."""
    return all(line.left_out in ("caption", "tools") for line in block)


def long_enough(lines: Sequence[Line], index: int) -> bool:
    """Behind furniture a new document starts only if prose follows before the next furniture that ends a page."""
    size = 0
    for line in lines[index:]:
        if line.left_out in FOOT:
            break
        size += 0 if line.boilerplate else len(line.text)
        if size >= 150:
            return True
    return False


def opens_document(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if not looks_like_title(line.text) or index + 1 >= len(lines):
        return False
    before, after = lines[index - 1], lines[index + 1]
    if not (before.closed or before.boilerplate or line.after_blank) or before.text.startswith("附件"):
        return False
    if repeats(line.text, after.text) or after.text.startswith("文章属性"):
        return True
    if BYLINE.match(after.text) or after.left_out in ("source", "metadata"):
        return not signs(line.text)  # «某管理委员会» above a date signs what stands before it
    if line.after_blank and after.after_blank and is_prose(after) and DOC_TYPE.search(line.text):
        return True
    if after.boilerplate or not (before.closed or before.boilerplate):
        return False
    return bool(DOC_TYPE.search(line.text) or (after.after_blank and zone_names(line.text))) and len(after.text) >= 15


def is_behind_a_break(lines: Sequence[Line], index: int) -> bool:
    """Prose that breaks off in the middle of a sentence, a blank line, and other prose: a text that was cut, and the next one."""
    line, before = lines[index], lines[index - 1]
    return (
        line.after_blank
        and is_prose(line)
        and is_prose(before)
        and len(before.text) >= 80
        and not before.closed
        and before.text[-1] not in ",、;:"
        and not LISTED.match(line.text)
    )


OPENINGS = (opens_document, opens_official, opens_speech_or_news, is_behind_a_break)


def repeats(title: str, following: str) -> bool:
    """Document libraries write the title twice, the second time as the head of the text."""
    return following[:12] == title[:12] and len(title) >= 12 and len(following) > len(title) + 10


def is_part_of_opening(lines: Sequence[Line], start: int, index: int) -> bool:
    """The title of the enclosed plan, or of an annex, repeats what the notice before it has named."""
    title = re.sub(r"\([^()]*\)$", "", lines[index].text)
    behind = max(start + NAMED_WITHIN, index - NAMED_WITHIN)
    above = (*lines[start : min(start + NAMED_WITHIN, index)], *lines[behind:index])
    if len(title) >= 8 and any(title[:16] in line.text for line in above if not line.boilerplate):
        return True
    longest = 500 if SALUTATION.fullmatch(lines[index].text) else 120  # a summary may stand above a speech
    head = islice((line for line in lines[start:index] if not line.boilerplate), longest)
    return sum(len(line.text) for line in head) < longest  # a line has a character at least


def drop_collection_title(lines: Sequence[Line], starts: list[int]) -> list[int]:
    """A file's own heading above the title of its first document is no part of it."""
    first = starts[0]
    for index in range(first + 1, min(first + 3, len(lines) - 1)):
        if looks_like_title(lines[index].text) and repeats(lines[index].text, lines[index + 1].text):
            return [index, *starts[1:]]
    return starts


def actor_parts(lines: Sequence[Line], whole: Stretch, own: Sequence[int]) -> list[Stretch]:
    """Two or more short headings that are nothing but an actor's name, each above prose, part a page among the actors."""
    headings = [
        place
        for place, number in enumerate(own[:-1])
        if lines[number].after_blank
        and len(lines[number].text) <= 14
        and ACTOR_HEADING.match(lines[number].text)
        and any(is_prose(lines[below]) for below in own[place + 1 : place + 4])
    ]
    if len(headings) < 2:
        return [whole]
    ends = [*headings[1:], len(own)]
    return [
        Stretch(whole.head, own[place], own[end - 1] + 1, shorten(lines[own[place]].text))
        for place, end in zip(headings, ends, strict=True)
    ]
