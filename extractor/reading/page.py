"""A web page to its main text. Imported only when a page is read: trafilatura takes a while to load."""

import logging
import re
import sys
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

import trafilatura
from htmldate import find_date
from lxml import etree, html  # type: ignore[import-untyped]
from trafilatura.settings import use_config

for noisy in ("trafilatura", "htmldate"):  # what they say of a page, we say as one SourceError
    logging.getLogger(noisy).setLevel(logging.CRITICAL + 1)

UNSEEN = ("head", "script", "style", "noscript", "template", "iframe", "object", "svg", "select", "textarea")
BLOCKS = ("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "dt", "dd")
INLINE = ("span", "b", "strong", "i", "em", "u", "font", "small", "big", "mark", "sub", "sup")
SOURCE = ("ContentSource", "SiteName")  # the names that Chinese government sites are bound to use, best first
STATED = etree.XPath(
    "//body//meta | //time | //script[@type='application/ld+json']"
    " | //*[contains(@class, 'date') or contains(@class, 'time') or contains(@id, 'date') or contains(@id, 'time')]"
    "[string-length() < 60]"
)
DAY = r"(20\d\d|19\d\d)[-/.年](\d\d?)[-/.月](\d\d?)日?"
LABELLED = re.compile(  # 完成时间:2025年12月31日 is a deadline and must not match
    rf"(?:(?:发布|發布|公布|成文|发文|印发)(?:时间|時間|日期)[:：\s]*|^(?:时间|時間|日期)[:：]\s*){DAY}"
    rf"|^{DAY}\s*(?:\d\d?:\d\d|来源|來源)",
    re.MULTILINE,
)
REFERENCE = re.compile(r"&#(?:([0-9]{1,9})|x([0-9a-f]{1,8}));?", re.IGNORECASE)
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # lxml reads these but cannot write them
ENDLESS_TAG = re.compile(
    r"<([a-z][a-z0-9]*)[^<>]{20000,}>", re.IGNORECASE
)  # libxml2 compares each attribute with all others
NO_WORDS = re.compile(r"<(script|style|head|title)\b.*?(?:</\1>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
TAGS = re.compile(r"<[^<>]*>")
CHINESE = use_config()
# below this trafilatura dumps the whole page, menus and all; its 250 is meant for English
CHINESE["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "20"


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    title: str | None
    publisher: str | None
    published: str | None


def read_page(markup: str) -> Page | None:
    """Give the main text and what the page says of itself; all visible text where no main text is found."""
    tree = parse(markup)
    if tree is None:
        return None
    visible = visible_text(deepcopy(tree))
    text = main_text(deepcopy(tree)).strip() or visible
    if not text:
        text = "\n".join(line for line in map(str.strip, words_of(markup).splitlines()) if line)
        return Page(text, None, None, None) if text else None
    said: Any = trafilatura.extract_metadata(deepcopy(tree), date_config={"extensive_search": False})
    publisher = named_source(tree) or (said and (said.sitename or said.author))
    return Page(text, tidy(said and said.title), tidy(publisher), published(tree, visible))


def parse(markup: str) -> Any:
    """Give lxml's tree, or None for a page without an element. As bytes: lxml refuses text that declares a charset."""
    fit = UNFIT.sub("", REFERENCE.sub(lambda match: "" if is_unfit(match) else match[0], markup))
    fit = ENDLESS_TAG.sub(r"<\1>", fit)
    try:
        return html.document_fromstring(fit.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return None


def words_of(markup: str) -> str:
    """The words between tags that lie too deep in each other for libxml2, which drops them."""
    return unescape(TAGS.sub("\n", NO_WORDS.sub("", markup)))


def is_unfit(reference: re.Match[str]) -> bool:
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    return code > sys.maxunicode or bool(UNFIT.match(chr(code)))


def main_text(tree: Any) -> str:
    """Give what trafilatura takes for the main text, "" where it finds none or stumbles over the page."""
    etree.strip_tags(tree, *INLINE)  # on sparse pages it gives each its own line, which parts 120 from 个
    try:
        found: Any = trafilatura.bare_extraction(
            tree, favor_recall=True, include_comments=False, include_tables=True, config=CHINESE
        )
    except (etree.LxmlError, ValueError, RecursionError):
        return ""
    return (found and found.text) or ""


def visible_text(tree: Any) -> str:
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *UNSEEN, with_tail=False)
    for element in tree.iter(*BLOCKS):
        element.tail = "\n" + (element.tail or "")
    for cell in tree.iter("td", "th"):
        cell.tail = "\t" + (cell.tail or "").strip()
    lines = (line.strip() for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def published(tree: Any, visible: str) -> str | None:
    """Give the day that the page states as its own. A day in its prose is a deadline more often than not."""
    bare = deepcopy(tree)
    stated = [deepcopy(element) for element in STATED(bare)]
    for element in stated:
        element.tail = None  # a copy brings the prose behind it along
    for body in bare.iter("body"):
        body.clear()
        body.extend(stated)
    day = find_date(bare, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    if day:
        return str(day)
    match = LABELLED.search(visible)
    return match and as_day(*(int(part) for part in match.groups() if part))


def as_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def named_source(tree: Any) -> str | None:
    named = {str(meta.get("name", "")).lower(): str(meta.get("content", "")) for meta in tree.iter("meta")}
    return next((named[name.lower()] for name in SOURCE if named.get(name.lower(), "").strip()), None)


def tidy(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
