"""Which lines belong together: one document, or one actor's part of a news page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
    PLACE_NAME,
    PUBLISHER,
    SIGNED_DATE,
    STANDALONE_DATE,
    actor_of,
    iso,
    looks_like_title,
    organ_in_title,
    shorten,
    zone_names,
)
from extractor.text.lines import Line, is_prose
from schemas.document import Year
from schemas.region import Region

ACTOR_HEADING = re.compile(
    r"^[一-鿿]{2,12}(?:高新区|经开区|开发区|示范区|新区|园区|自贸区|商务区|保税区|市|县|区|州|街道|镇|集团|公司|局|委)$"
)
ISSUE_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?!\d)")
# what a text calls its own zone once it has been named: «全区», «示范区», «高新区»
BARE_ZONE = re.compile(r"高新区|经开区|开发区|示范区|商务区|新区|园区|街道")


@dataclass(frozen=True, slots=True)
class Part:
    """A segment before it has raw offsets: a run of lines with what they say of it. `start`/`end` are clean offsets."""

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


def split_segments(text: str, lines: Sequence[Line]) -> tuple[Part, ...]:
    """Cut the file into its documents, then a document into its actors' parts. Boilerplate between them belongs to none."""
    starts = document_starts(lines)
    parts: list[Part] = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(lines)
        own = [line for line in lines[start:end] if not line.boilerplate]
        if own:
            parts.extend(actor_parts(describe(text, own, page_head(lines, start)), own))
    return tuple(parts)


def page_head(lines: Sequence[Line], start: int) -> Sequence[Line]:
    """The boilerplate just above a document may carry its date and publisher."""
    first = start
    while first > 0 and lines[first - 1].boilerplate:
        first -= 1
    return lines[first:start]


def document_starts(lines: Sequence[Line]) -> list[int]:
    """Find the lines that open a document. The first content line always does."""
    first = next((index for index, line in enumerate(lines) if not line.boilerplate), 0)
    starts = [first]
    for index in range(first + 1, len(lines)):
        if lines[index].boilerplate:
            continue
        if is_dated_heading(lines, index):
            if is_stub(lines, starts[-1], index):
                starts.pop()  # the page's own heading above its first document
            starts.append(index)
        elif behind_a_page_foot(lines, index) or (
            opens_document(lines, index) and not is_part_of_opening(lines, starts[-1], index)
        ):
            starts.append(index)
    return drop_collection_title(lines, starts)


def is_dated_heading(lines: Sequence[Line], index: int) -> bool:
    """A heading with a dateline of its own and prose below it: «某某高新区:向新而行», «(2023年1月12日 记者 某某)»."""
    line = lines[index]
    if not line.after_blank or index + 2 >= len(lines) or not looks_like_title(line.text) or len(line.text) < 10:
        return False
    dated = STANDALONE_DATE.match(lines[index + 1].text)
    return bool(dated) and is_prose(lines[index + 2]) and not ORGAN_LINE.search(line.text)


def is_stub(lines: Sequence[Line], start: int, index: int) -> bool:
    own = [line for line in lines[start:index] if not line.boilerplate]
    return sum(len(line.text) for line in own) < 120 and not any(is_prose(line) for line in own)


def behind_a_page_foot(lines: Sequence[Line], index: int) -> bool:
    """Two or more lines of boilerplate end a document, a single one only before a heading."""
    if not lines[index - 1].boilerplate or not long_enough(lines, index):
        return False
    return (index > 1 and lines[index - 2].boilerplate) or looks_like_title(lines[index].text)


def long_enough(lines: Sequence[Line], index: int) -> bool:
    """Behind boilerplate a new document starts only if prose follows before the next boilerplate."""
    size = 0
    for line in lines[index:]:
        if line.boilerplate:
            break
        size += len(line.text)
        if size >= 150:
            return True
    return False


