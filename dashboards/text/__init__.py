"""Every word on screen in 简体中文 and English, by key."""

from collections.abc import Mapping

from dashboards.text import codes_en, codes_zh, en, reading_en, reading_zh, refresh_en, refresh_zh, zh
from dashboards.theme import Language

CATALOGUES: Mapping[Language, Mapping[str, str]] = {
    "en": en.MESSAGES | codes_en.MESSAGES | reading_en.MESSAGES | refresh_en.MESSAGES,
    "zh": zh.MESSAGES | codes_zh.MESSAGES | reading_zh.MESSAGES | refresh_zh.MESSAGES,
}


def say(language: Language, key: str, /, **values: object) -> str:
    """The message in that language with its values filled in; `key.one` is taken where `n` is 1 and it exists."""
    catalogue = CATALOGUES[language]
    if values.get("n") == 1 and f"{key}.one" in catalogue:
        key = f"{key}.one"
    return catalogue[key].format(**values)


def known(language: Language, key: str) -> str | None:
    """The message, or None when the catalogue does not know the key (codes that come from data)."""
    return CATALOGUES[language].get(key)
