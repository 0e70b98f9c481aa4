"""The canonical code of an indicator that plans and reports share. A name that is not on the list has none: no guess is made."""

import re
from functools import cache
from importlib.resources import files

PLACE = re.compile(r"^(?:(?:全|我|本)(?:省|市|县|区|州|盟|旗|镇|域)|辖区|园区|区域|地方(?=税收))")
GROWTH = re.compile(r"(?:年均|平均|同比)?(?:增速|增幅|增长率|增长速度|增长)$")
NO_WORD = re.compile(r"[^\w.]+")


def indicator_of(name: str) -> str | None:
    """Of «全市规模以上工业增加值增速» it is `industrial-value-added-above-scale`: what is measured, whatever is said of it."""
    codes = by_name()
    folded = NO_WORD.sub("", name).replace("规模以上", "规上")
    for shorter in (folded, GROWTH.sub("", folded)):
        code = codes.get(shorter) or codes.get(PLACE.sub("", shorter))
        if code:
            return code
    return None


@cache
def by_name() -> dict[str, str]:
    lines = files("extractor").joinpath("tables/indicators.tsv").read_text("utf8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: code for code, *names in rows for name in names}
