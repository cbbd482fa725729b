"""Fixtures several folders of tests share: the demonstration county, the checkout, the environment."""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from dashboards.cli import main
from dashboards.settings import PREFIX, Settings


def pytest_configure() -> None:
    for one in fields(Settings):
        os.environ.pop(PREFIX + one.name.upper(), None)


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
