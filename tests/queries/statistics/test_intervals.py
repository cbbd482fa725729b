"""Intervals against worked figures: Wilson's from its formula at known points, control limits from domain figures."""

import polars as pl
import pytest

from queries.statistics import control_limits, wilson


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
