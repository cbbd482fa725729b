"""Survival against lifelines and statsmodels, against exact fractions, and against a published trial."""

import warnings
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test, multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time
from statsmodels.duration.survfunc import survdiff

from queries.exceptions import QueryError
from queries.statistics.survival import competing_ends, log_rank, restricted_mean, share_open

KINDS = ("cancelled", "closed", "merged")
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
Matter = tuple[int, int, str | None]

matters = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.sampled_from((*KINDS, None))), min_size=1, max_size=25
).map(lambda rows: [(min(entered, days), days, end) for entered, days, end in rows])


def frame_of(rows: list[Matter]) -> pl.DataFrame:
    return pl.DataFrame(rows, {"entered": pl.Int64, "days": pl.Int64, "end": pl.String}, orient="row")


def trial() -> pl.DataFrame:
    """Weeks in remission: E. Freireich et al., Blood 21 (1963), p. 699."""
    rows = [
        (arm, int(week.rstrip("+")), not week.endswith("+"))
        for arm, weeks in (("treated", TREATED), ("placebo", PLACEBO))
        for week in weeks.split()
    ]
    return pl.DataFrame(rows, ["arm", "days", "end"], orient="row")


def county(seed: int, size: int = 300) -> pl.DataFrame:
    """Matters of three groups with ties, three kinds of end, open ones, and some that enter late."""
    rng = np.random.default_rng(seed)
    days = rng.integers(0, 60, size)
    late = np.minimum(rng.choice([0, 0, 0, 5, 20], size), np.maximum(days - 1, 0))
    ends = pl.Series(rng.choice(np.array([*KINDS, "open"]), size)).replace("open", None)
    return pl.DataFrame({"group_id": rng.choice(["T1", "C1", "C2"], size), "days": days, "entered": late, "end": ends})


def fitted(frame: pl.DataFrame, entered: bool = False) -> KaplanMeierFitter:
    over = frame["end"].is_not_null().to_numpy()
    entry = frame["entered"].to_numpy() if entered else None
    return KaplanMeierFitter().fit(frame["days"].to_numpy(), over, entry=entry)


def at_risk(rows: list[Matter], day: int) -> int:
    return sum(1 for entered, days, _ in rows if days >= day and (entered < day or entered == 0))


def test_the_share_open_of_a_published_trial() -> None:
    """The table of the treated arm in J. P. Klein & M. L. Moeschberger, Survival Analysis (2003), p. 93."""
    found = share_open(trial(), by="arm").filter(pl.col("arm") == "treated")
    assert found["days"].to_list() == [6, 7, 10, 13, 16, 22, 23]
    assert found["at_risk"].to_list() == [21, 17, 15, 12, 11, 7, 6]
    assert found["ended"].to_list() == [3, 1, 1, 1, 1, 1, 1]
    assert found["share_open"].round(3).to_list() == [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]


def test_the_log_rank_test_of_a_published_trial() -> None:
    row = log_rank(trial(), "arm").row(0, named=True)
    assert row["chi_square"] == pytest.approx(16.793, abs=5e-4)
    assert (row["groups"], row["degrees"]) == (2, 1)
    assert row["p_value"] == pytest.approx(4.17e-5, rel=1e-3)


@pytest.mark.parametrize("entered", [None, "entered"])
@pytest.mark.parametrize("seed", range(4))
def test_the_share_open_and_its_limits_are_those_of_lifelines(seed: int, entered: str | None) -> None:
    frame = county(seed)
    oracle = fitted(frame, entered is not None)
    found = share_open(frame, entered=entered).filter(pl.col("share_open") > 0)
    days = found["days"].to_list()
    assert len(days) > 30
    expected = oracle.survival_function_.loc[days].to_numpy()[:, 0]
    assert np.abs(found["share_open"].to_numpy() - expected).max() < 1e-9
    limits = oracle.confidence_interval_.loc[days].to_numpy()
    assert np.abs(found.select("low", "high").to_numpy() - limits).max() < 1e-9


