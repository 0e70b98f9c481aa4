"""Settings: flag, then environment (`POLICY_TARGETS_*`), then `policy-targets.toml` in the working folder."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from extractor.errors import SettingsError
from extractor.llm.prices import Price
from extractor.llm.reply_modes import Mode

FILE = "policy-targets.toml"


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
    max_chars: int = Field(default=2_000_000, ge=1)
    store: str | None = None
    token: SecretStr | None = None
    requests_per_minute: float | None = Field(default=None, gt=0)
    tokens_per_minute: float | None = Field(default=None, gt=0)
    budget: str | None = None
    jobs: int = Field(default=1, ge=1, le=256)
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

    @property
    def chosen(self) -> Literal["model", "offline"]:
        return self.engine or ("model" if self.model else "offline")


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
    except ValueError as error:
        raise SettingsError(f"{Path(FILE)}: {error}") from error
    if settings.chosen == "model" and not settings.model:
        raise SettingsError("the model engine needs --model (or POLICY_TARGETS_MODEL)")
    return settings
