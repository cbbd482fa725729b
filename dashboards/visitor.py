"""Who asks: the language and theme of one request, from its address, its cookies or its browser."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from dashboards.theme import LANGUAGES, THEMES, Language, Look, Theme


def look_of(arguments: Mapping[str, Sequence[bytes]], cookies: Mapping[str, str], accepts: str, setting: str) -> Look:
    """The look of a request: address before cookie before setting before the browser's own wish."""
    return Look(_language(arguments, cookies, accepts, setting), _theme(arguments, cookies))


def query_of(arguments: Mapping[str, Sequence[bytes]]) -> str:
    """The query part of a request's address as `Store.follow` takes it."""
    pairs = [(name, value.decode("utf-8", "replace")) for name, values in arguments.items() for value in values]
    return urlencode(pairs, safe=",")


def _wish(name: str, arguments: Mapping[str, Sequence[bytes]], cookies: Mapping[str, str]) -> str:
    asked = arguments.get(name) or [b""]
    return asked[-1].decode("utf-8", "replace") or cookies.get(f"campaign_{name}", "")


def _language(
    arguments: Mapping[str, Sequence[bytes]], cookies: Mapping[str, str], accepts: str, setting: str
) -> Language:
    wish = _wish("language", arguments, cookies)
    for known in LANGUAGES:
        if known in (wish, *([] if wish in LANGUAGES else [setting])):
            return known
    return _accepted(accepts)


def _accepted(accepts: str) -> Language:
    """The first of our languages in an Accept-Language header, by its weights; English without one."""
    weighed = []
    for place, part in enumerate(accepts.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, tag.strip().lower()[:2]))
        except ValueError:
            continue
    for _, _, tag in sorted(weighed):
        for known in LANGUAGES:
            if tag == known:
                return known
    return "en"


def _theme(arguments: Mapping[str, Sequence[bytes]], cookies: Mapping[str, str]) -> Theme:
    wish = _wish("theme", arguments, cookies)
    for known in THEMES:
        if known == wish:
            return known
    return "light"
