"""A small checked week, for the tests that publish and read it back."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from data.publishing import Prepared, publish
from data.schemas import polars_schema
from data.snapshots import Snapshot

sys.path.insert(0, str(Path(__file__).parent))

SUNDAYS = tuple(date(2014, 3, 16) + timedelta(weeks=number) for number in range(12))


@pytest.fixture(scope="session")
def units() -> Callable[[int], pl.DataFrame]:
    """So many units."""
    return _units


@pytest.fixture(scope="session")
def week() -> Callable[[int], Prepared]:
    """The n-th week, from 0: a county that grows by one unit each week."""
    return cache(lambda number: Prepared.of({"units": _units(number + 5)}, SUNDAYS[number]))


@pytest.fixture
def published(tmp_path: Path, week: Callable[[int], Prepared]) -> list[Snapshot]:
    """Two published weeks."""
    return [publish(week(number), tmp_path) for number in range(2)]


def _units(count: int) -> pl.DataFrame:
    rows = [
        (f"u{number:03d}", f"单位{number}", f"Unit {number}", "township", "township", 1, date(2014, 3, 10), None)
        for number in range(count)
    ]
    return pl.DataFrame(rows, schema=polars_schema("units"), orient="row")
