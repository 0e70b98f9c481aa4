"""Which words name a figure. Each rule knows one way of writing; the first that applies has the word."""

import re
from collections.abc import Callable

from extractor.engines.offline.names import RATE, SPEED, Reading, counted, tidy
from extractor.engines.offline.roles import NOT_A_NOUN, NOUN
from extractor.engines.offline.scene import FigureScene, Scene, State
from extractor.values import value

STOP = re.compile(
    r"完成|实现|达到|投资|年度|总投资|全部|展开|开展|参加|参与|获评|获得|获|列入|纳入|入选|签约|开工|落地|投产|复工|位居|居|占|该(?=开工|竣工|投产|建)|[没未](?=开工|竣工|投产|建)|提供|交付|,|;|。|等"
)
# what a figure says of the things counted just before it: «新开工项目6项,总投资32.8亿元»
ATTRIBUTE = re.compile(
    r"(?:(?:计划|协议|合同)?总?投资额?|(?:实际)?(?:完成)?投资|合同金额|年度(?:计划)?(?:完成)?投资|投产率|开工率|竣工率|达产率|占地面积|用地面积)$"
)
PLACES = re.compile(r"(?:居|位居|列|位列|排|在)?(?:在)?(?:全国|全省|全市|全区|全县)?(?:\d+个[一-鿿]{1,3}中?)?$")
CONTEST = re.compile(r"在(.{3,24}(?:评价|考核|考评|评估|评比|比拼|评选|竞赛|赛马|排名|测评))中,?$")
SHARED = re.compile(r"的([一-鿿]{2,14})")
TAKES = re.compile(r"^以?占")
TASK = re.compile(r"(?:完成|占|是|为|达)?([一-鿿]{1,6}(?:任务|计划))$")
BASELINE = re.compile(r"[较比](?:20\d\d年|上年|去年).*$")
ONLY_VERBS = re.compile(
    r"签下来?|签订|签约|招引|攻坚|引进|培育|建成|创建|淘汰|新建|盘活|受理|举办|高效推进|推进|谋划|新增|引入|实施|建设|打造|完成|改造|淘汰剩余|剩余|发放|帮扶|聚集|拥有|对"
)


@value
class Words:
    """A figure with the words before it taken apart; `rest` is what is left of them."""

    figure: FigureScene
    reading: Reading
    rest: str
    state: State

    @property
    def carried(self) -> str:
        return self.state.carried or ""


Rule = Callable[[Words], str | None]


def share_of_what_follows(words: Words) -> str | None:
    """«厦门近43%的工业总产值»: the thing shared stands behind."""
    if words.figure.hit.unit not in ("%", "‰") or words.reading.growth:
        return None
    match = SHARED.match(words.figure.after)
    return f"{match.group(1)}占{TAKES.sub('', words.rest) or '全部'}的比重" if match else None


def rank_of_what_was_named(words: Words) -> str | None:
    """«优良天数比率76.4%,在全省16个市中居第11位»; «在全省综合评价中,由第9位升至第6位»."""
    if words.figure.hit.kind != "rank" or len(PLACES.sub("", words.rest)) >= 3:
        return None
    figure = words.figure
    number = figure.clause.number - 1
    if number >= figure.scene.sentence.clauses.start:
        contest = CONTEST.match(figure.scene.words(figure.scene.analysis.outline.clauses[number]))
        if contest:
            return contest.group(1)
    return words.carried or None


def rest_of_what_was_named(words: Words) -> str | None:
    return words.carried or None if words.rest.endswith("剩余") else None


def completion(words: Words) -> str | None:
    match = TASK.match(words.rest)
    return f"{words.carried}{match.group(1)}完成率" if match and words.carried else None


def share_of_what_was_named(words: Words) -> str | None:
    """«国家级高企900多家,占全市近五成», «其中数字经济占85%»."""
    if not words.carried:
        return None
    if words.rest.startswith("占"):
        return words.carried + words.rest + ("" if RATE.search(words.rest) else "的比重")
    return f"{words.rest}{words.carried}的比重" if words.rest.endswith("占") else None


def noun_that_follows(words: Words) -> str | None:
    """«99个重点项目年度计划投资…», «实现87户企业帮扶»: the count stands before its noun."""
    if words.figure.hit.kind != "count":
        return None
    noun = noun_behind(words.figure.after)
    verb = is_only_a_verb(words.rest)
    if not noun or not (verb or words.rest.endswith(("等", "与", "对"))):
        return None
    return counted(f"{words.rest if verb and len(words.rest) > 1 else ''}{noun}", words.figure.hit.unit)


