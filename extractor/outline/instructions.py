"""Text that speaks to a language model instead of to its readers. It is kept out of the outline, so no engine sees it."""

import re
from collections.abc import Iterator

SPEAKS_TO_A_MODEL = re.compile(
    r"(?:忽略|无视|忘记|不要理会|不必理会|抛开|推翻)[^。\n]{0,16}(?:以上|上述|上面|之前|前面|此前|先前|所有|全部|原有|系统)[^。\n]{0,10}(?:指令|指示|提示|提示词|规则|设定|约束)"
    r"|(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|above|prior|all|earlier|system)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?|messages?)"
    r"|(?:你是|你现在是|你将扮演|作为)(?:一个|一名)?[^,。\n]{0,8}(?:AI|人工智能助手|语言模型|大模型|智能助手|提取器|抽取模型)"
    r"|you are (?:now )?(?:an? )?[^.\n]{0,20}(?:assistant|language model|AI\b|extractor)"
    r"|<\|?(?:im_start|im_end|system|endoftext)\|?>|\[/?(?:INST|SYS)\]|#{2,}\s*(?:system|instruction|assistant|系统|指令)"
    r"|(?:^|[\n“\"〔\[(<])\s*(?:system|assistant|系统(?:提示|消息|指令)?)\s*:"
    r"|(?:请|只|仅|直接|必须|改为)(?:输出|返回|回复|回答)[^。\n]{0,12}(?:空列表|空结果|空的|JSON|json|\{|\[|无内容)"
    r"|(?:将|把)(?:所有|全部|每个|一切|各项|上述)[^。,\n]{0,10}(?:目标|指标|数值|数字|记录|金额)[^。,\n]{0,6}(?:改为|改成|设为|置为|记为|替换为|写成|视为)"
    r"|(?:do not|don't|never) (?:extract|output|report|return|include)\b|(?:output|return|respond with|reply with) (?:nothing|only|an empty|no )",
    re.IGNORECASE | re.MULTILINE,
)
GOES_ON = re.compile(
    r"输出|返回|改为|改成|记为|设为|置为|不要|无需|不得抽取|必须|JSON|json|metrics|goals|records|output|return|extract|instruction",
    re.IGNORECASE,
)
ELEMENT = re.compile(r"<!--.*?-->|<(?P<tag>[a-zA-Z]{1,12})\b[^<>]*>[^<]{0,2000}</(?P=tag)>", re.DOTALL)
SENTENCE = re.compile(r"[^。!?\n]*[。!?]*\n?")


def instruction_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give each run of sentences that speaks to a model, in clean offsets; inside markup, the whole element."""
    if not SPEAKS_TO_A_MODEL.search(text):
        return
    elements = [match.span() for match in ELEMENT.finditer(text)]
    end = 0
    for match in SPEAKS_TO_A_MODEL.finditer(text):
        if match.start() < end:
            continue
        around = next(((left, right) for left, right in elements if left <= match.start() < right), None)
        start, end = around or sentences_around(text, match.start(), match.end())
        yield start, end


def sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of a match, and those behind it in its line that go on with it."""
    first = max((text.rfind(mark, 0, start) for mark in "。!?\n"), default=-1) + 1
    stop = behind(text, end)
    while stop < len(text) and text[stop - 1] != "\n":
        following = behind(text, stop)
        if following == stop or not GOES_ON.search(text, stop, following):
            break
        stop = following
    return first, stop


def behind(text: str, place: int) -> int:
    match = SENTENCE.match(text, place)
    return match.end() if match else len(text)
