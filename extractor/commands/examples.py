"""The worked examples that a store holds: what its reviewers decided."""

from extractor.commands.talk import say
from extractor.review.desk import Desk
from extractor.store import Store, open_store
from extractor.store.opening import is_there
from extractor.teaching.learning import all_lessons
from extractor.teaching.nearness import Lessons


def stored_lessons(where: str | Store) -> Lessons | None:
    """`None` where there is nothing to learn from. A store that is not there is not made."""
    if isinstance(where, Store):
        return lessons_in(where)
    if not is_there(where):
        return None
    with open_store(where, create=False) as store:
        return lessons_in(store)


def lessons_in(store: Store) -> Lessons | None:
    lessons = Lessons(all_lessons(Desk(store).taught()))
    if not lessons:
        return None
    say(f"examples: {len(lessons):,} lessons of {lessons.documents:,} reviewed documents (--no-examples: none)")
    return lessons
