"""The source's characters came through whole."""

import re
from collections import defaultdict
from collections.abc import Iterator

from extractor.checks.material import Material
from extractor.text.scanning import Near
from schemas.base import Span
from schemas.finding import Finding

HAN = "㐀-鿿"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
SYLLABLE = rf"(?=[a-zü]*[{TONED}])[a-zü{TONED}]{{1,6}}"
DAMAGED = Near(
    "|".join(
        (
            r"�+",
            r"[\ue000-\uf8ff]+",
            r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+",
            r"锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯",
            r"[锛銆鈥](?=[^\n,。]{0,3}[锛銆鈥鐨鏄涓浜缁鍏鍙鍜])|锛\?|銆\?",  # UTF-8 read as GBK
            r"[ÃÂ][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?:[ä-é][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}){1,}|ï»¿|â€.?",
            rf"\?{SYLLABLE}\)",  # a character lost before its inserted pinyin: 平?jīng)
            rf"(?<=[{HAN}])(?<![({TONED}a-z]){SYLLABLE}\)",
            rf"[A-Za-zĀ-ɏ]\({SYLLABLE}\)",  # a character that became a letter: I(yè)
            rf"(?<=[{HAN}])ń\?",
            rf"(?<=[{HAN}])\?{{2,}}(?=[{HAN}\d])",
            rf"[■▇█▯◻]{{2,}}(?=[{HAN}\d])|(?<=[{HAN}\d])[■▇█▯◻□]{{2,}}|□{{2,}}(?=[{HAN}])",
            rf"(?<=[{HAN}])[■▇█▯◻](?=[{HAN}])",  # one lost character inside a word
            rf"(?<=[{HAN}])[lI](?=\d)",  # a one read as a letter
            r"(?<!口)口口+(?![声口相述])",
            r"(?<![A-Za-z\d])\d+[Oo]\d*(?=[.\d]*[年月日个家户项亿万%])",  # a letter read for a nought
        )
    ),
    rf"[�\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f锟斤烫屯锛銆鈥ÃÂâïä-é?{TONED}üa-zA-ZĀ-ɏ■▇█▯◻□口\d]",
    0,
)
# every damaged place holds one of these, most texts none: a quick look spares them the long one;
# toned letters behind a bracket belong to inserted pinyin: 质(zhì)
IN_PINYIN = "".join(rf"(?<![{HAN}][((]{'[a-z]' * before}.)" for before in range(4))
SUSPECT = re.compile(
    rf"[�\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f锟烫屯斤锛銆鈥ÃÂâï{TONED}ä-é?■▇█▯◻□口OolI]"
    rf"(?:(?<![{TONED}口OolI?])|(?<=\?)(?=[a-zü{TONED}]{{1,6}}\))|(?<=[{HAN}]\?)(?=\?)|(?<=[{TONED}])(?:{IN_PINYIN}|(?![a-z]{{0,5}}[))]))|(?<=口)(?=口)|(?<=\d[Oo])|(?<=[lI])(?=\d))"
)
LONE_QUESTION = re.compile(rf"\?(?:(?<=[{HAN}\d]\?)(?=[{HAN}\d])|(?<=[\s|]\?)(?=\d))")  # «4.02 ?28» in a row
ASKS = re.compile(r"吗|呢|么|何|谁|哪|怎|多少|几|是否|是不是|能否|可否|有没有|问|吧")


def characters_are_whole(material: Material) -> Iterator[Finding]:
    """One finding for a damage, however often a source repeats it (a name that its encoding has spoilt)."""
    places: dict[str, list[Span]] = defaultdict(list)
    for start, end in clusters(material.raw):
        places[material.raw[start:end]].append(Span(start=start, end=end))
    for words, spans in places.items():
        near = [name for span in spans for name in material.records_near(span.start, span.end, 30)]
        yield Finding(
            code="corrupt-text",
            severity="warning" if near else "info",
            message=f"The source has damaged characters here: «{words[:40]}».",
            records=tuple(dict.fromkeys(near)),
            spans=tuple(spans),
        )


def clusters(raw: str) -> Iterator[tuple[int, int]]:
    """Join damaged places that stand within three characters of each other."""
    damaged = (match.span() for line in suspect_lines(raw) for match in DAMAGED.finditer(raw, *line))
    places = sorted((*damaged, *lone_questions(raw)))
    start = end = -1
    for next_start, next_end in places:
        if start >= 0 and next_start > end + 3:
            yield start, end
            start = next_start
        start = next_start if start < 0 else start
        end = max(end, next_end)
    if start >= 0:
        yield start, end


def suspect_lines(raw: str) -> Iterator[tuple[int, int]]:
    """Give the lines that may hold damage; none of it runs over a line break."""
    suspect = SUSPECT.search(raw)
    while suspect:
        start, end = raw.rfind("\n", 0, suspect.start()) + 1, raw.find("\n", suspect.end())
        end = len(raw) if end < 0 else end
        yield start, end
        suspect = SUSPECT.search(raw, end)


def lone_questions(raw: str) -> Iterator[tuple[int, int]]:
    """Find question marks inside a sentence that asks nothing."""
    for match in LONE_QUESTION.finditer(raw):
        if not ASKS.search(raw[max(0, match.start() - 25) : match.start()]):
            yield match.span()
