"""Which lessons are given to a text: near ones of other documents, within a bound, always the same."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.llm.tokens import approximate
from extractor.teaching.learning import all_lessons
from extractor.teaching.lesson import Lesson
from extractor.teaching.nearness import Lessons
from tests.teaching import every, lesson_document

ROOT = Path(__file__).parents[1]
TEXT = "力争全年新签约亿元以上项目120个。"


@pytest.fixture(scope="module")
def gold() -> list[Lesson]:
    return list(all_lessons(every("corrected")))


@pytest.fixture(scope="module")
def index(gold: list[Lesson]) -> Lessons:
    return Lessons(gold)


def near(lessons: Lessons, text: str = TEXT, document: str = "sha256:0", tokens: int = 5000, most: int = 5) -> tuple[Lesson, ...]:  # fmt: skip
    return lessons.nearest(text, document=document, tokens=tokens, most=most)


def of(plain: str, document: str = "sha256:1", *, touched: bool = True) -> Lesson:
    [lesson] = all_lessons([lesson_document()])
    return replace(lesson, plain=plain, document=document, touched=touched)


def test_a_passage_of_the_same_form_comes_first_whatever_its_figures(gold: list[Lesson]) -> None:
    same = of("力争全年新签约亿元以上项目35.5个。")

    assert near(Lessons([*gold, same]))[0] == same


def test_no_lesson_is_of_the_document_itself(gold: list[Lesson], index: Lessons) -> None:
    for lesson in gold:
        assert lesson.document not in {other.document for other in near(index, lesson.plain, lesson.document)}


def test_a_document_of_many_lessons_does_not_crowd_out_those_of_others(gold: list[Lesson]) -> None:
    own = [of(f"{TEXT}{number}号公告", "sha256:0") for number in range(200)]

    assert near(Lessons([*gold, *own]))


@pytest.mark.parametrize("tokens", [0, 200, 700, 1500])
def test_the_lessons_given_are_bounded_in_tokens_and_in_number(gold: list[Lesson], index: Lessons, tokens: int) -> None:
    for lesson in gold[:100]:
        found = near(index, lesson.plain, lesson.document, tokens, 3)

        assert len(found) <= 3
        assert sum(approximate(other.text) for other in found) <= tokens


def test_nothing_is_near_to_a_text_of_another_kind(index: Lessons) -> None:
    assert near(index, "The quick brown fox jumps over the lazy dog.") == ()
    assert near(index, "床前明月光,疑是地上霜。举头望明月,低头思故乡。") == ()
    assert near(index, "") == ()
    assert near(Lessons(())) == ()


def test_of_two_that_are_as_near_what_a_reviewer_changed_comes_first() -> None:
    accepted, changed = of(f"{TEXT}会议明确了分工。", touched=False), of(f"{TEXT}会议听取了汇报。")

    assert near(Lessons([accepted, changed]))[0] == changed
    assert near(Lessons([changed, accepted]))[0] == changed


def test_a_second_lesson_of_the_same_form_is_left_out() -> None:
    assert (
        len(near(Lessons([of("力争全年新签约亿元以上项目35个。"), of("力争全年新签约亿元以上项目40个。", "sha256:2")])))
        == 1
    )


def test_the_order_in_which_lessons_come_changes_nothing(gold: list[Lesson], index: Lessons) -> None:
    mixed = random.Random(1).sample(gold, len(gold))
    other = Lessons(mixed)

    assert other.digest == index.digest
    assert all(near(other, lesson.plain) == near(index, lesson.plain) for lesson in gold[::10])


def test_another_set_of_lessons_has_another_digest(gold: list[Lesson], index: Lessons) -> None:
    changed = replace(gold[0], answer=gold[0].answer.model_copy(update={"goals": ()}), text="[0]")

    assert len({index.digest, Lessons(gold[1:]).digest, Lessons([changed, *gold[1:]]).digest}) == 3


CHOICES = """
from tests.teaching import every
from extractor.teaching.learning import all_lessons
from extractor.teaching.nearness import Lessons
gold = list(all_lessons(every("corrected")))[:120]
index = Lessons(gold)
texts = ["".join(lesson.plain for lesson in gold[start : start + 6]) for start in range(0, 120, 6)]
for text in texts:
    print(*(lesson.digest.hex()[:8] for lesson in index.nearest(text, document="sha256:0", tokens=9000, most=8)))
"""


def test_every_process_gives_the_same_lessons_in_the_same_order() -> None:
    """A request that differed from one process to the next would be paid for again."""
    said = {
        subprocess.run(
            [sys.executable, "-c", CHOICES],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1
    assert len(said.pop().split()) > 60
