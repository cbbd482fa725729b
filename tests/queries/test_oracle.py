"""SQL, plain loops and the cube give the same figures, row by row, on random campaigns and the demonstration county."""

from datetime import timedelta
from importlib import import_module
from itertools import combinations
from pathlib import Path
from random import Random

import campaigns
import given
import polars as pl
import pytest
from hypothesis import Phase, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from oracles.base import ANSWERS, Oracle, Question
from polars.testing import assert_frame_equal

from data.schemas import TABLES
from data.snapshots import Snapshot
from queries import Cube, Selection, Source, indicator, indicators, rows, run
from queries.catalog import shares
from queries.run import DIMENSIONS, GRID

for module in sorted((Path(__file__).parent / "oracles").glob("*.py")):
    import_module(f"oracles.{module.stem}")
EVERY_BY = [by for length in range(5) for by in combinations(GRID, length)]


ASKED = 12
"""Indicators that a random campaign is asked for; over all campaigns each has its turn some forty times."""


def expected(
    oracle: Oracle, name: str, selection: Selection, by: tuple[str, ...], of: str | None, like: pl.DataFrame
) -> pl.DataFrame:
    assert selection.period is not None
    assert selection.events_until is not None
    first, last = selection.period
    question = Question(selection.events_until, first, last, selection.groups, selection.unit_types, by, of)
    found = [{DIMENSIONS.get(key, key): value for key, value in row.items()} for row in oracle.answer(name, question)]
    return pl.DataFrame(
        [{column: row[column] for column in like.columns} for row in found],
        schema={**like.schema, "numerator": pl.Float64, "denominator": pl.Float64},
    )


def check(
    name: str,
    source: Source,
    oracle: Oracle,
    selection: Selection,
    by: tuple[str, ...],
    of: str | None = None,
    *,
    cubed: bool = True,
) -> None:
    by = given.askable(name, by)
    resolved = selection.resolve(source)
    answer = run(name, source, selection, by, of)
    if cubed:
        cube = Cube.of(source, resolved.events_until)
        assert_frame_equal(cube.answer(name, resolved, by, of), answer, check_exact=True)
    plain = answer.with_columns(pl.col("numerator", "denominator").cast(pl.Float64))
    assert_frame_equal(plain, expected(oracle, name, resolved, by, of, answer), rel_tol=1e-12, abs_tol=1e-12)


def check_rows(name: str, source: Source, selection: Selection, of: str | None = None) -> None:
    """The rows add up to the figure, and its key tells them apart."""
    total = run(name, source, selection, of=of)
    counted = rows(name, source, selection, of)
    assert counted.select(indicator(name).key).is_duplicated().sum() == 0
    assert counted["n_missing" if indicator(name).over else "is_missing"].sum() == total["n_missing"].item()
    assert counted["numerator"].sum() == pytest.approx(total["numerator"].item())
    if indicator(name).aggregation != "per_unit":
        assert counted["denominator"].sum() == pytest.approx(total["denominator"].item())


def further(chance: Random, name: str) -> tuple[str, ...]:
    """Some dimensions, with one that only some indicators have."""
    own = indicator(name).dimensions
    return (*chance.choice(EVERY_BY), chance.choice(own)) if own else chance.choice(EVERY_BY)


def selection_of(chance: Random, source: Source) -> Selection:
    extent = source.extent
    span = (extent.known_on - extent.launched_on).days
    events_until = extent.launched_on + timedelta(days=chance.choice((span, chance.randint(0, span))))
    last = extent.week_of(events_until)
    period = sorted((chance.randint(1, last), chance.randint(1, last)))
    return Selection(
        events_until=events_until,
        groups=tuple(group for group in extent.groups if chance.random() < 0.3),
        unit_types=tuple(kind for kind in extent.unit_types if chance.random() < 0.3),
        period=chance.choice((None, (period[0], period[1]))),
    )


def test_every_indicator_has_its_loop() -> None:
    assert set(ANSWERS) == set(indicators())


@settings(max_examples=200, deadline=None, phases=[Phase.explicit, Phase.generate])
@drawn(st.integers(min_value=0, max_value=10**9))
def test_sql_loops_and_cube_agree_on_random_campaigns(seed: int) -> None:
    chance = Random(seed)
    whole = campaigns.county(chance)
    known_on = given.LAUNCHED_ON + timedelta(days=chance.randint(0, campaigns.WEEKS * 7))
    then = campaigns.known(whole, known_on)
    later = given.source(whole, known_on + timedelta(days=100)) if chance.random() < 0.7 else None
    source = given.source(then, known_on, later)
    oracle = Oracle(then, known_on, whole if later else None)
    selection = selection_of(chance, source)
    for name in chance.sample(list(indicators()), ASKED):
        check(name, source, oracle, selection, further(chance, name), cubed=chance.random() < 0.25)
        if chance.random() < 0.25:
            check_rows(name, source, selection)
        if indicator(name).over:
            of = chance.choice(shares())
            check_rows(name, source, selection, of)
            check(name, source, oracle, selection, chance.choice(EVERY_BY), of)


@pytest.mark.parametrize("sequence", [3, 5, 29])
def test_sql_loops_and_cube_agree_on_the_demonstration_county(demo_data: Path, sequence: int) -> None:
    snapshots = {each.sequence: each for each in Snapshot.list(demo_data)}
    snapshot, newest = snapshots[sequence], snapshots[29]
    later = None if sequence == 29 else newest
    source = Source.open(snapshot, later=later)
    county = {table: snapshot.frame(table).to_dicts() for table in TABLES}
    whole = {table: newest.frame(table).to_dicts() for table in TABLES} if later else None
    oracle = Oracle(county, snapshot.known_on, whole)
    chance = Random(sequence)
    few = Selection(groups=("T3", "C2"), period=(1, 3))
    selections = [few] if sequence == 29 else [Selection(), selection_of(chance, source)]
    for selection in selections:
        for name in indicators():
            check_rows(name, source, selection)
            for by in (("group", "week"), further(chance, name)):
                check(name, source, oracle, selection, by)
