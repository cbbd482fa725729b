"""The demonstration county opened once, and stores over it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import hostile
import polars as pl
import pytest
from hypothesis import settings
from standing_in import standing_for

from dashboards.sources import Sources
from dashboards.store import Store
from dashboards.theme import Look
from queries import Source

NEWEST = date(2014, 9, 28)
APRIL = date(2014, 4, 13)

SELECTIONS: dict[str, dict[str, Any]] = {
    "everything": {},
    "one group": {"groups": ["C3"]},
    "a tiny group": {"groups": ["T3"]},
    "several groups": {"groups": ["T1", "C1", "C2"]},
    "one unit type": {"unit_types": ["county_department"]},
    "one week": {"period": (7, 7)},
    "some weeks of one group": {"groups": ["C1"], "period": (3, 9)},
    "what was known early": {"known_on": date(2014, 4, 13)},
    "the first snapshot": {"known_on": date(2014, 3, 16)},
    "events before the first due day": {"known_on": date(2014, 3, 16), "events_until": date(2014, 3, 11)},
    "events until the middle of a week": {"events_until": date(2014, 6, 25)},
    "no unit at all": {"groups": ["T1"], "unit_types": ["non_public_enterprise"]},
}
"""Selections every view must be able to show, by what is special about each."""


settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "chosen" in metafunc.fixturenames:
        metafunc.parametrize("chosen", list(SELECTIONS.values()), ids=list(SELECTIONS))


@pytest.fixture(scope="session")
def sources(demo_data: Path) -> Sources:
    """The demonstration county's snapshots, opened once for all tests."""
    return Sources(demo_data)


@pytest.fixture
def store(sources: Sources) -> Store:
    """One viewer of the newest snapshot, in English and light."""
    return Store(sources)


@pytest.fixture
def store_of(sources: Sources) -> Callable[..., Store]:
    """Makes a store for a selection, a language and a theme."""

    def make(language: Any = "en", theme: Any = "light", **selection: Any) -> Store:
        return Store(sources, Look(language, theme), **selection)

    return make


@pytest.fixture
def store_over() -> Callable[[Source], Store]:
    """Makes a viewer of one source made of frames."""
    return lambda source: Store(standing_for(source))


@pytest.fixture(scope="session")
def hostile_sources(demo_data: Path) -> Any:
    """The newest snapshot under hostile names."""
    return standing_for(Source.from_frames(hostile.frames(demo_data), NEWEST))


@pytest.fixture(scope="session")
def frames(sources: Sources) -> Mapping[str, pl.DataFrame]:
    """The tables of the week before the meeting of April."""
    return next(one for one in sources.snapshots() if one.known_on == APRIL).tables()


@pytest.fixture
def store_without(frames: Mapping[str, pl.DataFrame]) -> Callable[..., Store]:
    """Makes a viewer of that week with a table that holds no row."""

    def make(table: str, language: Any = "en", theme: Any = "light") -> Store:
        left = {name: frame for name, frame in frames.items() if name != table}
        return Store(standing_for(Source.from_frames(left, APRIL)), Look(language, theme))

    return make
