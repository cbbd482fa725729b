"""Fixtures several folders of tests share: the demonstration county, the checkout, the environment."""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from dashboards.cli import main
from dashboards.settings import PREFIX, Settings

NO_BROWSER = "NO BROWSER TESTS"


def pytest_configure() -> None:
    for one in fields(Settings):
        os.environ.pop(PREFIX + one.name.upper(), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = {str(report.longrepr) for report in terminalreporter.getreports("skipped")}
    if any(NO_BROWSER in reason for reason in reasons):
        terminalreporter.write_line(f"\n{NO_BROWSER}: see the reason above.", red=True, bold=True)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder `campaign demo` makes, 29 snapshots, made once; never written to by a test."""
    folder = tmp_path_factory.mktemp("demo") / "county"
    assert main(["demo", str(folder)]) == 0
    return folder
