"""Finds the scopes of a text in one pass over its sentences, and hangs its times on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.outline.head import Part
from extractor.outline.ordering import hits_between, hits_by_sentence, one_sentence_a_line
from extractor.outline.times.cues import MEETING, is_momentary, says_when
from extractor.outline.times.resolving import interval_of, is_of_this_month, named_year, term_of
from extractor.outline.times.scopes import OPEN, Reach, Scope, Scopes, is_so_far, section_keys, whole_years
from extractor.outline.times.section_scopes import Sections
from extractor.outline.times.title_scopes import title_scopes
from extractor.outline.times.years import Anchor, anchor_of
from extractor.recognise import Hit, Interval
from extractor.text.sentences import Clause, Sentence

NOW = re.compile(r"目前|当前|现在|截至目前|如今|眼下")
REPORTED = re.compile(r"(?:获悉|了解到|介绍|表示|指出|显示|提出|核算|统计|测算)[,:]?$")
# what may stand before the time that opens a sentence
OPENING = re.compile(
    r"[—\-•·●○■□◆★ ]*(?:(?:第?[一二三四五六七八九十]{1,3}[是、,]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])\s*)?"
    r"(?:各位代表[,!:]|同志们[,!:])?(?:刚刚|回[顾望首]|展望|总的来看,|其中,?|“?)?"
    r"(?:(?:刚刚)?(?:过去|翻页|结束|走过|到来)的)?(?:据[^,。]{0,12},)?"
)
EVENT = re.compile(r"仪式|签约|开工|动工|揭牌|奠基|启动|开幕|推介会|招商会|洽谈会")
AVERAGED = ("年均", "平均", "间年均", "期间年均")
TO_THE_FIRST = 4  # so far from its start a time may stand and still open its sentence
MEETING_NAME = 60  # no meeting has a longer one
NEAR_THE_FIRST = 12  # and still tell the year of the bare times behind it


def resolve_times(
    hits: Sequence[Hit], text: str, sentences: Sequence[Sentence], clauses: Sequence[Clause], parts: Sequence[Part]
) -> tuple[tuple[Interval | None, ...], Scopes]:
    """Give each hit's interval, `None` for hits that are no times, and the scopes that the times set.

    A bare time («10月底前», «全年») hangs on the innermost scope that lies in one year, else on the document's year; 今年 and
    去年 hang on the day of the document; 本月底, 上季度 on that day, where all of it is known.
    """
    walk = Walk(hits, text, sentences, clauses, parts)
    walk.run()
    intervals = tuple(
        hit.time.resolve(None) if hit.time and interval is None else interval
        for hit, interval in zip(hits, walk.intervals, strict=True)
    )
    return intervals, Scopes(tuple(walk.outer), walk.inner, tuple(walk.anchors), walk.banners)


@dataclass(slots=True)
class Walk:
    """What is in force while the sentences pass: `lead`, `topic` (its year) and `row` for a paragraph, `sections` by heading."""

    hits: Sequence[Hit]
    text: str
    sentences: Sequence[Sentence]
    clauses: Sequence[Clause]
    parts: Sequence[Part]
    intervals: list[Interval | None] = field(init=False)
    sections: Sections = field(init=False)
    outer: list[tuple[Scope, ...]] = field(default_factory=list)
    inner: dict[int, tuple[tuple[int, Scope], ...]] = field(default_factory=dict)
    anchors: list[Anchor] = field(default_factory=list)
    banners: dict[int, str] = field(default_factory=dict)
    anchor: Anchor = field(default_factory=Anchor)
    document: tuple[Scope, ...] = ()
    lead: Scope | None = None
    topic: int | None = None
    row: Scope | None = None
    event: Scope | None = None
    segment: int = -1

    def __post_init__(self) -> None:
        self.intervals = [None] * len(self.hits)
        self.sections = Sections(self.hits, self.text, self.sentences, self.intervals)

    def run(self) -> None:
        by_sentence = hits_by_sentence(self.hits, self.sentences)
        loose_lines = one_sentence_a_line(self.sentences)
        self.read_heads()
        paragraph: object = None
        line = -1
        heading: tuple[str, ...] = ()
        for sentence in self.sentences:
            if sentence.segment != self.segment:
                self.open_part(sentence.segment)
                heading = ()
            key = (sentence.segment, sentence.heading) if loose_lines else sentence.line
            if key != paragraph:
                paragraph, self.lead, self.topic = key, None, None
            if sentence.line != line:
                line, self.row = sentence.line, self.row_scope(sentence, by_sentence)
            opens = bool(sentence.heading) and sentence.heading != heading
            heading = sentence.heading
            self.read(sentence, by_sentence.get(sentence.number, ()), opens)

    def read_heads(self) -> None:
        by_part: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            by_part.setdefault(sentence.segment, []).append(sentence)
        for number, part in enumerate(self.parts):
            own = [self.hits[index] for index in hits_between(self.hits, part.start, part.end)]
            self.anchors.append(anchor_of(part, self.text, own, by_part.get(number, ())))

    def open_part(self, segment: int) -> None:
        self.segment, self.anchor, self.event = segment, self.anchors[segment], None
        self.lead, self.topic = None, None
        self.sections.open_part(self.parts[segment], self.anchor)
        self.document = tuple(title_scopes(self.parts[segment], self.anchor, self.hits, self.text))

    def row_scope(self, sentence: Sentence, by_sentence: dict[int, list[int]]) -> Scope | None:
        """«2 | 增设座位560个 | 6月底前增设300个…»: the row of a task table whose limits fall in the document's year."""
        year = self.anchor.year
        if year is None or self.text.find("|", sentence.start, sentence.end) < 0:
            return None
        for number in range(sentence.number, len(self.sentences)):
            if self.sentences[number].line != sentence.line:
                return None
            for index in by_sentence.get(number, ()):
                hit = self.hits[index]
                if hit.time and hit.time.limit and not hit.time.explicit and not hit.time.recurring:
                    return Scope(whole_years(year, year), "published", "row")
        return None

    def read(self, sentence: Sentence, inside: Sequence[int], opens: bool) -> None:
        keys = section_keys(sentence)
        if not inside and not NOW.search(self.text, sentence.start, sentence.end):
            self.outer.extend([self.chain(keys)] * len(sentence.clauses))
            last = self.lead
        else:
            self.resolve(sentence, inside, keys)
            last = self.set_scopes(sentence, inside, keys)
            if self.sections.note(sentence, inside, keys, opens=opens):
                last = self.lead = None
        if self.sections.banner:
            self.banners[sentence.number] = self.sections.banner
        if last and not last.is_open and self.sections.close(sentence, keys, last, self.lead):
            self.lead = None

    def chain(self, keys: tuple[str, ...]) -> tuple[Scope, ...]:
        """All that is in force at a place, short of its own sentence."""
        found = [self.lead] if self.lead else []
        found += self.sections.in_force(keys)
        found += [scope for scope in (self.row, self.event) if scope]
        return (*found, *self.document)

    def reference(self, keys: tuple[str, ...]) -> int | None:
        """The year that a bare time hangs on: of the paragraph, of the innermost heading that has one, of the document."""
        return self.topic or self.sections.year(keys) or self.anchor.year

    def resolve(self, sentence: Sentence, inside: Sequence[int], keys: tuple[str, ...]) -> None:
        chain, reference = self.chain(keys), self.reference(keys)
        spoken: int | None = None
        month_named = recurs = False
        before: Hit | None = None
        for index in inside:
            hit = self.hits[index]
            time = hit.time
            if time is None:
                continue
            if time.needs_date:
                of_this_month = is_of_this_month(hit, time, month_named) and not recurs
                day = self.anchor.day
                term = term_of(hit, self.text, sentence.start, day) if hit.kind == "duration" and day else None
                self.intervals[index] = term or time.resolve(day if of_this_month else None)
                continue
            recurs = recurs or (time.recurring and time.precision != "year")  # 每月5日前报上月情况: of each month
            interval = interval_of(hit, self.text, spoken or reference, chain, self.anchor, before)
            self.intervals[index], before = interval, hit
            month_named = month_named or time.precision in ("quarter", "month", "day")
            year = named_year(self.text, hit, interval, sentence.start)
            if year is not None and not (time.relative and time.precision in ("month", "day")):
                spoken = year  # «去年11月» tells an event and opens nothing
                if hit.clean_outer_start - sentence.start <= NEAR_THE_FIRST:
                    self.topic = year

    def set_scopes(self, sentence: Sentence, inside: Sequence[int], keys: tuple[str, ...]) -> Scope | None:
        """Set the scopes of a sentence's clauses; give the one in force at its end."""
        current: Scope | None = None
        says_now = NOW.search(self.text, sentence.start, sentence.end) is not None
        position = 0
        for number in sentence.clauses:
            clause = self.clauses[number]
            if says_now and NOW.match(self.text, clause.start):
                current = self.lead = Scope(OPEN, "stated", "paragraph")
            chain = self.chain(keys)
            led = current is None or (self.lead is not None and current.hit == self.lead.hit)
            self.outer.append(chain if led or current is None else (current, *chain))
            until = position
            while until < len(inside) and self.hits[inside[until]].clean_start < clause.end:
                until += 1
            own = inside[position:until]
            position = until
            found = self.scopes_of(own, clause, sentence, current)
            if not found:
                continue
            self.inner[number] = tuple(found)
            place, first = found[0]
            if first.reach == "clause":
                continue
            if first.reach != "event" and self.opens(sentence, clause, place):
                self.lead = replace(first, reach="paragraph", source="lead")
            current = self.after(found, own, current or (chain[0] if chain else None))
        return current or self.lead

    def scopes_of(
        self, own: Sequence[int], clause: Clause, sentence: Sentence, current: Scope | None
    ) -> list[tuple[int, Scope]]:
        found: list[tuple[int, Scope]] = []
        for index in own:
            scope = self.scope_of(index, clause, sentence)
            if scope and not self.stays(current, index):
                place = self.hits[index].clean_outer_start
                if found and scope.interval.start == found[-1][1].interval.start and self.joins(found[-1][1], place):
                    found.pop()  # «自2012年起5年内» is one time
                found.append((place, scope))
        return found

    def after(self, found: Sequence[tuple[int, Scope]], own: Sequence[int], before: Scope | None) -> Scope | None:
        """What a clause leaves in force: its last time before a figure, else its first; an average's years leave what was."""
        figures = [self.hits[index].clean_start for index in own if self.hits[index].role is None]
        reached = [scope for place, scope in found if figures and place < figures[-1]]
        last = reached[-1] if reached else found[0][1]
        end = self.hits[last.hit].clean_outer_end if last.hit is not None else 0
        averaged = self.text.startswith(AVERAGED, end) and before and before.reach not in ("document", "event", "row")
        return before if averaged else last

    def scope_of(self, index: int, clause: Clause, sentence: Sentence) -> Scope | None:
        """The scope that a time sets; `None` for a base, a name, an aside or what tells no day."""
        hit, interval = self.hits[index], self.intervals[index]
        time = hit.time
        if time is None or interval is None or time.recurring:
            return None
        if hit.kind != "time" and not time.years and not self.is_term(hit):
            return None
        unknown = interval.end is None and interval.start is None
        leans = time.needs_date and time.relation == "during" and hit.kind == "time"  # 当月
        if unknown and (time.vague or leans or time.precision == "day"):
            return None
        if not says_when(self.text, hit, clause.start, clause.end):
            return None
        words = (hit.clean_outer_start, hit.clean_outer_end)
        if time.precision == "day" and time.relation == "during" and hit.kind == "time":
            if not EVENT.search(self.text, sentence.start, sentence.end):
                return None  # when something was said, not what a figure is about
            self.event = self.event or Scope(interval, "stated", "event", words, index)
            return self.event
        near = clause.end - hit.clean_outer_end <= MEETING_NAME
        if near and MEETING.search(self.text[hit.clean_outer_end : clause.end]):
            return None
        reach: Reach = "clause" if is_momentary(self.text, hit, clause.end) else "sentence"
        return Scope(interval, "stated", reach, words, index)

    def joins(self, before: Scope, place: int) -> bool:
        return before.interval.end is None and before.words is not None and before.words[1] >= place - 1

    def is_term(self, hit: Hit) -> bool:
        """«3个月内»: a duration that limits."""
        return self.text.startswith("内", hit.clean_outer_end - 1)

    def stays(self, before: Scope | None, after: int) -> bool:
        """«截至9月底,园区今年累计签约41个»: the day goes on governing."""
        if before is None or before.hit is None:
            return False
        return is_so_far(self.text, self.hits[before.hit]) and self.hits[after].text in ("今年", "本年", "全年", "年内")

    def opens(self, sentence: Sentence, clause: Clause, place: int) -> bool:
        """Whether a time opens its sentence, or what is reported: «记者从…获悉,今年上半年,…»."""
        if place - sentence.start <= TO_THE_FIRST or OPENING.fullmatch(self.text, sentence.start, place):
            return True
        number = clause.number - 1
        if place != clause.start or number < sentence.clauses.start:
            return False
        before = self.clauses[number]
        return bool(REPORTED.search(self.text[before.start : before.end]))
