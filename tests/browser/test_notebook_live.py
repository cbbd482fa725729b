"""`campaign lab`: a page is live in a cell, views of one store move together both ways, and no other host is asked."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from serving import free_port, waited

LONG = 120_000
SESSION = "[...(window.jupyterapp?.shell.widgets('main') ?? [])][0]?.context?.sessionContext"
CELLS = (
    "from dashboards import GroupRates, Overview, Store",
    'store = Store(groups=["T1", "T2", "T3", "T4"])\nGroupRates(store)',
    "page = Overview(store)\npage",
    'store.groups = ["T3", "T4"]',
    'print("selected:", *page.selection.groups)',
)
GUARD = """import os, sys
HERE = ("127.", "::1", "localhost", "0.0.0.0")
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        address = arguments[1] if event == "socket.connect" else arguments[0]
        host = address[0] if isinstance(address, tuple) else address
        if isinstance(host, str) and host and not host.startswith((*HERE, "/")) and host != os.uname().nodename:
            open(os.environ["ASKED"], "a").write(f"{event} {host}\\n")
sys.addaudithook(hook)
"""
"""Run by every Python of the lab, kernels included: writes down what is asked of other machines."""


def notebook(cells: tuple[str, ...]) -> str:
    """A notebook of these code cells."""
    written = [
        {"cell_type": "code", "id": f"c{at}", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for at, cell in enumerate(cells)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two notebooks: one as above, and one that is shown by other servers too."""
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "live.ipynb").write_text(notebook(CELLS))
    (folder / "one.ipynb").write_text(
        notebook(("from dashboards import GroupRates\n\nGroupRates(groups=['T3', 'C1'])",))
    )
    return folder


@pytest.fixture(scope="module")
def lab(folder: Path, demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `campaign lab` over the folder; at the end, nothing of it has asked another machine."""
    guard = tmp_path_factory.mktemp("guard")
    (guard / "sitecustomize.py").write_text(GUARD)
    own = {"JUPYTER_CONFIG_DIR": str(guard / "config"), "PYTHONPATH": str(guard), "ASKED": str(guard / "asked")}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "dashboards.cli", "lab", "--data", str(demo_data), "--notebooks", str(folder)),
            *("--port", "0", "--no-browser", "--", "--allow-root", "--expose-app-in-browser"),
            *("--ServerApp.token=", "--ServerApp.password="),
        ],
        env=os.environ | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        for line in server.stderr:
            if "http://127.0.0.1:" in line or "http://localhost:" in line:
                yield line[line.index("http") :].split("/lab")[0].strip()
                break
        else:
            pytest.fail("JupyterLab did not say its address")
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert not (guard / "asked").exists(), (guard / "asked").read_text()


def test_a_page_is_live_in_a_cell_both_ways(lab: str, folder: Path, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(locale="en-GB", viewport={"width": 1500, "height": 1400}).new_page()
    page.goto(f"{lab}/lab/tree/live.ipynb")
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=LONG)
    page.wait_for_function(f"{SESSION}?.isReady", timeout=LONG)
    assert page.locator(".jp-Dialog").count() == 0, "JupyterLab asks nothing, of news or anything else"
    page.locator(".jp-NotebookPanel .jp-Cell").first.click()
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")

    lineups = page.locator("[data-view=lineup]")
    expect(lineups).to_have_count(2, timeout=LONG)
    _both(page, "T3,T4")
    page.wait_for_function(f"{SESSION}.session.kernel.status === 'idle'", timeout=LONG)
    expect(page.locator(".chips button.bk-active")).to_have_text(["T3", "T4"])

    page.locator(".chips button", has_text="C1").click()
    _both(page, "T3,T4,C1")
    page.locator(".jp-NotebookPanel .jp-CodeCell").last.locator(".jp-Editor").click()
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell')")
    expect(page.locator(".jp-NotebookPanel .jp-CodeCell").last).to_contain_text("selected: T3 T4 C1", timeout=LONG)

    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    saved = folder / "live.ipynb"
    waited(lambda: "selected: T3 T4 C1" in saved.read_text(encoding="utf-8"))
    assert saved.stat().st_size < 1_000_000, "saved with its outputs, without the browser's part"
    assert '"text/html"' in saved.read_text(encoding="utf-8")


def test_the_preview_of_a_notebook_is_live(lab: str, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(locale="en-GB").new_page()
    page.goto(f"{lab}/panel-preview/render/one.ipynb", timeout=LONG)
    expect(page.locator("[data-view=lineup]")).to_have_attribute("data-selection", _groups("T3,C1"), timeout=LONG)


def test_a_notebook_is_served_by_panel_as_it_is(
    folder: Path, demo_data: Path, new_context: Callable[..., BrowserContext]
) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "panel", "serve", str(folder / "one.ipynb"), "--port", str(port)],
        env=os.environ | {"CAMPAIGN_DATA": str(demo_data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        assert any("running at" in line for line in server.stderr)
        page = new_context(locale="en-GB").new_page()
        page.goto(f"http://localhost:{port}/one", timeout=LONG)
        expect(page.locator("[data-view=lineup]")).to_have_attribute("data-selection", _groups("T3,C1"), timeout=LONG)
    finally:
        server.terminate()
        server.communicate(timeout=30)


def _both(page: Page, groups: str) -> None:
    for at in range(2):
        view = page.locator("[data-view=lineup]").nth(at)
        expect(view).to_have_attribute("data-selection", _groups(groups), timeout=LONG)


def _groups(chosen: str) -> re.Pattern[str]:
    return re.compile(f";group={chosen};")
