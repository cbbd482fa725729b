"""Rates per exposure and standardised ratios: worked by hand, and against a Poisson model of statsmodels."""

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson

from queries.exceptions import QueryError
from queries.statistics import exposure_rate, indirect_standardisation

CELL = ("group_id", "unit_type", "numerator", "denominator")


def cells(*rows: tuple[str, str, int | None, float | None]) -> pl.DataFrame:
    schema = dict(zip(CELL, (pl.String, pl.String, pl.Int64, pl.Float64), strict=True))
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def by_group(frame: pl.DataFrame) -> dict[str, dict[str, float]]:
    return {row["group_id"]: row for row in frame.iter_rows(named=True)}


COUNTY = cells(
    *(("T1", "township", 30, 40), ("T1", "department", 2, 10)),
    *(("C1", "township", 10, 20), ("C1", "department", 18, 90)),
)

tables = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 100)), min_size=6, max_size=6)


def test_a_rate_is_events_per_unit_week_with_its_interval() -> None:
    frame = exposure_rate(cells(("T1", "township", 12, 40), ("T2", "township", 0, 40), ("T3", "township", 0, 0)))
    assert frame["rate"].to_list() == [0.3, 0, None]
    low, high = confint_poisson(12, 40, method="exact-c")
    assert frame.select("low", "high").rows() == [
        pytest.approx((low, high)),
        pytest.approx((0, 0.092222), rel=1e-4),
        (None, None),
    ]


def test_equal_effort_of_a_small_and_a_large_group_is_the_same_rate_with_a_wider_interval() -> None:
    frame = exposure_rate(cells(("T1", "township", 8, 16), ("C6", "department", 42, 84)))
    assert frame["rate"].to_list() == [0.5, 0.5]
    width = frame["high"] - frame["low"]
    assert width[0] > 2 * width[1]


def test_a_ratio_compares_with_what_the_units_of_its_types_get_elsewhere() -> None:
    """Townships get 40 per 60 unit-weeks, departments 20 per 100: T1 should have 26.67 + 2, C1 13.33 + 18."""
    groups = by_group(indirect_standardisation(COUNTY))
    assert groups["T1"]["expected"] == pytest.approx(40 * 40 / 60 + 2)
    assert groups["C1"]["expected"] == pytest.approx(20 * 40 / 60 + 18)
    assert groups["T1"]["ratio"] == pytest.approx(32 / (40 * 40 / 60 + 2))
    low, high = confint_poisson(32, groups["T1"]["expected"], method="exact-c")
    assert (groups["T1"]["low"], groups["T1"]["high"]) == pytest.approx((low, high))
    assert groups["T1"]["adjusted_rate"] == pytest.approx(groups["T1"]["ratio"] * 60 / 160)
    assert groups["T1"]["rate"] == 32 / 50


def test_a_group_that_only_has_the_quiet_types_is_not_called_idle() -> None:
    """By rate C1 has half of T1's; by what departments get anywhere it is where it should be."""
    frame = cells(("T1", "township", 60, 100), ("C1", "department", 20, 100), ("C2", "department", 20, 100))
    groups = by_group(indirect_standardisation(frame))
    assert groups["C1"]["rate"] < groups["T1"]["rate"] / 2
    assert groups["C1"]["ratio"] == pytest.approx(1)


@given(tables)
@settings(deadline=None)
def test_all_that_is_expected_is_all_that_was_observed(table: list[tuple[int, int]]) -> None:
    places = [(group, kind) for group in ("T1", "T2", "C1") for kind in ("township", "department")]
    frame = cells(*((*place, *pair) for place, pair in zip(places, table, strict=True)))
    groups = indirect_standardisation(frame)
    assert groups["expected"].sum() == pytest.approx(groups["observed"].sum())
    assert groups["observed"].sum() == sum(events for events, _ in table)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 100)), min_size=6, max_size=6))
@settings(deadline=None, max_examples=25)
def test_what_is_expected_is_what_a_poisson_model_of_unit_types_fits(table: list[tuple[int, int]]) -> None:
    kinds = np.tile([[1, 0], [0, 1]], (3, 1))
    events, exposure = np.array(table).T
    rates = (events / exposure).reshape(3, 2)
    assume(not np.allclose(rates, rates[0]))  # statsmodels warns of a perfect fit
    fitted = sm.GLM(events, kinds, family=sm.families.Poisson(), exposure=exposure).fit().fittedvalues
    frame = pl.DataFrame(
        {
            "group_id": np.repeat(["T1", "T2", "C1"], 2),
            "unit_type": ["township", "department"] * 3,
            "numerator": events,
            "denominator": exposure,
        }
    )
    expected = indirect_standardisation(frame)["expected"]
    assert expected.to_list() == pytest.approx(fitted.reshape(3, 2).sum(axis=1), rel=1e-5)


def test_finer_rows_give_the_same_figures_whatever_their_order() -> None:
    whole = by_group(indirect_standardisation(COUNTY))
    halves = COUNTY.with_columns(pl.col("numerator", "denominator") / 2)
    twice = pl.concat([halves.reverse(), halves]).with_columns(pl.col("numerator").cast(pl.Int64))
    for group, row in by_group(indirect_standardisation(twice)).items():
        assert row["ratio"] == pytest.approx(whole[group]["ratio"])


def test_groups_come_in_the_order_met() -> None:
    assert indirect_standardisation(COUNTY)["group_id"].to_list() == ["T1", "C1"]
    assert indirect_standardisation(COUNTY.reverse())["group_id"].to_list() == ["C1", "T1"]


def test_unknown_cells_are_left_out_and_counted() -> None:
    frame = pl.concat([COUNTY, cells(("C1", "school", None, 30), ("C1", "school", 4, None), ("C1", "school", 0, 0))])
    groups, before = by_group(indirect_standardisation(frame)), by_group(indirect_standardisation(COUNTY))
    assert groups["C1"]["n_missing"] == 2
    assert {**groups["C1"], "n_missing": 0} == before["C1"]


def test_a_group_without_exposure_has_no_figures() -> None:
    row = by_group(indirect_standardisation(pl.concat([COUNTY, cells(("T2", "township", None, 5))])))["T2"]
    figures = ("observed", "rate", "expected", "ratio", "low", "high", "adjusted_rate")
    assert [row[name] for name in figures] == [None] * 7
    assert row["n_missing"] == 1


def test_where_nothing_is_expected_there_is_no_ratio() -> None:
    frame = cells(("T1", "school", 0, 5), ("C1", "township", 3, 5))
    row = by_group(indirect_standardisation(frame))["T1"]
    assert (row["rate"], row["expected"], row["ratio"], row["high"]) == (0, 0, None, None)


def test_events_without_exposure_are_refused() -> None:
    with pytest.raises(QueryError, match="1 of denominator 0 in row 0 cannot be"):
        indirect_standardisation(cells(("T1", "school", 1, 0)))
