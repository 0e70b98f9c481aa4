"""What one corrected document does for others of its publisher.

`python -m tests.bench.teaching STORE GOLD` makes of every document in a store, by decisions as a reviewer would take them, what
its gold says. Then the same model is asked about other documents of the publisher, once with `--no-examples`, once without.
"""

import json
import sys
from pathlib import Path

from extractor.review.desk import Desk
from extractor.store import open_store
from extractor.store.summaries import Wanted
from tests.correcting import correct


def main() -> None:
    where, folder = sys.argv[1:3]
    with open_store(where, create=False) as store:
        desk = Desk(store)
        desk.refresh()
        for summary in desk.page(Wanted(), most=1000):
            file = Path(folder) / f"{Path(summary.source).stem}.json"
            if file.exists():
                print(file.name, dict(correct(desk, summary.document, json.loads(file.read_bytes()))))


if __name__ == "__main__":
    main()
