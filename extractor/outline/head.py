"""The head of a document: title, issuer, actor, dates and number, each from the best of all that tell it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.outline.furniture import KEY_PAIR, SOURCE
from extractor.outline.names.actors import actor_by_body, actor_of_name, first_name, organ_of_no_name, region_of_actor
from extractor.outline.segments import HEAD_LINES, Stretch
from extractor.outline.titles import (
    ANY_DATE,
    AUTHORITY,
    BYLINE,
    DATE_FIELD,
    DOC_NUMBER,
    DOC_TYPE,
    NUMBER_FIELD,
    NUMBERED,
    ORGAN_LINE,
    PUBLISHER,
    SIGNED_DATE,
    STANDALONE_DATE,
    iso,
    looks_like_title,
    with_digits,
)
from extractor.text.lines import Line, is_prose
from extractor.values import value
from schemas.document import Year
from schemas.region import Region

ISSUED_BY = ("发文机关", "制定机关", "发布机构", "发布单位", "发文单位", "制作单位")
WRITTEN = ("成文日期", "发文日期", "生成日期", "公布日期", "印发日期")
RELEASED = (
    "发布日期",
    "发布时间",
    "发表时间",
    "发表于",
    "发布于",
    "公开日期",
    "更新时间",
    "更新日期",
    "时间",
    "日期",
    "date",
)
DAY = r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
MEETING = r"(?:会议|大会|全会|论坛|座谈会|推进会|动员会|部署会|现场会|调度会|分析会|例会)"
DELIVERED = (
    re.compile(rf"(?:[—―-]{{1,2}}|\(|^|\s){DAY}\s*在[^。;]{{2,50}}{MEETING}"),
    re.compile(rf"{MEETING}上的?(?:讲话|报告|发言|汇报|致辞)\s*[(\s]{{1,3}}{DAY}"),
    re.compile(rf"{MEETING}上[^。;]{{0,12}}\({DAY}\)"),
)
CONGRESS = re.compile(r"(?:在|[。,;\s]|^)(?P<place>[一-鿿]{2,12}?)(?:第[一二三四五六七八九十]{1,3}届)人民代表大会")
ON_BEHALF = re.compile(r"(?:代表|受|根据)(?P<organ>[一-鿿]{1,16}?(?:人民政府|管委会|管理委员会|委员会|工委))")
OFFICE = re.compile(
    r"^(?P<organ>[一-鿿]{2,14}?(?:自治区|自治州|省|市|县|区|旗))(?:人民政府)?(?:代)?(?:省长|市长|县长|区长|主席|州长|旗长|主任|书记)[^,。;:]{0,12}$"
)
ABOUT = re.compile(r"关于|印发|转发|发布|公布")
SITE_SUFFIX = re.compile(r"\s*[_|–—-]\s*[^_|–—-]{2,24}(?:网|政府|频道|中心|栏目|门户|平台|新闻|公告)[^_|–—-]{0,8}$")
EDGES = re.compile(r"^[\s|丨::】]+|[\s|丨::】]+$")
CUT_OFF = re.compile(r"[|丨\s]+$")
RUN_ON_TITLE = re.compile(r"^[^。,;::!?]{4,50}?(?:讲话|报告|通知|意见|方案|汇报|公报|总结|要点|发言)(?=\s)")
MAGAZINE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?!\d)")


@value
class Part:
    """A segment before it has raw offsets: a run of lines with what they say of it. `start`/`end` are clean offsets.

    `issuer` is the organ that signs it, `delivered` the day of a speech or report, `year` the year that 全年 means in it.
    """

    start: int
    end: int
    title: str | None
    actor: str | None
    published: str | None
    doc_number: str | None
    publisher: str | None
    issuer: str | None = None
    delivered: str | None = None
    region: Region | None = None
    year: Year | None = None


@value
class Stated:
    """What the file says of itself beside its text: a web page's own title, publisher and date, the name of the file."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    name: str | None = None


class Opening(NamedTuple):
    """What tells of a document: the lines above its prose, the page's own among them; its own lines; its metadata by key."""

    lines: Sequence[Line]
    own: Sequence[Line]
    metadata: Mapping[str, str]

    @property
    def text(self) -> str:
        return "\n".join(line.text[:400] for line in self.lines)


