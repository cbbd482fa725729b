"""Language and theme of a request: the address before the cookie before the setting before the browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.theme import LANGUAGES, THEMES, Look
from dashboards.visitor import look_of

ZH = {"campaign_language": "zh"}
EN = {"campaign_language": "en"}

LANGUAGE_CASES = {
    "nothing is English": ({}, {}, "", "auto", "en"),
    "the browser's wish": ({}, {}, "zh-CN,zh;q=0.9,en;q=0.8", "auto", "zh"),
    "the browser's heavier wish": ({}, {}, "en;q=0.3,zh;q=0.9", "auto", "zh"),
    "the browser's first of our languages": ({}, {}, "fr-FR,de;q=0.9,zh-TW;q=0.5", "auto", "zh"),
    "a browser without our languages": ({}, {}, "fr,de", "auto", "en"),
    "the setting before the browser": ({}, {}, "en", "zh", "zh"),
    "the cookie before the setting": ({}, EN, "zh", "zh", "en"),
    "the address before the cookie": ({"language": [b"zh"]}, EN, "en", "en", "zh"),
    "the last of several in the address": ({"language": [b"en", b"zh"]}, {}, "", "auto", "zh"),
    "an unknown one in the address is no wish": ({"language": [b"fr"]}, {}, "en", "zh", "zh"),
    "an unknown one in the cookie is no wish": ({}, {"campaign_language": "<script>"}, "zh", "auto", "zh"),
    "an unreadable weight is passed over": ({}, {}, "en;q=x,zh;q=0.1", "auto", "zh"),
    "bad UTF-8 in the address": ({"language": [b"\xff\xfe"]}, {}, "zh", "auto", "zh"),
}
THEME_CASES = {
    "nothing is light": ({}, {}, "light"),
    "the cookie": ({}, {"campaign_theme": "dark"}, "dark"),
    "the address before the cookie": ({"theme": [b"light"]}, {"campaign_theme": "dark"}, "light"),
    "an unknown one": ({"theme": [b"pink"]}, {}, "light"),
}


@pytest.mark.parametrize(
    ("arguments", "cookies", "accepts", "setting", "language"), LANGUAGE_CASES.values(), ids=LANGUAGE_CASES
)
def test_language(
    arguments: dict[str, list[bytes]], cookies: dict[str, str], accepts: str, setting: str, language: str
) -> None:
    assert look_of(arguments, cookies, accepts, setting).language == language


@pytest.mark.parametrize(("arguments", "cookies", "theme"), THEME_CASES.values(), ids=THEME_CASES)
def test_theme(arguments: dict[str, list[bytes]], cookies: dict[str, str], theme: str) -> None:
    assert look_of(arguments, cookies, "", "auto").theme == theme


@given(wish=st.binary(max_size=20), cookie=st.text(max_size=20), accepts=st.text(max_size=60))
def test_whatever_a_browser_sends_is_one_of_our_looks(wish: bytes, cookie: str, accepts: str) -> None:
    cookies = {"campaign_language": cookie, "campaign_theme": cookie}
    look = look_of({"language": [wish], "theme": [wish]}, cookies, accepts, "auto")
    assert isinstance(look, Look)
    assert look.language in LANGUAGES
    assert look.theme in THEMES
