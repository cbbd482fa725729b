"""Shrinkage: the fitted prior against the moments it must reproduce, and what it gains in made-up counties."""

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta, betabinom, binom, nbinom

from queries.exceptions import QueryError
from queries.statistics import shrink_rates, shrink_shares

COUNTY = np.array([4, 4, 4, 5, 13, 13, 13, 13, 13, 21])
BESIDE = ["raw", "shrunk", "weight_of_own", "prior_mean", "spread"]

share_rows = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=12
)
rate_rows = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 60)), min_size=2, max_size=12)


def counts(*pairs: tuple[int | None, float | None]) -> pl.DataFrame:
    schema = {"numerator": pl.Int64, "denominator": pl.Float64}
    return pl.DataFrame(list(pairs), schema=schema, orient="row")


def worth(frame: pl.DataFrame) -> float:
    """The denominator the prior is worth, from the first row's weight."""
    return frame["denominator"][0] * (1 / frame["weight_of_own"][0] - 1)


@pytest.mark.parametrize("shrink", [shrink_shares, shrink_rates])
def test_shrunk_never_comes_without_raw_beside_it(shrink: type) -> None:
    given = counts((3, 4), (12, 13), (0, 0), (None, 5))
    frame = shrink(given)
    assert frame.columns == [*given.columns, *BESIDE]
    assert frame["raw"].is_null().to_list() == frame["shrunk"].is_null().to_list() == [False, False, True, True]


@given(share_rows)
def test_a_shrunk_share_lies_between_the_rows_own_and_the_pooled_one(rows: list[tuple[int, int]]) -> None:
    frame = shrink_shares(counts(*rows))
    pooled = sum(done for done, _ in rows) / sum(n for _, n in rows)
    assert frame["prior_mean"].to_list() == pytest.approx([pooled] * len(rows))
    for row in frame.iter_rows(named=True):
        assert min(row["raw"], pooled) - 1e-12 <= row["shrunk"] <= max(row["raw"], pooled) + 1e-12


@given(rate_rows)
def test_a_shrunk_rate_lies_between_the_rows_own_and_the_pooled_one(rows: list[tuple[int, int]]) -> None:
    frame = shrink_rates(counts(*rows))
    pooled = sum(events for events, _ in rows) / sum(exposure for _, exposure in rows)
    for row in frame.iter_rows(named=True):
        assert row["prior_mean"] == pytest.approx(pooled)
        assert min(row["raw"], pooled) - 1e-12 <= row["shrunk"] <= max(row["raw"], pooled) + 1e-12


@pytest.mark.parametrize("shrink", [shrink_shares, shrink_rates])
def test_the_more_a_row_rests_on_the_more_it_counts_itself(shrink: type) -> None:
    frame = shrink(counts((1, 4), (12, 13), (9, 21), (50, 60)))
    weights = frame["weight_of_own"].to_list()
    assert frame["spread"].unique().to_list() == ["beyond_chance"]
    assert 0 < weights[0] < weights[1] < weights[2] < weights[3] < 1


@given(share_rows)
@settings(deadline=None)
def test_the_beta_prior_reproduces_the_spread_that_was_seen(rows: list[tuple[int, int]]) -> None:
    """Under the fitted beta-binomial the weighted sum of squares is, on average, the one observed."""
    frame = shrink_shares(counts(*rows))
    assume(frame["spread"][0] == "beyond_chance" and 1e-6 < frame["weight_of_own"][0] < 1 - 1e-6)
    n, pooled = frame["denominator"].to_numpy(), frame["prior_mean"][0]
    a, b = worth(frame) * pooled, worth(frame) * (1 - pooled)
    seen = (n * (frame["raw"].to_numpy() - pooled) ** 2).sum()
    assert (betabinom.var(n, a, b) / n * (1 - n / n.sum())).sum() == pytest.approx(seen, rel=1e-6)


@given(rate_rows)
@settings(deadline=None)
def test_the_gamma_prior_reproduces_the_spread_that_was_seen(rows: list[tuple[int, int]]) -> None:
    frame = shrink_rates(counts(*rows))
    assume(frame["spread"][0] == "beyond_chance" and 1e-6 < frame["weight_of_own"][0] < 1 - 1e-6)
    exposure, pooled, rate = frame["denominator"].to_numpy(), frame["prior_mean"][0], worth(frame)
    variance = nbinom.var(pooled * rate, rate / (rate + exposure))
    seen = (exposure * (frame["raw"].to_numpy() - pooled) ** 2).sum()
    assert (variance / exposure * (1 - exposure / exposure.sum())).sum() == pytest.approx(seen, rel=1e-6)


def test_a_shrunk_share_is_the_mean_of_the_posterior() -> None:
    frame = shrink_shares(counts((1, 4), (12, 13), (6, 21)))
    a, b = worth(frame) * frame["prior_mean"][0], worth(frame) * (1 - frame["prior_mean"][0])

    def posterior(share: float) -> float:
        return float(beta.pdf(share, a, b) * binom.pmf(1, 4, share))

    mean = quad(lambda share: share * posterior(share), 0, 1)[0] / quad(posterior, 0, 1)[0]
    assert frame["shrunk"][0] == pytest.approx(mean, abs=1e-6)


