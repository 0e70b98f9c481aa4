"""Numbers as they are written, in Arabic digits, in Chinese or in both, read exactly."""

import re
from decimal import Decimal

DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": Decimal(10**4), "亿": Decimal(10**8), "兆": Decimal(10**12), "万亿": Decimal(10**12)}
TENS = {"廿": "二十", "卅": "三十"}
CAPITAL_DIGIT = "壹贰叁肆伍陆柒捌玖参弍"  # of contracts and tenders: 壹佰贰拾万元
CAPITALS = str.maketrans(f"{CAPITAL_DIGIT}拾佰仟", "一二三四五六七八九三二十百千")

ONE_TO_TEN = "一二三四五六七八九十"
CHINESE_DIGIT = "零〇一二两三四五六七八九"
# blanks group digits only right behind a word («完成1 260亿元»): in a table they part two cells
BLANKS = r"(?:(?<=[㐀-鿿:,。,:(])|(?<=[到达为约至超过额] ))[0-9]{1,3}(?: [0-9]{3})+(?=(?:\.[0-9]+)? ?[万亿元吨亩户人家个公平立千米美%])"
ARABIC = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|{BLANKS}|[0-9]+)(?:\.[0-9]+)?"
# behind a scale another may go on in Arabic digits: «2亿3000万元», «1亿零500万», «2兆8,818亿»
FURTHER = re.compile(
    r"[零〇]?(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,4}(?:\.[0-9]{1,4})?)(?![0-9,.])(?P<scale>[十百千]?(?:[多余](?=[万亿]))?[万亿]?)"
)
# a place at a time: «5千6百万»
PLACED = re.compile(
    "(?P<digits>[0-9]千(?:零?[0-9]百)?(?:零?[0-9]十)?[0-9]?(?<!千)|[0-9]百(?:零?[0-9]十)?[0-9]?(?<!百))(?P<scale>[万亿]?)"
)
CHINESE = rf"(?:[{CHINESE_DIGIT}十百千万亿廿卅]+(?:(?:(?<=[{CHINESE_DIGIT}])|(?<=[{CHINESE_DIGIT}][十百千]))兆(?![瓦赫帕字比宽带流焦欧])[{CHINESE_DIGIT}十百千万亿]*)?(?:点[{CHINESE_DIGIT}]+[万亿]{{0,2}})?|[数几][十百千万亿]+|[{CAPITAL_DIGIT}](?:[拾佰仟万亿][{CAPITAL_DIGIT}拾佰仟万亿零整]*(?<!整)|(?=[元圆角]))|拾(?=[{CAPITAL_DIGIT}万亿元圆])[{CAPITAL_DIGIT}拾佰仟万亿零]*|半(?=个?小时|天|个月|个百分点|个工作日))"
ARABIC_NUMBER = re.compile(ARABIC)
MIXED = re.compile(rf"({ARABIC})([十百千万亿]*)")
FRACTION = re.compile(
    rf"([{CHINESE_DIGIT}十百千万]{{1,8}}|(?<![0-9.])[1-9][0-9]{{0,2}})分之([{CHINESE_DIGIT}十百]{{1,8}}(?:点[{CHINESE_DIGIT}]{{1,8}})?|[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)"
)
LONGEST = 28  # characters; a longer run of digits is no figure that anybody can mean


def parse(text: str) -> Decimal | None:
    """Read a whole string as one number: «1,260», «1 260», «三百五十», «1.2万亿», «三分之二» (rounded to four places), «七成半»."""
    text = text.strip().translate(CAPITALS)
    if not text or len(text) > LONGEST:
        return None
    mixed = MIXED.fullmatch(text)
    if mixed:
        number = arabic(mixed[1])
        return number * scale_of(mixed[2])
    if text == "半":
        return Decimal("0.5")
    if "分之" in text:
        return fraction(text)
    if "成" in text:
        percent = tenths(text)
        return percent / 100 if percent is not None else None
    return chinese(text)


def arabic(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(" ", ""))


def trimmed(number: Decimal) -> Decimal:
    """Drop zeros behind the point, never into an exponent: 20, not 2E+1."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def scale_of(text: str) -> Decimal:
    scale = Decimal(1)
    for char in text:
        scale *= SMALL.get(char) or LARGE[char]
    return scale


def chinese(text: str) -> Decimal | None:
    """Read a number in Chinese characters; digits without a place («二〇二五») are read one by one."""
    whole, point, decimals = text.partition("点")
    scaled = decimals.rstrip("万亿")
    if scaled != decimals:
        number = chinese(f"{whole}点{scaled}")
        return number * scale_of(decimals[len(scaled) :]) if number is not None else None
    number = positional(whole) if whole and all(char in DIGITS for char in whole) else by_places(whole)
    if number is None or (point and not (decimals and all(char in DIGITS for char in decimals))):
        return None
    if not point:
        return number
    return Decimal(f"{number}.{''.join(str(DIGITS[char]) for char in decimals)}")


def positional(text: str) -> Decimal:
    return Decimal("".join(str(DIGITS[char]) for char in text))


def by_places(text: str) -> Decimal | None:
    """Read «一万五» as 15000, «一万零十二» as 10012 and «千万» as 1000 times 10000."""
    high = total = section = Decimal(0)
    digit: int | None = None
    digits = False  # whether the last character was one: «一七〇万» is read by its digits
    last = 1  # the place that was read last, for a digit that leaves its own place out
    for char in "".join(TENS.get(char, char) for char in text):
        if char in DIGITS:
            digit = (digit or 0) * 10 + DIGITS[char] if digits else DIGITS[char]
            last = 1 if digits or not digit else last  # zero only says that places are left out
            digits = True
            continue
        digits = False
        if char in SMALL:
            section += (digit or 1) * SMALL[char]
            digit, last = None, SMALL[char]
        elif char in LARGE:
            section += digit or 0
            if char == "万":
                total += (section or 1) * LARGE[char]
            else:
                total = (total + section or Decimal(1)) * LARGE[char]
            if char == "兆":
                high, total = high + total, Decimal(0)
            section, digit, last = Decimal(0), None, int(LARGE[char])
        else:
            return None
    left_out = last // 10 if last > 10 else 1
    return high + total + section + (digit or 0) * left_out if text else None


def fraction(text: str) -> Decimal | None:
    match = FRACTION.fullmatch(text)
    if not match:
        return None
    whole, part = parse(match[1]), parse(match[2])
    if not whole or part is None:
        return None
    return trimmed(part / whole if match[1] in ("百", "千", "万") else round(part / whole, 4))


def tenths(text: str) -> Decimal | None:
    """Give the per cent of «九成», «三成五», «七成半»."""
    whole, _, rest = text.partition("成")
    number = parse(whole)
    if number is None:
        return None
    if not rest:
        return number * 10
    return number * 10 + (5 if rest == "半" else DIGITS.get(rest, 0))
