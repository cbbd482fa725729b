"""Intervals against worked figures and against statsmodels; control limits against domain figures."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from queries.statistics import clopper_pearson, control_limits, rate_interval, wilson

shares = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.floats(0.5, 0.999)


def counts(*pairs: tuple[int, int]) -> pl.DataFrame:
    schema = {"numerator": pl.Int64, "denominator": pl.Int64}
    return pl.DataFrame(list(pairs), schema=schema, orient="row")


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_examples(numerator: int, denominator: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998), table I, score method without continuity correction."""
    row = wilson(counts((numerator, denominator))).row(0, named=True)
    assert (row["low"], row["high"]) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_wilson_stays_within_0_and_1_and_is_unknown_without_a_denominator() -> None:
    frame = wilson(counts((0, 3), (3, 3), (0, 0)))
    assert frame["low"].to_list()[0] == 0.0
    assert frame["high"].to_list()[1] == 1.0
    assert frame.row(2, named=True)["low"] is None
    assert frame.row(2, named=True)["high"] is None


def test_a_higher_level_widens_the_interval() -> None:
    usual, wide = wilson(counts((5, 10))), wilson(counts((5, 10)), level=0.998)
    assert wide["low"][0] < usual["low"][0]
    assert wide["high"][0] > usual["high"][0]


def test_control_limits_flag_the_groups_that_are_truly_low() -> None:
    """On-time rates of the ten groups, the actual weak ones being T3 (third) and C1 (fifth)."""
    frame = control_limits(
        counts(
            *((44, 45), (35, 36), (22, 36), (35, 36)),
            *((70, 117), (114, 117), (106, 117), (113, 117), (114, 117), (182, 189)),
        )
    )
    assert frame["centre"].unique().to_list() == [pytest.approx(835 / 927)]
    flags = frame["flag"].to_list()
    assert [place for place, flag in enumerate(flags) if flag == "below"] == [2, 4]
    row = frame.row(2, named=True)
    spread = (835 / 927 * (1 - 835 / 927) / 36) ** 0.5
    assert row["warning_low"] == pytest.approx(835 / 927 - 1.96 * spread)
    assert row["action_low"] == pytest.approx(835 / 927 - 3.09 * spread)
    assert row["action_high"] == 1.0


def test_fewer_than_ten_are_never_flagged() -> None:
    frame = control_limits(counts((0, 9), (88, 100), (0, 0)))
    assert frame["flag"].to_list() == [None, "within", None]
    assert frame["action_low"].to_list()[2] is None


def test_limits_of_nothing_are_unknown() -> None:
    assert control_limits(counts((0, 0)))["centre"].to_list() == [None]


@given(shares, levels)
@settings(deadline=None)
def test_clopper_pearson_agrees_with_statsmodels(share: tuple[int, int], level: float) -> None:
    row = clopper_pearson(counts(share), level=level).row(0, named=True)
    expected = proportion_confint(*share, alpha=1 - level, method="beta")
    assert (row["low"], row["high"]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("n", [4, 13, 36])
def test_clopper_pearson_holds_the_true_share_at_least_as_often_as_it_says(n: int) -> None:
    frame = clopper_pearson(counts(*((done, n) for done in range(n + 1))))
    for true in (share / 100 for share in range(1, 100)):
        held = (frame["low"] <= true) & (true <= frame["high"])
        assert binom.pmf(frame["numerator"], n, true)[held.to_numpy()].sum() >= 0.95


def test_four_of_four_is_not_a_hundred_percent() -> None:
    row = clopper_pearson(counts((4, 4))).row(0, named=True)
    assert row["low"] == pytest.approx(0.025 ** (1 / 4))
    assert row["high"] == 1.0


def test_exact_intervals_are_unknown_without_a_denominator() -> None:
    unknown = pl.DataFrame({"numerator": [0, None, 1], "denominator": [0, 4, None]})
    for interval in (clopper_pearson, rate_interval):
        frame = interval(unknown)
        assert frame["low"].to_list() == [None, None, None]
        assert frame["high"].to_list() == [None, None, None]


def test_exact_intervals_keep_the_frame_they_are_given() -> None:
    given = counts((1, 4), (0, 0)).with_columns(group_id=pl.Series(["T1", "T2"]))
    for interval in (clopper_pearson, rate_interval):
        assert interval(given).drop("low", "high").equals(given)


@given(st.integers(0, 2_000), st.floats(0.1, 5_000), levels)
@settings(deadline=None)
def test_the_interval_of_a_rate_agrees_with_statsmodels(events: int, exposure: float, level: float) -> None:
    row = rate_interval(pl.DataFrame({"numerator": [events], "denominator": [exposure]}), level=level).row(
        0, named=True
    )
    expected = confint_poisson(events, exposure, method="exact-c", alpha=1 - level)
    assert (row["low"], row["high"]) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_limits_of_a_rate_are_where_the_count_becomes_a_2_point_5_percent_chance() -> None:
    row = rate_interval(counts((7, 20))).row(0, named=True)
    assert poisson.sf(6, row["low"] * 20) == pytest.approx(0.025)
    assert poisson.cdf(7, row["high"] * 20) == pytest.approx(0.025)


def test_no_events_in_a_long_time_say_more_than_in_a_short_one() -> None:
    """The rule of three: with none seen, more than 3 events per exposure can be left out at 95 % on that side."""
    frame = rate_interval(counts((0, 10), (0, 100)), level=0.9)
    assert frame["low"].to_list() == [0.0, 0.0]
    assert frame["high"].to_list() == pytest.approx([0.29957, 0.029957], rel=1e-4)
