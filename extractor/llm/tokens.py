"""How many tokens a text has: by the model's own tokenizer where one is there, else by a stated approximation."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

CHINESE = 0.77  # tokens a character beyond ASCII, and
LATIN = 0.4  # tokens an ASCII one: o200k_base over our prompt, our schema and the recorded requests in fixtures/

OURS = re.compile(r"gpt-|chatgpt|o[1-9]")


@dataclass(frozen=True, slots=True)
class Counter:
    """`name` says to the reader what counted."""

    name: str
    count: Callable[[str], int]
    exact: bool = False


def approximate(text: str) -> int:
    """A character beyond ASCII is taken for three bytes, as Chinese ones are."""
    chinese = (len(text.encode("utf8", "replace")) - len(text)) / 2
    return round(chinese * CHINESE + (len(text) - chinese) * LATIN)


def counter_for(model: str | None) -> Counter:
    """OpenAI's vocabularies lie in the package bpe-openai; tiktoken fetches them from the network and so is not asked."""
    rule = Counter(f"approximated: {CHINESE} tokens a Chinese character, {LATIN} an ASCII one", approximate)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it opens its files in an old way
            from bpe_openai import encoding_for_model, get_encoding  # noqa: PLC0415 - an optional extra
    except ModuleNotFoundError:
        return rule
    if model is None or not OURS.match(model):
        return rule
    try:
        encoding = encoding_for_model(model)
    except Exception:  # noqa: BLE001 - the package's own error for a model that it does not know: newer ones use the newest vocabulary
        encoding = get_encoding("o200k_base")
    return Counter(f"counted with {encoding.name}", lambda text: len(encoding.encode(text)), exact=True)
