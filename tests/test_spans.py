"""The index of spans says what stands at, within and before a place."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.text.spans import SpanIndex

Span = tuple[int, int]


def index_of(spans: list[Span]) -> SpanIndex[Span]:
    return SpanIndex(spans, lambda span: span[0], lambda span: span[1])


def test_a_span_holds_its_start_and_not_its_end() -> None:
    index = index_of([(2, 5), (5, 6), (9, 12)])

    assert [index.at(offset) for offset in (1, 2, 4, 5, 6, 8, 9, 12)] == [
        None, (2, 5), (2, 5), (5, 6), None, None, (9, 12), None,
    ]  # fmt: skip


def test_within_counts_what_starts_there_and_touching_what_reaches_there() -> None:
    index = index_of([(2, 5), (5, 6), (9, 12)])

    assert list(index.within(3, 9)) == [1]
    assert list(index.touching(3, 9)) == [0, 1]
    assert list(index.touching(6, 9)) == []
    assert list(index.touching(11, 20)) == [2]


def test_before_is_the_last_that_has_ended() -> None:
    index = index_of([(2, 5), (5, 6), (9, 12)])

    assert [index.before(offset) for offset in (4, 5, 8, 11, 12)] == [None, (2, 5), (5, 6), (5, 6), (9, 12)]


edges = st.lists(st.integers(0, 60), unique=True, max_size=20).map(sorted)


@given(edges, st.integers(0, 60), st.integers(1, 60))
def test_it_says_what_a_look_at_every_span_says(places: list[int], start: int, length: int) -> None:
    spans = [*zip(places[::2], places[1::2], strict=False)]
    index, end = index_of(spans), start + length

    assert index.at(start) == next((span for span in spans if span[0] <= start < span[1]), None)
    assert [spans[number] for number in index.within(start, end)] == [span for span in spans if start <= span[0] < end]
    assert [spans[number] for number in index.touching(start, end)] == [
        span for span in spans if span[0] < end and start < span[1]
    ]
    assert index.before(start) == next((span for span in reversed(spans) if span[1] <= start), None)
