"""Bytes to text: nothing is guessed that does not read as Chinese, and the few bytes that are none of their encoding are told.

The order is: byte order mark, strict UTF-8, the charset that a page declares, and then a contest of the encodings that
can decode each other's bytes, won by the text that looks most like Chinese prose.
"""

import codecs
import re
from functools import cache

from extractor.errors import SettingsError, SourceError
from extractor.reading.mending import FEW_NULS, Text, mend
from extractor.text.folding import fold_table

MARKS = (  # mark, the encoding of what follows it, its name; the longer mark first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
UNSUITED = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7")
FAMILIES = {  # a family is tried in order: the Taiwanese and Hong Kong extensions only where plain Big5 fails
    "gb": ("gb18030",),
    "big5": ("big5", "cp950", "big5hkscs"),
    "utf-16-le": ("utf-16-le",),
    "utf-16-be": ("utf-16-be",),
}
DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*(gb|big5)""", re.IGNORECASE)
CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
# the characters that make up two thirds of official prose, folded to Simplified, and the punctuation between them
COMMON = frozenset(
    "新发区业高年的工展目产项创市技进实开建一动力大全资化作经要上会推企济以成设行中元为投政科人加量亿国度质个和民主月关术园商重在强能体"
    "总持部施有门现公提引地增日省生家府务点制坚委划定级效方等标招完局于快三文位平前不落办规性抓各造任范入是长下底第到示改期机分通出时计"
    "二合号用基同责州升单导议心面万深达打研求服优聚续十转理共好次社领程内管源报保链型节破战数南件突步立环印境代精台了东值知集系向天支字"
    "争对记比题促其干革放专协明线营室解排案请正结域将城道云奋党外及电与五思本色复批四我贯章多布来指把先调间攻交略小并过信做围限意网势更"
    "活学品场水农村他这就们你说也那得着去看想自然没还后从两些所如因教医法院县乡镇街路河山江海北西京春夏秋冬今每很可被由此但或者七八九六百千"
    "，。、；：！？“”‘’《》（）【】—…·％〔〕「」『』　●"
)
RARE = re.compile(
    r"[㐀-鿿\u2000-\u303f\u3200-㏿！-￮°±×÷·À-ÿĀ-ǿɑɡ]"
)  # neither for nor against: pinyin, signs, rare characters
WITNESSES = 4  # characters of several bytes to one that is lost: other encodings hardly ever look like them
MENDED_PROSE = 0.5  # the same where bytes were mended: a file of two encodings has 0.36, one with a few bad bytes 0.88
PROSE = 0.35  # the least plausibility of a text; Chinese read in a wrong encoding stays below 0.25
CLOSE = 0.15  # two readings nearer than this need another voice
SAMPLE = 20_000


def decode(name: str, data: bytes, encoding: str | None = None) -> Text:
    """Give the text of `data`, in the `encoding` that the user names if they do; no line break is touched, a mark is left out."""
    found = read_as(name, data, encoding) if encoding else read_as_text(name, data)
    text = found.text
    if "\0" in text or control_share(text[:SAMPLE].encode("utf-8", "replace")) > 0.1:
        raise SourceError(name, "binary, not text")
    if not text.strip("\ufeff \t\r\n\v\f\x1a\u200b\u3000\u00a0\u2028\u2029"):
        raise SourceError(name, "empty: there is nothing but blanks in it" if data else "empty")
    return found


def known_encoding(name: str) -> str:
    """The name of an encoding as Python spells it; of the two older ones the newer, which holds them."""
    try:
        found = codecs.lookup(name).name
        reads = found not in UNSUITED and "a1".encode(found).decode(found).removeprefix("\ufeff") == "a1"
    except (LookupError, ValueError) as error:
        raise SettingsError(f"--encoding {name}: no such encoding") from error
    if not reads:
        raise SettingsError(f"--encoding {name}: no encoding of text")
    return "gb18030" if found in ("gbk", "gb2312") else found


def read_as(name: str, data: bytes, encoding: str) -> Text:
    for mark, codec, label in MARKS:
        if data.startswith(mark) and encoding in (codec, label):
            return marked(name, data, mark, codec, label)
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)
    found = mend(data, codec, encoding)
    if found is None or found.is_hardly_text:
        raise SourceError(name, f"undecodable: it is not {encoding}")
    return found


def read_as_text(name: str, data: bytes) -> Text:
    for mark, codec, label in MARKS:
        if data.startswith(mark):
            return marked(name, data, mark, codec, label)
    text = strictly(data, "utf-8")
    if text is not None and "\0" not in text:
        return Text(text, "utf-8")
    found = declared(data) or contest(data)
    if found:
        return Text(*found)
    mended = with_bad_bytes(data)
    if mended:
        return mended
    if control_share(data[:SAMPLE]) > 0.02 or b"\0" in data:
        raise SourceError(name, "binary, not text")
    raise SourceError(name, f"undecodable: {where_utf8_breaks(data)}, and it does not read as GB18030, Big5 or UTF-16")


def marked(name: str, data: bytes, mark: bytes, codec: str, label: str) -> Text:
    before = len(mark)
    while data.startswith(mark, before):  # two tools, two marks
        before += len(mark)
    found = mend(data[before:], codec, label, before)
    if found is None or found.is_hardly_text:
        raise SourceError(name, f"undecodable: it bears the mark of {label}, but is not all {label}")
    return found


def with_bad_bytes(data: bytes) -> Text | None:
    """UTF-8 where what is whole is mostly more than ASCII; else the encoding that a page declares, or that reads as Chinese."""
    utf8 = mend(data, "utf-8", "utf-8")
    if utf8 and not utf8.is_hardly_text and sum(char > "\x7f" for char in utf8.text) > WITNESSES * utf8.lost:
        return utf8
    match = DECLARED.search(data[:4096])
    plain = data.count(0) * FEW_NULS <= len(data)
    all_families = [family for family in FAMILIES if plain or family.startswith("utf-16")]
    families = [match[1].decode().lower()] if match else all_families
    found = [text for family in families for codec in FAMILIES[family] if (text := mend(data, codec, codec))]
    likely = [(text, plausibility(text.text)) for text in found if text.decoding and not text.is_hardly_text]
    best = max(likely, key=lambda item: (item[1], -mended_in(item[0])), default=None)
    if best and best[1] >= MENDED_PROSE:
        return best[0]
    few = utf8 is not None and mended_in(utf8) * FEW_NULS <= len(utf8.text)
    return utf8 if few else None


def mended_in(text: Text) -> int:
    return text.decoding.mended if text.decoding else 0


def strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def declared(data: bytes) -> tuple[str, str] | None:
    """Follow the charset that a page declares; gb2312 and gbk are read as gb18030, which contains them."""
    match = DECLARED.search(data[:4096])
    return first_strict(data, match[1].decode().lower()) if match else None


def first_strict(data: bytes, family: str) -> tuple[str, str] | None:
    for encoding in FAMILIES[family]:
        text = strictly(data, encoding)
        if text is not None:
            return text, encoding
    return None


def contest(data: bytes) -> tuple[str, str] | None:
    """Decode in every encoding that can and take what reads most like Chinese, if anything does."""
    families = [family for family in FAMILIES if b"\0" not in data or family.startswith("utf-16")]
    readings = [reading for family in families if (reading := first_strict(data, family))]
    scored = sorted(((plausibility(text), text, encoding) for text, encoding in readings), reverse=True)
    if not scored or scored[0][0] < PROSE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLOSE and second_voice(data) == scored[1][2]:
        return scored[1][1:]
    return scored[0][1:]


def second_voice(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # rarely asked, and slow to import

    best = from_bytes(data[:SAMPLE], cp_isolation=["gb18030", "big5"]).best()
    return best.encoding if best else None


def plausibility(text: str) -> float:
    """Tell how much like Chinese prose the text reads: 1 for common characters only, below 0 for scattered signs."""
    signs = [char for char in text[:SAMPLE] if char > "\x7f" or (char < " " and char not in "\t\n\v\f\r")]
    return sum(map(weight, signs)) / max(len(signs), 1)


def weight(char: str) -> float:
    folded = fold_table().get(ord(char), char)
    if char in COMMON or folded in COMMON:
        return 1.0
    if folded in ordinary():
        return 0.4
    return 0.0 if RARE.match(char) else -1.0


@cache
def ordinary() -> frozenset[str]:
    """Give the 3,755 characters of the first level of GB 2312, the ones of daily use."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(b"".join(rows).decode("gb2312", "ignore"))


def control_share(data: bytes) -> float:
    return (len(data) - len(data.translate(None, CONTROL))) / max(len(data), 1)


def where_utf8_breaks(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
    return "it is not UTF-8"
