"""The demonstration county, opened as an analyst opens it."""

from pathlib import Path

import pytest

from dashboards import open_data
from dashboards.bench import Snapshots


@pytest.fixture(scope="session")
def opened(demo_data: Path) -> Snapshots:
    """Every snapshot of the demonstration county."""
    return open_data(demo_data)
