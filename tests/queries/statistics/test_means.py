"""Mean intervals against scipy, and what one value cannot tell."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from queries.statistics import mean_interval

values = st.lists(st.floats(-100, 100, allow_nan=False), min_size=2, max_size=40)


@given(values, st.floats(0.5, 0.999))
def test_the_interval_is_student_s(drawn: list[float], level: float) -> None:
    row = mean_interval(pl.DataFrame({"value": drawn}), level=level).row(0, named=True)
    frame = pl.Series(drawn)
    half = t.ppf((1 + level) / 2, len(drawn) - 1) * frame.std() / len(drawn) ** 0.5
    assert row["n"] == len(drawn)
    assert (row["low"], row["high"]) == (
        pytest.approx(frame.mean() - half, abs=1e-6),
        pytest.approx(frame.mean() + half, abs=1e-6),
    )


def test_one_value_has_a_mean_and_no_interval_and_nulls_are_no_values() -> None:
    frame = pl.DataFrame({"group_id": ["T1", "T1", "T2", "T2"], "gap": [4.0, None, 1.0, 3.0]})
    found = mean_interval(frame, "group_id", "gap")
    assert found.select("group_id", "n", "mean").rows() == [("T1", 1, 4.0), ("T2", 2, 2.0)]
    assert found["low"].is_null().to_list() == [True, False]


def test_nothing_has_no_mean() -> None:
    assert mean_interval(pl.DataFrame({"value": []}, {"value": pl.Float64})).height == 0
