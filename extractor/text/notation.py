r"""What converters leave in a text around and inside its figures: Markdown, LaTeX, HTML, footnote marks, invisible characters.

Each mark becomes an edit of the clean view: what is to be read in its place, never longer than the mark itself, so that
the map to the raw text stays exact. `**8.5**%` is read as 8.5%, `$8.5\%$` too, `m<sup>3</sup>` as m3.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.text.folding import fold_table
from extractor.text.scanning import Near

# unseen: soft hyphen, combining marks, zero widths and directions, variation selectors, object marks, control characters
UNSEEN = (
    "\r\\0-\\x08\\x0e-\\x1b\\x1f\\x7f-\\x84\\x86-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0100-\U000e01ef"
)
INVISIBLE = re.compile(f"[{UNSEEN}]+")
COMBINING = re.compile("(?<=[0-9%.])[\u0300-\u036f\u20d0-\u20ff]+")  # a stroke or a box drawn over a figure
HELD = re.compile(rf"[{UNSEEN}\u0300-\u036f\u20d0-\u20ff\ue000-\uf8ff]")
# what a figure may go on with, for the marks that stand before it
UNIT = (
    "(?:[%‰℃]|个?百分点|[百千万亿兆]{0,2}(?:[多余]?(?:美元|欧元|元|吨|个|家|户|人|项|亩|平方|公里|公顷|千米|米|倍|名|件|台|套|辆|座|所|条|次|千瓦|立方"
    "|张|间|处|岁|艘|枚|株|头|只|幅)|(?<=[百千万亿兆])))"
)

ENTITY = re.compile(
    r"&(?:amp;){0,3}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&nbsp(?![A-Za-z;])"
)
INLINE = "b|strong|em|i|u|s|sup|sub|span|font|small|big|mark|ins|del|a|o:p|st1:[a-z]{1,20}"
BLOCK = "p|div|br|tr|li|ul|ol|table|tbody|thead|h[1-6]|section|article|hr|td|th|dd|dt|dl"
POWER = re.compile(r"<sup>\s*(?P<power>[-−]?[0-9]{1,2})\s*</sup>", re.IGNORECASE)
NOTE_TAG = re.compile(
    r"<sup[^<>]{0,80}>(?:<a[^<>]{0,200}>)?\s*[\[(〔]?\s*(?:注|\*|[0-9]{1,3}|[①-⑳])?\s*[0-9]{0,2}\s*[\])〕]?\s*(?:</a>)?</sup>",
    re.IGNORECASE,
)
TAG = re.compile(
    rf"<(?P<close>\\?/?)(?:(?P<name>{INLINE}|{BLOCK})(?:\s[^<>]{{0,400}}|/)?\s?/?>|[A-Za-z][A-Za-z0-9:-]{{0,30}}\s[^<>]{{0,400}}=[^<>]{{0,400}}>)",
    re.IGNORECASE,
)
HIDES = re.compile(r"<[^<>]{0,200}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0)", re.IGNORECASE)
LINE_TAGS = frozenset(("br", "hr", "p", "div", "tr", "li", "dd", "dt", *(f"h{level}" for level in range(1, 7))))
CELL_TAGS = frozenset(("td", "th"))
AFTER_UNIT = re.compile(r"[m米]$")
AFTER_TEN = re.compile(r"[×xX*]\s?10$")

MATH = re.compile(
    r"(?<![\\$])(?P<mark>\$\$?)(?P<inner>[^$\n]{1,160}?)(?P=mark)(?![0-9$])|\\\((?P<round>[^\n]{1,160}?)\\\)|\\\[(?P<square>[^\n]{1,160}?)\\\]"
)
IS_MATH = re.compile(r"[\\^_{}]|^\s*[-+±<>≤≥~≈]?\s*[0-9][0-9.,]*\s*%?\s*$")
COMMANDS = {
    "geqslant": "≥", "leqslant": "≤", "geq": "≥", "leq": "≤", "ge": "≥", "le": "≤", "gt": ">", "lt": "<", "times": "×", "approx": "约",
    "sim": "~", "thicksim": "~", "pm": "±", "mu": "μ", "cdot": "·", "circ": "°", "degree": "°", "percent": "%", "uparrow": "↑",
    "downarrow": "↓", "Omega": "Ω", "div": "÷", "to": "~",
    **dict.fromkeys(("mathrm", "text", "mathbf", "textbf", "mathit", "rm", "bf", "operatorname", "left", "right", "quad", "qquad", "displaystyle", "boldsymbol"), ""),
}  # fmt: skip
COMMAND = re.compile(r"\\(?:(?P<name>[A-Za-z]{2,12})|(?P<space>[,;!: ])|(?P<escaped>[%$#&_{}*.~\-+|<>`()\[\]]))")
FRACTION = re.compile(r"\\d?t?frac\s?\{\s?(?P<part>[0-9]{1,4})\s?\}\s?\{\s?(?P<whole>[0-9]{1,4})\s?\}")

STARS = re.compile(
    r"(?<!\*)(?P<mark>\*{2,3})(?=[^\s*])(?P<inner>[^*\n]{1,400}?(?:\*[^*\n]{1,80}?){0,2})(?P=mark)(?!\*)"
)
STAR_PAIR = re.compile(r"(?<![*0-9A-Za-z])\*(?=[^\s*])(?P<inner>[^*\n]{1,80}?)(?<=\S)\*(?![*0-9])")
SCORES = re.compile(
    r"(?<![A-Za-z0-9_])(?P<mark>_{1,2})(?=\S)(?P<inner>[^_\n,。;]{0,30}[0-9][^_\n,。;]{0,30}?)(?P=mark)(?![A-Za-z0-9_])"
)
TICKS = re.compile(r"(?<!`)`(?P<inner>[^`\n]{1,60})`(?!`)")
FOOTNOTE = Near(
    rf"(?<=[0-9])(?P<note>\[(?:注|\^)?[0-9]{{1,2}}\]|〔[0-9]{{1,2}}〕|[①-⑳]|[※*†‡](?=[百千万亿元%])|\(注[0-9]{{0,2}}\)|\[[①-⑳]\])(?={UNIT})",
    (r"\[(?<=[0-9]\[)", "〔(?<=[0-9]〔)", r"\((?<=[0-9]\()(?=注)", "[①-⑳※*†‡](?<=[0-9].)"),
    0,
)
QUOTED = re.compile(
    r"(?P<open>[“\"‘'「『])(?P<number>[0-9][0-9.,]{0,12}[百千万亿兆]{0,2})(?P<close>[”\"’'」』])(?=\s?[百千万亿兆]{0,2}(?:[多余]?(?:美元|欧元|元|吨|亩|平方|公里|公顷|倍|千瓦|立方)|(?<=[0-9][0-9].)[户人家名个](?!工程|行动|计划)|[%‰]|个?百分点|(?<=[百千万亿兆])[㐀-鿿]))"
)
PRIVATE = re.compile("(?<=[0-9.万亿])[\ue000-\uf8ff]{1,3}(?=[0-9.百千万亿元%])")
POINT_GAP = Near(
    rf"(?:(?<=[㐀-鿿:(≥>约≤<])|(?<=[㐀-鿿:约] ))[-+]?[0-9]{{1,6}}(?P<gap> [.·] ?|[.·] )(?=[0-9]{{1,4}} ?{UNIT})",
    (r" (?<=[0-9] )(?=[.·])", r"\.(?<=[0-9]\.)(?= )", "·(?<=[0-9]·)(?= )"),
    7,
)
CELL_GAP = re.compile(r"\n[0-9]{1,6}(?P<gap>\. | \.)(?=[0-9]{1,3}\n)")  # «172. 4» alone in its line
FULL_STOP = re.compile(
    "。(?:(?<=[㐀-鿿][0-9]。)|(?<=[㐀-鿿][0-9][0-9]。))(?=[0-9]{1,2}(?:[%‰]|[万亿]?元|[万亿][㐀-鿿]))"
)
SPELLED = Near(
    rf"(?<![0-9.] )(?<![0-9.])[0-9](?: [0-9]){{0,5}} ?\. ?[0-9](?: [0-9]){{0,3}}(?= ?{UNIT})",
    " (?<=[0-9.] )(?=[0-9.])",
    2,
)
UNIT_GAP = Near(
    "(?<=[0-9]) ?(?:[万亿](?: 元| 人| 吨| 亩)|公 里|公 顷|美 元|平 方 (?:公 里|米)|立 方 米|(?:个 )?百 分 点)",
    " (?<=[万亿公美平立个百] )(?=[元人吨亩里顷方百分])",
    2,
)
IDEOGRAPH = re.compile("[㐀-鿿]")
SPELLED_COUNT = Near(
    rf"(?<=[约过足达到增成共有余近超]) ?[0-9](?: [0-9]){{1,4}}(?= ?{UNIT})", " (?<=[0-9] )(?=[0-9])", 2
)
IN_PERCENT = re.compile("百 ?分 ?之(?: ?[一二三四五六七八九十百零点]){1,7}")
PAGE_BREAK = re.compile("[ \t]*\n?\f[ \t]*\n?")
COMMA_GAP = Near(
    rf"(?<=[㐀-鿿:(])[0-9]{{1,3}}(?P<gap>, | ,)(?=[0-9]{{3}}(?:\.[0-9]{{1,4}})? ?{UNIT})",
    (" (?<=[0-9], )(?=[0-9])", " (?<=[0-9] )(?=,)"),
    4,
)
SPACED_TEXT = Near(  # a blank behind each character
    "(?<![㐀-鿿0-9.%] )(?:[㐀-鿿0-9.%] ){5,}[㐀-鿿0-9.%](?! ?[㐀-鿿0-9.%])",
    " (?<=[㐀-鿿0-9.%] )(?=[㐀-鿿0-9.%] )",
    1,
)
KEYCAP = re.compile("[1-9]\ufe0f?\u20e3")
NARROW_GROUPS = re.compile("[\u2004-\u2009\u202f'’](?<=[0-9].)(?=[0-9]{3}(?![0-9]))")
INCLUSIVE = re.compile(rf"\((?<=[0-9百千万亿]\()不?含\)(?={UNIT})")  # 200万-500万(不含)美元
ESCAPED_CHARACTER = re.compile(r"\\u(?P<code>[0-9a-fA-F]{4})(?<!\\ud[89a-fA-F]..)")
ESCAPED_BREAK = re.compile(r"(?:\\r)?\\n(?![a-z])|\\t(?![a-z])")  # of JSON and SQL, taken over as it stood
CARET = re.compile(r"\^(?<=m\^)(?=[23](?![0-9]))")  # m^2
GAPS = (
    (CARET, 0, ""),
    (INCLUSIVE, 0, ""),
    (FOOTNOTE, "note", ""),
    (QUOTED, "open", ""),
    (QUOTED, "close", ""),
    (POINT_GAP, "gap", "."),
    (CELL_GAP, "gap", "."),
    (COMMA_GAP, "gap", ","),
    (FULL_STOP, 0, "."),
)
SPACED = (SPELLED, UNIT_GAP, SPELLED_COUNT, IN_PERCENT)


class Edit(NamedTuple):
    """`put` is read in the place of the characters from `start` to `end`."""

    start: int
    end: int
    put: str


def marks(raw: str, folded: str) -> list[Edit]:
    """The edits in the order of the text; where two overlap, the first one counts. `raw` and `folded` are of one length."""
    found: list[Edit] = []
    if HELD.search(folded):
        found += (Edit(*match.span(), chr(ord("①") + int(match.group()[0]) - 1)) for match in KEYCAP.finditer(folded))
        found += (Edit(*match.span(), "") for match in INVISIBLE.finditer(folded))
        found += (Edit(*match.span(), "") for match in COMBINING.finditer(folded))
        found += (Edit(*match.span(), "") for match in PRIVATE.finditer(folded))
    if "&" in folded:
        found += entities(folded)
    if "<" in folded and not HIDES.search(folded):  # who looks for instructions wants to see what a page hides
        found += tags(folded)
    if "$" in folded or "\\" in folded:
        found += math(folded)
    if "*" in folded or "_" in folded or "`" in folded:
        found += emphasis(folded)
    found += parted(raw, folded)
    return sorted(found, key=lambda edit: (edit.start, -edit.end))  # of two at one place the wider one


def entities(folded: str) -> Iterator[Edit]:
    for match in ENTITY.finditer(folded):
        char = match.group()
        for _ in range(4):
            char = html.unescape(char if char.endswith(";") or len(char) == 1 else char + ";")
        if len(char) == 1:
            plain = fold_table().get(ord(char), char)
            yield Edit(*match.span(), "" if INVISIBLE.match(plain) else plain)


def tags(folded: str) -> Iterator[Edit]:
    for match in POWER.finditer(folded):
        before = folded[max(0, match.start() - 4) : match.start()]
        if AFTER_TEN.search(before):
            yield Edit(*match.span(), f"^{match['power']}")
        elif AFTER_UNIT.search(before):
            yield Edit(*match.span(), match["power"])
    for match in NOTE_TAG.finditer(folded):
        yield Edit(*match.span(), "")
    for match in TAG.finditer(folded):
        name = (match["name"] or "").lower()
        if name in CELL_TAGS:
            yield Edit(*match.span(), "\t" if match["close"] else "")
        else:
            yield Edit(*match.span(), "\n" if name in LINE_TAGS and (match["close"] or name in ("br", "hr")) else "")


def math(folded: str) -> Iterator[Edit]:
    r"""Read what stands between `$…$`, `\(…\)`, `\[…\]`; commands and escapes count outside of these too."""
    for match in MATH.finditer(folded):
        group = next(name for name in ("inner", "round", "square") if match[name] is not None)
        start, end = match.span(group)
        if not IS_MATH.search(match[group]):
            continue
        yield Edit(match.start(), start, "")
        yield from inside_math(folded, start, end)
        yield Edit(end, match.end(), "")
    if "\\" in folded:
        yield from commands(folded)


def commands(folded: str) -> Iterator[Edit]:
    """What a backslash opens: commands and escapes of LaTeX and Markdown, characters and breaks of JSON and SQL."""
    for match in ESCAPED_CHARACTER.finditer(folded):
        char = chr(int(match["code"], 16))
        yield Edit(*match.span(), "" if INVISIBLE.match(char) or char.isspace() else fold_table().get(ord(char), char))
    for match in ESCAPED_BREAK.finditer(folded):
        yield Edit(*match.span(), "\t" if match.group()[-1] == "t" else "\n")
    for match in FRACTION.finditer(folded):
        yield Edit(*match.span(), f"{match['part']}/{match['whole']}")
    for match in COMMAND.finditer(folded):
        name, escaped = match["name"], match["escaped"]
        if match["space"]:
            yield Edit(*match.span(), "")
        elif escaped:
            yield Edit(match.start(), match.start() + 1, "")
        elif name in COMMANDS:
            yield Edit(*match.span(), COMMANDS[name])


def inside_math(folded: str, start: int, end: int) -> Iterator[Edit]:
    """Blanks and braces mean nothing there; ^ and _ raise and lower, but 10^4 is a power of ten."""
    for at in range(start, end):
        char = folded[at]
        escaped = folded[at - 1] == "\\"
        lifts = char == "^" and not AFTER_TEN.search(
            folded[max(start, at - 12) : at].replace(" ", "").replace("\\times", "×")
        )
        if (char in " {}_" and not escaped) or lifts:
            yield Edit(at, at + 1, "")


def emphasis(folded: str) -> Iterator[Edit]:
    for pattern, sign, width in ((STARS, "**", 0), (STAR_PAIR, "*", 1), (SCORES, "_", 0), (TICKS, "`", 1)):
        for match in () if sign not in folded else pattern.finditer(folded):
            length = width or len(match["mark"])
            yield Edit(match.start(), match.start() + length, "")
            yield Edit(match.end() - length, match.end(), "")


def parted(raw: str, folded: str) -> Iterator[Edit]:
    """Bring together the figures that footnotes, quotes and blanks part: «12[1]亿元», «“8”亿元», «8. 4亿元», «12 345 678»."""
    for pattern, group, put in GAPS:
        for match in pattern.finditer(folded):
            yield Edit(*match.span(group), put)
    for pattern in SPACED:
        for match in pattern.finditer(folded):
            yield from without_blanks(match)
    for match in SPACED_TEXT.finditer(folded):
        if len(IDEOGRAPH.findall(match.group())) * 6 >= len(match.group()):  # else it is a row of numbers
            yield from without_blanks(match)
    for match in NARROW_GROUPS.finditer(raw):
        yield Edit(*match.span(), "")
    if "\f" in raw:
        for match in PAGE_BREAK.finditer(raw):
            yield Edit(*match.span(), "\n")


def without_blanks(match: re.Match[str]) -> Iterator[Edit]:
    return (Edit(at, at + 1, "") for at in range(*match.span()) if match.string[at] == " ")
