"""A clean view over the raw text, with an exact map back.

Characters are folded one to one (Traditional to Simplified, full width to half width), so the map only has to know
what was cut: inserted pinyin, doubled punctuation, line breaks inside a sentence, invisible characters.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from schemas.vocabulary import Script

# a syllable in brackets behind its character, as some sites insert it: 質(zhì)量, 34個(gè); the tone mark tells it from (km)
PINYIN = re.compile(
    r"\((?<=[㐀-鿿豈-﫿A-Za-z]\()(?=[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}\)"
)
SYLLABLE = re.compile(r"[(\uff08][^)\uff09]{1,6}[)\uff09]")
DOUBLED = re.compile(r"[,。、;](?:(?<=,)(?=[,。、;:!?])|(?<=。。)(?!。)|(?<=、、)|(?<=;;))")
UNSEEN = "\r\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff"
LEFTOVER = re.compile(r"@{2,}")  # a converter's mark for breaks: «2024年@@3月@@5日»
INVISIBLE = re.compile(f"[{UNSEEN}]+")
FEW = 40
SENTENCE_END = "。!?;:…】》.|>"
LIST_MARK = re.compile(
    r"\s*(?:[-•·●◆■□▪*]|[①-⑳]|[((]?[一二三四五六七八九十百\d]{1,3}[))]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.、.](?!\d)|第[一二三四五六七八九十\d]+[章节条]|附件|责任|\s{2})"
)
# cells of a row; one wide gap in a line with punctuation is a hole in its prose
CELLS = re.compile(r"\S\t|\t\S|\||\S {2,}\S.*\S {2,}\S|^[^,。;]*\S {2,}\S[^,。;]*$")
GAP = re.compile(r" (?<=\S ) +(?=\S)")
PAGE_NUMBER = re.compile(r"\s*(?:[—–-]\s*\d{1,4}\s*[—–-]|第\s*\d{1,4}\s*页(?:[,/ ]*共\s*\d{1,4}\s*页)?)\s*")
NARROW = re.compile("[\0-⺀]+")
NUMBER_TAIL = re.compile(r"[\d.]\s*$|(?<=\d)[万亿千百十]\s*$")
UNIT_HEAD = re.compile(r"\s*(?:[年月日个家户项件人次%‰倍元吨亩公平千万亿美])")


@cache
def fold_table() -> dict[int, str]:
    """One character for one character, so that offsets stay what they are."""
    table = {ord("\u3000"): " ", ord("\u00a0"): " ", ord("﹪"): "%", ord("﹒"): "."}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for line in files("extractor").joinpath("tables/traditional.tsv").read_text("utf8").splitlines():
        if not line.startswith("#"):
            traditional, simplified = line.split("\t")
            table[ord(traditional)] = simplified
    return table


def fold(raw: str) -> str:
    """Most texts hold few characters of the table: to replace these costs less than to look each place up.

    What one replacement gives must not be taken up by the next (薴 is 苧, but 苧 is 苎).
    """
    table = fold_table()
    held = folded_in(raw).keys()
    if len(held) > FEW or any(ord(table[ord(char)]) in table for char in held):
        return foldable().sub(lambda match: table[ord(match.group())], raw)
    for char in held:
        raw = raw.replace(char, table[ord(char)])
    return raw


@lru_cache(maxsize=4)
def folded_in(raw: str) -> Counter[str]:
    """The characters of a text that are folded. A source is asked for them twice, as it is read and as it is cleaned."""
    return Counter(foldable().findall(raw))


@cache
def foldable() -> re.Pattern[str]:
    return re.compile(one_of(map(chr, fold_table())))


def one_of(characters: Iterable[str]) -> str:
    """Give a class for `re`, which finds its characters several times as fast as Python looks up each of a text."""
    return f"[{re.escape(''.join(characters))}]"


@dataclass(frozen=True, slots=True)
class View:
    """Clean text over `raw`. `cuts` are the raw spans that the clean text leaves out, in order, never touching."""

    raw: str
    text: str
    cuts: tuple[tuple[int, int], ...]
    run_clean: tuple[int, ...]
    run_raw: tuple[int, ...]

    def raw_at(self, index: int) -> int:
        """Give the raw offset of the clean character `index`; the raw end for the clean end."""
        if index >= len(self.text):
            return len(self.raw)
        run = bisect_right(self.run_clean, index) - 1
        return self.run_raw[run] + index - self.run_clean[run]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the raw offsets of a clean span; pinyin behind its last character belongs to it."""
        last = self.raw_at(end - 1) + 1
        cut = bisect_right(self.cuts, (last, -1))
        behind = cut < len(self.cuts) and self.cuts[cut][0] == last and SYLLABLE.match(self.raw, last)
        if behind:
            last = behind.end()  # the cut may go on: «34個(gè),,»
        return self.raw_at(start), last

    def clean_at(self, offset: int) -> int:
        """Give the clean offset of a raw offset; inside a cut, of the character behind it."""
        run = bisect_right(self.run_raw, offset) - 1
        if run < 0:
            return 0
        following = self.run_clean[run + 1] if run + 1 < len(self.run_clean) else len(self.text)
        return min(self.run_clean[run] + offset - self.run_raw[run], following)