def read_head(text: str, lines: Sequence[Line], stretch: Stretch, stated: Stated | None = None) -> Part:
    """Read one segment's head. `stated` speaks for the file and so for its only segment."""
    opening = opening_of(lines, stretch)
    own = opening.own
    title = stretch.name or title_of(opening, stated)
    body = text[own[0].start : own[-1].end]
    issuer = issuer_of(opening, title)
    actor = stretch.name or actor_of(opening, title, issuer, body, stated)
    delivered = delivered_on(opening, title)
    return Part(
        start=own[0].start,
        end=own[-1].end,
        title=title,
        actor=actor,
        published=published_on(opening, stated) or delivered or magazine_date(own),
        doc_number=None if stretch.name else number_of(opening),
        publisher=publisher_of(opening),
        issuer=None if stretch.name else issuer,
        delivered=delivered,
        region=region_of_actor(actor),
    )


def opening_of(lines: Sequence[Line], stretch: Stretch) -> Opening:
    own = [line for line in lines[stretch.first : stretch.last] if not line.boilerplate]
    if stretch.name:  # a zone's part of a page has the page's furniture above it
        above = [line for line in lines[stretch.head : stretch.first] if line.boilerplate]
        return Opening([*above, *own[:HEAD_LINES]], own, metadata_of(above))
    told: list[Line] = []
    content = 0
    for line in lines[stretch.head : stretch.last]:
        told.append(line)
        content += not line.boilerplate
        if content >= HEAD_LINES or len(told) >= 80:
            break
    return Opening(told, own, metadata_of(told))


def metadata_of(lines: Sequence[Line]) -> dict[str, str]:
    """The page's own keys with their values, blanks taken out of the keys; a value may stand on the line below."""
    found: dict[str, str] = {}
    waiting: str | None = None
    for line in lines:
        if line.left_out not in ("metadata", "source"):
            waiting = None
            continue
        pairs = list(key_values(line.text))
        if not pairs and waiting:
            found.setdefault(waiting, line.text)
        for key, said in pairs:
            if said:
                found.setdefault(key, said)
        waiting = pairs[-1][0] if pairs and not pairs[-1][1] else None
    return found


def key_values(text: str) -> Iterator[tuple[str, str]]:
    marks = [(match.start(), match.end(), match["key"]) for match in KEY_PAIR.finditer(text)]
    if not marks and (match := SOURCE.match(text)):
        marks = [(match.start(), match.end(), re.sub(r"[\s::()【】\[\]|丨]", "", match.group()))]
    for number, (_, end, key) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        yield re.sub(r"\s", "", key), EDGES.sub("", text[end:stop])


def title_of(opening: Opening, stated: Stated | None) -> str | None:
    """The page's own word for it, else the first line above the text that looks like one; a kind of document counts most."""
    told = opening.metadata.get("标题") or opening.metadata.get("信息名称")
    if told and len(told) >= 6:
        return whole_title(opening, told)
    titles = []
    for line in opening.own[:8]:
        words = CUT_OFF.sub("", line.text)
        if match := RUN_ON_TITLE.match(words):
            titles.append(match.group())
            break
        if len(words) > 120 or is_prose(line):
            break
        if looks_like_title(words) and not BYLINE.match(words) and not DOC_NUMBER.fullmatch(words):
            titles.append(words)
    typed = [title for title in titles if DOC_TYPE.search(title)]
    found = next(iter(typed or titles), None)
    if found is None and stated and stated.title:
        return without_site(stated.title)
    return found


def without_site(title: str) -> str:
    """«标题_栏目_某某网» to its first part."""
    shorter = SITE_SUFFIX.sub("", title)
    return shorter if shorter == title else without_site(shorter)


def whole_title(opening: Opening, told: str) -> str:
    """A title of the metadata may be cut at a blank; a line of the text that begins with it has all of it."""
    return next((line.text for line in opening.own[:6] if line.text.startswith(told)), told)


def issuer_of(opening: Opening, title: str | None) -> str | None:
    """The organ that signs: by the metadata, the title («X关于…»), what is said of it in a document library, or the signature."""
    for key in ISSUED_BY:
        if told := opening.metadata.get(key):
            return told
    head = ABOUT.split(title or "", maxsplit=1)
    if len(head) == 2 and (organ := head[0].strip()) and ORGAN_LINE.search(organ):
        return organ
    if authority := AUTHORITY.search(opening.text):
        return authority.group(1).strip()
    spoken_for = ON_BEHALF.search(opening.text)
    return signature_of(opening.own) or (spoken_for["organ"] if spoken_for else None)


def signature_of(own: Sequence[Line]) -> str | None:
    """«云渚市人民政府办公室», above a date, at the end of a document or of the notice before its annexes."""
    for number, line in enumerate(own[1:], start=1):
        before = own[number - 1].text
        if (
            len(line.text) <= 24
            and SIGNED_DATE.search(with_digits(line.text))
            and len(before) <= 40
            and ORGAN_LINE.search(before)
        ):
            return before if not ABOUT.search(before) else None
    return None


