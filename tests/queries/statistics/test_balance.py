"""Balance: how often equal groups are called unequal, and how often unequal ones are found."""

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, chi2_contingency, fisher_exact, multivariate_hypergeom

from queries.exceptions import QueryError
from queries.statistics import balance

COUNTY = np.array([4, 4, 4, 5, 13, 13, 13, 13, 13, 21])
BANDS = [
    f"{spread}_{band}_{side}" for spread in ("range", "sd") for band in ("look", "alarm") for side in ("low", "high")
]


def counts(*pairs: tuple[int | None, int | None]) -> pl.DataFrame:
    schema = {"numerator": pl.Int64, "denominator": pl.Int64}
    return pl.DataFrame(list(pairs), schema=schema, orient="row")


def verdicts(random: np.random.Generator, sizes: np.ndarray, truth: np.ndarray | float, campaigns: int) -> list[str]:
    return [
        balance(pl.DataFrame({"numerator": random.binomial(sizes, truth), "denominator": sizes}), seed=seed, draws=999)[
            "verdict"
        ][0]
        for seed in range(campaigns)
    ]


def test_range_and_spread_are_in_percentage_points_over_the_rows_that_can_be_compared() -> None:
    row = balance(counts((8, 10), (18, 20), (0, 0), (None, 5), (30, 30))).row(0, named=True)
    assert row["rows"] == 3
    assert row["pooled"] == pytest.approx(56 / 60)
    assert row["range_pp"] == pytest.approx(20)
    assert row["sd_pp"] == pytest.approx((200 / 3) ** 0.5)


def test_equal_groups_are_called_unequal_in_about_5_percent_of_campaigns() -> None:
    """Of these 1,000 campaigns 5 % is 50 ± 7: the bound is what 5 % would pass once in a thousand times."""
    called = verdicts(np.random.default_rng(1), COUNTY * 4, 0.85, campaigns=1_000)
    alarms = sum(each != "balanced" for each in called)
    assert 0.03 * 1_000 <= alarms <= binom.ppf(0.999, 1_000, 0.05)
    assert called.count("unbalanced") <= binom.ppf(0.999, 1_000, 0.002)


@pytest.mark.parametrize("sizes", [(6, 8, 10), (13, 21)])
def test_equal_truth_is_called_unequal_in_at_most_5_percent_of_all_that_may_come(sizes: tuple[int, ...]) -> None:
    """Every outcome is judged and weighted by its chance; 0.2 % are left to the draws."""
    outcomes = list(itertools.product(*(range(n + 1) for n in sizes)))
    judged = [balance(counts(*zip(done, sizes, strict=True)), draws=999).row(0, named=True) for done in outcomes]
    assert {row["verdict"] for row in judged if row["p_value"] > 0.05} == {"balanced"}
    assert {row["verdict"] for row in judged if 0.002 < row["p_value"] <= 0.05} == {"look"}
    assert {row["verdict"] for row in judged if row["p_value"] <= 0.002} == {"unbalanced"}
    alarm = [row["verdict"] != "balanced" for row in judged]
    for truth in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99):
        chances = binom.pmf(outcomes, sizes, truth).prod(axis=1)
        assert chances.sum() == pytest.approx(1)
        assert chances[alarm].sum() <= 0.052


def test_an_evident_imbalance_is_always_found() -> None:
    """On-time rates of the demonstration county over nine weeks: two groups near 60 % among eight near 97 %."""
    truth = np.where(np.isin(np.arange(10), [2, 4]), 0.6, 0.97)
    assert set(verdicts(np.random.default_rng(2), COUNTY * 9, truth, campaigns=100)) == {"unbalanced"}


def test_one_group_of_13_at_65_among_85_percent_shows_with_the_weeks() -> None:
    truth = np.where(np.arange(10) == 4, 0.65, 0.85)
    found = [
        np.mean([each != "balanced" for each in verdicts(np.random.default_rng(3), COUNTY * weeks, truth, 200)])
        for weeks in (1, 4, 8)
    ]
    assert found == sorted(found)
    assert found[0] < 0.3
    assert found[-1] > 0.85


def test_the_p_value_is_near_chi_square_where_rows_are_large() -> None:
    done, sizes = np.array([410, 430, 455]), np.array([500, 510, 520])
    expected = chi2_contingency(np.array([done, sizes - done]), correction=False).pvalue
    row = balance(pl.DataFrame({"numerator": done, "denominator": sizes}), draws=20_000).row(0, named=True)
    assert 0.02 < expected < 0.5
    assert row["p_value"] == pytest.approx(expected, abs=0.01)


