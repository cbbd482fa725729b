"""Watches against scipy's exact tests, against planted cheating, and in counties where nobody cheats."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import binomtest, fisher_exact

from queries.statistics.contrasts import against_others
from queries.statistics.watches import (
    deadline_moves,
    due_day_bunching,
    eve_bursts,
    perfect_without_evidence,
    uniform_scores,
)

DUE = date(2014, 4, 30)
SNAPSHOTS = [date(2014, 3, 16) + timedelta(7 * week) for week in range(12)]
Ints = NDArray[np.int64]


def done(group: Ints, delay: Ints) -> pl.DataFrame:
    days = [DUE + timedelta(int(days)) for days in delay]
    return pl.DataFrame({"group_id": group, "due_on": DUE, "done_on": days})


def honest(rng: np.random.Generator, size: int) -> Ints:
    """Days of delay of which a third are late, 23 % by at most five days."""
    return np.round(rng.normal(-2, 6, size)).astype(np.int64)


def back_dated(rng: np.random.Generator, delay: Ints, share: float = 0.2) -> Ints:
    return np.where((delay >= 1) & (delay <= 5) & (rng.random(len(delay)) < share), 0, delay)


def deadlines(group: Ints, moved: NDArray[np.bool_], granted_after: int = 2) -> pl.DataFrame:
    frame = pl.DataFrame({"unit_id": group, "due_on_original": DUE, "moved": moved})
    return frame.with_columns(
        due_on=pl.when("moved").then(DUE + timedelta(7)).otherwise(DUE),
        extension_granted_on=pl.when("moved").then(DUE + timedelta(granted_after)),
    )


def letters(unit: Ints, day: Ints) -> pl.DataFrame:
    """Facts of units, ten a group, by the days after the first snapshot on which they were reported."""
    told = [datetime(2014, 3, 16, 9) + timedelta(int(days)) for days in day]
    return pl.DataFrame({"group_id": unit // 10, "unit_id": unit, "reported_at": told})


@settings(deadline=None)
@given(
    groups=st.lists(
        st.integers(0, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=5
    )
)
def test_a_group_is_compared_with_the_others_by_fishers_exact_test(groups: list[tuple[int, int]]) -> None:
    seen = [(place, row < x) for place, (x, n) in enumerate(groups) for row in range(n)]
    unknown = [(place, None) for place in range(len(groups))]
    frame = pl.DataFrame(seen + unknown, {"group_id": pl.Int64, "seen": pl.Boolean}, orient="row")
    found = against_others(frame, "group_id", pl.col("seen"))
    assert found["group_id"].to_list() == list(range(len(groups)))
    for (x, n), row in zip(groups, found.iter_rows(named=True), strict=True):
        rest_x, rest_n = (sum(each) for each in zip(*groups, strict=True))
        rest_x, rest_n = rest_x - x, rest_n - n
        assert (row["n"], row["x"]) == (n, x)
        if not n or not rest_n:
            assert (row["chance"], row["p_value"]) == (None, None)
            continue
        assert row["chance"] == pytest.approx(rest_x / rest_n)
        oracle = fisher_exact([[x, n - x], [rest_x, rest_n - rest_x]], "greater").pvalue
        assert row["p_value"] == pytest.approx(oracle, rel=1e-9)


def test_bunching_on_the_due_day_is_tested_against_the_days_around_it() -> None:
    delay = np.array([0] * 12 + [-3, -2, -2, -1, 1, 2, 3, 3] + [-4, 4, 9])
    row = due_day_bunching(done(np.zeros(23, np.int64), delay), by=()).row(0, named=True)
    assert (row["n"], row["seen"], row["chance"]) == (20, 0.6, 1 / 7)
    assert row["p_value"] == pytest.approx(binomtest(12, 20, 1 / 7, "greater").pvalue)
    assert row["flag"] is True


def test_a_group_that_bunches_as_all_do_is_not_flagged_however_much_the_due_day_draws() -> None:
    rng = np.random.default_rng(1)
    delay = np.where(rng.random(4000) < 0.4, 0, honest(rng, 4000))
    found = due_day_bunching(done(np.repeat(np.arange(10), 400), delay))
    assert found["flag"].to_list() == [False] * 10
    assert found["chance"].min() > 0.5
    assert due_day_bunching(done(np.zeros(4000, np.int64), delay), by=())["flag"].to_list() == [True]


def test_back_dating_a_fifth_of_what_is_a_little_late_is_found_nine_times_in_ten() -> None:
    rng = np.random.default_rng(2)
    runs = 400
    delay = np.concatenate([back_dated(rng, honest(rng, 400)) for _ in range(runs)])
    each = done(np.repeat(np.arange(runs), 400), delay).partition_by("group_id")
    found = pl.concat(due_day_bunching(run, by=()) for run in each)
    assert found["flag"].mean() == pytest.approx(0.9, abs=0.04)


def test_without_back_dating_hardly_more_than_one_in_a_hundred_is_flagged() -> None:
    rng = np.random.default_rng(3)
    runs = 600
    each = done(np.repeat(np.arange(runs), 400), honest(rng, 400 * runs)).partition_by("group_id")
    alone = pl.concat(due_day_bunching(run, by=()) for run in each)
    assert alone["flag"].mean() <= 0.03
    counties = [pl.concat(each[start : start + 10]) for start in range(0, runs, 10)]
    assert pl.concat(due_day_bunching(county) for county in counties)["flag"].mean() <= 0.015


def test_one_back_dating_group_among_ten_is_found_and_the_others_are_not() -> None:
    rng = np.random.default_rng(4)
    runs, flags = 100, []
    for _ in range(runs):
        delay = honest(rng, 4000)
        delay[:400] = back_dated(rng, delay[:400])
        flags.append(due_day_bunching(done(np.repeat(np.arange(10), 400), delay))["flag"].to_list())
    assert np.mean(flags, axis=0)[0] >= 0.75
    assert np.mean(flags, axis=0)[1:].max() <= 0.05


def test_deadlines_moved_in_time_are_no_sign_and_those_moved_afterwards_are() -> None:
    group = np.repeat(np.arange(10), 30)
    moved = (group == 3) & (np.arange(300) % 30 < 6)
    in_time = deadline_moves(deadlines(group, moved, granted_after=0))
    assert in_time["seen"].to_list() == [0.0] * 10
    assert in_time["flag"].to_list() == [False] * 10
    afterwards = deadline_moves(deadlines(group, moved))
    assert afterwards.row(3) == (3, 30, 0.2, 0.0, pytest.approx(fisher_exact([[6, 24], [0, 270]]).pvalue), True)
    assert afterwards["flag"].sum() == 1


def test_a_move_without_a_day_of_granting_counts_and_a_deadline_without_an_original_day_does_not() -> None:
    frame = pl.DataFrame(
        {
            "unit_id": ["U1", "U1", "U1", "U1", "U2"],
            "due_on_original": [DUE, DUE, DUE, None, DUE],
            "due_on": [DUE + timedelta(7), DUE - timedelta(7), None, DUE, DUE],
            "extension_granted_on": [None, None, None, None, DUE + timedelta(9)],
        }
    )
    assert deadline_moves(frame).select("unit_id", "n", "seen").rows() == [("U1", 3, 1 / 3), ("U2", 1, 0.0)]


def test_letters_on_the_eve_are_counted_once_a_unit_and_day() -> None:
    unit, day = np.array([0, 0, 0, 1, 10, 10, 10]), np.array([6, 6, 6, 8, 7, 13, 78])
    found = eve_bursts(letters(unit, day), SNAPSHOTS)
    assert found.select("group_id", "n", "seen", "chance").rows() == [(0, 2, 0.5, 1.0), (1, 2, 1.0, 0.5)]
    assert eve_bursts(letters(unit, day), SNAPSHOTS, eve_days=1)["seen"].to_list() == [0.0, 0.5]


def test_one_full_letter_on_the_eve_is_no_burst() -> None:
    unit, day = np.repeat(np.arange(100), 5), np.tile(np.arange(5), 100)
    full = letters(np.concatenate([unit, np.zeros(200, np.int64)]), np.concatenate([day, np.full(200, 7)]))
    assert eve_bursts(full, SNAPSHOTS)["flag"].to_list() == [False] * 10


def test_scores_that_hardly_differ_are_found_and_a_gentle_or_strict_reviewer_is_not() -> None:
    rng = np.random.default_rng(6)
    scores = rng.choice([75.0, 80.0, 85.0, 90.0, 95.0], (10, 12)) + np.linspace(-20, 4, 10)[:, None]
    scores[4], scores[7] = 90, np.where(np.arange(12) == 0, 91, 90)
    found = uniform_scores(pl.DataFrame({"group_id": np.repeat(np.arange(10), 12), "score": scores.ravel()}))
    assert found.filter("flag")["group_id"].to_list() == [4, 7]
    assert found["seen"].to_list() == pytest.approx(scores.std(axis=1, ddof=1).tolist())
    assert found["chance"].is_between(5, 8).all()
    assert found["p_value"][4] == 1 / 2001


def test_the_same_seed_draws_the_same() -> None:
    rng = np.random.default_rng(7)
    frame = pl.DataFrame({"group_id": np.repeat(np.arange(4), 6), "score": rng.normal(85, 5, 24)})
    assert uniform_scores(frame, seed=5).equals(uniform_scores(frame, seed=5))
    assert not uniform_scores(frame, seed=5).equals(uniform_scores(frame, seed=6))


def test_a_single_score_or_a_single_reviewer_is_not_judged() -> None:
    frame = pl.DataFrame({"group_id": ["C1", "C1", "C2", "C2"], "score": [80, 90, 85, None]})
    assert uniform_scores(frame).select("n", "chance", "p_value", "flag").rows() == [
        (2, None, None, None),
        (1, None, None, None),
    ]
    assert uniform_scores(frame, by=())["seen"].to_list() == [5.0]


def test_where_no_reviewer_tells_one_action_from_another_none_stands_out() -> None:
    frame = pl.DataFrame({"group_id": ["C1", "C1", "C2", "C2"], "score": [80, 80, 95, 95]})
    assert uniform_scores(frame).select("seen", "chance", "p_value").rows() == [(0.0, 0.0, 1.0)] * 2


def test_the_spread_to_be_expected_does_not_shrink_with_the_number_of_scores_of_the_others() -> None:
    rng = np.random.default_rng(10)
    frame = pl.DataFrame({"group_id": [*np.repeat(np.arange(300), 3), *[999] * 100], "score": rng.normal(85, 5, 1000)})
    assert uniform_scores(frame, draws=200)["chance"][-1] == pytest.approx(5, abs=0.3)


def actions(*rows: tuple[str, int, int, int, int, int]) -> pl.DataFrame:
    columns = ["unit_id", "required", "done", "checked", "complete", "spot_checked"]
    return pl.DataFrame(list(rows), columns, orient="row")


def test_all_done_with_nothing_to_show_is_found() -> None:
    usual = [(f"U{number:03}", 12, 11, 8, 7, 3) for number in range(100)]
    unlooked, flawless = ("V1", 12, 12, 0, 0, 0), ("V2", 12, 12, 12, 12, 0)
    careful, checked = ("V3", 12, 12, 12, 12, 1), ("V4", 12, 12, 12, 11, 0)
    found = perfect_without_evidence(actions(*usual, unlooked, flawless, careful, checked))
    assert found.filter("flag").select("unit_id", "lack").rows() == [("V1", "content_check"), ("V2", "spot_check")]
    total, looked, clean, spot = 1100 + 48, 800 + 36, 700 + 35, 301
    p_values = dict(found.select("unit_id", "p_value").iter_rows())
    assert p_values["V1"] == pytest.approx((1 - looked / total) ** 12)
    assert p_values["V2"] == pytest.approx((clean / looked) ** 12 * (1 - spot / total) ** 12)
    assert {p_values[unit] for unit in ("V3", "V4", "U000")} == {1.0}
    assert found["chance"].unique().to_list() == pytest.approx([total / 1248])


def test_all_done_is_no_sign_where_checks_are_rare_everywhere_and_nothing_required_is_not_judged() -> None:
    found = perfect_without_evidence(
        actions(*[(f"U{number}", 6, 6, 0, 0, 0) for number in range(9)], ("V", 0, 0, 0, 0, 0))
    )
    assert found["lack"].to_list() == ["content_check"] * 9 + [None]
    assert found["p_value"].to_list() == [1.0] * 10
    assert found["seen"].to_list() == [1.0] * 9 + [None]


def no_late_moves(rng: np.random.Generator) -> pl.DataFrame:
    return deadline_moves(deadlines(np.repeat(np.arange(100), 12), rng.random(1200) < 0.05))


def no_bursts(rng: np.random.Generator) -> pl.DataFrame:
    facts = letters(np.repeat(np.arange(100), 20), rng.integers(-6, 77, 2000))
    return eve_bursts(pl.concat([facts, facts]), SNAPSHOTS)


def no_uniform_scores(rng: np.random.Generator) -> pl.DataFrame:
    scores = rng.normal(85, 5, (10, 15)).round() + rng.normal(0, 3, (10, 1))
    return uniform_scores(pl.DataFrame({"group_id": np.repeat(np.arange(10), 15), "score": scores.ravel()}), draws=500)


def no_want_of_evidence(rng: np.random.Generator) -> pl.DataFrame:
    finished = rng.binomial(4, 0.95, 103)
    looked = rng.binomial(finished, 0.5)
    columns = (np.full(103, 4), finished, looked, rng.binomial(looked, 0.9), rng.binomial(finished, 0.3))
    return perfect_without_evidence(
        actions(*((f"U{n}", *row) for n, row in enumerate(zip(*columns, strict=True)))), alpha=0.1
    )


@pytest.mark.parametrize(
    ("watch", "runs", "most"),
    [
        (no_late_moves, 40, 0.015),
        (no_bursts, 60, 0.015),
        (no_uniform_scores, 60, 0.025),
        (no_want_of_evidence, 40, 0.1),
    ],
)
def test_where_nobody_cheats_about_the_nominal_share_is_flagged(
    watch: Callable[[np.random.Generator], pl.DataFrame], runs: int, most: float
) -> None:
    rng = np.random.default_rng(8)
    found = pl.concat(watch(rng) for _ in range(runs))
    assert found.height >= 600
    assert found["flag"].mean() <= most


def test_a_quarter_of_the_letters_held_back_to_the_eve_are_found() -> None:
    rng = np.random.default_rng(9)
    unit, runs, found = np.repeat(np.arange(100), 12), 60, 0
    for _ in range(runs):
        day = rng.integers(1, 77, 1200)
        held = (unit < 10) & (rng.random(1200) < 0.25)
        flags = eve_bursts(letters(unit, np.where(held, -(-day // 7) * 7, day)), SNAPSHOTS)["flag"]
        found += flags[0]
    assert found / runs >= 0.75
