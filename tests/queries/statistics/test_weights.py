"""Ranks under every weight, against breakpoints by fractions, dense tries of weights, and drawn weights."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.exceptions import QueryError
from queries.statistics.acceptability import rank_acceptability
from queries.statistics.weights import rank_stretches, weight_stability

Rows = list[tuple[int, int]]
marks = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=9)
ends = st.sampled_from([("0", "1"), ("0.1", "0.5"), ("0.25", "0.75"), ("0.3", "0.31")])


def units(rows: list[tuple[float | None, float | None]] | Rows) -> pl.DataFrame:
    return pl.DataFrame(rows, {"a": pl.Float64, "b": pl.Float64}, orient="row").with_row_index("unit_id")


def rank_at(rows: Rows, unit: int, weight: Fraction) -> int:
    means = [weight * one + (1 - weight) * two for one, two in rows]
    return 1 + sum(mean > means[unit] for mean in means)


def crossings(rows: Rows, unit: int, low: Fraction, high: Fraction) -> list[Fraction]:
    """The weights within low and high at which the unit changes places with another, and these two."""
    found = {low, high}
    for one, two in rows:
        slope = (one - two) - (rows[unit][0] - rows[unit][1])
        if slope:
            found.add(min(max(Fraction(rows[unit][1] - two, slope), low), high))
    return sorted(found)


def exact(rows: Rows, unit: int, low: Fraction, high: Fraction) -> list[tuple[Fraction, Fraction, int]]:
    """The stretches of one unit, from the crossings as fractions and its rank in the middle of each."""
    found: list[tuple[Fraction, Fraction, int]] = []
    for left, right in pairwise(crossings(rows, unit, low, high)):
        rank = rank_at(rows, unit, (left + right) / 2)
        if found and found[-1][2] == rank:
            found[-1] = (found[-1][0], right, rank)
        else:
            found.append((left, right, rank))
    return found


@given(marks, ends)
def test_stretches_are_those_of_the_crossings_as_fractions(rows: Rows, between: tuple[str, str]) -> None:
    low, high = map(Fraction, between)
    told = rank_stretches(units(rows), "a", "b", float(low), float(high))
    for unit in range(len(rows)):
        own = told.filter(pl.col("unit_id") == unit).select("weight_from", "weight_to", "rank").rows()
        wanted = exact(rows, unit, low, high)
        assert [rank for _, _, rank in own] == [rank for _, _, rank in wanted]
        assert [each[:2] for each in own] == [pytest.approx((float(a), float(b)), abs=1e-12) for a, b, _ in wanted]


@given(marks, ends)
def test_stability_is_the_length_of_the_stretches_in_the_top_third(rows: Rows, between: tuple[str, str]) -> None:
    low, high = map(Fraction, between)
    told = weight_stability(units(rows), "a", "b", float(low), float(high)).to_dicts()
    for unit, row in enumerate(told):
        wanted = exact(rows, unit, low, high)
        inside = sum((right - left for left, right, rank in wanted if 3 * rank <= len(rows)), Fraction(0))
        share = float(inside / (high - low)) if len(rows) >= 3 else None
        assert row["p_top_third"] == pytest.approx(share, abs=1e-9)
        ranks = [rank for _, _, rank in wanted]
        ranks += [rank_at(rows, unit, stop) for stop in crossings(rows, unit, low, high)]
        assert (row["rank_best"], row["rank_worst"], row["count_ranked"]) == (min(ranks), max(ranks), len(rows))


def test_it_agrees_with_weights_that_are_drawn() -> None:
    rng = np.random.default_rng(7)
    rows = [tuple(int(mark) for mark in row) for row in rng.integers(60, 100, (30, 2))]
    told = weight_stability(units(rows), "a", "b", 0.15, 0.45)
    drawn = rank_acceptability(units(rows), {"a": 0.3, "b": 0.7}, swing=0.5, draws=20_000)
    assert told["p_top_third"].to_list() == pytest.approx(drawn["p_top_third"].to_list(), abs=0.02)


def test_two_units_that_change_places_share_the_top_by_the_weights_on_either_side() -> None:
    told = weight_stability(units([(100, 70), (70, 100), (0, 0)]), "a", "b", 0.0, 1.0)
    assert told["p_top_third"].to_list() == [0.5, 0.5, 0.0]
    assert told.select("rank_best", "rank_worst").rows() == [(1, 2), (1, 2), (3, 3)]


def test_at_the_very_weight_where_they_change_places_units_share_the_better_rank() -> None:
    told = weight_stability(units([(60, 60), (80, 50), (40, 70)]), "a", "b", 1 / 3, 2 / 3)
    assert told.select("rank_best", "rank_worst").rows() == [(1, 2), (1, 1), (1, 3)]
    assert weight_stability(units([(70, 80), (80, 70)]), "a", "b", 0.1, 0.5)["rank_best"].to_list() == [1, 1]


def test_equal_units_share_a_rank_under_every_weight() -> None:
    told = weight_stability(units([(80, 90), (80, 90), (10, 10)]), "a", "b", 0.1, 0.5)
    assert told.select("rank_best", "rank_worst", "p_top_third").rows() == [(1, 1, 1.0), (1, 1, 1.0), (3, 3, 0.0)]


def test_crossings_at_one_weight_leave_no_sliver_of_another_rank() -> None:
    rows = [(30, 0), (20, 5), (10, 10), (0, 15)]
    told = rank_stretches(units(rows), "a", "b", 0.0, 1.0)
    assert told["weight_from"].unique().sort().to_list() == [0.0, pytest.approx(1 / 3)]
    assert told.height == 8


def test_a_row_without_a_mark_has_no_rank_and_disturbs_nobody() -> None:
    told = weight_stability(units([(80, 90), (90, None), (None, 99), (70, 70)]), "a", "b", 0.1, 0.5)
    assert told["rank_best"].to_list() == [1, None, None, 2]
    assert told["count_ranked"].to_list() == [2, None, None, 2]
    assert told["p_top_third"].to_list() == [None] * 4


def test_rows_are_ranked_within_their_class_and_keep_their_order() -> None:
    frame = units([(1, 1), (2, 2), (3, 3), (4, 4)]).with_columns(kind=pl.Series(["x", "y", "x", "y"]))
    told = weight_stability(frame, "a", "b", 0.0, 1.0, by="kind")
    assert told["unit_id"].to_list() == [0, 1, 2, 3]
    assert told["rank_best"].to_list() == [2, 2, 1, 1]


def test_marks_with_four_digits_are_told_apart_and_machine_rounding_is_not() -> None:
    rows = [(80.0001, 80.0001), (80.0, 80.0), (0.1 + 0.2, 0.3), (0.3, 0.1 + 0.2)]
    told = weight_stability(units(rows), "a", "b", 0.0, 1.0)
    assert told.select("rank_best", "rank_worst").rows() == [(1, 1), (2, 2), (3, 3), (3, 3)]


def test_no_rows_give_no_rows() -> None:
    assert weight_stability(units([]), "a", "b", 0.1, 0.5).is_empty()
    assert rank_stretches(units([(None, 1.0)]), "a", "b", 0.1, 0.5).is_empty()


@pytest.mark.parametrize(("low", "high"), [(0.5, 0.1), (0.3, 0.3), (-0.1, 0.5), (0.1, 1.1)])
def test_weights_that_are_no_range_are_refused(low: float, high: float) -> None:
    with pytest.raises(QueryError, match="within 0 and 1"):
        weight_stability(units([(1, 1)]), "a", "b", low, high)


def test_a_rank_at_the_usual_weight_gives_way_to_those_of_the_stretches() -> None:
    rows = units([(80, 90), (90, 70)]).with_columns(rank=pl.Series([7, 7]), count_ranked=2)
    told = rank_stretches(rows, "a", "b", 0.0, 1.0)
    assert told["rank"].to_list() == [1, 2, 2, 1]
    assert not [name for name in told.columns if name.endswith("_right")]
