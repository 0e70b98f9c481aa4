"""From a reviewed document to its lessons."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.analysis import analyse
from extractor.engines.judging import problems, unanswered
from extractor.engines.rendering import render
from extractor.outline.instructions import instruction_spans
from extractor.review.desk import Taught
from extractor.teaching.answers import Answer
from extractor.teaching.excerpt import Excerpt, excerpt_of
from extractor.teaching.ground import Ground
from extractor.teaching.lesson import Lesson, Numbers
from extractor.teaching.passages import Passage, passages
from extractor.teaching.roles import open_roles
from schemas.document import Extraction
from schemas.draft import ChunkDraft


class Exercise(NamedTuple):
    """An excerpt and the draft that is right for it."""

    passage: Passage
    excerpt: Excerpt
    draft: ChunkDraft

    @property
    def is_sound(self) -> bool:
        """What we would send back to a model, or what leaves a figure open, is not shown to one as an example."""
        analysis, chunk = self.excerpt.analysis, self.excerpt.chunk
        return not problems(analysis, chunk, self.draft) and not unanswered(analysis, chunk, self.draft)


def all_lessons(taught: Iterable[Taught]) -> Iterator[Lesson]:
    for one in taught:
        yield from lessons_of(one.document, one.raw, one.extraction)


def lessons_of(document_id: str, raw: str, extraction: Extraction) -> tuple[Lesson, ...]:
    """Nothing that speaks to a model becomes a lesson, in its text, its title or its answer."""
    found = (exercise for exercise in exercises(raw, extraction) if exercise.is_sound)
    lessons = (lesson_of(document_id, exercise) for exercise in found)
    return tuple(lesson for lesson in lessons if not any(instruction_spans(words_of(lesson))))


def lesson_of(document_id: str, exercise: Exercise) -> Lesson:
    analysis, chunk = exercise.excerpt.analysis, exercise.excerpt.chunk
    return Lesson(
        document_id,
        render(analysis, chunk),
        exercise.draft,
        "\n".join(analysis.view.text[sentence.start : sentence.end] for sentence in chunk.sentences),
        Numbers(len(analysis.hits), len(analysis.outline.clauses), 1),
        exercise.passage.touched,
    )


def words_of(lesson: Lesson) -> str:
    return "\n".join((lesson.text.partition("\n")[0].lstrip("# "), lesson.plain, lesson.answer.model_dump_json()))


def exercises(raw: str, extraction: Extraction) -> Iterator[Exercise]:
    ground = Ground(analyse(raw), extraction)
    segments = {segment.id: segment for segment in extraction.document.segments}
    for passage in passages(ground):
        if beside_instructions(ground, passage):
            continue
        names = dict.fromkeys(name for number in passage.sentences for name in ground.standing.get(number, ()))
        roles = open_roles(ground, passage.sentences, names)
        unsaid = [index for index, role in roles.items() if role is None]
        segment = segments.get(passage.segment)
        excerpt = excerpt_of(ground.analysis, passage, segment, unsaid)
        told = {excerpt.tags[index]: role for index, role in roles.items() if role is not None}
        yield Exercise(passage, excerpt, Answer(ground, excerpt, segment).draft(names, told))


def beside_instructions(ground: Ground, passage: Passage) -> bool:
    """A line that was cleared of words to a model is no example, whatever is left of it."""
    text, outline = ground.analysis.view.text, ground.analysis.outline
    for number in passage.sentences:
        sentence = outline.sentences[number]
        start = text.rfind("\n", 0, sentence.start) + 1
        end = text.find("\n", sentence.end)
        stop = len(text) if end < 0 else end
        if any(left < stop and start < right for left, right in outline.instructions):
            return True
    return False
