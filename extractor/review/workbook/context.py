"""The sentence around a place in the text, with the place marked."""

import re

MOST = 160  # characters on either side
END = re.compile("[。\uff01!\uff1f?\uff1b;\n\r]")
OPEN, CLOSE = "【", "】"


def context(raw: str, start: int, end: int) -> str:
    """«…新增【15家】…»: from the end of the sentence before to the end of this one, on one line."""
    low, high = max(0, start - MOST), min(len(raw), end + MOST)
    before = [found.end() for found in END.finditer(raw, low, start)]
    behind = END.search(raw, end, high)
    left = raw[before[-1] if before else low : start]
    right = raw[end : behind.end() if behind else high]
    left = left if before or low == 0 else f"…{left}"
    right = right if behind or high == len(raw) else f"{right}…"
    return " ".join(f"{left}{OPEN}{raw[start:end]}{CLOSE}{right}".split())
