"""Time and memory for texts of one shape, each twice as long as the one before: both must grow as the text does.

Run it with `--most 1600000` for all sizes, `--shapes prose,table` for some shapes.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

LEAST = 100_000
LIMIT = 300  # seconds for one text

PROSE = (
    "一、主要目标。今年全市地区生产总值增长5.5%左右,规模以上工业增加值增长7%以上,固定资产投资完成1200亿元,其中工业投资增长10%。\n"
    "推进城东污水处理厂二期工程,总投资3.2亿元,日处理能力5万吨,年底前建成投用。完成老旧小区改造120个,惠及居民3.5万户。\n"
    "2023年,社会消费品零售总额达到860.5亿元,同比增长6.1%;城镇新增就业4.5万人,城镇调查失业率控制在5.5%以内。(市发展改革委牵头,各县区负责)\n"
)
ROW = "{}|重点企业{}|{}.5|{}%|2025年{}月底前\n"


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def table(size: int) -> str:
    rows = ["序号|企业|产值(万元)|增速|完成时限\n"]
    length = 0
    while length < size:
        number = len(rows)
        rows.append(ROW.format(number, number, number % 9000 + 100, number % 30, number % 12 + 1))
        length += len(rows[-1])
    return "".join(rows)


def projects(size: int) -> str:
    """Projects without end in one sentence."""
    parts, length = ["今年开工建设"], 0
    while length < size:
        parts.append(f"城{len(parts)}路改造工程(总投资{len(parts) % 90 + 1}亿元)、")
        length += len(parts[-1])
    return "".join(parts)


def distinct(size: int) -> str:
    """Prose whose names and figures are all different."""
    parts, length, number = [], 0, 0
    while length < size:
        number += 1
        parts.append(
            f"第{number}镇今年新增就业{number * 7 % 9973 + 1}人,完成投资{number * 13 % 997}.{number % 10}亿元,同比增长{number % 19 + 1}.{number % 10}%;"
            f"推进第{number}号产业园项目,总投资{number % 77 + 1}亿元,{number % 12 + 1}月底前开工。\n"
        )
        length += len(parts[-1])
    return "".join(parts)


SHAPES: dict[str, Callable[[int], str]] = {
    "prose": repeated(PROSE),
    "distinct": distinct,
    "one clause": repeated("增长5%"),
    "one clause with commas": repeated("地区生产总值增长5%,"),
    "no punctuation": repeated("推进经济高质量发展全市完成投资120亿元同比增长8"),
    "no figures": repeated("推进经济高质量发展"),
    "table": table,
    "projects": projects,
    "open quotes": repeated("打造“升级版全市投资增长5%,"),
    "open brackets": repeated("全市投资(亿元增长5%,"),
    "only brackets": repeated("("),
    "only quotes": repeated("“"),
    "only digits": repeated("1234567890"),
    "only numerals": repeated("一二三四五六七八九十百千万亿"),
    "heading": repeated("一、总体要求\n"),
    "same figure": repeated("全市完成投资120亿元。\n"),
    "captions": repeated("单位:万元\n合计 51\n"),
    "captions in a line": repeated("单位:万元 5 "),
    "years": repeated("2024年、2025年,"),
    "targets": repeated("力争到2025年,全市生产总值达到500亿元以上,"),
    "short lines": repeated("a\n"),
    "blank lines": lambda size: "\n" * size + PROSE,
    "blanks": lambda size: " " * size + PROSE,
    "carriage returns": repeated("全市完成投资120亿元,同比增长5%。\r"),
    "documents": repeated(
        "关于印发某市2024年工作要点的通知\n某政办发〔2024〕3号\n各县区人民政府:\n今年全市生产总值增长5%。\n某市人民政府\n2024年3月1日\n"
    ),
    "nested": lambda size: "(" * (size // 2) + "全市投资增长5%" + ")" * (size // 2),
    "markdown": repeated("> " * 50 + "**全市投资增长5%**\n"),
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=200_000)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--limit", type=float, default=LIMIT)
    parser.add_argument("--one", nargs=2)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(SHAPES[given.one[0]](int(given.one[1])))))
        return
    print(f"{'shape':20} {'characters':>10} {'seconds':>8} {'s/million':>9} {'peak MB':>8} {'output MB':>9}  growth")
    for shape in given.shapes.split(","):
        told(shape, given.most, given.limit)


def told(shape: str, most: int, limit: float) -> None:
    size, before = LEAST, 0.0
    while size <= most:
        command = [sys.executable, __file__, "--one", shape, str(size)]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
        except subprocess.TimeoutExpired:
            print(f"{shape:20} {size:10,} {'> ' + str(limit):>8}", flush=True)
            return
        if run.returncode:
            print(f"{shape:20} {size:10,} {(run.stderr.strip() or 'killed').splitlines()[-1][:100]}", flush=True)
            return
        found = json.loads(run.stdout)
        growth = f"x{found['seconds'] / before:.1f}" if before else ""
        print(
            f"{shape:20} {found['characters']:10,} {found['seconds']:8.2f} {found['seconds'] / found['characters'] * 1e6:9.2f} "
            f"{found['peak']:8.0f} {found['output']:9.1f}  {growth}",
            flush=True,
        )
        size, before = size * 2, found["seconds"]


def measured(text: str) -> dict[str, float]:
    from extractor.reading import read_named
    from extractor.runs.making import make_by_rules
    from extractor.runs.outcomes import Wanted

    make_by_rules(
        read_named("a.txt", "今年生产总值增长5%。".encode()), Wanted(line=True, page=False)
    )  # tables are read
    data = text.encode()
    started = time.perf_counter()
    source = read_named("a.txt", data, max_chars=10_000_000)
    made = make_by_rules(source, Wanted(line=True, page=False))
    seconds = time.perf_counter() - started
    assert made.line is not None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"characters": len(source.raw), "seconds": seconds, "peak": peak, "output": len(made.line) / 2**20}


if __name__ == "__main__":
    main()
