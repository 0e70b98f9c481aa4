"""What may not be shown, recorded or stored: the key, and what else an address may carry."""

from urllib.parse import urlsplit

from pydantic import SecretStr

from extractor.errors import SettingsError

SHORTEST_KEY = 8  # a placeholder such as "x" or "none" is no secret, and stands in any text


def shows_key(key: SecretStr, text: str) -> bool:
    secret = key.get_secret_value()
    return len(secret) >= SHORTEST_KEY and secret in text


def without_key(key: SecretStr, text: str) -> str:
    return text.replace(key.get_secret_value(), "***") if shows_key(key, text) else text


def without_secrets(url: str) -> str:
    """The address without user, password and query. Raise `SettingsError` for what is no address."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise SettingsError(f"the base URL is no address: {error}") from None
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path.rstrip('/')}"
