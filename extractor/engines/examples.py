"""Worked examples in front of a chunk: what reviewers made of passages like it."""

from collections.abc import Iterator

from extractor.analysis import Analysis
from extractor.outline.chunks import Chunk
from extractor.teaching.lesson import Numbers
from extractor.teaching.nearness import Lessons
from prompts import EXAMPLES, read_prompt

MOST_EXAMPLES = 3
MOST_TOKENS = 1200  # a quarter of the fixed part of a request


def examples_text(analysis: Analysis, chunk: Chunk, lessons: Lessons | None) -> str:
    """Nothing where no lesson of another document is near. A document has no angle brackets: it cannot pass for examples."""
    text = "\n".join(analysis.view.text[sentence.start : sentence.end] for sentence in chunk.sentences)
    near = lessons.nearest(text, document=analysis.document, tokens=MOST_TOKENS, most=MOST_EXAMPLES) if lessons else ()
    if not near:
        return ""
    words = read_prompt(EXAMPLES)
    # behind all numbers of the document: what a model copies from an example names nothing in the text, and is lost
    behind = Numbers(len(analysis.hits), len(analysis.outline.clauses), len(analysis.outline.parts))

    def examples() -> Iterator[str]:
        numbers = behind
        for number, lesson in enumerate(near, 1):
            yield words.part("example").format(number=number, text=lesson.shown(numbers), reply=lesson.reply(numbers))
            numbers = numbers.and_those_of(lesson)

    return "\n\n".join((words.part("open"), *examples(), words.part("close"))) + "\n"
