"""The running account of a run, for the progress line and the last word."""

from dataclasses import dataclass

from extractor.llm.prices import Price


@dataclass(slots=True)
class Tally:
    """Tokens are those paid for in this process; `paid_before` are those of the run when it was taken up again."""

    price: Price | None = None
    documents: int = 0
    figures: int = 0
    in_flight: int = 0
    sent: int = 0
    from_store: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    paid_before: int = 0

    def paid(self, prompt_tokens: int, completion_tokens: int) -> None:
        self.prompt_tokens += prompt_tokens
        self.completion_tokens += completion_tokens

    @property
    def cost(self) -> float | None:
        return self.price.of(self.prompt_tokens, self.completion_tokens) if self.price else None

    def money(self) -> str:
        cost = self.cost
        return "price unknown" if cost is None or self.price is None else f"{cost:.4f} {self.price.currency}"
