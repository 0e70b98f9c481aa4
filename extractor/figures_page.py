"""One page of HTML that shows a text with its figures and times in colour. No script, nothing from elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from string import Template

from extractor.reading import Source
from extractor.recognise import Hit
from schemas.figure import Figure
from schemas.vocabulary import FigureKind, Role

# kind, its name, its hue: what is alike lies close, what stands side by side in a text lies apart
KINDS: dict[FigureKind, tuple[str, int]] = {
    "money": ("金额", 85),
    "percent": ("百分比", 245),
    "multiple": ("倍数", 265),
    "count": ("数量", 150),
    "rank": ("位次", 330),
    "index": ("指数", 310),
    "area": ("面积", 120),
    "length": ("长度", 110),
    "weight": ("重量", 50),
    "volume": ("体积", 200),
    "energy": ("能量", 35),
    "power": ("功率", 25),
    "capacity": ("容量", 185),
    "time": ("时间", 290),
    "duration": ("时长", 275),
    "identifier": ("编号", 0),  # these two are always dim
    "ordinal": ("序号", 0),
    "other": ("其他", 220),
}
ROLES: dict[Role, str] = {
    "metric": "指标",
    "project": "项目",
    "deadline": "期限",
    "qualifier": "门槛",
    "time": "时间",
    "identifier": "编号",
    "ordinal": "序号",
    "slogan": "口号",
    "context": "背景",
    "repeat": "重复",
    "boilerplate": "页面",
    "unexplained": "未定",
}
NO_FIGURE: tuple[Role, ...] = ("identifier", "ordinal", "slogan", "context", "boilerplate")

PAGE = Template("""\
<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style>
:root { --paper: #fbfaf7; --card: #fff; --ink: #23211d; --soft: #77726a; --line: #e6e2da; --fill: 91% .07; --edge: 62% .13; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16171a; --card: #1d1f23; --ink: #e4e1da; --soft: #938f87; --line: #2e3136; --fill: 36% .075; --edge: 70% .12; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/2 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
header, .text { max-width: 50rem; margin: 0 auto; padding: 0 2rem; }
header { padding-top: 2.6rem; font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { margin: 0; font-size: 1.15rem; line-height: 1.5; overflow-wrap: anywhere; }
.sum { margin: .1rem 0 1rem; color: var(--soft); font-size: .8rem; line-height: 1.7; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem .5rem; margin: 0 0 .9rem; padding: 0; list-style: none; font-size: .8rem; line-height: 1.9; }
.legend li { padding: 0 .6rem; border-radius: 1rem; background: oklch(var(--fill) var(--h)); }
.legend b { margin-left: .35rem; font-weight: 600; font-variant-numeric: tabular-nums; opacity: .65; }
.legend .identifier, .legend .ordinal { background: none; box-shadow: inset 0 0 0 1px var(--line); color: var(--soft); }
.key { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; margin: 0; color: var(--soft); font-size: .8rem; line-height: 2; }
.key :is(.outer, mark:not(.dim)) { color: var(--ink); }
.text { margin: 1.4rem auto 4rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
mark { padding: .1em .12em; border-radius: .22em; color: inherit; cursor: help;
  background: oklch(var(--fill) var(--h)); box-shadow: inset 0 -.11em oklch(var(--edge) var(--h)); }
mark.dim { background: none; box-shadow: inset 0 -1px var(--line); color: var(--soft); }
mark:hover, mark:target { outline: 2px solid oklch(var(--edge) var(--h)); }
.outer { text-decoration: underline dotted var(--soft) 1.5px; text-underline-offset: .38em; }
$hues
@media print { .text { border: 0; padding: 0; } mark { print-color-adjust: exact; } }
</style>
</head>
<body>
$documents</body>
</html>
""")
HUE = Template(".$kind { --h: $hue; }")
DOCUMENT = Template("""\
<header>
<h1>$name</h1>
<p class="sum">$characters 字 · $hits 处数字与时间,其中 $dim 处不是指标数字</p>
<ul class="legend">
$legend</ul>
<p class="key">
<span><mark class="money">10亿元</mark> 数字与单位</span>
<span><span class="outer">超过<mark class="money">10亿元</mark></span> 连同限定词</span>
<span><mark class="dim">第一</mark> 编号、序号、口号、背景、页面</span>
<span>指针停在数字上,可见其读数</span>
</p>
</header>
<article class="text">$text</article>
""")
ENTRY = Template('<li class="$kind">$name<b>$count</b></li>\n')
MARK = Template('<mark id="$id" class="$classes" title="$title">$text</mark>')
OUTER = Template('<span class="outer">$before$mark$behind</span>')


def figures_page(documents: Iterable[tuple[Source, Sequence[Figure], Sequence[Hit]]]) -> str:
    """Give the page that shows each source with the figures of its ledger (`pipeline.ledger`) and the hits that they are made of."""
    parts, names = [], []
    for number, (source, figures, hits) in enumerate(documents, 1):
        names.append(source.name)
        parts.append(document(source, figures, hits, number))
    return PAGE.substitute(title=html(", ".join(names)), hues=hues(), documents="".join(parts))


def document(source: Source, figures: Sequence[Figure], hits: Sequence[Hit], number: int) -> str:
    counts = Counter(figure.kind for figure in figures)
    legend = (
        ENTRY.substitute(kind=kind, name=name, count=counts[kind]) for kind, (name, _) in KINDS.items() if counts[kind]
    )
    return DOCUMENT.substitute(
        name=html(source.name),
        characters=f"{len(source.raw):,}",
        hits=len(figures),
        dim=sum(figure.role in NO_FIGURE for figure in figures),
        legend="".join(legend),
        text="".join(marked(source.raw, figures, hits, f"d{number}-")),
    )


def marked(raw: str, figures: Sequence[Figure], hits: Sequence[Hit], prefix: str) -> Iterator[str]:
    """Give the text with its marks. What an earlier mark holds, a later one cannot take: so the tags always nest."""
    position = 0
    for index, (figure, hit) in enumerate(zip(figures, hits, strict=True)):
        following = hits[index + 1].start if index + 1 < len(hits) else len(raw)
        start = max(hit.start, position)
        end = max(hit.end, start)
        outer_start = min(max(hit.outer_start, position), start)
        outer_end = max(min(hit.outer_end, following), end)
        yield html(raw[position:outer_start])
        mark = MARK.substitute(
            id=prefix + figure.id, classes=classes(figure), title=html(reading(figure)), text=html(raw[start:end])
        )
        if outer_start < start or end < outer_end:
            mark = OUTER.substitute(before=html(raw[outer_start:start]), mark=mark, behind=html(raw[end:outer_end]))
        yield mark
        position = outer_end
    yield html(raw[position:])


def reading(figure: Figure) -> str:
    """Give what the recogniser reads, a line for each thing that it knows."""
    lines = [f"{KINDS[figure.kind][0]} {figure.kind} · {ROLES[figure.role]} {figure.role}"]
    if figure.why:
        lines.append(figure.why)
    if figure.value is not None:
        sign = "" if figure.comparator == "range" else f"{figure.comparator} "
        lines.append(sign + amount(figure.value, figure.value_max, figure.unit))
    base = figure.normalized
    if base and base.value is not None and (base.value, base.unit) != (figure.value, figure.unit):
        lines.append(f"= {amount(base.value, base.value_max, base.unit)}")
    if figure.date_start or figure.date_end:
        lines.append(f"{figure.date_start or '…'} → {figure.date_end or '…'} ({figure.precision})")
    lines.append(f"{figure.id} · {figure.start}–{figure.end}")
    return "\n".join(lines)


def amount(value: Decimal, value_max: Decimal | None, unit: str) -> str:
    upper = f" – {value_max:,f}" if value_max is not None else ""
    return f"{value:,f}{upper} {unit}".rstrip()


def classes(figure: Figure) -> str:
    return f"{figure.kind} dim" if figure.role in NO_FIGURE else figure.kind


def html(text: str) -> str:
    """Escape for text and attributes; a carriage return only outlives the HTML parser as a reference."""
    return escape(text).replace("\r", "&#13;")


def hues() -> str:
    return "\n".join(HUE.substitute(kind=kind, hue=hue) for kind, (_, hue) in KINDS.items())
