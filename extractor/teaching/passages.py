"""Which sentences make a lesson: those that hold what a reviewer touched, and all of every record that stands in them."""

from collections.abc import Iterator
from typing import NamedTuple

from extractor.outline.ordering import hits_between
from extractor.teaching.ground import Ground, Record, all_records

MOST_CHARS = 400
MOST_FIGURES = 16  # that the answer would have to speak of
TOUCHED = ("corrected", "added", "rejected")


class Passage(NamedTuple):
    """Sentences by number, in the order of the text and not always side by side; `segment` is the extraction's."""

    sentences: tuple[int, ...]
    segment: str
    touched: bool


def passages(ground: Ground) -> Iterator[Passage]:
    """What was touched comes first. A passage of accepted records alone has none that nobody has looked at."""
    records = sorted(all_records(ground.extraction), key=lambda record: record.review not in TOUCHED)
    seen: list[set[int]] = []
    for record in records:
        touched = record.review in TOUCHED
        if not touched and record.review != "accepted":
            continue
        own = ground.holds(record)
        if not own or any(own <= sentences for sentences in seen):
            continue
        found = whole(ground, record, own)
        if found and (touched or all_reviewed(ground, found)):
            seen.append(found)
            yield Passage(tuple(sorted(found)), record.segment, touched)


def whole(ground: Ground, record: Record, own: set[int]) -> set[int] | None:
    """`None` where it takes more text than a lesson may have. Times that stand too far off are done without."""
    with_times = grown(ground, own | ground.led_by(record), times=True)
    return with_times or grown(ground, own, times=False)


def grown(ground: Ground, sentences: set[int], *, times: bool) -> set[int] | None:
    """Take in what the records of these sentences need, and so on until nothing is missing."""
    todo, known, names = set(sentences), set(sentences), set[str]()
    while todo:
        if not fits(ground, known):
            return None
        ids = {name for number in todo for name in ground.standing.get(number, ())} - names
        names |= ids
        needed = {number for name in ids for number in ground.holds(ground.records[name])}
        if times:
            needed |= {number for name in ids for number in ground.led_by(ground.records[name])}
        todo = needed - known
        known |= todo
    return known


def fits(ground: Ground, numbers: set[int]) -> bool:
    analysis = ground.analysis
    sentences = [analysis.outline.sentences[number] for number in numbers]
    hits = (index for item in sentences for index in hits_between(analysis.hits, item.start, item.end))
    return (
        len({sentence.segment for sentence in sentences}) == 1
        and sum(sentence.end - sentence.start for sentence in sentences) <= MOST_CHARS
        and sum(analysis.hits[index].role is None for index in hits) <= MOST_FIGURES
    )


def all_reviewed(ground: Ground, sentences: set[int]) -> bool:
    names = {name for number in sentences for name in ground.standing.get(number, ())}
    return all(ground.records[name].review != "unreviewed" for name in names)
