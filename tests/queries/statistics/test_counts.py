"""Counts that cannot be what they are said to be are refused with the row, the numbers and the way out."""

import polars as pl
import pytest

from queries.exceptions import QueryError, UnknownNameError
from queries.statistics import clopper_pearson, rate_interval
from queries.statistics.counts import Counts


def frame(*pairs: tuple[float | None, float | None]) -> pl.DataFrame:
    schema = {"numerator": pl.Float64, "denominator": pl.Float64}
    return pl.DataFrame(list(pairs), schema=schema, orient="row")


@pytest.mark.parametrize("pair", [(5, 4), (-1, 4), (1, 0), (1.5, 4), (1, 4.5)])
def test_what_is_no_share_is_refused_with_its_row_and_its_numbers(pair: tuple[float, float]) -> None:
    with pytest.raises(QueryError, match=rf"{pair[0]:g} of denominator {pair[1]:g} in row 1 .*give whole numbers"):
        clopper_pearson(frame((1, 2), pair))


@pytest.mark.parametrize("pair", [(-1, 4), (1, 0), (1.5, 4), (1, -4)])
def test_events_that_cannot_be_are_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(QueryError, match="in row 0 cannot be"):
        rate_interval(frame(pair))


def test_events_may_outnumber_an_exposure_that_need_not_be_whole() -> None:
    assert Counts.of_events(frame((5, 2.5)), "numerator", "denominator").pooled == 2.0


def test_an_unknown_column_is_named_with_the_one_that_was_meant() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown column 'numerater'\. Did you mean 'numerator'\?"):
        clopper_pearson(frame((1, 2)), numerator="numerater")


def test_a_row_is_known_only_with_both_numbers_and_something_to_count_in() -> None:
    counts = Counts.of_shares(frame((1, 2), (0, 0), (None, 3), (1, None), (3, 4)), "numerator", "denominator")
    assert counts.known.tolist() == [True, False, False, False, True]
    assert counts.pooled == 4 / 6
    assert counts.only_known().values.tolist() == [0.5, 0.75]


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_outside_0_and_1_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match=rf"level {level} is not between 0 and 1: give 0\.95"):
        clopper_pearson(frame((1, 2)), level=level)
