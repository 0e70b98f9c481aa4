"""What the figures of a passage are that no record of it uses."""

from collections.abc import Iterable, Iterator
from typing import TypeGuard, get_args

from extractor.analysis import label
from extractor.checks.material import quantities
from extractor.engines.offline import draft_chunk
from extractor.outline.chunks import Chunk
from extractor.outline.ordering import hits_between
from extractor.teaching.ground import Ground, Record, all_records
from schemas.metric import Metric
from schemas.project import Project
from schemas.vocabulary import LooseRole, Role

LOOSE: tuple[str, ...] = get_args(get_args(LooseRole)[0])


def open_roles(ground: Ground, sentences: Iterable[int], names: Iterable[str]) -> dict[int, LooseRole | None]:
    """By the number of the hit. `None` is a figure that nobody has explained: of it a lesson says nothing."""
    own = [ground.analysis.outline.sentences[number] for number in sentences]
    inside = [index for item in own for index in hits_between(ground.analysis.hits, item.start, item.end)]
    used = set(hits_of(ground, [ground.records[name] for name in names]))
    left = [index for index in inside if ground.analysis.hits[index].role is None and index not in used]
    roles = {index: ledger_role(ground, index) for index in left}
    rejected = [record for record in all_records(ground.extraction) if record.review == "rejected"]
    refused = [index for index in hits_of(ground, rejected) if index in roles and roles[index] is None]
    if refused:
        ruled = by_rules(ground, Chunk("c1", tuple(own), tuple(inside)))
        roles |= {index: ruled.get(label(index, ground.analysis.hits[index]), "context") for index in refused}
    return roles


def ledger_role(ground: Ground, index: int) -> LooseRole | None:
    line = ground.ledger.get(index)
    return line.role if line and is_loose(line.role) else None


def is_loose(role: Role) -> TypeGuard[LooseRole]:
    return role in LOOSE


def by_rules(ground: Ground, chunk: Chunk) -> dict[str, LooseRole]:
    """A figure whose record was thrown out has to be something else: the rules say what, as far as they can tell."""
    others = draft_chunk(ground.analysis, chunk).others
    return {tag: other.role for other in others for tag in other.figures}


def hits_of(ground: Ground, records: Iterable[Record]) -> Iterator[int]:
    for record in records:
        match record:
            case Metric():
                figures = [record.figure]
            case Project():
                figures = [quantity.figure for quantity in quantities(record)]
            case _:
                continue
        yield from (index for figure in figures if (index := ground.hit(figure)) is not None)
