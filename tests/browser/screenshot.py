"""Take the pictures in the README: `python tests/browser/screenshot.py [DATA]` writes .github/*.png."""

import sys
import tempfile
from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright
from serving import serving

FOLDER = Path(__file__).parents[2] / ".github"
PICTURES = {
    "overview": ("/", 1000, "en"),
    "lineup": ("/lineup", 1250, "en"),
    "standards": ("/standards", 1250, "zh"),
    "reporting": ("/reporting", 1250, "en"),
}
"""By picture: address, height in pixels, language."""
WIDTH, DAY = 1440, "2014-04-27"
SETTLED = "Bokeh.documents.length > 0 && Bokeh.documents.every(document => document.is_idle)"


def take(data: Path, folder: Path) -> None:
    """Serve the data folder and write each picture once its page is painted."""
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium is installed; name one in CAMPAIGN_CHROMIUM")
    folder.mkdir(exist_ok=True)
    with serving(data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        for name, (route, height, language) in PICTURES.items():
            page = browser.new_page(viewport={"width": WIDTH, "height": height})
            page.goto(f"{address}{route}?known_on={DAY}&language={language}")
            page.wait_for_function(SETTLED)
            page.wait_for_timeout(2500)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(Path(sys.argv[1]), FOLDER)
    else:
        with tempfile.TemporaryDirectory() as folder:
            take(Path(folder) / "data", FOLDER)
