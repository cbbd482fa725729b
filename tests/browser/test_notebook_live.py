"""In JupyterLab the Overview is live, views with one store move together, and no other host is asked."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

START = Path(__file__).parents[2] / "notebooks" / "explore_start.ipynb"
LONG = 120_000
SESSION = "[...(window.jupyterapp?.shell.widgets('main') ?? [])][0]?.context?.sessionContext"


@pytest.fixture
def lab(tmp_path: Path, demo_data: Path) -> Iterator[str]:
    """The address of a JupyterLab of its own over a copy of the notebooks."""
    shutil.copy(START, tmp_path)
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
            *("--port=0", "--ServerApp.token=", "--ServerApp.password=", f"--ServerApp.root_dir={tmp_path}"),
        ],
        env=os.environ | {"CAMPAIGN_DATA": str(demo_data), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")},
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


def test_the_overview_is_live_in_a_notebook(lab: str, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(locale="en-GB", viewport={"width": 1500, "height": 1400}).new_page()
    page.goto(f"{lab}/lab/tree/{START.name}")
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=LONG)
    page.wait_for_function(f"{SESSION}?.isReady", timeout=LONG)
    page.locator(".jp-Dialog").or_(page.locator(".jp-NotebookPanel .jp-Cell").first).first.wait_for(timeout=LONG)
    for dialog in page.locator(".jp-Dialog .jp-mod-reject").all():
        dialog.click()
    page.locator(".jp-NotebookPanel .jp-Cell").first.click()
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")

    lineups = page.locator("[data-view=lineup]")
    expect(lineups).to_have_count(2, timeout=LONG)
    for view in (lineups.nth(0), lineups.nth(1)):
        expect(view).to_have_attribute("data-selection", _groups("T3,T4"), timeout=LONG)

    page.wait_for_function(f"{SESSION}.session.kernel.status === 'idle'", timeout=LONG)
    page.locator(".chips button", has_text="C1").click()
    for view in (lineups.nth(0), lineups.nth(1)):
        expect(view).to_have_attribute("data-selection", _groups("T3,T4,C1"), timeout=LONG)


def _groups(chosen: str) -> re.Pattern[str]:
    return re.compile(f";group={chosen};")
