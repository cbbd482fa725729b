"""Funnel limits against sums of binomial chances, and what they find and spare in made-up campaigns."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom
from scipy.stats.mstats import winsorize

from queries.exceptions import QueryError
from queries.statistics import funnel, funnel_curve

LIMITS = ("alarm_low", "look_low", "look_high", "alarm_high")
TAILS = {"alarm": 0.001, "look": 0.025}
COUNTY = np.array([4, 4, 4, 5, 13, 13, 13, 13, 13, 21])
ON_TIME = (
    *((44, 45), (35, 36), (22, 36), (35, 36)),
    *((70, 117), (114, 117), (106, 117), (113, 117), (114, 117), (182, 189)),
)

rates = st.floats(0.02, 0.98)


def counts(*pairs: tuple[int | None, int | None]) -> pl.DataFrame:
    schema = {"numerator": pl.Int64, "denominator": pl.Int64}
    return pl.DataFrame(list(pairs), schema=schema, orient="row")


def drawn(random: np.random.Generator, sizes: np.ndarray, truth: np.ndarray | float) -> pl.DataFrame:
    return pl.DataFrame({"numerator": random.binomial(sizes, truth), "denominator": sizes})


@given(st.integers(1, 200), rates)
@settings(deadline=None)
def test_the_lower_limit_interpolates_the_quantile_as_the_paper_says(n: int, rate: float) -> None:
    row = funnel_curve(rate, n, n_min=n).row(0, named=True)
    for name, tail in TAILS.items():
        quantile = binom.ppf(tail, n, rate)
        beyond = binom.cdf(quantile, n, rate) - tail
        expected = (quantile - beyond / binom.pmf(quantile, n, rate)) / n
        assert row[f"{name}_low"] == pytest.approx(max(expected, 0), abs=1e-8)


@given(st.integers(10, 120), rates)
@settings(deadline=None)
def test_a_row_lies_outside_a_limit_exactly_when_its_tail_of_the_binomial_is_thinner(n: int, rate: float) -> None:
    row = funnel_curve(rate, n, n_min=n).row(0, named=True)
    done = np.arange(n + 1)
    at_most, at_least = binom.cdf(done, n, rate), binom.sf(done - 1, n, rate)
    for name, tail in TAILS.items():
        clear = (abs(at_most - tail) > 1e-9) & (abs(at_least - tail) > 1e-9)
        assert ((done / n < row[f"{name}_low"]) == (at_most < tail))[clear].all()
        assert ((done / n > row[f"{name}_high"]) == (at_least < tail))[clear].all()


def test_ten_of_ten_is_no_alarm_where_chance_gives_it_once_in_ten() -> None:
    """The paper's own upper limit would lie at 0.9991 here, below ten of ten."""
    limit = funnel_curve(0.8, 10, n_min=10)["alarm_high"][0]
    assert 0.8**10 > 0.1
    assert limit == 1.0


@given(rates, st.floats(1, 4))
@settings(deadline=None)
def test_limits_nest_and_close_in_on_the_centre_as_n_grows(rate: float, dispersion: float) -> None:
    curve = funnel_curve(rate, 300, dispersion)
    limits = curve.select(*LIMITS).to_numpy()
    assert curve["n"].to_list() == list(range(1, 301))
    assert (np.diff(limits, axis=1) >= 0).all()
    assert (np.diff(limits[:, :2], axis=0) >= -1e-12).all()
    assert (np.diff(limits[:, 2:], axis=0) <= 1e-12).all()
    assert ((limits[:, 1] <= rate) & (rate <= limits[:, 2])).all()


def test_a_thinned_curve_keeps_both_ends_and_lies_on_the_full_one() -> None:
    full, thin = funnel_curve(0.86, 4000, n_min=30), funnel_curve(0.86, 4000, n_min=30, most=60)
    assert (thin.height, thin["n"][0], thin["n"][-1]) == (60, 30, 4000)
    assert thin.rows() == full.filter(pl.col("n").is_in(thin["n"].implode())).rows()
    assert funnel_curve(0.86, 40, n_min=30, most=60).rows() == funnel_curve(0.86, 40, n_min=30).rows()
    with pytest.raises(ValueError, match="make no curve"):
        funnel_curve(0.86, 40, most=1)


@given(rates)
@settings(deadline=None)
def test_counting_what_was_not_done_mirrors_the_funnel(rate: float) -> None:
    done, undone = funnel_curve(rate, 80), funnel_curve(1 - rate, 80)
    for name in TAILS:
        assert done[f"{name}_low"].to_list() == pytest.approx((1 - undone[f"{name}_high"]).to_list(), abs=1e-8)


def test_dispersion_moves_every_limit_by_its_root_away_from_the_centre() -> None:
    exact, wide = funnel_curve(0.5, 200, n_min=100), funnel_curve(0.5, 200, dispersion=2.25, n_min=100)
    for name in LIMITS:
        assert (wide[name] - 0.5).to_list() == pytest.approx((1.5 * (exact[name] - 0.5)).to_list())


def test_the_groups_that_are_truly_low_are_found() -> None:
    frame = funnel(counts(*ON_TIME))
    assert frame["centre"].unique().to_list() == [pytest.approx(835 / 927)]
    assert [place for place, flag in enumerate(frame["flag"]) if flag == "below"] == [2, 4]
    curve = funnel_curve(835 / 927, 36, n_min=36)
    assert frame.select(*LIMITS).row(2) == pytest.approx(curve.select(*LIMITS).row(0))


def test_every_flag_is_given_where_it_is_due() -> None:
    """Ten rows of 400 around 0.5: limits are about 0.451 and 0.549, and 0.424 and 0.576."""
    done = (160, 176, 200, 200, 200, 200, 200, 200, 224, 240)
    frame = funnel(counts(*((each, 400) for each in done)))
    assert frame["flag"].to_list() == ["below", "look_below", *["within"] * 6, "look_above", "above"]


