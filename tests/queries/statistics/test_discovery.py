"""Discovery against statsmodels and scipy, against exact sums, and in lists made of luck alone."""

from fractions import Fraction
from math import comb

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.multitest import multipletests

from queries.exceptions import QueryError
from queries.statistics.discovery import adjust, worse_than_county

probabilities = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.05, 1.0]), min_size=1, max_size=30)


def counts(*rows: tuple[str, int | None, int | None]) -> pl.DataFrame:
    schema = {"action_code": pl.String, "numerator": pl.Int64, "denominator": pl.Int64}
    return pl.DataFrame(list(rows), schema, orient="row")


@settings(deadline=None)
@given(values=probabilities, rate=st.sampled_from([0.01, 0.05, 0.2]))
def test_rows_are_listed_as_statsmodels_lists_them(values: list[float], rate: float) -> None:
    listed, q_values, _, _ = multipletests(values, alpha=rate, method="fdr_bh")
    found = adjust(pl.DataFrame({"p_value": values}), rate=rate)
    assert found["p_value"].to_list() == values
    assert found["q_value"].to_list() == pytest.approx(q_values.tolist(), abs=1e-12)
    near = np.abs(q_values - rate) < 1e-12
    assert (found["is_listed"].to_numpy() == listed)[~near].all()


def test_the_worked_example_of_the_authors_lists_four_of_fifteen() -> None:
    """Y. Benjamini & Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), p. 295."""
    values = "1 4 19 95 201 278 298 344 459 3240 4262 5719 6528 7590 10000"
    found = adjust(pl.DataFrame({"p": [int(value) / 10_000 for value in values.split()]}), "p")
    assert found["is_listed"].to_list() == [True] * 4 + [False] * 11
    assert adjust(pl.DataFrame({"p_value": [0.05]}), rate=0.05)["is_listed"].to_list() == [True]


def test_what_was_not_looked_at_neither_counts_nor_is_listed() -> None:
    found = adjust(pl.DataFrame({"unit_id": ["U1", "U2", "U3"], "p_value": [None, 0.02, 0.04]}))
    assert found["unit_id"].to_list() == ["U1", "U2", "U3"]
    assert found["q_value"].to_list() == [None, 0.04, 0.04]
    assert found["is_listed"].to_list() == [False, True, True]
    assert adjust(found.clear())["q_value"].to_list() == []


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(value: float) -> None:
    with pytest.raises(QueryError, match="is no probability"):
        adjust(pl.DataFrame({"p_value": [0.5, value]}))


@settings(deadline=None)
@given(
    rows=st.lists(
        st.integers(0, 12).flatmap(lambda n: st.tuples(st.just("A05"), st.integers(0, n), st.just(n))), min_size=1
    )
)
def test_the_p_value_sums_the_chances_of_as_bad_or_worse(rows: list[tuple[str, int, int]]) -> None:
    met, asked = (sum(row[place] for row in rows) for place in (1, 2))
    found = {worse: worse_than_county(counts(*rows), worse=worse) for worse in ("low", "high")}
    share = Fraction(met, asked) if asked else None
    for place, (_, x, n) in enumerate(rows):
        row = {worse: frame.row(place, named=True) for worse, frame in found.items()}
        if not share or not n:
            expected = (None, None) if not n else (1.0, 1.0)
            assert (row["low"]["p_value"], row["high"]["p_value"]) == expected
            continue
        chances = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
        assert row["low"]["county_share"] == pytest.approx(float(share))
        assert row["low"]["p_value"] == pytest.approx(float(sum(chances[: x + 1])), rel=1e-9)
        assert row["high"]["p_value"] == pytest.approx(float(sum(chances[x:])), rel=1e-9)


def test_the_p_value_is_that_of_the_exact_binomial_test() -> None:
    frame = counts(("A05", 22, 36), ("A05", 813, 891))
    share = 835 / 927
    assert worse_than_county(frame)["p_value"][0] == pytest.approx(binomtest(22, 36, share, "less").pvalue, rel=1e-9)
    high = worse_than_county(frame, worse="high")["p_value"]
    assert high[1] == pytest.approx(binomtest(813, 891, share, "greater").pvalue, rel=1e-9)


def test_each_action_is_compared_with_the_county_in_that_action() -> None:
    found = worse_than_county(counts(("A05", 1, 2), ("A05", 3, 4), ("A23", 0, 4), ("A23", 1, 4)), "action_code")
    assert found["county_share"].to_list() == [4 / 6, 4 / 6, 1 / 8, 1 / 8]


def test_one_bad_row_among_perfect_ones_is_rare_but_not_impossible() -> None:
    found = worse_than_county(counts(("A05", 0, 1), *[("A05", 1, 1)] * 102))
    assert found["p_value"][0] == pytest.approx(1 / 103)
    assert found["p_value"].to_list()[1:] == [1.0] * 102


def test_rows_without_a_count_are_neither_judged_nor_counted() -> None:
    found = worse_than_county(counts(("A05", None, 9), ("A05", 0, 0), ("A05", 1, None), ("A05", 2, 4)))
    assert found["p_value"].to_list()[:3] == [None, None, None]
    assert found["county_share"].to_list() == [0.5] * 4
    assert worse_than_county(counts(("A05", 0, 0)))["county_share"].to_list() == [None]


@pytest.mark.parametrize("pair", [(3, 2), (-1, 2)])
def test_a_count_that_is_no_share_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(QueryError, match=f"{pair[0]} of 2 is no share"):
        worse_than_county(counts(("A05", *pair), ("A05", 1, 2)))


def test_a_county_of_equals_lists_hardly_anyone_where_five_in_a_hundred_would_be_flagged() -> None:
    """103 units × 12 actions of 20 instances each, 300 weeks, all done with the same probability of 0.8."""
    rng = np.random.default_rng(23)
    flagged, weeks_with_a_list = 0, 0
    for _ in range(300):
        frame = pl.DataFrame({"numerator": rng.binomial(20, 0.8, 103 * 12)}).with_columns(denominator=20)
        found = adjust(worse_than_county(frame))
        flagged += found.filter(pl.col("p_value") < 0.05).height
        weeks_with_a_list += found["is_listed"].any()
    assert flagged / 300 > 30
    assert weeks_with_a_list / 300 <= 0.05


def test_of_the_listed_hardly_more_than_the_rate_are_there_by_luck() -> None:
    rng = np.random.default_rng(29)
    truly_bad = np.arange(103 * 12) < 60
    share = np.where(truly_bad, 0.4, 0.8)
    by_luck, found_bad = [], []
    for _ in range(100):
        frame = pl.DataFrame({"numerator": rng.binomial(20, share)}).with_columns(denominator=20)
        listed = adjust(worse_than_county(frame), rate=0.1)["is_listed"].to_numpy()
        by_luck.append((listed & ~truly_bad).sum() / max(listed.sum(), 1))
        found_bad.append(listed[truly_bad].mean())
    assert np.mean(by_luck) <= 0.1
    assert np.mean(found_bad) > 0.7
