"""The browser under the tests: how it is found, what happens without one, what it may reach."""

import subprocess
import sys
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import Page

ONE_TEST = f"{__file__}::test_a_page_that_asks_another_host_is_noticed"


def run_without_browser(checkout: Path, empty: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    bare = {
        "PATH": str(empty),
        "HOME": str(empty),
        "PLAYWRIGHT_BROWSERS_PATH": str(empty),
        "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", ONE_TEST],
        cwd=checkout,
        env=bare | environ,
        capture_output=True,
        text=True,
    )


def test_a_named_browser_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_CHROMIUM", sys.executable)
    assert chromium.find() == sys.executable


def test_a_named_browser_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CAMPAIGN_CHROMIUM", str(tmp_path / "chrome"))
    with pytest.raises(FileNotFoundError, match="CAMPAIGN_CHROMIUM"):
        chromium.find()


def test_an_installed_browser_is_found_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "google-chrome"
    program.touch(0o755)
    monkeypatch.delenv("CAMPAIGN_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() == str(program)


def test_without_any_browser_the_tests_are_skipped_with_a_loud_line(checkout: Path, tmp_path: Path) -> None:
    done = run_without_browser(checkout, tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout
    assert "\nNO BROWSER TESTS: " in done.stdout


def test_without_any_browser_ci_fails(checkout: Path, tmp_path: Path) -> None:
    done = run_without_browser(checkout, tmp_path, CI="true")
    assert done.returncode == 1, done.stdout
    assert "NO BROWSER TESTS: " in done.stdout


def test_a_page_that_asks_another_host_is_noticed(page: Page, outside_requests: list[str]) -> None:
    page.set_content('<img src="http://192.0.2.1/a.png"><script>new WebSocket("ws://example.invalid/b")</script>')
    page.wait_for_timeout(200)
    assert sorted(outside_requests) == ["http://192.0.2.1/a.png", "ws://example.invalid/b"]
    outside_requests.clear()
