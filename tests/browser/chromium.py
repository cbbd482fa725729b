"""Find a Chromium to drive, or get one: what is installed, Playwright's own, Debian's package."""

import os
import shutil
import subprocess
import sys

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
DOWNLOAD_SECONDS = 300
PACKAGE_SECONDS = 600


def find() -> str | None:
    """The path of a Chromium, installing one if none is there; None if that is not possible either.

    Raises FileNotFoundError when CAMPAIGN_CHROMIUM names a file that does not exist.
    """
    named = os.environ.get("CAMPAIGN_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise FileNotFoundError(f"CAMPAIGN_CHROMIUM names {named!r}, which is no program")
        return named
    return installed() or _playwrights_own() or _debian_package()


def installed() -> str | None:
    """The first Chromium or Chrome on the path."""
    return next((found for name in ON_PATH if (found := shutil.which(name))), None)


def _playwrights_own() -> str | None:
    if not _succeeds([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) and _succeeds([path, "--version"], 60) else None


def _debian_package() -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _succeeds(["apt-get", "update", "-q"], PACKAGE_SECONDS)
    _succeeds(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"], PACKAGE_SECONDS
    )
    return installed()


def _succeeds(command: list[str], seconds: int) -> bool:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