@settings(deadline=None)
@given(rows=matters)
def test_the_share_open_is_the_product_over_the_days_of_those_who_stayed(rows: list[Matter]) -> None:
    used = [row for row in rows if row[0] == 0 or row[0] < row[1]]
    share, expected = Fraction(1), []
    for day in sorted({days for _, days, end in used if end}):
        n, ended = at_risk(used, day), sum(1 for _, days, end in used if end and days == day)
        share *= 1 - Fraction(ended, n)
        expected.append((day, n, ended, pytest.approx(float(share), abs=1e-12)))
    found = share_open(frame_of(rows), entered="entered")
    assert found.select("days", "at_risk", "ended", "share_open").rows() == expected


def test_each_group_stands_for_itself() -> None:
    frame = county(7)
    together = share_open(frame, by=["group_id"])
    assert together["group_id"].unique(maintain_order=True).to_list() == ["C1", "C2", "T1"]
    for group in ("C1", "C2", "T1"):
        alone = share_open(frame.filter(pl.col("group_id") == group))
        assert together.filter(pl.col("group_id") == group).drop("group_id").equals(alone)


def test_the_mean_age_of_closed_matters_hides_a_stall_that_the_share_open_shows() -> None:
    rng = np.random.default_rng(5)
    lives = {"healthy": rng.exponential(30.3, 4000), "stalled": rng.exponential(30.3, 4000)}
    lives["stalled"][:1200] = np.inf
    frame = pl.concat(
        pl.DataFrame({"group_id": [name] * 4000, "days": np.minimum(life, 60), "end": life <= 60})
        for name, life in lives.items()
    )
    closed = frame.filter("end").group_by("group_id").agg(pl.col("days").mean()).sort("group_id")["days"]
    assert abs(closed[0] - closed[1]) < 1
    last = share_open(frame, by="group_id").filter(pl.col("days") <= 30).group_by("group_id").agg(pl.all().last())
    shares = dict(last.select("group_id", "share_open").iter_rows())
    assert shares == {"healthy": pytest.approx(0.371, abs=0.02), "stalled": pytest.approx(0.560, abs=0.02)}


def test_matters_seen_late_do_not_make_the_rest_look_slow() -> None:
    rng = np.random.default_rng(9)
    life, entered = rng.exponential(20, 20_000).round(3), rng.choice([0.0, 15.0], 20_000)
    frame = pl.DataFrame({"days": life, "entered": entered, "end": True}).filter(pl.col("days") > pl.col("entered"))

    def median(entry: str | None) -> float:
        return share_open(frame, entered=entry).filter(pl.col("share_open") <= 0.5)["days"][0]

    assert median("entered") == pytest.approx(20 * np.log(2), abs=0.5)
    assert median(None) > 17


@pytest.mark.parametrize("until", [5, 20.5, 50])
def test_the_restricted_mean_is_that_of_lifelines(until: float) -> None:
    frame = county(3)
    found = restricted_mean(frame, until, by="group_id")
    assert found["n"].sum() == 300
    for group, mean in found.select("group_id", "restricted_mean").iter_rows():
        oracle = fitted(frame.filter(pl.col("group_id") == group))
        assert mean == pytest.approx(restricted_mean_survival_time(oracle, t=until), abs=1e-9)


def test_the_restricted_mean_is_within_its_limits_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    runs, size = 400, 60
    life, seen = rng.exponential(30, (runs, size)), rng.uniform(20, 80, (runs, size))
    frame = pl.DataFrame({"run": np.repeat(np.arange(runs), size), "days": np.minimum(life, seen).ravel()})
    found = restricted_mean(frame.with_columns(end=(life <= seen).ravel()), 20, by="run")
    truth = 30 * (1 - np.exp(-20 / 30))
    held = found.filter((pl.col("low") <= truth) & (pl.col("high") >= truth)).height
    assert found.height == runs
    assert 0.92 <= held / runs <= 0.98


def test_the_restricted_mean_is_unknown_where_nothing_was_watched_so_long() -> None:
    rows = [("C1", 5, "closed"), ("C1", 8, None), ("C2", 5, "closed"), ("C3", 20, None), ("C4", 19, None)]
    frame = pl.DataFrame(rows, ["group_id", "days", "end"], orient="row")
    found = restricted_mean(frame, 20, by="group_id")
    assert found["group_id"].to_list() == ["C1", "C2", "C3", "C4"]
    assert found["restricted_mean"].to_list() == [None, 5.0, 20.0, None]
    assert found["low"].to_list() == [None, 5.0, 20.0, None]


