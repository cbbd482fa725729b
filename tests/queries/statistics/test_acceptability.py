"""Rank acceptability against exact breakpoints of two marks, against symmetry, and against brute force."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.exceptions import QueryError
from queries.statistics.acceptability import rank_acceptability

PLACES = ("rank", "rank_low", "rank_high")
marks = st.lists(st.tuples(*[st.integers(0, 12).map(float)] * 3), min_size=1, max_size=9)


def units(rows: list[tuple[float | None, ...]]) -> pl.DataFrame:
    columns = {name: pl.Float64 for name in ("a", "b", "c")[: len(rows[0])]}
    return pl.DataFrame(rows, columns, orient="row").with_row_index("unit_id")


def exact_share(rows: list[tuple[int, int]], unit: int, low: Fraction, high: Fraction) -> Fraction:
    """Of the weights of the first mark between low and high, the share that puts a unit into the top third."""
    crossings = {low, high}
    for other in rows:
        gain, loss = rows[unit][0] - other[0], other[1] - rows[unit][1]
        if gain + loss:
            crossings.add(min(max(Fraction(loss, gain + loss), low), high))
    points, share = sorted(crossings), Fraction(0)
    for left, right in pairwise(points):
        middle = (left + right) / 2
        mean = [middle * one + (1 - middle) * two for one, two in rows]
        if 3 * (1 + sum(each > mean[unit] for each in mean)) <= len(rows):
            share += (right - left) / (high - low)
    return share


@pytest.mark.parametrize(("swing", "low", "high"), [(None, 0, 1), (0.5, "0.15", "0.45")])
def test_the_share_of_weights_is_that_found_from_the_weights_at_which_units_change_places(
    swing: float | None, low: str, high: str
) -> None:
    rng = np.random.default_rng(1)
    rows = [tuple(int(mark) for mark in row) for row in rng.integers(60, 100, (20, 2))]
    found = rank_acceptability(units(rows), {"a": 0.3, "b": 0.7}, swing=swing, draws=20_000)
    exact = [float(exact_share(rows, unit, Fraction(low), Fraction(high))) for unit in range(20)]
    assert any(0 < share < 1 for share in exact)
    assert found["p_top_third"].to_list() == pytest.approx(exact, abs=0.015)
    assert found["p_top_third"].sum() == pytest.approx(6, abs=0.1)


def test_units_each_best_in_one_mark_share_the_top_equally() -> None:
    found = rank_acceptability(units([(9, 0, 0), (0, 9, 0), (0, 0, 9)]), dict.fromkeys("abc", 1.0), draws=20_000)
    assert found["p_top_third"].to_list() == pytest.approx([1 / 3] * 3, abs=0.015)
    assert found["p_bottom_third"].to_list() == pytest.approx([1 / 3] * 3, abs=0.015)
    assert found["rank"].to_list() == [1, 1, 1]
    assert found["rank_high"].to_list() == [3, 3, 3]


def test_weights_near_the_usual_ones_are_spread_evenly_as_all_weights_are() -> None:
    """The share of weights is read off as the chance of beating a unit with the same mark everywhere."""
    rng = np.random.default_rng(2)
    usual, swing = np.array([0.4, 0.4, 0.2]), 0.4
    every = rng.dirichlet(np.ones(3), 400_000)
    near = every[(np.abs(every - usual) <= swing * usual).all(axis=1)]
    levels = np.quantile(near[:, 0], np.linspace(0.05, 0.95, 19))
    for level in levels:
        found = rank_acceptability(
            units([(1.0, 0.0, 0.0), (level, level, level), (-1.0, -1.0, -1.0)]),
            {"a": 4, "b": 4, "c": 2},
            swing=swing,
            draws=8000,
        )
        assert found["p_top_third"][0] == pytest.approx((near[:, 0] > level).mean(), abs=0.025)


@settings(deadline=None)
@given(rows=marks, weights=st.tuples(*[st.integers(0, 5)] * 3).filter(any))
def test_ranks_at_the_usual_weights_count_who_is_better(
    rows: list[tuple[float, ...]], weights: tuple[int, ...]
) -> None:
    means = [sum(Fraction(int(mark)) * weight for mark, weight in zip(row, weights, strict=True)) for row in rows]
    found = rank_acceptability(units(rows), dict(zip("abc", weights, strict=True)), draws=50)
    assert found["rank"].to_list() == [1 + sum(other > mean for other in means) for mean in means]
    shifts = []
    for out in range(3):
        kept = [weight if place != out else 0 for place, weight in enumerate(weights)]
        if any(kept):
            without = [
                sum(Fraction(int(mark)) * weight for mark, weight in zip(row, kept, strict=True)) for row in rows
            ]
            shifts.append([1 + sum(other > mean for other in without) for mean in without])
    for unit, row in enumerate(found.iter_rows(named=True)):
        changes = [shift[unit] - row["rank"] for shift in shifts]
        assert (row["leave_one_out"] is None) == (not changes)
        assert abs(row["leave_one_out"] or 0) == max((abs(change) for change in changes), default=0)
        assert (row["leave_one_out_component"] is None) == (not row["leave_one_out"])


@settings(deadline=None)
@given(rows=marks)
def test_a_unit_better_in_every_mark_never_ranks_behind(rows: list[tuple[float, ...]]) -> None:
    found = rank_acceptability(
        units([*rows, tuple(mark + 1 for mark in rows[0])]), dict.fromkeys("abc", 1.0), draws=200
    )
    first, better = found.row(0, named=True), found.row(-1, named=True)
    assert better["rank"] < first["rank"]
    assert better["rank_low"] < first["rank_low"]
    assert better["rank_high"] < first["rank_high"]
    assert (found["rank_low"] <= found["rank_high"]).all()
    if found.height >= 3:
        assert better["p_top_third"] >= first["p_top_third"]
        assert better["p_bottom_third"] <= first["p_bottom_third"]


def test_a_place_that_only_one_weight_in_fifty_gives_is_outside_the_central_weights_unless_all_are_asked_for() -> None:
    frame = units([(1.0, 0.0), (0.02, 0.02)])
    assert rank_acceptability(frame, {"a": 1, "b": 1})["rank_high"].to_list() == [1, 2]
    assert rank_acceptability(frame, {"a": 1, "b": 1})["rank_low"].to_list() == [1, 2]
    assert rank_acceptability(frame, {"a": 1, "b": 1}, level=1.0)["rank_high"].to_list() == [2, 2]
    assert rank_acceptability(frame, {"a": 1, "b": 1}, level=0.98)["rank_low"].to_list() == [1, 1]


def test_without_a_swing_of_weights_the_rank_stands() -> None:
    rng = np.random.default_rng(3)
    frame = units([tuple(row) for row in rng.normal(80, 8, (12, 3))])
    fixed = rank_acceptability(frame, {"a": 2, "b": 1, "c": 1}, swing=0.0)
    assert fixed["rank_low"].to_list() == fixed["rank"].to_list()
    assert fixed["rank_high"].to_list() == fixed["rank"].to_list()
    assert set(fixed["p_top_third"]) == {0.0, 1.0}
    some, every = (rank_acceptability(frame, {"a": 2, "b": 1, "c": 1}, swing=each) for each in (0.3, None))
    width = [(found["rank_high"] - found["rank_low"]).sum() for found in (some, every)]
    assert 0 < width[0] < width[1]


def test_units_without_a_mark_stay_unranked_and_do_not_count() -> None:
    rows = [(90.0, 80.0), (None, 99.0), (70.0, 60.0), (80.0, None), (80.0, 70.0), (float("nan"), 50.0)]
    found = rank_acceptability(units(rows), {"a": 0.3, "b": 0.7})
    assert found["unit_id"].to_list() == [0, 1, 2, 3, 4, 5]
    assert found["is_ranked"].to_list() == [True, False, True, False, True, False]
    assert found["rank"].to_list() == [1, None, 3, None, 2, None]
    assert found["p_top_third"].to_list() == [1.0, None, 0.0, None, 0.0, None]
    assert found["p_bottom_third"].to_list() == [0.0, None, 1.0, None, 0.0, None]
    nobody = rank_acceptability(units([(None, 1.0)]), {"a": 1, "b": 1})
    assert nobody.row(0)[3:] == (False, *[None] * 7)
    assert rank_acceptability(units(rows).clear(), {"a": 1, "b": 1}).schema == found.schema


def test_equal_marks_share_a_rank_under_all_weights() -> None:
    found = rank_acceptability(units([(0.1, 0.7), (0.1, 0.7), (0.3, 0.9), (0.0, 0.1)]), {"a": 1, "b": 1})
    for place in PLACES:
        assert found[place].to_list() == [2, 2, 1, 4]


def test_units_are_ranked_among_their_peers_only() -> None:
    frame = pl.DataFrame(
        {"peer_class": ["township", "department"] * 3, "a": [9, 1, 5, 2, 1, 3], "b": [1, 1, 5, 2, 8, 3]}
    )
    found = rank_acceptability(frame, {"a": 1, "b": 1}, by="peer_class")
    for name in ("township", "department"):
        own = frame.filter(pl.col("peer_class") == name)
        assert found.filter(pl.col("peer_class") == name).equals(rank_acceptability(own, {"a": 1, "b": 1}))
    assert found["peer_class"].to_list() == frame["peer_class"].to_list()


def test_what_one_mark_alone_decides_is_told() -> None:
    found = rank_acceptability(units([(100.0, 60.0), (70.0, 80.0), (60.0, 70.0)]), {"a": 0.6, "b": 0.4})
    assert found["rank"].to_list() == [1, 2, 3]
    assert found["leave_one_out"].to_list() == [2, -1, -1]
    assert found["leave_one_out_component"].to_list() == ["a", "a", "a"]
    alone = rank_acceptability(units([(100.0,), (70.0,)]), {"a": 1})
    assert alone["leave_one_out"].to_list() == [None, None]
    assert alone["p_top_third"].to_list() == [None, None]


def test_neither_the_size_of_the_weights_nor_a_new_run_changes_anything() -> None:
    frame = units([tuple(row) for row in np.random.default_rng(4).normal(80, 8, (12, 3))])
    once = rank_acceptability(frame, {"a": 0.5, "b": 0.25, "c": 0.25}, swing=0.5, seed=7)
    assert once.equals(rank_acceptability(frame, {"a": 50, "b": 25, "c": 25}, swing=0.5, seed=7))
    assert not once.equals(rank_acceptability(frame, {"a": 50, "b": 25, "c": 25}, swing=0.5, seed=8))


@pytest.mark.parametrize("weights", [{}, {"a": 0, "b": 0}, {"a": 1, "b": -1}, {"a": float("nan"), "b": 1}])
def test_weights_that_cannot_be_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(QueryError, match="cannot be used"):
        rank_acceptability(units([(1.0, 2.0)]), weights)


@pytest.mark.parametrize("swing", [-0.1, 1.1])
def test_a_swing_that_cannot_be_is_refused(swing: float) -> None:
    with pytest.raises(QueryError, match="is no part of a weight"):
        rank_acceptability(units([(1.0, 2.0)]), {"a": 1, "b": 1}, swing=swing)
