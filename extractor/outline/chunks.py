"""Chunks: runs of whole sentences under a budget of characters and of figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf

from extractor.outline import Outline
from extractor.outline.ordering import hits_by_sentence
from extractor.recognise import Hit
from extractor.text.sentences import Sentence

MAX_CHARS = 3600
MAX_FIGURES = 60
MAX_SENTENCES = 500  # only a text whose sentences hold seven characters and no figure has as many in a chunk
# what a cut costs beside uneven chunks, which differ by less than one between them: a guess, to be read as an order
WITHIN_SECTION, WITHIN_PARAGRAPH = 0.1, 0.3
BLOCK = 32  # cuts that are looked at together where there are many: sentences of one or two characters
ROUNDING = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sentences by number, and the numbers of the hits inside them."""

    id: str
    sentences: tuple[Sentence, ...]
    hits: tuple[int, ...]


def cut_chunks(
    outline: Outline, hits: Sequence[Hit], *, max_chars: int = MAX_CHARS, max_figures: int = MAX_FIGURES
) -> tuple[Chunk, ...]:
    """As few chunks as the budgets allow, cut where a segment or a section begins if that costs no further chunk.

    What fits into one chunk stays one. A sentence that alone exceeds a budget is a chunk of its own.
    """
    sentences = outline.sentences
    inside = hits_by_sentence(hits, sentences)
    chars = [sentence.end - sentence.start for sentence in sentences]
    figures = [sum(hits[index].role is None for index in inside.get(sentence.number, ())) for sentence in sentences]
    budgets = Budgets(max_chars, max_figures, (0, *accumulate(chars)), (0, *accumulate(figures)))
    cuts = best_cuts(budgets, [0.0, *(price(one, other) for one, other in pairwise(sentences))])
    runs = (sentences[first:stop] for first, stop in pairwise(cuts))
    return tuple(make_chunk(number, run, inside) for number, run in enumerate(runs))


@dataclass(frozen=True, slots=True)
class Budgets:
    """Both budgets, and how many characters and open figures stand before each sentence."""

    max_chars: int
    max_figures: int
    chars: tuple[int, ...]
    figures: tuple[int, ...]

    def hold(self, first: int, stop: int) -> bool:
        """Whether the sentences from `first` up to `stop` fit into one chunk."""
        return (
            self.chars[stop] - self.chars[first] <= self.max_chars
            and self.figures[stop] - self.figures[first] <= self.max_figures
            and stop - first <= MAX_SENTENCES
        )


def best_cuts(budgets: Budgets, prices: Sequence[float]) -> list[int]:
    """Where chunks begin, with the end of the text behind them: the fewest chunks first, then the cheapest and most even."""
    count = len(budgets.chars) - 1
    if count == 0:
        return []
    if budgets.hold(0, count):
        return [0, count]
    costs = Costs(budgets, prices)
    low = 0
    for stop in range(1, count + 1):
        while low < stop - 1 and not budgets.hold(low, stop):
            low += 1
        costs.end_at(stop, low)
    cuts = [count]
    while cuts[-1]:
        cuts.append(costs.best[cuts[-1]][2])
    return cuts[::-1]


class Costs:
    """`best` holds for each end the number of chunks before it, what they cost, and where the last of them begins."""

    def __init__(self, budgets: Budgets, prices: Sequence[float]) -> None:
        self.best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
        self._chars = [size / budgets.max_chars for size in budgets.chars]
        self._figures = [size / budgets.max_figures for size in budgets.figures]
        self._prices = prices
        self._least: list[float] = []  # of each block of cuts: what stands before it and the price, at the least

    def of(self, first: int, stop: int) -> float:
        size = max(self._chars[stop] - self._chars[first], self._figures[stop] - self._figures[first])
        return self.best[first][1] + (size**2 + self._prices[first])

    def end_at(self, stop: int, low: int) -> None:
        """Of the cuts from `low` on with the fewest chunks before them (the first has), the first that costs least."""
        best, prices = self.best, self._prices
        if stop % BLOCK == 0:
            self._least.append(min(best[first][1] + prices[first] for first in range(stop - BLOCK, stop)))
        fewest = best[low][0]
        likely = min(max(best[-1][2] + 1, low), stop - 1)
        # a cut near the one before is seldom far from the best: a block that costs more needs no look
        most = self.of(likely, stop) if best[likely][0] == fewest else inf
        least_cost, chosen, first = inf, low, low
        while first < stop and best[first][0] == fewest:
            behind = first + BLOCK
            if first % BLOCK == 0 and behind <= stop and self._in_block(first, stop) * ROUNDING > most:
                first = behind
                continue
            cost = self.of(first, stop)
            if cost < least_cost:
                least_cost, chosen = cost, first
            first += 1
        best.append((fewest + 1, least_cost, chosen))

    def _in_block(self, first: int, stop: int) -> float:
        """No cut of the block costs less."""
        last = first + BLOCK - 1
        size = max(self._chars[stop] - self._chars[last], self._figures[stop] - self._figures[last])
        return float(size**2 + self._least[first // BLOCK])


def price(before: Sentence, sentence: Sentence) -> float:
    """Of a cut in front of a sentence: nothing where a segment or a section of the first level opens."""
    if sentence.segment != before.segment or sentence.heading[:1] != before.heading[:1]:
        return 0.0
    if sentence.line == before.line:
        return WITHIN_PARAGRAPH
    return WITHIN_SECTION / 2 if sentence.heading != before.heading else WITHIN_SECTION


def make_chunk(number: int, run: Sequence[Sentence], inside: dict[int, list[int]]) -> Chunk:
    hits = tuple(index for sentence in run for index in inside.get(sentence.number, ()))
    return Chunk(f"c{number + 1}", tuple(run), hits)
