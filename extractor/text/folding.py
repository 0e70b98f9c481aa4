"""Which characters are written for others: one for one, so that offsets stay what they are.

The table is Unicode's own compatibility decomposition (NFKC) where that gives one character, its equivalents of the CJK
radicals, OpenCC's simplified characters, and the signs that writers take for one another. What NFKC would make a figure
of stays as it is: a superscript (a footnote as often as a power) and a circled number (a list mark).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

FEW = 40
COMPATIBLE = (  # blocks of which NFKC says what is meant
    (0x2000, 0x200B),  # blanks of every width
    (0x202F, 0x2030),
    (0x205F, 0x2060),
    (0x2F00, 0x2FD6),  # Kangxi radicals
    (0xF900, 0xFB00),  # CJK compatibility ideographs
    (0xFE30, 0xFE70),  # vertical and small forms
    (0xFF01, 0xFFF0),  # full and half width
)
ALIKE = {
    "\u00a0": " ", "\u3000": " ", "\u1680": " ",
    "\v": "\n", "\f": "\n", "\x1c": "\n", "\x1d": "\n", "\x1e": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    "‐": "-", "‑": "-", "‒": "-", "−": "-",
    "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "≮": "≥", "≯": "≤",
    "․": ".", "〜": "~", "∼": "~", "⁄": "/", "∕": "/", "✕": "×", "✖": "×", "⨯": "×", "µ": "μ",
}  # fmt: skip
LONE_RETURN = re.compile("\r(?!\n)")
ZEROS = re.compile(  # 二O二七年, 一七○兆元, 二00四年
    "[○◯OoΟО〇零0](?<=[一二三四五六七八九].)(?:(?<!0)[○◯OoΟО〇零]?|(?<=0)0?(?=[一二三四五六七八九年〇零]))"
    "(?=[一二三四五六七八九年月百千万亿兆元个家户人项亩吨套台座所条件名处次天日公平立米克度])"
    "|[OoΟО](?<=[0-9].)(?<![A-Za-z][0-9].)(?=[万亿]|[0-9]{0,2}[年%万亿])"  # 2O25年, 3O万元
)


@cache
def fold_table() -> dict[int, str]:
    table = {ord(char): plain for char, plain in ALIKE.items()}
    for first, behind in COMPATIBLE:
        for code in range(first, behind):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and ord(plain) != code:
                table[code] = plain
    for name in ("radicals.tsv", "traditional.tsv"):
        for line in files("extractor").joinpath("tables", name).read_text("utf8").splitlines():
            if not line.startswith("#"):
                written, plain = line.split("\t")
                table[ord(written)] = plain
    # ⾧ is 長 is 长; but what is itself the simplified form of another stays (薴 is 苧, though 苧 is 苎)
    return {code: table.get(ord(plain), plain) if not is_ideograph(code) else plain for code, plain in table.items()}


def is_ideograph(code: int) -> bool:
    return 0x3400 <= code < 0xA000


def fold(raw: str) -> str:
    """Most texts hold few characters of the table: to replace these costs less than to look each place up.

    What one replacement gives must not be taken up by the next.
    """
    table = fold_table()
    held = folded_in(raw).keys()
    if len(held) > FEW or any(ord(table[ord(char)]) in table for char in held):
        folded = foldable().sub(lambda match: table[ord(match.group())], raw)
    else:
        folded = raw
        for char in held:
            folded = folded.replace(char, table[ord(char)])
    if "\r" in folded:
        folded = LONE_RETURN.sub("\n", folded)
    return ZEROS.sub(zeros, folded)


def zeros(match: re.Match[str]) -> str:
    behind_digit = match.string[match.start() - 1].isascii()
    return ("0" if behind_digit else "〇") * len(match.group())


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
