"""Whose document it is, by the names in it."""

import re
from collections import Counter

from extractor.outline.titles import PLACE_NAME, ZONE, actor_of, shorten, zone_names
from schemas.region import Region

# what a text calls its own zone or place once it has been named: «全区», «示范区», «我县»
BARE_ZONE = re.compile(r"高新区|经开区|开发区|示范区|商务区|新区|园区|街道")
COLLECTIVE = re.compile(r"(?:全|我|本)(?:自治区|省|市|县|区|旗|州|镇|乡|街道|园)")


def actor_of_name(name: str) -> str | None:
    """An organ's place or zone; `None` for what is no name."""
    return actor_of(re.sub(r"\s", "", name)) or None


def first_name(title: str) -> str | None:
    """The place or zone that a title names first."""
    zones = zone_names(title)
    if zones:
        return zones[0]
    match = next(iter(PLACE_NAME.finditer(title)), None)
    return shorten(match.group()) if match else None


def actor_by_body(body: str, issuer: str | None = None) -> str | None:
    """The zone, else the place, that the text names most often; else what it calls its own («全区»)."""
    zones = Counter(zone_names(body))
    if zones:
        return zones.most_common(1)[0][0]
    bare = Counter(BARE_ZONE.findall(body)).most_common(1)
    if bare and bare[0][1] >= 3:
        return str(bare[0][0])
    places = Counter(match.group() for match in PLACE_NAME.finditer(body[:600]))
    return shorten(places.most_common(1)[0][0]) if places else None


def region_of(name: str) -> Region | None:
    return None


assert ZONE