def actor_of(opening: Opening, title: str | None, issuer: str | None, body: str, stated: Stated | None) -> str | None:
    """For whom the document speaks, by the first that tells.

    In this order: who signs in the title, the parliament or government that a report is given to or for, the name in the
    title, the issuer, what the body speaks of most, the name of the file.
    """
    return next((name for name in actors_told(opening, title, issuer, body, stated) if name), None)


def actors_told(
    opening: Opening, title: str | None, issuer: str | None, body: str, stated: Stated | None
) -> Iterator[str | None]:
    head = ABOUT.split(title or "", maxsplit=1)
    if len(head) == 2:
        yield joint_actors(head[0])
    told = opening.text + "\n" + body[:600]
    if DOC_TYPE.search(title or "") and title:
        yield first_name(title)
    for pattern, group in ((CONGRESS, "place"), (ON_BEHALF, "organ")):
        for match in pattern.finditer(told):
            yield actor_of_name(match[group])
    for line in opening.lines:
        if office := OFFICE.match(line.text.replace(" ", "")):
            yield actor_of_name(office["organ"])
    if title:
        yield first_name(title)
    yield joint_actors(issuer) or organ_of_no_name(issuer) if issuer else None
    yield actor_by_body(body)
    if stated and stated.name:
        yield actor_of_name(stated.name)


def joint_actors(organs: str) -> str | None:
    """«科技部 浙江省人民政府关于…»: who signs together acts together."""
    found = [
        name
        for part in re.split(r"[、\s]|中共|(?<=[省市县区])委(?=[一-鿿]{2})", organs)
        if part and (name := actor_of_name(part))
    ]
    whole = [name for name in found if not any(name != other and name in other for other in found)]
    return "、".join(dict.fromkeys(whole)) or None


def delivered_on(opening: Opening, title: str | None) -> str | None:
    lines = [with_digits(line.text[:120]) for line in opening.lines]
    for pattern in DELIVERED:
        for told in (title or "", *lines, *(one + other for one, other in pairwise(lines))):  # a subtitle may be broken
            if match := pattern.search(told):
                return iso(*match.groups()[-3:])
    return None


def published_on(opening: Opening, stated: Stated | None) -> str | None:
    """When it was released, else when it was written or signed; a page's own date only where its text has none."""
    for date in dates_told(opening):
        if date:
            return date
    return stated.published if stated else None


def dates_told(opening: Opening) -> Iterator[str | None]:
    told = opening.metadata
    for key in RELEASED:
        if key in told:
            yield first_date(told[key])
    if match := DATE_FIELD.search(opening.text):
        yield iso(*match.groups())
    for line in opening.lines:
        if line.left_out == "source" or BYLINE.match(line.text):
            yield first_date(line.text)
        elif match := STANDALONE_DATE.match(line.text):
            yield None if any(pattern.search(line.text) for pattern in DELIVERED) else iso(*match.groups())
    for key in WRITTEN:
        if key in told:
            yield first_date(told[key])
    yield from signed_dates(opening.own)
    if (match := SIGNED_DATE.search(opening.text)) and is_signature(opening.text, match):
        yield iso(*match.groups())


def signed_dates(own: Sequence[Line]) -> Iterator[str | None]:
    for line in (*own[:25], *own[-4:]):
        words = with_digits(line.text) if len(line.text) <= 40 else ""
        if (match := SIGNED_DATE.search(words)) and not words[match.end() :].strip(" )]〕"):
            yield iso(*match.groups())


def first_date(text: str) -> str | None:
    match = ANY_DATE.search(text)
    return iso(*match.groups()) if match else None


def is_signature(head: str, match: re.Match[str]) -> bool:
    """«…决定(2002年3月18日)», «人民政府2024年1月12日政府工作报告»."""
    before = head[max(0, match.start() - 6) : match.start()].rstrip()
    return before.endswith("(") or bool(re.search(r"政府|办公室|办公厅|委员会|管委会|局|委$", before))


def magazine_date(own: Iterable[Line]) -> str | None:
    """«76 科学中国人 2020年12月…»: an issue date inside the first lines."""
    for _, line in zip(range(4), own, strict=False):
        if match := MAGAZINE.search(line.text[:40]):
            return iso(match.group(1), match.group(2), None)
    return None


def number_of(opening: Opening) -> str | None:
    for key in ("发文字号", "文号"):
        if told := opening.metadata.get(key):
            return told
    text = opening.text
    if field := NUMBER_FIELD.search(text):
        return field.group(1)
    match = NUMBERED.search(text) and DOC_NUMBER.search(text[:600])
    return match.group() if match else None


def publisher_of(opening: Opening) -> str | None:
    match = PUBLISHER.search(opening.text)
    return match.group(1) if match else opening.metadata.get("来源")
