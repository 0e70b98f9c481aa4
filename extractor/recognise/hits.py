"""What the recogniser finds: a figure or a time expression, parsed, with its place in the raw and in the clean text."""

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.values import value
from schemas.vocabulary import Comparator, FigureKind, Precision, Role

if TYPE_CHECKING:
    from extractor.recognise.times import TimeExpression


@value
class Interval:
    """A resolved time, both ends included, `YYYY-MM-DD`; `None` is open or unknown.

    A day that no calendar has (2024-02-30) and a stretch that ends before it starts have no ends, and `impossible` is set.
    """

    start: str | None
    end: str | None
    precision: Precision
    impossible: bool = False


@value
class BaseValue:
    """A value in base units (`output.md`: CNY, %, pp, x, m2, m, kg, W, Wh, m3, else the counting unit)."""

    value: Decimal | None
    value_max: Decimal | None
    unit: str


@value
class Hit:
    """One figure or time expression.

    `start`/`end` hold the number with its unit («10亿元», «第9位», «8000多家»), or the time without limit words («10月底»);
    `outer_start`/`outer_end` also hold comparator or limit words («过10亿元», «10个以上», «10月底前», «“十五”期间»).
    Both pairs are raw offsets; the `clean_*` pairs are the same places in the view's clean text.
    `role` is set where the recogniser alone can tell (time, identifier, ordinal, slogan, context) and `None` for a figure
    that an engine has to explain; `why` gives the reason of that role. `period` holds the days of a `time` once it was hung on a reference (`find_figures`).
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    clean_start: int
    clean_end: int
    clean_outer_start: int
    clean_outer_end: int
    text: str
    kind: FigureKind
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    base: BaseValue | None
    comparator: Comparator
    role: Role | None
    time: "TimeExpression | None" = None
    period: Interval | None = None
    why: str | None = None
