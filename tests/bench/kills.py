"""Fifty kills of real runs: `python tests/bench/kills.py`. Says what was lost and what was paid twice."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests import killing  # noqa: E402 - it is no package of the project

KILLS = int(sys.argv[1]) if sys.argv[1:] else 50
DOCUMENTS = 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(DOCUMENTS):
            text = f"第{number + 1}号\n2024年完成产值{number + 10}亿元,新签约项目{number + 20}个。\n"
            (folder / f"in/{number:03}.txt").write_text(text, "utf8")
        with killing.counting_endpoint(folder, 0.2) as (url, log):
            found = killing.killed_at_random(folder, url, log, KILLS, seed=1, within=1.2)
        files = len(list((folder / "out").glob("*.json")))
        results = killing.results(folder)
        print(f"kills                             {found.kills}")
        print(f"documents, files, results         {DOCUMENTS}, {files}, {sum(number for _, number in results)}")
        print(f"documents with not just one       {sum(number != 1 for _, number in results)}")
        print(f"requests that were needed         {len(found.asked)}")
        print(f"requests that reached the server  {found.asked.total()}")
        print(f"sent though their reply was kept  {len(found.twice)}")
        assert found.kills == KILLS, "the run was done before the last kill: take more documents"


if __name__ == "__main__":
    main()
