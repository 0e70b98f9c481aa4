"""Whether the ledger tells the truth: of the figures that matter none is lost in silence, of the others few are open."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.evaluation.fields import Record
from extractor.evaluation.matching import overlap
from extractor.evaluation.rates import Share

Place = tuple[int, int]
APART = ("time", "ordinal")  # kinds that are told without asking


@dataclass(frozen=True, slots=True)
class LedgerTruth:
    """`lost`: of the figures that gold gives to a record, those that have none here and yet are not left open.

    `open`: of all other figures, those that are left open all the same.
    """

    lost: Share
    open: Share


def ledger_truth(pred: Record, gold: Record) -> LedgerTruth:
    lines = list(pred.get("figures") or ())
    places = list(figures_that_matter(gold))
    answers = [[line for line in lines if meets(line, place)] for place in places]
    lost = sum(not any(line.get("record") for line in answer) and not any(map(is_open, answer)) for answer in answers)
    named = {id(line) for answer in answers for line in answer}
    doubtful = [place_of(metric["figure"]) for metric in gold.get("metrics") or () if metric.get("doubtful")]
    others = [
        line
        for line in lines
        if line.get("kind") not in APART and id(line) not in named and not any(meets(line, place) for place in doubtful)
    ]
    return LedgerTruth(Share(lost, len(places)), Share(sum(map(is_open, others)), len(others)))


def figures_that_matter(gold: Record) -> Iterator[Place]:
    """The metrics' figures, the deadlines' texts, the sums and capacities of projects; what is doubtful is none."""
    for metric in certain(gold, "metrics"):
        yield place_of(metric["figure"])
    for deadline in certain(gold, "deadlines"):
        yield place_of(deadline["text"])
    for project in certain(gold, "projects"):
        for key in ("total_investment", "annual_investment"):
            if (project.get(key) or {}).get("figure"):
                yield place_of(project[key]["figure"])
        for capacity in project.get("capacity") or ():
            yield place_of(capacity["figure"])


def certain(gold: Record, part: str) -> Iterator[Record]:
    return (record for record in gold.get(part) or () if not record.get("doubtful"))


def place_of(quote: Record) -> Place:
    return quote["start"], quote["end"]


def meets(line: Record, place: Place) -> bool:
    return "start" in line and overlap([place_of(line)], [place]) > 0


def is_open(line: Record) -> bool:
    return line.get("role") == "unexplained"