@pytest.mark.parametrize("kind", KINDS)
def test_the_share_ended_in_a_way_is_that_of_lifelines_where_no_days_are_tied(kind: str) -> None:
    rng = np.random.default_rng(2)
    frame = county(2).with_columns(days=pl.Series(rng.permutation(300) + 1.0))
    codes = frame["end"].fill_null("open").replace_strict({"open": 0, **{k: i for i, k in enumerate(KINDS, 1)}})
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="divide by zero|invalid value", category=RuntimeWarning)
        oracle = AalenJohansenFitter().fit(frame["days"].to_numpy(), codes.to_numpy(), KINDS.index(kind) + 1)
    found = competing_ends(frame).filter((pl.col("end") == kind) & (pl.col("share_ended") > 0))
    days = found["days"].to_list()
    assert len(days) > 150
    expected = oracle.cumulative_density_.loc[days].to_numpy()[:, 0]
    assert np.abs(found["share_ended"].to_numpy() - expected).max() < 1e-9
    limits = np.sort(oracle.confidence_interval_.loc[days].to_numpy(), axis=1)
    assert np.abs(found.select("low", "high").to_numpy() - limits).max() < 1e-9


@settings(deadline=None)
@given(rows=matters)
def test_the_share_ended_adds_up_who_was_still_open_and_ended_so(rows: list[Matter]) -> None:
    used = [row for row in rows if row[0] == 0 or row[0] < row[1]]
    kinds = sorted({end for _, _, end in used if end})
    share, ended, expected = Fraction(1), dict.fromkeys(kinds, Fraction(0)), []
    for day in sorted({days for _, days, end in used if end}):
        n = at_risk(used, day)
        counts = {kind: sum(1 for _, days, end in used if (days, end) == (day, kind)) for kind in kinds}
        ended = {kind: ended[kind] + share * Fraction(counts[kind], n) for kind in kinds}
        share *= 1 - Fraction(sum(counts.values()), n)
        assert sum(ended.values()) + share == 1
        expected += [(day, kind, counts[kind], pytest.approx(float(ended[kind]), abs=1e-12)) for kind in kinds]
    found = competing_ends(frame_of(rows), entered="entered")
    assert found.select("days", "end", "ended", "share_ended").rows() == expected
    whole = found.group_by("days").agg(pl.col("share_ended").sum() + pl.col("share_open").first())
    assert whole["share_ended"].to_list() == pytest.approx([1.0] * whole.height, abs=1e-12)


def test_a_group_without_a_kind_of_end_shows_it_as_none_of_its_matters() -> None:
    rows = [("C1", 3, "closed"), ("C2", 4, "merged")]
    found = competing_ends(pl.DataFrame(rows, ["group_id", "days", "end"], orient="row"), by="group_id")
    assert found.select("group_id", "end", "share_ended").rows() == [
        *(("C1", "closed", 1.0), ("C1", "merged", 0.0)),
        *(("C2", "closed", 0.0), ("C2", "merged", 1.0)),
    ]


def test_limits_of_the_share_ended_hold_it_as_often_as_they_say() -> None:
    rng = np.random.default_rng(13)
    runs, size = 400, 80
    life, closed = rng.exponential(20, (runs, size)), rng.random((runs, size)) < 0.7
    ends = np.where(life > 30, "open", np.where(closed, "closed", "cancelled")).ravel()
    frame = pl.DataFrame({"run": np.repeat(np.arange(runs), size), "days": np.minimum(life, 30).ravel()})
    frame = frame.with_columns(end=pl.Series(ends).replace("open", None))
    found = competing_ends(frame, by="run").filter((pl.col("end") == "closed") & (pl.col("days") <= 15))
    last = found.group_by("run").agg(pl.all().last())
    truth = 0.7 * (1 - np.exp(-15 / 20))
    assert 0.92 <= last.filter((pl.col("low") <= truth) & (pl.col("high") >= truth)).height / runs <= 0.98