@pytest.mark.parametrize("shrink", [shrink_shares, shrink_rates])
@pytest.mark.parametrize(
    "rows",
    [[(8, 10), (16, 20), (24, 30)], [(8, 10), (15, 20)], [(3, 4)], [(0, 5), (0, 9)], [(1, 1), (0, 1), (1, 1)], []],
    ids=str,
)
def test_where_spread_is_within_chance_every_row_gets_the_pooled_figure_and_is_told_so(
    shrink: type, rows: list[tuple[int, int]]
) -> None:
    frame = shrink(counts(*rows, (0, 0)))
    assert frame["spread"].unique().to_list() == ["not_beyond_chance"]
    assert frame["weight_of_own"].to_list() == [*[0] * len(rows), None]
    assert frame["shrunk"].to_list() == [*frame["prior_mean"][: len(rows)].to_list(), None]


@given(share_rows)
@example([(0, 1), (2, 3)])
@example([(1, 2), (2, 2)])
def test_spread_is_beyond_chance_when_chi_square_passes_its_mean(rows: list[tuple[int, int]]) -> None:
    done, sizes = np.array(rows).T
    pooled = done.sum() / sizes.sum()
    assume(0 < pooled < 1 and sizes.max() > 1)
    excess = (sizes * (done / sizes - pooled) ** 2).sum() / (pooled * (1 - pooled)) - (len(rows) - 1)
    assume(abs(excess) > 1e-9)
    expected = "beyond_chance" if excess > 0 else "not_beyond_chance"
    assert shrink_shares(counts(*rows))["spread"].unique().to_list() == [expected]


def test_shares_of_all_or_nothing_keep_their_own() -> None:
    frame = shrink_shares(counts((9, 9), (0, 9), (9, 9)))
    assert frame["shrunk"].to_list() == frame["raw"].to_list() == [1, 0, 1]
    assert frame["spread"][0] == "beyond_chance"


@given(share_rows)
def test_counting_what_was_not_done_mirrors_the_shrunk_share(rows: list[tuple[int, int]]) -> None:
    done = shrink_shares(counts(*rows))["shrunk"]
    undone = shrink_shares(counts(*((n - each, n) for each, n in rows)))["shrunk"]
    assert done.to_list() == pytest.approx((1 - undone).to_list(), abs=1e-7)


@pytest.mark.parametrize("shrink", [shrink_shares, shrink_rates])
def test_the_order_of_the_rows_changes_nothing(shrink: type) -> None:
    rows = [(1, 4), (12, 13), (2, 21), (60, 60), (0, 0)]
    forwards, backwards = shrink(counts(*rows))["shrunk"], shrink(counts(*rows[::-1]))["shrunk"].reverse()
    assert forwards.to_list()[:4] == pytest.approx(backwards.to_list()[:4])


def test_the_prior_is_found_again_in_many_rows_drawn_from_it() -> None:
    """A prior worth 20 trials: a row of 40 keeps two thirds of itself."""
    random = np.random.default_rng(5)
    sizes = np.full(2_000, 40)
    frame = pl.DataFrame({"numerator": random.binomial(sizes, random.beta(16, 4, 2_000)), "denominator": sizes})
    assert shrink_shares(frame)["weight_of_own"][0] == pytest.approx(2 / 3, abs=0.03)
    events = random.poisson(random.gamma(4, 1 / 20, 2_000) * 40)
    frame = pl.DataFrame({"numerator": events, "denominator": sizes})
    assert shrink_rates(frame)["weight_of_own"][0] == pytest.approx(2 / 3, abs=0.03)


def test_shrunk_is_nearer_the_truth_than_raw_and_most_so_in_small_groups() -> None:
    """One week of the county, true shares with an SD of 8 points: errors of small groups fall by nearly half."""
    random = np.random.default_rng(6)
    errors = []
    for _ in range(300):
        truth = random.beta(17, 3, 10)
        frame = shrink_shares(pl.DataFrame({"numerator": random.binomial(COUNTY, truth), "denominator": COUNTY}))
        errors.append(frame.select("raw", "shrunk").to_numpy() - truth[:, np.newaxis])
    raw, shrunk = np.sqrt(np.mean(np.square(errors), axis=0)).T
    assert (shrunk[:3] < 0.65 * raw[:3]).all()
    assert (shrunk < raw).all()


def test_a_truly_weak_small_group_is_made_to_look_better_so_shrunk_never_stands_alone() -> None:
    random = np.random.default_rng(7)
    truth = np.where(np.arange(10) == 0, 0.5, 0.9)
    weeks = [
        shrink_shares(pl.DataFrame({"numerator": random.binomial(COUNTY * 4, truth), "denominator": COUNTY * 4}))
        for _ in range(200)
    ]
    assert np.mean([week["raw"][0] for week in weeks]) == pytest.approx(0.5, abs=0.03)
    assert np.mean([week["shrunk"][0] for week in weeks]) > 0.55


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(QueryError, match="is not a share"):
        shrink_shares(counts((5, 4)))
    with pytest.raises(QueryError, match="cannot be"):
        shrink_rates(counts((-1, 4)))
