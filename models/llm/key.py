"""The key to the endpoint: from the environment or a secret file, and never anywhere else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from config.errors import ConfigError

if TYPE_CHECKING:
    from config.readers import LanguageModel

VARIABLE = "TRADEWIRE_LLM_KEY"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def read_key(settings: LanguageModel) -> SecretStr | None:
    """Return the key; None where there is none, which is enough for most local endpoints.

    Raises:
        ConfigError: the file cannot be read, what is there is no key, or it would travel in the clear.

    """
    key, origin = os.environ.get(VARIABLE, ""), VARIABLE
    if not key and settings.key_file:
        origin = f"reader.llm.key_file {settings.key_file}"
        try:
            key = settings.key_file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{origin}: {type(error).__name__}; put the key, and nothing else, into that file") from error
    key = key.strip()
    if not key:
        if settings.key_file:
            raise ConfigError(f"{origin}: the file is empty; put the key into it")
        return None
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise ConfigError(f"{origin}: holds more than a key; put the key, and nothing else, there")
    address = urlsplit(settings.endpoint)
    if address.scheme == "http" and address.hostname not in _LOOPBACK:
        raise ConfigError(f"reader.llm.endpoint {settings.endpoint}: the key would travel in the clear; use https, or give no key")
    return SecretStr(key)
