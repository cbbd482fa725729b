"""Every word on screen in English and 简体中文, by key: one module a page, both languages side by side."""

from collections.abc import Mapping

from dashboards.text import (
    appraisal,
    bench,
    calendars,
    codes,
    columns,
    conference,
    drift,
    frame,
    lineup,
    markbook,
    matter,
    matters,
    overview,
    plan,
    points,
    problems,
    refresh,
    register,
    reporting,
    shared,
    standards,
    transcript,
    units,
    visits,
)
from dashboards.theme import Language

_PAGES = (
    appraisal,
    bench,
    calendars,
    codes,
    columns,
    conference,
    drift,
    frame,
    lineup,
    markbook,
    matter,
    matters,
    overview,
    plan,
    points,
    problems,
    refresh,
    register,
    reporting,
    shared,
    standards,
    transcript,
    units,
    visits,
)

CATALOGUES: Mapping[Language, Mapping[str, str]] = {
    "en": {key: pair[0] for page in _PAGES for key, pair in page.MESSAGES.items()},
    "zh": {key: pair[1] for page in _PAGES for key, pair in page.MESSAGES.items()},
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
