"""What a language model says about the lines of a file: which belong to which document or actor."""

from typing import Annotated

from pydantic import Field

from schemas.reply import MayBe, Reply, Words

PublishedText = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class SegmentDraft(Reply):
    """Lines by number, both ends included; `skip` are the lines in between that belong to the web page."""

    first: int
    last: int
    title: MayBe[int] = None
    actor: Words = None
    published: MayBe[PublishedText] = None
    doc_number: Words = None
    skip: tuple[int, ...] = ()


class OutlineDraft(Reply):
    """文件的各段。"""

    segments: tuple[SegmentDraft, ...]
