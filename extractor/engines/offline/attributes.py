"""What belongs to a project: money by its cue, capacities with what they count, milestones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from extractor.analysis import Analysis, label, tagged
from extractor.engines.offline.stages import DONE_ALREADY, Step
from extractor.outline import Clause
from extractor.outline.times.scopes import is_so_far
from extractor.recognise import Hit
from schemas.draft import CapacityDraft, MilestoneDraft

TOTAL = re.compile(r"(?:总投资额?|投资总额|(?:概算|估算)(?:总)?投资)(?:约|达|为|超|近|超过)?[::]?\s*$")
ANNUAL = re.compile(
    r"(?:年度|年内|当年|今年|20\d\d年|本年)(?:计划)?(?:完成)?投资(?:约|达|为)?[::]?\s*$|(?:年度|今年|本年|20\d\d年(?:度)?)(?:投资)?计划[::]?\s*$"
)
NO_MILESTONE = re.compile(r"度?(?:计划|完成)*投资|度?计划:|不安排")
LAST_YEAR = re.compile(r"去年|前年|上年|上月|上季度|此前")
YEARLY = re.compile(r"(年|日|月)(?:产|处理|加工)(?:能力)?([一-鿿]{0,10})$")


class Attributes:
    """The hits of one project's text. `name_end` is the clean offset behind its name: times inside a name limit nothing."""

    def __init__(self, analysis: Analysis, hits: Iterable[int], name_end: int = 0) -> None:
        self.analysis = analysis
        self.text = analysis.view.text
        self.hits = list(hits)
        self.name_end = name_end
        self.open = [index for index in self.hits if analysis.hits[index].role is None]

    def hit(self, index: int) -> Hit:
        return self.analysis.hits[index]

    def money(self, cue: re.Pattern[str]) -> int | None:
        """The first sum behind a cue."""
        for index in self.open:
            hit = self.hit(index)
            before = self.text[max(0, hit.clean_outer_start - 14) : hit.clean_outer_start]
            if hit.kind == "money" and cue.search(before):
                return index
        return None

    def times_in(self, clause: Clause) -> Iterator[int]:
        for index in self.hits:
            hit = self.hit(index)
            if hit.time is None or hit.kind != "time" or hit.time.recurring or hit.clean_start < self.name_end:
                continue
            if is_so_far(self.text, hit):
                continue
            behind = self.text[hit.clean_outer_end : clause.end]
            if clause.start <= hit.clean_start < clause.end and not NO_MILESTONE.match(behind):
                yield index

    def steps(self, clauses: Sequence[Clause]) -> list[Step]:
        """A step behind each time of a clause («一季度竣工、二季度投产»); without a time, one behind the name."""
        found = []
        for clause in clauses:
            times = list(self.times_in(clause))
            if not times:
                words = self.text[max(clause.start, self.name_end) : clause.end]
                found.append(Step(None, words))
            place = max(clause.start, self.name_end)
            for index, following in zip_longest(times, times[1:]):
                hit = self.hit(index)
                end = clause.end if following is None else self.hit(following).clean_outer_start
                before = self.text[place : hit.clean_outer_start]
                found.append(Step(label(index, hit), self.text[hit.clean_outer_end : end], before))
                place = hit.clean_outer_end
        return found

    def milestones(self, clauses: Sequence[Clause]) -> list[MilestoneDraft]:
        found = []
        for clause in clauses:
            for step in self.steps([clause]):
                if (
                    step.tag
                    and not DONE_ALREADY.search(step.before)
                    and not LAST_YEAR.match(tagged(self.analysis, step.tag).text)
                ):
                    words = f"{step.before}{step.words}".strip("、 ")
                    found.append(MilestoneDraft(text=words or step.tag, deadline=step.tag))
        return found

    def idle(self, clauses: Sequence[Clause]) -> list[int]:
        """Figures of a milestone («6月底前6条生产线到位») are no capacity of the project."""
        found = []
        for clause in clauses:
            times = list(self.times_in(clause))
            if times:
                start = self.hit(times[0]).clean_end
                found += [
                    i
                    for i in self.open
                    if start <= self.hit(i).clean_start < clause.end and self.hit(i).kind != "money"
                ]
        return found

    def capacities(self, idle: Sequence[int] = ()) -> Iterator[CapacityDraft]:
        for index in self.open:
            hit = self.hit(index)
            clause = self.analysis.outline.clause_at(hit.clean_start)
            if clause and hit.kind not in ("money", "percent", "rank") and index not in idle:
                yield CapacityDraft(figure=label(index, hit), of=self.counts_what(clause, hit))

    def counts_what(self, clause: Clause, hit: Hit) -> str:
        """«年产30万片衬底» counts 衬底 每年; «建筑面积8.6万平方米» counts 建筑面积."""
        before = self.text[clause.start : hit.clean_outer_start]
        after = re.match(r"[一-鿿A-Za-z]{0,16}", self.text[hit.clean_outer_end : clause.end])
        noun = re.split(r"项目|工程|生产线|机组|$", after.group() if after else "")[0]
        if yearly := YEARLY.search(before):
            return f"{noun or yearly.group(2) or '产量'} 每{yearly.group(1)}"
        words = re.split(r"[,。、;:]|建设规模|新增|设置|办学规模|达产后|建成后|可提供", before)[-1]
        return words.strip() or noun or "规模"
