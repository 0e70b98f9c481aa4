"""What a model leaves out and the text says: the time of a target, the one commitment of a table's row."""

from typing import Any

from extractor.analysis import Analysis, analyse, label
from extractor.assemble import assemble
from extractor.engines import Drafted
from extractor.engines.periods import with_periods
from extractor.outline.chunks import cut_chunks
from schemas.draft import ChunkDraft
from schemas.vocabulary import Origin

PLAN = "青岭市2024年空气质量改善行动方案\n一、主要任务\n新建公共充电桩1600个以上。7月底前淘汰锅炉12台。\n"
TABLE = (
    "青岭区2023年民生实事安排\n序号 | 实事名称 | 安排 | 责任单位\n"
    "1 | 新开办助餐点8家 | 4月底前开办2家;10月底前开办8家 | 区民政局\n2 | 新增车位300个 | 9月底前建成 | 区住建局\n"
)


def drafted(analysis: Analysis, origin: Origin = "llm", **fields: Any) -> Drafted:
    [chunk] = cut_chunks(analysis.outline, analysis.hits)
    return Drafted(chunk, ChunkDraft.model_validate(fields), origin)


def tags(analysis: Analysis) -> dict[str, str]:
    return {hit.text: label(index, hit) for index, hit in reversed([*enumerate(analysis.hits)])}


def metric(tag: str, value: int, **more: Any) -> dict[str, Any]:
    return {
        "figure": tag, "name": "某数", "value": value, "unit": "个", "comparator": "=", "measure": "level", "status": "target",
    } | more  # fmt: skip


def periods(analysis: Analysis, *metrics: dict[str, Any], origin: Origin = "llm") -> list[str | None]:
    [item] = with_periods(analysis, [drafted(analysis, origin, metrics=metrics)])
    return [found.period for found in item.draft.metrics]


def test_a_target_without_a_time_takes_that_of_its_limit_or_its_title() -> None:
    analysis = analyse(PLAN)
    tag = tags(analysis)

    assert periods(analysis, metric(tag["1600个"], 1600), metric(tag["12台"], 12)) == [
        "2024-01-01/2024-12-31",
        "2024-07-31/2024-07-31",
    ]


def test_a_time_that_the_model_gave_stands_and_a_result_without_one_stays_so() -> None:
    analysis = analyse(PLAN)
    tag = tags(analysis)

    assert periods(
        analysis,
        metric(tag["1600个"], 1600, period="2025-01-01/2025-12-31"),
        metric(tag["12台"], 12, status="actual"),
    ) == ["2025-01-01/2025-12-31", None]


def test_what_the_rules_said_is_not_asked_again() -> None:
    analysis = analyse(PLAN)

    assert periods(analysis, metric(tags(analysis)["12台"], 12), origin="rules") == [None]


def test_the_steps_of_a_row_are_no_goals_of_their_own() -> None:
    analysis = analyse(TABLE)
    tag = tags(analysis)
    places = {
        words: next(c.number for c in analysis.outline.clauses if words in analysis.view.text[c.start : c.end])
        for words in ("8家", "2家", "300个")
    }
    goals = [
        {"statement": f"目标{words}", "category": "livelihood", "clauses": [place], "metrics": [tag[words]]}
        for words, place in places.items()
    ]
    metrics = [metric(tag["8家"], 8), metric(tag["2家"], 2), metric(tag["300个"], 300)]

    records = assemble(analysis, [drafted(analysis, metrics=metrics, goals=goals)])

    assert [goal.statement for goal in records.goals] == ["目标8家", "目标300个"]
    assert [len(goal.metrics) for goal in records.goals] == [2, 1]