def time_limit_of_a_service(words: Words) -> str | None:
    if words.figure.hit.kind != "duration" or not words.rest:
        return None
    return f"{words.rest}办理时限" if words.figure.after.startswith(("办结", "内办结", "完成")) else None


def speed_of_what_was_named(words: Words) -> str | None:
    bare = SPEED.fullmatch(words.rest.replace("年均", ""))
    return words.carried + words.rest if bare and words.carried else None


def attribute_of_what_was_counted(words: Words) -> str | None:
    subject = words.state.counted
    apt = ATTRIBUTE.match(words.rest) and subject and subject[0] == words.figure.clause.group
    return subject[1] + words.rest if apt and subject else None


def noun_before(words: Words) -> str | None:
    if len(words.rest) < 2 or is_only_a_verb(words.rest):
        return None
    return counted(words.rest, words.figure.hit.unit) if words.figure.hit.kind == "count" else words.rest


def same_as_before(words: Words) -> str | None:
    """«2005年达到25%»: nothing names it, so it is still what was spoken of."""
    return None if words.figure.hit.kind == "count" and words.rest else words.carried or None


def clause_before(words: Words) -> str | None:
    """A clause that is only a figure takes its name from the clause before it, if that is short enough to be one."""
    figure = words.figure
    number = figure.clause.number - 1
    if words.rest or number < figure.scene.sentence.clauses.start:
        return None
    name = tidy(figure.scene.words(figure.scene.analysis.outline.clauses[number]), figure.scene.actors)
    return name if 2 <= len(name) <= 20 else None


RULES: tuple[Rule, ...] = (
    share_of_what_follows,
    rank_of_what_was_named,
    rest_of_what_was_named,
    completion,
    share_of_what_was_named,
    noun_that_follows,
    time_limit_of_a_service,
    speed_of_what_was_named,
    attribute_of_what_was_counted,
    noun_before,
    same_as_before,
    clause_before,
)


def name_of(figure: FigureScene, reading: Reading, state: State) -> str:
    words = Words(figure, reading, tidy(reading.rest, figure.scene.actors), state)
    found = next((name for rule in RULES if (name := rule(words)) and name.strip()), None)
    others = (counted(words.rest, figure.hit.unit), words.carried, figure.hit.unit)
    return found or next((name for name in others if name and name.strip()), "数量")


def is_only_a_verb(rest: str) -> bool:
    return len(rest) < 2 or bool(ONLY_VERBS.fullmatch(rest))


def noun_behind(after: str) -> str | None:
    match = NOUN.match(after)
    if not match or NOT_A_NOUN.match(after):
        return None
    noun = STOP.split(match["noun"])[0].strip("“”的 ")
    return noun if 2 <= len(noun) <= 24 else None


def reading_of(figure: FigureScene) -> Reading:
    end = figure.before_end
    return Reading(without_times(figure.scene, end - len(figure.before), end))


def without_times(scene: Scene, start: int, end: int) -> str:
    """The words of a run without its time expressions; baselines («较2020年») and names («年度计划投资») keep theirs."""
    text = scene.text[start:end]
    times = [hit for hit in scene.hits_between(start, end) if hit.role == "time"]
    for hit in reversed(times):
        left, right = max(hit.clean_outer_start, start), min(hit.clean_outer_end, end)
        words = scene.text[left:right]
        compared = left > start and scene.text[left - 1] in "较比于"
        if compared or words in ("每年", "年均") or (words in ("年度", "年") and right < end):
            continue
        text = text[: left - start] + text[right - start :]
    return text


def distributed(figure: FigureScene, state: State) -> tuple[str, Reading] | None:
    """«分别完成任务的170%、170%和180%»: each figure belongs to the subject in the same place of the list before it."""
    scene, clause = figure.scene, figure.clause
    start = scene.text.rfind("分别", clause.start, figure.hit.clean_start)
    if start < 0:
        return None
    hits = [hit for index in figure.figures if (hit := scene.analysis.hits[index]).clean_start > start]
    order = hits.index(figure.hit)
    head = tidy(BASELINE.sub("", scene.text[clause.start : start]), scene.actors)
    subjects = re.split(r"[、和与]", head)
    if len(subjects) != len(hits) or not all(subjects):
        first = len(state.names) - order - len(hits)
        subjects = state.names[first : first + len(hits)] if first >= 0 else []
    if len(subjects) != len(hits):
        return None
    reading = Reading(without_times(scene, clause.start, hits[0].clean_outer_start))
    task = re.match(r"完成(.{1,10}?)的?$", scene.text[start + 2 : hits[0].clean_outer_start])
    return f"{subjects[order]}完成{task.group(1)}比例" if task else subjects[order], reading
