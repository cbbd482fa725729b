"""Sessions are shared before anybody asks, and never afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, expect
from screen import Screen

from dashboards.text import say
from dashboards.theme import COLOURS

Served = tuple[str, Path]
VIEWERS = (
    ("zh-CN", "light", "group=T1", ";group=T1;"),
    ("en-GB", "dark", "group=C3&type=county_department", ";group=C3;type=county_department;"),
    ("en-GB", "light", "known_on=2014-04-13", "known_on=2014-04-13;"),
    ("zh-CN", "dark", "", ";group=;type=;weeks=1-29;"),
)


def test_viewers_of_other_languages_themes_and_selections_never_see_one_another(
    served: Served, new_context: Callable[..., BrowserContext]
) -> None:
    address, _ = served
    contexts = [new_context(locale=locale) for locale, *_ in VIEWERS]
    for context, (_, theme, _, _) in zip(contexts, VIEWERS, strict=True):
        context.add_cookies([{"name": "campaign_theme", "value": theme, "url": address}])
    screens = [Screen(context.new_page()) for context in contexts]
    for _ in range(2):
        for screen, (locale, theme, query, selection) in zip(screens, VIEWERS, strict=True):
            screen.open(f"{address}/?{query}", selection)
            _is_his(screen, locale, theme)
    stamps = [screen.stamp() for screen in screens]
    screens[0].chip("C6").click()
    screens[0].settled(";group=T1,C6;")
    for screen, stamp, (locale, theme, _, _) in list(zip(screens, stamps, VIEWERS, strict=True))[1:]:
        assert screen.stamp() == stamp
        _is_his(screen, locale, theme)


def test_two_windows_of_one_viewer_move_apart(served: Served, new_context: Callable[..., BrowserContext]) -> None:
    context = new_context()
    one, other = (Screen(context.new_page()).open(served[0]) for _ in range(2))
    one.chip("T1").click()
    one.settled(";group=T1;")
    assert other.part("group") == ""
    other.chip("C1").click()
    other.settled(";group=C1;")
    assert one.part("group") == "T1"


def test_the_first_html_tells_nothing_of_a_selection_and_is_in_the_asker_s_language(served: Served) -> None:
    address, _ = served

    def ask(viewer: tuple[str, str, str]) -> str:
        language, theme, query = viewer
        headers = {"Accept-Language": language, "Cookie": f"campaign_theme={theme}"}
        with urlopen(Request(f"{address}/?{query}", headers=headers)) as answer:
            return str(answer.read().decode("utf-8"))

    viewers = [(language, theme, f"group=C{n}") for n in (1, 2, 3) for language in ("zh", "en") for theme in COLOURS]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, viewers))
    for (language, theme, query), html in zip(viewers, answers, strict=True):
        assert say("zh" if language == "zh" else "en", "loading") in html
        assert f"--page:{COLOURS[theme]['page']}" in html
        assert query not in html
        assert f'"{query.removeprefix("group=")}"' not in html


def _is_his(screen: Screen, locale: str, theme: str) -> None:
    language = "zh" if locale.startswith("zh") else "en"
    expect(screen.page.locator(".kpi h2").first).to_have_text(say(language, "kpi.completion_rate"))
    assert screen.page.evaluate("document.documentElement.lang").startswith(language)
    page = screen.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--page')")
    assert page == COLOURS[theme]["page"]
