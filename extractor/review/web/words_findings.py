"""The sentences of findings in Chinese: the checks make them in English, which the JSON keeps, and the pages show these."""

import re
from collections.abc import Callable, Mapping

from extractor.review.web.words import WORDS

# one sentence before another that it would fit as well
SENTENCES: tuple[tuple[str, str], ...] = (
    # records in the text
    ("The quote «{quote}» does not stand in the text at {start}-{end}.", "原文 {start}-{end} 处没有引文«{quote}»。"),
    (
        "No figure or date was recognised where the record puts «{quote}».",
        "记录所指的«{quote}»处未识别出数字或日期。",
    ),
    (
        "The record says «{comparator}», but «{words}» reads as «{read}».",
        "记录的限定为«{comparator}»,而«{words}»应读作«{read}»。",
    ),
    ("The record says {value}, but the text says «{figure}».", "记录为 {value},而原文为«{figure}»。"),
    (
        "The record calls «{figure}» a target, but the words around it report a result: «{clause}».",
        "记录把«{figure}»记为目标,而前后文说的是结果:«{clause}»。",
    ),
    (
        "The record calls «{figure}» a result, but the words around it set a target: «{clause}».",
        "记录把«{figure}»记为实绩,而前后文说的是目标:«{clause}»。",
    ),
    ("{count} records stand on one figure, «{figure}».", "有 {count} 条记录用了同一处数字«{figure}»。"),
    ("No record uses «{figure}» and no rule explains it.", "没有记录使用数字«{figure}»,也没有规则可以解释它。"),
    ("The text ends behind «{figure}», before its unit.", "原文在«{figure}»之后中断,缺少单位。"),
    # times
    ("«{time}» is no time that exists.", "«{time}»这一时间不存在。"),
    (
        "The record's time for «{quote}» is {day}, which does not exist.",
        "«{quote}»的时间记为 {day},这一天不存在。",
    ),
    (
        "The record's time for «{quote}» ends on {end}, before it starts on {start}.",
        "«{quote}»的时间记为 {start} 起、{end} 止,止早于起。",
    ),
    (
        "A target is set for {end}, before the document's date of {published}.",
        "目标的期限为 {end},早于文件日期 {published}。",
    ),
    (
        "{count} targets end before the document's date of {published}, the first on {end}.",
        "有 {count} 项目标的期限早于文件日期 {published},最早的为 {end}。",
    ),
    (
        "A result is dated {start}, after the document's date of {published}.",
        "结果的时间为 {start},晚于文件日期 {published}。",
    ),
    (
        "{count} results are dated after the document's date of {published}, the first on {start}.",
        "有 {count} 项结果的时间晚于文件日期 {published},最早的为 {start}。",
    ),
    ("Nothing in the document tells the year of {values}.", "文件中没有可以确定{values}年份的内容。"),
    (
        "«{words}» is set as a limit, but the document was published on {published}.",
        "原文以«{words}»为时限,而文件于 {published} 发布。",
    ),
    (
        "The record's period ends on {end}, but its evidence names {year}年.",
        "记录的时期止于 {end},而所据原文写的是 {year}年。",
    ),
    (
        "The record's deadline ends on {end}, which «{words}» does not say.",
        "记录的时限止于 {end},与«{words}»不符。",
    ),
    # the page around the document
    ("Left out as a part of the page, yet it holds prose.", "作为页面杂项略去,但其中有成段文字。"),
    ("Left out as a part of the page, yet it holds a table.", "作为页面杂项略去,但其中有表格。"),
    ("Left out as a part of the page, yet it holds {figures} figures.", "作为页面杂项略去,但其中有 {figures} 处数字。"),
    (
        "Nothing of this file was read: all of it was taken for the page around it.",
        "这个文件全部被当作页面杂项,正文一字未读。",
    ),
    # sums, shares, contradictions
    (
        "The heading «{name}» counts {stated}, but its list has {items} items.",
        "标题«{name}»写明 {stated} 项,而所列有 {items} 项。",
    ),
    ("The items under «{name}» add up to {added}, not to «{total}».", "«{name}»各项合计 {added},而不是«{total}»。"),
    ("The column «{name}» adds up to {added}, not to «{total}».", "«{name}»一列合计 {added},而不是«{total}»。"),
    ("The row «{name}» adds up to {added}, not to «{total}».", "«{name}»一行合计 {added},而不是«{total}»。"),
    ("The part «{part}» is larger than its whole, «{whole}».", "分项«{part}»大于总数«{whole}»。"),
    ("The parts {parts} add up to {added}, not to «{whole}».", "各分项 {parts} 合计 {added},而不是«{whole}»。"),
    ("«{share}» of «{whole}» is {expected}, not «{part}».", "«{whole}»的«{share}»应为 {expected},而不是«{part}»。"),
    ("«{name}» has more than one value for one period: {values}.", "«{name}»在同一时期有不止一个数值:{values}。"),
    (
        "The text gives two values for the total investment of {name}: «{one}» and «{other}».",
        "«{name}»的总投资在原文中有两个数值:«{one}»和«{other}»。",
    ),
    (
        "The text gives two values for {name}: «{one}» and «{other}».",
        "«{name}»在原文中有两个数值:«{one}»和«{other}»。",
    ),
    (
        "«{figure}» is thousands of times the sums beside it: its unit may be wrong.",
        "«{figure}»是前后各金额的数千倍,单位可能有误。",
    ),
    # the text itself
    (
        "A figure is missing where the text says «{words}» (before {unit}).",
        "原文«{words}»处缺数字(在«{unit}»之前)。",
    ),
    (
        "The source has lost 年, or the digits of a year, in {count} places, first in «{words}».",
        "原文有 {count} 处脱落“年”字或年份数字,第一处在«{words}»。",
    ),
    ("The source has damaged characters here: «{words}».", "原文此处文字损坏:«{words}»。"),
    (
        "Bytes that are not {words} were mended in {count} places; the first is byte {number} (0x{rest}).",
        "文件有 {count} 处字节不属于 {words} 编码,已作修补,第一处在第 {number} 字节(0x{rest})。",
    ),
    ("{count} more findings of this kind.", "此类问题另有 {count} 条。"),
    (
        "This text gives instructions to a language model; no record was made from it.",
        "这段文字是对语言模型下的指令,没有据此生成记录。",
    ),
    # what an engine named in vain
    ("metric {named} names a figure that the text does not hold: {tag}", "指标«{named}»所指的数字原文中没有:«{tag}»"),
    (
        "project {project} names a figure that the text does not hold: {tag}",
        "项目 {project} 所指的数字原文中没有:«{tag}»",
    ),
    ("goal {named} names no clause of the text", "目标«{named}»没有指明原文的语句"),
    ("project {named} names no clause of the text", "项目«{named}»没有指明原文的语句"),
    ("a deadline names a time that the text does not hold: {tag}", "时限所指的时间原文中没有:«{tag}»"),
    ("{record} names a time that the text does not hold: {tag}", "记录 {record} 所指的时间原文中没有:«{tag}»"),
    ("{record} names an actor that the text does not hold: {tag}", "记录 {record} 所写的主体原文中没有:«{tag}»"),
    ("{record} names an organ that the text does not hold: {tag}", "记录 {record} 所写的负责机关原文中没有:«{tag}»"),
    ("a deadline names an organ that the text does not hold: {tag}", "时限所写的负责机关原文中没有:«{tag}»"),
    # a new run against what reviewers decided
    ("A reviewer rejected this record; the new run gives it again.", "这条记录已被否决,而新结果又给出了它。"),
    ("A reviewer {review} this record; the new run does not give it.", "这条记录{review},而新结果没有给出它。"),
    (
        "A reviewer {review} this record; the new run says otherwise ({fields}).",
        "这条记录{review},而新结果有所不同({fields})。",
    ),
)
HOLE = re.compile(r"\{(\w+)\}")
SHAPES = {"count": r"\d+", "record": r"[a-z]\d+"}  # a sentence that begins with a hole is soon known to be another
FIELDS = "|".join(re.escape(key.removeprefix("field.")) for key in WORDS if key.startswith("field."))
FIELD = re.compile(rf"(?:^|; )({FIELDS}): ")
CHANGE = re.compile(r"(«.*?»|.*?), not (.*)", re.DOTALL)
REVIEWED = {
    "accepted": "已由核对人认可",
    "corrected": "已由核对人修改",
    "rejected": "已由核对人否决",
    "added": "由核对人新增",
}


