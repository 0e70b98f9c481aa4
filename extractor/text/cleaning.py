"""A clean view over the raw text, with an exact map back.

Characters are folded one to one (Traditional to Simplified, full width to half width), so the map only has to know
what was cut: inserted pinyin, doubled punctuation, line breaks inside a sentence, invisible characters.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from extractor.text.folding import fold, fold_table, folded_in, one_of
from extractor.text.line_breaks import broken_lines
from extractor.text.notation import Edit, marks
from schemas.vocabulary import Script

# a syllable in brackets behind its character, as some sites insert it: 質(zhì)量, 34個(gè); the tone mark tells it from (km)
PINYIN = re.compile(
    r"\((?<=[㐀-鿿豈-﫿A-Za-z]\()(?=[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}\)"
)
SYLLABLE = re.compile(r"[(\uff08][^)\uff09]{1,6}[)\uff09]")
DOUBLED = re.compile(r"[,。、;](?:(?<=,)(?=[,。、;:!?])|(?<=。。)(?!。)|(?<=、、)|(?<=;;))")
LEFTOVER = re.compile(r"@{2,}")  # a converter's mark for breaks: «2024年@@3月@@5日»


@dataclass(frozen=True, slots=True)
class View:
    """Clean text over `raw`. `cuts` are the raw spans that the clean text leaves out, in order, never touching.

    `mark_ends` holds the raw offsets that show something else than themselves, with the end of the mark that they stand
    for: of «&#37;» the clean text shows «%» alone.
    """

    raw: str
    text: str
    cuts: tuple[tuple[int, int], ...]
    run_clean: tuple[int, ...]
    run_raw: tuple[int, ...]
    mark_ends: Mapping[int, int] = field(default_factory=dict)

    def raw_at(self, index: int) -> int:
        """Give the raw offset of the clean character `index`; the raw end for the clean end."""
        if index >= len(self.text):
            return len(self.raw)
        run = bisect_right(self.run_clean, index) - 1
        return self.run_raw[run] + index - self.run_clean[run]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the raw offsets of a clean span; pinyin behind its last character belongs to it, and the rest of a mark."""
        shown = self.raw_at(end - 1)
        last = self.mark_ends.get(shown, shown + 1)
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
    edits = marks(raw, folded)
    if not edits:
        return view_of(raw, folded, tuple(joined(sorted(find_cuts(folded)))))
    folded, left_out, mark_ends = edited(folded, edits)
    first = view_of(raw, folded, left_out)
    # a mark may stand inside a syllable or at the end of a line: these are looked for where it is gone
    cuts = (
        (first.raw_at(start), max(first.raw_at(end - 1) + 1, first.raw_at(end))) for start, end in find_cuts(first.text)
    )
    return replace(view_of(raw, folded, tuple(joined(sorted([*left_out, *cuts])))), mark_ends=mark_ends)


def view_of(raw: str, folded: str, cuts: tuple[tuple[int, int], ...]) -> View:
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


def edited(folded: str, edits: Iterable[Edit]) -> tuple[str, tuple[tuple[int, int], ...], dict[int, int]]:
    """Write what the edits put in a mark's place; give what of it is left out, and the ends of marks that are shown."""
    parts: list[str] = []
    cuts: list[tuple[int, int]] = []
    mark_ends: dict[int, int] = {}
    position = written = 0
    for start, end, put in edits:
        if start < position:
            continue
        shown = start + len(put)
        if put:
            parts += (folded[written:start], put)
            written = shown
            mark_ends |= {at: at + 1 for at in range(start, shown - 1)} | {shown - 1: end}
        if shown < end:
            cuts.append((shown, end))
        position = end
    return "".join((*parts, folded[written:])), tuple(joined(cuts)), mark_ends


def find_cuts(folded: str) -> Iterator[tuple[int, int]]:
    for pattern in (PINYIN, DOUBLED):
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
