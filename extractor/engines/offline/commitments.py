"""Times to come that bind what a clause says is to happen: «三季度交付使用», «年内还将…», «确保2022年底同步投用»."""

import re

from extractor.engines.offline.attributes import NO_MILESTONE
from extractor.engines.offline.scene import Scene
from extractor.outline import Clause
from extractor.recognise import Hit

COMPARED = re.compile(r"(?:[比较同自从由]|(?<![将拟划定])于)$")
PAST = re.compile(r"已|[^未]了(?!解)|同比|环比|完成率|过去")
INTENDED = r"(?<!现)(?<!即)将|预计|确保|力争|争取|力促|必须|务必|拟(?!定)|有望|努力"
BEFORE = re.compile(rf"(?:{INTENDED})[^,;。《“:]{{0,14}}$")
BEHIND = re.compile(rf"[^,;。]{{0,4}}(?:{INTENDED}|计划(?=[新再动开建实完引启投])|要(?![求素点闻]))")
STEP = re.compile(
    r"[^,;。、]{0,12}(?:开工|动工|竣工|完工|投产|试产|达产|复工|通车|投用|交付|启用|建成|封顶|开园|开业|启动|获批)(?!率|项目|面积|数|[的以])"
)
AIM = re.compile(r"建成|实现|达到|形成|迈上|完成|建立|努力|力争|确保|目标是")
# «年终考核», «全年目标»; «“十五五”时期是…关键时期», «第十五个五年规划»: a name, no limit
NOT_ITS_OWN = re.compile(
    r"目标|考核|各项|的|规划|,?是|具有|基础上|承前启后|[^,;。]{0,16}(?:指导思想|总体要求|关键时期|重要地位|重要时期)"
)
WITHIN = ("年内", "当年", "今年")
SPENT = re.compile(r"(?:计划)?完成投资[约达]?\d")  # «年内完成投资1.8亿元»; but «年度计划投资»
OPENING = ("到", "今后", "未来", "“")


def commits(scene: Scene, index: int) -> bool:
    """A time that lies ahead, in a clause of intention, before a step of a project, or opening a sentence of aims."""
    hit, interval = scene.analysis.hits[index], scene.analysis.interval(index)
    clause = scene.analysis.outline.clause_at(hit.clean_start)
    if clause is None or hit.time is None or hit.time.recurring or interval is None:
        return False
    published = scene.part.published
    if published and interval.end and interval.end < published:
        return False
    words = scene.text[hit.clean_outer_start : hit.clean_outer_end]
    before = scene.text[clause.start : hit.clean_outer_start]
    after = scene.text[hit.clean_outer_end : clause.end]
    if COMPARED.search(before) or PAST.search(scene.words(clause)) or NOT_ITS_OWN.match(after):
        return False
    if NO_MILESTONE.match(after):
        return (words in WITHIN or hit.time.explicit) and scene.mood != "actual" and bool(SPENT.match(after))
    if words.startswith(OPENING):
        return scene.mood != "actual" and opens_aims(scene, hit, clause)
    if hit.kind != "time":
        return False
    if BEFORE.search(before) or BEHIND.match(after) or (not after.strip() and BEHIND.match(following(scene, clause))):
        return True
    return scene.mood != "actual" and words != "当年" and bool(STEP.match(after))


def opens_aims(scene: Scene, hit: Hit, clause: Clause) -> bool:
    """«到2030年,全面建成…», «今后五年,要努力实现…»; not «增加到2015年的27亿元»."""
    if hit.clean_outer_start - clause.start > 2:
        return False
    return bool(AIM.search(scene.text, hit.clean_outer_end, scene.sentence.end))


def following(scene: Scene, clause: Clause) -> str:
    """The words of the next clause of the sentence."""
    number = clause.number + 1
    return scene.words(scene.analysis.outline.clauses[number]) if number in scene.sentence.clauses else ""
