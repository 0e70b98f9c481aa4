"""Reads a number with its unit, however it is written."""

import re

from extractor.recognise.arabic_quantities import arabic_quantity
from extractor.recognise.chinese_quantities import chinese_quantity
from extractor.recognise.numerals import ARABIC, CHINESE, LONGEST
from extractor.recognise.quantity import Quantity

NUMBER = re.compile(rf"(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})")


def quantity(text: str, match: re.Match[str]) -> Quantity | None:
    """Read the number that `match` found with the unit behind it."""
    if len(match.group()) > LONGEST:
        return None
    if match["arabic"]:
        return arabic_quantity(text, match)
    return chinese_quantity(text, match)