@pytest.mark.filterwarnings("ignore:Starting with pandas version 4.0")
@pytest.mark.parametrize("seed", range(4))
def test_the_log_rank_test_is_that_of_lifelines(seed: int) -> None:
    frame = county(seed)
    over = frame["end"].is_not_null()
    oracle = multivariate_logrank_test(frame["days"].to_numpy(), frame["group_id"].to_numpy(), over.to_numpy())
    row = log_rank(frame, ["group_id"]).row(0, named=True)
    assert (row["groups"], row["degrees"]) == (3, 2)
    assert row["chi_square"] == pytest.approx(oracle.test_statistic, abs=1e-9)
    assert row["p_value"] == pytest.approx(oracle.p_value, abs=1e-9)
    one, two = (frame.filter(pl.col("group_id") == group) for group in ("C1", "C2"))
    days, ends = ([part[name] for part in (one, two)] for name in ("days", "end"))
    pair = logrank_test(*(each.to_numpy() for each in days), *(each.is_not_null().to_numpy() for each in ends))
    assert log_rank(pl.concat([one, two]), "group_id")["chi_square"][0] == pytest.approx(pair.test_statistic, abs=1e-9)


def test_the_log_rank_test_of_matters_that_enter_late_is_that_of_statsmodels() -> None:
    frame = county(4).filter(pl.col("days") > 0)
    columns = (frame["days"], frame["end"].is_not_null(), frame["group_id"])
    chi_square, p_value = survdiff(*(c.to_numpy() for c in columns), entry=frame["entered"].to_numpy())
    row = log_rank(frame, "group_id", entered="entered").row(0, named=True)
    assert (row["chi_square"], row["p_value"]) == (pytest.approx(chi_square), pytest.approx(p_value))


def test_equal_groups_are_told_apart_about_one_time_in_twenty() -> None:
    rng = np.random.default_rng(17)
    runs, groups, size = 500, 10, 20
    shape = (runs, groups * size)
    life, seen = rng.exponential(30, shape), rng.uniform(20, 80, shape)
    group = np.repeat(np.arange(groups), size)
    low = 0
    for days, limit in zip(life, seen, strict=True):
        frame = pl.DataFrame({"group_id": group, "days": np.minimum(days, limit), "end": days <= limit})
        low += log_rank(frame, "group_id")["p_value"][0] < 0.05
    assert 0.03 <= low / runs <= 0.09


def test_nothing_can_be_told_of_one_group_or_of_groups_in_which_nothing_ended() -> None:
    frame = pl.DataFrame({"group_id": ["C1", "C1", "C2"], "days": [3, 4, 5], "end": [None, None, None]})
    frame = frame.cast({"end": pl.String})
    assert log_rank(frame, "group_id").row(0) == (2, None, 1, None)
    assert log_rank(frame.filter(pl.col("group_id") == "C1"), "group_id").row(0) == (1, None, 0, None)
    assert share_open(frame, by="group_id").rows() == []
    assert competing_ends(frame, by="group_id").rows() == []
    assert restricted_mean(frame.clear(), 10, by="group_id").rows() == []


@pytest.mark.parametrize("row", [(0, -1, None), (0, None, None), (5, 4, "closed"), (None, 4, "closed"), (-2, 4, None)])
def test_days_that_cannot_be_are_refused_by_name(row: tuple[int | None, int | None, str | None]) -> None:
    frame = pl.DataFrame(
        [(0, 9, "closed"), row], {"entered": pl.Int64, "days": pl.Int64, "end": pl.String}, orient="row"
    )
    with pytest.raises(QueryError, match="1 matters have no usable days"):
        share_open(frame, entered="entered")


def test_days_that_are_no_number_are_refused() -> None:
    with pytest.raises(QueryError, match="1 matters have no usable days"):
        share_open(pl.DataFrame({"days": [3.0, float("nan")], "end": ["closed", "closed"]}))


@settings(deadline=None, max_examples=30)
@given(rows=matters, level=st.floats(0.5, 0.99))
def test_limits_hold_the_share_and_widen_with_the_level(rows: list[Matter], level: float) -> None:
    narrow, wide = (share_open(frame_of(rows), level=each).drop_nulls() for each in (level, 0.999))
    assert (narrow["low"] <= narrow["share_open"]).all()
    assert (narrow["share_open"] <= narrow["high"]).all()
    assert (wide["low"] < narrow["low"]).all()
    assert (wide["high"] > narrow["high"]).all()
