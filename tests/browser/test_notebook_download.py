"""The header offers the page as a notebook: in both languages, by mouse and keys, on a phone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from screen import Screen, names

from dashboards.apps import PAGES


def downloaded(page: Page, served: tuple[str, Path], query: str, key: str = "") -> tuple[str, str]:
    """The name and the text of the notebook of Line-up at an address, by a click or a key on the control."""
    Screen(page, names(PAGES["/lineup"])).open(f"{served[0]}/lineup?{query}")
    control = page.locator("[data-notebook]")
    with page.expect_download() as download:
        if key:
            control.focus()
            page.keyboard.press(key)
        else:
            control.click()
    return download.value.suggested_filename, Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "width", "key", "words"),
    [
        ("zh", 1440, "", "笔记本"),
        ("en", 1440, "Enter", "Notebook"),
        ("zh", 390, "", "笔记本"),
        ("en", 390, "", "Notebook"),
    ],
)
def test_the_notebook_of_what_is_on_show(
    new_context: Callable[..., BrowserContext],
    served: tuple[str, Path],
    language: str,
    width: int,
    key: str,
    words: str,
) -> None:
    page = new_context(viewport={"width": width, "height": 800}, accept_downloads=True).new_page()
    name, text = downloaded(page, served, f"language={language}&group=T1,C1&from=3&to=9", key)
    assert name == "campaign-lineup-2014-09-28.ipynb"
    code = "".join(line for cell in json.loads(text)["cells"] for line in cell["source"])
    assert 'groups=["T1", "C1"]' in code
    assert f'language="{language}"' in code
    expect(page.locator("[data-notebook]")).to_have_text(words)
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    box = page.locator("[data-notebook]").bounding_box()
    assert box
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width
