"""Take the picture in the README: `python tests/browser/screenshot.py [DATA]` writes .github/overview.png."""

import sys
import tempfile
from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright
from serving import serving

PICTURE = Path(__file__).parents[2] / ".github" / "overview.png"
SIZE = {"width": 1440, "height": 1000}
SETTLED = "Bokeh.documents.length > 0 && Bokeh.documents.every(document => document.is_idle)"


def take(data: Path, picture: Path, language: str = "en") -> None:
    """Serve the data folder, wait until the page is painted, and write the picture."""
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium is installed; name one in CAMPAIGN_CHROMIUM")
    with serving(data, "--language", language) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        page = browser.new_page(viewport=SIZE)
        page.goto(address)
        page.wait_for_function(SETTLED)
        page.wait_for_timeout(1500)
        picture.parent.mkdir(exist_ok=True)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(Path(sys.argv[1]), PICTURE)
    else:
        with tempfile.TemporaryDirectory() as folder:
            take(Path(folder) / "data", PICTURE)
