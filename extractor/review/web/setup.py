"""How the application is reached and by whom."""

from dataclasses import dataclass, field

from extractor.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Setup:
    """Without `token` the application answers on loopback alone, under the names in `hosts`.

    `reviewer` is the name that decisions are signed with until somebody gives another. `settings` name the model that
    new documents can be given to; as they are here, there is none.
    """

    reviewer: str
    token: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = LOOPBACK
    settings: Settings = field(default_factory=Settings.model_construct, repr=False)

    def __post_init__(self) -> None:
        if self.token is not None and not self.token.strip():
            raise ValueError("an empty token keeps nobody out")
