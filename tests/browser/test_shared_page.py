"""An analyst's file is a page of the application once it is named; what is not named never runs."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect
from serving import serving

OWN = '''"""Own look at <i>groups</i>."""
import panel as pn

from dashboards import GroupRates, Store
from queries import run

store = Store()
pick = pn.widgets.Select(name="pick", options=list(store.param.groups.objects))
pick.param.watch(lambda event: store.param.update(groups=[event.new]), "value")
pn.Row(pick).servable()
display(run("on_time_rate", store.source, store.selection, by=["group"]))
GroupRates(store)
'''
FAILS = "'so far so good'\n1 / 0\n"


@pytest.fixture(scope="module")
def shared(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a server with two of the three files there named, and the mark that the third leaves."""
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "shared").mkdir()
    (folder / "shared" / "own.py").write_text(OWN)
    (folder / "shared" / "fails.py").write_text(FAILS)
    (folder / "shared" / "unlisted.py").write_text(f"open({str(folder / 'ran')!r}, 'w')\n")
    with serving(demo_data, "--notebooks", str(folder), "--shared", "own.py,fails.py") as address:
        yield address, folder / "ran"


def test_a_named_file_is_a_live_page_in_the_frame_of_every_page(page: Page, shared: tuple[str, Path]) -> None:
    page.goto(f"{shared[0]}/lineup?group=T1&language=en")
    expect(page.locator(".pages h2")).to_have_text("By analysts")
    expect(page.locator(".pages h2 ~ a")).to_have_text(["Own look at <i>groups</i>", "fails"])
    page.locator(".pages h2 ~ a").first.click()
    chart = page.locator("[data-view=lineup]")
    expect(chart).to_have_attribute("data-selection", _groups(""))
    page.locator("select").select_option("C1")
    expect(chart).to_have_attribute("data-selection", _groups("C1"))
    expect(page.locator("table.dataframe")).to_be_visible()
    page.locator(".pages a", has_text="Line-up").click()
    expect(page.locator("[data-view=lineup]")).to_have_attribute("data-selection", _groups("T1"))


def test_a_file_that_fails_says_so_and_the_server_goes_on(page: Page, shared: tuple[str, Path]) -> None:
    page.goto(f"{shared[0]}/shared-fails?language=zh")
    expect(page.get_by_text("fails.py 运行出错。 ZeroDivisionError: division by zero")).to_be_visible()
    page.goto(f"{shared[0]}/?language=zh")
    expect(page.locator("h1")).to_be_visible()


def test_what_is_not_named_is_neither_served_nor_run(shared: tuple[str, Path]) -> None:
    for target in ("shared-unlisted", "shared/unlisted.py", "shared-own.py", "shared-..%2funlisted", "unlisted"):
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{shared[0]}/{target}", timeout=20)
    assert not shared[1].exists()


def _groups(chosen: str) -> re.Pattern[str]:

    return re.compile(f";group={chosen};")
