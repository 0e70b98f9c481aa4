"""The contract holds for texts that nobody wrote. `POLICY_TARGETS_FUZZ=10` tries ten times as many."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.pipeline import ledger
from tests.contract import broken_rules
from tests.offline import run, source_of
from tests.texts import texts

TIMES = int(os.environ.get("POLICY_TARGETS_FUZZ", "1"))
SLOW = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=500 * TIMES, **SLOW)
@given(texts)
def test_an_extraction_keeps_the_contract(raw: str) -> None:
    assert broken_rules(raw, run(raw)) == []


@settings(max_examples=500 * TIMES, **SLOW)
@given(texts)
def test_a_ledger_keeps_the_contract(raw: str) -> None:
    assert broken_rules(raw, ledger(source_of(raw))) == []


@settings(max_examples=60 * TIMES, **SLOW)
@given(texts, st.integers(2, 60))
def test_a_text_said_many_times_keeps_the_contract(raw: str, times: int) -> None:
    assert broken_rules(raw * times, run(raw * times)) == []


@pytest.mark.parametrize(
    "raw", ["增长5%" * 400, "力争增长5%," * 400, "今年开工建设" + "城北路工程(总投资3亿元)、" * 300]
)
def test_a_sentence_without_end_keeps_the_contract(raw: str) -> None:
    result = run(raw)

    assert broken_rules(raw, result) == []
    assert len(result.model_dump_json()) < 3000 * len(raw)