def test_the_p_value_of_small_rows_is_the_sum_of_the_chances_of_all_sharings_as_uneven() -> None:
    sizes, seen = np.array([5, 8, 10]), np.array([2, 7, 9])

    def spread(done: np.ndarray) -> float:
        return float((sizes * (done / sizes - 18 / 23) ** 2).sum())

    sharings = [np.array(each) for each in itertools.product(range(6), range(9), range(11)) if sum(each) == 18]
    exact = sum(multivariate_hypergeom.pmf(each, sizes, 18) for each in sharings if spread(each) > spread(seen) - 1e-9)
    row = balance(pl.DataFrame({"numerator": seen, "denominator": sizes}), draws=40_000).row(0, named=True)
    assert row["p_value"] == pytest.approx(exact, abs=0.01)


def test_the_p_value_of_two_equal_rows_is_that_of_fishers_exact_test() -> None:
    row = balance(counts((4, 12), (9, 12)), draws=40_000).row(0, named=True)
    assert row["p_value"] == pytest.approx(fisher_exact([[4, 8], [9, 3]]).pvalue, abs=0.005)


def test_the_bands_hold_the_ranges_and_spreads_that_chance_gives() -> None:
    sizes = COUNTY * 4
    row = balance(pl.DataFrame({"numerator": sizes * 4 // 5, "denominator": sizes}), draws=20_000).row(0, named=True)
    rates = 100 * np.random.default_rng(99).binomial(sizes, row["pooled"], size=(100_000, 10)) / sizes
    for name, spread in (("range", np.ptp(rates, axis=1)), ("sd", rates.std(axis=1))):
        for band, share, margin in (("look", 0.95, 0.005), ("alarm", 0.998, 0.001)):
            low, high = row[f"{name}_{band}_low"] - 1e-9, row[f"{name}_{band}_high"] + 1e-9
            assert ((low <= spread) & (spread <= high)).mean() == pytest.approx(share, abs=margin)


@given(st.permutations([(44, 45), (35, 36), (22, 36), (70, 117), (3, 4), (0, 0)]), st.integers(0, 5))
@settings(deadline=None, max_examples=20)
def test_the_order_of_the_rows_changes_nothing(rows: list[tuple[int, int]], seed: int) -> None:
    given, sorted_rows = (
        balance(counts(*rows), seed=seed, draws=999),
        balance(counts(*sorted(rows)), seed=seed, draws=999),
    )
    assert given.drop("sd_pp").equals(sorted_rows.drop("sd_pp"))
    assert given["sd_pp"][0] == pytest.approx(sorted_rows["sd_pp"][0])


def test_the_same_seed_gives_the_same_answer_and_another_seed_other_draws() -> None:
    frame = counts((9, 13), (12, 13), (15, 21))
    assert balance(frame, seed=4).equals(balance(frame, seed=4))
    assert balance(frame, seed=4)["p_value"][0] != balance(frame, seed=5)["p_value"][0]


@pytest.mark.parametrize("rows", [[], [(0, 0)], [(3, 4)], [(3, 4), (None, 5)]])
def test_fewer_than_two_rows_are_neither_balanced_nor_unbalanced(rows: list[tuple[int, int]]) -> None:
    row = balance(counts(*rows)).row(0, named=True)
    assert row["verdict"] == "unknown"
    assert [row[name] for name in (*BANDS, "p_value")] == [None] * 9


def test_rows_too_small_to_show_any_imbalance_are_unknown_however_wide_their_range() -> None:
    row = balance(counts((1, 1), (0, 1))).row(0, named=True)
    assert (row["range_pp"], row["verdict"]) == (100, "unknown")


def test_one_failure_in_a_whole_county_leaves_it_balanced() -> None:
    row = balance(counts(*((36, 36),) * 9, (35, 36))).row(0, named=True)
    assert (row["p_value"], row["verdict"]) == (1, "balanced")


def test_rows_that_are_all_at_a_hundred_percent_are_balanced() -> None:
    row = balance(counts((36, 36), (117, 117))).row(0, named=True)
    assert (row["range_pp"], row["p_value"], row["verdict"]) == (0, 1, "balanced")


def test_no_p_value_is_0() -> None:
    assert balance(counts((0, 500), (500, 500)), draws=999)["p_value"].to_list() == [0.001]


def test_too_few_draws_and_counts_that_are_no_shares_are_refused() -> None:
    with pytest.raises(ValueError, match=r"998 draws cannot show a chance of 0\.002: give 999 or more"):
        balance(counts((1, 2), (1, 2)), draws=998)
    with pytest.raises(QueryError, match="is not a share"):
        balance(counts((3, 2)))
