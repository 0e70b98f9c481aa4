"""Which time holds in a section: that of its heading, of a head without a number, of a list's head, of its opening words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.outline.head import Part
from extractor.outline.times.cues import says_when
from extractor.outline.times.scopes import Scope, one_year
from extractor.outline.times.years import Anchor
from extractor.recognise import Hit, Interval
from extractor.text.sentences import Sentence

HEADS_A_LIST = re.compile(
    "|".join((":$", *(rf"{word}[^。,;]{{0,8}}(?:目标|指标|任务)。?$" for word in ("以下", "如下", "下列", "下述"))))
)
LIST_ENDS = (":", *(f"{word}{end}" for word in ("目标", "指标", "任务") for end in ("", "。")))
BANNER = re.compile(
    r"(?:回顾|总结|目标|任务|安排|打算|工作|成就|成效|成绩|重点|情况|要求|思路|考虑|举措|实事|计划|要点|指标)$"
)
HEADING_END = re.compile(r"[。;,!]")
LAID_BEFORE = re.compile(r"草案|编制了|提请|审[查议]")
OUTLINE = re.compile(r"(?:规划)?(?:的)?纲要|规划")
GREETING = 8


@dataclass(slots=True)
class Sections:
    """The times of the sections of a part, by the keys of their headings; `years` holds the one year of a heading with two times.

    `intervals` are those of the hits, known as far as the text has been read. `banner` is the last heading without a number.
    """

    hits: Sequence[Hit]
    text: str
    sentences: Sequence[Sentence]
    intervals: Sequence[Interval | None]
    scopes: dict[str, Scope | None] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)
    banner: str | None = None
    part: Part | None = None
    anchor: Anchor = field(default_factory=Anchor)

    def open_part(self, part: Part, anchor: Anchor) -> None:
        self.part, self.anchor, self.banner = part, anchor, None
        self.scopes, self.years = {}, {}

    def in_force(self, keys: tuple[str, ...]) -> list[Scope]:
        return [scope for key in keys if (scope := self.scopes.get(key))]

    def year(self, keys: tuple[str, ...]) -> int | None:
        """The year of the innermost section that has one."""
        for key in keys:
            scope = self.scopes.get(key)
            if year := (scope.year if scope else None) or self.years.get(key):
                return year
        return None

    def note(self, sentence: Sentence, inside: Sequence[int], keys: tuple[str, ...], *, opens: bool) -> bool:
        """Read a sentence that may be a heading, or tell of a plan; give whether the paragraph's time ends with it."""
        heading = (opens or self.is_banner(sentence)) and self.note_heading(sentence, inside, keys, numbered=opens)
        return self.note_plan(sentence, inside, keys) or heading

    def note_heading(self, sentence: Sentence, inside: Sequence[int], keys: tuple[str, ...], *, numbered: bool) -> bool:
        """«一、2025年工作回顾», «“十四五”时期发展成就»: the one time that a heading names holds below it."""
        named = self.named_in_heading(sentence, inside, numbered)
        if not named and not numbered:
            return False
        years = {year for interval in named if (year := one_year(interval))}
        if len(years) == 1:
            self.years[keys[0]] = years.pop()
        scope: Scope | None = None
        if len(named) == 1:
            [(interval, index)] = named.items()
            words = (self.hits[index].clean_outer_start, self.hits[index].clean_outer_end)
            scope = Scope(interval, "heading", "section", words, index)
        if named:
            self.scopes[keys[0]] = scope
        if not numbered:  # it stands above the numbered ones, whose sections it ends
            self.banner = self.text[sentence.start : sentence.end]
            self.scopes.update(dict.fromkeys(keys, scope))
        return not numbered or len(sentence.clauses) == 1

    def note_plan(self, sentence: Sentence, inside: Sequence[int], keys: tuple[str, ...]) -> bool:
        """«编制了“十五五”规划纲要(草案)»: what follows is about the years of the plan that is laid before the meeting."""
        if not LAID_BEFORE.search(self.text, sentence.start, sentence.end):
            return False
        for index in inside:
            hit, interval = self.hits[index], self.intervals[index]
            first = hit.time.year if hit.time and hit.time.plan else None
            ahead = first is not None and self.anchor.now is not None and first >= self.anchor.now
            if ahead and interval and interval.end and OUTLINE.match(self.text, hit.clean_outer_end):
                words = (hit.clean_outer_start, hit.clean_outer_end)
                self.scopes[keys[0]] = Scope(interval, "stated", "section", words)
                return True
        return False

    def named_in_heading(self, sentence: Sentence, inside: Sequence[int], numbered: bool) -> dict[Interval, int]:
        start, end = sentence.start, sentence.end
        stop = HEADING_END.search(self.text, start, end) if numbered else None
        end = stop.start() if stop else end
        found = {}
        for index in inside:
            hit, interval = self.hits[index], self.intervals[index]
            if hit.clean_start >= end or hit.role is None:
                break
            during = hit.time is not None and hit.time.relation == "during"
            if during and interval and interval.start and interval.end and says_when(self.text, hit, start, end):
                found[interval] = index
        return found

    def is_banner(self, sentence: Sentence) -> bool:
        """A heading without a number: a short line that ends as headings do, and is not the title."""
        start, end = sentence.start, sentence.end
        if len(sentence.clauses) != 1 or not 6 <= end - start <= 40 or not BANNER.search(self.text, start, end):
            return False
        words = self.text[start:end]
        title = self.part.title if self.part else None
        if title and (title in words or words in title):
            return False
        alone = self.text[end : end + 1] in ("\n", "") and self.text[start - 1 : start] in ("\n", "", " ")
        return alone and "|" not in words

    def close(self, sentence: Sentence, keys: tuple[str, ...], last: Scope, lead: Scope | None) -> bool:
        """A time that heads a list, or that opens a section as its own time, holds for all of it.

        `last` is in force at the sentence's end, `lead` opened its paragraph; gives whether the paragraph's time ends here.
        """
        ending = self.text[sentence.start : sentence.end].rstrip()
        if ending.endswith(LIST_ENDS) and HEADS_A_LIST.search(ending):
            self.scopes[keys[0]] = replace(last, reach="section", source="stated")
            return True
        if lead and (sentence.heading or self.banner) and self.is_own_time(lead, sentence):
            self.scopes[keys[0]] = replace(lead, reach="section")
        return False

    def opens_paragraph(self, sentence: Sentence) -> bool:
        """Whether nothing stands before a sentence in its line but a greeting: «各位代表!»."""
        before = self.sentences[sentence.number - 1] if sentence.number else None
        if before is None or before.line != sentence.line or before.heading != sentence.heading:
            return True
        return before.end - before.start <= GREETING and self.opens_paragraph(before)

    def is_own_time(self, scope: Scope, sentence: Sentence) -> bool:
        """«过去一年», «这五年», «今年», «2025年是…»: a year, or years, that the document looks back on or plans."""
        hit = self.hits[scope.hit] if scope.hit is not None else None
        if hit is None or hit.time is None or scope.words is None or scope.words[0] < sentence.start:
            return False
        if not (self.opens_paragraph(sentence) or hit.time.years > 1):
            return False
        if hit.time.relation != "during" or scope.interval.precision not in ("year", "plan") or not scope.interval.end:
            return False
        if hit.time.plan:
            return True
        last, now = int(scope.interval.end[:4]), self.anchor.now
        return last in (now, self.anchor.closed) or (now is not None and last > now)