def test_fewer_than_ten_have_limits_and_no_flag_and_none_at_all_has_neither() -> None:
    frame = funnel(counts((0, 9), (96, 100), (0, 0), (None, 50), (0, 10)))
    assert frame["flag"].to_list() == [None, "above", None, None, "below"]
    assert frame["alarm_low"].is_null().to_list() == [False, False, True, True, False]
    assert frame["centre"].to_list() == [pytest.approx(96 / 119)] * 5


def test_limits_of_nothing_are_unknown() -> None:
    assert funnel(counts((0, 0))).select("centre", *LIMITS, "flag").row(0) == (None,) * 6
    assert funnel(counts()).is_empty()


def test_where_all_was_done_no_row_is_outside() -> None:
    frame = funnel(counts((20, 20), (400, 400)))
    assert frame["flag"].to_list() == ["within", "within"]


def test_the_order_of_the_rows_changes_nothing() -> None:
    frame = funnel(counts(*ON_TIME), fewest_to_widen=1)
    backwards = funnel(counts(*ON_TIME[::-1]), fewest_to_widen=1).reverse()
    assert frame.drop("dispersion", "dispersion_estimate").equals(backwards.drop("dispersion", "dispersion_estimate"))
    assert frame["dispersion"][0] == pytest.approx(backwards["dispersion"][0])


@given(st.lists(st.integers(0, 40), min_size=2, max_size=45))
@settings(deadline=None)
def test_dispersion_is_the_mean_square_of_scores_with_a_tenth_drawn_in_at_either_end(done: list[int]) -> None:
    frame = funnel(counts(*((each, 40) for each in done)))
    centre = sum(done) / (40 * len(done))
    if 0 < centre < 1:
        z = (np.array(done) / 40 - centre) / (centre * (1 - centre) / 40) ** 0.5
        assert frame["dispersion_estimate"][0] == pytest.approx((np.asarray(winsorize(z, (0.1, 0.1))) ** 2).mean())
    else:
        assert frame["dispersion_estimate"][0] == 1


@pytest.mark.parametrize(("away", "dispersion"), [(12, 1), (13, 1.69), (30, 9)])
def test_limits_widen_only_when_the_spread_is_significant(away: int, dispersion: float) -> None:
    """Of 30 rows the 95 % point of χ² is 43.8, so φ must pass 1.459; at 200 ± d of 400 it is d² / 100."""
    frame = funnel(counts(*((200 + sign * away, 400) for sign in (1, -1) for _ in range(15))))
    assert frame["dispersion_estimate"][0] == pytest.approx(away**2 / 100)
    assert frame["dispersion"][0] == pytest.approx(dispersion)
    limit = 0.5 - dispersion**0.5 * (0.5 - funnel_curve(0.5, 400, n_min=400)["alarm_low"][0])
    assert frame["alarm_low"].to_list() == pytest.approx([limit] * 30)


@pytest.mark.parametrize(("rows", "widened"), [(18, False), (20, True)])
def test_limits_widen_from_twenty_rows_on(rows: int, widened: bool) -> None:
    frame = funnel(counts(*((200 + sign * 40, 400) for sign in (1, -1) for _ in range(rows // 2)), (0, 0)))
    assert (frame["dispersion"][0] > 1) == widened
    assert frame["dispersion_estimate"][0] == pytest.approx(16)


def test_ten_equal_groups_hardly_ever_raise_an_alarm() -> None:
    """Of two tails of 0.1 % and ten groups at most 2 % of weeks; measured 0.4 %."""
    random = np.random.default_rng(1)
    alarms = [funnel(drawn(random, COUNTY * 4, 0.85))["flag"].is_in(["below", "above"]).any() for _ in range(1_000)]
    assert np.mean(alarms) <= 0.02


def test_among_ten_groups_wider_limits_would_hide_the_weak_ones() -> None:
    """So they are only widened from 20 rows on. Two groups at 65 % among eight at 90 %, four weeks."""
    random = np.random.default_rng(2)
    truth = np.full(10, 0.9)
    truth[[2, 4]] = 0.65
    weeks = [drawn(random, COUNTY * 4, truth) for _ in range(400)]
    found = {
        fewest: np.mean([funnel(week, fewest_to_widen=fewest)["flag"][4] == "below" for week in weeks])
        for fewest in (1, 20)
    }
    assert found[20] > 0.65
    assert found[1] < 0.45


def test_a_hundred_units_of_uneven_truth_are_not_all_called_out() -> None:
    random = np.random.default_rng(4)
    frame = drawn(random, np.full(103, 60), random.beta(16, 4, size=103))
    exact, wide = funnel(frame, fewest_to_widen=104), funnel(frame)
    assert wide["dispersion"][0] > 2
    assert exact["flag"].is_in(["below", "above"]).sum() > 10
    assert wide["flag"].is_in(["below", "above"]).sum() <= 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"centre": 1.2, "n_max": 9}, r"centre 1\.2 is no share"),
        ({"centre": 0.5, "n_max": 9, "dispersion": 0.7}, r"dispersion 0\.7 would narrow"),
        ({"centre": 0.5, "n_max": 0}, "n from 1 to 0 is empty"),
        ({"centre": 0.5, "n_max": 9, "n_min": 10}, "n from 10 to 9 is empty"),
    ],
)
def test_a_curve_that_cannot_be_drawn_is_refused(arguments: dict[str, float], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        funnel_curve(**arguments)


def test_counts_that_are_no_shares_are_refused() -> None:
    with pytest.raises(QueryError, match="in row 0 is not a share"):
        funnel(counts((12, 10)))
