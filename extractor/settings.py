"""Settings: flag, then environment (`POLICY_TARGETS_*`), then `policy-targets.toml` in the working folder."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pydantic_settings
from pydantic import AliasChoices, Field, JsonValue, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from extractor.errors import SettingsError
from extractor.limits import SECONDS
from extractor.llm.prices import Price
from extractor.llm.reply_modes import Mode
from extractor.reading.encoding import known_encoding

FILE = "policy-targets.toml"
OURS = ("model", "messages", "tools", "tool_choice", "response_format", "stream", "n")
"""What a request is made of: no setting may change it."""
SECRET = re.compile(
    r"^key$|(api|access|secret|private|auth)[_-]?key$|(access|auth|api|session)[_-]?token$"
    r"|(^|[_-])(secret|password|passwd|authorization|bearer|credentials?)$",
    re.IGNORECASE,
)


class Settings(BaseSettings):
    """`engine` unset means: the model where one is named, else offline. A key belongs into the environment."""

    model_config = SettingsConfigDict(
        env_prefix="POLICY_TARGETS_", toml_file=FILE, extra="forbid", populate_by_name=True
    )

    engine: Literal["model", "offline"] | None = None
    model: str | None = None
    base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("base_url", "POLICY_TARGETS_BASE_URL", "OPENAI_BASE_URL")
    )
    api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("POLICY_TARGETS_API_KEY", "OPENAI_API_KEY")
    )
    mode: Mode | None = None
    concurrency: int = Field(default=4, ge=1, le=256)
    timeout: float = Field(default=120, gt=0)
    tries: int = Field(default=4, ge=1, le=10)
    reasks: int = Field(default=1, ge=0, le=5)
    max_tokens: int | None = Field(default=None, ge=1)
    temperature: float = Field(default=0, ge=0, le=2)
    reasoning_effort: str | None = Field(default=None, pattern=r"^[a-z]+$")
    extra_body: dict[str, JsonValue] = {}
    max_chars: int = Field(default=2_000_000, ge=1)
    store: str | None = None
    token: SecretStr | None = None
    requests_per_minute: float | None = Field(default=None, gt=0)
    tokens_per_minute: float | None = Field(default=None, gt=0)
    budget: str | None = None
    jobs: int = Field(default=1, ge=1, le=256)
    timeout_per_file: float = Field(default=SECONDS, ge=0)
    encoding: str | None = None
    batch_poll: float = Field(default=60, gt=0)
    prices: dict[str, Price] = {}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - a .env file is no place that we read keys from
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @field_validator("temperature")
    @classmethod
    def as_it_was_always_sent(cls, given: float) -> float:
        """0 and 0.0 are two texts, and replies are stored by the text of their request."""
        return int(given) if given.is_integer() else given

    @field_validator("encoding")
    @classmethod
    def known(cls, given: str | None) -> str | None:
        return None if given is None else known_encoding(given)

    @field_validator("extra_body")
    @classmethod
    def neither_ours_nor_secret(cls, given: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Bodies of requests are stored and recorded: a key has no place in them."""
        if taken := sorted(set(OURS) & set(given)):
            raise ValueError(f"{', '.join(taken)} cannot be set")
        if secret := next((name for name in names_in(given) if SECRET.search(name)), None):
            raise ValueError(f"{secret} looks like a secret, and request bodies are stored: a key is set as api_key")
        return given

    @property
    def extra(self) -> dict[str, JsonValue]:
        """What stands in every request besides its own parts; what `extra_body` says, goes before."""
        effort = {} if self.reasoning_effort is None else {"reasoning_effort": self.reasoning_effort}
        return effort | self.extra_body

    @property
    def asked_otherwise(self) -> dict[str, Any]:
        """Of the parameters of a request those that are not as without any setting."""
        changed = {"temperature": self.temperature} if self.temperature else {}
        return changed | ({"extra": self.extra} if self.extra else {})

    @property
    def chosen(self) -> Literal["model", "offline"]:
        return self.engine or ("model" if self.model else "offline")


def names_in(value: JsonValue) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from names_in(item)


def load_settings(**flags: object) -> Settings:
    """Read the settings; flags that were not given are `None` and leave the word to the environment and the file."""
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        told = "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors(include_input=False)
        )
        raise SettingsError(f"settings: {told}") from None
    except pydantic_settings.SettingsError as error:
        name = next((name for name in ("extra_body", "prices") if f'"{name}"' in str(error)), "a setting")
        raise SettingsError(f"settings: {name}: what the environment says is not JSON") from error
    except ValueError as error:
        raise SettingsError(f"{Path(FILE)}: {error}") from error
    if settings.chosen == "model" and not settings.model:
        raise SettingsError("the model engine needs --model (or POLICY_TARGETS_MODEL)")
    return settings
