"""Text that speaks to a language model instead of to its readers. It is kept out of the outline, so no engine sees it."""

import re
from bisect import bisect_right
from collections.abc import Iterator


def spelled(openings: str, rest: str) -> str:
    """Give each opening its own branch: a pattern of such branches lets `re` jump to the characters that open one."""
    return "|".join(opening + rest for opening in openings.split("|"))


CHINESE = "|".join(
    (
        spelled(
            "忽略|无视|忘记|不要理会|不必理会|抛开|推翻",
            r"[^。\n]{0,16}(?:以上|上述|上面|之前|前面|此前|先前|所有|全部|原有|系统)[^。\n]{0,10}(?:指令|指示|提示|提示词|规则|设定|约束)",
        ),
        spelled("你是|你现在是|你将扮演", r"(?:一个|一名)?[^,。\n]{0,8}(?:AI|助手|语言模型|大模型|提取器|抽取模型)"),
        r"作为(?:一个|一名)?[^,。\n]{0,8}(?:AI|助手|语言模型|大模型|模型),?(?=你|请|必须|应当)",
        spelled(
            "请|只|仅|直接|必须|改为",
            r"(?:输出|返回|回复|回答)[^。\n]{0,12}(?:空列表|空结果|空的|JSON|json|\{|\[|无内容)",
        ),
        spelled(
            "将|把",
            r"(?:所有|全部|每个|一切|各项|上述)[^。,\n]{0,10}(?:目标|指标|数值|数字|记录|金额)[^。,\n]{0,6}(?:改为|改成|设为|置为|记为|替换为|写成|视为)",
        ),
        spelled("不要|无需|不必|不得|禁止", "(?:抽取|提取|识别|输出)(?:以下|以上|上述|任何|本|这|该)"),
        spelled("以下|以上|上述", "内容(?:均)?(?:无需|不必|不要)(?:抽取|提取|识别|处理)"),
        "仅供(?:大模型|语言模型|AI|人工智能|机器|模型)(?:阅读|读取|参考)",
        spelled("以上|上述|上文", r"内容(?:全部|均)?(?:作废|无效)[^。\n]{0,12}(?:重新|改按|按下列|以下列)"),
    )
)
# openings of letters, blanks and apostrophes alone: so they can be looked for among the English words of a text
ENGLISH = (
    (
        "ignore|disregard|forget|override",
        r"\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules?|messages?|codebook|guidelines?|schema)\b",
    ),
    ("you are ", r"(?:now )?(?:an? )?[^.\n]{0,20}(?:assistant|language model|AI\b|extractor)"),
    ("do not|don't|never", r" (?:extract|output|report|return|include)\b"),
    ("output|return|respond with|reply with", " (?:nothing|only|an empty|no )"),
)
MARKS = (
    r"<\|?(?:im_start|im_end|system|endoftext)\|?>|\[/?(?:INST|SYS)\]|#{2,}\s*(?:system|instruction|assistant|系统|指令)"
    r"|(?:^|[\n“\"〔\[(<【])\s*(?:system|assistant|系统(?:提示|消息|指令))\s*】?\s*:"
)
FLAGS = re.IGNORECASE | re.MULTILINE
SPEAKS_TO_A_MODEL = re.compile(
    "|".join((CHINESE, MARKS, *(f"(?:{opening}){rest}" for opening, rest in ENGLISH))), FLAGS
)
# together these say whether the pattern above can match, and each is quick: a text is mostly Chinese
IN_CHINESE, IN_MARKS = re.compile(CHINESE, FLAGS), re.compile(MARKS, FLAGS)
IN_ENGLISH = re.compile("|".join(opening for opening, _ in ENGLISH), FLAGS)
# without these no mark stands in a text, the first ones only before a few letters
MARKED = ("<", "[", "##", "系统提示", "系统消息", "系统指令")
MARK = re.compile(r"<\|?[ise]|\[/?[is]|##|系统提示|系统消息|系统指令", re.IGNORECASE)
IN_MARKED_WORDS = re.compile("system|assistant", FLAGS)
# with the letters beyond A-Z that `re.IGNORECASE` takes for i, s and k
WORDS = re.compile(r"[A-Za-z\u0130\u0131\u017f\u212a][A-Za-z\u0130\u0131\u017f\u212a' ]+")
GOES_ON = re.compile(
    r"输出|返回|改为|改成|记为|设为|置为|不要|无需|不得抽取|必须|JSON|json|metrics|goals|records|output|return|extract|instruction",
    re.IGNORECASE,
)
ELEMENT = re.compile(
    r"<!--.{0,4000}?-->|<(?P<tag>[a-zA-Z]{1,12})\b[^<>]*>[^<]{0,2000}</(?P=tag)>|<\|im_start\|>.{0,4000}?<\|im_end\|>"
    r"|\[INST\].{0,4000}?\[/INST\]",
    re.DOTALL,
)
# an English sentence ends at a point behind which Chinese, a blank or nothing stands
SENTENCE = re.compile(r"(?:[^。!?\n.]|\.(?![\s㐀-鿿]|\Z))*[。!?.]*\n?")


def instruction_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give each run of sentences that speaks to a model, in clean offsets; inside markup, the whole element."""
    if not may_speak(text):
        return
    elements = [match.span() for match in ELEMENT.finditer(text)]
    end = 0
    for match in SPEAKS_TO_A_MODEL.finditer(text):
        if match.start() < end:
            continue
        index = bisect_right(elements, match.start(), key=lambda element: element[0]) - 1
        inside = index >= 0 and match.start() < elements[index][1]
        start, stop = elements[index] if inside else sentences_around(text, match.start(), match.end())
        yield max(start, end), stop
        end = stop


def may_speak(text: str) -> bool:
    words = "\n".join(WORDS.findall(text))
    marked = (any(mark in text for mark in MARKED) and MARK.search(text)) or IN_MARKED_WORDS.search(words)
    return bool(IN_CHINESE.search(text) or IN_ENGLISH.search(words) or (marked and IN_MARKS.search(text)))


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