def in_chinese(message: str) -> str:
    """A finding's sentence in Chinese; one that no check of ours makes stands as it is."""
    for pattern, chinese in PATTERNS:
        if found := pattern.fullmatch(message):
            parts = {hole: PARTS.get(hole, str)(words) for hole, words in found.groupdict().items()}
            return chinese.format_map(parts)
    return message


def told_in(language: str) -> Callable[[str], str]:
    """`said(message)` in templates."""
    return in_chinese if language == "zh" else str


def pattern_of(english: str) -> re.Pattern[str]:
    """A hole ends for good where the words behind it first stand: matching is linear, whatever a text was made to hold.

    The last one reaches as far as it can: what is quoted may hold the end of its sentence too.
    """
    first, *rest = HOLE.split(english)
    holes = list(zip(rest[::2], map(re.escape, rest[1::2]), strict=True))
    pieces = [f"(?>(?P<{hole}>{SHAPES.get(hole, '.*?')}){behind})" for hole, behind in holes[:-1]]
    pieces += [f"(?P<{hole}>.*){behind}" for hole, behind in holes[-1:]]
    return re.compile(re.escape(first) + "".join(pieces), re.DOTALL)


def unquoted(words: str) -> str:
    """What an engine wrote stands between quotation marks of Python."""
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] in "'\"" else words


def listed(values: str) -> str:
    return values.replace("» and «", "»、«")


def changes(fields: str) -> str:
    """«unit: «亿元», not «万元»; value_max: nothing, not 5»."""
    first, *rest = FIELD.split(fields)
    told = (change(field, values) for field, values in zip(rest[::2], rest[1::2], strict=True))
    return first + ";".join(told)


def change(field: str, values: str) -> str:
    label = WORDS[f"field.{field}"][1]
    found = CHANGE.fullmatch(values)
    if found is None:
        return f"{label}:{values}"
    ours, new = (value(field, words) for words in found.groups())
    return f"{label}:核对为 {ours},新结果为 {new}"


def value(field: str, words: str) -> str:
    if words == "nothing":
        return "空"
    choice = WORDS.get(f"{field}.{words[1:-1]}") if words.startswith("«") else None
    return f"«{choice[1]}»" if choice else words


PARTS: Mapping[str, Callable[[str], str]] = {
    "named": unquoted,
    "tag": unquoted,
    "values": listed,
    "fields": changes,
    "review": lambda review: REVIEWED.get(review, review),
}
PATTERNS = tuple((pattern_of(english), chinese) for english, chinese in SENTENCES)
