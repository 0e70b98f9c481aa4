"""The marks of lists, headings, tables, pages and notes."""

import re
from collections.abc import Iterator

from extractor.recognise.draft import Draft, each, plain
from extractor.recognise.numerals import ONE_TO_TEN as C
from extractor.recognise.units import unit_at
from extractor.text.scanning import LineStart, Near, Searched, each_of

MARKS: tuple[Searched, ...] = (
    LineStart(
        r"\s{0,24}(?P<page>[-—–·•]{1,2} ?[0-9]{1,4} ?[-—–·•]{1,2}|第 ?[0-9]{1,4} ?页(?:[,/ ]*共 ?[0-9]{1,4} ?页)?|[Pp]age [0-9]{1,4}(?: of [0-9]{1,4})?)(?=\s*(?:\n|$))"
    ),
    Near(r"(?<=[㐀-鿿%‰\])0-9])\[(?P<note>(?:注|\^)?[0-9]{1,2}|[①-⑳])\]", r"\[(?=[注^0-9①-⑳])", 0),
    Near(r"\^\[(?P<raised_note>[0-9]{1,2})\]\^?", r"\^(?=\[[0-9])", 0),
    Near(r"(?<=[㐀-鿿%‰)])\^(?P<raised>[0-9]{1,2})(?![0-9])", r"\^(?=[0-9])", 0),
    Near(r"(?<=[㐀-鿿%‰])\((?P<noted>注[0-9]{1,2})\)", r"\((?=注)", 0),
    Near(
        r"(?:(?<![0-9A-Za-z])[0-9]{1,3}#(?=[㐀-鿿])|#(?P<hash>[0-9]{1,3})(?![0-9.;%万亿元]))",
        "#(?<=[0-9].)|#(?=[0-9])",
        3,
    ),
    LineStart(r"\s{0,24}\[(?P<noted_line>[0-9]{1,2})\](?=[ ]?[㐀-鿿A-Za-z“《])"),
    LineStart(r"[ \t]{0,8}(?P<leaf>[·•][0-9]{1,4}[·•])"),
    LineStart(r"\s{0,24}[表图](?P<figure>[0-9]{1,2})(?=[ ::.。])"),
    LineStart(r"\s{0,24}(?P<joined>[0-9]{1,2})、(?=[0-9]{2,}(?![0-9、月日号和至到—-]))"),
    # numbered headings and tables: «6.1.2新增床位», «3.2 防洪投资», «表3-2»
    LineStart(r"\s{0,24}(?:#{1,6} ?)?(?P<section>[0-9]{1,2}(?:\.[0-9]{1,2}){2,3})\.?(?=[ 、]?[㐀-鿿“《])"),
    Near(
        r"[表图](?P<tabled>[0-9]{1,2}[-—–.][0-9]{1,2})(?=[ \n::.。㐀-鿿]|$)", each_of("表图", "(?=[0-9]{1,2}[-—–.])"), 0
    ),
    re.compile(r"[①-⑳]"),
    re.compile(r"【(?P<boxed>[0-9]{1,3})】"),
    re.compile(rf"\([{C}]{{1,3}}\)"),
    LineStart(
        r"\s{0,24}[-—•·]?\s?(?P<lead>\(?[0-9]{1,3}\)|[0-9]{1,2}(?:[.、·.](?![0-9])|\.(?=(?:19|20)[0-9]{2}年|1?[0-9]月)))"
    ),
    Near(rf"(?<![{C}0-9第之点分])(?P<comma>[{C}]{{1,3}})、(?!(?:[{C}][、个项家])|二季|三季)", f"、(?<=[{C}].)", 3),
    Near(rf"(?:(?<=[。;:,!?)\s])|(?m:^))(?P<isa>[{C}]是|[{C}]要)", each_of("是要", f"(?<=[{C}].)"), 1),
    Near(r"(?<=[㐀-鿿)。;])(?P<run_on>[0-9]{1,2})[.·](?=[㐀-鿿“《])", each_of(".·", "(?<=[0-9].)(?=[㐀-鿿“《])"), 2),
    Near(
        r"(?:(?<=[㐀-鿿)。;:|] )|(?<=[|\t:]))(?P<spaced>[0-9]{1,2})\.(?=[㐀-鿿“《]|1?[0-9]月|(?:19|20)[0-9]{2}年)",
        r"\.(?<=[0-9].)(?=[㐀-鿿“《0-9])",
        2,
    ),
    Near("(?<=[。;:!?])(?P<listed>[0-9]{1,2})、", "、(?<=[0-9].)", 2),
    Near(
        r"[件栏表图注](?:(?:(?<=附件)|(?<=专栏)|(?<=附[表图]))(?P<annex>[0-9]{1,2})(?![0-9幅张份册])"
        r"|(?<=[\n (。].)(?<=[表图])(?P<table>[0-9]{1,2})(?=[ ::.。])|(?<=注)(?P<note>[0-9]{1,2})(?=[::]))",
        each_of("件栏表图注", "(?=[0-9])"),
        0,
    ),
)
ITEM = LineStart(r"\s{0,24}(?P<number>[0-9]{1,2})[.、](?![0-9])")
COUNTED_THINGS = re.compile("[0-9]{1,4}(?:家|个|户|名|项|座|所|辆|台|套)")  # of which there are no parts: «1.3家企业»
SECTION = re.compile(
    r"(?P<section>[0-9]{1,2}\.[0-9]{1,2})(?! ?[0-9.百千万亿兆%‰倍至到~—-])(?! [㐀-鿿]{1,3}(?:[\s,;|]|$))(?=[ 、]?[㐀-鿿“《]{3})"
)
LEADING_DECIMAL = LineStart(r"\s{0,24}(?:#{1,6} ?)?(?P<number>[0-9]{1,2})\.(?=[0-9])")


def find(text: str) -> Iterator[Draft]:
    for pattern in MARKS:
        yield from each(pattern, text, "ordinal", "ordinal", "序号")
    yield from marks_before_digits(text)


def marks_before_digits(text: str) -> Iterator[Draft]:
    """Read «8.110千伏变电站» between the items «7.» and «9.» as item 8, not as a decimal."""
    decimals = list(LEADING_DECIMAL.finditer(text))
    items = {int(match["number"]) for match in ITEM.finditer(text)} if decimals else set()
    counted = {int(match["number"]) for match in decimals if COUNTED_THINGS.match(text, match.end())}
    for match in decimals:
        number = int(match["number"])
        beside = {number - 1, number + 1}
        section = SECTION.match(text, match.start("number"))
        if section and not unit_behind(text, section.end()):
            yield plain(*section.span("section"), "ordinal", "ordinal", "序号")
        elif beside <= items or (number in counted and beside & (items | counted)):
            yield plain(*match.span("number"), "ordinal", "ordinal", "序号")


def unit_behind(text: str, at: int) -> bool:
    return unit_at(text, at) is not None or (text[at : at + 1] == " " and unit_at(text, at + 1) is not None)