def clean(raw: str) -> View:
    """Fold and cut `raw`. Time and memory are linear in its length."""
    folded = fold(raw)
    cuts = tuple(joined(sorted(find_cuts(folded))))
    run_clean, run_raw, parts = [], [], []
    position = length = 0
    for start, end in (*cuts, (len(raw), len(raw))):
        if start > position:
            run_clean.append(length)
            run_raw.append(position)
            parts.append(folded[position:start])
            length += start - position
        position = end
    return View(raw, "".join(parts), cuts, tuple(run_clean), tuple(run_raw))


def find_cuts(folded: str) -> Iterator[tuple[int, int]]:
    unseen = any(char in folded for char in UNSEEN)  # a tenth of the time that the pattern takes
    for pattern in (PINYIN, DOUBLED, INVISIBLE) if unseen else (PINYIN, DOUBLED):
        for match in pattern.finditer(folded):
            yield match.span()
    if "@@" in folded:
        yield from (match.span() for match in LEFTOVER.finditer(folded))
    yield from broken_lines(folded)


def joined(cuts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Merge cuts that touch or overlap."""
    start = end = -1
    for cut_start, cut_end in cuts:
        if cut_start > end:
            if end > start:
                yield start, end
            start = cut_start
        end = max(end, cut_end)
    if end > start:
        yield start, end


def broken_lines(folded: str) -> Iterator[tuple[int, int]]:
    """Find the line breaks that a fixed page width put inside a sentence or a number.

    A break is inside when its line ends in no sentence and is as wide as at least two of its neighbours that end in none
    either and the paragraph does end in one below; page numbers between two lines go with the break; or when it parts a number from its unit, or follows a comma.
    """
    starts, texts, start = [], [], 0
    for line in folded.split("\n"):
        if not PAGE_NUMBER.fullmatch(line):
            starts.append(start)
            texts.append(line.rstrip())
        start += len(line) + 1
    celled = [has_cells(text) for text in texts]
    opens = [
        bool(text) and (text[-1] not in SENTENCE_END or is_decimal(text)) and not cells
        for text, cells in zip(texts, celled, strict=True)
    ]
    widths = [width_of(text[:200]) if is_open else 0.0 for text, is_open in zip(texts, opens, strict=True)]
    for index in range(len(texts) - 1):
        following = texts[index + 1]
        if not opens[index] or not following or celled[index + 1] or LIST_MARK.match(following):
            continue
        if (
            texts[index][-1] in ",、"
            or (widths[index] >= 12 and UNIT_HEAD.match(following) and NUMBER_TAIL.search(texts[index]))
            or is_wrapped(index, texts, widths, opens)
        ):
            indent = len(following) - len(following.lstrip())
            yield starts[index] + len(texts[index]), starts[index + 1] + indent


def width_of(text: str) -> float:
    """Count a Latin character as half a Chinese one."""
    return (len(text) + len(NARROW.sub("", text))) / 2


def is_decimal(text: str) -> bool:
    """Tell «…增长3.» from the end of a sentence."""
    return text[-1] == "." and text[-2:-1].isdecimal()


def has_cells(text: str) -> bool:
    gap = "\t" in text or ("  " in text and GAP.search(text))
    return "|" in text or bool(gap and CELLS.search(text))


def is_wrapped(index: int, texts: list[str], widths: list[float], opens: list[bool]) -> bool:
    width = widths[index]
    if not 18 <= width <= 60:
        return False
    near = range(max(0, index - 12), min(len(texts), index + 13))
    alike = sum(1 for other in near if opens[other] and abs(widths[other] - width) <= 2.5)
    ends_below = any("。" in text or text.endswith(("!", "?", "”")) for text in texts[index + 1 : index + 9])
    return alike >= 3 and ends_below


def script_of(raw: str) -> Script:
    """Tell Traditional from Simplified by the characters that only one of them uses."""
    hant = sum(times for char, times in folded_in(raw).items() if "㐀" <= char <= "\ufaff")
    if not hant:
        return "Hans"
    hans = len("".join(simplified().findall(raw)))
    total = hant + hans
    if hant / total < 0.05:
        return "Hans"
    return "Hant" if hant / total > 0.6 else "mixed"


@cache
def simplified() -> re.Pattern[str]:
    """What is the simplified form of another character, and not itself another's traditional form."""
    table = {chr(key): value for key, value in fold_table().items() if "㐀" <= chr(key) <= "\ufaff"}
    return re.compile(one_of(set(table.values()) - table.keys()) + "+")
