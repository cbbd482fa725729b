"""SQL, plain loops and the cube give the same figures, row by row, on random campaigns and the demonstration county."""

from datetime import timedelta
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
from oracle import Oracle, Question
from polars.testing import assert_frame_equal

from data.schemas import TABLES
from data.snapshots import Snapshot
from queries import Cube, Selection, Source, indicators, rows, run

DIMENSIONS = {"group": "group_id", "unit_type": "unit_type", "unit": "unit_id", "week": "week"}
EVERY_BY = [by for length in range(5) for by in combinations(DIMENSIONS, length)]
RATIOS = {"completion_rate", "on_time_rate", "weekly_coverage", "report_timeliness", "late_arriving_share"}


def expected(oracle: Oracle, name: str, selection: Selection, by: tuple[str, ...], like: pl.DataFrame) -> pl.DataFrame:
    assert selection.period is not None
    assert selection.events_until is not None
    first, last = selection.period
    question = Question(selection.events_until, first, last, selection.groups, selection.unit_types, by)
    found = [{DIMENSIONS.get(key, key): value for key, value in row.items()} for row in oracle.answer(name, question)]
    return pl.DataFrame(
        [{column: row[column] for column in like.columns} for row in found],
        schema={**like.schema, "denominator": pl.Float64},
    )


def check(source: Source, oracle: Oracle, selection: Selection, by: tuple[str, ...]) -> None:
    resolved = selection.resolve(source)
    cube = Cube.of(source, resolved.events_until)
    for name in indicators():
        answer = run(name, source, selection, by)
        assert_frame_equal(cube.answer(name, resolved, by), answer, check_exact=True)
        plain = answer.with_columns(pl.col("denominator").cast(pl.Float64))
        assert_frame_equal(plain, expected(oracle, name, resolved, by, answer), rel_tol=1e-12, abs_tol=1e-12)


def check_rows(source: Source, selection: Selection) -> None:
    for name in indicators():
        total = run(name, source, selection)
        counted = rows(name, source, selection)
        if name != "visits_per_unit":
            assert counted["in_denominator"].sum() == total["denominator"].item(), name
        if name in RATIOS or name == "visits_per_unit":
            assert counted["in_numerator"].sum() == total["numerator"].item(), name


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


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
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
    check_rows(source, selection)
    for by in chance.sample(EVERY_BY, 3):
        check(source, oracle, selection, by)


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
    for selection in (Selection(), selection_of(chance, source), Selection(groups=("T3", "C2"), period=(1, 3))):
        check_rows(source, selection)
        for by in ((), *chance.sample(EVERY_BY, 2), ("group", "week")):
            check(source, oracle, selection, by)