def opens_document(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if not looks_like_title(line.text) or index + 1 >= len(lines):
        return False
    before, after = lines[index - 1], lines[index + 1]
    if not (before.closed or before.boilerplate):
        return False
    if before.text.startswith("附件") or after.boilerplate:
        return False
    if repeats(line.text, after.text):
        return True
    if BYLINE.match(after.text):
        return not ORGAN_LINE.search(line.text)  # «某管理委员会» above a date signs what stands before it
    return bool(DOC_TYPE.search(line.text) or (after.after_blank and zone_names(line.text))) and len(after.text) >= 15


def repeats(title: str, following: str) -> bool:
    """Document libraries write the title twice, the second time as the head of the text."""
    return following[:12] == title[:12] and len(title) >= 12 and len(following) > len(title) + 10


def is_part_of_opening(lines: Sequence[Line], start: int, index: int) -> bool:
    """The title of the enclosed plan, or of an annex, repeats what the notice before it has named."""
    title = re.sub(r"\([^()]*\)$", "", lines[index].text)
    named = any(title[:16] in line.text for line in lines[start:index])
    head = sum(len(line.text) for line in lines[start:index]) < 120
    return named or head


def drop_collection_title(lines: Sequence[Line], starts: list[int]) -> list[int]:
    """A file's own heading above the title of its first document is no part of it."""
    first = starts[0]
    for index in range(first + 1, min(first + 3, len(lines) - 1)):
        if looks_like_title(lines[index].text) and repeats(lines[index].text, lines[index + 1].text):
            return [index, *starts[1:]]
    return starts


def describe(text: str, own: Sequence[Line], above: Sequence[Line]) -> Part:
    """Read a document's head (and the boilerplate just above it) for title, date, number, publisher, actor."""
    head = [line.text for line in own[:12]]
    head_text = "\n".join([line.text for line in above] + [line[:400] for line in head])
    title = title_of(own)
    authority = AUTHORITY.search(head_text)
    number = NUMBER_FIELD.search(head_text) or (NUMBERED.search(head_text) and DOC_NUMBER.search(head_text[:600]))
    publisher = PUBLISHER.search(head_text)
    body = text[own[0].start : own[-1].end]
    actor = (organ_in_title(title) if title else None) or (shorten_authority(authority.group(1)) if authority else None)
    return Part(
        start=own[0].start,
        end=own[-1].end,
        title=title,
        actor=actor or frequent_actor(body),
        published=published_of(head_text, own),
        doc_number=(number.group(1) if number.re is NUMBER_FIELD else number.group()) if number else None,
        publisher=publisher.group(1) if publisher else None,
    )


def shorten_authority(name: str) -> str:
    return actor_of(name) or name


def title_of(own: Sequence[Line]) -> str | None:
    """The first line that looks like a title, near the top; of a title that stands twice, the first."""
    titles = []
    for line in own[:8]:
        if len(line.text) > 120:
            break
        if looks_like_title(line.text) and not BYLINE.match(line.text) and not DOC_NUMBER.fullmatch(line.text):
            titles.append(line.text)
    typed = [title for title in titles if DOC_TYPE.search(title)]
    return next(iter(typed or titles), None)


def published_of(head: str, own: Sequence[Line]) -> str | None:
    if match := DATE_FIELD.search(head):
        return iso(*match.groups())
    for line in own[:10]:
        if match := STANDALONE_DATE.match(line.text):
            return iso(*match.groups())
        if BYLINE.match(line.text) and (match := ANY_DATE.search(line.text)):
            return iso(*match.groups())
    for line in (*own[:25], *own[-4:]):
        if len(line.text) <= 40 and (match := SIGNED_DATE.search(line.text)) and match.end() >= len(line.text) - 4:
            return iso(*match.groups())
    if (match := SIGNED_DATE.search(head)) and is_signature(head, match):
        return iso(*match.groups())
    return first_magazine_date(own)


def is_signature(head: str, match: re.Match[str]) -> bool:
    """«…决定(2002年3月18日)», «人民政府2024年1月12日政府工作报告»."""
    before = head[max(0, match.start() - 6) : match.start()]
    return before.endswith("(") or bool(re.search(r"政府|办公室|办公厅|委员会|管委会|局|委$", before))


def first_magazine_date(own: Sequence[Line]) -> str | None:
    """«76 科学中国人 2020年12月…»: an issue date inside the first lines."""
    for line in own[:4]:
        if match := ISSUE_DATE.search(line.text[:40]):
            return iso(match.group(1), match.group(2), None)
    return None


def frequent_actor(body: str) -> str | None:
    """The zone, else the place, that the text names most often."""
    zones = Counter(zone_names(body))
    if zones:
        return zones.most_common(1)[0][0]
    bare = Counter(BARE_ZONE.findall(body)).most_common(1)
    if bare and bare[0][1] >= 3:
        return str(bare[0][0])
    places = Counter(match.group() for match in PLACE_NAME.finditer(body[:600]))
    return shorten(places.most_common(1)[0][0]) if places else None


def actor_parts(part: Part, own: Sequence[Line]) -> list[Part]:
    """Two or more short headings that are nothing but an actor's name part a page among the actors."""
    headings = [
        index
        for index, line in enumerate(own)
        if line.after_blank and len(line.text) <= 14 and ACTOR_HEADING.match(line.text)
    ]
    if len(headings) < 2:
        return [part]
    parts = []
    for number, index in enumerate(headings):
        end = headings[number + 1] if number + 1 < len(headings) else len(own)
        name = own[index].text
        parts.append(
            Part(own[index].start, own[end - 1].end, name, shorten(name), part.published, None, part.publisher)
        )
    return parts
