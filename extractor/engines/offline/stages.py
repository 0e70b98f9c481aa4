"""The stage of a project now, and the stage that a text commits it to."""

import re
from collections.abc import Sequence

from extractor.values import value
from schemas.vocabulary import Stage

# the furthest stage first: of several steps the text commits to the last
STAGES: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (
        re.compile(
            r"投产(?!后)|量产|投用|投入(?:运营|使用|生产)|挂牌(?:运行|运营)|开诊|开学|投运|运营|通车|开门迎客|达产(?!后)|启用|交付使用|并网|送电|点火|开园|具备通[车航]条件"
        ),
        "in-production",
    ),
    (
        re.compile(
            r"试生产|试运行|竣工(?!后)|完工|建成(?!后)|贯通|点亮|通过验收|竣工验收|通水|交付|完成(?=$|[,。]|建设|改造|全部|整体|验收)"
        ),
        "completed",
    ),
    (re.compile(r"开工|动工|破土|落地|进场施工|启动建设"), "starting"),
)
NOW: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (
        re.compile(
            r"已(?:经)?(?:于[^,]{1,8})?(?:投产|量产|投入运营|投用|开诊)|(?<![年月底前])建成并投入|(?:建成投用|建成投产|投入使用)了"
        ),
        "in-production",
    ),
    (
        re.compile(r"提前点亮|(?<!主体)(?<!厂房)(?<!结构)(?<!工程)已(?:经)?(?:于[^,]{1,8})?(?:竣工|完工|建成)|新竣工"),
        "completed",
    ),
    (
        re.compile(
            r"在建|施工中|(?:内部|室内)装修|累计完成工程量|正由[^,]{2,16}建设|续建|加紧建设|正在[^,]{0,8}(?:建设|施工|装修)|已(?:经)?(?:于[^,]{1,8})?开工|已封顶|施工已|推进[^,]*建设|加快[^,]*建设|"
            r"建设现场|施工现场|设备调试|设备进场|正在进场|封了?顶|主体(?:已|全部)?完工|形象进度|(?<!公司)在干|新开工[^。]*分别是"
        ),
        "under-construction",
    ),
    (re.compile(r"已签约|签约|协议[^,]{0,10}签|已签订"), "signed"),
    (re.compile(r"前期|初步设计|可研|核准|批复|谋划|筹建|探索建设|开工|落地"), "planned"),
)
# a part of a project is no stage of it: «主体封顶», «6条生产线安装到位»
PARTIAL = re.compile(r"主体|土建|车间|厂房|部分|%|\d|形象进度|外立面")
DONE_ALREADY = re.compile(r"已(?:经)?(?:于[^,]{0,8})?$")


@value
class Step:
    """What stands behind a time of a project's text (`tag` is its label), or what stands there without a time."""

    tag: str | None
    words: str
    before: str = ""


def stage_now(text: str) -> Stage | None:
    return next((stage for pattern, stage in NOW if pattern.search(text)), None)


def stage_by_heading(heading: str) -> Stage | None:
    """«一、续建项目», «三、前期项目»."""
    if "续建" in heading or "在建" in heading:
        return "under-construction"
    return "planned" if re.search(r"新开工|前期|储备|谋划", heading) else None


def committed(steps: Sequence[Step]) -> tuple[Stage | None, str | None]:
    """The furthest stage that stands right behind a time (or alone), with the time's label; what is done already is none."""
    for pattern, stage in STAGES:
        for step in steps:
            match = pattern.search(step.words)
            if match and match.start() <= 6 and not PARTIAL.search(step.words[: match.end() + 2]):
                if DONE_ALREADY.search(step.before):
                    continue
                return stage, step.tag
    return None, None
