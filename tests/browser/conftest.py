"""A browser that can reach this machine only, and the dashboards served to it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import chromium
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import serving

HERE = Path(__file__).parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MISSING = "NO BROWSER TESTS: no Chromium is installed and none could be. Install one or name it in CAMPAIGN_CHROMIUM."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium under test. Without any, tests are skipped with one loud line; with CI=true they fail."""
    path = chromium.find()
    if path:
        return path
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One headless Chromium for the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def outside_requests() -> Iterator[list[str]]:
    """Addresses on other hosts that pages of this test asked for; the test fails if there is any."""
    asked: list[str] = []
    yield asked
    assert asked == [], "a page asked another host"


@pytest.fixture
def new_context(browser: Browser, outside_requests: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """Makes fresh browser contexts, with Playwright's options, whose requests to other hosts are noted."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"} | options))
        context.on("request", lambda request: _note(request.url, outside_requests))
        context.on("page", lambda page: page.on("websocket", lambda socket: _note(socket.url, outside_requests)))
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A fresh browser context in Chinese, from which no other host can be reached."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of the fresh context."""
    return context.new_page()


@pytest.fixture(scope="session")
def served(demo_data: Path) -> Iterator[tuple[str, Path]]:
    """The address of `campaign serve` over the demonstration county, and its data folder."""
    with serving(demo_data) as address:
        yield address, demo_data


def _note(url: str, asked: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOOPBACK:
        asked.append(url)
